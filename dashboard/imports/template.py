"""The form as a workbook: empty, with an example a sheet (the template), or holding the whole record (the export)."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.database import engine
from dashboard.imports.cells import countries
from dashboard.imports.form import EXAMPLE, GUIDE, LISTS, Field, Kind, Sheet, sheets
from dashboard.imports.report import letter
from dashboard.text import LANGUAGES, text, words

FIRST_ROW = 1 + len(LANGUAGES)
ROWS_A_SHEET = 1_000_000
ROWS_WITH_LISTS = 20_000
EARLIEST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a 29 February 1900
WIDTHS = {Kind.TEXT: 34, Kind.MOMENT: 19, Kind.DATE: 12, Kind.NUMBER: 11, Kind.INTEGER: 14, Kind.YES_NO: 14}

HEAD = PatternFill("solid", fgColor="1F4E9C")
OPTIONAL = PatternFill("solid", fgColor="5B6472")
SECOND = PatternFill("solid", fgColor="DCE1E8")
GREY = Font(color="7A828E", italic=True)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Values = Mapping[str, Any]


class CannotWrite(Exception):
    """A value of the record that no workbook can hold."""


def write_template(path: Path) -> None:
    """Write the empty form; raises OSError."""
    _write(path, {sheet.name: iter([example(sheet)]) for sheet in sheets().values()}, GREY)


def write_record(url: str, path: Path) -> dict[str, int]:
    """Write the whole record; the rows of each sheet. Raises DatabaseProblem, CannotWrite and OSError."""
    with engine.reading(url) as connection:
        return _write(path, {sheet.name: records(connection, sheet) for sheet in sheets().values()}, None)


def records(connection: sa.Connection, sheet: Sheet) -> Iterator[Values]:
    """The rows of a table by field, references as codes, in the order of their entry."""
    table = sheet.table
    selected: list[sa.ColumnElement[Any]] = []
    source: sa.FromClause = table
    for field in sheet.fields:
        if field.target is None:
            selected.append(field.column.label(f"f_{field.name}"))
            continue
        other = sheets()[field.target].table.alias(f"of_{field.name}")
        source = source.outerjoin(other, field.column == other.c.id)
        code = other.c.framework + ":" + other.c.code if "framework" in other.c else other.c.code
        selected.append(code.label(f"f_{field.name}"))
    query = sa.select(*selected).select_from(source).order_by(table.c.id)
    names = [field.name for field in sheet.fields]
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield dict(zip(names, row, strict=True))


def example(sheet: Sheet) -> Values:
    """A row that shows how a row looks, and that the import skips."""
    return {field.name: _example(field) for field in sheet.fields}


def _example(field: Field) -> Any:
    match field.kind:
        case Kind.CODE | Kind.REFERENCE:
            return f"{EXAMPLE}1"
        case Kind.CHOICE:
            return field.choices[0]
        case Kind.COUNTRY:
            return "JP"
        case Kind.INTEGER:
            return 4 if field.high is None or field.high < 11 else 75
        case Kind.AMOUNT:
            return Decimal("1500000.50")
        case Kind.NUMBER:
            return {"latitude": 34.6913, "longitude": 135.183}.get(field.name, 12.0)
        case Kind.DATE:
            return date(2014, 5, 1) if field.name == "month" else date(2014, 5, 29)
        case Kind.MOMENT:
            days = ("opened", "first_response", "closed").index(field.name)
            return datetime.fromisoformat("2014-05-27 08:30") + timedelta(days=days)
        case Kind.YES_NO:
            return True
    language = LANGUAGES[field.name.endswith("_ja")]
    return words(language).get(f"example.{field.name.removesuffix('_ja')}")


def _write(path: Path, rows: Mapping[str, Iterator[Values]], font: Font | None) -> dict[str, int]:
    book = Workbook(write_only=True)
    lists = _Lists()
    counts: dict[str, int] = {}
    with placed(path) as out:
        guide = book.create_sheet(GUIDE)
        try:
            for sheet in sheets().values():
                counts[sheet.name] = _sheets(book, sheet, rows[sheet.name], font, lists)
        except BaseException:
            # openpyxl keeps each sheet in a file of its own until the book is saved.
            for page in book.worksheets:
                page.close()
                page._writer.cleanup()
            raise
        lists.write(book)
        _guide(guide, counts if font is None else None)
        book.save(out)
    return counts


@contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """A file that is in its place whole or not at all; raises OSError before anything is made for it."""
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as out:
            yield out
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _guide(page: Any, counts: Mapping[str, int] | None) -> None:
    page.column_dimensions["A"].width = 34
    page.column_dimensions["B"].width = 110
    for language in LANGUAGES:
        page.append([_styled(page, text("form.title", language), Font(bold=True, size=14))])
        for key in ("how", "examples", "dates", "order", "check"):
            cell = WriteOnlyCell(page, text(f"form.{key}", language))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            page.append([None, cell])
        page.append([])
    heads = [text("form.sheet", language) for language in LANGUAGES]
    page.append([_styled(page, head, Font(bold=True)) for head in heads])
    for sheet in sheets().values():
        held = [] if counts is None else [counts[sheet.name]]
        page.append([*(sheet.title(language) for language in LANGUAGES), *held])


def _styled(page: Any, value: Any, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.font = font
    return cell


def _sheets(book: Any, sheet: Sheet, rows: Iterator[Values], font: Font | None, lists: _Lists) -> int:
    """Write a table's rows, on further sheets where one is not enough."""
    count, number = 0, 1
    while True:
        title = sheet.title(LANGUAGES[0])
        page = book.create_sheet(title if number == 1 else f"{title} ({number})")
        _head(page, sheet, lists)
        for row in islice(rows, ROWS_A_SHEET):
            page.append([_cell(page, sheet, field, row.get(field.name), font) for field in sheet.fields])
            count += 1
        if count < number * ROWS_A_SHEET:
            return count
        number += 1


