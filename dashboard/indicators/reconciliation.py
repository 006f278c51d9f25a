"""Published against recorded: does the database give what the programme has published of itself?"""

from dataclasses import dataclass

from dashboard.filters import Filters
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Programme, Value, months
from dashboard.queries.programme import published_figures
from dashboard.store import Store

NEARLY = 0.9
"""'Nearly' a value is from this share of it up to the value itself (our reading of the word)."""
AVERAGES = {"application_success_rate": "horizon_2020_success_rate"}
"""Indicators that are held against what others reached, and under which name that is among the published figures."""


@dataclass(frozen=True)
class Published:
    """A published figure of an indicator, in our words, and where it was published."""

    indicator: str
    value: float
    qualifier: str
    statement: str
    statement_ja: str | None
    source_title: str
    source_address: str | None


@dataclass(frozen=True)
class Reconciled:
    published: Published
    recorded: float

    @property
    def agrees(self) -> bool:
        """Exactly: the same; nearly: from nine tenths up to the value; over: more than the value."""
        said = self.published.value
        return {
            "exactly": self.recorded == said,
            "nearly": NEARLY * said <= self.recorded <= said,
            "over": self.recorded > said,
        }[self.published.qualifier]


def published(store: Store, filters: Filters) -> dict[str, Published]:
    """The programme's published figures by indicator, those of indicators that the catalogue knows."""
    return {key: figure for key, figure in _figures(store, filters).items() if key in CATALOGUE}


def average(key: str, store: Store, filters: Filters) -> Published | None:
    """The published average of others that an indicator is held against, where the record gives one."""
    return _figures(store, filters).get(AVERAGES[key])


def _figures(store: Store, filters: Filters) -> dict[str, Published]:
    rows = store.frame(published_figures(Filters(programme=filters.programme))).astype(object)
    rows = rows.where(rows.notna(), None)
    return {
        row["indicator"]: Published(**{name: row[name] for name in Published.__dataclass_fields__})
        for row in rows.to_dict("records")
    }


def reconcile(store: Store, filters: Filters, programme: Programme) -> list[Reconciled]:
    """Each published figure beside what the records give for the whole programme, whatever else is chosen."""
    whole = Filters(programme=filters.programme)
    return [
        Reconciled(figure, _recorded(months(CATALOGUE[key], whole, store).value(programme.term)))
        for key, figure in published(store, whole).items()
    ]


def _recorded(found: Value) -> float:
    """What the records give; not a number where it counts too few people to be told."""
    return float("nan") if found.withheld else found.value or 0
