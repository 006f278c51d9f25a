"""The programme itself: its term, choices for the filter bar, targets, milestones and published figures."""

import sqlalchemy as sa

from dashboard.database.schema import (
    activity,
    help_desk_case,
    milestone,
    organisation,
    partnership_member,
    programme,
    published_figure,
    target,
    theme,
)
from dashboard.filters import Filters
from dashboard.queries.common import Statement, during, of_programme, query


@query
def programmes() -> Statement:
    """Every programme, the earliest first."""
    return sa.select(programme).order_by(programme.c.start, programme.c.code)


@query
def themes() -> Statement:
    """Themes in their own order: code, name, name_ja."""
    return sa.select(theme.c.code, theme.c.name, theme.c.name_ja).order_by(theme.c.id)


@query
def countries() -> Statement:
    """Every country that a filter can find something for."""
    of_members = (
        sa.select(organisation.c.country)
        .join(partnership_member, partnership_member.c.organisation_id == organisation.c.id)
        .distinct()
    )
    found = sa.union(
        sa.select(activity.c.country), sa.select(help_desk_case.c.enquirer_country.label("country")), of_members
    ).subquery()
    return sa.select(found.c.country).order_by(found.c.country)


@query
def targets(filters: Filters) -> Statement:
    """indicator, due_on, value of the programme's targets; the first of an indicator is its baseline."""
    return (
        sa.select(target.c.indicator, target.c.due_on, target.c.value)
        .where(*of_programme(target.c.programme_id, filters))
        .order_by(target.c.indicator, target.c.due_on)
    )


@query
def milestones(filters: Filters) -> Statement:
    return (
        sa.select(milestone.c.date, milestone.c.text, milestone.c.text_ja, milestone.c.source, milestone.c.source_ja)
        .where(*of_programme(milestone.c.programme_id, filters), *during(milestone.c.date, filters))
        .order_by(milestone.c.date)
    )


@query
def published_figures(filters: Filters) -> Statement:
    """What the programme has published about itself, with qualifier, our statement of it and its source."""
    figure = published_figure.c
    return (
        sa.select(
            figure.indicator, figure.value, figure.qualifier, figure.statement, figure.statement_ja,
            figure.source_title, figure.source_address, figure.date,
        )
        .where(*of_programme(figure.programme_id, filters))
        .order_by(published_figure.c.id)
    )  # fmt: skip
