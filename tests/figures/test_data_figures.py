"""The Data page's figures of a record with one row in each table."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures import data, data_checks
from dashboard.figures.model import View
from tests.figures.conftest import view_on


@pytest.fixture
def single(one_row) -> View:
    return view_on(one_row)


def test_no_table_is_named_alone_among_equals(single: View) -> None:
    said = data.HOLDINGS.alt(data.HOLDINGS.data(single), single)
    assert said.endswith("most are in Programme (1); as many: 22 others")
    frame = data.COMPLETENESS.data(single)
    assert frame["share_percent"].eq(0).all()
    assert data.COMPLETENESS.alt(frame, single).endswith(f"; fewest in {len(frame)} tables (0%)")
    two = frame.assign(share_percent=[50.0] * (len(frame) - 2) + [0.0, 0.0])
    first, last = frame["table_name"].iloc[-2:]
    assert data.COMPLETENESS.alt(two, single).endswith(f"; fewest in {first}, {last} (0%)")


def test_nothing_filled_is_drawn_at_nothing(single: View) -> None:
    """Not in the middle of the picture, where a scale from nothing to nothing puts it."""
    drawn = data.COMPLETENESS.draw(data.COMPLETENESS.data(single), single).to_dict()
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_a_single_date_is_said_once_and_seen(single: View) -> None:
    drawn = data.REACH.draw(data.REACH.data(single), single).to_dict()
    rows = [row for rows in drawn["datasets"].values() for row in rows if row["name"] == "Activities"]
    assert {row["label"] for row in rows} == {"1 row, 29 May 2014"}
    assert all(pd.Timestamp(row["end"]) > pd.Timestamp(row["start"]) for row in rows)


@pytest.mark.parametrize(("language", "said"), [("en", "Event"), ("ja", "イベント")])
def test_what_broken_rows_say_is_in_words(one_row, language: str, said: str) -> None:
    frame = data_checks.BROKEN.data(view_on(one_row, language))
    assert "event" not in set(frame["says"])
    assert said in set(frame["says"])
