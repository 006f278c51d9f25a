"""Each number on the Data page equals a plain SQL query on the record, written apart from our own."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.figures import data, data_checks, data_words
from dashboard.figures.files import file
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import LANGUAGES
from dashboard.ui.data import template

Rows = Callable[..., list[tuple[Any, ...]]]
TERM = Period(Month(2013, 9), Month(2017, 2))
NARROW = Filters(Period(Month(2015, 1), Month(2015, 6)), ("power-electronics",))
NAMES = {"Attendance": "attendance", "Help-desk cases": "help_desk_case", "Activities": "activity",
         "Interest group": "interest_group_member", "Applications": "application"}  # fmt: skip


@pytest.fixture(scope="module")
def rows(demo_url: str) -> Rows:
    record = sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    return lambda sql, *values: record.execute(sql, values).fetchall()


@pytest.fixture(params=[Filters(), NARROW], ids=["whole", "narrow"])
def view(request: pytest.FixtureRequest, demo_snapshot) -> View:
    """What is chosen changes nothing but the tables."""
    programme = Programme(TERM, date(2018, 1, 1))
    return View(request.param, "en", False, programme, demo_snapshot.version, Store(demo_snapshot))


def test_rows_of_each_table(rows: Rows, view: View) -> None:
    frame = data.HOLDINGS.frame(view).set_index("table_name")
    tables = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    records = [name for name in tables if name not in ("import_batch", "import_change", "alembic_version")]
    whole = sum(rows(f"SELECT count(*) FROM {name}")[0][0] for name in records)
    assert (len(frame), frame["rows"].sum()) == (len(records), whole)
    for name, table in NAMES.items():
        assert frame["rows"][name] == rows(f"SELECT count(*) FROM {table}")[0][0]
    assert frame["imported_at"].isna().all()
    assert data.HOLDINGS.say_title(data.HOLDINGS.frame(view), view) == (
        "2,944 rows in 20 tables; most are in Attendance (1,252)"
    )  # fmt: skip


def test_from_when_to_when(rows: Rows, view: View) -> None:
    frame = data.REACH.frame(view).set_index("table_name")
    for name, table, day in (("Help-desk cases", "help_desk_case", "opened"), ("Activities", "activity", "start")):
        ((first, last),) = rows(f"SELECT min(date({day})), max(date({day})) FROM {table}")
        assert (str(frame["first_date"][name].date()), str(frame["last_date"][name].date())) == (first, last)
    said = data.REACH.say_title(data.REACH.frame(view), view)
    days = (view.store.read_at.date() - date(2017, 2, 28)).days
    assert said.startswith("Records reach from 1 October 2013 to 28 February 2017 (Help-desk cases), ")
    assert f"{days:,} days before" in said


def test_how_full_columns_and_tables_are(rows: Rows, view: View) -> None:
    columns = data.COLUMNS.frame(view).set_index(["table_name", "column_name"])
    ((rated, all_cases),) = rows("SELECT count(satisfaction), count(*) FROM help_desk_case")
    found = columns.loc[("Help-desk cases", "Satisfaction")]
    assert (found["filled"], found["rows"], found["share_percent"]) == (rated, all_cases, 41.3)
    optional = rows("SELECT name FROM pragma_table_info('application') WHERE \"notnull\" = 0 AND name NOT IN"
                    " ('id', 'import_batch_id')")  # fmt: skip
    filled = " + ".join(f"count({name})" for (name,) in optional)
    ((cells, full),) = rows(f"SELECT count(*) * {len(optional)}, {filled} FROM application")
    table = data.COMPLETENESS.frame(view).set_index("table_name").loc["Applications"]
    assert (table["cells"], table["filled"]) == (cells, full)
    assert table["share_percent"] == round(full / cells * 100, 1)


def test_what_the_rules_found(view: View) -> None:
    checks, broken = data_checks.CHECKS.frame(view), data_checks.BROKEN.frame(view)
    assert (len(checks), checks["found"].sum(), len(broken)) == (40, 32, 32)
    assert data_checks.CHECKS.say_title(checks, view) == "1 of 40 rules found 32 rows to look at"
    assert data_checks.headline(view) == "The record holds 2,944 rows in 20 tables; 40 rules found 32 to look at"


def test_a_table_follows_the_filters(rows: Rows, view: View) -> None:
    where = "1" if view.filters == Filters() else (
        "start BETWEEN '2015-01-01' AND '2015-06-30' AND theme_id ="
        " (SELECT id FROM theme WHERE code = 'power-electronics')"
    )  # fmt: skip
    expected = rows(f"SELECT code FROM activity WHERE {where} ORDER BY start, code")
    frame = data.PUBLIC["activity"].frame(view)
    assert [(code,) for code in frame["code"]] == expected
    assert data.PUBLIC["activity"].say_title(frame, view) == f"Activities: {len(expected)} rows"


def test_a_download_holds_the_table_and_what_it_does_not_tell(rows: Rows, view: View) -> None:
    figure = data.PUBLIC["attendance"]
    frame = figure.frame(view)
    found = list(csv.DictReader(io.StringIO(file(figure, frame, view, "csv").decode("utf-8-sig"))))
    assert len(found) == len(frame)
    told = {int(row["Participants"]) for row in found if row["Participants"]}
    assert min(told) >= 5 or 0 in told
    assert not told & {1, 2, 3, 4}
    assert all("illustrative records" in row["Taken from"] for row in found)
    book = load_workbook(io.BytesIO(file(figure, frame, view, "xlsx")))
    about = {label: said for sheet in book.worksheets[1:] for label, said in sheet.iter_rows(values_only=True)}
    assert "fewer than 5 people" in about["What it does not say"]
    assert "fewer than 5 people are empty" in about["Note"]
    ((people,),) = rows("SELECT sum(participants) FROM attendance")
    assert frame["participants"].sum() < people


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_and_term_is_defined(language: str, demo_snapshot) -> None:
    view = View(Filters(), language, False, Programme(TERM, date(2018, 1, 1)), demo_snapshot.version,
                Store(demo_snapshot))  # fmt: skip
    frame = data_words.DEFINITIONS.frame(view)
    assert frame["indicator"].tolist() == [one.key for one in INDICATORS]
    assert frame[["definition", "numerator", "why", "caveat", "source"]].notna().all(axis=None)
    glossary = data_words.GLOSSARY.frame(view)
    assert len(glossary) == len(data_words.TERMS) == glossary["term"].nunique()


def test_the_template_is_the_commands() -> None:
    book = load_workbook(io.BytesIO(template()))
    assert (book.sheetnames[0], book.sheetnames[-1], len(book.sheetnames)) == ("Read me", "Lists", 26)
    assert book["Themes"]["A1"].value == "Code"
