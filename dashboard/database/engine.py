"""The database of record: its address, the ways in, its migrations, and what can be wrong with it.

Reading connections cannot write: SQLite files are opened with `mode=ro`, PostgreSQL sessions are read-only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

import adbc_driver_manager
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dashboard.database import demo
from dashboard.database.schema import TABLES, import_batch, programme

SERVER_DEFAULTS = {"connect_timeout": "5", "tcp_user_timeout": "10000", "keepalives_idle": "10"}
READ_ONLY = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
LOCK_SECONDS = 5
ROLL_BACK = "import sqlite3, sys; sqlite3.connect(sys.argv[1], uri=True).execute('SELECT count(*) FROM sqlite_master')"

Kind = Literal["missing", "unreachable", "older", "newer", "no_programme"]


class DatabaseProblem(Exception):
    """The database of record cannot be used as it is; the text is one line and holds no password.

    missing: no SQLite file, or a file that is no database. unreachable: the server is away or refuses us, the file is
    locked or cannot be read. older: the schema is older than the program, or there is none. newer: the schema is of a
    revision that this program does not know. no_programme: there is no row in the table programme.
    """

    def __init__(self, kind: Kind, address: str, detail: str) -> None:
        super().__init__(f"{address}: {detail}")
        self.kind, self.address, self.detail = kind, address, detail


class AlreadyThere(Exception):
    """The database holds something that creating it would overwrite."""


class LastImport(NamedTuple):
    file: str
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Info:
    """What the database holds: rows a table, `illustrative` or `recorded` by code of programme, the last import."""

    address: str
    revision: str
    rows: Mapping[str, int]
    datasets: Mapping[str, str]
    last_import: LastImport | None


def record_url(url: str) -> sa.URL:
    """The address with the drivers that we use; raises DatabaseProblem when it is not one of a database we know."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        parsed = None
    match parsed and parsed.get_backend_name():
        case "sqlite" if parsed and parsed.database and parsed.database != ":memory:":
            return sa.URL.create("sqlite", database=parsed.database)
        case "postgresql" | "postgres" if parsed:
            return parsed.set(drivername="postgresql+psycopg")
    # The chain of exceptions is cut: what could not be read may hold a password.
    raise DatabaseProblem("unreachable", public_address(url), "not an address sqlite:///… or postgresql://…") from None


def public_address(url: str) -> str:
    """The address without password."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return "DASHBOARD_DATABASE_URL"
    if parsed.get_backend_name() == "sqlite":
        return f"sqlite:///{parsed.database or ''}"
    kept = {key: value for key, value in parsed.query.items() if "pass" not in key}
    name = parsed.drivername.partition("+")[0]
    return str(sa.URL.create(name, parsed.username, None, parsed.host, parsed.port, parsed.database, kept))


def server_url(url: sa.URL, options: str) -> sa.URL:
    """The address of a server with short patience and the options of the session."""
    given = url.query.get("options", "")
    return url.set(query={**SERVER_DEFAULTS, **url.query, "options": f"{given} {options}".strip()})


def writing_engine(url: str) -> sa.Engine:
    """An engine that may write to an existing database. SQLite: foreign keys are enforced, no file is ever made."""
    return _engine(record_url(url), writing=True)


def reading_engine(url: str) -> sa.Engine:
    """An engine whose connections cannot write."""
    return _engine(record_url(url), writing=False)


def _engine(url: sa.URL, *, writing: bool, mode: str = "rw", foreign_keys: bool = True) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(server_url(url, "" if writing else READ_ONLY), poolclass=sa.NullPool)
    place = sa.URL.create(
        "sqlite",
        database=f"file:{quote(url.database or '')}",
        query={"mode": mode if writing else "ro", "uri": "true"},
    )
    # Without an isolation level Python leaves BEGIN to us, so that tables too are made within the transaction.
    options = {"timeout": LOCK_SECONDS, "isolation_level": None}
    engine = sa.create_engine(place, connect_args=options, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def enforce(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def faults(url: str) -> Iterator[None]:
    """Raise what a database or its driver reports as a DatabaseProblem; broken keys and checks stay as they are."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError):
        raise
    except (sa.exc.DBAPIError, adbc_driver_manager.Error) as error:
        detail = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).strip().partition("\n")[0]
        kind: Kind = "missing" if "not a database" in detail else "unreachable"
        raise DatabaseProblem(kind, public_address(url), detail) from error


def require_file(url: str) -> os.stat_result | None:
    """What the system says of an SQLite file (None for a server); raises DatabaseProblem when there is no such file."""
    place = record_url(url)
    if place.get_backend_name() != "sqlite":
        return None
    path = Path(place.database or "")
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise DatabaseProblem("missing", public_address(url), "there is no such file") from None
    except OSError as error:
        raise DatabaseProblem("unreachable", public_address(url), error.strerror or str(error)) from error
    if not path.is_file():
        raise DatabaseProblem("missing", public_address(url), "this is not a file")
    return found


def roll_back(url: str) -> None:
    """Undo what a killed writer of an SQLite file left half done.

    Connections that only read may not do so: until it is done, each fails (`needs_rolling_back`). With a writer at
    work, or where we may not write, nothing happens. A process of its own does it: within one process, two copies of
    the SQLite library do not see each other's locks, and would take unfinished work for a dead writer's.
    """
    place = f"file:{quote(record_url(url).database or '')}?mode=rw"
    subprocess.run([sys.executable, "-I", "-c", ROLL_BACK, place], capture_output=True, timeout=60, check=False)


