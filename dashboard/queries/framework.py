"""Projects of the EU's framework programmes with a focus country, as CORDIS lists them.

A project is counted when it has a participant in the focus country. It belongs to the month and year of its start;
one without a start is counted only while no period is chosen. Of the other filters, `countries` keeps the projects
that have a participant in any of them (with all their participants); themes, sides and programme are the programme's
own and say nothing about CORDIS's projects, so they do not apply.

A partner is a participation in another country than the focus; one whose country is unknown is no partner, but counts
among the participations. Contributions are euros, sums of what is known: NULL where none is.
"""

import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, import_batch
from dashboard.filters import Filters
from dashboard.queries.common import JAPAN, Column, Condition, Statement, constant, query

PAIRS = 500

KINDS = ("HES", "REC", "PRC", "PUB", "OTH")
"""CORDIS's activity types; whatever else a file says is shown as OTH."""

_WHO = ("organisation_code", "name", "city", "latitude", "longitude")


@query
def sources(focus: str = JAPAN) -> Statement:
    """Where the focus country's projects came from, whatever the filters: framework, file and imported_at (NULL when no
    import says so)."""
    return (
        sa.select(
            eu_project.c.framework, import_batch.c.file, sa.func.max(import_batch.c.imported_at).label("imported_at")
        )
        .join_from(eu_project, import_batch, import_batch.c.id == eu_project.c.import_batch_id, isouter=True)
        .where(_has_participant_in([focus]))
        .group_by(eu_project.c.framework, import_batch.c.file)
        .order_by(eu_project.c.framework, import_batch.c.file)
    )


@query
def totals(filters: Filters, focus: str = JAPAN) -> Statement:
    """One row: projects, participations, organisations, partner_countries, eu_contribution, contribution_known.

    `contribution_known` counts the participations whose contribution is known: `eu_contribution` is their sum, and
    says little where they are few.
    """
    one = participations_of(filters, focus)
    return sa.select(
        count(one.c.eu_project_id).label("projects"),
        sa.func.count(one.c.id).label("participations"),
        count(one.c.organisation_code).label("organisations"),
        count(one.c.country).filter(one.c.country != focus).label("partner_countries"),
        sa.func.sum(one.c.eu_contribution).label("eu_contribution"),
        sa.func.count(one.c.eu_contribution).label("contribution_known"),
    )


@query
def at_home(filters: Filters, focus: str = JAPAN) -> Statement:
    """One row on the focus country's own part: participations, organisations, eu_contribution, contribution_known."""
    one = participations_of(filters, focus)
    return sa.select(
        sa.func.count(one.c.id).label("participations"),
        count(one.c.organisation_code).label("organisations"),
        sa.func.sum(one.c.eu_contribution).label("eu_contribution"),
        sa.func.count(one.c.eu_contribution).label("contribution_known"),
    ).where(one.c.country == focus)


@query
def by_year(filters: Filters, focus: str = JAPAN) -> Statement:
    """year (of the start, NULL when unknown), framework, projects, eu_contribution, focus_eu_contribution."""
    one = participations_of(filters, focus)
    year = sa.extract("year", eu_project.c.start).label("year")
    given = one.c.eu_contribution
    return (
        sa.select(
            year,
            eu_project.c.framework,
            count(one.c.eu_project_id).label("projects"),
            sa.func.sum(given).label("eu_contribution"),
            sa.func.sum(given).filter(one.c.country == focus).label("focus_eu_contribution"),
        )
        .join_from(one, eu_project, eu_project.c.id == one.c.eu_project_id)
        .group_by(year, eu_project.c.framework)
        .order_by(year.nulls_last(), eu_project.c.framework)
    )


