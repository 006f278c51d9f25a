"""What came after events and presentations: help-desk cases around each, and what names one as its origin.

The window is 30 days before the first day of an activity and 30 days after its last; its own days are in neither. A
case concerns an activity when it names it or when its enquirer is in the country where it took place, whatever the
case's theme. Days are those of the programme's time zone.
"""

import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case, partnership, programme
from dashboard.filters import Filters
from dashboard.queries.common import Column, Condition, Statement, local, month, query, side
from dashboard.queries.events import REACH, chosen

WINDOW = 30
DAYS = sa.literal_column(str(WINDOW), sa.Integer)
CASE = help_desk_case.c


def _before(day: Column) -> Condition:
    return sa.and_(day >= activity.c.start - DAYS, day < activity.c.start)


def _after(day: Column) -> Condition:
    return sa.and_(day > activity.c.end, day <= activity.c.end + DAYS)


def _whole() -> Condition:
    """Whether both windows lie in the programme's time so far, so that they can be compared."""
    return sa.and_(
        activity.c.start - DAYS >= programme.c.start,
        activity.c.end + DAYS <= programme.c.end,
        activity.c.end + DAYS < sa.func.current_date(),
    )


def _opened() -> Column:
    return sa.cast(local(CASE.opened, programme.c.time_zone), sa.Date)


@query
def around(filters: Filters) -> Statement:
    """Each activity with the cases that concern it in the window before and after, how many of these name it, and
    whether both windows are `whole`: over, and in the programme's term."""
    day = _opened().label("day")
    days = (
        sa.select(CASE.programme_id, CASE.enquirer_country, day, sa.func.count().label("cases"))
        .select_from(help_desk_case.join(programme))
        .group_by(CASE.programme_id, CASE.enquirer_country, day)
        .subquery("days")
    )
    from_country = (
        sa.select(
            activity.c.id,
            sa.func.sum(days.c.cases).filter(_before(days.c.day)).label("before"),
            sa.func.sum(days.c.cases).filter(_after(days.c.day)).label("after"),
        )
        .join(days, sa.and_(days.c.programme_id == activity.c.programme_id,
                            days.c.enquirer_country == activity.c.country))
        .where(*chosen(filters, REACH))
        .group_by(activity.c.id)
        .subquery("from_country")
    )  # fmt: skip
    elsewhere = CASE.enquirer_country != activity.c.country
    naming = (
        sa.select(
            activity.c.id,
            *(sa.func.count().filter(within(_opened())).label(name)
              for name, within in (("before", _before), ("after", _after))),
            *(sa.func.count().filter(within(_opened()), elsewhere).label(name)
              for name, within in (("before_elsewhere", _before), ("after_elsewhere", _after))),
        )
        .select_from(activity.join(help_desk_case, CASE.activity_id == activity.c.id)
                     .join(programme, programme.c.id == CASE.programme_id))
        .where(*chosen(filters, REACH))
        .group_by(activity.c.id)
        .subquery("naming")
    )  # fmt: skip

    def total(name: str, *parts: Column) -> Column:
        known = [sa.func.coalesce(part, 0) for part in parts]
        return sa.cast(sum(known[1:], known[0]), sa.Integer).label(name)

    return (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.end, activity.c.city, activity.c.country,
            side(activity.c.country).label("side"),
            total("cases_before", from_country.c.before, naming.c.before_elsewhere),
            total("cases_after", from_country.c.after, naming.c.after_elsewhere),
            total("naming_before", naming.c.before), total("naming_after", naming.c.after), _whole().label("whole"),
        )
        .select_from(
            activity.join(programme, programme.c.id == activity.c.programme_id)
            .outerjoin(from_country, from_country.c.id == activity.c.id)
            .outerjoin(naming, naming.c.id == activity.c.id)
        )
        .where(*chosen(filters, REACH))
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip


@query
def cases_around(filters: Filters, *kinds: str) -> Statement:
    """The cases in whole windows, one row an activity and case: a case stands once for each activity it concerns. Of a
    case no day is told, but its month."""
    day, opened = _opened(), month(_opened()).label("month")
    return (
        sa.select(
            activity.c.code.label("activity"), activity.c.start, help_desk_case.c.code, opened,
            sa.case((_before(day), "before"), else_="after").label("window"),
            sa.func.coalesce(CASE.activity_id == activity.c.id, sa.false()).label("names_activity"),
            CASE.enquirer_country.label("country"), CASE.desk, CASE.topic,
        )
        .select_from(activity.join(help_desk_case, sa.and_(
            CASE.programme_id == activity.c.programme_id,
            sa.or_(CASE.activity_id == activity.c.id, CASE.enquirer_country == activity.c.country),
        )).join(programme, programme.c.id == CASE.programme_id))
        .where(*chosen(filters, kinds or REACH), _whole(), sa.or_(_before(day), _after(day)))
        .order_by(activity.c.start, activity.c.code, sa.desc("window"), opened, help_desk_case.c.code)
    )  # fmt: skip


@query
def followed(filters: Filters) -> Statement:
    """Each activity with the cases that name it at any time, and the partnerships and applications that name it as
    their origin; `funded_applications` are those of them that were funded."""

    def naming(what: sa.FromClause, *conditions: Condition) -> Column:
        return sa.select(sa.func.count()).select_from(what).where(*conditions).correlate(activity).scalar_subquery()

    origin = application.c.origin_activity_id == activity.c.id
    return (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.city, activity.c.country,
            naming(help_desk_case, CASE.activity_id == activity.c.id).label("cases"),
            naming(partnership, partnership.c.origin_activity_id == activity.c.id).label("partnerships"),
            naming(application, origin).label("applications"),
            naming(application, origin, application.c.status == "funded").label("funded_applications"),
        )
        .where(*chosen(filters, REACH))
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip


@query
def partnerships_from(code: str) -> Statement:
    """The partnerships that name an activity as their origin."""
    return (
        sa.select(partnership.c.code, partnership.c.title, partnership.c.title_ja)
        .join(activity, activity.c.id == partnership.c.origin_activity_id)
        .where(activity.c.code == code)
        .order_by(partnership.c.code)
    )


@query
def applications_from(code: str) -> Statement:
    """The applications that name an activity as their origin."""
    return (
        sa.select(
            application.c.code, application.c.funding_programme, application.c.part, application.c.part_ja,
            application.c.submitted_on, application.c.status.label("application_status"),
        )
        .join(activity, activity.c.id == application.c.origin_activity_id)
        .where(activity.c.code == code)
        .order_by(application.c.submitted_on, application.c.code)
    )  # fmt: skip
