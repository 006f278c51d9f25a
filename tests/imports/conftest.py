"""CORDIS files written by hand, and the rows that an import of them leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import sqlalchemy as sa

from dashboard.database.engine import writing_engine

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """`folder(name=text, …)`: a folder of CSV files; names with a dash are written with an underscore."""

    def write(place: str = "cordis-h2020projects-csv", **tables: str | bytes) -> Path:
        made = tmp_path / place
        made.mkdir()
        for name, text in tables.items():
            file = made / f"{name.replace('_', '-')}.csv"
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        return made

    return write


@pytest.fixture
def archive(tmp_path: Path) -> Write:
    """`archive({member: text, …}, name)`: a ZIP file."""

    def write(members: dict[str, str], name: str = "cordis-h2020projects-csv.zip") -> Path:
        with ZipFile(tmp_path / name, "w", ZIP_DEFLATED) as made:
            for member, text in members.items():
                made.writestr(member, text)
        return tmp_path / name

    return write


@pytest.fixture
def tables(sqlite_url: str) -> Iterator[sa.Engine]:
    """A writing engine on an empty SQLite record."""
    engine = writing_engine(sqlite_url)
    yield engine
    engine.dispose()


Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def rows() -> Rows:
    """`rows(engine, column, …)`: what the columns' tables hold, in the order of their keys."""

    def read(engine: sa.Engine, *columns: sa.Column[Any]) -> list[tuple[Any, ...]]:
        table = columns[0].table
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(table.c.id))]

    return read
