"""The card of an event tells of groups of people as the figures do."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.database.snapshot import Snapshot
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.ui.event_card import _groups


@pytest.fixture
def view(demo_snapshot: Snapshot) -> View:
    term = Period(Month(2013, 9), Month(2017, 2))
    return View(Filters(), "en", False, Programme(term, date(2018, 1, 1)), "1", Store(demo_snapshot))


def came(**counts: int) -> pd.DataFrame:
    rows = [(country, "company", count) for country, count in counts.items()]
    return pd.DataFrame(rows, columns=["country", "organisation_kind", "participants"])


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"FR": 9, "DE": 5}, ["France: 9", "Germany: 5"]),
        ({"FR": 30, "DE": 9, "IT": 2}, ["France: 30", "Number hidden: Germany, Italy"]),  # 41 less 30 less 9 is 2
        ({"FR": 30, "DE": 4, "IT": 2}, ["France: 30", "Number hidden: Germany, Italy"]),
    ],
)
def test_a_small_group_is_not_told_by_the_others(view: View, counts: dict[str, int], said: list[str]) -> None:
    assert _groups(came(**counts), "country", True, view) == said


def test_an_event_whose_number_is_hidden_tells_none(view: View) -> None:
    assert _groups(came(FR=30, DE=9), "organisation_kind", False, view) == ["Number hidden: Company"]
    assert _groups(came(FR=30, DE=9), "organisation_kind", True, view) == ["39 people", "Company: 39"]
    assert _groups(came(), "country", True, view) == ["Not recorded"]
