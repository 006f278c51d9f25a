"""Activities and the people they reached. An activity counts in the month in which it starts, where it takes place.

Every select that gives people by part (by activity, month, place and so on) leaves a small count empty, and with it the
next smallest where the sum would tell (`queries.suppression`), since the people of the whole selection are public.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import activity, attendance, organisation, theme
from dashboard.filters import Filters
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    by_month,
    constant,
    during,
    month,
    of_place,
    of_programme,
    of_theme,
    query,
    side,
)
from dashboard.queries.suppression import about_people, protected, told

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


@about_people
def activities(filters: Filters, threshold: int, *kinds: str) -> Statement:
    """The activities themselves, one row each, with the people counted at each (0 where nobody counted)."""
    people = sa.func.sum(attendance.c.participants)
    counted = (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.end, activity.c.city, activity.c.country, activity.c.format,
            theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"),
            activity.c.objective, organisation.c.name.label("organiser"), organisation.c.name_ja.label("organiser_ja"),
            sa.func.coalesce(people, 0).label("participants"), activity.c.source, activity.c.source_ja,
        )
        .select_from(
            activity.join(theme)
            .outerjoin(organisation, organisation.c.id == activity.c.organiser_id)
            .outerjoin(attendance, attendance.c.activity_id == activity.c.id)
        )
        .where(*chosen(filters, kinds))
        .group_by(*activity.c, *theme.c, *organisation.c)
    )  # fmt: skip
    found = protected(counted, threshold, "code")
    return found.order_by(found.selected_columns.start, found.selected_columns.code)


@about_people
def people(filters: Filters, threshold: int) -> Statement:
    """One number: the people counted at all chosen events and presentations; empty where they are few."""
    everyone = sa.func.coalesce(sa.func.sum(COUNTED.c.participants), constant(0))
    return (
        sa.select(sa.cast(told(everyone, threshold), sa.Integer).label("participants"))
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
    )


def _counts() -> tuple[sa.ColumnElement[int], ...]:
    """events, presentations and the people counted at them."""
    return (
        *(sa.func.count().filter(activity.c.kind == kind).label(f"{kind}s") for kind in REACH),
        sa.cast(sa.func.coalesce(sa.func.sum(COUNTED.c.participants), 0), sa.Integer).label("participants"),
    )


@about_people
def sizes(filters: Filters, threshold: int) -> Statement:
    """Each event and presentation with the people counted at it; `participants` is empty where nobody counted, and
    where it is `withheld`."""
    counted = (
        sa.select(
            activity.c.code, activity.c.kind.label("activity_kind"), activity.c.title, activity.c.title_ja,
            activity.c.start, activity.c.city, activity.c.country, side(activity.c.country).label("side"),
            sa.cast(COUNTED.c.participants, sa.Integer).label("participants"),
            COUNTED.c.participants.is_not(None).label("was_counted"),
        )
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
    )  # fmt: skip
    one = protected(counted, threshold, "code").subquery("one")
    withheld = sa.and_(one.c.was_counted, one.c.participants.is_(None)).label("withheld")
    return sa.select(*(column for column in one.c if column.name != "was_counted"), withheld).order_by(
        one.c.start, one.c.code
    )


@about_people
def places(filters: Filters, threshold: int) -> Statement:
    """One row a city with its events, presentations and the people counted there, in the middle of their places."""
    located = side(activity.c.country).label("side")
    counted = (
        sa.select(
            activity.c.city, activity.c.country, located, sa.func.avg(activity.c.latitude).label("latitude"),
            sa.func.avg(activity.c.longitude).label("longitude"), *_counts(),
        )
        .select_from(REACHED)
        .where(*chosen(filters, REACH))
        .group_by(activity.c.city, activity.c.country)
    )  # fmt: skip
    found = protected(counted, threshold, "country", "city")
    by = found.selected_columns
    return found.order_by(by.participants.desc().nulls_last(), by.country, by.city)


@about_people
def reach_by_month(filters: Filters, threshold: int) -> Statement:
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
    found = protected(sa.select(*by, *sums).group_by(*by), threshold, "month", "side")
    return found.order_by(found.selected_columns.month, found.selected_columns.side)


@about_people
def reach_by(filters: Filters, threshold: int, what: str) -> Statement:
    """Events, presentations and people by what they have in common: objective, format, theme, country or city; those
    without one (an objective, a city) have a row of their own."""
    columns: list[Column]
    if what == "theme":
        columns = [theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja")]
    else:
        columns = [activity.c[name] for name in ((what, "country") if what == "city" else (what,))]
    names = [column.name for column in columns]
    counted = (
        sa.select(*columns, *_counts())
        .select_from(REACHED.join(theme, theme.c.id == activity.c.theme_id))
        .where(*chosen(filters, REACH))
        .group_by(*columns)
    )
    found = protected(counted, threshold, *names)
    by = found.selected_columns
    return found.order_by(by.participants.desc().nulls_last(), *(by[name].nulls_last() for name in names))
