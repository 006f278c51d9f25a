"""Framework projects by organisation or city of the focus country and partner country; what counts is as in
`queries.framework`."""

import sqlalchemy as sa

from dashboard.filters import Filters
from dashboard.queries.common import JAPAN, Statement, query
from dashboard.queries.framework import count, described, participations_of


@query
def organisation_matrix(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row an organisation of the focus country and partner country: organisation_code, name (the code where
    missing), country (the partner's), projects."""
    one = participations_of(filters, focus)
    own, other = one.alias("own"), one.alias("other")
    known = described(one)
    projects = count(own.c.eu_project_id).label("projects")
    return (
        sa.select(known.c.organisation_code, known.c.name, other.c.country, projects)
        .join_from(own, other, other.c.eu_project_id == own.c.eu_project_id)
        .join(known, known.c.organisation_code == own.c.organisation_code)
        .where(own.c.country == focus, other.c.country != focus)
        .group_by(known.c.organisation_code, known.c.name, other.c.country)
        .order_by(projects.desc(), known.c.name, other.c.country)
    )


@query
def matrix(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a city of the focus country (NULL when unknown) and partner country: japan_city, country,
    projects.

    Spellings found to be one city ("Tokyo", "MINATO KU TOKYO") are one row, under the shortest of them.
    """
    one = participations_of(filters, focus)
    own, other = one.alias("own"), one.alias("other")
    found = sa.cast(own.c.latitude, sa.Text) + sa.cast(own.c.longitude, sa.Text)
    key = sa.case((own.c.located == "city", found), else_=sa.func.upper(own.c.city))
    spelling = sa.func.upper(own.c.city)
    cities = (
        sa.select(
            own.c.id,
            sa.func.first_value(spelling)
            .over(partition_by=key, order_by=(sa.func.length(own.c.city), spelling))
            .label("japan_city"),
        )
        .where(own.c.country == focus)
        .subquery("cities")
    )
    projects = count(own.c.eu_project_id).label("projects")
    return (
        sa.select(cities.c.japan_city, other.c.country, projects)
        .join_from(cities, own, own.c.id == cities.c.id)
        .join(other, other.c.eu_project_id == own.c.eu_project_id)
        .where(other.c.country != focus)
        .group_by(cities.c.japan_city, other.c.country)
        .order_by(projects.desc(), cities.c.japan_city.nulls_last(), other.c.country)
    )
