"""Any single cell made wrong is refused with its exact sheet, row and column, and nothing is written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.imports.delimited import SEPARATORS
from dashboard.imports.form import IN_TERM, Field, Kind, Sheet, sheets
from dashboard.imports.load import Options, import_records
from dashboard.imports.report import Report, letter
from tests.imports.records.valid_rows import TERM, Record, few, lines, reference, tables, written

NAMES = st.text("abcdefghijklmnop éßñ-日本語", min_size=1, max_size=12).map(str.strip)
DAY = timedelta(days=1)
DATED, NUMBERS = (Kind.DATE, Kind.MOMENT), (Kind.NUMBER, Kind.AMOUNT)
NO_NUMBER = st.sampled_from(("ninety", "12 m", "1.2.3", "--5", "nan", "１２円", "12:30"))
NO_DATE = st.sampled_from(("someday", "2014-02-30", "2014-13-01", "31/02/2014", "1799-12-31", "29 May", "平成26年"))
OF_BOTH_ORDERS = st.builds("{:02}/{:02}/2014".format, st.integers(1, 5), st.integers(6, 12))
FIRST_MOMENT = datetime(2013, 8, 31, 15)  # noqa: DTZ001 - the first second of the term in Tokyo, in UTC
LAST_MOMENT = datetime(2017, 2, 28, 14, 59, 59)  # noqa: DTZ001

Spoil = Callable[[Sheet, Field, dict[str, Any]], st.SearchStrategy[Any] | None]
"""What a field's cell may hold to be wrong in one way; None where it cannot be."""


def of(*kinds: Kind, wrong: st.SearchStrategy[Any]) -> Spoil:
    return lambda _sheet, one, _row: wrong if one.kind in kinds else None


def required(_sheet: Sheet, one: Field, _row: dict[str, Any]) -> Any:
    return st.sampled_from((None, "", "  ")) if one.required else None


def too_low(_sheet: Sheet, one: Field, _row: dict[str, Any]) -> Any:
    return None if one.low is None else st.integers(-(10**6), -1).map(lambda below: one.low + below)


def too_high(_sheet: Sheet, one: Field, _row: dict[str, Any]) -> Any:
    limit = {Kind.INTEGER: 2**31 - 1, Kind.AMOUNT: 10**13 - 1}.get(one.kind) if one.high is None else one.high
    return None if limit is None else st.integers(1, 10**6).map(lambda above: limit + above)


def before(sheet: Sheet, one: Field, row: dict[str, Any]) -> Any:
    earlier = next((row[first] for first, second in sheet.in_order if second == one.name and row[first]), None)
    return earlier and st.integers(1, 40).map(lambda days: earlier - days * DAY)


def outside(sheet: Sheet, one: Field, _row: dict[str, Any]) -> Any:
    if one.name not in IN_TERM.get(sheet.name, ()):
        return None
    if one.kind is Kind.MOMENT:
        return st.just(FIRST_MOMENT - timedelta(seconds=1))  # after the term, it would be after the answer too
    firsts, seconds = zip(*sheet.in_order, strict=True) if sheet.in_order else ((), ())
    days = st.integers(1, 2000)
    too_soon, too_late = days.map(lambda by: TERM[0] - by * DAY), days.map(lambda by: TERM[1] + by * DAY)
    return too_soon if one.name in firsts else too_late if one.name in seconds else too_soon | too_late


def half(_sheet: Sheet, one: Field, row: dict[str, Any]) -> Any:
    is_given = one.name in ("latitude", "longitude") and row["latitude"] is not None
    return st.none() if is_given else None


def time_zone(_sheet: Sheet, one: Field, _row: dict[str, Any]) -> Any:
    return st.sampled_from(("Brussels", "CEST", "+01:00", "9")) if one.name == "time_zone" else None


def text(wrong: st.SearchStrategy[str]) -> Spoil:
    return lambda _sheet, one, _row: wrong if one.kind in (Kind.TEXT, Kind.CODE) and one.name != "time_zone" else None


WRONG: dict[str, Spoil] = {
    "missing": required,
    "no_choice": of(Kind.CHOICE, wrong=st.from_regex(r"[A-Za-z]{1,8}zz", fullmatch=True)),
    "no_country": of(Kind.COUNTRY, wrong=st.sampled_from(("EU", "ZZ", "J", "JPN", "Nippon", "12", "J P"))),
    "no_reference": of(Kind.REFERENCE, wrong=st.from_regex(r"(FP7:)?[a-z0-9]{1,8}zz", fullmatch=True)),
    "no_number": of(*NUMBERS, wrong=NO_NUMBER),
    "no_whole_number": of(Kind.INTEGER, wrong=NO_NUMBER | st.sampled_from((1.5, "1,234", "1e99"))),
    "no_cents": of(Kind.AMOUNT, wrong=st.sampled_from(("1.005", "1,234", "0.001"))),
    "too_low": too_low,
    "too_high": too_high,
    "no_date": of(Kind.DATE, wrong=NO_DATE),
    "no_moment": of(Kind.MOMENT, wrong=NO_DATE | st.sampled_from(("2014-05-29 25:00", "2014-05-29 13:00 pm"))),
    "ambiguous_dates": of(*DATED, wrong=OF_BOTH_ORDERS),
    "not_in_order": before,
    "outside_term": outside,
    "half_place": half,
    "no_time_zone": time_zone,
    "no_yes_no": of(Kind.YES_NO, wrong=st.sampled_from(("perhaps", "2", "いいえ?"))),
    "control": text(st.just("a\ufffeb")),
}
IN_TEXT_ALONE = {
    "control": text(st.sampled_from(("a\ufffeb", "\uffff!", "bell\x07", "a\x1bb", "\x7f.", "x\x0bx"))),
    "too_long": text(st.integers(32_768, 40_000).map("x".__mul__)),
}
IN_WORKBOOKS_ALONE: dict[str, Spoil] = {
    "formula": lambda _sheet, _one, _row: st.sampled_from(("=1+1", "=[1]Other!A1", "=NOW()", "#N/A", "#REF!")),
}
OF_FILES = {"formula"}
"""What is found before any row is looked at."""


