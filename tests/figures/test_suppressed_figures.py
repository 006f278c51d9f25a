"""No figure tells how many people are in a small group, by what it draws, says, lists behind it or lets work out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.database import engine
from dashboard.database.snapshot import take
from dashboard.figures import data, dialogue, events, helpdesk, overview, training
from dashboard.figures.captions import notes
from dashboard.figures.files import specification
from dashboard.figures.findings import findings, standing_out
from dashboard.figures.model import Figure, View
from dashboard.figures.register import FIGURES, PAGES, page_of
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Programme, measure
from dashboard.store import Store
from dashboard.text import LANGUAGES
from tests.few import TWINS, P, record

TERM = Period(Month.of(P["start"]), Month.of(P["end"]))
CHOSEN = {  # each holds both of two small groups, whose sum is the same in both records
    "whole": Filters(),
    "events": Filters(period=Period(Month(2014, 1), Month(2014, 6))),
    "seminars": Filters(period=Period(Month(2014, 7), Month(2014, 12))),
    "the small alone": Filters(themes=("theme-b", "theme-c")),
}
HEADLINES = (overview, events, helpdesk, training, dialogue)
Twins = tuple[View, View]


@pytest.fixture(scope="module")
def stores(sqlite, insert) -> tuple[Store, ...]:
    return tuple(Store(take(record(sqlite.copy("empty"), insert, *few))) for few in TWINS)


@pytest.fixture
def look(stores: tuple[Store, ...]) -> Callable[..., Twins]:
    """`look(filters, language)`: the same view of both records."""

    def made(filters: Filters, language: str = "en") -> Any:
        return tuple(
            View(filters, language, False, Programme(TERM, date(2018, 1, 1)), store.version, store) for store in stores
        )

    return made


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def told(figure: Figure, view: View) -> dict[str, Any]:
    """Everything that a reader can get of a figure."""
    frame = figure.data(view)
    behind = plain(view.frame(figure.records)) if figure.records else None
    if frame.empty:
        return {"records": behind}
    deck = figure.deck(frame, view).to_json() if figure.deck else None
    return {
        "rows": plain(frame), "title": figure.say_title(frame, view), "alt": figure.alt(frame, view),
        "notes": notes(figure, frame, view), "records": behind, "deck": deck,
        "drawn": specification(figure, frame, view) if figure.draw else None,
        "native": repr(figure.native(frame, view)) if figure.native else None,
    }  # fmt: skip


LOOKS = [
    (name, chosen) for name in FIGURES for chosen in CHOSEN
    if chosen == "whole" or page_of(name) in ("events", "training", "dialogue")
]  # fmt: skip


@pytest.mark.parametrize(("name", "chosen"), LOOKS)
def test_no_figure_tells_two_from_three(look: Callable[..., Twins], name: str, chosen: str) -> None:
    one, other = (told(FIGURES[name], view) for view in look(CHOSEN[chosen]))
    for part in one:
        assert one[part] == other[part], part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chosen", CHOSEN)
def test_nor_do_headlines_findings_or_indicators(look: Callable[..., Twins], chosen: str, language: str) -> None:
    one, other = look(CHOSEN[chosen], language)
    for page in HEADLINES:
        assert page.headline(one) == page.headline(other), page.__name__
    assert findings(one) == findings(other)
    assert [standing_out(page, one) for page in PAGES] == [standing_out(page, other) for page in PAGES]
    for indicator in INDICATORS:
        assert measured(indicator, one) == measured(indicator, other), indicator.key
        assert plain(one.frame(indicator.records)) == plain(other.frame(indicator.records)), indicator.key


def test_no_list_of_cases_tells_a_day_or_a_rare_enquirer(sqlite, insert) -> None:
    """Cases of Monday and of Tuesday, of a ministry and of an association: the same, as in the public table."""
    stores = [
        Store(take(record(sqlite.copy("empty"), insert, 2, 3, day, kind)))
        for day, kind in ((7, "ministry"), (8, "association"))
    ]
    lists = {name: figure.records for name, figure in FIGURES.items() if figure.records}
    lists |= {indicator.key: indicator.records for indicator in INDICATORS}
    with_cases = 0
    for name, records in lists.items():
        one, other = (plain(store.frame(records(Filters()))) for store in stores)
        assert one == other, name
        with_cases += "H-eu-1" in repr(one)
    assert with_cases > 15


def test_what_the_record_holds_does_not_tell_how_few_answered(sqlite_url: str, insert) -> None:
    """Two answered anything, one of them was satisfied; three rated the help desk."""
    record(sqlite_url, insert, 2, 3)
    with engine.writing(sqlite_url) as connection:
        connection.exec_driver_sql("DELETE FROM training_result WHERE activity_id NOT IN (6)")
        connection.exec_driver_sql("UPDATE training_result SET satisfaction = NULL WHERE id = 1")
        connection.exec_driver_sql("UPDATE help_desk_case SET satisfaction = NULL WHERE id > 12")
    store = Store(take(sqlite_url))
    view = View(Filters(), "en", False, Programme(TERM, date(2018, 1, 1)), store.version, store)
    held = data.HOLDINGS.data(view).set_index("table_name")["rows"]
    assert held["Training results"] != held["Training results"]
    assert held["Help-desk cases"] == 33
    filled = data.COLUMNS.data(view).set_index(["table_name", "column_name"])
    assert "Training results" not in filled.index.get_level_values(0)
    assert filled.loc["Help-desk cases"]["filled"].isna().sum() == 1
    assert notes(data.COLUMNS, data.COLUMNS.data(view), view)


def measured(indicator: Any, view: View) -> Any:
    return measure(indicator, view.filters, view.store, view.programme)


PEOPLE = {
    "public_table-activity": ("participants",), "public_table-attendance": ("participants",),
    "public_table-training_result": ("answers", "paired_scores"), "public_table-information_use": ("value",),
    "results_chain": ("value",), "headline_indicators": ("value",), "satisfaction": ("answers",),
    "progress-people_reached": ("actual",), "progress-people_trained": ("actual",),
}  # fmt: skip
"""Where people are counted beside what the figures name themselves."""

NOT_PEOPLE = {
    # places, times, and how things lie
    "latitude", "longitude", "eu_latitude", "eu_longitude", "japan_latitude", "japan_longitude", "focus_latitude",
    "focus_longitude", "partner_latitude", "partner_longitude", "column", "line", "year", "weekday", "hour", "batch",
    "cordis_page",
    # records, organisations, money, days
    "value", "actual", "planned", "target", "published", "recorded", "partnerships", "median_months", "dated_pairs",
    "eu_members", "japan_members", "applications", "projects", "participations", "organisations", "eu_contribution",
    "focus_eu_contribution", "coordinated", "contribution_known", "partners", "shared", "brokerage", "cut_off",
    "events", "presentations", "groups_present", "groups_new", "share_new", "activities", "cases", "cases_before",
    "cases_after", "mean_before", "before_low", "before_high", "mean_after", "after_low", "after_high", "rate_ratio",
    "ratio_low", "ratio_high", "naming_before", "naming_after", "funded_applications", "lower_limit", "centre",
    "upper_limit", "both_open", "neither_open", "answered", "response_median", "due", "within", "share_percent",
    "low_percent", "high_percent", "response_p90", "closed_cases", "closing_median", "closing_p90", "open_cases",
    "waiting_cases", "supporting_cases", "decided", "funded", "response_days", "joining", "leaving", "members",
    "budget_eur", "proposals", "funded_projects", "success_share", "known_results", "tabled", "discussed",
    "recommendation_adopted", "rows", "filled", "cells", "examined", "found", "service_standard", "requested_eur",
    "awarded_eur", "japanese_organisations", "cost", "rows_added", "rows_changed", "rows_refused",
    # how many groups of answers stand together, what was answered, and how the answers of a group that is told spread
    "together", "rating", "rated_1", "rated_2", "rated_3", "rated_4", "rated_5", "satisfied", "promoters", "passives",
    "detractors", "applied_yes", "applied_no", "applied_unknown", "satisfied_percent", "net_promoter", "interval_low",
    "interval_high", "before", "after", "gain", "hedges_g", "mean_gain",
}  # fmt: skip
"""What counts no people, by column."""


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_is_known_to_count_people_or_not(look: Callable[..., Twins], name: str) -> None:
    """A new figure says which of its columns count people: those hold no number from one up to the threshold."""
    figure, (view, _) = FIGURES[name], look(Filters())
    frame = figure.data(view)
    people = {*figure.people, *PEOPLE.get(name, ())}
    for column in frame.dropna(axis=1, how="all").select_dtypes("number"):
        told = frame
        for kind, of_people in (("measure", "subscribers"), ("table_name", "Training results")):
            told = told[told[kind] == of_people] if kind in told else told
        if column in people and "unit" not in frame:
            assert not told[column].between(1, 4).any(), column
        else:
            assert column in NOT_PEOPLE | people, column
    if figure.people and page_of(name) in ("events", "dialogue"):
        assert figure.hides(frame), "the record's small groups are not in it"
