"""The report of an import as a workbook: the user's own cells, the wrong ones marked, and a list of all problems."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from dashboard.imports.form import PROBLEMS
from dashboard.imports.reading import READERS
from dashboard.imports.report import Problem, Refused, Report
from dashboard.imports.sheet import RawSheet, Row
from dashboard.imports.template import placed
from dashboard.text import DEFAULT_LANGUAGE, text

SMALL = 2 << 20  # bytes of a workbook that is marked in place, its looks kept
MOST_ROWS = 1_000_000
LONGEST = 32_000
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold; openpyxl lets the last ones through, and fails where it writes with lxml."""
MARK = PatternFill("solid", fgColor="FFC7CE")
HEAD = PatternFill("solid", fgColor="1F4E9C")
COLUMNS = ("file", "sheet", "row", "column", "value", "wrong", "mend")
WIDTHS = (24, 24, 8, 28, 30, 60, 60)

Marks = Mapping[tuple[str, str, int], list[Problem]]


def write_marked(report: Report, source: Path, out: Path, encoding: str | None = None,
                 language: str = DEFAULT_LANGUAGE) -> None:  # fmt: skip
    """Write the report of an import of `source`; the file is in place whole or not at all. Raises OSError."""
    marks: dict[tuple[str, str, int], list[Problem]] = {}
    for problem in (*report.problems, *report.notes):
        if problem.row:
            marks.setdefault((problem.file, problem.sheet or "", problem.row), []).append(problem)
    files = [source] if source.is_file() else sorted(source.iterdir()) if source.is_dir() else []
    files = [file for file in files if file.suffix.lower() in READERS and file.resolve() != out.resolve()]
    with placed(out) as stream:
        book = _in_place(files, marks, language) or _anew(files, marks, encoding, language)
        _list(book, report, language)
        book.save(stream)


def _comment(problems: list[Problem], language: str) -> Comment:
    return Comment("\n".join(problem.said(language) for problem in problems), "", height=120, width=320)


def _in_place(files: list[Path], marks: Marks, language: str) -> Any:
    """A small workbook itself, marked; None where the sheets must be written anew."""
    if len(files) != 1 or files[0].suffix.lower() != ".xlsx" or files[0].stat().st_size > SMALL:
        return None
    from dashboard.imports.workbook import look_over

    try:
        look_over(files[0])
        book = load_workbook(files[0])
    except Exception:
        # What openpyxl makes of a broken file is anything; the list of problems says what is wrong with it.
        return None
    for (_, sheet, row), problems in marks.items():
        if sheet in book.sheetnames:
            for problem in problems:
                cell = book[sheet].cell(row, problem.place or 1)
                cell.fill = MARK
                cell.comment = _comment([one for one in problems if one.place == problem.place], language)
    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]
    return book


def _anew(files: list[Path], marks: Marks, encoding: str | None, language: str) -> Any:
    book = Workbook(write_only=True)
    with tempfile.TemporaryDirectory(prefix="dashboard-report-") as folder:
        for number, file in enumerate(files):
            own = Path(folder) / str(number)
            own.mkdir()
            try:
                for raw in READERS[file.suffix.lower()](file, own, encoding):
                    _sheet(book, raw, marks, language)
            except (Refused, OSError):
                continue  # the list of problems says why
    return book


def _sheet(book: Any, raw: RawSheet, marks: Marks, language: str) -> None:
    page = book.create_sheet("".join(sign for sign in raw.name if sign not in "[]:*?/\\")[:31] or "Sheet")
    last = 0
    for row in islice(_rows(raw), MOST_ROWS):
        for _ in range(last + 1, row.number):
            page.append([])
        last = row.number
        problems = marks.get((raw.path.name, raw.name, row.number), [])
        wrong: dict[int, list[Problem]] = {}
        for problem in problems:
            wrong.setdefault(problem.place or 1, []).append(problem)
        width = max([len(row.cells), *wrong])
        cells = [*row.cells, *[None] * (width - len(row.cells))]
        said = {place: _comment(problems, language) for place, problems in wrong.items()}
        page.append([_cell(page, cell, said.get(place)) for place, cell in enumerate(cells, start=1)])


def _rows(raw: RawSheet) -> Iterator[Row]:
    try:
        for _, row in raw.rows():
            yield row
    except Refused:
        return


def _cell(page: Any, value: Any, said: Comment | None = None) -> WriteOnlyCell:
    plain = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST] if isinstance(value, str) else value
    cell = WriteOnlyCell(page, plain)
    if isinstance(plain, str):
        cell.data_type = "s"
    if said:
        cell.fill = MARK
        cell.comment = said
    return cell


def _list(book: Any, report: Report, language: str) -> None:
    page = book.create_sheet(PROBLEMS, 0)
    book.active = 0
    rows = [[text(f"problem_column.{name}", language) for name in COLUMNS]]
    rows += [_line(problem, language) for problem in report.problems]
    if report.problem_count > len(report.problems):
        rows.append([f"… {report.problem_count - len(report.problems):,}"])
    rows += [_line(note, language) for note in report.notes]
    rows.append([report.verdict(language)])
    for place, width in enumerate(WIDTHS):
        page.column_dimensions["ABCDEFG"[place]].width = width
    for number, row in enumerate(rows):
        cells = [_cell(page, value) if book.write_only else value for value in row]
        page.append(cells)
        if number == 0 and not book.write_only:
            for cell in page[1]:
                cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD


def _line(problem: Problem, language: str) -> list[Any]:
    column = " ".join(filter(None, (problem.letter, problem.column and f"({problem.column})")))
    value = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", problem.value or "")[:LONGEST]
    safe = f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
    return [problem.file, problem.sheet, problem.row, column, safe, problem.wrong(language), problem.mend(language)]
