"""What goes out comes in the same: any valid rows, the demonstration, and the form itself."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from dashboard.database import engine
from dashboard.database.schema import eu_participation, eu_project, eu_project_field, metadata, theme
from dashboard.imports.delimited import SEPARATORS
from dashboard.imports.form import EXAMPLE, Kind, headings, sheets
from dashboard.imports.load import import_records
from dashboard.imports.template import portable, write_record, write_template
from dashboard.imports.undo import undo
from dashboard.text import LANGUAGES
from tests.imports.records.conftest import by_office
from tests.imports.records.valid_rows import (
    JAPANESE,
    TEXT,
    WESTERN,
    Record,
    empty,
    few,
    fill,
    lines,
    read,
    tables,
    written,
)


@few
@given(made=tables(TEXT))
def test_any_record_goes_out_and_comes_in_the_same(sqlite_url: str, tmp_path: Path, made: dict[str, Any]) -> None:
    fill(sqlite_url, made)
    before = read(sqlite_url)
    assert before == made
    write_record(sqlite_url, tmp_path / "out.xlsx")
    again = import_records(sqlite_url, tmp_path / "out.xlsx")
    assert [problem.line() for problem in again.problems] == []
    assert (again.total("added"), again.total("changed")) == (0, 0)
    empty(sqlite_url)
    report = import_records(sqlite_url, tmp_path / "out.xlsx")
    assert [problem.line() for problem in report.problems] == []
    assert read(sqlite_url) == before


FORMS = ("ods", "xlsx")


@by_office
@pytest.mark.parametrize("form", FORMS)
def test_any_record_comes_in_the_same_from_libreoffice(
    sqlite_url: str, tmp_path: Path, saved_anew: Callable[[Path, str], Path], form: str
) -> None:
    @settings(few, max_examples=2, phases=[Phase.generate])  # to shrink what fails would take LibreOffice for minutes
    @given(made=tables(TEXT))
    def check(made: Record) -> None:
        fill(sqlite_url, made)
        write_record(sqlite_url, tmp_path / "out.xlsx")
        saved = saved_anew(tmp_path / "out.xlsx", form)
        empty(sqlite_url)
        report = import_records(sqlite_url, saved)
        assert [problem.line() for problem in report.problems] == []
        assert read(sqlite_url) == made

    check()


@by_office
@pytest.mark.parametrize("form", FORMS)
def test_the_demonstration_comes_in_the_same_from_libreoffice(
    demo_url: str, sqlite_url: str, tmp_path: Path, saved_anew: Callable[[Path, str], Path], form: str
) -> None:
    counts = write_record(demo_url, tmp_path / "out.xlsx")
    report = import_records(sqlite_url, saved_anew(tmp_path / "out.xlsx", form))
    assert [problem.line() for problem in (*report.problems, *report.notes)] == []
    assert report.total("added") == sum(counts.values())
    assert read(sqlite_url) == read(demo_url)


@by_office
@pytest.mark.parametrize("form", FORMS)
def test_the_template_saved_by_libreoffice_brings_nothing_in(
    sqlite_url: str, tmp_path: Path, saved_anew: Callable[[Path, str], Path], form: str
) -> None:
    write_template(tmp_path / "template.xlsx")
    report = import_records(sqlite_url, saved_anew(tmp_path / "template.xlsx", form))
    assert [problem.line() for problem in report.problems] == []
    assert (report.total("examples"), report.total("added")) == (len(sheets()), 0)


@pytest.mark.parametrize(
    ("encoding", "text", "language"),
    [
        ("utf-8", TEXT, "en"), ("utf-8-sig", TEXT, "ja"), ("utf-16", TEXT, "ja"), ("utf-16-le", TEXT, "en"),
        ("cp1252", WESTERN, "en"), ("cp932", JAPANESE, "ja"),
    ],
)  # fmt: skip
def test_any_rows_come_in_as_csv(sqlite_url: str, tmp_path: Path, encoding: str, text: Any, language: str) -> None:
    """A folder of every table: its columns in any order, a third of its files each with comma, semicolon and tab."""

    @settings(few, max_examples=3)
    @given(made=tables(text), chance=st.randoms(use_true_random=False), turn=st.integers(0, 2))
    def check(made: Record, chance: Random, turn: int) -> None:
        empty(sqlite_url)
        folder = tmp_path / encoding
        folder.mkdir(exist_ok=True)
        for number, sheet in enumerate(sheets().values()):
            fields = chance.sample(sheet.fields, len(sheet.fields))
            rows = [[written(value) for value in row] for row in lines(sheet, fields, made[sheet.name], language)]
            with (folder / f"{sheet.name}.csv").open("w", encoding=encoding, newline="") as out:
                csv.writer(out, delimiter=SEPARATORS[(number + turn) % len(SEPARATORS)]).writerows(rows)
        report = import_records(sqlite_url, folder)
        assert [problem.line() for problem in report.problems] == []
        assert read(sqlite_url) == made

    check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_rows_come_in_from_openpyxl(sqlite_url: str, tmp_path: Path, language: str) -> None:
    """A workbook that is not our export: plain cells, columns and sheets in any order, the headings alone."""

    @settings(few, max_examples=3)
    @given(made=tables(TEXT), chance=st.randoms(use_true_random=False))
    def check(made: Record, chance: Random) -> None:
        empty(sqlite_url)
        book = Workbook(write_only=True)
        for sheet in chance.sample([*sheets().values()], len(sheets())):
            page = book.create_sheet(sheet.title(language))
            for row in lines(sheet, chance.sample(sheet.fields, len(sheet.fields)), made[sheet.name], language):
                page.append([as_text(page, portable(value)) for value in row])
        book.save(tmp_path / "rows.xlsx")
        report = import_records(sqlite_url, tmp_path / "rows.xlsx")
        assert [problem.line() for problem in report.problems] == []
        assert read(sqlite_url) == made

    check()


def as_text(page: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value.replace("_x", "_x005F_x"))
    cell.data_type = "s"  # text that begins with = is no formula
    return cell


def test_the_demonstration_goes_out_and_comes_in_the_same(
    own_demo_url: str, record_url: str, tmp_path: Path, insert
) -> None:
    (project,) = insert(own_demo_url, eu_project, {"framework": "H2020", "code": "641185", "cost": Decimal("12.50")})
    insert(
        own_demo_url,
        eu_participation,
        {"eu_project_id": project, "organisation_code": "9", "city": "Rome", "latitude": 41.9, "longitude": 12.5},
    )
    insert(own_demo_url, eu_project_field, {"eu_project_id": project, "path": "/a/b"})  # fmt: skip
    counts = write_record(own_demo_url, tmp_path / "out.xlsx")
    assert (counts["help_desk_case"], counts["attendance"], counts["eu_project"]) == (987, 1252, 1)
    report = import_records(record_url, tmp_path / "out.xlsx")
    assert [problem.line() for problem in (*report.problems, *report.notes)] == []
    assert report.total("added") == sum(counts.values())
    ours, theirs = engine.writing_engine(own_demo_url), engine.writing_engine(record_url)
    with ours.connect() as one, theirs.connect() as other:
        for table in metadata.sorted_tables:
            if table.name in sheets():  # the same rows under the same numbers, but for the batch
                columns = [column for column in table.columns if column.name != "import_batch_id"]
                query = sa.select(*columns).order_by(table.c.id)
                assert one.execute(query).all() == other.execute(query).all(), table.name
    undo(record_url, report.batch or 0)
    assert not any(read(record_url).values())


def test_the_template_is_a_sheet_a_table(tmp_path: Path, sqlite_url: str, accepted, whole) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    assert book.sheetnames == ["Read me", *(sheet.title("en") for sheet in sheets().values()), "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    for sheet in sheets().values():
        page = book[sheet.title("en")]
        lists = {str(range_): check.formula1 for check in page.data_validations.dataValidation
                 for range_ in check.sqref.ranges}  # fmt: skip
        assert page.max_row == 3
        for place, one in enumerate(sheet.fields, start=1):
            first, second, shown = (page.cell(row, place) for row in (1, 2, 3))
            assert (first.value, second.value) == tuple(sheet.heading(one, language) for language in LANGUAGES)
            assert first.comment.text.startswith(sheet.about(one, "en"))
            assert second.comment.text.startswith(sheet.about(one, "ja"))
            assert ("Required." in first.comment.text) == one.required
            assert shown.font.italic or shown.value is None
            coded = one.kind in (Kind.CHOICE, Kind.COUNTRY, Kind.YES_NO)
            letter = first.column_letter
            if coded:
                area = book["Lists"][lists[f"{letter}3:{letter}20000"].split("!")[1].replace("$", "")]
                listed = [cells[0].value for cells in area]
                assert listed == list(one.choices) or one.kind is not Kind.CHOICE
                assert None not in listed
        assert str(page.cell(3, 1 + [one.name for one in sheet.fields].index(sheet.marker)).value).startswith(EXAMPLE)
    before = whole(sqlite_url)
    report = accepted(sqlite_url, path)
    assert (report.total("examples"), report.total("added")) == (len(sheets()), 0)
    after = whole(sqlite_url)
    assert {name: rows for name, rows in after.items() if name != "import_batch"} == {
        name: rows for name, rows in before.items() if name != "import_batch"
    }


def test_a_filled_template_comes_in(tmp_path: Path, sqlite_url: str, accepted, held) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["Themes"].append(["energy", "Energy", "エネルギー"])  # below the example
    book["Organisations"]["A3"] = "kobe"  # in the example's place: its other cells are what the row says
    book.save(path)
    accepted(sqlite_url, path)
    found = held(sqlite_url)
    assert found["theme"] == [("energy", "Energy", "エネルギー")]
    assert found["organisation"][0][:2] == ("kobe", "An example of a university")


def test_a_long_table_goes_on_on_another_sheet(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, insert
) -> None:
    monkeypatch.setattr("dashboard.imports.template.ROWS_A_SHEET", 3)
    insert(sqlite_url, theme, *({"code": f"t{number}", "name": "x"} for number in range(7)))
    write_record(sqlite_url, tmp_path / "out.xlsx")
    before = read(sqlite_url)
    assert [name for name in load_workbook(tmp_path / "out.xlsx").sheetnames if name.startswith("Themes")] == [
        "Themes", "Themes (2)", "Themes (3)",
    ]  # fmt: skip
    empty(sqlite_url)
    import_records(sqlite_url, tmp_path / "out.xlsx")
    assert read(sqlite_url) == before


def test_an_ods(sqlite_url: str, ods, small, accepted, held) -> None:
    small["Activities"][1][4] = date(2014, 5, 29)
    accepted(sqlite_url, ods(small))
    found = held(sqlite_url)
    assert found["activity"][0][5] == date(2014, 5, 29)
    assert found["attendance"][0] == ("E1", "JP", "university", 40)
    assert len(found) == 7


def test_a_tab_in_an_ods_stays_one(sqlite_url: str, ods, small, held, accepted) -> None:
    """As OpenDocument writes it, an element; there are none in files that spreadsheets do not write."""
    small["Themes"][1][1] = "TAB"
    path = ods(small)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as out:
        for name, content in members.items():
            out.writestr(name, content.replace(b">TAB<", b">Wind<text:tab/>and <text:tab text:tab-ref='1'/>sun<"))
    accepted(sqlite_url, path)
    assert held(sqlite_url)["theme"][0][1] == "Wind\tand \tsun"


def test_what_a_cell_would_round_goes_as_text() -> None:
    assert portable(0.1 + 0.2) == "0.30000000000000004"
    assert portable(35.6895) == 35.6895
    assert portable(Decimal("99999999999999.99")) == "99999999999999.99"
    moment = datetime(2014, 5, 29, 8, 30, tzinfo=UTC).replace(tzinfo=None)
    assert portable(moment) == moment
    assert portable(moment + timedelta(microseconds=1)) == "2014-05-29 08:30:00.000001"
    assert portable(date(1900, 2, 28)) == "1900-02-28"


def test_every_heading_is_one_columns() -> None:
    for name, sheet in sheets().items():
        for language in LANGUAGES:
            assert len({sheet.heading(one, language) for one in sheet.fields}) == len(sheet.fields)
        assert {one.name for one in headings(name).values()} == {one.name for one in sheet.fields}
