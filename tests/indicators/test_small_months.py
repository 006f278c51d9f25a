"""Months of few people in trends and running sums, and what is published of them, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.database.schema import activity, attendance, programme, published_figure, theme
from dashboard.database.snapshot import take
from dashboard.filters import Filters
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Months, Programme
from dashboard.indicators.reconciliation import reconcile
from dashboard.store import Store
from tests.indicators.test_model import EVENT, LATER, TERM, P, months

REACHED = CATALOGUE["people_reached"]


def record(**counts: int) -> Months:
    """So many people in months of 2014: jan=50, …"""
    days = [(pd.Timestamp(f"1 {name} 2014"), count) for name, count in counts.items()]
    return Months(REACHED, pd.DataFrame(days, columns=["month", "numerator"]))


def told(found: Months, first: str, last: str) -> list[str]:
    return [str(month)[5:] for month in found.steps(months(f"2014-{first}", f"2014-{last}"))]


def hidden(found: Months) -> set[str]:
    return {str(month)[5:] for month in found.hidden}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"jan": 50, "mar": 5, "jun": 46}, set()),
        ({"jan": 50, "mar": 2, "may": 3, "jun": 46}, {"03", "05"}),  # five together: one and four, two and three, …
        ({"jan": 50, "mar": 1, "may": 2, "jun": 46}, {"03", "05", "06"}),  # three together are one and two
        ({"jan": 50, "mar": 0, "may": 2, "jun": 46}, {"05", "06"}),  # nobody is told
    ],
)
def test_the_next_smallest_month_is_hidden_where_a_small_one_needs_it(counts: dict[str, int], expected: Any) -> None:
    assert hidden(record(**counts)) == expected


def test_a_running_sum_steps_over_months_that_hide_each_other() -> None:
    found = record(jan=50, mar=2, may=3, jun=46)
    assert told(found, "01", "07") == ["01", "02", "05", "06", "07"]  # 50, 50, 55, 101, 101
    assert told(found, "01", "04") == ["04"]  # 52 is public, 50 beside it would tell of two
    assert told(record(jan=50, mar=6, jun=46), "01", "04") == ["01", "02", "03", "04"]


def test_of_periods_that_overlap_those_are_told_that_part_no_hidden_months() -> None:
    found = record(jan=50, mar=2, may=3, jun=46)
    periods = {("01", "02"): True, ("01", "03"): False, ("03", "05"): True, ("04", "06"): False, ("06", "09"): True}
    assert {ends: found.tells(months(*(f"2014-{end}" for end in ends))) for ends in periods} == periods


def test_what_counts_no_people_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    few = record(jan=50, mar=2)
    assert Months(CATALOGUE["events"], pd.DataFrame({"month": [date(2014, 1, 1)], "numerator": [2]})).hidden == set()
    assert hidden(few) == {"01", "03"}
    monkeypatch.setenv("DASHBOARD_SUPPRESSION_THRESHOLD", "2")
    assert hidden(record(jan=50, mar=2)) == set()


def test_published_people_are_not_held_against_zero_where_the_record_has_few(sqlite_url: str, insert) -> None:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})
    held = {"code": "A", "start": date(2014, 5, 1), "end": date(2014, 5, 1)}
    insert(sqlite_url, activity, EVENT | held)
    insert(sqlite_url, attendance, {"activity_id": 1, "country": "JP", "stakeholder_kind": "company",
                                    "participants": 2})  # fmt: skip
    insert(sqlite_url, published_figure, {"programme_id": 1, "qualifier": "exactly", "source_title": "News",
                                          "indicator": "people_reached", "value": 9, "statement": "9"})  # fmt: skip
    (found,) = reconcile(Store(take(sqlite_url)), Filters(), Programme(TERM, LATER))
    assert found.recorded != found.recorded
    assert not found.agrees
