"""When a recorded number agrees with what was published."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.database.schema import activity, programme, published_figure, theme
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.indicators.reconciliation import Published, Reconciled, average, published, reconcile
from dashboard.store import Store
from tests.indicators.test_model import EVENT, LATER, TERM, P


@pytest.mark.parametrize(
    ("qualifier", "recorded", "agrees"),
    [
        ("exactly", 1000, True),
        ("exactly", 999, False),
        ("exactly", 1001, False),
        ("nearly", 899, False),
        ("nearly", 900, True),  # left boundary: nine tenths
        ("nearly", 987, True),
        ("nearly", 1000, True),  # right boundary: the value itself
        ("nearly", 1001, False),
        ("over", 1000, False),  # the value itself is not over it
        ("over", 1001, True),
        ("over", 5000, True),
    ],
)
def test_what_a_qualifier_means(qualifier: str, recorded: float, agrees: bool) -> None:
    figure = Published("help_desk_cases", 1000, qualifier, "nearly 1 000 cases", None, "Results in brief", None)
    assert Reconciled(figure, recorded).agrees is agrees


@pytest.fixture
def store(sqlite_url: str, insert) -> Store:
    """Two events in the term and one a day after it; published: two events, one report, a figure we do not measure."""
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})
    for day in (date(2014, 1, 1), date(2015, 12, 31), date(2016, 1, 1)):  # the term's first and last day, and beyond
        insert(sqlite_url, activity, {**EVENT, "code": str(day), "start": day, "end": day})
    said = {"programme_id": 1, "qualifier": "exactly", "source_title": "News"}
    for key, value in (("events", 2), ("reports", 1), ("moonshots", 7)):
        insert(sqlite_url, published_figure, {**said, "indicator": key, "value": value, "statement": f"{value} {key}"})
    return Store(take(sqlite_url))


def test_each_published_figure_beside_the_record(store: Store) -> None:
    found = reconcile(store, Filters(), Programme(TERM, LATER))
    assert [(one.published.indicator, one.published.value, one.recorded, one.agrees) for one in found] == [
        ("events", 2, 2, True), ("reports", 1, 0, False),
    ]  # fmt: skip


def test_what_others_reached_is_held_against_an_indicator_and_not_reconciled(sqlite_url, store: Store, insert) -> None:
    assert average("application_success_rate", store, Filters()) is None
    of_others = {"programme_id": 1, "indicator": "horizon_2020_success_rate", "value": 0.126, "qualifier": "exactly",
                 "statement": "of all", "source_title": "Brochure"}  # fmt: skip
    insert(sqlite_url, published_figure, of_others)
    after = Store(take(sqlite_url))
    assert average("application_success_rate", after, Filters(themes=("tea",))) == Published(
        "horizon_2020_success_rate", 0.126, "exactly", "of all", None, "Brochure", None
    )
    assert len(reconcile(after, Filters(), Programme(TERM, LATER))) == 2


def test_the_viewers_filters_do_not_change_what_is_compared(store: Store) -> None:
    narrow = Filters(period=Period(Month(2014, 1), Month(2014, 1)), themes=("tea",), countries=("DE",))
    assert [one.recorded for one in reconcile(store, narrow, Programme(TERM, LATER))] == [2, 0]
    assert published(store, narrow)["events"] == Published("events", 2.0, "exactly", "2 events", None, "News", None)
