"""Writing rows of one table: matched by their key with what the record holds, and touched only where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import import_change
from dashboard.imports.form import Sheet
from dashboard.imports.report import Counts
from dashboard.imports.scratch import Scratch

Values = dict[str, Any]
STAMP = "import_batch_id"


class Merge:
    """Brings one table to what a file says, as one batch."""

    def __init__(self, connection: sa.Connection, sheet: Sheet, batch: int, scratch: Scratch, counts: Counts) -> None:
        self.connection, self.sheet, self.table = connection, sheet, sheet.table
        self.batch, self.scratch, self.counts = batch, scratch, counts
        columns = {field.name: field.column.name for field in sheet.fields}
        self.columns = list(columns.values())
        self.key = tuple(columns[name] for name in sheet.key)
        self.next_id = _next_id(connection, self.table)
        self._parents: tuple[frozenset[Any], dict[str, list[int]]] | None = None

    def write(self, rows: Sequence[Values], found: Mapping[int, tuple[float, float]]) -> None:
        """Write rows by the database's columns; a column that is not there stays as it is.

        `found` holds coordinates by the row's index, for rows that have none in the file nor in the record.
        """
        matched = self._matches(rows)
        new: list[Values] = []
        changed: list[tuple[Values, Values]] = []
        kept: list[int] = []
        for index, (row, old) in enumerate(zip(rows, matched, strict=True)):
            if index in found and (old is None or old["latitude"] is None):
                row = row | dict(zip(("latitude", "longitude"), found[index], strict=True))
            if old is None:
                new.append(row)
                continue
            kept.append(old["id"])
            differing = {name: value for name, value in row.items() if old[name] != value}
            if differing:
                changed.append((old, differing))
        self._insert(new, kept)
        self._update(changed)
        self.scratch.keep(self.table.name, kept)
        self.counts.added += len(new)
        self.counts.changed += len(changed)
        self.counts.unchanged += len(rows) - len(new) - len(changed)

    def _matches(self, rows: Sequence[Values]) -> list[Values | None]:
        """For each row the record's row of the same key."""
        if not self.key:
            return self._equals(rows)
        keys = [tuple(row[name] for name in self.key) for row in rows]
        columns = [self.table.c[name] for name in self.key]
        among = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else sa.tuple_(*columns).in_(keys)
        there = {
            tuple(row[name] for name in self.key): dict(row)
            for row in self.connection.execute(sa.select(self.table).where(among)).mappings()
        }
        return [there.get(key) for key in keys]

    def _equals(self, rows: Sequence[Values]) -> list[Values | None]:
        """For each row one of the record's that equals it in everything, each taken once.

        Of n equal rows in a file and m in the record, n - m are new where n is more.
        """
        reference = next(name for name in self.columns if self.table.c[name].foreign_keys)
        parents = frozenset(row[reference] for row in rows)
        if self._parents is None or self._parents[0] != parents:
            own = self.table.c
            among = own[reference].in_(parents), sa.or_(own[STAMP].is_(None), own[STAMP] != self.batch)
            there: dict[str, list[int]] = {}
            for row in self.connection.execute(sa.select(self.table).where(*among).order_by(own.id)).mappings():
                there.setdefault(self._content(dict(row)), []).append(row["id"])
            self._parents = parents, there
        there = self._parents[1]
        contents = [self._content(row) for row in rows]
        matched: list[Values | None] = []
        occurrences = self.scratch.occurrences(self.table.name, contents)
        for values, content, number in zip(rows, contents, occurrences, strict=True):
            ids = there.get(content, [])
            matched.append({"id": ids[number - 1], **values} if number <= len(ids) else None)
        return matched

    def _content(self, row: Mapping[str, Any]) -> str:
        return json.dumps([row.get(name) for name in self.columns], default=str)

    def _insert(self, rows: Sequence[Values], kept: list[int]) -> None:
        if not rows:
            return
        ids = self._ids(len(rows))
        kept.extend(ids)
        empty = dict.fromkeys(self.columns)
        stamped = [{**empty, **row, "id": number, STAMP: self.batch} for number, row in zip(ids, rows, strict=True)]
        self.connection.execute(self.table.insert(), stamped)

    def _ids(self, count: int) -> list[int]:
        # A number once used is not used again, so that a removed row can come back under its own.
        if self.next_id is None:
            drawn = sa.select(sa.func.nextval(sa.func.pg_get_serial_sequence(self.table.name, "id")))
            return list(self.connection.scalars(drawn.select_from(sa.func.generate_series(1, count).table_valued())))
        first, self.next_id = self.next_id, self.next_id + count
        return list(range(first, self.next_id))

    def _update(self, changed: Sequence[tuple[Values, Values]]) -> None:
        if not changed:
            return
        before = [(old["id"], old[STAMP], {name: old[name] for name in differing}) for old, differing in changed]
        remember(self.connection, self.batch, self.table, "changed", before)
        by_columns: dict[tuple[str, ...], list[Values]] = {}
        for old, differing in changed:
            by_columns.setdefault(tuple(differing), []).append(
                {f"new_{name}": value for name, value in differing.items()} | {"its_id": old["id"]}
            )
        for names, rows in by_columns.items():
            assigned = {name: sa.bindparam(f"new_{name}", type_=self.table.c[name].type) for name in names}
            update = self.table.update().where(self.table.c.id == sa.bindparam("its_id"))
            self.connection.execute(update.values({**assigned, STAMP: self.batch}), rows)

    def remove(self, ids: Sequence[int]) -> None:
        """Delete rows, remembering all of each."""
        own = self.table.c
        rows = self.connection.execute(sa.select(self.table).where(own.id.in_(ids))).mappings().all()
        before = [
            (row["id"], row[STAMP], {name: row[name] for name in row if name not in ("id", STAMP)}) for row in rows
        ]
        remember(self.connection, self.batch, self.table, "removed", before)
        self.connection.execute(self.table.delete().where(own.id.in_(ids)))
        self.counts.removed += len(rows)


def _next_id(connection: sa.Connection, table: sa.Table) -> int | None:
    if connection.dialect.name == "postgresql":
        return None
    there = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
    own = import_change.c
    gone = connection.scalar(sa.select(sa.func.max(own.row_id)).where(own.table_name == table.name)) or 0
    return max(there, gone) + 1


def remember(
    connection: sa.Connection,
    batch: int,
    table: sa.Table,
    kind: str,
    rows: Iterable[tuple[int, int | None, Mapping[str, Any]]],
) -> None:
    """Keep what stood in rows before a batch touched them: id, batch before, values."""
    written = [
        {
            STAMP: batch,
            "table_name": table.name,
            "row_id": number,
            "kind": kind,
            "earlier_batch_id": earlier,
            "before": json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False),
        }
        for number, earlier, values in rows
    ]
    if written:
        connection.execute(import_change.insert(), written)


def recall(table: sa.Table, before: str) -> Values:
    """The values that `remember` kept."""
    return {name: _value(table.c[name], value) for name, value in json.loads(before).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _value(column: sa.Column[Any], plain: Any) -> Any:
    kind = column.type.python_type
    if plain is None or isinstance(plain, bool | int | float):
        return plain
    if kind in (date, datetime):
        return kind.fromisoformat(plain)
    return Decimal(plain) if kind is Decimal else plain
