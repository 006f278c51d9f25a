"""Framework projects by programme part and field of science, before and after a day, country beside country, and who
takes part with whom. What counts, and which filters apply, is as in `queries.framework`."""

import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, eu_project_field, eu_project_focus
from dashboard.filters import Filters
from dashboard.queries.common import JAPAN, Column, Statement, constant, month, query
from dashboard.queries.framework import count, described, during, participations_of

PART = "^(" + "|".join((
    "H2020-EU[.][1-3][.][0-9]+[.]", "H2020-EU[.][0-9]+[.]", "HORIZON[.][1-3][.][0-9]+", "HORIZON[.][0-9]+",
    "[A-Za-z0-9]+(-[A-Za-z]+)*",
)) + ")"  # fmt: skip
"""A programme part as far as it is told apart: Horizon 2020's and Horizon Europe's down to their second number."""


@query
def by_part(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a framework and programme part (NULL where CORDIS tells none): framework, part, projects,
    eu_contribution. A project of several parts counts whole in each."""
    one, own = participations_of(filters, focus), eu_project.c
    given = _given(one)
    written = sa.func.unnest(sa.func.string_split(sa.func.coalesce(own.programme_part, ""), constant(";")))
    parts = (
        sa.select(own.framework, given.c.eu_project_id, given.c.eu_contribution, written.label("written"))
        .join_from(given, eu_project, own.id == given.c.eu_project_id)
        .subquery("parts")
    )
    told = sa.func.nullif(sa.func.regexp_extract(sa.func.trim(parts.c.written), constant(PART)), constant(""))
    each = sa.select(
        parts.c.framework, parts.c.eu_project_id, parts.c.eu_contribution, told.label("part")
    ).distinct().subquery("each")  # fmt: skip
    projects = count(each.c.eu_project_id).label("projects")
    return (
        sa.select(each.c.framework, each.c.part, projects, sa.func.sum(each.c.eu_contribution).label("eu_contribution"))
        .group_by(each.c.framework, each.c.part)
        .order_by(projects.desc(), each.c.framework, each.c.part.nulls_last())
    )


@query
def by_field(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a field of science of EuroSciVoc's two upper levels: broad, narrow (NULL in the row of the broad field),
    projects, eu_contribution. A project of several fields counts whole in each."""
    given = _given(participations_of(filters, focus))
    path = eu_project_field.c.path
    levels = [
        sa.select(
            given.c.eu_project_id, given.c.eu_contribution, _level(path, 2).label("broad"),
            (_level(path, 3) if depth == 2 else sa.null()).label("narrow"),
        )
        .join_from(given, eu_project_field, eu_project_field.c.eu_project_id == given.c.eu_project_id)
        .where(_level(path, depth + 1) != constant(""))
        for depth in (1, 2)
    ]  # fmt: skip
    each = sa.union(*levels).subquery("each")
    projects = count(each.c.eu_project_id).label("projects")
    return (
        sa.select(each.c.broad, each.c.narrow, projects, sa.func.sum(each.c.eu_contribution).label("eu_contribution"))
        .group_by(each.c.broad, each.c.narrow)
        .order_by(projects.desc(), each.c.broad, each.c.narrow.nulls_first())
    )


@query
def with_fields(filters: Filters, focus: str = JAPAN) -> Statement:
    """One row: projects, how many of them have a field of science."""
    one = participations_of(filters, focus)
    known = sa.select(eu_project_field.c.eu_project_id)
    return sa.select(count(one.c.eu_project_id).label("projects")).where(one.c.eu_project_id.in_(known))


@query
def starts(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a month of start and framework: month (NULL when unknown), framework, projects."""
    one, own = participations_of(filters, focus), eu_project.c
    at = month(own.start).label("month")
    return (
        sa.select(at, own.framework, count(own.id).label("projects"))
        .join_from(one, eu_project, own.id == one.c.eu_project_id)
        .group_by(at, own.framework)
        .order_by(at.nulls_last(), own.framework)
    )


@query
def compared(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a framework, country whose projects were imported, and year of start (NULL when unknown): framework,
    country, year, projects, participations, coordinated (projects that it coordinates; NULL where no
    role is known, as in files without roles), eu_contribution and contribution_known (of its own participations).

    Of countries for which no import was made, only the projects that they share with another country are in the
    record: they are not here. A framework is here when it was imported for the focus country and for another.
    """
    own, row = eu_project.c, eu_participation.c
    year = sa.extract("year", own.start).label("year")
    coordinated = count(own.id).filter(row.role == "coordinator")
    return (
        _beside(
            filters,
            focus,
            own.framework,
            row.country,
            year,
            count(own.id).label("projects"),
            sa.func.count(row.id).label("participations"),
            sa.case((sa.func.count(row.role) > 0, coordinated)).label("coordinated"),
            sa.func.sum(row.eu_contribution).label("eu_contribution"),
            sa.func.count(row.eu_contribution).label("contribution_known"),
        )
        .group_by(own.framework, row.country, year)
        .order_by(own.framework, row.country, year.nulls_last())
    )


@query
def compared_records(filters: Filters, focus: str = JAPAN) -> Statement:
    """The participations that `compared` counts: framework, code, start, country, organisation_code, name, city, role,
    eu_contribution."""
    own, row = eu_project.c, eu_participation.c
    columns = (own.framework, own.code, own.start, row.country, row.organisation_code, row.name, row.city, row.role)
    return _beside(filters, focus, *columns, row.eu_contribution).order_by(own.framework, own.code, row.id)


def _beside(filters: Filters, focus: str, *columns: Column) -> Statement:
    """Columns of the participations of countries whose projects were imported, in frameworks that were so for several
    countries, the focus among them."""
    own, row, kept = eu_project.c, eu_participation.c, eu_project_focus.c
    covered = (
        sa.select(own.framework, kept.country)
        .join_from(eu_project_focus, eu_project, own.id == kept.eu_project_id)
        .distinct()
        .cte("covered")
    )
    several = (
        sa.select(covered.c.framework)
        .group_by(covered.c.framework)
        .having(sa.func.count() > 1, sa.func.bool_or(covered.c.country == focus))
    )
    statement = (
        sa.select(*columns)
        .join_from(eu_participation, eu_project, own.id == row.eu_project_id)
        .join(covered, sa.and_(covered.c.framework == own.framework, covered.c.country == row.country))
        .where(own.framework.in_(several), *during(filters))
    )
    if not filters.countries:
        return statement
    beside = eu_participation.alias("beside").c
    return statement.where(own.id.in_(sa.select(beside.eu_project_id).where(beside.country.in_(filters.countries))))


@query
def members(filters: Filters, focus: str = JAPAN) -> Statement:
    """The network's rows: eu_project_id, organisation_code."""
    one = participations_of(filters, focus)
    rows = one.c.eu_project_id, one.c.organisation_code
    return sa.select(*rows).order_by(*rows)


@query
def partners(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row an organisation that shares a project across the focus country's border: organisation_code, name, country,
    city, projects, partners (organisations on the other side that it shares one with), and of these the closest
    one's closest_code, closest_name and shared (projects)."""
    one = participations_of(filters, focus)
    known = described(one)
    mine, theirs = one.alias("mine"), one.alias("theirs")
    shared = count(mine.c.eu_project_id).label("shared")
    across = (mine.c.country == focus) != (theirs.c.country == focus)
    pairs = (
        sa.select(mine.c.organisation_code.label("code"), theirs.c.organisation_code.label("closest"), shared)
        .join_from(mine, theirs, mine.c.eu_project_id == theirs.c.eu_project_id)
        .where(across)
        .group_by(mine.c.organisation_code, theirs.c.organisation_code)
        .subquery("pairs")
    )
    nearest, own = known.alias("nearest"), known.alias("own")
    named = sa.select(pairs, nearest.c.name).join_from(
        pairs, nearest, nearest.c.organisation_code == pairs.c.closest
    ).subquery("named")  # fmt: skip
    order = (named.c.shared.desc(), named.c.name, named.c.closest)
    ranked = sa.select(
        named,
        sa.func.row_number().over(partition_by=named.c.code, order_by=order).label("rank"),
        sa.func.count().over(partition_by=named.c.code).label("partners"),
    ).subquery("ranked")
    taking_part = (
        sa.select(one.c.organisation_code.label("code"), count(one.c.eu_project_id).label("projects"))
        .group_by(one.c.organisation_code)
        .subquery("taking_part")
    )
    return (
        sa.select(
            own.c.organisation_code, own.c.name, own.c.country, own.c.city, taking_part.c.projects, ranked.c.partners,
            ranked.c.closest.label("closest_code"), ranked.c.name.label("closest_name"), ranked.c.shared,
        )
        .join_from(ranked, own, own.c.organisation_code == ranked.c.code)
        .join(taking_part, taking_part.c.code == ranked.c.code)
        .where(ranked.c.rank == 1)
        .order_by(taking_part.c.projects.desc(), own.c.name, own.c.organisation_code)
    )  # fmt: skip


def _given(one: sa.CTE) -> sa.Subquery:
    """Each project with the contributions to its participants: their sum where any is known."""
    given = sa.func.sum(one.c.eu_contribution).label("eu_contribution")
    return sa.select(one.c.eu_project_id, given).group_by(one.c.eu_project_id).subquery("given")


def _level(path: Column, place: int) -> Column:
    """The name at a place of a path, whose first place is what stands before its first slash: nothing."""
    return sa.func.split_part(path, constant("/"), constant(place), type_=sa.Text)
