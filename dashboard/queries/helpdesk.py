"""Help-desk cases and the applications they supported.

A case counts in the month in which it was opened, by the programme's own time zone, in its enquirer's country; an
application in the month of its submission, in the countries of the enquirers whose cases supported it.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case, partnership, programme, theme
from dashboard.filters import Filters
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    by_month,
    constant,
    during,
    local,
    month,
    of_place,
    of_programme,
    of_theme,
    query,
    working_days,
)
from dashboard.queries.suppression import about_people

CASES = help_desk_case.join(programme)
OPENED = local(help_desk_case.c.opened, programme.c.time_zone)
RESPONSE_DAYS = working_days(OPENED, local(help_desk_case.c.first_response, programme.c.time_zone))
WAITING_DAYS = working_days(OPENED, sa.func.current_date())
SUPPORTING = help_desk_case.alias("supporting")


def chosen(filters: Filters) -> Iterable[Condition]:
    """Conditions that a case passes the filters."""
    yield from of_programme(help_desk_case.c.programme_id, filters)
    yield from of_theme(help_desk_case.c.theme_id, filters)
    yield from of_place(help_desk_case.c.enquirer_country, filters)
    yield from during(OPENED, filters)


def supported(filters: Filters) -> Iterable[Condition]:
    """Conditions that an application with Japanese organisations was supported and passes the filters."""
    yield application.c.japanese_organisations > 0
    yield (
        sa.select(SUPPORTING.c.id)
        .where(SUPPORTING.c.application_id == application.c.id, *of_place(SUPPORTING.c.enquirer_country, filters))
        .exists()
    )
    yield from of_programme(application.c.programme_id, filters)
    yield from of_theme(application.c.theme_id, filters)
    yield from during(application.c.submitted_on, filters)


def _counted(condition: Condition) -> Column:
    return sa.func.count().filter(condition)


@query
def cases_by_month(filters: Filters) -> Statement:
    return by_month(OPENED, sa.func.count(), *chosen(filters), source=CASES)


@query
def response_days_by_month(filters: Filters) -> Statement:
    """How many cases (`numerator`) opened in a month had their first response after `value` working days."""
    counted = by_month(
        OPENED, sa.func.count(), *chosen(filters), help_desk_case.c.first_response.is_not(None), source=CASES
    )
    days = RESPONSE_DAYS.label("value")
    return counted.add_columns(days).group_by(days)


@query
def within_standard_by_month(filters: Filters) -> Statement:
    """Cases answered within the service standard, of those that are answered or have waited longer than it."""
    standard = programme.c.service_standard
    due = sa.or_(help_desk_case.c.first_response.is_not(None), standard < WAITING_DAYS)
    return by_month(
        OPENED, _counted(standard >= RESPONSE_DAYS), *chosen(filters), due, source=CASES, denominator=sa.func.count()
    )


@query
def applications_by_month(filters: Filters) -> Statement:
    return by_month(application.c.submitted_on, sa.func.count(), *supported(filters), source=application)


@query
def application_results_by_month(filters: Filters) -> Statement:
    """Funded applications of those whose result is known."""
    return by_month(
        application.c.submitted_on,
        _counted(application.c.status == "funded"),
        *supported(filters),
        application.c.status != "submitted",
        source=application,
        denominator=sa.func.count(),
    )


def common_kinds(threshold: int) -> sa.Subquery:
    """The countries and kinds of enquirers from which so many cases came that they name nobody."""
    by = help_desk_case.c.enquirer_country, help_desk_case.c.enquirer_kind
    return sa.select(*by).group_by(*by).having(sa.func.count() >= constant(threshold)).subquery("common_kinds")


def is_common(common: sa.Subquery) -> Condition:
    """Whether a case is of one of these."""
    case = help_desk_case.c
    return sa.and_(common.c.enquirer_country == case.enquirer_country, common.c.enquirer_kind == case.enquirer_kind)


@about_people
def cases(filters: Filters, threshold: int) -> Statement:
    """The cases themselves, one row each, as anyone may read them: what together would name an enquirer is left out:
    when in its month (of the programme's own time) a case was opened, and the kind of enquirer where fewer cases than
    the threshold came from that kind and country; satisfaction, as it tells of one person."""
    case, common, opened = help_desk_case.c, common_kinds(threshold), month(OPENED).label("month")
    return (
        sa.select(
            case.code, opened, RESPONSE_DAYS.label("response_days"), case.desk, case.channel, case.topic,
            case.enquirer_country.label("country"), common.c.enquirer_kind.label("organisation_kind"),
            theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"),
            activity.c.code.label("activity"), application.c.code.label("application"),
        )
        .select_from(
            CASES.join(theme, theme.c.id == case.theme_id)
            .outerjoin(activity, activity.c.id == case.activity_id)
            .outerjoin(application, application.c.id == case.application_id)
            .outerjoin(common, is_common(common))
        )
        .where(*chosen(filters))
        .order_by(opened, case.code)
    )  # fmt: skip


@query
def applications(filters: Filters) -> Statement:
    """The supported applications, one row each, with how many cases supported each."""
    one = application.c
    support = (
        sa.select(sa.func.count()).where(SUPPORTING.c.application_id == one.id).correlate(application).scalar_subquery()
    )
    return (
        sa.select(
            one.code, one.funding_programme, one.part, one.part_ja, one.submitted_on,
            one.status.label("application_status"), one.requested_eur, one.awarded_eur, one.japanese_organisations,
            theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"),
            support.label("supporting_cases"), activity.c.code.label("origin"), partnership.c.code.label("partnership"),
        )
        .select_from(
            application.join(theme, theme.c.id == one.theme_id)
            .outerjoin(activity, activity.c.id == one.origin_activity_id)
            .outerjoin(partnership, partnership.c.id == one.partnership_id)
        )
        .where(*supported(filters))
        .order_by(one.submitted_on, one.code)
    )  # fmt: skip
