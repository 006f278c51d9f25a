"""The command line's import of CORDIS files, as its user sees it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.database import engine
from dashboard.database.engine import create
from dashboard.database.schema import eu_participation, eu_project, import_batch
from dashboard.settings import settings

PROJECT = """\
"id";"rcn";"acronym";"title";"startDate";"endDate";"ecMaxContribution";"legalBasis"
"1";"11";"SAKURA";"Blossom";"2015-01-01";"2017-12-31";"1000,50";"H2020-EU.1.3."
"2";"12";"EDELWEISS";"Alps only";"2016-01-01";"2018-12-31";"2000";"H2020-EU.1.1."
"""
ORGANISATION = """\
"projectID";"organisationID";"name";"country";"city";"role";"ecContribution"
"1";"901";"University of Tokyo";"JP";"MINATO KU TOKYO";"participant";""
"1";"902";"Athens Institute";"EL";"Athina";"coordinator";"1000,50"
"2";"903";"Wien Uni";"AT";"Wien";"coordinator";"2000"
"""


@pytest.fixture
def record(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, which the command is told of by the environment."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.fixture
def source(folder: Any) -> Path:
    made: Path = folder(project=PROJECT, organization=ORGANISATION)
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import-cordis", *map(str, arguments)])


def count(url: str, table: sa.Table) -> int:
    with sa.create_engine(url).connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_it_keeps_japans_projects_and_prints_the_report(record: str, source: Path) -> None:
    result = run(source)
    assert result.exit_code == 0, result.output
    said = result.stdout.splitlines()
    assert said[:4] == [
        f"{source.name}: 1 project of H2020",
        "2 participations (1 of JP)",
        "2 organisations, EUR 1,000.50 of known contribution",
        "4 rows added, 0 changed",
    ]
    assert "EU country codes made ISO's: 1 (EL is GR)" in said
    assert said[-1] == "Imported as batch 1. To take it back: python -m dashboard import --undo 1"
    assert result.stderr == ""  # no bar where nobody watches
    assert (count(record, eu_project), count(record, eu_participation)) == (1, 2)
    with engine.reading(record) as connection:
        assert connection.scalar(sa.select(import_batch.c.imported_by)) == getpass.getuser()


def test_the_same_again_changes_nothing(record: str, source: Path) -> None:
    run(source)
    assert "0 rows added, 0 changed" in (again := run(source).stdout.splitlines())
    assert again[-1] == "Nothing was changed. The import is listed as batch 2."
    assert count(record, eu_participation) == 2


def test_another_countrys_projects(record: str, source: Path) -> None:
    assert run(source, "--country", "AT").stdout.splitlines()[1] == "1 participation (1 of AT)"
    assert count(record, eu_project) == 1


def test_files_without_the_countrys_projects_say_so(record: str, source: Path) -> None:
    said = run(source, "--country", "KR").stdout.splitlines()
    assert said[:2] == [f"{source.name}: no project has a participant of KR", "0 rows added, 0 changed"]
    assert len(said) == 3
    assert count(record, eu_project) == 0


def test_no_known_amount_is_not_said_to_be_nothing(record: str, folder: Any) -> None:
    bare = "\n".join(line.rpartition(";")[0] + ';""' if ";" in line else line for line in ORGANISATION.splitlines()[1:])
    source = folder(project=PROJECT, organization=ORGANISATION.splitlines()[0] + "\n" + bare + "\n")
    assert run(source).stdout.splitlines()[2] == "2 organisations, no EU contribution told"
    assert count(record, eu_participation) == 2


@pytest.mark.parametrize("arguments", [("nowhere.zip",), (".", "--country", "Japan")])
def test_what_cannot_be_used_ends_with_one_line(record: str, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("dashboard: ")
    assert count(record, import_batch) == 0


def test_a_missing_database_is_not_made(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "none.db"
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{path}")
    result = run(source)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"dashboard: sqlite:///{path}: there is no such file"]
    assert not path.exists()


def test_a_locked_database_is_a_line_too(record: str, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.database.engine.LOCK_SECONDS", 0.05)
    holder = sa.create_engine(record)
    with holder.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        result = run(source)
    holder.dispose()
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert count(record, eu_project) == 0


def test_the_default_database_is_built_first(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    default = f"sqlite:///{tmp_path / 'programme.db'}"
    monkeypatch.setattr(type(settings()).model_fields["database_url"], "default", default)
    monkeypatch.setattr("dashboard.__main__.settings", lambda: type(settings())(database_url=default))
    monkeypatch.setattr("dashboard.__main__.DEMO", None)
    assert run(source).exit_code == 0
    assert count(default, eu_project) == 1
    with pytest.raises(Exception, match="records already"):
        create(default)