def needs_rolling_back(error: Exception) -> bool:
    """Whether a connection that only reads failed because it may not undo a killed writer's work."""
    return "attempt to write a readonly database" in str(error)


@contextmanager
def reading(url: str) -> Iterator[sa.Connection]:
    """One read-only transaction on a record whose schema is this program's; raises DatabaseProblem."""
    with _transaction(url, reading_engine(url)) as connection:
        try:
            found = _revision(connection)
        except sa.exc.OperationalError as error:
            if not needs_rolling_back(error):
                raise
            roll_back(url)
            found = _revision(connection)
        judge_revision(url, found)
        yield connection


@contextmanager
def writing(url: str) -> Iterator[sa.Connection]:
    """One writing transaction on a record whose schema is this program's; raises DatabaseProblem."""
    with _transaction(url, writing_engine(url)) as connection:
        judge_revision(url, _revision(connection))
        yield connection


@contextmanager
def _transaction(url: str, engine: sa.Engine) -> Iterator[sa.Connection]:
    require_file(url)
    with faults(url), engine.begin() as connection:
        yield connection


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(migrations())


def head() -> str:
    """The revision of the schema that this program works with."""
    return _scripts().get_heads()[0]


def migrations(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration for our migrations, run over the connection and in its transaction."""
    config = Config()
    config.set_main_option("script_location", "dashboard.database:migrations")
    config.attributes["connection"] = connection
    return config


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def judge_revision(url: str, found: str | None) -> None:
    """Raise DatabaseProblem when a record of this revision is older or newer than the program."""
    if found == head():
        return
    if found is None:
        raise DatabaseProblem("older", public_address(url), "there is no schema of the programme database")
    if found not in {script.revision for script in _scripts().walk_revisions()}:
        detail = f"its revision {found} is newer than this program's {head()}"
        raise DatabaseProblem("newer", public_address(url), detail)
    raise DatabaseProblem("older", public_address(url), f"its revision {found} is older than this program's {head()}")


def check_revision(url: str) -> None:
    """Raise DatabaseProblem unless the record is there and its schema is this program's."""
    with reading(url):
        pass


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring the schema to this program's revision, in one transaction; the revisions before and after.

    Raises DatabaseProblem, also when the schema is newer than the program.
    """
    # SQLite alters a table by building it anew, which foreign keys would take for a deletion.
    with _transaction(url, _engine(record_url(url), writing=True, foreign_keys=False)) as connection:
        before = _revision(connection)
        _migrate(url, connection, before)
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise DatabaseProblem("older", public_address(url), "some rows refer to rows that are not there")
    return before, head()


def _migrate(url: str, connection: sa.Connection, found: str | None) -> None:
    try:
        judge_revision(url, found)
    except DatabaseProblem as problem:
        if problem.kind != "older":
            raise
        command.upgrade(migrations(connection), "head")


def create(url: str, demo_folder: Path | None = None) -> None:
    """Create the schema, and with a folder of CSV files the demonstration's records: everything or nothing.

    Raises AlreadyThere when the database holds records or tables that are not ours, DatabaseProblem when it cannot be
    written, ValueError when a CSV file is wrong.
    """
    place = record_url(url)
    path = Path(place.database or "")
    if place.get_backend_name() == "sqlite" and not path.exists():
        _create_file(url, path, demo_folder)
    else:
        with _transaction(url, writing_engine(url)) as connection:
            _fill(url, connection, demo_folder)


def _create_file(url: str, path: Path, demo_folder: Path | None) -> None:
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem("unreachable", public_address(url), f"{path.parent}: {error.strerror}") from error
    try:
        engine = _engine(sa.URL.create("sqlite", database=str(part)), writing=True, mode="rwc")
        with faults(url), engine.begin() as connection:
            _fill(url, connection, demo_folder)
        # A link, unlike a renaming, does not replace a file that someone else has made meanwhile.
        os.link(part, path)
    except FileExistsError:
        raise AlreadyThere(f"{public_address(url)}: somebody else has made this file meanwhile") from None
    except OSError as error:
        raise DatabaseProblem("unreachable", public_address(url), str(error.strerror)) from error
    finally:
        part.unlink(missing_ok=True)


def _fill(url: str, connection: sa.Connection, demo_folder: Path | None) -> None:
    revision = _revision(connection)
    there = set(sa.inspect(connection).get_table_names())
    ours = [table for table in TABLES if table.name in there]
    if ours and revision is None:
        raise AlreadyThere(f"{public_address(url)}: it holds a table {ours[0].name} that is not ours")
    for table in ours:
        if connection.scalar(sa.select(sa.exists().select_from(table))):
            raise AlreadyThere(f"{public_address(url)}: it holds records already (table {table.name})")
    _migrate(url, connection, revision)
    if demo_folder is not None:
        demo.load(connection, demo_folder)


def info(url: str) -> Info:
    """What the database holds; raises DatabaseProblem."""
    with reading(url) as connection:
        rows = {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in TABLES}
        datasets = sa.select(programme.c.code, programme.c.dataset).order_by(programme.c.code)
        newest = sa.select(import_batch.c.file, import_batch.c.imported_at).order_by(import_batch.c.id.desc()).limit(1)
        last = connection.execute(newest).first()
        return Info(
            address=public_address(url),
            revision=head(),
            rows=rows,
            datasets=dict(connection.execute(datasets).all()),
            last_import=LastImport(*last) if last else None,
        )
