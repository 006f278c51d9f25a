"""One thing made wrong is refused with its sheet, row, column and value, and nothing is written."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.imports.marked import write_marked
from dashboard.text import LANGUAGES

Tables = dict[str, list[list[Any]]]

# Sheet, row, column, what is put there, fault; the rows count the headings as row 1.
WRONG = [
    ("Programme", 2, "C", None, "missing"),
    ("Programme", 2, "G", "Brussels", "no_time_zone"),
    ("Programme", 2, "H", "invented", "no_choice"),
    ("Programme", 2, "E", "2013-08-31", "not_in_order"),
    ("Themes", 2, "B", "bell\x07"[:4] + "￾", "control"),
    ("Organisations", 2, "D", "Nippon", "no_country"),
    ("Organisations", 3, "F", "ninety", "no_number"),
    ("Organisations", 3, "F", None, "half_place"),
    ("Organisations", 3, "G", 181, "too_high"),
    ("Activities", 2, "A", "Q", "no_reference"),
    ("Activities", 3, "C", "party", "no_choice"),
    ("Activities", 2, "E", "2014-02-30", "no_date"),
    ("Activities", 3, "F", "2015-05-31", "not_in_order"),
    ("Activities", 2, "E", "2013-08-31", "outside_term"),
    ("Activities", 3, "F", "2017-03-01", "outside_term"),
    ("Activities", 2, "M", "nobody", "no_reference"),
    ("Attendance", 2, "D", -1, "too_low"),
    ("Attendance", 2, "D", 1.5, "no_whole_number"),
    ("Attendance", 3, "A", "E9", "no_reference"),
    ("Help-desk cases", 2, "C", "yesterday", "no_moment"),
    ("Help-desk cases", 2, "D", "2014-06-01 08:29:59", "not_in_order"),
    ("Help-desk cases", 3, "C", "2013-08-31 21:59:59", "outside_term"),
    ("Help-desk cases", 3, "C", "2017-02-28 23:00", "outside_term"),  # the first of March in Brussels
    ("Help-desk cases", 2, "L", 6, "too_high"),
    ("Help-desk cases", 3, "B", "H1", "duplicate"),
    ("Help-desk cases", 3, "N", "a note", "beyond_headings"),
    ("Training results", 4, "E", 101, "too_high"),
    ("Training results", 2, "G", "maybe", "no_choice"),
]


@pytest.mark.parametrize(("sheet", "row", "letter", "value", "fault"), WRONG)
def test_a_wrong_cell(
    sqlite_url: str, small: Tables, xlsx, bring, sheet: str, row: int, letter: str, value: Any, fault: str
) -> None:
    place = ord(letter) - ord("A")
    cells = small[sheet][row - 1]
    cells.extend([None] * (place + 1 - len(cells)))
    cells[place] = value
    report = bring(sqlite_url, xlsx(small))
    (problem,) = report.problems
    assert (problem.fault, problem.sheet, problem.row, problem.letter) == (fault, sheet, row, letter)
    assert problem.file == "records.xlsx"
    assert (problem.value or "") == ("" if value is None else str(value))
    if fault != "beyond_headings":
        assert problem.column == small[sheet][0][place]
    assert report.batch is None
    for language in LANGUAGES:
        assert "{" not in problem.wrong(language) + problem.mend(language)
        assert problem.line(language).count(problem.mend(language)) == 1


def test_boundaries_that_are_right(sqlite_url: str, small: Tables, xlsx, accepted) -> None:
    small["Help-desk cases"][2][2] = "2017-02-28 22:59:59"  # the last second of the term in Brussels
    small["Help-desk cases"][1][2:5] = ["2013-08-31 22:00"] * 3  # its first, answered and closed at once
    small["Activities"][1][4:6] = ["2013-09-01", "2017-02-28"]
    small["Organisations"][1][5:7] = [-90, 180]
    accepted(sqlite_url, xlsx(small))


def test_every_problem_is_told_at_once(sqlite_url: str, small: Tables, xlsx, bring) -> None:
    small["Activities"][1][2] = "party"
    small["Activities"][1][4] = "someday"
    small["Attendance"][2][3] = "many"
    small["Help-desk cases"][2][9] = None
    report = bring(sqlite_url, xlsx(small))
    assert [(one.sheet, one.row, one.letter) for one in report.problems] == [
        ("Activities", 2, "C"), ("Activities", 2, "E"), ("Attendance", 3, "D"), ("Help-desk cases", 3, "J"),
    ]  # fmt: skip
    assert report.problem_count == 4
    lines = list(report.lines())
    assert lines[0] == (
        "records.xlsx, Sheet Activities, Row 2, Column C (Kind): “party”: this is not a known code. Write one of: "
        "event, presentation, partnership_building, training, dialogue, interest_group_meeting."
    )
    assert lines[-1] == "Nothing was written: 4 problems."


def test_an_ambiguous_column_is_one_problem(sqlite_url: str, small: Tables, xlsx, bring, accepted, held) -> None:
    small["Activities"][1][4:6] = ["04/05/2014", "05/05/2014"]
    small["Activities"][2][4:6] = ["06/05/2014", "30/05/2014"]
    report = bring(sqlite_url, xlsx(small))
    (problem,) = report.problems
    assert (problem.fault, problem.row, problem.letter, problem.value) == ("ambiguous_dates", 2, "E", "04/05/2014")
    assert problem.details["count"] == 2
    assert "--dates" in problem.mend()
    accepted(sqlite_url, xlsx(small), dates="dmy")
    assert [str(row[5]) for row in held(sqlite_url)["activity"]] == ["2014-05-04", "2014-05-06"]


def test_a_date_in_another_order_than_its_column(sqlite_url: str, small: Tables, xlsx, bring) -> None:
    small["Activities"].append([*small["Activities"][2]])
    small["Activities"][3][1] = "T2"
    for row, written in zip(small["Activities"][1:], ("29/05/2014", "30/05/2014", "05/31/2014"), strict=True):
        row[4] = row[5] = written
    report = bring(sqlite_url, xlsx(small))
    assert [(one.fault, one.row, one.letter) for one in report.problems] == [
        ("other_order", 4, "E"), ("other_order", 4, "F"),
    ]  # fmt: skip


def test_a_sheet_that_says_it_is_one_cell(sqlite_url: str, small: Tables, xlsx, accepted, held) -> None:
    """As some programs write it; readers that trust it see one cell."""
    path = xlsx({"Themes": small["Themes"]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as out:
        for name, content in members.items():
            out.writestr(name, content.replace(b'dimension ref="A1:C3"', b'dimension ref="A1"'))
    assert b'dimension ref="A1:C3"' in members["xl/worksheets/sheet1.xml"]
    accepted(sqlite_url, path)
    assert len(held(sqlite_url)["theme"]) == 2


def test_headings(sqlite_url: str, xlsx, bring, accepted) -> None:
    wrong = {"Themes": [["Code", "Nane", "Code"], ["a", "A", "b"]]}
    found = [(one.fault, one.row, one.letter) for one in bring(sqlite_url, xlsx(wrong)).problems]
    assert found == [("misspelt_heading", 1, "B"), ("double_heading", 1, "C"), ("missing_heading", 1, None)]
    misspelt, _, missing = bring(sqlite_url, xlsx(wrong)).problems
    assert (misspelt.wrong(), misspelt.mend()) == (
        "the sheet Themes has no such column", "Correct the heading (“Name”?), or delete the column."
    )  # fmt: skip
    assert (misspelt.wrong("ja"), misspelt.mend("ja")) == (
        "シート「テーマ」にこの列はありません", "見出しを直すか（「名称」？）、列を削除してください。"
    )  # fmt: skip
    assert missing.wrong() == "the sheet Themes must have a column “Name”, and there is none"
    assert missing.wrong("ja") == "シート「テーマ」に必須の列「名称」がありません"
    (unknown,) = bring(sqlite_url, xlsx({"Themes": [["Code", "Name", "Remark"], ["a", "A", None]]})).problems
    assert (unknown.fault, unknown.letter, unknown.value) == ("unknown_heading", "C", "Remark")
    mixed = [["名称（日本語）", "NAME *", "ｃｏｄｅ"], ["エネルギー", "Energy", "energy"]]
    accepted(sqlite_url, xlsx({"Themes": [["Our themes"], [], *mixed]}))  # in any row, language and order


def test_sheets_are_known_by_name_number_or_headings(sqlite_url: str, small: Tables, xlsx, accepted, bring) -> None:
    renamed = {"プログラム": small["Programme"], "2 themes": small["Themes"], "Sheet3": small["Organisations"],
               "Remarks": [["nothing", "here"], ["to", "read"]], "Empty": []}  # fmt: skip
    report = accepted(sqlite_url, xlsx(renamed))
    assert list(report.tables) == ["programme", "theme", "organisation"]
    assert [(one.fault, one.sheet) for one in report.notes] == [("left_out", "Remarks")]
    unknown = bring(sqlite_url, xlsx({"Remarks": renamed["Remarks"]}))
    assert [(one.fault, one.value) for one in unknown.problems] == [("unknown_sheet", "Remarks")]
    assert "“Activities”" in unknown.problems[0].mend()
    assert "「活動」" in unknown.problems[0].mend("ja")


def test_places_are_looked_up_offline(sqlite_url: str, small: Tables, xlsx, accepted, held) -> None:
    small["Organisations"][1][5:7] = [None, None]
    small["Organisations"][2][4:7] = ["Nowhereville", None, None]
    report = accepted(sqlite_url, xlsx(small))
    assert [(one.fault, one.sheet, one.row, one.value) for one in report.notes] == [
        ("no_place", "Organisations", 3, "Nowhereville")
    ]
    kobe, nowhere = held(sqlite_url)["organisation"]
    assert kobe[6:8] == (pytest.approx(34.69, abs=0.02), pytest.approx(135.18, abs=0.02))
    assert nowhere[6:8] == (None, None)


def test_the_marked_workbook(sqlite_url: str, small: Tables, xlsx, text_file, bring, tmp_path) -> None:
    small["Attendance"][2][3] = -1
    path, out = xlsx(small), tmp_path / "report.xlsx"
    write_marked(bring(sqlite_url, path), path, out)
    book = load_workbook(out)
    assert book.sheetnames == ["Problems", *small]
    cell = book["Attendance"]["D3"]
    assert (cell.value, cell.fill.fgColor.rgb) == (-1, "00FFC7CE")
    assert cell.comment.text == "this is less than 0. Write a number of at least 0."
    assert book["Attendance"]["D2"].comment is None
    assert [value.value for value in book["Problems"][2]] == [
        "records.xlsx", "Attendance", 3, "D (Participants)", "'-1", "this is less than 0",
        "Write a number of at least 0.",
    ]  # fmt: skip
    again = bring(sqlite_url, out)  # the list of problems is no sheet of records
    assert [(one.sheet, one.row) for one in again.problems] == [("Attendance", 3)]
    write_marked(bring(sqlite_url, path, dry_run=True), path, out, language="ja")
    book = load_workbook(out)
    assert book["Attendance"]["D3"].comment.text == "0未満です。0以上の数を記入してください。"
    assert [value.value for value in book["Problems"][1]] == ["ファイル", "シート", "行", "列", "値", "問題", "直し方"]
    assert [book["Problems"].cell(2, place).value for place in (6, 7)] == ["0未満です", "0以上の数を記入してください。"]
    assert book["Problems"]["A3"].value == "確認のみ：何も書き込まれていません。問題 1件。"
    rows = text_file(small["Themes"] + [["", "=1+1"]], "Themes.csv")
    write_marked(bring(sqlite_url, rows), rows, out)
    marked = load_workbook(out)["Themes"]
    assert (marked["B4"].value, marked["B4"].data_type) == ("=1+1", "s")
    assert marked["A4"].comment.text.startswith("nothing stands here")


def test_what_no_workbook_holds_is_marked_all_the_same(sqlite_url: str, text_file, bring, tmp_path: Path) -> None:
    path = text_file([["Code", "Name"], ["energy", "bell\ufffe"]], "theme.csv")
    report = bring(sqlite_url, path)
    write_marked(report, path, tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    assert book["theme"]["B2"].value == book["Problems"]["E2"].value == "bell\ufffd"


def test_a_row_with_two_faults_is_told_of_both(sqlite_url: str, small: Tables, xlsx, bring) -> None:
    """A date outside the term is told even where another cell of its row is wrong."""
    cells = small["Activities"][1]
    cells[2], cells[4] = "party", "2013-08-31"
    found = bring(sqlite_url, xlsx(small)).problems
    assert {(one.row, one.letter, one.fault) for one in found} == {(2, "C", "no_choice"), (2, "E", "outside_term")}