class Spoilt(NamedTuple):
    """A record with one wrong cell: its sheet, its row (the headings' is 1) and its field, and what it should hold."""

    record: Record
    sheet: Sheet
    number: int
    field: Field
    value: Any


@st.composite
def spoilt(draw: st.DrawFn, spoil: Spoil) -> Spoilt:
    record = draw(tables(NAMES))
    places = [
        (sheet, number, one, wrong)
        for sheet in sheets().values()
        for number, row in enumerate(record[sheet.name])
        for one in sheet.fields
        if (wrong := spoil(sheet, one, row)) is not None
    ]
    assume(places)
    sheet, number, one, wrong = draw(st.sampled_from(places))
    return Spoilt(record, sheet, number + 2, one, draw(wrong))


def cells(made: Spoilt, sheet: Sheet) -> list[list[Any]]:
    rows = [dict(row) for row in made.record[sheet.name]]
    if sheet is made.sheet:
        rows[made.number - 2][made.field.name] = made.value
    return [*lines(sheet, sheet.fields, rows)]


def expected(made: Spoilt, fault: str) -> set[tuple[str, int, str]]:
    """The wrong cell's sheet, row and column, and those of the cells that refer to the code that it took away."""
    found = {(made.sheet.name, made.number, place(made.sheet, made.field))}
    if made.field.name in made.sheet.key and "code" in made.sheet.key and fault not in OF_FILES:
        lost = reference(made.record[made.sheet.name][made.number - 2])
        for sheet in sheets().values():
            for number, row in enumerate(made.record[sheet.name], start=2):
                found |= {(sheet.name, number, place(sheet, one)) for one in sheet.fields
                          if one.target == made.sheet.name and row[one.name] == lost}  # fmt: skip
    return found


def place(sheet: Sheet, one: Field) -> str:
    return letter(1 + sheet.fields.index(one))


def assert_refused(report: Report, made: Spoilt, fault: str, title: Callable[[Sheet], str]) -> None:
    named = {title(sheet): sheet.name for sheet in sheets().values()}
    found = [(named[str(one.sheet)], one.row, one.letter) for one in report.problems]
    assert {*found} == expected(made, fault)
    assert len(found) == len({*found})
    told = next(one for one in report.problems if one.fault != "no_reference" or fault == "no_reference")
    assert told.fault == fault
    assert told.column == (None if fault in OF_FILES else made.sheet.heading(made.field, "en"))
    assert report.batch is None


@pytest.mark.parametrize("fault", {**WRONG, **IN_TEXT_ALONE})
def test_in_csv(sqlite_url: str, tmp_path: Path, whole, fault: str) -> None:
    nothing = whole(sqlite_url)

    @settings(few, max_examples=3)
    @given(spoilt({**WRONG, **IN_TEXT_ALONE}[fault]), st.sampled_from(SEPARATORS), st.booleans())
    def check(made: Spoilt, separator: str, dry_run: bool) -> None:
        for sheet in sheets().values():
            with (tmp_path / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as out:
                rows = [[written(value) for value in row] for row in cells(made, sheet)]
                csv.writer(out, delimiter=separator).writerows(rows)
        report = import_records(sqlite_url, tmp_path, Options(dry_run=dry_run))
        assert_refused(report, made, fault, lambda sheet: sheet.name)
        assert whole(sqlite_url) == nothing

    check()


@pytest.mark.parametrize("fault", {**WRONG, **IN_WORKBOOKS_ALONE})
def test_in_a_workbook(sqlite_url: str, xlsx, whole, fault: str) -> None:
    nothing = whole(sqlite_url)

    @settings(few, max_examples=2)
    @given(made=spoilt({**WRONG, **IN_WORKBOOKS_ALONE}[fault]))
    def check(made: Spoilt) -> None:
        path = xlsx({sheet.title("en"): cells(made, sheet) for sheet in sheets().values()})
        assert_refused(import_records(sqlite_url, path), made, fault, lambda sheet: sheet.title("en"))
        assert whole(sqlite_url) == nothing

    check()


@settings(few, max_examples=4)
@given(record=tables(NAMES), name=st.sampled_from([name for name, sheet in sheets().items() if sheet.key]))
def test_a_row_that_stands_twice(sqlite_url: str, tmp_path: Path, whole, record: Record, name: str) -> None:
    nothing, sheet = whole(sqlite_url), sheets()[name]
    record[name].append(record[name][0])
    for one in sheets().values():
        with (tmp_path / f"{one.name}.csv").open("w", encoding="utf-8", newline="") as out:
            rows = lines(one, one.fields, record[one.name])
            csv.writer(out).writerows([written(value) for value in row] for row in rows)
    report = import_records(sqlite_url, tmp_path)
    last = next(one for one in sheet.fields if one.name == sheet.key[-1])
    assert [(one.fault, one.sheet, one.row, one.letter) for one in report.problems] == [
        ("duplicate", name, len(record[name]) + 1, place(sheet, last))
    ]
    assert whole(sqlite_url) == nothing
