"""Files that nobody should read: a clear refusal within seconds, bounded memory, and nothing written."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from dashboard.imports import child, delimited
from dashboard.settings import ROOT

Tables = dict[str, list[list[Any]]]
SECONDS = 30
SPACES = " " * (1 << 20)
PARTS = ("office", "table", "text")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def themes(tmp_path: Path, change: Callable[[Any], object], name: str = "bad.xlsx") -> Path:
    book = Workbook()
    book.active.title = "Themes"
    book.active.append(["Code", "Name"])
    book.active.append(["energy", "Energy"])
    change(book.active)
    book.save(tmp_path / name)
    return tmp_path / name


def zipped(tmp_path: Path, members: dict[str, bytes], name: str = "bad.xlsx") -> Path:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in members.items():
            out.writestr(member, content)
    return tmp_path / name


def written(tmp_path: Path, content: bytes, name: str) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def bomb(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/workbook.xml", "<workbook/>")
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(500):
                sheet.write(bytes(1 << 20))
    return tmp_path / "bomb.xlsx"


def lying(tmp_path: Path) -> Path:
    """A ZIP whose directory says that the sheet is small."""
    path = themes(tmp_path, lambda page: page.append(["a", "x" * 30_000]))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    at = content.rfind(size.to_bytes(4, "little"))
    content[at : at + 4] = (10).to_bytes(4, "little")
    return written(tmp_path, bytes(content), "lying.xlsx")


def spaces(tmp_path: Path) -> Path:
    with (tmp_path / "Themes.csv").open("w") as out:
        for _ in range(1024):
            out.write(SPACES)
    return tmp_path / "Themes.csv"


def truncated(tmp_path: Path) -> Path:
    path = themes(tmp_path, lambda _: None)
    return written(tmp_path, path.read_bytes()[:-400], "truncated.xlsx")


def broken_inside(tmp_path: Path) -> Path:
    path = themes(tmp_path, lambda _: None)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"][:-120]
    return zipped(tmp_path, members, "broken.xlsx")


def ods_of(tmp_path: Path, rows: str, before: bytes = b"", **members: bytes) -> Path:
    """An OpenDocument spreadsheet of themes with these rows, and what stands before its one sheet."""
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in PARTS)
    content = (f"<office:document-content {names}><office:body><office:spreadsheet>".encode() + before
               + f'<table:table table:name="Themes">{row("Code", "Name")}{rows}</table:table>'.encode()
               + b"</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    whole = {"mimetype": kind, "META-INF/manifest.xml": b"<manifest/>", "content.xml": content}
    return zipped(tmp_path, whole | members, "bad.ods")


def row(*cells: str) -> str:
    kind = 'office:value-type="string"'
    inner = (f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{''.join(inner)}</table:table-row>"


def swollen(tmp_path: Path) -> Path:
    return ods_of(tmp_path, " " * (401 << 20))


def cut(tmp_path: Path) -> Path:
    return written(tmp_path, ods_of(tmp_path, row("a", "A")).read_bytes()[:-60], "bad.ods")


def spoken_by_entities(tmp_path: Path) -> Path:
    """Ten thousand million words, were they written out."""
    path = themes(tmp_path, lambda page: page.append(["health", "WORDS"]))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "word">{entities}]><'.encode()
    for name, content in members.items():
        if b"WORDS" in content:  # the sheet or its strings
            members[name] = content.replace(b"<", head, 1).replace(b"WORDS", b"&l9;")
    return zipped(tmp_path, members)


def empty_lines(tmp_path: Path) -> Path:
    return written(tmp_path, b"Code,Name\n" + b"  ,  \n" * 2_000_000, "Themes.csv")


def blank(tmp_path: Path) -> Path:
    Workbook().save(tmp_path / "blank.xlsx")
    return tmp_path / "blank.xlsx"


def far(tmp_path: Path) -> Path:
    return themes(tmp_path, lambda page: page.cell(1_048_576, 16_384, "far"))


def encrypted(tmp_path: Path) -> Path:
    """As a spreadsheet program saves one with a password."""
    with themes(tmp_path, lambda _: None, "open.xlsx").open("rb") as source, (tmp_path / "bad.xlsx").open("wb") as out:
        OOXMLFile(source).encrypt("secret", out)
    return tmp_path / "bad.xlsx"


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no workbook": (lambda folder: written(folder, b"just text", "bad.xlsx"), "no_workbook"),
    "nothing in it": (lambda folder: written(folder, b"", "bad.xlsx"), "empty"),
    "another zip": (lambda folder: zipped(folder, {"a.txt": b"a"}), "no_workbook"),
    "no ods": (lambda folder: zipped(folder, {"content.xml": b"<a"}, "bad.ods"), "no_workbook"),
    "truncated": (truncated, "no_workbook"),
    "broken inside": (broken_inside, "no_workbook"),
    "old": (lambda folder: written(folder, OLD + bytes(512), "bad.xlsx"), "old_form"),
    "old, named csv": (lambda folder: written(folder, OLD + bytes(512), "Themes.csv"), "old_form"),
    "encrypted": (lambda folder: written(folder, OLD + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "bad.xlsx"),
                  "encrypted"),
    "encrypted by a program": (encrypted, "encrypted"),
    "encrypted ods": (lambda folder: zipped(folder, {"content.xml": b"", "META-INF/manifest.xml":
                      b"<manifest:encryption-data/>"}, "bad.ods"), "encrypted"),
    "xls": (lambda folder: written(folder, b"x", "bad.xls"), "old_form"),
    "macros": (lambda folder: zipped(folder, {"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "macros"),
    "macro-enabled": (lambda folder: zipped(folder, {"xl/workbook.xml": b"", "[Content_Types].xml":
                      b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), "macros"),
    "xlsm": (lambda folder: written(folder, b"x", "bad.xlsm"), "macros"),
    "zip bomb": (bomb, "too_large"),
    "links": (lambda folder: zipped(folder, {"xl/workbook.xml": b"", "xl/externalLinks/externalLink1.xml": b""}),
              "external_links"),
    "16 000 columns": (lambda folder: themes(folder, lambda page: page.append(["x"] * 16_000)), "too_wide"),
    "16 000 columns, ods": (lambda folder: ods_of(folder, row(*["x"] * 16_000)), "too_wide"),
    "16 000 columns, csv": (lambda folder: written(folder, b"Code,Name\n" + b"x," * 16_000 + b"x\n", "Themes.csv"),
                            "too_wide"),
    "16 000 headings, csv": (lambda folder: written(folder, b"Code," + b"x," * 16_000 + b"Name\n", "Themes.csv"),
                             "too_wide"),
    "zip bomb, ods": (swollen, "too_large"),
    "truncated ods": (cut, "no_workbook"),
    "truncated csv": (lambda folder: written(folder, b'Code,Name\na,"b', "Themes.csv"), "long_line"),
    "macros, ods": (lambda folder: ods_of(folder, "", **{"Basic/Standard/Module1.xml": b""}), "macros"),
    "a linked sheet, ods": (lambda folder: ods_of(folder, row("a", "A"), b"<table:table-source xlink:href='x.ods'/>"),
                            "external_links"),
    "a linked program, ods": (lambda folder: ods_of(folder, "", b"<table:dde-links><table:dde-link></table:dde-link>"
                              b"</table:dde-links>"), "external_links"),
    "a zero byte, ods": (lambda folder: ods_of(folder, row("a", "b&#0;c")), "no_workbook"),
    "two thousand million spaces, ods": (lambda folder: ods_of(folder, row("a", "<text:s text:c='2000000000'/>")),
                                         "too_much"),
    "entities": (spoken_by_entities, "no_workbook"),
    "millions of empty lines": (empty_lines, "blank_lines"),
    "a cell far away": (far, "too_much"),
    "a gigabyte of spaces": (spaces, "long_line"),
    "zero bytes": (lambda folder: written(folder, b"Code,Name\na,b\0c\n", "Themes.csv"), "no_text"),
    "a workbook named csv": (lambda folder: themes(folder, lambda _: None, "Themes.csv"), "workbook_as_text"),
    "a quote left open": (lambda folder: written(folder, b'Code,Name\na,"b\nc,d\n', "Themes.csv"), "long_line"),
    "no letters": (lambda folder: written(folder, b"Code,Name\na,\x81\x20\x9d\xff\n", "Themes.csv"), "no_encoding"),
    "another format": (lambda folder: written(folder, b"{}", "records.json"), "other_format"),
    "nothing at all": (lambda folder: folder / "nowhere.xlsx", "no_such_file"),
    "an empty folder": (lambda folder: folder, "nothing_there"),
    "no headings": (lambda folder: written(folder, b"1,2\n3,4\n", "Themes.csv"), "no_headings"),
    "an empty file": (lambda folder: written(folder, b"", "Themes.csv"), "empty"),
    "spaces alone": (lambda folder: written(folder, b" \n, ,\n", "Themes.csv"), "empty"),
    "a workbook without cells": (blank, "empty"),
    "no ending": (lambda folder: written(folder, b"Code,Name\n", "Themes"), "no_ending"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused(sqlite_url: str, tmp_path: Path, bring, whole, case: str) -> None:
    make, fault = BAD[case]
    folder = tmp_path / "in"
    folder.mkdir()
    path = make(folder)
    before, memory = whole(sqlite_url), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    report = bring(sqlite_url, path, partial=True)
    assert [problem.fault for problem in report.problems] == [fault]
    assert report.batch is None
    assert "{" not in report.problems[0].line()
    assert time.monotonic() - started < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100 << 10  # kilobytes
    assert whole(sqlite_url) == before


MEASURED = """
import resource, sys
from pathlib import Path
from dashboard.imports.load import Options, import_records
for path in sys.argv[2:]:
    print(import_records(sys.argv[1], Path(path), Options(partial=True)).problems[0].fault)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_no_reading_needs_much_memory(sqlite_url: str, tmp_path: Path) -> None:
    """In a process of its own: a process that is started from a large one counts as large as that one was."""
    paths = []
    for number, (make, _) in enumerate(BAD.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths.append(str(make(folder)))
    command = [sys.executable, "-c", MEASURED, sqlite_url, *paths]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
    assert found[::2] == [fault for _, fault in BAD.values()]
    children, own = zip(*([int(size) for size in line.split()] for line in found[1::2]), strict=True)
    assert max(children) < (child.MEGABYTES + 100) << 10  # kilobytes
    assert max(own) - own[0] < 100 << 10


def test_the_good_ones_of_these_come_in(sqlite_url: str, tmp_path: Path, accepted, held) -> None:
    accepted(sqlite_url, ods_of(tmp_path, row("a", "A")))
    accepted(sqlite_url, themes(tmp_path, lambda _: None))
    assert held(sqlite_url)["theme"] == [("a", "A", None), ("energy", "Energy", None)]


def test_zero_bytes_in_cells(sqlite_url: str, tmp_path: Path, text_file, bring) -> None:
    (problem,) = bring(sqlite_url, themes(tmp_path, lambda page: page.append(["health", "b_x0000_c"]))).problems
    assert (problem.fault, problem.row, problem.letter) == ("control", 3, "B")
    (problem,) = bring(sqlite_url, text_file([["Code", "Name"], ["a", "b\0c"]], "Themes.csv", "utf-16")).problems
    assert (problem.fault, problem.row, problem.letter) == ("control", 2, "B")


def test_a_value_does_not_steer_the_terminal(sqlite_url: str, text_file, bring) -> None:
    rows = [["Code", "Na\x1b[2Jme"], ["a\x1b]0;title\x07", "\u202ecba"]]
    lines = [*bring(sqlite_url, text_file(rows, "Themes.csv")).lines()]
    rows[0][1] = "Name"
    lines += bring(sqlite_url, text_file(rows, "Themes.csv")).lines()
    assert "“a\ufffd]0;title\ufffd”: the text holds a control character" in "\n".join(lines)
    assert all(line.isprintable() for line in lines)


def test_rows_of_spaces_are_no_rows(sqlite_url: str, text_file, xlsx, accepted, held) -> None:
    rows = [["Code", "Name"], [" ", "  "], ["a", "A"], ["\u3000", ""], ["", " "]]
    accepted(sqlite_url, text_file(rows, "Themes.csv"))
    accepted(sqlite_url, xlsx({"Themes": rows}))
    assert held(sqlite_url)["theme"] == [("a", "A", None)]


def test_a_zip_that_lies_about_its_size(sqlite_url: str, tmp_path: Path, bring, whole) -> None:
    before = whole(sqlite_url)
    report = bring(sqlite_url, lying(tmp_path))
    assert [problem.fault for problem in report.problems] == ["no_workbook"]
    assert whole(sqlite_url) == before


@pytest.mark.parametrize(
    ("value", "cell"), [("=1+1", "B3"), ("=[1]Sheet1!A1", "B3"), ("#N/A", "B3"), ("=HYPERLINK(\"http://x\")", "B3")]
)  # fmt: skip
def test_formulas_and_errors_are_named_by_their_cell(
    sqlite_url: str, tmp_path: Path, bring, value: str, cell: str
) -> None:
    report = bring(sqlite_url, themes(tmp_path, lambda page: page.append(["health", value])))
    (problem,) = report.problems
    assert (problem.fault, problem.sheet, f"{problem.letter}{problem.row}") == ("formula", "Themes", cell)


def test_formulas_in_an_ods(sqlite_url: str, tmp_path: Path, bring) -> None:
    content = b'<a><table:table table:name="Themes"><table:table-cell table:formula="of:=1+1"/></table:table></a>'
    report = bring(sqlite_url, zipped(tmp_path, {"content.xml": content}, "bad.ods"))
    assert [(one.fault, one.sheet) for one in report.problems] == [("formula", "Themes")]


@pytest.mark.parametrize("before", [0, child._WINDOW - 20, child._WINDOW - 8, child._WINDOW + 3])
@pytest.mark.parametrize(("formula", "found"), [("TRUE()", []), ("FALSE()", []), ("TRUE()+1", [("sheet1.xml", "A3")])])
def test_yes_and_no_as_libreoffice_writes_them_are_no_formulas(
    tmp_path: Path, before: int, formula: str, found: list[tuple[str, str]]
) -> None:
    """Wherever the blocks end in which a sheet is looked through."""
    cell = f'<c r="A3" t="b"><f aca="false">{formula}</f><v>1</v></c>'.encode()
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as out:
        out.writestr("xl/worksheets/sheet1.xml", b" " * before + cell + b" " * 5000)
    assert child.formulas(tmp_path / "x.xlsx") == found
    with zipfile.ZipFile(tmp_path / "x.ods", "w") as out:
        out.writestr("content.xml", b" " * before + f'<table:table-cell table:formula="of:={formula}">'.encode())
    assert bool(child.formulas(tmp_path / "x.ods")) == bool(found)


def test_text_that_looks_like_a_formula_is_text(sqlite_url: str, text_file, accepted, held) -> None:
    accepted(sqlite_url, text_file([["Code", "Name"], ["a", "=1+1"], ["b", "#N/A"]], "Themes.csv"))
    assert [row[1] for row in held(sqlite_url)["theme"]] == ["=1+1", "#N/A"]


def test_a_file_that_changes_while_it_is_read(sqlite_url: str, text_file, bring, whole, monkeypatch) -> None:
    path = text_file([["Code", "Name"], ["a", "A"]], "Themes.csv")
    before, lines = whole(sqlite_url), delimited.lines

    def changing(*arguments: Any) -> Any:
        yield from lines(*arguments)
        path.write_text("Code,Name\nb,B and more\n")

    monkeypatch.setattr(delimited, "lines", changing)
    assert "file_changed" in [problem.fault for problem in bring(sqlite_url, path, partial=True).problems]
    assert whole(sqlite_url) == before
