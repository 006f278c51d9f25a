"""The keeper follows the record, and keeps the last snapshot whatever happens to it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.database import engine, snapshot
from dashboard.database.engine import DatabaseProblem
from dashboard.database.schema import programme, theme
from dashboard.database.snapshot import SnapshotKeeper
from tests.database.test_snapshot import P

NOTICED = 5.0  # seconds within which a change must be seen
Keep = Callable[[str], SnapshotKeeper]


@pytest.fixture
def keep() -> Iterator[Keep]:
    keepers = []

    def make(url: str) -> SnapshotKeeper:
        keepers.append(SnapshotKeeper(url, poll_seconds=0.1))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.stop()


@pytest.fixture
def record(record_url: str, insert) -> str:
    insert(record_url, programme, P)
    insert(record_url, theme, {"code": "a", "name": "first"})
    return record_url


@pytest.fixture
def file(sqlite_url: str, insert) -> str:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "a", "name": "first"})
    return sqlite_url


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def name(keeper: SnapshotKeeper) -> str:
    """What the current snapshot says; each test changes it."""
    return str(keeper.current.rows("SELECT name FROM theme")[0][0])


def kind(keeper: SnapshotKeeper) -> str | None:
    return keeper.problem and keeper.problem.kind


def test_a_change_by_another_program_is_noticed(record: str, keep: Keep, elsewhere, within) -> None:
    keeper = keep(record)
    old = keeper.current
    assert (name(keeper), keeper.problem) == ("first", None)
    elsewhere(record, "UPDATE theme SET name = 'second'")
    within(NOTICED, lambda: name(keeper) == "second")
    assert keeper.current.version != old.version
    assert keeper.current.read_at > old.read_at
    assert old.rows("SELECT name FROM theme") == [("first",)], "who holds the old snapshot still reads it"
    elsewhere(record, "DELETE FROM theme")
    within(NOTICED, lambda: keeper.current.rows("SELECT count(*) FROM theme") == [(0,)])


def test_a_refresh_sees_a_change_at_once(record: str, elsewhere) -> None:
    keeper = SnapshotKeeper(record, poll_seconds=600)
    for written in ("second", "third", "fourth"):
        elsewhere(record, f"UPDATE theme SET name = '{written}'")
        keeper.refresh()
        assert name(keeper) == written
    keeper.stop()


def test_without_a_change_the_snapshot_stays(record: str, keep: Keep, within) -> None:
    keeper = keep(record)
    held, checked_at = keeper.current, keeper.checked_at
    within(NOTICED, lambda: keeper.checked_at > checked_at)
    assert keeper.current is held


def test_a_transaction_that_changes_nothing_keeps_snapshot_and_version(record: str, keep: Keep, elsewhere) -> None:
    keeper = keep(record)
    held = keeper.current
    elsewhere(record, "UPDATE theme SET name = name")
    keeper.refresh()
    assert keeper.current is held


def test_a_record_without_programme_is_served_and_said(record_url: str, keep: Keep, insert, within) -> None:
    keeper = keep(record_url)
    assert kind(keeper) == "no_programme"
    assert keeper.current.rows("SELECT count(*) FROM programme") == [(0,)]
    insert(record_url, programme, P)
    within(NOTICED, lambda: keeper.problem is None)


def test_a_schema_that_becomes_newer_is_said_and_the_snapshot_stays(record: str, keep: Keep, elsewhere, within) -> None:
    keeper = keep(record)
    elsewhere(record, "UPDATE alembic_version SET version_num = '9999'")
    within(NOTICED, lambda: kind(keeper) == "newer")
    elsewhere(record, "UPDATE theme SET name = 'second'")
    keeper.refresh()
    assert (name(keeper), kind(keeper)) == ("first", "newer")
    elsewhere(record, f"UPDATE alembic_version SET version_num = '{engine.head()}'")
    within(NOTICED, lambda: keeper.problem is None)
    assert name(keeper) == "second"


def test_a_file_that_is_deleted_and_comes_back(file: str, keep: Keep, elsewhere, within) -> None:
    keeper = keep(file)
    content = path_of(file).read_bytes()
    path_of(file).unlink()
    within(NOTICED, lambda: kind(keeper) == "missing")
    assert name(keeper) == "first"
    path_of(file).write_bytes(content)
    elsewhere(file, "UPDATE theme SET name = 'second'")
    within(NOTICED, lambda: keeper.problem is None)
    assert name(keeper) == "second"


def test_a_file_put_in_the_place_of_another(file: str, sqlite, keep: Keep, insert, within) -> None:
    keeper = keep(file)
    other = sqlite.copy("empty")
    insert(other, programme, P)
    insert(other, theme, {"code": "a", "name": "other"})
    os.replace(path_of(other), path_of(file))
    within(NOTICED, lambda: name(keeper) == "other")
    path_of(file).write_text("no database")
    within(NOTICED, lambda: kind(keeper) == "missing")
    assert name(keeper) == "other"


def test_a_locked_file_is_said_and_followed_afterwards(file: str, keep: Keep, within, monkeypatch) -> None:
    monkeypatch.setattr(snapshot, "LOCK_MILLISECONDS", 100)
    keeper = keep(file)
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"
        "c.execute(\"UPDATE theme SET name = 'second'\"); print('locked', flush=True); input(); c.execute('COMMIT')"
    )
    command = [sys.executable, "-c", script, str(path_of(file))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        within(NOTICED, lambda: kind(keeper) == "unreachable")
        assert "locked" in str(keeper.problem)
        assert name(keeper) == "first"
        later = SnapshotKeeper(file, poll_seconds=0.1)
        with pytest.raises(DatabaseProblem, match="locked"):
            _ = later.current
        other.communicate("\n")
    within(NOTICED, lambda: keeper.problem is None and later.problem is None)
    assert (name(keeper), name(later)) == ("second", "second")
    later.stop()


def test_a_transaction_under_way_is_not_seen_before_its_end(file: str, keep: Keep, within) -> None:
    keeper = keep(file)
    for mode in ("DELETE", "WAL"):
        with sqlite3.connect(path_of(file), isolation_level=None) as other:
            other.execute(f"PRAGMA journal_mode = {mode}")
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE theme SET name = ?", (f"by {mode}",))
            keeper.refresh()
            assert keeper.problem is None
            assert name(keeper) != f"by {mode}"
            other.execute("COMMIT")
            within(NOTICED, lambda mode=mode: name(keeper) == f"by {mode}")
            other.execute("UPDATE theme SET name = 'again'")
            within(NOTICED, lambda: name(keeper) == "again")
        other.close()
    assert keeper.problem is None


def test_a_server_that_goes_away_and_comes_back(postgresql, insert, keep: Keep, elsewhere, within) -> None:
    url = postgresql.copy("empty")
    database = engine.record_url(url).database
    insert(url, programme, P)
    insert(url, theme, {"code": "a", "name": "first"})
    keeper = keep(url)
    postgresql.run(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
    postgresql.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    within(NOTICED, lambda: kind(keeper) == "unreachable")
    assert name(keeper) == "first"
    postgresql.run(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')
    within(NOTICED, lambda: keeper.problem is None)
    elsewhere(url, "UPDATE theme SET name = 'second'")
    within(NOTICED, lambda: name(keeper) == "second")


def test_a_keeper_that_starts_before_its_record(bare_url: str, keep: Keep, insert, within) -> None:
    keeper = keep(bare_url)
    expected = "missing" if bare_url.startswith("sqlite") else "older"
    with pytest.raises(DatabaseProblem) as caught:
        _ = keeper.current
    assert (caught.value.kind, kind(keeper)) == (expected, expected)
    engine.create(bare_url)
    insert(bare_url, programme, P)
    within(NOTICED, lambda: keeper.problem is None)
    assert keeper.current.rows("SELECT code FROM programme") == [("P",)]


def test_an_address_of_no_database_is_a_problem_of_the_record(keep: Keep) -> None:
    keeper = keep("no address")
    with pytest.raises(DatabaseProblem, match="not an address"):
        _ = keeper.current


def test_a_poll_that_breaks_goes_on(file: str, keep: Keep, elsewhere, within, monkeypatch, caplog) -> None:
    keeper = keep(file)

    def broken(_: str) -> None:
        raise RuntimeError("out of the blue")

    with monkeypatch.context() as broke:
        broke.setattr(snapshot, "take", broken)
        elsewhere(file, "UPDATE theme SET name = 'second'")
        within(NOTICED, lambda: kind(keeper) == "unreachable")
        assert "out of the blue" in str(keeper.problem)
        assert name(keeper) == "first"
    within(NOTICED, lambda: keeper.problem is None)
    assert name(keeper) == "second"
    assert [record.message for record in caplog.records] == ["the record could not be looked at"]


def test_reading_takes_at_most_a_fifth_of_the_time(file: str, monkeypatch, elsewhere) -> None:
    clock = [100.0]
    taken = []

    def slow(url: str) -> snapshot.Snapshot:
        taken.append(clock[0])
        clock[0] += 2.0
        return take(url)

    take = snapshot.take
    monkeypatch.setattr(snapshot, "take", slow)
    monkeypatch.setattr(snapshot.time, "monotonic", lambda: clock[0])
    keeper = SnapshotKeeper(file, poll_seconds=600)
    for _ in range(30):
        elsewhere(file, "UPDATE theme SET name = name || '+'")
        clock[0] += 1.0
        keeper._look(at_once=False)
    assert taken == [100.0, 110.0, 120.0, 130.0]
    keeper.stop()
