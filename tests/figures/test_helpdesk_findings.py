"""What the help desk's figures claim, from frames worked out by hand: no more than they carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.alluvial import alluvial
from dashboard.charts.diverging import diverging
from dashboard.charts.theme import LIGHT
from dashboard.database.schema import help_desk_case, programme, theme
from dashboard.database.snapshot import Snapshot, take
from dashboard.figures import helpdesk, helpdesk_demand, helpdesk_map, helpdesk_open, helpdesk_satisfaction
from dashboard.figures.helpdesk_service import IN_TIME
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from tests.pages.conftest import P

TERM = Period(Month(2014, 1), Month(2016, 12))
Record = Callable[..., View]


@pytest.fixture
def record(sqlite_url: str, insert: Any) -> Record:
    """`record((opened, first response, closed, desk, satisfaction), …, today=…)`: a view of those cases alone."""

    def make(*cases: tuple[str, str | None, str | None, str, int | None], today: date) -> View:
        keys = {
            "programme_id": insert(sqlite_url, programme, P)[0],
            "theme_id": insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})[0],
        }
        usual = {"channel": "email", "topic": "mobility", "enquirer_country": "DE", "enquirer_kind": "company"}
        for number, (*moments, desk, rating) in enumerate(cases):
            opened, answered, closed = (datetime.fromisoformat(said) if said else None for said in moments)
            values = {
                "opened": opened,
                "first_response": answered,
                "closed": closed,
                "desk": desk,
                "satisfaction": rating,
            }
            insert(sqlite_url, help_desk_case, {**keys, **usual, **values, "code": f"H{number}"})
        taken = take(sqlite_url)
        return View(Filters(), "en", False, Programme(TERM, today), taken.version, Store(taken))

    return make


@pytest.fixture
def view(demo_snapshot: Snapshot) -> View:
    return View(Filters(), "en", False, Programme(TERM, date(2018, 1, 1)), demo_snapshot.version, Store(demo_snapshot))


def a_month(*counts: int) -> list[tuple[str, None, None, str, None]]:
    """So many cases in each month from January 2014."""
    return [
        (f"{2014 + place // 12}-{place % 12 + 1:02d}-10 08:00", None, None, "eu", None)
        for place, count in enumerate(counts)
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((3, 2, 3, 2), "10 cases in 4 months"),  # too few months for limits
        ((3, 1, 3, 1, 3, 1), "Cases vary around 2 a month, all of it routine variation"),
        (
            (2, 2, 3, 2, 2, 3, 2, 20, 2, 2, 3, 2),
            "1 of 12 months differs from routine variation around 3.8 cases; most came in August 2014: 20",
        ),
        (
            (*(2, 3) * 4, *(7, 8) * 4),
            "Demand grew: after long runs below it, every month from September 2014 to April 2015 lies above the mean "
            "of 5 cases; most came in October 2014: 8",
        ),
        (
            (*(7, 8) * 4, *(2, 3) * 4),
            "Demand fell: after long runs above it, every month from September 2014 to April 2015 lies below the mean "
            "of 5 cases; most came in February 2014: 8",
        ),
        (
            (*(1, 2) * 5, 9, 1, 9),
            "Every month from January 2014 to October 2014 lies below the mean of 2.6 cases; "
            "most came in November 2014: 9",
        ),
    ],
)
def test_what_is_said_of_months(record: Record, counts: tuple[int, ...], said: str) -> None:
    last = TERM.first + (len(counts) - 1)
    seen = record(*a_month(*counts), today=last.after_last_day)
    frame = helpdesk_demand.VOLUME.data(seen).head(len(counts))  # the month of today has only begun
    assert helpdesk_demand.VOLUME.say_title(frame, seen) == said


def test_a_running_month_is_marked_and_does_not_move_the_limits(record: Record) -> None:
    seen = record(*a_month(3, 1, 3, 1, 3, 1, 9), today=date(2014, 7, 15))
    frame = helpdesk_demand.VOLUME.data(seen)
    assert list(frame["signal"]) == ["routine"] * 6 + ["unfinished"]
    assert frame["centre"].iloc[0] == 2
    assert helpdesk_open.BACKLOG.say_title(helpdesk_open.BACKLOG.data(seen), seen).startswith("Cases open now: 21,")
    assert "still running" in str(IN_TIME.note and IN_TIME.note(IN_TIME.data(seen), seen))


def test_the_running_programme_is_looked_at_today(record: Record) -> None:
    seen = record(
        ("2014-06-16 08:00", None, None, "eu", None),
        ("2014-06-17 08:00", "2014-06-18 08:00", None, "eu", None),
        today=date(2014, 6, 17),
    )
    assert helpdesk_open.as_of(seen) == date(2014, 6, 17)
    said = "Cases open on 17 June 2014: 2, without a first response: 2, open for more than 60 working days: 0"
    assert helpdesk_open.AGEING.say_title(helpdesk_open.AGEING.data(seen), seen) == said


def test_answers_that_could_be_had_by_subtraction_are_left_out(record: Record) -> None:
    """Of 5 + 6 + 2 answers the two would follow from the rest, so the smallest group shown goes as well."""
    groups = [("eu", 5), ("h2020_contact_point", 6), ("japan", 2)]
    cases = [("2014-06-16 08:00", None, None, desk, 4) for desk, n in groups for _ in range(n)]
    seen = record(*cases, today=date(2018, 1, 1))
    frame = helpdesk_satisfaction.SATISFACTION.data(seen)
    assert list(frame["desk"].dropna()) == ["h2020_contact_point"]
    assert frame["answers"].iloc[0] == 13


def test_two_small_groups_hide_each_other_only_together(record: Record) -> None:
    """Of 5 + 3 + 3 answers the six left out tell of nobody: the group of five stays."""
    groups = [("eu", 5), ("h2020_contact_point", 3), ("japan", 3)]
    cases = [("2014-06-16 08:00", None, None, desk, 4) for desk, n in groups for _ in range(n)]
    seen = record(*cases, today=date(2018, 1, 1))
    assert list(helpdesk_satisfaction.SATISFACTION.data(seen)["desk"].dropna()) == ["eu"]


def test_four_answers_are_nothing_to_show(record: Record) -> None:
    seen = record(*[("2014-06-16 08:00", None, None, "eu", 1)] * 4, today=date(2018, 1, 1))
    assert helpdesk_satisfaction.SATISFACTION.data(seen).empty


def test_clearly_takes_more_among_many() -> None:
    """5 of 14 against 70 %: alone its interval (16–61 %) leaves 70 % out, among twenty groups (to 74 %) it does not."""
    overall = pd.Series({"within": 70, "due": 100})
    alone = pd.DataFrame({"within": [5], "due": [14]})
    assert list(helpdesk.against_all(alone, "within", "due", overall)["apart"]) == ["below"]
    among = pd.DataFrame({"within": [5] + [14] * 19, "due": [14] + [20] * 19})
    assert list(helpdesk.against_all(among, "within", "due", overall)["apart"]) == ["same"] * 20
    extreme = pd.DataFrame({"within": [0, 50, 0], "due": [50, 50, 0]})
    assert list(helpdesk.against_all(extreme, "within", "due", overall)["apart"]) == ["below", "above", "same"]


def test_where_the_desks_hours_meet() -> None:
    brussels, tokyo = "Europe/Brussels", "Asia/Tokyo"
    assert helpdesk_demand.meeting_hours(brussels, "winter", 2014) == [9]
    assert helpdesk_demand.meeting_hours(brussels, "summer", 2014) == [9, 10]
    assert helpdesk_demand.meeting_hours(tokyo, "winter", 2014) == [17]
    assert helpdesk_demand.meeting_hours(tokyo, "summer", 2014) == [16, 17]
    assert helpdesk_demand.open_hours("eu", tokyo, "winter", 2014) == [0, 1, *range(17, 24)]


def test_countries_stand_on_their_land() -> None:
    found = helpdesk_map.centres()
    for country, north, east in (("JP", 36, 138), ("FR", 46.5, 2.5), ("US", 39, -99), ("IT", 43, 12)):
        assert found[country] == pytest.approx((north, east), abs=2.5)


def test_a_tie_has_no_leader(view: View) -> None:
    frame = pd.DataFrame({"month": pd.to_datetime(["2014-01-01"] * 2), "desk": ["eu", "japan"], "cases": [3, 3]})
    assert helpdesk_demand.BY["desk"].say_title(frame, view) == "Cases by desk"
    frame["cases"] = [4, 3]
    assert (
        helpdesk_demand.BY["desk"].say_title(frame, view) == "European desk: 4 of 7 cases (57%), the most of any desk"
    )


def test_answers_lie_on_either_side_of_the_middle() -> None:
    """10 % and 20 % below, 30 % across, 40 % above: from −45 to 55."""
    frame = pd.DataFrame(
        {"name": "all", "level": [0, 1, 2, 3], "share": [10.0, 20.0, 30.0, 40.0], "n": "n = 10", "label": ""}
    )
    spec = diverging(frame, list("abcde"), LIGHT).to_dict()
    bars = next(rows for rows in spec["datasets"].values() if len(rows) == 4)
    assert [(row["start"], row["end"]) for row in bars] == [(-45, -35), (-35, -15), (-15, 15), (15, 55)]
    assert spec["height"] >= 34 + 54  # the only row, beside what the legend above and the axis below take of the height


def test_bands_are_as_wide_as_what_they_hold() -> None:
    links = pd.DataFrame(
        {"source": ["a", "a", "b"], "target": ["lost", "won", "won"], "value": [1, 2, 3], "label": "",
         "source_label": ["A", "A", "B"], "target_label": ["Lost", "Won", "Won"]}
    )  # fmt: skip
    spec = alluvial(links, LIGHT, {"won": LIGHT.eu, "lost": LIGHT.muted}).to_dict()
    points = next(rows for rows in spec["datasets"].values() if len(rows) == 3 * 21)
    assert {round(row["bottom"] - row["top"], 9) for row in points if row["target"] == "lost"} == {1}
    ends = sorted((row["top"], row["bottom"]) for row in points if row["at"] == 1)
    flat = [edge for pair in ends for edge in pair]
    assert flat == pytest.approx([0, 2, 2, 5, 5.42, 6.42])  # won above lost, 7 % of the whole apart
