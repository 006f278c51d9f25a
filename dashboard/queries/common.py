"""What every query shares: how the filters become conditions, and how a date becomes a month."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from dashboard.database import schema
from dashboard.filters import Filters

Column = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]
Statement = sa.Select[*tuple[Any, ...]]
Query = Callable[[Filters], Statement]

JAPAN = "JP"
# Member states during the Seventh Framework Programme and the countries associated with Horizon 2020
# (European Commission, "Associated countries", Horizon 2020, list of 2017).
EU_SIDE = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "GB",
    "AL", "AM", "BA", "CH", "FO", "GE", "IL", "IS", "MD", "ME", "MK", "NO", "RS", "TN", "TR", "UA",
)  # fmt: skip
A_MONDAY = sa.literal_column("DATE '1970-01-05'", sa.Date)


def constant(value: str | int) -> Column:
    """A constant of ours written into the statement: DuckDB takes two bound parameters for two expressions, and
    would not find the expression of the GROUP BY in the select list again."""
    return sa.literal_column(repr(value))


query = lru_cache(maxsize=256)


def side(country: Column) -> Column:
    """'japan', 'eu' or 'other' by country."""
    return sa.case((country == JAPAN, "japan"), (country.in_(EU_SIDE), "eu"), else_="other")


def month(day: Column) -> Column:
    """The first day of the month of a date or a local moment."""
    return sa.cast(sa.func.date_trunc(constant("month"), day), sa.Date)


def local(moment: Column, time_zone: Column | str) -> Column:
    """A moment in UTC as the clock of the time zone shows it."""
    return sa.func.timezone(time_zone, sa.func.timezone(constant("UTC"), moment), type_=sa.DateTime)


def working_days(first: Column, last: Column) -> Column:
    """Weekdays after `first` up to and with `last`, both local dates; public holidays are not considered."""

    def weekdays_up_to(day: Column) -> Column:
        days = sa.func.date_diff(constant("day"), A_MONDAY, sa.cast(day, sa.Date), type_=sa.Integer)
        return days.op("//")(constant(7)) * constant(5) + sa.func.least(
            sa.func.mod(days, constant(7)) + constant(1), constant(5)
        )

    return weekdays_up_to(last) - weekdays_up_to(first)


def during(day: Column, filters: Filters) -> Iterable[Condition]:
    """Conditions that a date or local moment lies in the chosen period."""
    if filters.period:
        yield day >= filters.period.first.first_day
        yield day < filters.period.last.after_last_day


def of_theme(theme_id: Column, filters: Filters) -> Iterable[Condition]:
    if filters.themes:
        yield theme_id.in_(sa.select(schema.theme.c.id).where(schema.theme.c.code.in_(filters.themes)))


def of_programme(programme_id: Column, filters: Filters) -> Iterable[Condition]:
    if filters.programme:
        yield programme_id.in_(sa.select(schema.programme.c.id).where(schema.programme.c.code == filters.programme))


def of_place(country: Column, filters: Filters) -> Iterable[Condition]:
    """Conditions that a country is on a chosen side and among the chosen countries."""
    if filters.sides:
        yield side(country).in_(filters.sides)
    if filters.countries:
        yield country.in_(filters.countries)


def by_month(
    day: Column, numerator: Column, *conditions: Condition, source: sa.FromClause, **more: Column
) -> Statement:
    """Rows `month, numerator, …`, one a month in which something is counted."""
    at = month(day).label("month")
    return (
        sa.select(at, numerator.label("numerator"), *(column.label(name) for name, column in more.items()))
        .select_from(source)
        .where(*conditions)
        .group_by(at)
        .order_by(at)
    )
