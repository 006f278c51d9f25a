"""CSV files in every form that offices send them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.imports import delimited

WESTERN = [["Code", "Name"], ["été", "Énergie – l’avenir"], ["bio", "Größe für Süßes; “naïve” façade, 5 €"]]
JAPANESE = [
    ["コード", "名称", "名称（日本語）"],
    ["energy", "Energy", "エネルギーとスマートコミュニティ"],
    ["a", "A", "ﾊﾞｲｵ技術"],
]
ENCODINGS = [
    ("utf-8", WESTERN), ("utf-8-sig", WESTERN), ("utf-16", WESTERN), ("utf-16-le", WESTERN), ("utf-16-be", WESTERN),
    ("cp1252", WESTERN),
    ("utf-8", JAPANESE), ("utf-8-sig", JAPANESE), ("utf-16", JAPANESE), ("utf-16-le", JAPANESE), ("cp932", JAPANESE),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "rows"), ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_letters_and_separators(
    sqlite_url: str, text_file, accepted, held, encoding: str, rows: list[list[str]], delimiter: str
) -> None:
    accepted(sqlite_url, text_file(rows, "Themes.csv", encoding, delimiter))
    found = held(sqlite_url)["theme"]
    assert [list(row[: len(rows[0])]) for row in found] == rows[1:]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Code,Name\nb,It’s “quoted” – so\n", "cp1252"),  # no accent at all
        ("Code,Name\nb,ÀÉ ÜÖ\n", "cp1252"),
        ("Code,Path\nb,ßè@\n", "cp1252"),  # a half-width kana and a rare sign, were it Shift-JIS
        ("Code,Name\nb,Süßöl géän\n", "cp1252"),
        ("Code,Name\na,彌榮の会\n", "cp932"),  # rare signs beside common ones
        ("Code,Name\na,国\nb,日本語\n", "cp932"),
        ("Code,Name\na,日本とEUの協力\n", "cp932"),
        ("Code,Name\na,ﾃｽﾄ\n", "cp932"),
        ("Code,Name\na,créée à Liège, où\n", "cp1252"),
        ("Code,Name\na,ñJ–zvEWpèJGPE\n", "cp1252"),
        ("Code,Name\na,Avenidas Niñas–Cañón, año\n", "cp1252"),
        ("Code,Name\na,où l’étéN–A\n", "cp1252"),
        ("Code,Name\na,髙橋\nb,日本語\n", "cp932"),
        ("Code,Name\na,plain\n", "utf-8-sig"),
    ],
)
def test_shift_jis_and_windows_1252_are_told_apart(tmp_path: Path, words: str, encoding: str) -> None:
    (tmp_path / "Themes.csv").write_bytes(words.encode(encoding))
    assert delimited.tell(tmp_path / "Themes.csv").encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_signs_whose_other_byte_is_zero_are_text(sqlite_url: str, text_file, accepted, held, encoding: str) -> None:
    rows = [["Code", "Name"], ["a", "\u0100 and \u0400"]]  # Ā and Ѐ
    accepted(sqlite_url, text_file(rows, "Themes.csv", encoding))
    assert held(sqlite_url)["theme"] == [("a", "Ā and Ѐ", None)]


def test_the_user_may_say_the_letters(sqlite_url: str, text_file, accepted, held) -> None:
    path = text_file([["Code", "Name"], ["a", "Ä\u00a0Ö"]], "Themes.csv", "cp1252")
    accepted(sqlite_url, path, encoding="windows-1252")
    assert held(sqlite_url)["theme"] == [("a", "Ä\u00a0Ö", None)]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends_blank_lines_and_lines_within_cells(
    sqlite_url: str, text_file, accepted, bring, held, end: str
) -> None:
    rows = [["Code", "Name"], [], ["a", 'two "quoted"\nlines, one cell'], ["b", "B"]]
    accepted(sqlite_url, text_file(rows, "Themes.csv", end=end))
    assert [row[1] for row in held(sqlite_url)["theme"]] == ['two "quoted"\nlines, one cell', "B"]
    rows.append(["c", ""])
    (problem,) = bring(sqlite_url, text_file(rows, "Themes.csv", end=end)).problems
    assert (problem.row, problem.letter) == (5, "B")  # the row that a spreadsheet shows


def test_a_line_that_names_the_separator(sqlite_url: str, tmp_path: Path, accepted, held) -> None:
    (tmp_path / "Themes.csv").write_text("sep=;\nCode;Name\na;A, or B\n")
    accepted(sqlite_url, tmp_path / "Themes.csv")
    assert held(sqlite_url)["theme"] == [("a", "A, or B", None)]


def test_a_file_of_any_name_with_the_table_said(sqlite_url: str, text_file, accepted, bring, held) -> None:
    path = text_file([["Code", "Name"], ["a", "A"]], "list.csv")
    assert [one.fault for one in bring(sqlite_url, path).problems] == []  # only themes have just these
    accepted(sqlite_url, path, table="theme")
    assert held(sqlite_url)["theme"] == [("a", "A", None)]


def test_decimal_commas_and_full_width_digits(sqlite_url: str, text_file, accepted, held) -> None:
    rows = [["Code", "Name", "Kind", "Country", "Latitude", "Longitude"],
            ["a", "A", "大学", "日本", "３４,６９１３", "135,183"]]  # fmt: skip
    accepted(sqlite_url, text_file(rows, "Organisations.csv", "cp932", ";"))
    assert held(sqlite_url)["organisation"][0][3:8] == ("university", "JP", None, 34.6913, 135.183)