def _head(page: Any, sheet: Sheet, lists: _Lists) -> None:
    page.freeze_panes = f"B{FIRST_ROW}"
    page.sheet_properties.tabColor = "1F4E9C"
    for place, field in enumerate(sheet.fields, start=1):
        longest = max(len(sheet.heading(field, "en")), 2 * len(sheet.heading(field, "ja")))
        page.column_dimensions[letter(place)].width = min(max(WIDTHS.get(field.kind, 22), longest + 2), 44)
        if choices := lists.range(field):
            check = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=False)
            check.add(f"{letter(place)}{FIRST_ROW}:{letter(place)}{ROWS_WITH_LISTS}")
            page.data_validations.append(check)
    for line, language in enumerate(LANGUAGES):
        page.append([_heading(page, sheet, field, language, line == 0) for field in sheet.fields])


def _heading(page: Any, sheet: Sheet, field: Field, language: str, first: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, sheet.heading(field, language))
    cell.font = Font(bold=first and field.required, color="FFFFFF" if first else "1B2430")
    cell.fill = (HEAD if field.required else OPTIONAL) if first else SECOND
    cell.comment = Comment(note(sheet, field, language), "", height=150, width=320)
    return cell


def note(sheet: Sheet, field: Field, language: str) -> str:
    """What a column means, whether it must be filled, and what it may hold."""
    said = [sheet.about(field, language), text("form.required" if field.required else "form.optional", language)]
    if field.choices:
        said.append(text("form.choices", language, choices=", ".join(field.choices)))
    if field.low is not None and field.high is not None:
        said.append(text("form.range", language, low=field.low, high=field.high))
    elif field.low is not None:
        said.append(text("form.least", language, low=field.low))
    return "\n".join(said)


def _cell(page: Any, sheet: Sheet, field: Field, value: Any, font: Font | None) -> Any:
    plain = portable(value)
    if isinstance(plain, str):
        try:
            cell = WriteOnlyCell(page, _ESCAPED.sub("_x005F_", plain))
        except IllegalCharacterError as error:
            raise CannotWrite(f"{sheet.name}.{field.name}: {plain[:60]!r}: {error}") from None
        cell.data_type = "s"  # text that begins with = is no formula, and #N/A no error
        if plain.startswith("="):
            cell.quotePrefix = True
    elif font is None or plain is None:
        return plain
    else:
        cell = WriteOnlyCell(page, plain)
    if font is not None:
        cell.font = font
    return cell


def portable(value: Any) -> Any:
    """A value as a cell can hold it without loss; what it would round or shift goes as text."""
    match value:
        case float() if float(f"{value:.15g}") != value:
            return repr(value)
        case Decimal() if len(value.as_tuple().digits) > 15:
            return f"{value:f}"
        case datetime() if value.microsecond or value.date() < EARLIEST_DAY:
            return value.isoformat(" ")
        case datetime():
            return value
        case date() if value < EARLIEST_DAY:
            return value.isoformat()
        case str() if len(value) > 32_767:
            raise CannotWrite(f"a text of {len(value):,} characters: {value[:60]!r}")
    return value


class _Lists:
    """The hidden sheet that the drop-down lists take their codes from; equal lists share a column."""

    def __init__(self) -> None:
        self.columns: list[Sequence[str]] = []

    def range(self, field: Field) -> str | None:
        if field.kind is Kind.REFERENCE and field.target:
            return self._codes(sheets()[field.target])
        if field.kind is Kind.YES_NO:
            values: Sequence[str] = ("yes", "no")
        elif field.kind is Kind.COUNTRY:
            values = tuple(sorted(set(countries().values())))
        else:
            values = field.choices
        if not values:
            return None
        if values not in self.columns:
            self.columns.append(values)
        place = letter(1 + self.columns.index(values))
        return f"{LISTS}!${place}$1:${place}${len(values)}"

    @staticmethod
    def _codes(sheet: Sheet) -> str | None:
        names = [field.name for field in sheet.fields]
        if sheet.key != ("code",):
            return None
        place = letter(1 + names.index("code"))
        return f"'{sheet.title(LANGUAGES[0])}'!${place}${FIRST_ROW}:${place}${ROWS_WITH_LISTS}"

    def write(self, book: Any) -> None:
        page = book.create_sheet(LISTS)
        page.sheet_state = "hidden"
        for row in range(max(map(len, self.columns), default=0)):
            page.append([column[row] if row < len(column) else None for column in self.columns])
