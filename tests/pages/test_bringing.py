"""Records come in by the Data page: checked first, imported when told so, taken back; and only for those who may."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboard.imports import batch as batches
from dashboard.imports.template import write_record, write_template
from dashboard.settings import ROOT
from dashboard.sitemap import PAGES
from dashboard.ui import access
from dashboard.ui.upload import file_name
from tests.pages.conftest import Visit, markup, said

DATA = next(page for page in PAGES if page.key == "data")
GOOD = b"Code,Name,Name in Japanese\nenergy,Energy,\xe3\x82\xa8\xe3\x83\x8d\xe3\x83\xab\xe3\x82\xae\xe3\x83\xbc\n"
BAD = b"Code,Name\nenergy,Energy\n,Nameless\n"
SECONDS = 60


@pytest.fixture
def record(sqlite, demo_url: str) -> str:
    return sqlite.copy(Path(demo_url).stem)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server listens on this machine only, whatever the machine's own settings are."""
    monkeypatch.setattr(access, "kept_out", lambda: "")
    for module in ("upload", "take_back"):
        monkeypatch.setattr(f"dashboard.ui.{module}.kept_out", lambda: "")


may = pytest.mark.usefixtures("here")


def press(visitor: AppTest, key: str) -> AppTest:
    visitor.button(key=key).click()
    visitor.run()
    assert not visitor.exception
    return visitor


def until(visitor: AppTest, ready: Callable[[], bool]) -> AppTest:
    """Run again and again, as the page does by itself, until it has come so far."""
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < SECONDS, markup(visitor)
        time.sleep(0.2)
        visitor.run()
        assert not visitor.exception
    return visitor


def keys(visitor: AppTest) -> set[str]:
    return {one.key for one in (*visitor.button, *visitor.get("download_button")) if one.key}


def themes(url: str) -> list[str]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as plain:
        return [code for (code,) in plain.execute("SELECT code FROM theme ORDER BY id")]


def checked(visit: Visit, url: str, *files: tuple[str, bytes], lang: str = "en") -> AppTest:
    """A visitor who has put files there and had them checked."""
    return bring(visit(url, DATA, lang=lang), *files)


def bring(visitor: AppTest, *files: tuple[str, bytes]) -> AppTest:
    visitor.file_uploader(key="bring-files").set_value([(*one, "text/csv") for one in files])
    visitor.run()
    press(visitor, "bring-check")
    return until(visitor, lambda: not visitor.button(key="bring-check").disabled)


def told(visitor: AppTest) -> list[tuple[str, ...]]:
    """The headings and rows of the problems."""
    (found,) = re.findall(r'<table class="problems">.*?</table>', markup(visitor))
    return [tuple("".join(cell.itertext()) for cell in row) for row in ElementTree.fromstring(found).iter("tr")]


def table(visitor: AppTest, heading: str) -> list[tuple[object, ...]]:
    """The rows of the one table that has a column of that heading, empty cells as None."""
    (frame,) = (one.value for one in visitor.dataframe if heading in one.value)
    plain = frame.astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


@may
def test_a_file_is_checked_then_imported_then_taken_back(visit: Visit, record: str) -> None:
    before = themes(record)
    visitor = checked(visit, record, ("theme.csv", GOOD))
    assert "Nothing is wrong" in said(visitor, "notice")
    assert table(visitor, "Added") == [("Themes", 1, 0, 0, 0, 0)]
    assert visitor.selectbox(key="bring-preview").options == ["theme.csv: read as Themes"]
    assert table(visitor, "B") == [("Code", "Name", "Name in Japanese"), ("energy", "Energy", "エネルギー")]
    (preview,) = (one.value for one in visitor.dataframe if "B" in one.value)
    assert list(preview.index) == [1, 2]
    assert themes(record) == before  # checking writes nothing
    press(visitor, "bring-import")
    assert "Import now? Added: 1, changed: 0, refused and left out: 0." in said(visitor, "notice")
    assert themes(record) == before  # nor does asking
    press(visitor, "bring-yes")
    until(visitor, lambda: "bring-again" in keys(visitor))
    assert any(one.startswith("Imported as batch 1. Added: 1, changed: 0") for one in said(visitor, "notice"))
    assert themes(record) == [*before, "energy"]
    until(visitor, lambda: any(one.key == "back-batch" for one in visitor.selectbox))
    (choice,) = visitor.selectbox(key="back-batch").options
    assert choice.startswith("1: theme.csv, ")
    assert choice.endswith(f"by {batches.user()}, added 1, changed 0")
    (listed,) = [one.value for one in visitor.dataframe if "Imported by" in one.value]
    assert listed[["Batch", "Imported by", "File", "Rows added"]].to_numpy().tolist() == [
        [1, batches.user(), "theme.csv", 1]
    ]
    press(visitor, "back-take")
    press(visitor, "back-no")
    press(visitor, "back-take")
    assert themes(record) == [*before, "energy"]
    press(visitor, "back-yes")
    until(visitor, lambda: "Taken back: Themes (1)" in said(visitor, "notice"))
    assert themes(record) == before
    press(visitor, "bring-again")
    bring(visitor, ("theme.csv", GOOD))
    press(visitor, "bring-import")
    press(visitor, "bring-yes")
    until(visitor, lambda: "bring-again" in keys(visitor))
    assert "Taken back" not in markup(visitor)