@query
def country_pairs(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row a partner country: country, projects, participations, organisations, eu_contribution of its participants.

    `latitude` and `longitude` are the middle of its participants' places, `focus_latitude` and `focus_longitude` of
    those in the focus country: an arc between the two.
    """
    one = participations_of(filters, focus)
    own = one.alias("own")
    at_home = sa.select(*_middle(own)).where(own.c.country == focus).subquery("at_home")
    projects = count(one.c.eu_project_id).label("projects")
    return (
        sa.select(
            one.c.country,
            projects,
            sa.func.count(one.c.id).label("participations"),
            count(one.c.organisation_code).label("organisations"),
            sa.func.sum(one.c.eu_contribution).label("eu_contribution"),
            *_middle(one),
            sa.func.any_value(at_home.c.latitude).label("focus_latitude"),
            sa.func.any_value(at_home.c.longitude).label("focus_longitude"),
        )
        .join_from(one, at_home, sa.true())
        .where(one.c.country != focus)
        .group_by(one.c.country)
        .order_by(projects.desc(), one.c.country)
    )


@query
def organisations(filters: Filters, focus: str = JAPAN) -> Statement:
    """A row an organisation: organisation_code, name (the code where missing), country, city, latitude, longitude,
    located, projects, eu_contribution."""
    one = participations_of(filters, focus)
    place = described(one)
    projects = count(one.c.eu_project_id).label("projects")
    return (
        sa.select(*place.c, projects, sa.func.sum(one.c.eu_contribution).label("eu_contribution"))
        .join_from(one, place, place.c.organisation_code == one.c.organisation_code)
        .group_by(*place.c)
        .order_by(projects.desc(), place.c.name, place.c.organisation_code)
    )


@query
def organisation_pairs(filters: Filters, focus: str = JAPAN, limit: int = PAIRS) -> Statement:
    """A row a pair of an organisation in the focus country and a partner: `focus_…` and `partner_…` code, name, city,
    latitude, longitude, the partner's country, and the projects they share; the `limit` closest pairs."""
    one = participations_of(filters, focus)
    own, other = one.alias("own"), one.alias("other")
    projects = count(own.c.eu_project_id).label("projects")
    pairs = (
        sa.select(own.c.organisation_code.label("focus"), other.c.organisation_code.label("partner"), projects)
        .join_from(own, other, own.c.eu_project_id == other.c.eu_project_id)
        .where(own.c.country == focus, other.c.country != focus)
        .group_by(own.c.organisation_code, other.c.organisation_code)
        .order_by(projects.desc(), own.c.organisation_code, other.c.organisation_code)
        .limit(limit)
        .subquery("pairs")
    )
    known = described(one)
    home, partner = known.alias("home"), known.alias("partner")
    return (
        sa.select(
            *(home.c[name].label(f"focus_{name}") for name in _WHO),
            *(partner.c[name].label(f"partner_{name}") for name in (*_WHO, "country")),
            pairs.c.projects,
        )
        .join_from(pairs, home, home.c.organisation_code == pairs.c.focus)
        .join(partner, partner.c.organisation_code == pairs.c.partner)
        .order_by(pairs.c.projects.desc(), pairs.c.focus, pairs.c.partner)
    )


@query
def pair_count(filters: Filters, focus: str = JAPAN) -> Statement:
    """One row: pairs, how many there are of an organisation in the focus country and a partner."""
    one = participations_of(filters, focus)
    own, other = one.alias("own"), one.alias("other")
    pairs = (
        sa.select(own.c.organisation_code.label("focus"), other.c.organisation_code.label("partner"))
        .join_from(own, other, own.c.eu_project_id == other.c.eu_project_id)
        .where(own.c.country == focus, other.c.country != focus)
        .distinct()
        .subquery("pairs")
    )
    return sa.select(sa.func.count().label("pairs")).select_from(pairs)


@query
def projects(filters: Filters, focus: str = JAPAN) -> Statement:
    """The records, a row a project: framework, code, record_number, acronym, title, start, end, programme_part,
    eu_contribution (the project's own figure), participants, focus_organisations (names, parted by semicolons)."""
    one, own = participations_of(filters, focus), eu_project.c
    name = sa.func.coalesce(one.c.name, one.c.organisation_code)
    listed = sa.func.string_agg(sa.distinct(name), constant("; ")).aggregate_order_by(name)
    record = (
        own.framework, own.code, own.record_number, own.acronym, own.title, own.start, own.end, own.programme_part,
        own.eu_contribution,
    )  # fmt: skip
    return (
        sa.select(
            *record,
            sa.func.count(one.c.id).label("participants"),
            listed.filter(one.c.country == focus).label("focus_organisations"),
        )
        .join_from(one, eu_project, own.id == one.c.eu_project_id)
        .group_by(*record)
        .order_by(own.start.desc().nulls_last(), own.framework, own.code)
    )


@query
def participations(filters: Filters, focus: str = JAPAN) -> Statement:
    """The records, a row a participation: its project's framework, code, acronym and start, its own columns, and its
    kind as `activity_type`, one of KINDS."""
    one = participations_of(filters, focus)
    hidden = {"id", "eu_project_id", "import_batch_id", "kind"}
    activity_type = sa.case((one.c.kind.is_(None), None), (one.c.kind.in_(KINDS), one.c.kind), else_="OTH")
    return (
        sa.select(
            eu_project.c.framework,
            eu_project.c.code,
            eu_project.c.acronym,
            eu_project.c.start,
            *(column for column in one.c if column.name not in hidden),
            activity_type.label("activity_type"),
        )
        .join_from(one, eu_project, eu_project.c.id == one.c.eu_project_id)
        .order_by(eu_project.c.framework, eu_project.c.code, one.c.id)
    )


def participations_of(filters: Filters, focus: str) -> sa.CTE:
    """All participations of the projects that count."""
    chosen = sa.select(eu_project.c.id).where(_has_participant_in([focus]), *during(filters))
    if filters.countries:
        chosen = chosen.where(_has_participant_in(filters.countries))
    return sa.select(eu_participation).where(eu_participation.c.eu_project_id.in_(chosen)).cte("one")


def during(filters: Filters) -> list[Condition]:
    """Conditions that a project starts in the chosen period."""
    if not filters.period:
        return []
    start = eu_project.c.start
    return [start >= filters.period.first.first_day, start < filters.period.last.after_last_day]


def _has_participant_in(countries: list[str] | tuple[str, ...]) -> sa.ColumnElement[bool]:
    return eu_project.c.id.in_(
        sa.select(eu_participation.c.eu_project_id).where(eu_participation.c.country.in_(countries))
    )


def described(one: sa.CTE) -> sa.Subquery:
    """Each organisation as its best-placed and then latest participation describes it."""
    exactness = sa.case({"address": 0, "city": 1, "country": 2}, value=one.c.located, else_=3)
    rank = sa.func.row_number().over(
        partition_by=one.c.organisation_code, order_by=(exactness, one.c.name.is_(None), one.c.id.desc())
    )
    name = sa.func.coalesce(one.c.name, one.c.organisation_code).label("name")
    place = (one.c.country, one.c.city, one.c.latitude, one.c.longitude, one.c.located)
    ranked = sa.select(one.c.organisation_code, name, *place, rank.label("rank")).subquery("ranked")
    best = sa.select(*(column for column in ranked.c if column.name != "rank"))
    return best.where(ranked.c.rank == 1).subquery("organisations")


def _middle(rows: sa.FromClause) -> list[Column]:
    """The mean place of rows; longitudes are averaged on the circle, so that 179 and -179 meet at 180."""
    east = sa.func.radians(rows.c.longitude)
    longitude = sa.func.degrees(sa.func.atan2(sa.func.avg(sa.func.sin(east)), sa.func.avg(sa.func.cos(east))))
    return [sa.func.avg(rows.c.latitude).label("latitude"), longitude.label("longitude")]


def count(column: Column) -> sa.Function[int]:
    return sa.func.count(sa.distinct(column))
