"""What the tests of figures look through: views of the demonstration's record, and of records of nothing and of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard.database import engine
from dashboard.database.schema import TABLES, programme
from dashboard.database.snapshot import Snapshot, take
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import LANGUAGES
from tests.pages.conftest import ROW, TERM, P

WHOLE = Period(Month(2013, 9), Month(2017, 2))
"""The demonstration's term."""
ENDED = date(2018, 1, 1)
Look = Callable[..., View]
Rows = Callable[[str], list[tuple[Any, ...]]]
languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def look(demo_snapshot: Snapshot) -> Look:
    """`look(filters, language, today, dark)`: a view of the demonstration record."""

    def make(
        filters: Filters = Filters(),  # noqa: B008 - frozen
        language: str = "en",
        today: date = ENDED,
        dark: bool = False,
    ) -> View:
        return View(filters, language, dark, Programme(WHOLE, today), demo_snapshot.version, Store(demo_snapshot))

    return make


@pytest.fixture
def plain(demo_url: str) -> Iterator[Rows]:
    """`plain(sql)`: rows of the demonstration record; `brussels(moment)` is known to it."""
    record = sqlite3.connect(demo_url.removeprefix("sqlite:///"))
    record.create_function("brussels", 1, brussels)
    yield lambda sql: record.execute(sql).fetchall()
    record.close()


def brussels(moment: str) -> str:
    """The day in Brussels of a moment in UTC."""
    return str(datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Brussels")).date())


def view_on(snapshot: Snapshot, language: str = "en", today: date = ENDED, dark: bool = False) -> View:
    """A view of a record whose programme runs from January 2014 to December 2016."""
    term = Period(Month.of(TERM["start"]), Month.of(TERM["end"]))
    return View(Filters(), language, dark, Programme(term, today), snapshot.version, Store(snapshot))


@pytest.fixture(scope="session")
def nothing(sqlite) -> Snapshot:
    """A programme, and nothing else."""
    url = sqlite.copy("empty")
    with engine.writing(url) as connection:
        connection.execute(programme.insert(), P)
    return take(url)


@pytest.fixture(scope="session")
def one_row(sqlite) -> Snapshot:
    """One row in every table, with what it must hold and no more."""
    url = sqlite.copy("empty")
    with engine.writing(url) as connection:
        for table in (table for table in TABLES if table.name in ROW):
            needed = {column.name: 1 for column in table.columns if column.foreign_keys and not column.nullable}
            connection.execute(table.insert(), needed | ROW[table.name])
    return take(url)
