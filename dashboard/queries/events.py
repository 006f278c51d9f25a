"""Activities and the people they reached. An activity counts in the month in which it starts, where it takes place."""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import activity, attendance, organisation, theme
from dashboard.filters import Filters
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    by_month,
    during,
    month,
    of_place,
    of_programme,
    of_theme,
    query,
    side,
)

REACH = ("event", "presentation")
COUNTED = (
    sa.select(attendance.c.activity_id, sa.func.sum(attendance.c.participants).label("participants"))
    .group_by(attendance.c.activity_id)
    .subquery("counted")
)
REACHED = activity.outerjoin(COUNTED, COUNTED.c.activity_id == activity.c.id)
"""Activities with the people counted at each; nothing where none were counted."""


def chosen(filters: Filters, kinds: tuple[str, ...]) -> Iterable[Condition]:
    """Conditions that an activity is of the kinds and passes the filters."""
    yield activity.c.kind.in_(kinds)
    yield from of_programme(activity.c.programme_id, filters)
    yield from of_theme(activity.c.theme_id, filters)
    yield from of_place(activity.c.country, filters)
    yield from during(activity.c.start, filters)


@query
def activities_by_month(filters: Filters, *kinds: str) -> Statement:
    return by_month(activity.c.start, sa.func.count(), *chosen(filters, kinds), source=activity)


@query
def people_by_month(filters: Filters, *kinds: str) -> Statement:
    """Participants counted at activities of the kinds; someone who comes twice counts twice."""
    return by_month(
        activity.c.start,
        sa.func.sum(attendance.c.participants),
        *chosen(filters, kinds),
        source=activity.join(attendance),
    )


@query
def activities(filters: Filters, *kinds: str) -> Statement:
    """The activities themselves, one row each, with the people counted at each."""
    people = sa.func.sum(attendance.c.participants)
    return (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.end, activity.c.city, activity.c.country, activity.c.format,
            theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"),
            activity.c.objective, organisation.c.name.label("organiser"), organisation.c.name_ja.label("organiser_ja"),
            sa.func.coalesce(people, 0).label("participants"), activity.c.source,
        )
        .select_from(
            activity.join(theme)
            .outerjoin(organisation, organisation.c.id == activity.c.organiser_id)
            .outerjoin(attendance, attendance.c.activity_id == activity.c.id)
        )
        .where(*chosen(filters, kinds))
        .group_by(*activity.c, *theme.c, *organisation.c)
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip


def _counts() -> tuple[sa.ColumnElement[int], ...]:
    """events, presentations and the people counted at them."""
    return (
        *(sa.func.count().filter(activity.c.kind == kind).label(f"{kind}s") for kind in REACH),
        sa.cast(sa.func.coalesce(sa.func.sum(COUNTED.c.participants), 0), sa.Integer).label("participants"),
    )


@query
def sizes(filters: Filters) -> Statement:
    """Each event and presentation with the people counted at it; `participants` is empty where nobody counted."""
    return (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.city, activity.c.country, side(activity.c.country).label("side"),
            sa.cast(COUNTED.c.participants, sa.Integer).label("participants"),
        )
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip


@query
def places(filters: Filters) -> Statement:
    """One row a city with its events, presentations and the people counted there, in the middle of their places."""
    located = side(activity.c.country).label("side")
    return (
        sa.select(
            activity.c.city, activity.c.country, located, sa.func.avg(activity.c.latitude).label("latitude"),
            sa.func.avg(activity.c.longitude).label("longitude"), *_counts(),
        )
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
        .group_by(activity.c.city, activity.c.country)
        .order_by(sa.desc("participants"), activity.c.country, activity.c.city)
    )  # fmt: skip


@query
def reach_by_month(filters: Filters) -> Statement:
    """month, side where it took place, events, presentations, participants."""
    held = (
        sa.select(
            month(activity.c.start).label("month"), side(activity.c.country).label("side"), *_counts(),
        )
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
        .group_by(activity.c.start, activity.c.country)
        .subquery("held")
    )  # fmt: skip
    sums = (
        sa.cast(sa.func.sum(held.c[name]), sa.Integer).label(name)
        for name in ("events", "presentations", "participants")
    )
    by = held.c.month, held.c.side
    return sa.select(*by, *sums).group_by(*by).order_by(*by)


@query
def reach_by(filters: Filters, what: str) -> Statement:
    """Events, presentations and people by what they have in common: objective, format, theme, country or city; those
    without one (an objective, a city) have a row of their own."""
    columns: list[Column]
    if what == "theme":
        columns = [theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja")]
    else:
        columns = [activity.c[name] for name in ((what, "country") if what == "city" else (what,))]
    return (
        sa.select(*columns, *_counts())
        .select_from(REACHED.join(theme, theme.c.id == activity.c.theme_id))
        .where(*chosen(filters, REACH))
        .group_by(*columns)
        .order_by(sa.desc("participants"), *(column.nulls_last() for column in columns))
    )
