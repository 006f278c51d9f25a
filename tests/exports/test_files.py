"""What a figure's files hold: the numbers that are drawn, where they are from, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import re
import struct
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from dashboard.database.snapshot import take
from dashboard.exports.formats import FORMATS, Content
from dashboard.exports.table import localised
from dashboard.figures import events, overview, partnerships
from dashboard.figures.captions import subtitle
from dashboard.figures.files import file, file_name
from dashboard.figures.model import Figure, View
from dashboard.figures.register import FIGURES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import format, text, words

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
    return str(value.date()) if isinstance(value, datetime) else str(value).removesuffix(".0")


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
    data, definition, origin = book.worksheets
    assert book.sheetnames == {
        "en": ["Data", "Definition", "Source"], "ja": ["データ", "定義", "出典"],
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
    said = dict(origin.iter_rows(min_row=2, values_only=True))
    assert said[text("file.source", view.language)] == source(view)
    assert said[text("file.title", view.language)] == figure.say_title(frame, view)
    assert {"en": "September 2013 – February 2017", "ja": "2013年9月〜2017年2月"}[view.language] in said[
        text("file.shown", view.language)
    ]
    defined = dict(definition.iter_rows(min_row=2, values_only=True))
    key = f"indicator.{figure.indicator}.definition" if figure.indicator else "definition.several"
    assert defined[text("definition.definition", view.language)] == text(key, view.language)
    assert "f" not in {cell.data_type for row in data.iter_rows() for cell in row}  # no formula


def test_a_workbook_of_several_indicators_defines_each(view: View) -> None:
    figure = overview.HEADLINE_INDICATORS
    book = openpyxl.load_workbook(BytesIO(file(figure, figure.data(view), view, "xlsx")))
    defined = dict(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    name, definition = {
        "en": ("Events", "Networking and information events held by the programme."),
        "ja": ("イベント", text("indicator.events.definition", "ja")),
    }[view.language]
    assert defined[name] == definition
    assert {text(f"indicator.{key}.name", view.language) for key in CATALOGUE} <= defined.keys()


def test_names_stand_beside_their_codes(view: View) -> None:
    """The first event of the demonstration, in codes and in words."""
    heading, first, *_ = cells(file(events.TABLE, events.TABLE.data(view), view, "csv"))
    assert (
        heading[:4]
        == {
            "en": ["Code", "Kind of activity (code)", "Kind of activity", "Title"],
            "ja": ["コード", "活動の種類（コード）", "活動の種類", "題名"],
        }[view.language]
    )
    named = dict(zip(heading, first, strict=True))
    label, code = {"en": ("Theme", "Theme (code)"), "ja": ("テーマ", "テーマ（コード）")}[view.language]
    (row,) = view.select(sa.text(f"SELECT name, name_ja FROM theme WHERE code = '{named[code]}'")).values.tolist()
    assert named[label] == row[view.language == "ja"]


def coded(frame: pd.DataFrame, language: str) -> set[str]:
    """The columns of a frame whose values have words."""
    known = {key.split(".")[1] for key in words(language) if key.startswith("code.")}
    return {
        name for name in map(str, frame.columns)
        if name in known | {"indicator", "country"} or (name == "theme" and "theme_code" in frame)
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_figure_of_the_register_has_its_files(suffix: str, view: View) -> None:
    """Every row of what is drawn and two columns for what is coded; the code as it stands in the record."""
    for figure in FIGURES.values():
        frame = figure.frame(view)
        written = file(figure, frame, view, suffix)
        if suffix == "csv":
            heading, *rows = cells(written)
        else:
            sheet = openpyxl.load_workbook(BytesIO(written), read_only=True).worksheets[0]
            heading, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert len(rows) == len(frame), figure.name
        assert len(set(heading)) == len(heading), figure.name
        for name in coded(frame, view.language):
            label = text(f"column.{name}", view.language)
            code = heading.index(text("column.with_code", view.language, column=label))
            assert heading[code + 1] == label
            held = frame["theme_code" if name == "theme" else name]
            assert [str(row[code] or "") for row in rows] == ["" if pd.isna(one) else str(one) for one in held]


def test_every_theme_in_a_file_has_its_code(view: View) -> None:
    for figure in FIGURES.values():
        frame = figure.frame(view)
        assert "theme" not in frame or "theme_code" in frame, figure.name


def drawn_words(figure: Figure, view: View) -> list[str]:
    """Every text in a figure's SVG."""
    drawn = ElementTree.fromstring(file(figure, figure.data(view), view, "svg"))
    return ["".join(part.itertext()) for part in drawn.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("figure", PICTURES, **by_name)
def test_a_picture_stands_alone(figure: Figure, view: View) -> None:
    said = drawn_words(figure, view)
    assert source(view) in said
    together = "".join(said).replace(" ", "")
    for line in (figure.say_title(figure.data(view), view), subtitle(figure, view)):
        assert line.replace(" ", "") in together


@pytest.mark.parametrize("figure", PICTURES[:3], **by_name)
def test_a_png_is_twice_its_size(figure: Figure, view: View) -> None:
    png = file(figure, figure.data(view), view, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert 1920 <= width <= 2200
    assert height >= 300


WIDE = ["seminar_scores", "case_volume", "report_timeline", "event_map"]


@pytest.mark.parametrize("name", WIDE)
def test_long_words_are_broken_and_nothing_is_cut(name: str, view: View) -> None:
    """These have titles and notes longer than a picture is wide: the margin stays white on every side."""
    figure = FIGURES[name]
    image = Image.open(BytesIO(file(figure, figure.data(view), view, "png"))).convert("L")
    assert image.width < 2 * 1400  # a chart's own labels may stand out, not its title of up to 2844
    for edge in ((0, 0, 40, image.height), (image.width - 40, 0, image.width, image.height)):
        assert image.crop(edge).getextrema() == (255, 255)


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
    return Content(frame, ("Taken from", "=here"), "Data", [("Definition", [("=Title", "@definition")])])


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
    assert [row[1] for row in rows] == ["-1.5", "0", "2", "", "4"]


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


def test_an_indicator_without_a_name_stands_by_its_key() -> None:
    frame = pd.DataFrame({"indicator": ["events", "horizon_2020_success_rate", "moonshots", None]})
    assert localised(frame, "en")["Indicator"].fillna("-").tolist() == [
        "Events", "Horizon 2020 success rate", "moonshots", "-",
    ]  # fmt: skip


def test_a_picture_of_nothing_says_so_and_what_to_do(view: View) -> None:
    first = Period(Month(2013, 9), Month(2013, 9))
    narrow = replace(view, language="en", filters=Filters(period=first, themes=("biotechnology",)))
    figure = FIGURES["pipeline"]
    frame = figure.frame(narrow)
    assert frame.empty
    said = re.sub(r"<[^>]+>", " ", file(figure, frame, narrow, "svg").decode())
    assert "Nothing to show in this selection" in said
    assert "Loosen the filter: period, theme." in said
    assert "From contact to funding" in said
    assert file(figure, frame, narrow, "png").startswith(b"\x89PNG")
    for suffix in ("csv", "xlsx"):
        assert file(figure, frame, narrow, suffix)
