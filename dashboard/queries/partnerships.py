"""Partnerships between EU and Japanese organisations.

A partnership counts in the month of its first agreement, or of its first contact while it has no agreement; one with
neither counts nowhere yet. It is found by the side or country of any of its members.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import (
    PARTNERSHIP_STEPS,
    activity,
    application,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    theme,
)
from dashboard.filters import Filters
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    by_month,
    constant,
    during,
    of_place,
    of_programme,
    of_theme,
    query,
    side,
)

FIRST = (
    sa.select(
        partnership_step.c.partnership_id,
        *(
            sa.func.min(partnership_step.c.reached_on).filter(partnership_step.c.step == step).label(step)
            for step in PARTNERSHIP_STEPS
        ),
    )
    .group_by(partnership_step.c.partnership_id)
    .subquery("first_step")
)
COUNTED_ON = sa.func.coalesce(FIRST.c.agreement, FIRST.c.contact, type_=sa.Date)
PARTNERSHIPS = partnership.join(theme).outerjoin(FIRST, FIRST.c.partnership_id == partnership.c.id)
member_side = side(organisation.c.country)


def chosen(filters: Filters) -> Iterable[Condition]:
    """Conditions that a partnership counts and passes the filters."""
    yield COUNTED_ON.is_not(None)
    yield from passing(filters)


def passing(filters: Filters) -> Iterable[Condition]:
    """Conditions that a partnership passes the filters; one that counts nowhere yet passes while none is a period."""
    yield from of_programme(partnership.c.programme_id, filters)
    yield from of_theme(partnership.c.theme_id, filters)
    yield from during(COUNTED_ON, filters)
    for one_choice in (Filters(sides=filters.sides), Filters(countries=filters.countries)):
        if places := list(of_place(organisation.c.country, one_choice)):
            yield (
                sa.select(partnership_member.c.id)
                .join(organisation, organisation.c.id == partnership_member.c.organisation_id)
                .where(partnership_member.c.partnership_id == partnership.c.id, *places)
                .exists()
            )


def _themed() -> tuple[Column, ...]:
    return (theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"))


@query
def partnerships_by_month(filters: Filters) -> Statement:
    return by_month(COUNTED_ON, sa.func.count(), *chosen(filters), source=PARTNERSHIPS)


@query
def partnerships(filters: Filters) -> Statement:
    """The partnerships themselves, one row each: theme, members a side, first date of each step, origin."""
    members = (
        sa.select(
            partnership_member.c.partnership_id,
            *(sa.func.count().filter(member_side == one).label(one) for one in ("eu", "japan")),
        )
        .join(organisation, organisation.c.id == partnership_member.c.organisation_id)
        .group_by(partnership_member.c.partnership_id)
        .subquery("members")
    )
    supported = (
        sa.select(sa.func.count())
        .where(application.c.partnership_id == partnership.c.id)
        .correlate(partnership)
        .scalar_subquery()
    )
    return (
        sa.select(
            partnership.c.code, partnership.c.title, partnership.c.title_ja, *_themed(),
            partnership.c.status.label("partnership_status"),
            sa.func.coalesce(members.c.eu, 0).label("eu_members"),
            sa.func.coalesce(members.c.japan, 0).label("japan_members"),
            *(FIRST.c[step] for step in PARTNERSHIP_STEPS), COUNTED_ON.label("counted_on"),
            activity.c.code.label("origin"), activity.c.title.label("origin_title"),
            activity.c.title_ja.label("origin_title_ja"), supported.label("applications"),
            partnership.c.summary, partnership.c.summary_ja,
        )
        .select_from(
            PARTNERSHIPS.outerjoin(activity, activity.c.id == partnership.c.origin_activity_id)
            .outerjoin(members, members.c.partnership_id == partnership.c.id)
        )
        .where(*chosen(filters))
        .order_by(COUNTED_ON, partnership.c.code)
    )  # fmt: skip


@query
def members(filters: Filters) -> Statement:
    """One row a partnership and member organisation."""
    return (
        sa.select(
            partnership.c.code, partnership.c.title, partnership.c.title_ja, *_themed(),
            organisation.c.code.label("organisation"), organisation.c.name, organisation.c.name_ja,
            organisation.c.kind.label("organisation_kind"), partnership_member.c.role.label("partnership_role"),
            organisation.c.city, organisation.c.country, member_side.label("side"),
        )
        .select_from(PARTNERSHIPS.join(partnership_member, partnership_member.c.partnership_id == partnership.c.id)
                     .join(organisation, organisation.c.id == partnership_member.c.organisation_id))
        .where(*chosen(filters))
        .order_by(partnership.c.code, member_side, organisation.c.code)
    )  # fmt: skip


@query
def organisations(filters: Filters) -> Statement:
    """The member organisations, one row each, with the number of partnerships each is in."""
    count = sa.func.count(partnership.c.id.distinct())
    return (
        sa.select(
            organisation.c.code, organisation.c.name, organisation.c.name_ja,
            organisation.c.kind.label("organisation_kind"), organisation.c.city, organisation.c.country,
            member_side.label("side"), organisation.c.latitude, organisation.c.longitude, count.label("partnerships"),
        )
        .select_from(PARTNERSHIPS.join(partnership_member, partnership_member.c.partnership_id == partnership.c.id)
                     .join(organisation, organisation.c.id == partnership_member.c.organisation_id))
        .where(*chosen(filters))
        .group_by(*organisation.c)
        .order_by(count.desc(), organisation.c.code)
    )  # fmt: skip


def _pairs() -> tuple[Any, Any, sa.FromClause]:
    """European and Japanese members of the same partnership, side by side."""
    european, japanese = organisation.alias("european"), organisation.alias("japanese")
    one, other = partnership_member.alias("one"), partnership_member.alias("other")
    joined = (
        PARTNERSHIPS.join(one, one.c.partnership_id == partnership.c.id)
        .join(european, sa.and_(european.c.id == one.c.organisation_id, side(european.c.country) == "eu"))
        .join(other, other.c.partnership_id == partnership.c.id)
        .join(japanese, sa.and_(japanese.c.id == other.c.organisation_id, japanese.c.country == "JP"))
    )
    return european, japanese, joined


@query
def arcs(filters: Filters) -> Statement:
    """One row a partnership and pair of a European and a Japanese member, with both places."""
    european, japanese, joined = _pairs()
    return (
        sa.select(
            partnership.c.code, partnership.c.title, partnership.c.title_ja, *_themed(),
            european.c.code.label("eu_code"), european.c.name.label("eu_name"), european.c.name_ja.label("eu_name_ja"),
            european.c.city.label("eu_city"), european.c.country.label("eu_country"),
            european.c.latitude.label("eu_latitude"), european.c.longitude.label("eu_longitude"),
            japanese.c.code.label("japan_code"), japanese.c.name.label("japan_name"),
            japanese.c.name_ja.label("japan_name_ja"), japanese.c.city.label("japan_city"),
            japanese.c.latitude.label("japan_latitude"), japanese.c.longitude.label("japan_longitude"),
        )
        .select_from(joined)
        .where(*chosen(filters))
        .order_by(partnership.c.code, european.c.code, japanese.c.code)
    )  # fmt: skip


@query
def matrix(filters: Filters) -> Statement:
    """Partnerships by European country and Japanese city; one with members in several counts in each."""
    european, japanese, joined = _pairs()
    return (
        sa.select(
            european.c.country,
            japanese.c.city.label("japan_city"),
            sa.func.count(partnership.c.id.distinct()).label("partnerships"),
        )
        .select_from(joined)
        .where(*chosen(filters))
        .group_by(european.c.country, japanese.c.city)
        .order_by(european.c.country, japanese.c.city)
    )


@query
def pipeline(filters: Filters) -> Statement:
    """step, partnerships that reached it, and median months from the step before (only where both are dated)."""
    average_month = 365.2425 / 12
    rows = []
    for place, step in enumerate(PARTNERSHIP_STEPS):
        reached = FIRST.c[step]
        days = (
            sa.func.date_diff(constant("day"), FIRST.c[PARTNERSHIP_STEPS[place - 1]], reached) if place else sa.null()
        )
        rows.append(
            sa.select(
                constant(place).label("place"),
                constant(step).label("step"),
                sa.func.count(reached).label("partnerships"),
                (sa.func.median(sa.cast(days, sa.Double)) / average_month).label("median_months"),
                sa.func.count(days).label("dated_pairs"),
            )
            .select_from(PARTNERSHIPS)
            .where(*chosen(filters))
        )
    steps = sa.union_all(*rows).subquery("steps")
    return sa.select(steps.c.step, steps.c.partnerships, steps.c.median_months, steps.c.dated_pairs).order_by(
        steps.c.place
    )


@query
def by_theme(filters: Filters) -> Statement:
    return (
        sa.select(*_themed(), sa.func.count(partnership.c.id).label("partnerships"))
        .select_from(PARTNERSHIPS)
        .where(*chosen(filters))
        .group_by(theme.c.id, *theme.c)
        .order_by(theme.c.id)
    )


@query
def by_year(filters: Filters) -> Statement:
    """Partnerships by the calendar year in which they count, and theme."""
    year = sa.cast(sa.func.date_part(constant("year"), COUNTED_ON), sa.Integer).label("year")
    return (
        sa.select(year, *_themed(), sa.func.count(partnership.c.id).label("partnerships"))
        .select_from(PARTNERSHIPS)
        .where(*chosen(filters))
        .group_by(year, theme.c.id, *theme.c)
        .order_by(year, theme.c.id)
    )


@query
def origins(filters: Filters) -> Statement:
    """Each partnership with the partnership-building activity that it came from."""
    return (
        sa.select(
            activity.c.code.label("origin"), activity.c.title.label("origin_title"),
            activity.c.title_ja.label("origin_title_ja"), activity.c.start, activity.c.city, activity.c.country,
            partnership.c.code, partnership.c.title, partnership.c.title_ja, *_themed(),
            COUNTED_ON.label("counted_on"),
        )
        .select_from(PARTNERSHIPS.join(activity, activity.c.id == partnership.c.origin_activity_id))
        .where(*chosen(filters))
        .order_by(activity.c.start, activity.c.code, COUNTED_ON, partnership.c.code)
    )  # fmt: skip


@query
def steps(filters: Filters) -> Statement:
    """One row a partnership and step reached."""
    return (
        sa.select(
            partnership.c.code, partnership.c.title, partnership.c.title_ja, *_themed(),
            partnership_step.c.step, partnership_step.c.reached_on,
        )
        .select_from(PARTNERSHIPS.join(partnership_step, partnership_step.c.partnership_id == partnership.c.id))
        .where(*chosen(filters))
        .order_by(partnership.c.code, partnership_step.c.reached_on)
    )  # fmt: skip


@query
def applications(filters: Filters) -> Statement:
    """The applications that name one of the partnerships."""
    return (
        sa.select(
            partnership.c.code.label("partnership"), application.c.code, application.c.funding_programme,
            application.c.part, application.c.part_ja, application.c.submitted_on,
            application.c.status.label("application_status"),
        )
        .select_from(PARTNERSHIPS.join(application, application.c.partnership_id == partnership.c.id))
        .where(*chosen(filters))
        .order_by(application.c.submitted_on, application.c.code)
    )  # fmt: skip
