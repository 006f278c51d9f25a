"""The transaction of an import: one at a time, kept whole or not at all, and the row that says who imported what."""

from __future__ import annotations

import getpass
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.schema import import_batch
from dashboard.imports.report import Running

LOCK = 0x4A45_5550  # of imports among PostgreSQL's advisory locks
BUSY_MILLISECONDS = 60_000


class Discard(Exception):
    """Nothing of the transaction is to be kept."""


@contextmanager
def transaction(url: str) -> Iterator[sa.Connection]:
    """A writing transaction that no other import runs beside; Discard within ends it without a trace.

    Raises Running when another import has not ended after a few seconds, DatabaseProblem as `engine.writing` does.
    """
    began = False
    try:
        with engine.writing(url) as connection:
            _lock(connection)
            began = True
            yield connection
    except Discard:
        return
    except engine.DatabaseProblem as problem:
        if not began and "locked" in problem.detail:
            raise Running from problem
        raise


def _lock(connection: sa.Connection) -> None:
    if connection.dialect.name != "postgresql":
        # BEGIN IMMEDIATE has shut other writers out; at the end, readers may take their time.
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return
    patience = time.monotonic() + engine.LOCK_SECONDS
    while not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(LOCK))):
        if time.monotonic() > patience:
            raise Running
        time.sleep(0.1)


def user() -> str:
    """The name of the user of this system, as a batch records it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def begin(connection: sa.Connection, imported_by: str, file: str, sha256: str) -> int:
    """Enter a batch; its number."""
    row = {
        "imported_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "imported_by": imported_by, "file": file, "sha256": sha256,
        "rows_added": 0, "rows_changed": 0, "rows_refused": 0,
    }  # fmt: skip
    entered = connection.execute(import_batch.insert(), row).inserted_primary_key
    return int(entered[0]) if entered else 0


def finish(connection: sa.Connection, batch: int, added: int, changed: int, refused: int) -> None:
    """Say what a batch did."""
    said = {"rows_added": added, "rows_changed": changed, "rows_refused": refused}
    connection.execute(import_batch.update().where(import_batch.c.id == batch), said)