@pytest.mark.parametrize("lang", ["en", "ja"])
@may
def test_all_problems_are_told_with_their_place(visit: Visit, record: str, lang: str) -> None:
    before = themes(record)
    visitor = checked(visit, record, ("theme.csv", BAD), lang=lang)
    wrong = {"en": ("nothing stands here, but this column must not be empty", "Fill in the cell."),
             "ja": ("空欄ですが、この列は必須です", "セルに記入してください。")}[lang]  # fmt: skip
    head, *rows = told(visitor)
    assert head == {"en": ("File", "Sheet", "Row", "Column", "Value", "What is wrong", "How to mend it"),
                    "ja": ("ファイル", "シート", "行", "列", "値", "問題", "直し方")}[lang]  # fmt: skip
    assert rows == [("theme.csv", "theme", "3", "A (Code)", "–", *wrong)]
    mend = {"en": "Nothing can be imported yet: mend the file and check it again, or choose under “Options” to",
            "ja": "まだ取り込めません。ファイルを直して再度確認するか、「オプション」で正しい行だけ"}  # fmt: skip
    assert mend[lang] in markup(visitor)
    marked = load_workbook(visitor.session_state["_bringing"].marked)
    assert [cell.value for cell in marked["Problems"][2]] == ["theme.csv", "theme", 3, "A (Code)", None, *wrong]
    assert {"en": "Problems found: 1", "ja": "見つかった問題：1件"}[lang] in said(visitor, "notice")
    assert "bring-import" not in keys(visitor)
    assert "bring-marked" in keys(visitor)
    assert themes(record) == before


@may
def test_the_marked_workbook_is_the_commands(visit: Visit, record: str, tmp_path: Path) -> None:
    visitor = checked(visit, record, ("theme.csv", BAD))
    (tmp_path / "marked.xlsx").write_bytes(visitor.session_state["_bringing"].marked.read_bytes())
    book = load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Problems", "theme"]
    assert book["theme"]["A3"].fill.fgColor.rgb == "00FFC7CE"
    assert book["theme"]["B3"].value == "Nameless"


@may
def test_the_good_rows_alone(visit: Visit, record: str) -> None:
    visitor = checked(visit, record, ("theme.csv", BAD))
    visitor.checkbox(key="bring-partial").check()
    visitor.run()
    assert "Files or options have changed since they were checked: check them again." in markup(visitor)
    press(visitor, "bring-check")
    until(visitor, lambda: "bring-import" in keys(visitor))
    press(visitor, "bring-import")
    press(visitor, "bring-yes")
    until(visitor, lambda: "bring-again" in keys(visitor))
    assert themes(record)[-1] == "energy"
    assert any("Added: 1, changed: 0, refused: 1." in one for one in said(visitor, "notice"))
    press(visitor, "bring-again")
    assert not any("Added" in one.value for one in visitor.dataframe)


@may
def test_several_files_are_one_import(visit: Visit, record: str) -> None:
    joint = b"Code,Title,Theme,Opened\nJX,A call,energy,2015-01-01\n"
    visitor = checked(visit, record, ("Joint calls.csv", joint), ("theme.csv", GOOD))
    assert table(visitor, "Added") == [("Themes", 1, 0, 0, 0, 0), ("Joint calls", 1, 0, 0, 0, 0)]


@may
def test_what_the_record_holds_already_needs_no_import(visit: Visit, record: str) -> None:
    with closing(sqlite3.connect(record.removeprefix("sqlite:///"))) as plain:
        ((code, name),) = plain.execute("SELECT code, name FROM theme WHERE id = 1")
    visitor = checked(visit, record, ("theme.csv", f"Code,Name\n{code},{name}\n".encode()))
    assert "The record holds all of it already; there is nothing to import." in markup(visitor)
    assert "bring-import" not in keys(visitor)


