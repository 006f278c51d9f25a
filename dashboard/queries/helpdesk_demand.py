"""Who asks the help desk, about what, from where and when.

A case counts as in `queries.helpdesk`. Weekdays and hours are those of the clock in the named time zone.
"""

import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case, joint_call
from dashboard.filters import Filters
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    constant,
    during,
    local,
    month,
    of_place,
    of_programme,
    of_theme,
    query,
    side,
)
from dashboard.queries.helpdesk import CASES, OPENED, RESPONSE_DAYS, chosen, supported

BRUSSELS, TOKYO = "Europe/Brussels", "Asia/Tokyo"
OFFICE_HOURS = (9, 18)
"""When a desk is taken to be open, Monday to Friday by its own clock: our convention, as no record holds it."""

DIMENSIONS: dict[str, Column] = {
    "topic": help_desk_case.c.topic,
    "channel": help_desk_case.c.channel,
    "desk": help_desk_case.c.desk,
    "organisation_kind": help_desk_case.c.enquirer_kind,
}


@query
def first_opened(filters: Filters) -> Statement:
    """The local moment in which the programme's first case was opened: before it there was no desk to ask."""
    return sa.select(sa.func.min(OPENED).label("opened")).select_from(CASES).where(
        *of_programme(help_desk_case.c.programme_id, filters)
    )  # fmt: skip


@query
def occasions(filters: Filters) -> Statement:
    """What cases gather around: the programme's events (`event`) and the days on which joint calls closed (`call`),
    both with titles, and the days on which supported applications were submitted (`deadline`, with how many)."""
    held = sa.select(
        constant("event").label("occasion"), activity.c.start.label("date"), activity.c.title, activity.c.title_ja,
        constant(1).label("count"),
    ).where(
        activity.c.kind == "event",
        *of_programme(activity.c.programme_id, filters), *of_theme(activity.c.theme_id, filters),
        *of_place(activity.c.country, filters), *during(activity.c.start, filters),
    )  # fmt: skip
    call = joint_call.c
    closing = sa.select(constant("call"), call.closed, call.title, call.title_ja, constant(1)).where(
        call.closed.is_not(None), *of_theme(call.theme_id, filters), *during(call.closed, filters)
    )
    nameless = sa.cast(sa.null(), sa.Text)
    submitted = (
        sa.select(constant("deadline"), application.c.submitted_on, nameless, nameless, sa.func.count())
        .where(*supported(filters))
        .group_by(application.c.submitted_on)
    )
    every = sa.union_all(held, closing, submitted).subquery()
    return sa.select(every).order_by(every.c.date, every.c.title)


@query
def by_month_and(filters: Filters, dimension: str) -> Statement:
    """month, the dimension's code and `cases`, one row a month and code in which a case was opened."""
    code = DIMENSIONS[dimension].label(dimension)
    at = month(OPENED).label("month")
    return (
        sa.select(at, code, sa.func.count().label("cases"))
        .select_from(CASES)
        .where(*chosen(filters))
        .group_by(at, code)
        .order_by(at, code)
    )


@query
def by_country(filters: Filters) -> Statement:
    """country, side, cases, answered cases and the median of working days to their first response, most cases first."""
    country = help_desk_case.c.enquirer_country
    return (
        sa.select(
            country.label("country"), side(country).label("side"), sa.func.count().label("cases"),
            sa.func.count(help_desk_case.c.first_response).label("answered"),
            sa.func.quantile_cont(RESPONSE_DAYS, sa.literal_column("0.5")).label("response_median"),
        )
        .select_from(CASES)
        .where(*chosen(filters))
        .group_by(country)
        .order_by(sa.func.count().desc(), country)
    )  # fmt: skip


@query
def of_country(filters: Filters, country: str) -> Statement:
    """What one country's enquirers asked, and of which desk: topic, desk, cases."""
    case = help_desk_case.c
    return (
        sa.select(case.topic, case.desk, sa.func.count().label("cases"))
        .select_from(CASES)
        .where(*chosen(filters), case.enquirer_country == country)
        .group_by(case.topic, case.desk)
        .order_by(sa.func.count().desc(), case.topic, case.desk)
    )


def _open(time_zone: str) -> Condition:
    """A desk is open when the case arrives."""
    at = local(help_desk_case.c.opened, constant(time_zone))
    first, last = OFFICE_HOURS
    return sa.and_(
        sa.func.isodow(at) <= constant(5), sa.func.hour(at) >= constant(first), sa.func.hour(at) < constant(last)
    )


@query
def arrivals(filters: Filters, time_zone: str) -> Statement:
    """weekday (1 is Monday), hour (0–23) and cases by the clock of a time zone; of them those that arrived while both
    desks, and while neither, were open."""
    at = local(help_desk_case.c.opened, constant(time_zone))
    weekday, hour = sa.func.isodow(at).label("weekday"), sa.func.hour(at).label("hour")
    eu, japan = _open(BRUSSELS), _open(TOKYO)
    return (
        sa.select(
            weekday, hour, sa.func.count().label("cases"),
            sa.func.count().filter(eu, japan).label("both_open"),
            sa.func.count().filter(~eu, ~japan).label("neither_open"),
        )
        .select_from(CASES)
        .where(*chosen(filters))
        .group_by(weekday, hour)
        .order_by(weekday, hour)
    )  # fmt: skip
