"""What is usual of the help desk's cases is reckoned once: a sentence and the chart beside it cannot disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.database.schema import help_desk_case, programme, theme
from dashboard.database.snapshot import take
from dashboard.figures import helpdesk_demand
from dashboard.figures.findings import findings
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from tests.figures.test_findings import LATER, TERM, monthly
from tests.pages.conftest import P

Seen = Callable[..., View]
FIRST_HALF = Period(Month(2015, 1), Month(2015, 6))
SECOND_HALF = Period(Month(2015, 7), Month(2015, 12))
QUIET = ("routine", "unfinished")
VOLUME = helpdesk_demand.VOLUME


@pytest.fixture
def seen(sqlite_url: str, insert: Any) -> Seen:
    """`seen(counts, period)`: a view of a record of so many cases in each month from January 2014."""

    def make(counts: tuple[int, ...], period: Period | None, today: date = LATER, language: str = "en") -> View:
        insert(sqlite_url, programme, P)
        insert(sqlite_url, theme, {"code": "t", "name": "Theme"})
        insert(sqlite_url, help_desk_case, *monthly(*counts))
        store = Store(take(sqlite_url))
        return View(Filters(period), language, False, Programme(TERM, today), store.version, store)

    return make


def of_cases(view: View) -> list[str]:
    return [one.said for one in findings(view) if one.page == "helpdesk"]


STEP = (*(1, 3) * 9, *(9,) * 6)
"""Up to June 2015 a mean of 2 and moving ranges of 2; all 24 months: mean 90 / 24 = 3.75, mean moving range
(17 × 2 + 6) / 23 = 1.7391, upper limit 3.75 + 2.66 × 1.7391 = 8.376."""


def test_a_period_does_not_make_its_own_signals_routine(seen: Seen) -> None:
    """Six months of nine cases each do not differ from each other, but from what came before."""
    view = seen(STEP, SECOND_HALF)
    frame = VOLUME.data(view)
    assert list(frame["cases"]) == [9] * 6
    assert list(frame["signal"]) == ["outside"] * 6
    assert frame["centre"].iloc[0] == 3.75
    assert frame["upper_limit"].iloc[0] == pytest.approx(8.376, abs=0.001)
    assert VOLUME.say_title(frame, view) == (
        "6 of 6 months differ from routine variation around 3.8 cases; most came in July 2015: 9"
    )
    assert of_cases(view) == [
        "Help-desk cases: up from 12 to 54 in the 6 months after June 2015, beyond their usual variation.",
        "July 2015 brought 9 help-desk cases, above the upper limit 8.38 of their usual variation.",
    ]
    assert VOLUME.note is not None
    assert "from January 2014 on, those before the months shown included" in VOLUME.note(frame, view)


def test_what_came_after_a_period_does_not_change_what_is_said_of_it(seen: Seen) -> None:
    """What was said in July 2015 of its first half still holds: mean 2, upper limit 2 + 2.66 × 2."""
    view = seen(STEP, FIRST_HALF)
    frame = VOLUME.data(view)
    assert list(frame["signal"]) == ["routine"] * 6
    assert frame["centre"].iloc[0] == 2
    assert frame["upper_limit"].iloc[0] == pytest.approx(7.32)
    assert VOLUME.say_title(frame, view) == "Cases vary around 2 a month, all of it routine variation"
    assert of_cases(view) == []  # twelve in both halves


def test_a_run_that_began_before_the_period_is_one(seen: Seen) -> None:
    """Ten months of 1 and 2 by turns after ten of 7 and 8: the last three lie in the run below the mean."""
    view = seen((*(7, 8) * 5, *(1, 2) * 5), Period(Month(2015, 6), Month(2015, 8)))
    frame = VOLUME.data(view)
    assert list(frame["cases"]) == [2, 1, 2]
    assert list(frame["signal"]) == ["run"] * 3
    assert VOLUME.say_title(frame, view) == (
        "Every month from June 2015 to August 2015 lies below the mean of 4.5 cases; most came in June 2015: 2"
    )


def test_the_end_of_a_run_is_no_headline_of_a_period(seen: Seen) -> None:
    """Of fourteen months ten of 1 and 2 lie below the mean, 45 / 14 = 3.21, and four of 7 and 8 above the upper limit,
    3.21 + 2.66 × 17 / 13 = 6.69. The run's last two months are marked, but the title does not speak of them alone."""
    view = seen((*(1, 2) * 5, *(7, 8) * 5), Period(Month(2014, 9), Month(2015, 2)))
    frame = VOLUME.data(view)
    assert list(frame["signal"]) == ["run"] * 2 + ["outside"] * 4
    assert VOLUME.say_title(frame, view).startswith("6 of 6 months differ from routine variation around 3.2 cases")


def test_counts_that_are_mostly_none_have_no_limits_in_words_either(seen: Seen) -> None:
    """Half a case a month: the chart draws no limits, so that no sentence names one."""
    view = seen((1, *(0,) * 16, 5, *(0,) * 5, 6), None)
    assert VOLUME.data(view)["centre"].isna().all()
    assert of_cases(view) == []


def periods() -> list[Period | None]:
    """The whole, and every quarter, half and year of the demonstration's term that starts at a quarter's beginning."""
    starts = [Month(2013, 10) + 3 * step for step in range(13)]
    return [None, *(Period(start, start + (length - 1)) for start in starts for length in (3, 6, 12))]


@pytest.mark.parametrize("narrowed", [{}, {"sides": ("japan",)}, {"countries": ("DE",)}], ids=str)
def test_a_sentence_and_the_chart_say_the_same(demo_snapshot: Any, narrowed: dict[str, Any]) -> None:
    store, told = Store(demo_snapshot), 0
    term = Period(Month(2013, 9), Month(2017, 2))
    for period in periods():
        view = View(Filters(period, **narrowed), "en", False, Programme(term, LATER), store.version, store)
        frame = VOLUME.data(view)
        for said in of_cases(view):
            signals = frame[frame["signal"].isin(("run", "outside"))]
            if "beyond their usual variation" in said:
                side = signals["cases"] > signals["centre"]
                assert (side if "up from" in said else ~side).any(), (period, said)
            elif "within their usual variation" in said:
                assert frame["signal"].tail(12 if period is None else len(frame)).isin(QUIET).all(), (period, said)
            elif "limit" in said:
                limit = "upper_limit" if "upper" in said else "lower_limit"
                assert f"limit {frame[limit].iloc[0]:.2f} " in said
                assert said.split(" brought")[0] in [
                    f"{month:%B %Y}" for month in frame.loc[frame["signal"] == "outside", "month"]
                ]
            else:
                continue
            told += 1
    assert told > (10 if not narrowed else 0)