@may
def test_what_a_strangers_file_may_be(visit: Visit, record: str) -> None:
    visitor = checked(visit, record, ("macros.xlsm", b"PK"), ("<b>x.xlsx", b"no workbook"))
    assert {row[0] for row in told(visitor)[1:]} == {"macros.xlsm", "<b>x.xlsx"}
    assert "<b>" not in markup(visitor)
    assert not {"bring-import", "bring-marked"} & keys(visitor)  # no cell is marked in a file that cannot be read
    assert "Nothing can be imported yet: mend the file and check it again.<" in markup(visitor)


@may
def test_many_problems_are_counted_and_the_first_told(visit: Visit, record: str, monkeypatch) -> None:
    monkeypatch.setattr("dashboard.ui.upload.MOST_TOLD", 2)
    visitor = checked(visit, record, ("theme.csv", b"Code,Name\n" + b",Nameless\n" * 5))
    assert [row[2] for row in told(visitor)[1:]] == ["2", "3"]
    assert "The first 2 of 5; the file below lists more." in markup(visitor)


@may
def test_what_would_be_written_stands_first(visit: Visit, record: str, tmp_path: Path) -> None:
    """The programme's own workbook with one row changed and one added; the sheets that only help are not shown."""
    write_record(record, tmp_path / "record.xlsx")
    book = load_workbook(tmp_path / "record.xlsx")
    page = book["Joint calls"]
    assert page["B3"].value == "Joint call on urban energy"
    page["B3"] = "Joint call on rural energy"
    page.append(["J9", "Another", None, "biotechnology", "2015-05-11"])
    book.save(tmp_path / "record.xlsx")
    visitor = checked(visit, record, ("record.xlsx", (tmp_path / "record.xlsx").read_bytes()))
    assert "Nothing is wrong" in said(visitor, "notice")
    counts = table(visitor, "Added")
    assert counts[0] == ("Joint calls", 1, 1, 0, 3, 0)
    assert all(row[1:4] == (0, 0, 0) for row in counts[1:])
    previews = visitor.selectbox(key="bring-preview")
    assert previews.options[1] == "record.xlsx · Themes: read as Themes"
    assert not any("Read me" in one or "Lists" in one for one in previews.options)
    assert previews.options[previews.value] == "record.xlsx · Joint calls: read as Joint calls"
    assert table(visitor, "B")[2][:2] == ("J1", "Joint call on rural energy")
    assert "bring-marked" not in keys(visitor)
    previews.set_value(1)
    visitor.run()
    assert table(visitor, "B")[2] == ("smart-communities", "Smart communities", "スマートコミュニティ")


