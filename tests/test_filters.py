"""Months, periods, filters, and how they stand in an address."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.filters import Choices, Dropped, Filters, Month, Period, read

CHOICES = Choices(
    period=Period(Month(2013, 9), Month(2017, 2)),
    themes=("bio", "power"),
    countries=("AT", "DE", "JP"),
    programmes=("P",),
)


@pytest.mark.parametrize("written", ["2014-01", "2014-09", "2014-12", "0001-01", "9999-12"])
def test_a_month_is_read_as_it_is_written(written: str) -> None:
    assert str(Month.parse(written)) == written


@pytest.mark.parametrize(
    "written",
    ["", "2014", "2014-", "2014-1", "2014-00", "2014-13", "2014-001", "14-01", "2014/01", "2014-01-01", "2014-ab",
     "abcd-01", " 2014-01", "2014-01 ", "-014-01", "2014--1", "２０１４-01", "2014-0１", "²014-01", "+014-01"],
)  # fmt: skip
def test_what_is_no_month_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(written)


def test_months_reckon_over_the_new_year() -> None:
    assert Month(2014, 11) + 3 == Month(2015, 2)
    assert Month(2014, 2) + -2 == Month(2013, 12)
    assert Month(2015, 2) - Month(2014, 11) == 3
    assert Month(2014, 12).after_last_day == date(2015, 1, 1)
    assert Month.of(date(2016, 2, 29)) == Month(2016, 2)
    assert Month(2014, 12) < Month(2015, 1)


def test_a_period_holds_both_its_ends() -> None:
    winter = Period(Month(2014, 12), Month(2015, 2))
    assert len(winter) == 3
    assert winter.months() == [Month(2014, 12), Month(2015, 1), Month(2015, 2)]
    assert Month(2014, 12) in winter  # left boundary, counted
    assert Month(2015, 2) in winter  # right boundary, counted
    assert Month(2014, 11) not in winter
    assert Month(2015, 3) not in winter
    assert winter.before() == Period(Month(2014, 9), Month(2014, 11))
    assert winter.last_months(2) == Period(Month(2015, 1), Month(2015, 2))
    assert winter.last_months(6) == winter
    with pytest.raises(ValueError, match=r"the period ends \(2014-11\) before it starts \(2014-12\)"):
        Period(Month(2014, 12), Month(2014, 11))


def test_what_two_periods_share() -> None:
    year = Period(Month(2014, 1), Month(2014, 12))
    assert year.within(Period(Month(2014, 12), Month(2015, 3))) == Period(Month(2014, 12), Month(2014, 12))
    assert year.within(Period(Month(2015, 1), Month(2015, 3))) is None


def test_a_whole_address() -> None:
    query = {
        "from": ["2015-01"], "to": ["2015-06"], "theme": ["power", "bio", "power"], "side": ["japan"],
        "country": ["de", "AT"], "lang": ["ja"], "programme": ["P"],
    }  # fmt: skip
    period = Period(Month(2015, 1), Month(2015, 6))
    assert read(query, CHOICES) == (Filters(period, ("power", "bio"), ("japan",), ("DE", "AT"), "P"), [])


def test_an_empty_address_asks_for_everything() -> None:
    assert read({}, CHOICES) == (Filters(), [])
    assert Filters().query() == []


def test_the_whole_term_is_no_choice() -> None:
    assert read({"from": ["2013-09"], "to": ["2017-02"]}, CHOICES) == (Filters(), [])


def test_half_a_period_runs_to_the_end_of_the_term() -> None:
    assert read({"from": ["2016-09"]}, CHOICES)[0].period == Period(Month(2016, 9), Month(2017, 2))
    assert read({"to": ["2013-12"]}, CHOICES)[0].period == Period(Month(2013, 9), Month(2013, 12))


@pytest.mark.parametrize(
    ("query", "kept", "dropped"),
    [
        ({"from": ["2013-08"]}, Filters(), [Dropped("from", "2013-08", "outside_term")]),  # the month before
        ({"to": ["2017-03"]}, Filters(), [Dropped("to", "2017-03", "outside_term")]),  # the month after
        ({"from": ["spring"]}, Filters(), [Dropped("from", "spring", "not_a_month")]),
        ({"from": [""]}, Filters(), [Dropped("from", "", "not_a_month")]),
        ({"from": ["2016-01"], "to": ["x"]}, Filters(Period(Month(2016, 1), Month(2017, 2))),
         [Dropped("to", "x", "not_a_month")]),
        ({"from": ["2016-02"], "to": ["2016-01"]}, Filters(),
         [Dropped("from", "2016-02", "reversed"), Dropped("to", "2016-01", "reversed")]),
        ({"theme": ["tea", "bio"]}, Filters(themes=("bio",)), [Dropped("theme", "tea", "unknown")]),
        ({"theme": ["BIO"]}, Filters(), [Dropped("theme", "BIO", "unknown")]),
        ({"side": ["moon", "eu"]}, Filters(sides=("eu",)), [Dropped("side", "moon", "unknown")]),
        ({"country": ["FR", "jp"]}, Filters(countries=("JP",)), [Dropped("country", "FR", "unknown")]),
        ({"programme": ["Q"]}, Filters(), [Dropped("programme", "Q", "unknown")]),
        ({"theme": ["'; DROP TABLE theme; --"]}, Filters(), [Dropped("theme", "'; DROP TABLE theme; --", "unknown")]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_dropped_with_its_reason(query: dict, kept: Filters, dropped: list[Dropped]) -> None:
    assert read(query, CHOICES) == (kept, dropped)


months = some.builds(lambda step: Month(2013, 9) + step, some.integers(0, 41))
periods = some.none() | some.tuples(months, months).map(sorted).map(lambda ends: Period(*ends)).filter(
    lambda period: period != CHOICES.period
)
filters = some.builds(
    Filters,
    period=periods,
    themes=some.lists(some.sampled_from(CHOICES.themes), unique=True).map(tuple),
    sides=some.lists(some.sampled_from(CHOICES.sides), unique=True).map(tuple),
    countries=some.lists(some.sampled_from(CHOICES.countries), unique=True).map(tuple),
    programme=some.none() | some.just("P"),
)


def grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for key, value in pairs:
        query.setdefault(key, []).append(value)
    return query


@settings(deadline=None)
@given(filters)
def test_filters_come_back_from_their_address(chosen: Filters) -> None:
    assert read(grouped(chosen.query()), CHOICES) == (chosen, [])


keys = some.sampled_from(["from", "to", "theme", "side", "country", "programme", "lang", "x"])
values = some.text(max_size=8) | some.sampled_from(["2015-01", "2014-06", "bio", "eu", "JP"])


@settings(deadline=None)
@given(some.dictionaries(keys, some.lists(values)))
def test_any_address_gives_filters_that_stand_in_an_address(query: dict[str, list[str]]) -> None:
    kept, dropped = read(query, CHOICES)
    assert read(grouped(kept.query()), CHOICES) == (kept, [])
    assert all(drop.value in query[drop.key] or drop.reason == "reversed" for drop in dropped)
