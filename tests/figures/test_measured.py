"""A measurement in words."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.figures.measured import measured, say_trend
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Programme
from dashboard.store import Store

TERM = Period(Month(2013, 9), Month(2017, 2))


@pytest.mark.parametrize(
    ("key", "months", "said"),
    [
        ("events", 42, "Trend: each point counts the six months up to it"),
        ("events", 13, "Trend: each point counts the six months up to it"),
        ("events", 12, "Trend: each point counts one month"),
        ("interest_group_members", 42, "Trend: each point is the number at the end of a month"),
        ("interest_group_members", 12, "Trend: each point is the number at the end of a month"),
    ],
)
def test_a_trend_says_what_its_points_count(demo_snapshot, key: str, months: int, said: str) -> None:
    period = Period(TERM.last + (1 - months), TERM.last)
    view = View(
        Filters(period=period), "en", False, Programme(TERM, date(2018, 1, 1)), demo_snapshot.version,
        Store(demo_snapshot),
    )  # fmt: skip
    assert say_trend(measured(CATALOGUE[key], view), view) == said
