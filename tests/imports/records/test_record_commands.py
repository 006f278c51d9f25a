"""`template`, `import` and `export workbook` as their user sees them."""

from __future__ import annotations

import getpass
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from dashboard.__main__ import main
from dashboard.commands import saying
from dashboard.database import engine
from dashboard.database.schema import import_batch, theme
from dashboard.imports import batch as batches
from dashboard.settings import ROOT

Tables = dict[str, list[list[Any]]]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", sqlite_url)

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(main, [*map(str, arguments)])

    return command


def fault(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_from_the_template_to_the_export(run, sqlite_url: str, small: Tables, xlsx, tmp_path: Path) -> None:
    assert run("template", tmp_path / "t.xlsx").stdout == f"Wrote {tmp_path / 't.xlsx'}\n"
    result = run("import", xlsx(small))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "Programme: 1 added", "Themes: 2 added", "Organisations: 2 added", "Activities: 2 added",
        "Attendance: 2 added", "Help-desk cases: 2 added", "Training results: 3 added",
        "Imported as batch 1. To take it back: python -m dashboard import --undo 1",
    ]  # fmt: skip
    with engine.reading(sqlite_url) as connection:
        assert connection.scalar(sa.select(import_batch.c.imported_by)) == getpass.getuser()
    assert run("export", "workbook", tmp_path / "out.xlsx").stdout == f"Wrote 14 rows to {tmp_path / 'out.xlsx'}\n"
    again = run("import", tmp_path / "out.xlsx").stdout
    assert "14 unchanged" not in again
    assert again.splitlines()[-1] == (
        "Nothing was changed. The import is listed as batch 2."
    )
    assert run("import", "--undo", 2).stdout == "Batch 2 is taken back\n"
    assert run("import", "--undo", 1).stdout.splitlines()[-1] == "Batch 1 is taken back"
    assert run("export", "workbook", tmp_path / "out.xlsx").stdout.startswith("Wrote 0 rows")


def test_a_wrong_file_ends_with_its_problems_and_code_1(run, small: Tables, xlsx, tmp_path: Path) -> None:
    small["Attendance"][1][3] = "many"
    result = run("import", xlsx(small), "--report", tmp_path / "report.xlsx")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "records.xlsx, Sheet Attendance, Row 2, Column D (Participants): “many”: this is not a whole number. "
        "Write a whole number, without separators of thousands."
    )
    assert result.stdout.splitlines()[-2:] == ["Nothing was written: 1 problem.", f"Wrote {tmp_path / 'report.xlsx'}"]
    assert load_workbook(tmp_path / "report.xlsx")["Attendance"]["D2"].comment is not None
    assert run("import", xlsx(small), "--dry-run").stdout.splitlines()[-1] == (
        "Dry run: nothing was written; 1 problem found."
    )
    assert "; 1 row was refused. To" in run("import", xlsx(small), "--partial").stdout


