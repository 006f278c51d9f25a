"""Activities and the people they reached. An activity counts in the month in which it starts, where it takes place."""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import activity, attendance, organisation, theme
from dashboard.filters import Filters
from dashboard.queries.common import Condition, Statement, by_month, during, of_place, of_programme, of_theme, query

REACH = ("event", "presentation")


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
            theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"), activity.c.objective,
            organisation.c.name.label("organiser"), organisation.c.name_ja.label("organiser_ja"),
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
