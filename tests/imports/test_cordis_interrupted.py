"""An import of CORDIS files that is killed leaves the old record or the new one, and never another."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.schema import TABLES
from dashboard.imports.cordis import import_cordis

KILLS = 20
PROJECTS, PARTNERS = 60, 20
forked = multiprocessing.get_context("fork")
NO_NUMBERS = ("id", "import_batch_id", "eu_project_id")


def project_rows(state: str) -> str:
    return "".join(
        f'"{code}";"{9000 + code}";"ACRO{code}";"{state}";"2015-01-01";"2017-12-31";"1000,50";"H2020-EU.1.3."\n'
        for code in range(PROJECTS)
    )


def organisation_rows(state: str) -> str:
    return "".join(
        f'"{project}";"{code}";"{state} {code}";"{"JP" if code == 0 else "DE"}";"Kobe";"participant";"{code}"\n'
        for project in range(PROJECTS)
        for code in range(PARTNERS)
    )


def files(folder: Any, place: str, state: str) -> Path:
    made: Path = folder(
        place,
        project='"id";"rcn";"acronym";"title";"startDate";"endDate";"ecMaxContribution";"legalBasis"\n'
        + project_rows(state),
        organization='"projectID";"organisationID";"name";"country";"city";"role";"ecContribution"\n'
        + organisation_rows(state),
    )
    return made


def held(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """What the record says, without the numbers that an import gives."""
    with engine.reading(url) as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(
                    sa.select(*(column for column in table.c if column.name not in NO_NUMBERS)))),
                key=repr,
            )
            for table in TABLES
            if table.name.startswith("eu_")
        }  # fmt: skip


def run(url: str, source: Path) -> None:
    record = engine.writing_engine(url)
    import_cordis(record, source)
    record.dispose()


def test_killed_at_random_moments(record_url: str, sqlite_url: str, folder: Any) -> None:
    first, second = files(folder, "h2020-first", "old"), files(folder, "h2020-second", "new")
    run(sqlite_url, second)
    new = held(sqlite_url)
    run(record_url, first)
    old = held(record_url)
    started = time.monotonic()
    run(record_url, second)
    seconds = time.monotonic() - started
    assert held(record_url) == new
    run(record_url, first)
    assert held(record_url) == old
    chance, states = random.Random(609585), []
    for moment in range(KILLS):  # one in each part of its whole duration, and the last ones when it should be over
        process = forked.Process(target=run, args=(record_url, second))
        process.start()
        process.join((moment + chance.random()) / KILLS * 1.1 * seconds)
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
        process.join(30)
        assert process.exitcode in (0, -signal.SIGKILL)
        found = held(record_url)
        assert found in (old, new)
        states.append(found == old)
        if found == new:
            run(record_url, first)
            assert held(record_url) == old
    assert states.count(True) >= KILLS // 2
