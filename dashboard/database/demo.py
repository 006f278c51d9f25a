"""The demonstration's records, from CSV files into an empty database.

A file is named after its table and has its columns as header, except that a reference stands without `_id` and holds
the code of the row it refers to. An empty cell is no value. Moments are UTC.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import TABLES, metadata, published_figure


def _utc(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo:
        raise ValueError("moments are written without a zone")
    return moment


def _amount(written: str) -> Decimal:
    amount = Decimal(written)
    if not amount.is_finite():
        raise ValueError("an amount is a number")
    return amount


READERS: Mapping[type, Callable[[str], Any]] = {
    bool: {"true": True, "false": False}.__getitem__,
    date: date.fromisoformat,
    datetime: _utc,
    Decimal: _amount,
    float: lambda written: float(_amount(written)),
    int: int,
    str: str,
}


def load(connection: sa.Connection, folder: Path) -> None:
    """Insert `folder/<table>.csv` in the schema's order, and the published figures from the folder's parent.

    Raises ValueError naming file, line, column and value when something in a file cannot be inserted.
    """
    files = {path.stem: path for path in folder.glob("*.csv")}
    published = folder.parent / "published.csv"
    if published.is_file():
        files[published_figure.name] = published
    if unknown := sorted(files.keys() - metadata.tables.keys()):
        raise ValueError(f"{files[unknown[0]]}: there is no table {unknown[0]}")
    for table in TABLES:
        if table.name in files:
            _File(files[table.name], table, connection).insert()


@dataclass(frozen=True)
class _File:
    path: Path
    table: sa.Table
    connection: sa.Connection

    def insert(self) -> None:
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            columns = self._columns(reader.fieldnames or ())
            readers = {header: self._reader(column) for header, column in columns.items()}
            lines, rows = [], []
            for row in reader:
                lines.append(reader.line_num)
                rows.append(self._row(reader.line_num, row, columns, readers))
        if rows:
            self._insert(lines, rows)

    def _columns(self, headers: Any) -> dict[str, sa.Column[Any]]:
        known = {c.name.removesuffix("_id") if c.foreign_keys else c.name: c for c in self.table.c if c.name != "id"}
        for header in headers:
            if header not in known:
                raise ValueError(f"{self.path}, line 1: table {self.table.name} has no column {header!r}")
        return {header: known[header] for header in headers}

    def _reader(self, column: sa.Column[Any]) -> Callable[[str], Any]:
        for key in column.foreign_keys:
            target = key.column.table
            return dict(self.connection.execute(sa.select(target.c.code, target.c.id)).all()).__getitem__
        return READERS[column.type.python_type]

    def _row(
        self,
        line: int,
        row: Mapping[Any, Any],
        columns: Mapping[str, sa.Column[Any]],
        readers: Mapping[str, Callable[[str], Any]],
    ) -> dict[str, Any]:
        if None in row or None in row.values():
            raise ValueError(f"{self.path}, line {line}: the line has not {len(columns)} cells")
        values = {}
        for header, column in columns.items():
            written = row[header]
            try:
                values[column.name] = readers[header](written) if written else None
            except (ValueError, KeyError, ArithmeticError):
                what = "refers to no row" if column.foreign_keys else f"is not of type {column.type}"
                raise ValueError(f"{self.path}, line {line}, column {header}: {written!r} {what}") from None
            if not written and not column.nullable:
                raise ValueError(f"{self.path}, line {line}, column {header}: '' is not allowed here")
        return values

    def _insert(self, lines: list[int], rows: list[dict[str, Any]]) -> None:
        try:
            with self.connection.begin_nested():
                self.connection.execute(self.table.insert(), rows)
        except sa.exc.IntegrityError:
            # Only one by one does the database tell which line it refuses.
            for line, row in zip(lines, rows, strict=True):
                try:
                    self.connection.execute(self.table.insert(), row)
                except sa.exc.IntegrityError as error:
                    reason = str(error.orig).partition("\n")[0]
                    raise ValueError(f"{self.path}, line {line}: {reason}, in {row}") from error
            raise
