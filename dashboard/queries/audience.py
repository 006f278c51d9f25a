"""Who came to events and presentations: kinds of organisation and countries, as counts and never as persons.

An audience belongs to the activity that it came to, and so to that activity's month, theme and place.
"""

import sqlalchemy as sa

from dashboard.database.schema import activity, attendance
from dashboard.filters import Filters
from dashboard.queries.common import Column, Statement, constant, of_programme, query
from dashboard.queries.events import REACH, chosen

CAME = activity.join(attendance, attendance.c.activity_id == activity.c.id)
KIND = attendance.c.stakeholder_kind.label("organisation_kind")


def _half_year(day: Column) -> Column:
    """The first day of the calendar half-year: 1 January or 1 July."""
    first = sa.case((sa.func.date_part(constant("month"), day) <= constant(6), constant(1)), else_=constant(7))
    return sa.func.make_date(sa.func.date_part(constant("year"), day), first, constant(1), type_=sa.Date)


@query
def audience(filters: Filters) -> Statement:
    """country, organisation_kind, participants over all chosen events and presentations."""
    return (
        sa.select(
            attendance.c.country,
            KIND,
            sa.cast(sa.func.sum(attendance.c.participants), sa.Integer).label("participants"),
        )
        .select_from(CAME)
        .where(*chosen(filters, REACH), attendance.c.participants > 0)
        .group_by(attendance.c.country, attendance.c.stakeholder_kind)
        .order_by(attendance.c.country, attendance.c.stakeholder_kind)
    )


@query
def audience_of(code: str) -> Statement:
    """The same of one activity, whatever is chosen."""
    return (
        sa.select(attendance.c.country, KIND, attendance.c.participants)
        .select_from(CAME)
        .where(activity.c.code == code, attendance.c.participants > 0)
        .order_by(attendance.c.country, attendance.c.stakeholder_kind)
    )


@query
def newcomers(filters: Filters, what: str) -> Statement:
    """half_year (its first day), groups that came in it, and those of them that came for the first time.

    A group is a country, or with `what` = "kind" a kind of organisation in a country. The first time is that of the
    whole programme, at any event or presentation, whatever else is chosen.
    """
    parts = [attendance.c.country, *([attendance.c.stakeholder_kind] if what == "kind" else [])]
    first = (
        sa.select(*parts, sa.func.min(activity.c.start).label("day"))
        .select_from(CAME)
        .where(
            activity.c.kind.in_(REACH), attendance.c.participants > 0, *of_programme(activity.c.programme_id, filters)
        )
        .group_by(*parts)
        .subquery("first")
    )
    group = sa.func.concat(*parts)
    half_year = _half_year(activity.c.start).label("half_year")
    return (
        sa.select(
            half_year,
            sa.func.count(group.distinct()).label("groups_present"),
            sa.func.count(group.distinct()).filter(first.c.day == activity.c.start).label("groups_new"),
        )
        .select_from(CAME.join(first, sa.and_(*(first.c[part.name] == part for part in parts))))
        .where(*chosen(filters, REACH), attendance.c.participants > 0)
        .group_by(half_year)
        .order_by(half_year)
    )
