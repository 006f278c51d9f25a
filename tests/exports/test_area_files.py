"""Every cell of the CSV and XLSX files of events, help desk, training and dialogue: that of the figure's frame, in the
words of the texts; and some of them counted apart, by plain SQL."""

from __future__ import annotations

import csv
import sqlite3
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from babel import Locale

from dashboard.figures.files import file
from dashboard.figures.model import Figure, View
from dashboard.figures.register import PAGES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.settings import ROOT
from dashboard.store import Store
from dashboard.text.cities import city
from tests.figures.conftest import brussels

AREAS = {figure.name: figure for page in ("events", "helpdesk", "training", "dialogue") for figure in PAGES[page]}
HALF = Filters(period=Period(Month(2015, 1), Month(2015, 6)))
BIO_OR_CROSS = Filters(themes=("biotechnology", "cross-cutting"), sides=("japan",))
VIEWS = [(Filters(), "en"), (Filters(), "ja"), (BIO_OR_CROSS, "en")]
WORDS = {
    language: tomllib.loads((ROOT / "dashboard" / "text" / f"{language}.toml").read_text("utf-8"))
    for language in ("en", "ja")
}
LOCALES = {"en": Locale.parse("en_GB"), "ja": Locale.parse("ja")}
Rows = list[list[Any]]


@pytest.fixture(scope="module")
def store(demo_snapshot: Any) -> Store:
    return Store(demo_snapshot)


def look(store: Store, filters: Filters, language: str = "en") -> View:
    programme = Programme(Period(Month(2013, 9), Month(2017, 2)), date(2018, 1, 1))
    return View(filters, language, False, programme, store.version, store)


def workbook(figure: Figure, frame: pd.DataFrame, view: View) -> Rows:
    book = openpyxl.load_workbook(BytesIO(file(figure, frame, view, "xlsx")), read_only=True)
    return [[plain(one) for one in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def comma_separated(figure: Figure, frame: pd.DataFrame, view: View) -> Rows:
    """Without the last column, which says where the rows were taken from."""
    written = file(figure, frame, view, "csv").decode("utf-8-sig")
    return [row[:-1] for row in csv.reader(StringIO(written, newline=""))]


def plain(value: Any) -> Any:
    """A value as both files can hold it: days as text, nothing as None."""
    if value is None or pd.isna(value) or value == "":
        return None
    if isinstance(value, datetime):
        return str(value.date() if value == datetime(value.year, value.month, value.day) else value)  # noqa: DTZ001
    return value.item() if hasattr(value, "item") else value


def as_text(value: Any) -> str:
    """What CSV writes of it."""
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def said(name: str, value: Any, row: Any, language: str) -> Any:
    """A coded value, country or city in words."""
    if value is None:
        return None
    if name in WORDS[language]["code"]:
        return WORDS[language]["code"][name][str(value)]
    if name == "country":
        return LOCALES[language].territories[value]
    return city(value, row["country"], language) if name == "city" else value


def expected(frame: pd.DataFrame, language: str) -> Iterator[tuple[str, list[Any]]]:
    """Each column of a file by its heading: a code stands before its name, and the Japanese twin instead of it."""
    rows = frame.to_dict("records")
    for name in map(str, frame.columns):
        if name.endswith("_ja") or name == "theme_code":
            continue
        label, twin = WORDS[language]["column"][name], f"{name}_ja"
        coded = "theme_code" if name == "theme" else name
        if name in (*WORDS[language]["code"], "theme", "country"):
            yield (
                WORDS[language]["column"]["with_code"].format(column=label), [plain(row[coded]) for row in rows]
            )
        if language == "ja" and twin in frame:
            yield label, [plain(row[twin]) or plain(row[name]) for row in rows]
        else:
            yield label, [said(name, plain(row[name]), row, language) for row in rows]


@pytest.mark.parametrize(("filters", "language"), VIEWS, ids=["whole-en", "whole-ja", "narrow-en"])
def test_every_cell(store: Store, filters: Filters, language: str) -> None:
    view = look(store, filters, language)
    assert len(AREAS) >= 50
    for figure in AREAS.values():
        frame = figure.frame(view)
        columns = dict(expected(frame, language))
        heading, *rows = workbook(figure, frame, view)
        text_heading, *text_rows = comma_separated(figure, frame, view)
        assert heading == text_heading == list(columns), figure.name
        assert len(rows) == len(text_rows) == len(frame), figure.name
        for place, (label, values) in enumerate(columns.items()):
            where = f"{figure.name}: {label}"
            # a workbook keeps sixteen digits of a number
            kept = [pytest.approx(one, rel=1e-14) if isinstance(one, float) else one for one in values]
            assert [row[place] for row in rows] == kept, where
            assert [row[place] for row in text_rows] == [as_text(one) for one in values], where


COUNTED = [  # a figure, its file's columns, and plain SQL with the period's condition on a day
    (
        "event_table", ["Code", "Start"],
        "SELECT code, start FROM activity WHERE kind IN ('event', 'presentation') AND start {during}",
    ),
    (
        "case_table", ["Code", "Month", "Desk (code)", "Topic (code)"],
        "SELECT code, substr(brussels(opened), 1, 7) || '-01', desk, topic FROM help_desk_case "
        "WHERE brussels(opened) {during}",
    ),
    (
        "cases_by_desk", ["Month", "Desk (code)", "Cases"],
        "SELECT substr(brussels(opened), 1, 7) || '-01', desk, count(*) FROM help_desk_case "
        "WHERE brussels(opened) {during} GROUP BY 1, 2",
    ),
    (
        "seminar_table", ["Code", "Participants"],
        """SELECT code, (SELECT sum(participants) FROM attendance WHERE activity_id = activity.id) FROM activity
           WHERE kind = 'training' AND start {during}""",
    ),
    (
        "report_table", ["Code", "Published on", "Times tabled"],
        """SELECT code, published_on, (SELECT coalesce(sum(tabled), 0) FROM report_use WHERE report_id = report.id)
           FROM report WHERE published_on {during}""",
    ),
    (
        "call_table", ["Code", "Opened", "Proposals"],
        "SELECT code, opened, proposals FROM joint_call WHERE opened {during}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "columns", "query"), COUNTED, ids=[name for name, *_ in COUNTED])
@pytest.mark.parametrize(
    ("filters", "during"),
    [(Filters(), "BETWEEN '2013-09-01' AND '2017-02-28'"), (HALF, "BETWEEN '2015-01-01' AND '2015-06-30'")],
    ids=["whole", "half-year"],
)
def test_a_workbook_against_plain_sql(
    store: Store, demo_url: str, filters: Filters, during: str, name: str, columns: list[str], query: str
) -> None:
    view, figure = look(store, filters), AREAS[name]
    heading, *rows = workbook(figure, figure.frame(view), view)
    found = [tuple(row[heading.index(column)] for column in columns) for row in rows]
    record = sqlite3.connect(demo_url.removeprefix("sqlite:///"))
    record.create_function("brussels", 1, brussels)
    expected = record.execute(query.format(during=during)).fetchall()
    record.close()
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert expected
