"""What came of training: records that name a seminar as their origin, and cases from its audience before and after."""

from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case, partnership, programme, training_result
from dashboard.filters import Filters
from dashboard.queries.common import Column, Statement, constant, local, month, query, side
from dashboard.queries.events import chosen
from dashboard.queries.helpdesk import common_kinds, is_common
from dashboard.queries.suppression import about_people
from dashboard.queries.training import RESULTS

WINDOW_DAYS = 90
"""Days before and after a seminar in which cases are compared: less than the half year between seminars, so that the
days after one are rarely those before another."""

_seminar, _case = activity.c, help_desk_case.c
_ORIGINS: dict[str, tuple[sa.Table, sa.Column[Any], Column]] = {
    "case": (help_desk_case, _case.activity_id, month(_case.opened)),
    "application": (application, application.c.origin_activity_id, month(application.c.submitted_on)),
    "partnership": (partnership, partnership.c.origin_activity_id, sa.null()),
}


@query
def named(filters: Filters) -> Statement:
    """Each seminar with how many cases, applications (and funded ones) and partnerships name it as their origin."""

    def naming(origin: Column, *conditions: sa.ColumnElement[bool]) -> Column:
        counted = sa.select(sa.func.count()).where(origin == _seminar.id, *conditions)
        return counted.correlate(activity).scalar_subquery()

    applications = application.c.origin_activity_id
    return (
        sa.select(
            _seminar.code, _seminar.title, _seminar.title_ja, _seminar.start, _seminar.city, _seminar.country,
            naming(_case.activity_id).label("cases"),
            naming(applications).label("applications"),
            naming(applications, application.c.status == "funded").label("funded_applications"),
            naming(partnership.c.origin_activity_id).label("partnerships"),
        )
        .where(*chosen(filters, ("training",)))
        .order_by(_seminar.start, _seminar.code)
    )  # fmt: skip


@query
def named_records(filters: Filters) -> Statement:
    """The records that name a seminar as their origin, with their month; a partnership has none of its own."""
    parts = [
        sa.select(
            _seminar.code.label("origin"), sa.literal(kind).label("record_kind"), table.c.code,
            sa.cast(day, sa.Date).label("month"),
        )
        .select_from(activity.join(table, origin == _seminar.id))
        .where(*chosen(filters, ("training",)))
        for kind, (table, origin, day) in _ORIGINS.items()
    ]  # fmt: skip
    every = sa.union_all(*parts).subquery()
    return sa.select(*every.c).order_by(every.c.origin, every.c.record_kind, every.c.code)


def _days(start: Column, end: Column) -> Column:
    return sa.func.date_diff(constant("day"), start, end, type_=sa.Integer)


def _around(filters: Filters) -> tuple[sa.FromClause, Column, Column]:
    """Seminars with the cases near them from the kinds and countries of institution that took part, and whether a case
    was opened before or after. Only seminars whose days before and after lie in the programme's term and are over."""
    audience = (
        sa.select(_seminar.id, training_result.c.institution_kind, training_result.c.institution_country)
        .select_from(RESULTS.join(programme, programme.c.id == _seminar.programme_id))
        .where(
            *chosen(filters, ("training",)),
            _days(programme.c.start, _seminar.start) >= WINDOW_DAYS,
            _days(_seminar.end, sa.func.least(programme.c.end, sa.func.current_date())) >= WINDOW_DAYS,
        )
        .distinct()
        .subquery()
    )
    opened = sa.cast(local(_case.opened, programme.c.time_zone), sa.Date)

    before = _days(opened, _seminar.start).between(constant(1), constant(WINDOW_DAYS))
    after = _days(_seminar.end, opened).between(constant(1), constant(WINDOW_DAYS))
    source = (
        audience.join(activity, _seminar.id == audience.c.id)
        .join(programme, programme.c.id == _seminar.programme_id)
        .outerjoin(
            help_desk_case,
            sa.and_(
                _case.programme_id == _seminar.programme_id, _case.enquirer_kind == audience.c.institution_kind,
                _case.enquirer_country == audience.c.institution_country, sa.or_(before, after),
            ),
        )
    )  # fmt: skip
    return source, before, after


@query
def cases_around(filters: Filters) -> Statement:
    """Cases opened in the days before and after each seminar by the kinds and countries of institution that took part.

    The seminar's own days count in neither. A case near two seminars counts for both.
    """
    source, before, after = _around(filters)
    return (
        sa.select(
            _seminar.code, _seminar.title, _seminar.title_ja, _seminar.start, _seminar.city, _seminar.country,
            side(_seminar.country).label("side"),
            sa.func.count().filter(before).label("cases_before"), sa.func.count().filter(after).label("cases_after"),
        )
        .select_from(source)
        .group_by(*_seminar)
        .order_by(_seminar.start, _seminar.code)
    )  # fmt: skip


@about_people
def cases_around_records(filters: Filters, threshold: int) -> Statement:
    """Those cases, one row a case and seminar, told no more of than `helpdesk.cases` does."""
    source, before, _ = _around(filters)
    common, opened = common_kinds(threshold), month(local(_case.opened, programme.c.time_zone)).label("month")
    when = sa.case((before, sa.literal("before")), else_=sa.literal("after"))
    return (
        sa.select(
            _seminar.code.label("origin"), when.label("around"), _case.code, opened, _case.desk, _case.topic,
            common.c.enquirer_kind.label("organisation_kind"), _case.enquirer_country.label("country"),
        )
        .select_from(source.outerjoin(common, is_common(common)))
        .where(_case.id.is_not(None))
        .order_by(_seminar.start, _seminar.code, opened, _case.code)
    )  # fmt: skip
