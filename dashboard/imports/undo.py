"""Taking back exactly one batch: what it added goes, what it changed is as before, what it removed is there again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import import_batch, import_change
from dashboard.imports import batch as batches
from dashboard.imports.form import sheets
from dashboard.imports.merge import STAMP, recall
from dashboard.imports.removal import referring
from dashboard.text import DEFAULT_LANGUAGE, text

CHUNK = 1000


class CannotUndo(Exception):
    """A batch cannot be taken back: the key of the reason in `[cannot_undo]`, and what fills it; `table` is shown in
    the reader's language."""

    def __init__(self, reason: str, **details: Any) -> None:
        self.reason, self.details = reason, details
        super().__init__(self.said())

    def said(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Why, in one line."""
        tables = {name: sheets()[code].title(language) for name, code in self.details.items() if name == "table"}
        return text(f"cannot_undo.{self.reason}", language, **self.details | tables)


def undo(url: str, batch: int) -> dict[str, int]:
    """Take a batch back, in one transaction; the rows that were touched, by table. The batch itself is forgotten.

    Raises CannotUndo when there is no such batch, or when later imports or other hands have built on it; Running when
    another import holds the database.
    """
    touched: dict[str, int] = {}
    with batches.transaction(url) as connection:
        found = connection.execute(sa.select(import_batch).where(import_batch.c.id == batch)).mappings().first()
        if found is None:
            raise CannotUndo("none", batch=batch)
        _judge(connection, batch, found["rows_added"], found["rows_changed"])
        for name in reversed(list(sheets())):
            if deleted := _delete_added(connection, batch, name):
                touched[name] = deleted
        for name in sheets():
            if restored := sum(1 for _ in _restore(connection, batch, name)):
                touched[name] = touched.get(name, 0) + restored
        connection.execute(import_change.delete().where(import_change.c.import_batch_id == batch))
        connection.execute(import_batch.delete().where(import_batch.c.id == batch))
    return touched


def _judge(connection: sa.Connection, batch: int, added: int, changed: int) -> None:
    own = import_change.c
    later = sorted(connection.scalars(sa.select(own.import_batch_id).where(own.earlier_batch_id == batch).distinct()))
    if later:
        raise CannotUndo("changed_since", batch=batch, **_these(later))
    remembered = connection.scalar(sa.select(sa.func.count()).where(own.import_batch_id == batch))
    if remembered != changed:
        raise CannotUndo("not_kept", batch=batch, changed=changed)
    stamped = 0
    for sheet in sheets().values():
        stamped += connection.scalar(sa.select(sa.func.count()).where(sheet.table.c[STAMP] == batch)) or 0
    gone = sa.select(sa.func.count()).where(own.import_batch_id == batch, own.kind == "removed")
    if stamped != added + changed - (connection.scalar(gone) or 0):
        raise CannotUndo("other_hands", batch=batch)
    _judge_references(connection, batch)


def _judge_references(connection: sa.Connection, batch: int) -> None:
    for sheet in sheets().values():
        added = _added(sheet.table, batch)
        for column in referring(sheet.table):
            stamp = column.table.c[STAMP]
            others = sa.or_(stamp.is_(None), stamp != batch)
            query = sa.select(stamp).where(column.in_(added), others).distinct()
            if later := connection.scalars(query).all():
                known = sorted(number for number in later if number is not None)
                reason = "referred" if known else "referred_by_hand"
                raise CannotUndo(reason, batch=batch, table=column.table.name, **_these(known))


def _these(numbers: list[int]) -> dict[str, Any]:
    return {"count": len(numbers), "later": ", ".join(map(str, numbers))}


def _added(table: sa.Table, batch: int) -> sa.Select[tuple[int]]:
    """The ids of rows that a batch added: they carry its number, and nothing is remembered from before."""
    own = import_change.c
    touched = sa.select(own.row_id).where(own.import_batch_id == batch, own.table_name == table.name)
    return sa.select(table.c.id).where(table.c[STAMP] == batch, table.c.id.not_in(touched))


def _delete_added(connection: sa.Connection, batch: int, name: str) -> int:
    table = sheets()[name].table
    return connection.execute(table.delete().where(table.c.id.in_(_added(table, batch)))).rowcount


def _restore(connection: sa.Connection, batch: int, name: str) -> Iterator[int]:
    table, own = sheets()[name].table, import_change.c
    last = 0
    while rows := connection.execute(
        sa.select(import_change)
        .where(own.import_batch_id == batch, own.table_name == name, own.id > last)
        .order_by(own.id)
        .limit(CHUNK)
    ).all():
        last = rows[-1].id
        for row in rows:
            values = recall(table, row.before) | {STAMP: row.earlier_batch_id}
            if row.kind == "removed":
                connection.execute(table.insert(), {"id": row.row_id, **values})
            else:
                connection.execute(table.update().where(table.c.id == row.row_id), values)
            yield row.row_id
