"""What a figure's files hold: the numbers that are drawn, where they are from, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import struct
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.database.snapshot import take
from dashboard.exports.formats import FORMATS, Content
from dashboard.figures import events, overview, partnerships
from dashboard.figures.files import file, file_name
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import format, text

TERM = Period(Month(2013, 9), Month(2017, 2))
TABLES = [partnerships.MATRIX, partnerships.PIPELINE, partnerships.ORIGINS, partnerships.TABLE, overview.RECONCILIATION,
          overview.RESULTS_CHAIN, overview.progress_of("people_reached"), events.TABLE]  # fmt: skip
PICTURES = [partnerships.MATRIX, partnerships.PIPELINE, partnerships.BY_YEAR, partnerships.PARTNERSHIP_MAP,
            overview.RESULTS_CHAIN, overview.progress_of("people_reached")]  # fmt: skip
by_name = {"ids": lambda figure: f"{figure.key}{figure.variant}"}


@pytest.fixture(params=["en", "ja"])
def view(request: pytest.FixtureRequest, demo_snapshot) -> View:
    programme = Programme(TERM, date(2018, 1, 1))
    return View(Filters(), request.param, False, programme, demo_snapshot.version, Store(demo_snapshot))


def source(view: View) -> str:
    """The line that says that the records are illustrative, as of when."""
    return text("figure.foot_illustrative", view.language, read_at=format.moment(view.store.read_at, view.language))


def cells(written: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))


def as_written(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(value.date()) if isinstance(value, datetime) else str(value)


@pytest.mark.parametrize("figure", TABLES, **by_name)
def test_a_csv_holds_the_numbers_that_are_drawn(figure: Figure, view: View) -> None:
    frame = figure.data(view)
    heading, *rows = cells(file(figure, frame, view, "csv"))
    assert len(rows) == len(frame) > 0
    assert len(set(heading)) == len(heading)
    plain = {name: values for name, values in frame.items() if values.dtype.kind in "ifM"}
    assert plain
    for name, values in plain.items():
        place = heading.index(text(f"column.{name}", view.language))
        assert [row[place] for row in rows] == [as_written(value) for value in values], name
    assert heading[-1] == {"en": "Taken from", "ja": "取得元"}[view.language]
    assert {row[-1] for row in rows} == {source(view)}


def test_the_matrix_as_csv_by_hand(view: View) -> None:
    frame = partnerships.MATRIX.data(view)
    heading, *rows = cells(file(partnerships.MATRIX, frame, view, "csv"))
    german = {row[2]: row[:-1] for row in rows if row[0] == "DE"}
    assert len(german) == (frame["country"] == "DE").sum()
    if view.language == "en":
        assert heading[:-1] == ["Country (code)", "Country", "Japanese city", "Partnerships"]
        assert german["Tsukuba"] == ["DE", "Germany", "Tsukuba", "1"]
    else:
        assert german["つくば"] == ["DE", "ドイツ", "つくば", "1"]


@pytest.mark.parametrize("figure", TABLES, **by_name)
def test_a_workbook_holds_the_numbers_and_their_definition(figure: Figure, view: View) -> None:
    frame = figure.data(view)
    book = openpyxl.load_workbook(BytesIO(file(figure, frame, view, "xlsx")))
    data, about = book.worksheets
    assert (data.title, about.title) == {
        "en": ("Data", "Definition and source"), "ja": ("データ", "定義と出典"),
    }[view.language]  # fmt: skip
    heading, *rows = data.iter_rows(values_only=True)
    assert len(rows) == len(frame)
    for name, values in frame.items():
        if values.dtype.kind in "ifM":
            place = heading.index(text(f"column.{name}", view.language))
            known = [None if pd.isna(value) else value for value in values]
            if values.dtype.kind == "f":
                known = [value if value is None else pytest.approx(value) for value in known]
            assert [row[place] for row in rows] == known, name
    said = dict(about.iter_rows(min_row=2, values_only=True))
    assert said[text("file.source", view.language)] == source(view)
    assert said[text("file.title", view.language)] == figure.say_title(frame, view)
    definition = f"indicator.{figure.indicator}.definition" if figure.indicator else "definition.several"
    assert said[text("definition.definition", view.language)] == text(definition, view.language)
    assert "f" not in {cell.data_type for row in data.iter_rows() for cell in row}  # no formula


def drawn_words(figure: Figure, view: View) -> list[str]:
    """Every text in a figure's SVG."""
    drawn = ElementTree.fromstring(file(figure, figure.data(view), view, "svg"))
    return ["".join(part.itertext()) for part in drawn.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("figure", PICTURES, **by_name)
def test_a_picture_stands_alone(figure: Figure, view: View) -> None:
    said = drawn_words(figure, view)
    assert source(view) in said
    assert figure.say_title(figure.data(view), view) in said


@pytest.mark.parametrize("figure", PICTURES[:3], **by_name)
def test_a_png_is_twice_its_size(figure: Figure, view: View) -> None:
    png = file(figure, figure.data(view), view, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width >= 1920
    assert height >= 300


def test_the_numbers_of_a_picture_are_those_of_the_frame(view: View) -> None:
    said = drawn_words(partnerships.BY_THEME, view)
    for row in view.localise(partnerships.BY_THEME.data(view), "theme").itertuples():
        assert row.theme in said
        assert str(row.partnerships) in said


def test_a_recorded_programme_is_not_called_illustrative(sqlite, demo_url: str, elsewhere) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    elsewhere(url, "UPDATE programme SET dataset = 'recorded'")
    snapshot = take(url)
    view = View(Filters(), "en", False, Programme(TERM, date(2018, 1, 1)), snapshot.version, Store(snapshot))
    _, first, *_ = cells(file(partnerships.MATRIX, partnerships.MATRIX.data(view), view, "csv"))
    assert first[-1].startswith("Source: programme database, read ")


def test_a_files_name_says_what_it_holds(view: View) -> None:
    chosen = Filters(Period(Month(2015, 1), Month(2015, 6)), themes=("biotechnology",), countries=("DE",))
    narrow = View(chosen, view.language, False, view.programme, view.version, view.store)
    assert (
        file_name(partnerships.MATRIX, narrow) == f"partnership_matrix_2015-01_2015-06_biotechnology_de_{view.language}"
    )


DANGEROUS = ["=1+1", "+81 3 1234", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")', "\x00=1+1"]


def content(frame: pd.DataFrame) -> Content:
    return Content(frame, ("Taken from", "=here"), [("=Title", "@definition")], ("Data", "About"))


def test_what_a_spreadsheet_would_run_is_text() -> None:
    frame = pd.DataFrame({"=name": DANGEROUS, "amount": range(-len(DANGEROUS), 0)})
    written = content(frame)
    heading, *rows = cells(FORMATS["csv"].write(written))
    assert heading == ["'=name", "amount", "Taken from"]
    assert [row[0] for row in rows] == [f"'{value.removeprefix(chr(0))}" for value in DANGEROUS]
    assert [row[1] for row in rows] == [str(amount) for amount in range(-len(DANGEROUS), 0)]  # numbers stay numbers
    assert {row[2] for row in rows} == {"'=here"}
    book = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].write(written)))
    assert [cell.value for cell in book.worksheets[0]["B"][1:]] == list(range(-len(DANGEROUS), 0))
    texts = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type != "n"]
    assert "f" not in {cell.data_type for cell in texts}
    assert [cell.value for cell in texts if str(cell.value).startswith(("=", "+", "-", "@"))] == []


def test_harmless_text_and_numbers_stay_as_they_are() -> None:
    frame = pd.DataFrame(
        {"title": ["a = b", "O'Brien", "日本", 'say "hi", twice', "line\nbreak"], "gap": [-1.5, 0, 2, None, 4]}
    )
    _, *rows = cells(FORMATS["csv"].write(content(frame)))
    assert [row[0] for row in rows] == frame["title"].tolist()
    assert [row[1] for row in rows] == ["-1.5", "0.0", "2.0", "", "4.0"]


@settings(deadline=None, max_examples=50)
@given(some.lists(some.text(), min_size=1, max_size=5))
def test_any_text_can_be_written_and_none_begins_like_a_formula(values: list[str]) -> None:
    written = content(pd.DataFrame({"text": values}))
    _, *rows = cells(FORMATS["csv"].write(written))
    assert len(rows) == len(values)
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)
    sheet = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].write(written))).worksheets[0]
    assert sheet.max_row == len(values) + 1 or values[-1] == ""
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