def test_what_is_said_of_a_filled_template(run, tmp_path: Path) -> None:
    """Nothing of the sheets that hold its example alone."""
    run("template", tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    book["Themes"].append(["energy", "Energy"])
    book.save(tmp_path / "t.xlsx")
    assert run("import", tmp_path / "t.xlsx").stdout.splitlines() == [
        "Themes: 1 added", "24 example rows of the template skipped",
        "Imported as batch 1. To take it back: python -m dashboard import --undo 1",
    ]  # fmt: skip
    assert run("import", "--undo", 1).stdout.splitlines() == ["Themes: 1 row as before", "Batch 1 is taken back"]


def test_a_report_on_a_file_that_cannot_be_read(run, tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"x")
    result = run("import", tmp_path / "bad.xlsx", "--report", tmp_path / "report.xlsx")
    assert result.exit_code == 1
    assert "this is not a workbook" in result.stdout
    assert load_workbook(tmp_path / "report.xlsx")["Problems"]["F2"].value.startswith("this is not a workbook")


def test_an_import_beside_another_says_so(
    run, sqlite_url: str, small: Tables, xlsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_SECONDS", 0.05)
    path = xlsx(small)
    with batches.transaction(sqlite_url):
        said = fault(run("import", path))
    assert said == "dashboard: another import is running on this database; try again when it has ended"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import",), "name the file or folder to import"),
        (("import", "x.csv", "--undo", "1"), "--undo stands alone"),
        (("import", "x.csv", "--partial", "--replace", "theme"), "do not go together"),
        (("import", "x.csv", "--replace", "Colours"), "there is no sheet 'Colours'"),
        (("import", "x.csv", "--dates", "ymd"), "'ymd' is not one of"),
        (("template", "out.ods"), "Invalid value for OUT: the name of a workbook ends in .xlsx"),
        (("import", "x.csv", "--report", "r.pdf"), "Invalid value for --report: the name of a workbook ends in .xlsx"),
    ],
)
def test_what_cannot_be_meant(run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_but_refused_rows_is_no_success(run, xlsx) -> None:
    result = run("import", xlsx({"Themes": [["Code", "Name"], ["energy", None]]}), "--partial")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == (
        "Nothing was changed; 1 row was refused. The import is listed as batch 1."
    )


def test_a_terminal_gets_whole_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything else, which may be searched, gets a line a problem."""
    line = "records.csv, Row 2: " + "a word " * 20
    saying.say([line, "short"])
    assert capsys.readouterr().out == f"{line}\nshort\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    saying.say([line, "short"])
    shown = capsys.readouterr().out.splitlines()
    assert " ".join(part.strip() for part in shown) == f"{line.strip()} short"
    assert max(map(len, shown)) <= 60
    assert [part.startswith("    ") for part in shown] == [False, True, True, False]


def test_usage_names_what_is_typed() -> None:
    done = subprocess.run([sys.executable, "-m", "dashboard", "import"], capture_output=True, text=True, cwd=ROOT,
                          check=False)  # fmt: skip
    assert "Try 'python -m dashboard import --help'" in done.stderr


def test_what_cannot_be_done_is_one_line(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(run("import", "--undo", 3)) == "dashboard: there is no batch 3"
    assert fault(run("template", tmp_path / "none" / "t.xlsx")).endswith("No such file or directory")
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert fault(run("import", tmp_path / "x.csv")).endswith("there is no such file")
    assert fault(run("export", "workbook", tmp_path / "out.xlsx")).endswith("there is no such file")
    assert not (tmp_path / "none.db").exists()


def test_a_sheet_is_named_in_any_way(run, small: Tables, xlsx) -> None:
    run("import", xlsx(small))
    path = xlsx({"Themes": small["Themes"]})
    for name in ("theme", "Themes", "テーマ"):
        assert run("import", path, "--replace", name).exit_code == 0


def test_a_long_file_shows_its_progress(run, text_file, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    load = __import__("dashboard.imports.load", fromlist=["import_records"]).import_records

    def watched(url: str, source: Path, options: Any, progress: Any) -> Any:
        def both(done: int, total: int) -> None:
            seen.append((done, total))
            progress(done, total)

        return load(url, source, options, both)

    monkeypatch.setattr("dashboard.imports.load.import_records", watched)
    run("import", text_file([["Code", "Name"], *([f"t{n}", "x"] for n in range(3000))], "Themes.csv"))
    done = [one for one, _ in seen]
    assert done == sorted(done)
    assert seen[-1][0] == seen[-1][1] > 0
    assert len(set(done)) > 3


def test_a_text_that_no_workbook_holds_is_named(run, sqlite_url: str, tmp_path: Path, insert) -> None:
    insert(sqlite_url, theme, {"code": "a", "name": "A\x07"})
    said = fault(run("export", "workbook", tmp_path / "out.xlsx"))
    assert said.startswith("dashboard: theme.name: 'A\\x07'")
    assert list(tmp_path.iterdir()) == []
