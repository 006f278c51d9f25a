"""How a value, its target, its status, its change and its trend come about, on numbers that can be done by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from dashboard.database.schema import (
    activity,
    attendance,
    help_desk_case,
    interest_group_member,
    organisation,
    programme,
    target,
    theme,
)
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import (
    Indicator,
    Measurement,
    Months,
    Programme,
    Reckoning,
    Stage,
    Status,
    Strand,
    TargetPath,
    Unit,
    Value,
    assess,
    measure,
    planned,
)
from dashboard.store import Store

NO_QUERY: Any = None
TERM = Period(Month(2014, 1), Month(2015, 12))
LATER = date(2018, 1, 1)


def indicator(reckoning: Reckoning, lower_is_better: bool = False) -> Indicator:
    made_up = ("made_up", Stage.OUTPUT, Strand.REACH, Unit.NUMBER, reckoning, NO_QUERY, NO_QUERY)
    return Indicator(*made_up, lower_is_better=lower_is_better)


def record(reckoning: Reckoning, *rows: dict[str, Any]) -> Months:
    frame = pd.DataFrame([{**row, "month": pd.Timestamp(row["month"])} for row in rows])
    return Months(indicator(reckoning), frame)


def months(first: str, last: str) -> Period:
    return Period(Month.parse(first), Month.parse(last))


# Targets: 0 on 1 January, 10 on 11 January, 10 more by 31 January.
PATH = TargetPath(((date(2014, 1, 1), 0.0), (date(2014, 1, 11), 10.0), (date(2014, 1, 31), 20.0)))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2013, 6, 1), 0.0),  # before the first: the baseline
        (date(2014, 1, 1), 0.0),  # left boundary
        (date(2014, 1, 6), 5.0),  # half-way
        (date(2014, 1, 11), 10.0),  # at a target
        (date(2014, 1, 13), 11.0),  # a tenth of the slower second stretch
        (date(2014, 1, 31), 20.0),  # right boundary
        (date(2019, 1, 1), 20.0),  # after the last: the end target holds
    ],
)
def test_the_path_is_straight_between_targets(day: date, value: float) -> None:
    assert PATH.at(day) == pytest.approx(value)


YEARLY = TargetPath(((date(2014, 1, 1), 0.0), (date(2014, 12, 31), 12.0), (date(2015, 12, 31), 36.0)))


def test_what_was_planned_of_a_count_adds_up() -> None:
    count = indicator(Reckoning.SUM)
    first, second = months("2014-01", "2014-12"), months("2015-01", "2015-12")
    assert planned(count, YEARLY, first, first.last.after_last_day) == 12
    assert planned(count, YEARLY, second, second.last.after_last_day) == 24
    assert planned(count, YEARLY, TERM, TERM.last.after_last_day) == 36


def test_what_was_planned_of_a_level_is_the_level() -> None:
    second = months("2015-01", "2015-12")
    for reckoning in (Reckoning.STOCK, Reckoning.RATIO, Reckoning.MEDIAN, Reckoning.MEAN_GAIN):
        assert planned(indicator(reckoning), YEARLY, second, second.last.after_last_day) == 36


@pytest.mark.parametrize(
    ("value", "gap", "status"),
    [
        (40, 0, Status.ON_TRACK),
        (42, 2, Status.ON_TRACK),  # right boundary: five per cent of 40
        (42.1, 2.1, Status.AHEAD),
        (38, -2, Status.ON_TRACK),  # left boundary
        (37.9, -2.1, Status.BEHIND),
        (0, -40, Status.BEHIND),
    ],
)
def test_status_where_more_is_better(value: float, gap: float, status: Status) -> None:
    path = TargetPath(((date(2014, 1, 1), 0.0), (date(2015, 12, 31), 40.0)))
    found = assess(indicator(Reckoning.SUM), value, path, TERM, LATER)
    assert found is not None
    assert (found.planned, found.gap, found.status) == (40, pytest.approx(gap), status)


@pytest.mark.parametrize(
    ("value", "status"),
    [(3, Status.ON_TRACK), (2, Status.AHEAD), (4, Status.BEHIND), (3.15, Status.ON_TRACK), (3.2, Status.BEHIND)],
)
def test_status_where_less_is_better(value: float, status: Status) -> None:
    path = TargetPath(((date(2014, 1, 1), 3.0),))
    found = assess(indicator(Reckoning.MEDIAN, lower_is_better=True), value, path, TERM, LATER)
    assert found is not None
    assert found.status is status


def test_a_plan_of_nothing() -> None:
    path = TargetPath(((date(2014, 1, 1), 0.0),))
    judged = [assess(indicator(Reckoning.SUM), value, path, TERM, LATER) for value in (0.0, 1.0)]
    assert [one and one.status for one in judged] == [Status.ON_TRACK, Status.AHEAD]


def test_a_running_period_is_held_to_the_plan_of_today() -> None:
    path = TargetPath(((date(2013, 12, 31), 0.0), (date(2014, 12, 31), 365.0)))  # one a day
    year = months("2014-01", "2014-12")
    found = assess(indicator(Reckoning.SUM), 31, path, year, today=date(2014, 1, 31))
    assert found is not None
    assert (found.planned, found.status) == (31, Status.ON_TRACK)
    over = assess(indicator(Reckoning.SUM), 31, path, year, today=LATER)
    assert over is not None
    assert (over.planned, over.status) == (365, Status.BEHIND)


def test_no_value_is_not_judged() -> None:
    assert assess(indicator(Reckoning.RATIO), None, PATH, TERM, LATER) is None


def test_a_count_is_the_sum_of_its_months() -> None:
    found = record(
        Reckoning.SUM,
        {"month": "2014-02-01", "numerator": 1},  # the month before
        {"month": "2014-03-01", "numerator": 3},  # left boundary, counted
        {"month": "2014-05-01", "numerator": 4},  # right boundary, counted
        {"month": "2014-06-01", "numerator": 9},  # the month after
    )
    assert found.value(months("2014-03", "2014-05")) == Value(7, 7)
    assert found.value(months("2014-04", "2014-04")) == Value(0, 0)
    assert found.span == months("2014-02", "2014-06")


def test_a_stock_counts_all_that_came_before() -> None:
    found = record(
        Reckoning.STOCK,
        {"month": "2014-01-01", "numerator": 5},
        {"month": "2014-03-01", "numerator": -2},  # two leave
        {"month": "2014-04-01", "numerator": 1},
    )
    values = [found.value(Period(month, month)).value for month in months("2013-12", "2014-04").months()]
    assert values == [0, 5, 5, 3, 4]


def test_a_ratio_is_a_ratio_of_sums() -> None:
    found = record(
        Reckoning.RATIO,
        {"month": "2014-01-01", "numerator": 1, "denominator": 1},  # a mean of ratios would give 0.6
        {"month": "2014-02-01", "numerator": 2, "denominator": 10},
    )
    value = found.value(months("2014-01", "2014-02"))
    assert (value.value, value.numerator, value.denominator) == (3 / 11, 3, 11)
    assert value.interval is not None  # Wilson's, z = 1.96, reckoned on paper
    assert (value.interval.low, value.interval.high) == (
        pytest.approx(0.0975, abs=5e-4),
        pytest.approx(0.5656, abs=5e-4),
    )
    nothing = found.value(months("2015-01", "2015-01"))
    assert (nothing.value, nothing.denominator, nothing.interval) == (None, 0, None)


def test_a_median_counts_every_case() -> None:
    found = record(
        Reckoning.MEDIAN,
        {"month": "2014-01-01", "value": 1, "numerator": 3},
        {"month": "2014-02-01", "value": 2, "numerator": 1},
        {"month": "2014-02-01", "value": 9, "numerator": 2},
    )
    assert found.value(months("2014-01", "2014-02")) == Value(1.5, 6)  # 1 1 1 2 9 9
    assert found.value(months("2014-02", "2014-02")) == Value(9, 3)  # 2 9 9
    assert found.value(months("2015-01", "2015-01")) == Value(None, 0)


def test_a_mean_gain_is_weighted_by_people() -> None:
    found = record(  # gains 10, 20 in January; 0 in February
        Reckoning.MEAN_GAIN,
        {"month": "2014-01-01", "numerator": 30, "denominator": 2, "squares": 500},
        {"month": "2014-02-01", "numerator": 0, "denominator": 1, "squares": 0},
    )
    value = found.value(months("2014-01", "2014-02"))
    assert (value.value, value.denominator) == (10, 3)
    assert value.interval is not None  # deviation 10, so 10 ± 4.303 · 10 / √3
    assert (value.interval.low, value.interval.high) == (
        pytest.approx(-14.84, abs=0.01),
        pytest.approx(34.84, abs=0.01),
    )
    assert found.value(months("2014-02", "2014-02")).interval is None  # one person has no interval


P = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2015, 12, 31),
     "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
EVENT = {"programme_id": 1, "kind": "event", "title": "Talk", "country": "JP", "format": "on_site", "theme_id": 1}


@pytest.fixture
def store(sqlite_url: str, insert) -> Store:
    """Two themes; events in January (JP) and July 2014 (JP), December 2015 (DE) with 5, 7 and 11 people."""
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"}, {"code": "power", "name": "Power"})
    days = date(2014, 1, 31), date(2014, 7, 1), date(2015, 12, 31)
    events = [{**EVENT, "code": str(day), "start": day, "end": day} for day in days]
    events[1]["theme_id"] = 2
    events[2]["country"] = "DE"
    insert(sqlite_url, activity, *events)
    counted = [{"activity_id": place, "country": "JP", "stakeholder_kind": "company", "participants": people}
               for place, people in enumerate((5, 7, 11), start=1)]  # fmt: skip
    insert(sqlite_url, attendance, *counted)
    plan = [
        ("events", date(2014, 1, 1), 0),
        ("events", date(2015, 12, 31), 4),
        ("interest_group_members", date(2014, 1, 1), 2),
    ]
    insert(sqlite_url, target, *({"programme_id": 1, "indicator": key, "due_on": due, "value": value}
                                 for key, due, value in plan))  # fmt: skip
    insert(sqlite_url, organisation, {"code": "O", "name": "Office", "kind": "ministry", "country": "DE"})
    insert(sqlite_url, interest_group_member,
           {"organisation_id": 1, "joined": date(2014, 3, 31), "left": date(2014, 9, 1)})  # fmt: skip
    return Store(take(sqlite_url))


def measured(store: Store, key: str, filters: Filters | None = None, today: date = LATER) -> Measurement:
    return measure(CATALOGUE[key], filters or Filters(), store, Programme(TERM, today))


def test_the_whole_programme(store: Store) -> None:
    found = measured(store, "events")
    assert (found.period, found.now, found.baseline, found.target) == (TERM, Value(3, 3), 0, 4)
    assert found.assessment is not None
    assert (found.assessment.planned, found.assessment.gap, found.assessment.status) == (4, -1, Status.BEHIND)
    assert found.change is not None  # the last six months against the six before
    assert (found.change.amount, found.change.period) == (1, months("2015-07", "2015-12"))
    assert found.change.before == months("2015-01", "2015-06")
    assert measured(store, "people_reached").now.value == 23


def test_a_period_is_compared_with_the_one_before_it(store: Store) -> None:
    second = Filters(period=months("2014-07", "2014-12"))
    assert measured(store, "events", second).change is not None
    found = measured(store, "people_reached", second)
    assert found.change is not None
    assert (found.now.value, found.change.amount, found.change.before) == (7, 2, months("2014-01", "2014-06"))
    first = Filters(period=months("2014-01", "2014-06"))
    assert measured(store, "people_reached", first).change is None  # before the programme there is nothing


def test_filters_narrow_what_is_counted_and_leave_no_target(store: Store) -> None:
    for filters, count in (
        (Filters(themes=("bio",)), 2),
        (Filters(sides=("japan",)), 2),
        (Filters(countries=("DE",)), 1),
    ):
        found = measured(store, "events", filters)
        assert (found.now.value, found.target, found.assessment, found.ignored) == (count, None, None, ())


def test_an_indicator_that_knows_no_theme_says_that_it_ignores_it(store: Store) -> None:
    chosen = Filters(period=months("2014-03", "2014-08"), themes=("bio",), countries=("JP",))
    found = measured(store, "interest_group_members", chosen)
    assert (found.now.value, found.target, found.ignored) == (1, 2, ("theme", "place"))


def test_the_trend_of_a_short_period_is_month_by_month(store: Store) -> None:
    found = measured(store, "people_reached", Filters(period=months("2014-01", "2014-07")))
    assert found.trend == tuple(zip(months("2014-01", "2014-07").months(), (5, 0, 0, 0, 0, 0, 7), strict=True))
    stock = measured(store, "interest_group_members", Filters(period=months("2014-02", "2014-09")))
    assert [value for _, value in stock.trend] == [0, 1, 1, 1, 1, 1, 1, 0]  # joins in March, leaves in September


def test_the_trend_of_a_long_period_looks_back_six_months(store: Store) -> None:
    values = {str(month): value for month, value in measured(store, "people_reached").trend}
    assert len(values) == 24
    assert [values[month] for month in ("2014-01", "2014-06", "2014-07", "2014-12", "2015-01", "2015-12")] == [
        5, 5, 7, 7, 0, 11,
    ]  # fmt: skip


def test_a_running_programme_is_measured_so_far_and_its_month_is_unfinished(store: Store) -> None:
    running = Programme(TERM, date(2014, 7, 15))
    found = measured(store, "events", today=running.today)
    assert (found.period, found.now.value) == (months("2014-01", "2014-07"), 2)
    assert running.unfinished(Month(2014, 7))
    assert not running.unfinished(Month(2014, 6))
    assert Programme(TERM, date(2014, 7, 31)).unfinished(Month(2014, 7))  # its last day still runs
    assert not Programme(TERM, date(2014, 8, 1)).unfinished(Month(2014, 7))
    assert Programme(TERM, date(2013, 5, 1)).elapsed == months("2014-01", "2014-01")  # not begun
    assert Programme(TERM, LATER).elapsed == TERM


CASE = {"programme_id": 1, "desk": "eu", "channel": "email", "topic": "mobility", "enquirer_country": "DE",
        "enquirer_kind": "company", "theme_id": 1}  # fmt: skip


@pytest.mark.usefixtures("store")
def test_a_case_counts_on_the_programmes_clock_and_in_working_days(sqlite_url: str, insert) -> None:
    moments = [
        ("2014-05-30 21:30", "2014-06-02 08:00"),  # Friday 23:30 in Brussels, answered on Monday: 1 day
        ("2014-05-31 22:30", "2014-06-05 08:00"),  # Sunday 1 June 00:30 there, answered on Thursday: 4 days
        ("2014-06-02 08:00", "2014-06-02 09:00"),  # the same day: 0 days
        ("2014-06-30 22:00", None),  # 1 July there; never answered: outside the standard
    ]
    insert(sqlite_url, help_desk_case, *(
        {**CASE, "code": opened, "opened": datetime.fromisoformat(opened),
         "first_response": datetime.fromisoformat(answered) if answered else None}
        for opened, answered in moments
    ))  # fmt: skip
    now = Store(take(sqlite_url))
    by_month = [measured(now, "help_desk_cases", Filters(period=months(one, one))).now.value
                for one in ("2014-05", "2014-06", "2014-07")]  # fmt: skip
    assert by_month == [1, 2, 1]
    assert measured(now, "first_response_days").now == Value(1, 3)
    within = measured(now, "cases_within_standard").now
    assert (within.numerator, within.denominator) == (2, 4)
