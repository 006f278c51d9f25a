"""The read model: copies of the whole record in DuckDB, each made in one consistent read, and the watch for changes.

The record is read by ADBC alone. A process that opens one SQLite file through two copies of the SQLite library (ADBC's
and Python's) loses the locks of one when the other closes; so nothing here opens the file in another way.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import quote

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import duckdb
import duckdb_engine
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import sqlalchemy as sa
from adbc_driver_manager.dbapi import Connection, Cursor
from psycopg.conninfo import make_conninfo

from dashboard.database.engine import (
    READ_ONLY,
    DatabaseProblem,
    faults,
    judge_revision,
    needs_rolling_back,
    public_address,
    record_url,
    require_file,
    roll_back,
    server_url,
)
from dashboard.database.schema import TABLES, programme

DIALECT = duckdb_engine.Dialect(paramstyle="qmark")
# No file, no extension, no setting: what runs on a snapshot reads the snapshot.
SHUT = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET temp_directory = ''",
    "SET python_enable_replacements = false",
    "SET GLOBAL TimeZone = 'UTC'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
LOCK_MILLISECONDS = 1500
READING_SHARE = 5  # of the time at most one in so many is spent on reading the record

log = logging.getLogger(__name__)


class Snapshot:
    """The record as it was at one moment; it stays readable as long as somebody holds it.

    `version` is made from the content: the same records give the same version, on every server and after a restart.
    `read_at` is the moment (UTC) of the read.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: str, read_at: datetime) -> None:
        self._connection = connection
        self.version, self.read_at = version, read_at

    def frame(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """The result of a query: dates and moments as datetime64[us], decimals and sums as numbers, text as str."""
        result = self._connection.cursor().sql(sql, params=list(parameters) or None).to_arrow_table()
        plain = pa.schema([field.with_type(_plain(field.type)) for field in result.schema])
        frame: pd.DataFrame = result.cast(plain).to_pandas()
        return frame

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query as Python values."""
        return self._connection.cursor().execute(sql, list(parameters)).fetchall()


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_decimal(kind):
        return pa.int64() if kind.scale == 0 else pa.float64()
    return pa.timestamp("us") if pa.types.is_date(kind) else kind


class Source(Protocol):
    """One kind of database of record."""

    def connect(self, *, autocommit: bool) -> Connection:
        """A read-only connection."""

    def state(self, cursor: Cursor) -> str:
        """Something that differs when the record may have changed since it was asked over the same connection."""

    def select(self, table: sa.Table) -> str:
        """All rows of a table, its columns in order; a row whose id is NULL does not count."""


class _SQLite:
    def __init__(self, url: str) -> None:
        self.url = url
        self.uri = f"file:{quote(record_url(url).database or '')}?mode=ro"

    def connect(self, *, autocommit: bool) -> Connection:
        require_file(self.url)
        connection: Connection = adbc_driver_sqlite.dbapi.connect(self.uri, autocommit=autocommit)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}").fetchall()
            try:
                cursor.execute("SELECT count(*) FROM sqlite_master").fetchall()
            except adbc_driver_manager.Error as error:
                if needs_rolling_back(error):
                    roll_back(self.url)
        return connection

    def state(self, cursor: Cursor) -> str:
        file = require_file(self.url)
        counter = cursor.execute("PRAGMA data_version").fetchall()
        # The counter sees every transaction, the file's marks a file that was put in the place of this one.
        return f"{file and (file.st_dev, file.st_ino, file.st_mtime_ns, file.st_size)} {counter}"

    def select(self, table: sa.Table) -> str:
        # SQLite's columns have no types: ADBC takes them from the first rows, so one of our own goes before them.
        example = ", ".join(f"{self._example(column)} AS {_quoted(column)}" for column in table.columns)
        columns = ", ".join(_quoted(column) for column in table.columns)
        return f'SELECT {example} UNION ALL SELECT {columns} FROM "{table.name}"'

    @staticmethod
    def _example(column: sa.Column[Any]) -> str:
        if column.primary_key:
            return "NULL"
        match column.type:
            case sa.Integer() | sa.Boolean():
                return "0"
            case sa.Numeric():
                return "0.0"
        return "''"


class _PostgreSQL:
    def __init__(self, url: str) -> None:
        place = server_url(record_url(url), READ_ONLY)
        _, keywords = place.get_dialect()().create_connect_args(place)
        self.uri = make_conninfo(**keywords)

    def connect(self, *, autocommit: bool) -> Connection:
        connection: Connection = adbc_driver_postgresql.dbapi.connect(self.uri, autocommit=autocommit)
        return connection

    def state(self, cursor: Cursor) -> str:
        # Moves with every writing transaction of the server at once; the statistics of tables lag by seconds.
        query = "SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text"
        return str(cursor.execute(query).fetchall())

    def select(self, table: sa.Table) -> str:
        columns = (
            f"{_quoted(column)}::text" if column.type.python_type is Decimal else _quoted(column)
            for column in table.columns
        )
        return f'SELECT {", ".join(columns)} FROM "{table.name}"'


def _quoted(column: sa.Column[Any]) -> str:
    return f'"{column.name}"'


def _source(url: str) -> Source:
    return _SQLite(url) if record_url(url).get_backend_name() == "sqlite" else _PostgreSQL(url)


def take(url: str) -> Snapshot:
    """Copy the record as it is now; raises DatabaseProblem."""
    source = _source(url)
    copy = duckdb.connect()
    with faults(url), closing(source.connect(autocommit=False)) as record, record.cursor() as cursor:
        judge_revision(url, _revision(cursor))
        read_at = datetime.now(UTC)
        for table in TABLES:
            _copy(url, source, cursor, table, copy)
    for setting in SHUT:
        copy.execute(setting)
    return Snapshot(copy, _version(copy), read_at)


def _revision(cursor: Cursor) -> str | None:
    try:
        found = cursor.execute("SELECT version_num FROM alembic_version").fetchone()
    except adbc_driver_manager.ProgrammingError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return None
        raise
    return str(found[0]) if found else None


def _copy(url: str, source: Source, cursor: Cursor, table: sa.Table, copy: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(
        f"CAST(#{place} AS {column.type.compile(dialect=DIALECT)}) AS {_quoted(column)}"
        for place, column in enumerate(table.columns, 1)
    )
    copy.register("incoming", cursor.execute(source.select(table)).fetch_record_batch())
    try:
        copy.execute(f'CREATE TABLE "{table.name}" AS SELECT {columns} FROM incoming WHERE #1 IS NOT NULL')
    except duckdb.Error as error:
        detail = f"table {table.name}: {str(error).partition(chr(10))[0]}"
        raise DatabaseProblem("unreachable", public_address(url), detail) from error
    copy.unregister("incoming")


def _version(copy: duckdb.DuckDBPyConnection) -> str:
    digest = hashlib.sha256()
    for table in TABLES:
        content = copy.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table.name}" t').fetchone()
        digest.update(f"{table.name} {content}\n".encode())
    return digest.hexdigest()[:16]


class SnapshotKeeper:
    """Keeps a current snapshot: looks at the record every `poll_seconds` and swaps a new one in whole.

    While the record is away the last snapshot stays. Making a keeper never fails: while there is no snapshot yet,
    `current` raises and the keeper goes on looking. `checked_at` (UTC) is when the record was last found to hold what
    the current snapshot holds.
    """

    def __init__(self, url: str, poll_seconds: float = 1.0) -> None:
        self.url, self.poll_seconds = url, poll_seconds
        self.checked_at: datetime | None = None
        self._watch: _Watch | None = None
        self._state: str | None = None
        self._snapshot: Snapshot | None = None
        self._problem: DatabaseProblem | None = None
        self._not_before = 0.0
        self._looking = threading.Lock()
        self._stopped = threading.Event()
        self.refresh()
        self._thread = threading.Thread(target=self._poll, name="snapshot", daemon=True)
        self._thread.start()

    @property
    def current(self) -> Snapshot:
        """The last snapshot; raises DatabaseProblem when none could be made yet."""
        snapshot, problem = self._snapshot, self._problem
        if snapshot is None and problem is not None:
            raise DatabaseProblem(problem.kind, problem.address, problem.detail)
        assert snapshot is not None, "the first look leaves a snapshot or a problem"
        return snapshot

    @property
    def problem(self) -> DatabaseProblem | None:
        """Why the record could not be followed when last looked at, or that it holds no programme."""
        return self._problem

    def refresh(self) -> None:
        """Look at the record now and, if it has changed, swap the new snapshot in before returning."""
        self._look(at_once=True)

    def stop(self) -> None:
        """Look no more; the current snapshot stays."""
        self._stopped.set()
        self._thread.join()
        with self._looking:
            self._forget()

    def _poll(self) -> None:
        while not self._stopped.wait(self.poll_seconds):
            self._look(at_once=False)

    def _look(self, *, at_once: bool) -> None:
        with self._looking:
            try:
                self._follow(at_once=at_once)
            except DatabaseProblem as problem:
                self._fail(problem)
            except Exception as error:  # whatever breaks, the pages keep their snapshot and the watch goes on
                if self._problem is None:
                    log.exception("the record could not be looked at")
                self._fail(DatabaseProblem("unreachable", public_address(self.url), f"{type(error).__name__}: {error}"))

    def _follow(self, *, at_once: bool) -> None:
        if self._watch is None:
            self._watch = _Watch(self.url)
        looked_at = datetime.now(UTC)
        state = self._watch.state()
        if state != self._state:
            if not at_once and time.monotonic() < self._not_before:
                return
            self._swap(state)
        self.checked_at = looked_at
        self._problem = self._without_programme()

    def _swap(self, state: str) -> None:
        started = time.monotonic()
        try:
            snapshot = take(self.url)
        finally:
            # Every transaction on a PostgreSQL server moves its state, so a busy one would have us read without end.
            self._not_before = time.monotonic() + (READING_SHARE - 1) * (time.monotonic() - started)
        if self._snapshot is None or snapshot.version != self._snapshot.version:
            self._snapshot = snapshot
        self._state = state

    def _without_programme(self) -> DatabaseProblem | None:
        if self.current.rows(f"SELECT 1 FROM {programme.name} LIMIT 1"):
            return None
        return DatabaseProblem("no_programme", public_address(self.url), "there is no row in the table programme")

    def _fail(self, problem: DatabaseProblem) -> None:
        self._problem = problem
        self._forget()

    def _forget(self) -> None:
        """Close the watch, and take whatever is there next for changed."""
        watch, self._watch, self._state = self._watch, None, None
        if watch is not None:
            watch.close()


class _Watch:
    """A connection held open to ask for the record's state."""

    def __init__(self, url: str) -> None:
        self.url, self.source = url, _source(url)
        with faults(url):
            self.connection = self.source.connect(autocommit=True)
            self.cursor = self.connection.cursor()

    def state(self) -> str:
        with faults(self.url):
            return self.source.state(self.cursor)

    def close(self) -> None:
        # A connection that is broken may complain of being closed; there is nothing left to lose by then.
        with suppress(adbc_driver_manager.Error):
            self.cursor.close()
            self.connection.close()
