"""The Horizon 2020 contact point in Japan: its cases, the applications that these supported, its events.

Its cases are those of the help desk's desk `h2020_contact_point`; its events are the programme's events in Japan
with the objective Horizon 2020 in Japan. Each counts as on its own page, under the same filters.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case
from dashboard.filters import Filters
from dashboard.queries import events, helpdesk
from dashboard.queries.common import JAPAN, Column, Condition, Statement, constant, month, of_place, query

DESK, OBJECTIVE = "h2020_contact_point", "horizon_2020_in_japan"
ITS_CASE = help_desk_case.alias("its_case")


def _cases(filters: Filters) -> Iterable[Condition]:
    yield help_desk_case.c.desk == DESK
    yield from helpdesk.chosen(filters)


def _supported(filters: Filters) -> Iterable[Condition]:
    """Conditions that an application counts as supported, and one of its cases came to the contact point."""
    yield from helpdesk.supported(filters)
    places = of_place(ITS_CASE.c.enquirer_country, filters)
    yield (
        sa.select(ITS_CASE.c.id)
        .where(ITS_CASE.c.application_id == application.c.id, ITS_CASE.c.desk == DESK, *places)
        .exists()
    )


def _events(filters: Filters) -> Iterable[Condition]:
    yield activity.c.objective == OBJECTIVE
    yield activity.c.country == JAPAN
    yield from events.chosen(filters, ("event",))


def _quarter(day: Column) -> Column:
    return sa.cast(sa.func.date_trunc(constant("quarter"), day), sa.Date)


@query
def by_quarter(filters: Filters) -> Statement:
    """Cases, supported applications (of which with a known result, of which funded) and events a calendar quarter."""
    known, funded = application.c.status != "submitted", application.c.status == "funded"
    counts: tuple[tuple[Column, sa.FromClause, Iterable[Condition], dict[str, Column]], ...] = (
        (helpdesk.OPENED, helpdesk.CASES, _cases(filters), {"cases": sa.func.count()}),
        (
            application.c.submitted_on, application, _supported(filters),
            {
                "applications": sa.func.count(),
                "known_results": sa.func.count().filter(known),
                "funded_applications": sa.func.count().filter(funded),
            },
        ),
        (activity.c.start, activity, _events(filters), {"events": sa.func.count()}),
    )  # fmt: skip
    names = [name for *_, measures in counts for name in measures]
    parts = [
        sa.select(_quarter(day).label("quarter"), *(measures.get(name, constant(0)).label(name) for name in names))
        .select_from(source)
        .where(*conditions)
        .group_by(_quarter(day))
        for day, source, conditions, measures in counts
    ]
    found = sa.union_all(*parts).subquery("found")
    return (
        sa.select(found.c.quarter, *(sa.func.sum(found.c[name]).label(name) for name in names))
        .group_by(found.c.quarter)
        .order_by(found.c.quarter)
    )


@query
def records(filters: Filters) -> Statement:
    """The cases, applications and events themselves, one row each, with the date by which each counts; of a case no day
    is told, but the first of its month."""
    cases = (
        sa.select(
            constant("case").label("record_kind"), help_desk_case.c.code,
            month(helpdesk.OPENED).label("counted_on"), sa.null().label("title"),
            sa.null().label("title_ja"), sa.null().label("application_status"),
        )
        .select_from(helpdesk.CASES)
        .where(*_cases(filters))
    )  # fmt: skip
    applications = sa.select(
        constant("application"), application.c.code, application.c.submitted_on, application.c.funding_programme,
        sa.null(), application.c.status,
    ).where(*_supported(filters))  # fmt: skip
    held = sa.select(
        constant("event"), activity.c.code, activity.c.start, activity.c.title, activity.c.title_ja, sa.null()
    ).where(*_events(filters))
    found = sa.union_all(cases, applications, held).subquery("found")
    return sa.select(*found.c).order_by(found.c.counted_on, found.c.record_kind, found.c.code)
