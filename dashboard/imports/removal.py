"""Deleting the rows of a table that a file does not name, for `--replace`."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from dashboard.database.schema import metadata
from dashboard.imports.form import sheets
from dashboard.imports.merge import Merge
from dashboard.imports.report import Problem
from dashboard.imports.scratch import Scratch
from dashboard.text import DEFAULT_LANGUAGE

CHUNK = 1000


def remove_others(connection: sa.Connection, merge: Merge, scratch: Scratch, file: str) -> Iterator[Problem]:
    """Delete the rows that the file did not name; a problem for each that others still refer to."""
    table = merge.table
    last = 0
    while ids := list(
        connection.scalars(sa.select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(CHUNK))
    ):
        last = ids[-1]
        others = scratch.not_kept(table.name, ids)
        if not others:
            continue
        held = dict[int, Problem]()
        for problem, number in _referred(connection, table, others, file):
            held.setdefault(number, problem)
        yield from held.values()
        if free := [number for number in others if number not in held]:
            merge.remove(free)


def _referred(connection: sa.Connection, table: sa.Table, ids: list[int], file: str) -> Iterator[tuple[Problem, int]]:
    for column in referring(table):
        query = sa.select(column, sa.func.count()).where(column.in_(ids)).group_by(column)
        for number, count in connection.execute(query).all():
            code = connection.scalar(sa.select(table.c.code).where(table.c.id == number))
            sheet = sheets()[column.table.name].title(DEFAULT_LANGUAGE)
            details = {"sheet": sheet, "count": count}
            title = sheets()[table.name].title(DEFAULT_LANGUAGE)
            yield Problem("still_referred", file, title, value=code, details=details), number


def referring(table: sa.Table) -> list[sa.Column[int]]:
    """The columns of other records' tables that refer to a table."""
    return [
        key.parent
        for other in metadata.sorted_tables
        if other.name in sheets()
        for key in other.foreign_keys
        if key.column.table is table
    ]
