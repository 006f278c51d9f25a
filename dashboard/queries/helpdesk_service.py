"""How well the help desk serves: time to answer and to close, what is open, and how satisfied people are.

A case counts as in `queries.helpdesk`. A backlog is a stock: it counts cases of any month that are open at a given
time, so the chosen period only says at which times it is looked at.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa

from dashboard.database.schema import help_desk_case, programme
from dashboard.filters import Filters
from dashboard.queries.common import Column, Condition, Statement, constant, local, month, query, working_days
from dashboard.queries.helpdesk import CASES, OPENED, RESPONSE_DAYS, WAITING_DAYS, chosen
from dashboard.queries.suppression import about_people

AGES = (("week", 5), ("four_weeks", 20), ("twelve_weeks", 60), ("year", 250))
"""Bands of working days that a case has been open, by their last day; `over` is beyond."""

RESPONDED = local(help_desk_case.c.first_response, programme.c.time_zone)
CLOSED = local(help_desk_case.c.closed, programme.c.time_zone)
CLOSING_DAYS = working_days(OPENED, CLOSED)
STANDARD = programme.c.service_standard
ANSWERED = help_desk_case.c.first_response.is_not(None)
DUE = sa.or_(ANSWERED, STANDARD < WAITING_DAYS)
NO_CODE = sa.cast(sa.null(), sa.Text)


def _count(*conditions: Condition) -> Column:
    return sa.func.count().filter(*conditions)


def _percentile(days: Column, share: float) -> Column:
    """Interpolated linearly between neighbours, as `statistics.weighted_percentile`; cases without it are left out."""
    return sa.func.quantile_cont(days, sa.literal_column(str(share)))


def _by_group(filters: Filters, measures: Iterable[Column], least: Condition, *more: Column) -> Statement:
    """The measures for all cases (desk and topic are empty), then for each desk, then for each topic."""
    case, found = help_desk_case.c, []
    for desk, topic in ((NO_CODE, NO_CODE), (case.desk, NO_CODE), (NO_CODE, case.topic)):
        keys = [column for column in (desk, topic) if column is not NO_CODE]
        found.append(
            sa.select(desk.label("desk"), topic.label("topic"), *more, *measures)
            .select_from(CASES)
            .where(*chosen(filters))
            .group_by(*keys, *more)
            .having(least)
        )
    every = sa.union_all(*found).subquery()
    return sa.select(every).order_by(
        every.c.topic.nulls_first(), every.c.desk.nulls_first(), *(every.c[column.name] for column in more)
    )


@query
def service(filters: Filters) -> Statement:
    """Cases, and of them: answered, with median and 90th percentile of working days to the first response; due
    (answered, or waiting longer than the standard) and answered within the standard; closed, with median and 90th
    percentile of working days to closing."""
    measures = (
        sa.func.count().label("cases"),
        _count(ANSWERED).label("answered"),
        _percentile(RESPONSE_DAYS, 0.5).label("response_median"),
        _percentile(RESPONSE_DAYS, 0.9).label("response_p90"),
        _count(help_desk_case.c.closed.is_not(None)).label("closed_cases"),
        _percentile(CLOSING_DAYS, 0.5).label("closing_median"),
        _percentile(CLOSING_DAYS, 0.9).label("closing_p90"),
        _count(DUE).label("due"),
        _count(DUE, RESPONSE_DAYS <= STANDARD).label("within"),
    )
    return _by_group(filters, measures, sa.func.count() > 0)


@query
def within_by_quarter(filters: Filters) -> Statement:
    """Cases due and answered within the standard by desk and by the calendar quarter (its first day) in which they were
    opened."""
    desk = help_desk_case.c.desk.label("desk")
    quarter = sa.cast(sa.func.date_trunc(constant("quarter"), OPENED), sa.Date).label("quarter")
    return (
        sa.select(quarter, desk, _count(DUE).label("due"), _count(DUE, RESPONSE_DAYS <= STANDARD).label("within"))
        .select_from(CASES)
        .where(*chosen(filters))
        .group_by(quarter, desk)
        .having(_count(DUE) > 0)
        .order_by(quarter, desk)
    )


@about_people
def satisfaction(filters: Filters, threshold: int) -> Statement:
    """How many `answers` gave each `rating` of satisfaction (1–5), for all cases, each desk and each topic; a
    group with fewer answers than the threshold is left out here, in the database."""
    case, level = help_desk_case.c, help_desk_case.c.satisfaction.label("rating")
    found = []
    for desk, topic in ((NO_CODE, NO_CODE), (case.desk, NO_CODE), (NO_CODE, case.topic)):
        keys = [column for column in (desk, topic) if column is not NO_CODE]
        group_total = sa.func.sum(sa.func.count()).over(partition_by=keys or None)
        found.append(
            sa.select(
                desk.label("desk"), topic.label("topic"), level,
                sa.func.count().label("answers"), group_total.label("group_answers"),
            )
            .select_from(CASES)
            .where(*chosen(filters), level.is_not(None))
            .group_by(*keys, level)
        )  # fmt: skip
    every = sa.union_all(*found).subquery()
    return (
        sa.select(every.c.desk, every.c.topic, every.c.rating, every.c.answers)
        .where(every.c.group_answers >= constant(threshold))
        .order_by(every.c.topic.nulls_first(), every.c.desk.nulls_first(), every.c.rating)
    )


@query
def flows(filters: Filters) -> Statement:
    """How many cases were opened, left waiting (first answered or closed) and were closed in each month of the whole
    record: `month`, `opened`, `answered`, `closed_cases`."""
    every = filters.during(None)
    leaving = sa.func.least(RESPONDED, CLOSED)
    parts = [
        sa.select(month(moment).label("month"), *(constant(int(at == place)).label(name) for place, name in enumerate(
            ("opened_cases", "answered", "closed_cases")
        )))
        .select_from(CASES)
        .where(*chosen(every), moment.is_not(None))
        for at, moment in enumerate((OPENED, leaving, CLOSED))
    ]  # fmt: skip
    each = sa.union_all(*parts).subquery()
    return (
        sa.select(
            each.c.month,
            *(sa.func.sum(each.c[name]).label(name) for name in ("opened_cases", "answered", "closed_cases")),
        )
        .group_by(each.c.month)
        .order_by(each.c.month)
    )


@query
def ageing(filters: Filters, after: date) -> Statement:
    """The cases open at the end of the day before `after`: `age` (a band of working days since opening), `waiting`
    (for the first response, or only to be closed) and `open_cases`."""
    days = working_days(OPENED, sa.literal_column(f"DATE '{after - timedelta(days=1)}'", sa.Date))
    rank = sa.case(*((days <= constant(last), constant(place)) for place, (_, last) in enumerate(AGES)),
                   else_=constant(len(AGES)))  # fmt: skip
    age = sa.case(*((days <= constant(last), constant(name)) for name, last in AGES), else_=constant("over"))
    answered = sa.and_(ANSWERED, sa.literal_column(f"DATE '{after}'", sa.Date) > RESPONDED)
    waiting = sa.case((answered, constant("closing")), else_=constant("first_response"))
    cutoff = sa.literal_column(f"DATE '{after}'", sa.Date)
    groups = (rank.label("rank"), age.label("age"), waiting.label("waiting"))
    return (
        sa.select(*groups, sa.func.count().label("open_cases"))
        .select_from(CASES)
        .where(*chosen(filters.during(None)), cutoff > OPENED, sa.or_(CLOSED.is_(None), cutoff <= CLOSED))
        .group_by(*groups)
        .order_by("rank", "waiting")
    )
