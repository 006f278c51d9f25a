"""Projects as they are read from CORDIS's files, and how they are brought into the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import sqlalchemy as sa

from dashboard.database.schema import eu_project
from dashboard.imports import batch as batches
from dashboard.imports.form import sheets
from dashboard.imports.merge import Merge, Values
from dashboard.imports.report import Counts
from dashboard.imports.scratch import Scratch
from dashboard.imports.values import Quirks

T = TypeVar("T")
PROJECTS_A_CHUNK, ROWS_A_CHUNK = 250, 1000
CHILDREN = ("eu_participation", "eu_project_field", "eu_project_focus")
ADDED_TO = "eu_project_focus"
"""What several imports say together: an import for one country says nothing of the others."""


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
    """A row of `eu_project`, and what else is known of it: participations by organisation code, EuroSciVoc paths in
    order, programme parts by whether they are the project's own, and its calls and topics."""

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
    parts: dict[str, bool] = field(default_factory=dict)
    calls: dict[str, None] = field(default_factory=dict)


NOT_COLUMNS = ("participations", "paths", "parts", "calls")


def row(record: Project | Participation) -> Values:
    """A record by the database's columns."""
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in NOT_COLUMNS}


def fill(first: Project | Participation, second: Project | Participation) -> None:
    """Complete the first of two records of one thing by the second."""
    for column in fields(first):
        if getattr(first, column.name) is None:
            setattr(first, column.name, getattr(second, column.name))


def joined(projects: Iterable[Project], quirks: Quirks) -> list[Project]:
    """Each project once, where a folder holds a programme's files twice."""
    found: dict[tuple[str | None, str], Project] = {}
    for project in projects:
        first = found.setdefault((project.framework, project.code), project)
        if first is not project:
            quirks.note("duplicate_project", project.code)
            fill(first, project)
            for name in NOT_COLUMNS:
                setattr(first, name, getattr(project, name) | getattr(first, name))
    return list(found.values())


def write(
    connection: sa.Connection, projects: list[Project], country: str, batch: dict[str, str], quirks: Quirks
) -> tuple[int, int, int]:
    """Write one batch; its number, the rows added, and the rows changed or removed."""
    number = batches.begin(connection, **batch)
    with TemporaryDirectory() as folder:
        scratch = Scratch(Path(folder))
        try:
            record = _Record(connection, number, scratch, quirks)
            for chunk in chunks(projects, PROJECTS_A_CHUNK):
                record.bring(chunk, country)
        finally:
            scratch.close()
    added, changed = record.counts.added, record.counts.changed + record.counts.removed
    batches.finish(connection, number, added, changed, 0)
    return number, added, changed


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk


class _Projects(Merge):
    """Matches a project by its number, else by CORDIS's record number: a file may know no more than that.

    A file that has only record numbers, which then stand in for the projects' numbers, changes no number.
    """

    quirks: Quirks

    def _matches(self, rows: Sequence[Values]) -> list[Values | None]:
        found = super()._matches(rows)
        taken = {old["id"] for old in found if old}
        unknown = [one for one, old in zip(rows, found, strict=True) if old is None and one["record_number"]]
        own = eu_project.c
        keys = [(one["framework"], one["record_number"]) for one in unknown]
        among = sa.select(eu_project).where(sa.tuple_(own.framework, own.record_number).in_(keys)).order_by(own.id)
        there: dict[tuple[str, str], Values] = {}
        for known in self.connection.execute(among).mappings():
            if known["id"] not in taken:
                there.setdefault((known["framework"], known["record_number"]), dict(known))
        for place, (one, old) in enumerate(zip(rows, found, strict=True)):
            same = None if old else there.pop((one["framework"], one["record_number"]), None)
            if same:
                self.quirks.note("other_number", f"{same['code']} is {one['code']}")
                if one["code"] == one["record_number"]:
                    one["code"] = same["code"]
                found[place] = same
        return found


class _Record:
    """Brings the projects' tables to what a file says, touching only rows that differ."""

    def __init__(self, connection: sa.Connection, batch: int, scratch: Scratch, quirks: Quirks) -> None:
        self.connection, self.scratch, self.counts = connection, scratch, Counts()
        self.projects = _Projects(connection, sheets()["eu_project"], batch, scratch, self.counts)
        self.projects.quirks = quirks
        self.children = {name: Merge(connection, sheets()[name], batch, scratch, self.counts) for name in CHILDREN}

    def bring(self, projects: list[Project], country: str) -> None:
        """Bring projects, kept for a country, with all that belongs to them; what a file no longer says is removed."""
        written_as = [row(project) for project in projects]
        self.projects.write(written_as, {})
        own = eu_project.c
        keys = [(one["framework"], one["code"]) for one in written_as]
        written = self.connection.execute(
            sa.select(own.framework, own.code, own.id).where(sa.tuple_(own.framework, own.code).in_(keys))
        )
        ids = {(framework, code): number for framework, code, number in written}
        owned = [({"eu_project_id": ids[key]}, project) for key, project in zip(keys, projects, strict=True)]
        rows: dict[str, list[dict[str, Any]]] = {
            "eu_participation": [key | row(one) for key, project in owned for one in project.participations.values()],
            "eu_project_field": [key | {"path": path} for key, project in owned for path in project.paths],
            "eu_project_focus": [key | {"country": country} for key, _ in owned],
        }
        for name, merge in self.children.items():
            for chunk in chunks(rows[name], ROWS_A_CHUNK):
                merge.write(chunk, {})
            if name != ADDED_TO:
                self._remove(merge, list(ids.values()))

    def _remove(self, merge: Merge, projects: list[int]) -> None:
        own = merge.table.c
        there = self.connection.scalars(sa.select(own.id).where(own.eu_project_id.in_(projects)).order_by(own.id))
        for chunk in chunks(there.all(), ROWS_A_CHUNK):
            if gone := self.scratch.not_kept(merge.table.name, chunk):
                merge.remove(gone)
