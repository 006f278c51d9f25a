"""The ways into the database of record, and what is said when one is closed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.engine import AlreadyThere, DatabaseProblem, Info, LastImport
from dashboard.database.schema import TABLES, import_batch, programme, theme

AWAY = "postgresql://reader:secret@127.0.0.1:1/programme"
PROGRAMME = {
    "code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1),
    "end": date(2016, 12, 31), "service_standard": 3, "time_zone": "Europe/Brussels",
    "dataset": "recorded",
}  # fmt: skip


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///data/programme.db", "sqlite:///data/programme.db"),
        ("sqlite:////srv/日本 programme.db", "sqlite:////srv/日本 programme.db"),
        ("postgresql://reader:s%40crét@db:5433/programme", "postgresql://reader@db:5433/programme"),
        (
            "postgresql+psycopg://db/programme?password=secret&sslmode=require",
            "postgresql://db/programme?sslmode=require",
        ),
        ("postgres://reader:secret@db/programme", "postgres://reader@db/programme"),
        ("secret, not an address", "DASHBOARD_DATABASE_URL"),
        ("postgresql://reader:secret@db:port/programme", "DASHBOARD_DATABASE_URL"),
    ],
)
def test_the_address_shown_holds_no_password(url: str, shown: str) -> None:
    assert engine.public_address(url) == shown


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///:memory:", "mysql://u:secret@db/x", "no address: secret"])
def test_an_address_of_no_database_we_know_is_unreachable(url: str) -> None:
    with pytest.raises(DatabaseProblem, match="not an address") as caught:
        engine.check_revision(url)
    assert caught.value.kind == "unreachable"
    assert "secret" not in str(caught.value)


def test_foreign_keys_hold(record_url: str) -> None:
    with pytest.raises(sa.exc.IntegrityError), engine.writing(record_url) as connection:
        connection.execute(theme.insert(), {"code": "a", "name": "A", "import_batch_id": 7})


def test_a_reading_engine_cannot_write(record_url: str) -> None:
    reader = engine.reading_engine(record_url)
    for attempt in (
        "INSERT INTO theme (code, name) VALUES ('a', 'A')",
        "DROP TABLE theme",
        "CREATE TABLE new (id int)",
    ):
        with pytest.raises(sa.exc.DBAPIError, match=r"read-?only"), reader.begin() as connection:
            connection.exec_driver_sql(attempt)


def test_a_writing_engine_makes_no_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'programme.db'}"
    with pytest.raises(sa.exc.OperationalError), engine.writing_engine(url).connect():
        pass
    with pytest.raises(DatabaseProblem) as caught, engine.writing(url):
        pass
    assert caught.value.kind == "missing"
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_fits_the_program_has_no_problem(record_url: str) -> None:
    engine.check_revision(record_url)


def test_info_of_an_empty_record(record_url: str) -> None:
    assert engine.info(record_url) == Info(
        address=engine.public_address(record_url),
        revision=engine.head(),
        rows={table.name: 0 for table in TABLES},
        datasets={},
        last_import=None,
    )


def test_info_tells_rows_datasets_and_the_last_import(record_url: str, insert) -> None:
    first = {
        "imported_at": datetime.fromisoformat("2016-03-01 09:30"), "imported_by": "office",
        "file": "events.xlsx", "sha256": "0", "rows_added": 1, "rows_changed": 0, "rows_refused": 0,
    }  # fmt: skip
    insert(
        record_url,
        import_batch,
        first,
        {**first, "imported_at": datetime.fromisoformat("2016-04-01 09:30"), "file": "cases.csv"},
    )
    insert(record_url, programme, PROGRAMME, {**PROGRAMME, "code": "Q", "dataset": "illustrative"})
    told = engine.info(record_url)
    assert {name: count for name, count in told.rows.items() if count} == {"import_batch": 2, "programme": 2}
    assert told.datasets == {"P": "recorded", "Q": "illustrative"}
    assert told.last_import == LastImport("cases.csv", datetime.fromisoformat("2016-04-01 09:30"))


def problem_of(url: str) -> tuple[str, str]:
    with pytest.raises(DatabaseProblem) as caught:
        engine.info(url)
    assert "\n" not in str(caught.value)
    assert str(caught.value) == f"{caught.value.address}: {caught.value.detail}"
    return caught.value.kind, caught.value.detail


def test_no_file(tmp_path: Path) -> None:
    assert problem_of(f"sqlite:///{tmp_path}/none.db") == ("missing", "there is no such file")
    assert problem_of(f"sqlite:///{tmp_path}") == ("missing", "this is not a file")
    (tmp_path / "file").write_text("")
    assert problem_of(f"sqlite:///{tmp_path}/file/none.db") == ("missing", "there is no such file")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear programme officer, " * 100)
    assert problem_of(f"sqlite:///{tmp_path}/letter.db") == ("missing", "file is not a database")


def test_a_server_that_is_away() -> None:
    kind, detail = problem_of(AWAY)
    assert kind == "unreachable"
    assert "Connection refused" in detail
    assert "secret" not in detail


def test_a_database_that_the_server_has_not(postgresql) -> None:
    kind, detail = problem_of(postgresql.url.set(database="none").render_as_string())
    assert kind == "unreachable"
    assert 'database "none" does not exist' in detail


def test_a_locked_file(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_SECONDS", 0.05)
    with engine.writing_engine(sqlite_url).connect() as other:
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        assert problem_of(sqlite_url) == ("unreachable", "database is locked")


def test_an_empty_file_has_no_schema(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert problem_of(f"sqlite:///{tmp_path}/empty.db") == ("older", "there is no schema of the programme database")


def test_a_newer_record(record_url: str, elsewhere) -> None:
    elsewhere(record_url, "UPDATE alembic_version SET version_num = '9999'")
    newer = ("newer", f"its revision 9999 is newer than this program's {engine.head()}")
    assert problem_of(record_url) == newer
    with pytest.raises(DatabaseProblem) as caught:
        engine.upgrade(record_url)
    assert (caught.value.kind, caught.value.detail) == newer


def test_an_older_record(record_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = engine.head()
    monkeypatch.setattr(engine, "head", lambda: "9999")
    assert problem_of(record_url) == ("older", f"its revision {found} is older than this program's 9999")


def test_create_makes_the_folder_and_nothing_else(tmp_path: Path) -> None:
    engine.create(f"sqlite:///{tmp_path}/new/folder/programme.db")
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["programme.db"]


def test_create_never_overwrites(bare_url: str, tmp_path: Path, insert) -> None:
    engine.create(bare_url)
    insert(bare_url, theme, {"code": "a", "name": "A"})
    (tmp_path / "theme.csv").write_text("code,name\nb,B\n")
    with pytest.raises(AlreadyThere, match=r"it holds records already \(table theme\)"):
        engine.create(bare_url, tmp_path)
    with engine.reading(bare_url) as connection:
        assert connection.scalars(sa.select(theme.c.code)).all() == ["a"]


def test_create_fills_an_empty_schema(record_url: str, tmp_path: Path) -> None:
    (tmp_path / "theme.csv").write_text("code,name\nb,B\n")
    engine.create(record_url, tmp_path)
    assert engine.info(record_url).rows["theme"] == 1


def test_create_leaves_other_peoples_tables_alone(bare_url: str, elsewhere) -> None:
    elsewhere(bare_url, "CREATE TABLE theme (note text)")
    with pytest.raises(AlreadyThere, match="it holds a table theme that is not ours"):
        engine.create(bare_url)


def test_a_creation_that_fails_leaves_nothing(bare_url: str, tmp_path: Path) -> None:
    (tmp_path / "theme.csv").write_text("code,name\na,A\n,no code\n")
    with pytest.raises(ValueError, match="line 3, column code"):
        engine.create(bare_url, tmp_path)
    if bare_url.startswith("sqlite"):
        path = Path(bare_url.removeprefix("sqlite:///"))
        assert [left for left in path.parent.iterdir() if left.name.startswith(path.name)] == []
    else:
        with psycopg.connect(bare_url) as connection:
            assert connection.execute("SELECT count(*) FROM pg_class WHERE relname LIKE '%theme%'").fetchone() == (0,)


def test_two_programs_that_create_at_once_do_not_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "programme.db"

    def slow(*_: object) -> None:
        path.write_text("the other program's")

    monkeypatch.setattr(engine.demo, "load", slow)
    with pytest.raises(AlreadyThere, match="meanwhile"):
        engine.create(f"sqlite:///{path}", tmp_path)
    assert path.read_text() == "the other program's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseProblem) as caught:
        engine.create(f"sqlite:///{tmp_path}/file/programme.db")
    assert caught.value.kind == "unreachable"
