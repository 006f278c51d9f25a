"""Importing the projects of a country from CORDIS's bulk files (FP7, Horizon 2020, Horizon Europe).

A project is kept when one of its participants is in the chosen country, by the country column alone, and then with
all its participants. Files are read in passes, so that only what is kept is held in memory; nothing is written before
all of them are read, and then all in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from sys import intern

import sqlalchemy as sa

from dashboard.imports import batch as batches
from dashboard.imports import values
from dashboard.imports.bulk import Bulk, open_source
from dashboard.imports.cordis_record import Participation, Project, fill, joined, write
from dashboard.imports.cordis_report import CordisReport
from dashboard.imports.places import locate
from dashboard.imports.tables import (
    FIELD_COLUMNS,
    ORGANISATION_COLUMNS,
    PART_COLUMNS,
    PROJECT_COLUMNS,
    TOPIC_COLUMNS,
    Columns,
    CordisProblem,
    Table,
)
from dashboard.imports.values import QUIRKS, Quirks

__all__ = ["QUIRKS", "CordisProblem", "CordisReport", "import_cordis"]

Progress = Callable[[int, int], None]


def import_cordis(
    engine: sa.Engine,
    source: Path,
    country: str = "JP",
    progress: Progress | None = None,
    imported_by: str | None = None,
) -> CordisReport:
    """Import the projects of a country from a bulk ZIP, or from a folder or ZIP that holds several; the same again
    changes nothing.

    `progress` is called with the bytes read and the bytes to read. Projects of earlier imports, of other countries,
    stay. Raises CordisProblem, and writes nothing, when the files cannot be used.
    """
    quirks = Quirks()
    chosen = values.country(country.strip(), Quirks())
    if chosen is None:
        raise CordisProblem(f"{country!r} is not a country's code: give ISO 3166's two letters, for example JP")
    with open_source(source) as opened:
        passes = _Passes(opened.bulks, progress)
        read = (project for bulk in opened.bulks for project in _read(bulk, chosen, quirks, passes))
        projects = joined(read, quirks)
        file, sha256 = opened.name, opened.sha256
    for project in projects:
        _finish(project, quirks)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # another import is waited for; SQLite's lock is taken already
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(batches.LOCK)))
        said = {"imported_by": imported_by or batches.user(), "file": file, "sha256": sha256}
        batch, added, changed = write(connection, projects, chosen, said, quirks)
    participations = [row for project in projects for row in project.participations.values()]
    return CordisReport(
        file=file,
        country=chosen,
        batch=batch,
        frameworks=tuple(sorted({project.framework for project in projects if project.framework})),
        projects=len(projects),
        participations=len(participations),
        organisations=len({row.organisation_code for row in participations}),
        fields=sum(len(project.paths) for project in projects),
        country_participations=sum(row.country == chosen for row in participations),
        contribution=sum((row.eu_contribution or Decimal(0) for row in participations), Decimal(0)),
        rows_added=added,
        rows_changed=changed,
        quirks={quirk: quirks.counts[quirk] for quirk in QUIRKS if quirks.counts[quirk]},
        examples={quirk: tuple(shown) for quirk, shown in quirks.examples.items() if shown},
    )


class _Passes:
    """Tells the progress of several passes over the tables of several bulk files as one."""

    def __init__(self, bulks: list[Bulk], progress: Progress | None) -> None:
        self.progress, self.before = progress, 0
        self.total = sum(
            sum(table.size for table in bulk.tables.values()) + bulk.tables["organization"].size for bulk in bulks
        )

    def over(self, table: Table, columns: Columns, quirks: Quirks | None = None) -> Iterator[dict[str, str]]:
        def read(count: int) -> None:
            if self.progress:
                self.progress(self.before + count, self.total)

        note = (lambda place: quirks.note("irregular_row", place)) if quirks else None
        yield from table.rows(columns, read, note)
        self.before += table.size


def _read(bulk: Bulk, country: str, quirks: Quirks, passes: _Passes) -> list[Project]:
    organisations, unnoted = bulk.tables["organization"], Quirks()
    by_record_number = not organisations.has("projectid", "projectreference")
    keys: Columns = {key: ORGANISATION_COLUMNS[key] for key in ("project", "country")}
    projects = {
        row["project"]: Project(row["project"])
        for row in passes.over(organisations, keys)
        if row["project"] and values.country(row["country"], unnoted) == country
    }
    rows = passes.over(bulk.tables["project"], PROJECT_COLUMNS, quirks)
    _read_projects(rows, projects, quirks, by_record_number)
    for row in passes.over(organisations, ORGANISATION_COLUMNS, quirks):
        if project := projects.get(row["project"]):
            _add_participation(project, row, quirks)
    _read_more(bulk, projects, quirks, passes)
    _tell_framework(projects.values(), bulk)
    return list(projects.values())


def _read_more(bulk: Bulk, projects: dict[str, Project], quirks: Quirks, passes: _Passes) -> None:
    """What the smaller tables say of the projects, where they are there: fields of science, programme parts, topics."""
    if fields_table := bulk.tables.get("euroSciVoc"):
        for row in passes.over(fields_table, FIELD_COLUMNS, quirks):
            if (project := projects.get(row["project"])) and row["path"]:
                path = values.path(row["path"])
                if path:
                    project.paths[intern(path)] = None
                else:
                    quirks.note("irregular_field", row["path"])
    if parts_table := bulk.tables.get("legalBasis"):
        for row in passes.over(parts_table, PART_COLUMNS, quirks):
            if (project := projects.get(row["project"])) and (part := values.words(row["part"])):
                project.parts[intern(part)] = project.parts.get(part, False) or values.is_yes(row["main"])
    if topics_table := bulk.tables.get("topics"):
        for row in passes.over(topics_table, TOPIC_COLUMNS, quirks):
            if (project := projects.get(row["project"])) and (topic := values.words(row["topic"])):
                project.calls[topic] = None


def _read_projects(
    rows: Iterable[dict[str, str]], projects: dict[str, Project], quirks: Quirks, by_record_number: bool
) -> None:
    known: set[str] = set()
    for row in rows:
        key = row["record_number"] if by_record_number else row["code"] or row["record_number"]
        if key not in projects:
            continue
        read = Project(
            code=row["code"] or row["record_number"],
            record_number=values.words(row["record_number"]),
            acronym=values.words(row["acronym"]),
            title=values.words(row["title"]),
            start=values.day(row["start"], quirks),
            end=values.day(row["end"], quirks),
            cost=values.amount(row["cost"], quirks),
            eu_contribution=values.amount(row["eu_contribution"], quirks),
            programme_part=values.words(row["programme_part"]),
            framework=values.framework(row["framework"]),
        )
        if key in known:
            quirks.note("duplicate_project", key)
        known.add(key)
        calls = (values.words(one) for text in (row["topics"], row["call"]) for one in text.split(";"))
        projects[key].calls |= dict.fromkeys(filter(None, calls))
        projects[key].code = read.code
        fill(projects[key], read)
    for key in projects.keys() - known:
        quirks.note("no_project_row", key)


def _add_participation(project: Project, row: dict[str, str], quirks: Quirks) -> None:
    name = values.words(row["name"])
    code = values.words(row["organisation_code"])
    if code is None:
        quirks.note("no_organisation_code", f"{name or 'nameless'} in project {project.code}")
        code = name or f"nameless {len(project.participations) + 1}"
    read = Participation(
        organisation_code=intern(code),
        name=_shared(name),
        country=_shared(values.country(row["country"], quirks)),
        city=_shared(values.words(row["city"])),
        kind=_shared(values.words(row["kind"])),
        role=values.role(row["role"], quirks),
        eu_contribution=values.amount(row["eu_contribution"] or row["net_eu_contribution"], quirks),
    )
    if place := values.coordinates(row["geolocation"], quirks):
        (read.latitude, read.longitude), read.located = place, "address"
    if project.acronym is None:
        project.acronym = values.words(row["acronym"])
    if code in project.participations:
        quirks.note("duplicate_participation", f"{code} in project {project.code}")
        fill(project.participations[code], read)
    else:
        project.participations[code] = read


def _tell_framework(projects: Iterable[Project], bulk: Bulk) -> None:
    """Every project's framework: what its row says, else the file's name, else the only one that other rows say."""
    told = {project.framework for project in projects} - {None}
    usual = next(filter(None, map(values.framework, bulk.names)), told.pop() if len(told) == 1 else None)
    for project in projects:
        project.framework = project.framework or usual
        if project.framework is None:
            raise CordisProblem(
                f"{bulk.names[-1]}: nothing says which programme project {project.code} belongs to; "
                "name the file after it, with FP7, H2020 or HORIZON in the name"
            )


def _tell_part(project: Project, quirks: Quirks) -> None:
    """The programme part where the project's own row has none: by legalBasis.csv (the part marked as the project's own,
    else all of them), else by what the call or topic begins with."""
    if project.programme_part is not None:
        return
    own = [part for part, main in project.parts.items() if main]
    if parts := own or list(project.parts):
        project.programme_part = ";".join(parts)
        quirks.note("part_by_legal_basis", project.code)
        return
    for call in project.calls:
        if part := values.part_of_call(call, project.framework or ""):
            project.programme_part = part
            quirks.note("part_by_call", f"{call} is of {part}")
            return


def _finish(project: Project, quirks: Quirks) -> None:
    """Place what has no coordinates, and count what is missing."""
    _tell_part(project, quirks)
    if project.start is None or project.end is None:
        quirks.note("no_dates", project.code)
    if project.title is None:
        quirks.note("no_title", project.code)
    if project.programme_part is None:
        quirks.note("no_programme_part", project.code)
    elif ";" in project.programme_part:
        quirks.note("several_programme_parts", project.programme_part)
    for row in project.participations.values():
        if row.located is None:
            row.latitude, row.longitude, row.located = locate(row.city, row.country)
        quirks.note(f"located_{row.located or 'nowhere'}")
        place = f"{row.organisation_code} in project {project.code}"
        for column in ("name", "country", "city", "role"):
            if getattr(row, column) is None:
                quirks.note(f"no_{column}", place)
        if row.eu_contribution is None:
            quirks.note("no_contribution", place)


def _shared(text: str | None) -> str | None:
    return intern(text) if text else None
