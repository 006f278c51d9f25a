"""An import that is killed, or whose disk is full, leaves the old record or the new one, and never another."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database import engine, snapshot
from dashboard.imports.load import import_records
from dashboard.imports.undo import undo
from dashboard.settings import ROOT

KILLS = 20
"""On each of the two kinds of database."""
CASES = 2000
Tables = dict[str, list[list[Any]]]
forked = multiprocessing.get_context("fork")


def little_memory(connection: Any, _record: object) -> None:
    """Make SQLite write to the file long before the end, as it does in a large import."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA cache_size = 10")


def run(url: str, path: Path) -> None:
    sa.event.listen(sa.Engine, "connect", little_memory)
    import_records(url, path)


def killed(url: str, path: Path, after: float) -> bool:
    """Import in a process of its own, kill it after some seconds; whether it was still at it."""
    process = forked.Process(target=run, args=(url, path))
    process.start()
    process.join(after)
    alive = process.is_alive()
    if alive and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    assert process.exitcode in (0, -signal.SIGKILL)
    return alive


def cases(small: Tables, topic: str) -> list[list[Any]]:
    head, row = small["Help-desk cases"][:2]
    return [head, *([*row[:1], f"K{number:05d}", *row[2:7], topic, *row[8:]] for number in range(CASES))]


def test_killed_at_random_moments(record_url: str, small: Tables, xlsx, text_file, accepted, whole) -> None:
    accepted(record_url, xlsx(small))
    accepted(record_url, text_file(cases(small, "mobility"), "Help-desk cases.csv"))
    # Every row changes, some are new, so that a half-done import would show.
    path = text_file([*cases(small, "partner_search"), small["Help-desk cases"][2]], "Help-desk cases.csv")
    old = whole(record_url)
    took = []
    for _ in range(2):  # the shorter one counts: what delayed the other would put most moments after the end
        started = time.monotonic()
        batch = accepted(record_url, path).batch
        took.append(time.monotonic() - started)
        new = {name: rows for name, rows in whole(record_url).items() if name not in ("import_batch", "import_change")}
        undo(record_url, batch or 0)
        assert whole(record_url) == old
    chance, states = random.Random(20140529), []
    for moment in range(KILLS):  # one in each part of its whole duration, and the last ones when it should be over
        killed(record_url, path, (moment + chance.random()) / KILLS * 1.1 * min(took))
        with engine.reading(record_url):
            pass  # a reader, who may write nothing, finds the record in order at once
        snapshot.take(record_url)
        found = whole(record_url)
        if found == old:
            states.append("old")
            continue
        assert {name: found[name] for name in new} == {
            name: [(*row[:-1], found_row[-1]) for row, found_row in zip(rows, found[name], strict=True)]
            for name, rows in new.items()
        }
        states.append("new")
        undo(record_url, max(row[0] for row in found["import_batch"]))
        assert whole(record_url) == old
    assert states.count("old") >= KILLS // 2


def test_killed_during_undo(record_url: str, small: Tables, xlsx, text_file, accepted, whole) -> None:
    accepted(record_url, xlsx(small))
    old = whole(record_url)
    batch = accepted(record_url, text_file(cases(small, "mobility"), "Help-desk cases.csv")).batch
    new = whole(record_url)
    process = forked.Process(target=undo, args=(record_url, batch))
    process.start()
    time.sleep(0.05)
    process.kill()
    process.join()
    assert whole(record_url) in (old, new)


def test_a_full_disk(sqlite_url: str, small: Tables, xlsx, text_file, accepted, whole) -> None:
    accepted(sqlite_url, xlsx(small))
    old = whole(sqlite_url)
    path = text_file(cases(small, "mobility"), "Help-desk cases.csv")

    def full(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    sa.event.listen(sa.Engine, "connect", full)
    try:
        with pytest.raises(engine.DatabaseProblem, match="full"):
            import_records(sqlite_url, path)
    finally:
        sa.event.remove(sa.Engine, "connect", full)
    assert whole(sqlite_url) == old


@pytest.mark.parametrize(("form", "kilobytes"), [("csv", 40), ("xlsx", 40), ("csv", 490)])
def test_no_file_can_grow(
    sqlite_url: str, small: Tables, xlsx, text_file, accepted, whole, form: str, kilobytes: int
) -> None:
    """Neither the record's nor any passing one: said in a line, with an exit code, and the record is as it was."""
    accepted(sqlite_url, xlsx(small))
    old, rows = whole(sqlite_url), cases(small, "mobility")
    path = text_file(rows, "cases.csv") if form == "csv" else xlsx({"Help-desk cases": rows}, "cases.xlsx")
    most = kilobytes << 10

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "import", str(path), "--table", "help_desk_case"],
        env={**os.environ, "DASHBOARD_DATABASE_URL": sqlite_url}, cwd=ROOT, preexec_fn=limit,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2), said
    assert "Traceback" not in said
    assert any(word in said for word in ("disk", "full", "room", "readonly", "too large")), said
    assert "is damaged" not in said
    assert whole(sqlite_url) == old


def test_a_lost_connection(postgresql, small: Tables, xlsx, text_file, accepted, whole) -> None:
    url = postgresql.copy("empty")
    accepted(url, xlsx(small))
    old, calls = whole(url), 0
    path = text_file(cases(small, "mobility"), "Help-desk cases.csv")

    def cut(_done: int, _all: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            name = url.split("/")[-1].split("?")[0]
            postgresql.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    with pytest.raises(engine.DatabaseProblem):
        import_records(url, path, progress=cut)
    assert calls >= 5
    assert whole(url) == old


def test_two_at_once(record_url: str, small: Tables, xlsx, text_file, accepted, whole) -> None:
    """Two processes import the same file: one after the other, and the second changes nothing."""
    accepted(record_url, xlsx(small))
    path = text_file(cases(small, "mobility")[:400], "Help-desk cases.csv")
    processes = [forked.Process(target=import_records, args=(record_url, path)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    found = whole(record_url)
    assert sorted(row[5] for row in found["import_batch"]) == [0, 14, 399]
    assert len(found["help_desk_case"]) == 401
