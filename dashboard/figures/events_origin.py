"""Definition and source of the event figures that no single indicator stands for."""

from __future__ import annotations

from dashboard.figures.model import Origin, View
from dashboard.queries.programme import programmes, themes
from dashboard.text import format

PARTS = ("definition", "numerator", "why", "caveat", "source")


def recorded(name: str) -> Origin:
    """The words of a card whose definition stands under `events.about.<name>`; its activities obey every filter."""

    def about(view: View) -> list[tuple[str, str]]:
        return [(view.words(f"definition.{part}"), view.words(f"events.about.{name}.{part}")) for part in PARTS]

    return Origin(about, _shown, _line)


def _shown(view: View) -> str:
    """Period and filters in words."""
    filters = view.filters
    names = view.localise(view.select(themes()), "name")
    by_code = dict(zip(names["code"], names["name"], strict=True))
    chosen = [
        [by_code[code] for code in filters.themes],
        [view.words(f"filter.side_{side}") for side in filters.sides],
        [format.country(code, view.language) for code in filters.countries],
    ]
    parts = [format.listing(one, view.language) for one in chosen if one]
    period = format.period(filters.period or view.programme.term, view.language)
    return view.words("punctuation.dot").join((period, *parts))


def _line(view: View) -> str:
    illustrative = bool((view.select(programmes())["dataset"] == "illustrative").any())
    key = "illustrative" if illustrative else "recorded"
    return view.words(f"figure.foot_{key}", read_at=format.moment(view.store.read_at, view.language))