@may
def test_sheets_of_a_filled_template_that_hold_its_example_alone_are_not_listed(
    visit: Visit, record: str, tmp_path: Path
) -> None:
    write_template(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    book["Themes"].append(["energy", "Energy"])
    book.save(tmp_path / "template.xlsx")
    visitor = checked(visit, record, ("template.xlsx", (tmp_path / "template.xlsx").read_bytes()))
    assert table(visitor, "Added") == [("Themes", 1, 0, 0, 0, 0)]
    assert "Example rows of the template that are skipped: 24" in markup(visitor)
    assert "What an import would do: rows of each table" in markup(visitor)


@may
def test_the_first_records_come_in_by_the_page(visit: Visit, sqlite, demo_url: str, tmp_path: Path) -> None:
    """A record without a programme has no page Data yet, and who keeps it may know no command line."""
    assert demo_url
    url = sqlite.copy("empty")
    visitor = visit(url, DATA, lang="ja")
    assert "表示できるデータがありません" in markup(visitor)
    assert {"template", "bring-check"} <= keys(visitor)
    write_template(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    row = ["MINE", "Mine", "My programme", None, None, "2022-01-01", "2024-12-31", None, 3, "Asia/Tokyo", *[None] * 4]
    book["Programme"].append([*row, "recorded"])
    book.save(tmp_path / "mine.xlsx")
    visitor.file_uploader(key="bring-files").set_value([("mine.xlsx", (tmp_path / "mine.xlsx").read_bytes(), "")])
    visitor.run()
    press(visitor, "bring-check")
    until(visitor, lambda: not visitor.button(key="bring-check").disabled)
    assert table(visitor, "追加") == [("プログラム", 1, 0, 0, 0, 0)]
    press(visitor, "bring-import")
    press(visitor, "bring-yes")
    until(visitor, lambda: "記録は1表・1行" in markup(visitor))
    assert "bring-again" in keys(visitor)
    press(visitor, "back-take")
    press(visitor, "back-yes")
    until(visitor, lambda: "表示できるデータがありません" in markup(visitor))
    assert "取り消しました：プログラム（1行）" in said(visitor, "notice")
    visitor.run()
    assert "取り消しました：プログラム（1行）" in said(visitor, "notice")


@may
def test_the_preview_opens_where_the_problems_are(visit: Visit, record: str) -> None:
    visitor = checked(visit, record, ("organisation.csv", b"Code,Name,Kind,Country\nnew,New,university,NL\n"),
                      ("theme.csv", BAD))  # fmt: skip
    previews = visitor.selectbox(key="bring-preview")
    assert previews.options[previews.value] == "theme.csv: read as Themes"


@may
def test_headings_alone_are_no_records(visit: Visit, record: str) -> None:
    visitor = checked(visit, record, ("theme.csv", b"Code,Name\n"))
    assert "There are no records in it; there is nothing to import." in markup(visitor)
    assert "bring-import" not in keys(visitor)


HOLD = """import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@may
def test_another_import_is_running(visit: Visit, record: str) -> None:
    """In a process of its own: within this one, the pages' SQLite and Python's drop each other's locks."""
    command = [sys.executable, "-I", "-c", HOLD, record.removeprefix("sqlite:///")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        visitor = checked(visit, record, ("theme.csv", GOOD))
        assert any(one.startswith("Another import is running.") for one in said(visitor, "notice"))
        other.communicate("\n")
    press(visitor, "bring-check")
    until(visitor, lambda: "bring-import" in keys(visitor))


@may
def test_the_record_is_away(visit: Visit, record: str) -> None:
    visitor = visit(record, DATA)
    visitor.file_uploader(key="bring-files").set_value([("theme.csv", GOOD, "text/csv")])
    visitor.run()
    place = Path(record.removeprefix("sqlite:///"))
    away = place.rename(place.with_suffix(".away"))
    press(visitor, "bring-check")
    until(visitor, lambda: not visitor.button(key="bring-check").disabled)
    assert "The programme database is not there. Nothing was written." in said(visitor, "notice")
    assert "Technical detail: there is no such file" in said(visitor, "foot")
    away.rename(place)


def test_who_may_not_is_told_why_and_how_else(visit: Visit, record: str, monkeypatch) -> None:
    monkeypatch.setattr("dashboard.ui.upload.kept_out", lambda: "listens")
    monkeypatch.setattr("dashboard.ui.take_back.kept_out", lambda: "listens")
    visitor = visit(record, DATA)
    (notice,) = said(visitor, "notice on-screen")
    assert notice.startswith("Records are not brought in by this page Others than this machine can reach")
    assert "python -m dashboard import FILE --dry-run" in notice
    assert len(visitor.file_uploader) == 0
    assert not {"bring-check", "back-take"} & keys(visitor)


@pytest.mark.parametrize(
    ("address", "signs_in", "headers", "reason"),
    [
        ("localhost", False, {"Host": "localhost:8501", "Origin": "http://localhost:8501"}, ""),
        ("127.0.0.1", False, {"Host": "127.0.0.1:8501"}, ""),
        ("::1", False, {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, ""),
        ("localhost", True, {"Host": "localhost"}, "signs_in"),
        (None, False, {"Host": "localhost"}, "listens"),
        ("0.0.0.0", False, {"Host": "localhost"}, "listens"),
        ("192.168.1.5", False, {"Host": "localhost"}, "listens"),
        ("localhost", False, {"Host": "dashboard.example.eu"}, "passed_on"),
        ("localhost", False, {"Host": "localhost:8501", "Origin": "https://dashboard.example.eu"}, "passed_on"),
        ("localhost", False, {"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.7"}, "passed_on"),
    ],
)
def test_who_may(monkeypatch, address, signs_in: bool, headers: dict[str, str], reason: str) -> None:
    context = SimpleNamespace(headers=SimpleNamespace(to_dict=lambda: headers))
    monkeypatch.setattr(access.config, "get_option", lambda _: address)
    monkeypatch.setattr(access, "signs_in", lambda: signs_in)
    monkeypatch.setattr(access.st, "context", context)
    assert access.kept_out() == reason


def test_as_it_comes_everyone_at_the_machine_may() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert access.is_here(settings["server"]["address"])
    assert settings["server"]["maxUploadSize"] == 50
    assert not access.signs_in()


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("theme.csv", "theme.csv"), ("../../etc/passwd", "passwd"), ("C:\\a\\b.xlsx", "b.xlsx"),
        ("活動.ods", "活動.ods"),
        (".~lock.csv", "lock.csv"), ("", "file"), ("x" * 300 + ".csv", "x" * 80 + ".csv"), ("a\0b.csv", "ab.csv"),
        ("taken.csv", "taken (2).csv"),
    ],
)  # fmt: skip
def test_names_of_files(given: str, name: str) -> None:
    assert file_name(given, {"taken.csv"}) == name
