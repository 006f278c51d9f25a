"""A sheet of cells as a reader hands it on, whatever file it comes from, and the sheet of the form that it is."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dashboard.imports import form
from dashboard.imports.cells import Cell, shown
from dashboard.imports.form import Field, fold, headings, is_ours, sheets, titles
from dashboard.imports.report import Problem, Refused

ROWS_BEFORE_HEADINGS = 20
_PART = re.compile(r"^(?:[\d\s_.-]*\d[\s_.-]+)?(.*?)(?:[\s_.-]*\(?\d+\)?)?$")


class Row(NamedTuple):
    """A row's number, counted from 1 as spreadsheets do, and its cells from the first column."""

    number: int
    cells: Sequence[Cell]

    @property
    def says_something(self) -> bool:
        """Whether anything but spaces stands in it."""
        return any(cell.strip() if isinstance(cell, str) else cell is not None for cell in self.cells)


@dataclass(frozen=True)
class RawSheet:
    """A sheet of a workbook, or a CSV file. `rows` may be asked again and again; it gives the bytes read so far, of
    `size`, and a row."""

    path: Path
    name: str
    size: int
    rows: Callable[[], Iterator[tuple[int, Row]]]


@dataclass(frozen=True)
class Column:
    """A column of a file: its place, counted from 1, its heading as written, and the field that it holds."""

    place: int
    heading: str
    field: Field


@dataclass(frozen=True)
class Part:
    """A sheet of a file that holds rows of a table: its columns, and the row of its last heading."""

    raw: RawSheet
    sheet: form.Sheet
    columns: tuple[Column, ...]
    headings_end: int
    named: Mapping[str, Column] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.raw.path.name

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows under the headings that hold anything."""
        for done, row in self.raw.rows():
            if row.number > self.headings_end and row.says_something:
                yield done, row

    def problem(self, fault: str, row: Row | None, column: Column | None, /, **details: object) -> Problem:
        """A problem of a cell of this part."""
        cells = row.cells if row else ()
        cell = cells[column.place - 1] if column and len(cells) >= column.place else None
        return Problem(
            fault,
            self.file,
            self.raw.name,
            row.number if row else None,
            column.heading if column else None,
            column.place if column else None,
            shown(cell) or None,
            details,
        )


def recognise(raw: RawSheet, table: str | None = None) -> Part | None:
    """The part of the form that a sheet is; None for one that is no part of it. `table` says which it is.

    A sheet is known by its name, else by its headings: the one table that all of them belong to, and of which none
    that is required is missing. Raises Refused for wrong headings.
    """
    if is_ours(raw.name):
        return None
    first = [row for _, row in islice(raw.rows(), ROWS_BEFORE_HEADINGS)]
    first = [row for row in first if row.says_something]
    if not first:
        return None
    name = table or named(raw.name) or _by_headings(first)
    if name is None:
        return None
    known = headings(name)
    scores = {row.number: sum(fold(shown(cell)) in known for cell in row.cells) for row in first}
    best = max(scores.values())
    heading = next(row for row in first if scores[row.number] == best)
    if not best:
        raise Refused(Problem("no_headings", raw.path.name, raw.name, first[0].number))
    part = _part(raw, form.sheets()[name], heading)
    after = next((row for row in first if row.number > heading.number), None)
    if after and _is_second_heading(part, after):
        return Part(raw, part.sheet, part.columns, after.number, part.named)
    return part


def named(name: str) -> str | None:
    """The table of a sheet's or file's name, which may be numbered before and after: `2 Activities`, `report (2)`."""
    match = _PART.match(name)
    return titles().get(fold(name)) or (titles().get(fold(match[1])) if match else None)


def _by_headings(first: Sequence[Row]) -> str | None:
    for row in first:
        written = {fold(shown(cell)) for cell in row.cells} - {""}
        if len(written) < 2:
            continue
        fitting = []
        for name, sheet in sheets().items():
            known = headings(name)
            found = {known[heading].name for heading in written if heading in known}
            needed = {one.name for one in sheet.fields if one.required}
            if written <= known.keys() and needed <= found:
                fitting.append(name)
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _is_second_heading(part: Part, row: Row) -> bool:
    """Whether a row repeats the headings, in another language: one of them at the least, and nothing else."""
    known = headings(part.sheet.name)
    cells = [(place, fold(shown(cell))) for place, cell in enumerate(row.cells, start=1) if shown(cell)]
    fields = {column.place: column.field.name for column in part.columns}
    return bool(cells) and all(cell in known and known[cell].name == fields.get(place) for place, cell in cells)


def _part(raw: RawSheet, sheet: form.Sheet, row: Row) -> Part:
    known = headings(sheet.name)
    columns, problems = [], []

    def wrong(fault: str, place: int | None, written: str, **details: object) -> None:
        problems.append(Problem(fault, raw.path.name, raw.name, row.number, written, place, written or None, details))

    for place, cell in enumerate(row.cells, start=1):
        written = shown(cell).strip()
        if not written:
            continue
        if found := known.get(fold(written)):
            columns.append(Column(place, written, found))
            continue
        if near := difflib.get_close_matches(fold(written), known, 1, 0.7):
            wrong("misspelt_heading", place, written, target=sheet.name, heading=known[near[0]].name)
        else:
            wrong("unknown_heading", place, written, target=sheet.name)
    seen: Counter[str] = Counter()
    for column in columns:
        seen[column.field.name] += 1
        if seen[column.field.name] > 1:
            wrong("double_heading", column.place, column.heading)
    for one in sheet.fields:
        if one.required and one.name not in seen:
            problems.append(
                Problem("missing_heading", raw.path.name, raw.name, row.number,
                        details={"target": sheet.name, "heading": one.name})
            )  # fmt: skip
    if problems:
        raise Refused(*problems)
    return Part(raw, sheet, tuple(columns), row.number, {column.field.name: column for column in columns})
