"""Importing the projects of a country from a CORDIS bulk file (FP7, Horizon 2020, Horizon Europe).

A project is kept when one of its participants is in the chosen country, by the country column alone, and then with
all its participants. The file is read in passes, so that only what is kept is held in memory; nothing is written
before all of it is read, and then all in one transaction.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, eu_project_field, import_batch
from dashboard.imports import values
from dashboard.imports.places import locate
from dashboard.imports.tables import (
    FIELD_COLUMNS,
    ORGANISATION_COLUMNS,
    PROJECT_COLUMNS,
    Bulk,
    Columns,
    CordisProblem,
    Table,
    open_bulk,
)
from dashboard.imports.values import QUIRKS, Quirks

__all__ = ["QUIRKS", "CordisProblem", "CordisReport", "import_cordis"]

Progress = Callable[[int, int], None]

_PROJECTS_A_CHUNK = 500


@dataclass(slots=True)
class Participation:
    """A row of `eu_participation`, but for its project."""

    organisation_code: str
    name: str | None
    country: str | None
    city: str | None
    kind: str | None
    role: str | None
    eu_contribution: Decimal | None
    latitude: float | None = None
    longitude: float | None = None
    located: str | None = None


@dataclass(slots=True)
class Project:
    """A row of `eu_project`, with its participations by organisation code and its EuroSciVoc paths in order."""

    code: str
    record_number: str | None = None
    acronym: str | None = None
    title: str | None = None
    start: date | None = None
    end: date | None = None
    cost: Decimal | None = None
    eu_contribution: Decimal | None = None
    programme_part: str | None = None
    framework: str | None = None
    participations: dict[str, Participation] = field(default_factory=dict)
    paths: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class CordisReport:
    """What an import brought. Counts are of the kept projects; `contribution` is in euros, where it is known.

    `rows_added` and `rows_changed` are of all three tables; a row that the file no longer has counts as changed. An
    unchanged row keeps its earlier batch. `quirks` has each key of `QUIRKS` that was met, `examples` a few of each.
    """

    file: str
    country: str
    frameworks: tuple[str, ...]
    projects: int
    participations: int
    organisations: int
    country_participations: int
    contribution: Decimal
    rows_added: int
    rows_changed: int
    quirks: dict[str, int]
    examples: dict[str, tuple[str, ...]]

    def lines(self) -> Iterator[str]:
        """The report in words, a line each."""
        yield f"{self.file}: {self.projects} projects of {', '.join(self.frameworks) or 'no framework'}"
        yield f"{self.participations} participations ({self.country_participations} of {self.country})"
        yield f"{self.organisations} organisations, EUR {self.contribution:,.2f} of known contribution"
        yield f"{self.rows_added} rows added, {self.rows_changed} changed"
        for quirk, count in self.quirks.items():
            shown = "; ".join(self.examples.get(quirk, ()))
            yield f"{count} {QUIRKS[quirk]}" + (f": {shown}" if shown else "")


def import_cordis(
    engine: sa.Engine,
    source: Path,
    country: str = "JP",
    progress: Progress | None = None,
    imported_by: str = "command line",
) -> CordisReport:
    """Import the projects of a country from a bulk ZIP or folder; the same file again changes nothing.

    `progress` is called with the bytes read and the bytes to read. Projects of earlier imports, of other countries,
    stay. Raises CordisProblem, and writes nothing, when the file cannot be used.
    """
    quirks = Quirks()
    chosen = values.country(country.strip(), Quirks())
    if chosen is None:
        raise CordisProblem(f"{country!r} is not a country's code: give ISO 3166's two letters, for example JP")
    with open_bulk(source) as bulk:
        projects = _read(bulk, chosen, quirks, _Passes(bulk, progress))
        file, sha256 = bulk.name, bulk.sha256
    for project in projects:
        _finish(project, quirks)
    with engine.begin() as connection:
        added, changed = _write(connection, projects, {"imported_by": imported_by, "file": file, "sha256": sha256})
    participations = [row for project in projects for row in project.participations.values()]
    return CordisReport(
        file=file,
        country=chosen,
        frameworks=tuple(sorted({project.framework for project in projects if project.framework})),
        projects=len(projects),
        participations=len(participations),
        organisations=len({row.organisation_code for row in participations}),
        country_participations=sum(row.country == chosen for row in participations),
        contribution=sum((row.eu_contribution or Decimal(0) for row in participations), Decimal(0)),
        rows_added=added,
        rows_changed=changed,
        quirks={quirk: quirks.counts[quirk] for quirk in QUIRKS if quirks.counts[quirk]},
        examples={quirk: tuple(shown) for quirk, shown in quirks.examples.items() if shown},
    )


class _Passes:
    """Tells the progress of several passes over the tables as one."""

    def __init__(self, bulk: Bulk, progress: Progress | None) -> None:
        self.progress, self.before = progress, 0
        self.total = sum(table.size for table in bulk.tables.values()) + bulk.tables["organization"].size

    def over(self, table: Table, columns: Columns, quirks: Quirks | None = None) -> Iterator[dict[str, str]]:
        def read(count: int) -> None:
            if self.progress:
                self.progress(self.before + count, self.total)

        note = (lambda place: quirks.note("irregular_row", place)) if quirks else None
        yield from table.rows(columns, read, note)
        self.before += table.size


def _read(bulk: Bulk, country: str, quirks: Quirks, passes: _Passes) -> list[Project]:
    organisations, unnoted = bulk.tables["organization"], Quirks()
    keys: Columns = {key: ORGANISATION_COLUMNS[key] for key in ("project", "country")}
    projects = {
        row["project"]: Project(row["project"])
        for row in passes.over(organisations, keys)
        if row["project"] and values.country(row["country"], unnoted) == country
    }
    _read_projects(passes.over(bulk.tables["project"], PROJECT_COLUMNS, quirks), projects, quirks)
    for row in passes.over(organisations, ORGANISATION_COLUMNS, quirks):
        if project := projects.get(row["project"]):
            _add_participation(project, row, quirks)
    if fields_table := bulk.tables.get("euroSciVoc"):
        for row in passes.over(fields_table, FIELD_COLUMNS):
            if row["path"] and row["project"] in projects:
                projects[row["project"]].paths[intern(row["path"])] = None
    _tell_framework(projects.values(), bulk)
    return list(projects.values())


def _read_projects(rows: Iterable[dict[str, str]], projects: dict[str, Project], quirks: Quirks) -> None:
    known: set[str] = set()
    for row in rows:
        code = row["code"] or row["record_number"]
        if code not in projects:
            continue
        read = Project(
            code=code,
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
        if code in known:
            quirks.note("duplicate_project", code)
        known.add(code)
        _fill(projects[code], read)
    for code in projects.keys() - known:
        quirks.note("no_project_row", code)


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
        _fill(project.participations[code], read)
    else:
        project.participations[code] = read


def _fill(first: Project | Participation, second: Project | Participation) -> None:
    """Complete the first of two records of one thing by the second."""
    for column in fields(first):
        if getattr(first, column.name) is None:
            setattr(first, column.name, getattr(second, column.name))


def _tell_framework(projects: Iterable[Project], bulk: Bulk) -> None:
    """Every project's framework: what its row says, else the file's name, else the only one that other rows say."""
    told = {project.framework for project in projects} - {None}
    names = (bulk.name, *(table.name for table in bulk.tables.values()))
    usual = next(filter(None, map(values.framework, names)), told.pop() if len(told) == 1 else None)
    for project in projects:
        project.framework = project.framework or usual
        if project.framework is None:
            raise CordisProblem(
                f"{bulk.name}: nothing says which programme project {project.code} belongs to; "
                "name the file after it, with FP7, H2020 or HORIZON in the name"
            )


def _finish(project: Project, quirks: Quirks) -> None:
    """Place what has no coordinates, and count what is missing."""
    if project.start is None or project.end is None:
        quirks.note("no_dates", project.code)
    if project.title is None:
        quirks.note("no_title")
    if project.programme_part is None:
        quirks.note("no_programme_part", project.code)
    elif ";" in project.programme_part:
        quirks.note("several_programme_parts", project.programme_part)
    for row in project.participations.values():
        if row.located is None:
            row.latitude, row.longitude, row.located = locate(row.city, row.country)
        quirks.note(f"located_{row.located or 'nowhere'}")
        for column in ("name", "country", "city", "role"):
            if getattr(row, column) is None:
                quirks.note(f"no_{column}")
        if row.eu_contribution is None:
            quirks.note("no_contribution")


def _write(connection: sa.Connection, projects: list[Project], batch: dict[str, Any]) -> tuple[int, int]:
    """Write one batch; returns the rows added and the rows changed or removed."""
    moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    inserted = connection.execute(
        import_batch.insert().values(batch | dict.fromkeys(("rows_added", "rows_changed", "rows_refused"), 0)),
        {"imported_at": moment},
    ).inserted_primary_key
    merge = _Merge(connection, inserted[0] if inserted else 0)
    waiting = iter(projects)
    while chunk := list(islice(waiting, _PROJECTS_A_CHUNK)):
        merge.projects(chunk)
    connection.execute(
        import_batch.update().where(import_batch.c.id == merge.batch),
        {"rows_added": merge.added, "rows_changed": merge.changed},
    )
    return merge.added, merge.changed


class _Merge:
    """Brings tables to what a file says, touching only rows that differ."""

    def __init__(self, connection: sa.Connection, batch: int) -> None:
        self.connection, self.batch = connection, batch
        self.added = self.changed = 0

    def projects(self, projects: list[Project]) -> None:
        own = eu_project.c
        among = sa.tuple_(own.framework, own.code).in_([(project.framework, project.code) for project in projects])
        rows = [_row(project, "participations", "paths") for project in projects]
        self._table(eu_project, ("framework", "code"), rows, among)
        written = self.connection.execute(sa.select(own.framework, own.code, own.id).where(among))
        ids = {(framework, code): key for framework, code, key in written}
        owned = [({"eu_project_id": ids[project.framework, project.code]}, project) for project in projects]
        participations = [key | _row(row) for key, project in owned for row in project.participations.values()]
        paths = [key | {"path": path} for key, project in owned for path in project.paths]
        for table, unique, children in (
            (eu_participation, "organisation_code", participations),
            (eu_project_field, "path", paths),
        ):
            self._table(table, ("eu_project_id", unique), children, table.c.eu_project_id.in_(ids.values()))

    def _table(
        self, table: sa.Table, key: tuple[str, ...], rows: list[dict[str, Any]], among: sa.ColumnElement[bool]
    ) -> None:
        """Make the rows of a table among those that meet a condition exactly the given ones, matched by their key."""
        before = {
            tuple(row[name] for name in key): row
            for row in self.connection.execute(sa.select(table).where(among)).mappings()
        }
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for row in rows:
            old = before.pop(tuple(row[name] for name in key), None)
            if old is None:
                new.append(row | {"import_batch_id": self.batch})
            elif any(old[name] != value for name, value in row.items()):
                changed.append(row | {"import_batch_id": self.batch, "its_id": old["id"]})
        if new:
            self.connection.execute(table.insert(), new)
        if changed:
            self.connection.execute(table.update().where(table.c.id == sa.bindparam("its_id")), changed)
        if before:
            gone = [{"its_id": row["id"]} for row in before.values()]
            self.connection.execute(table.delete().where(table.c.id == sa.bindparam("its_id")), gone)
        self.added += len(new)
        self.changed += len(changed) + len(before)


def _row(record: Project | Participation, *left_out: str) -> dict[str, Any]:
    return {column.name: getattr(record, column.name) for column in fields(record) if column.name not in left_out}


def _shared(text: str | None) -> str | None:
    return intern(text) if text else None
