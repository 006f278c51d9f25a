"""A slide file says what the page says: read back with python-pptx, for every ready talk and language."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt
from pypdf import PdfReader

from dashboard.charts.native import COUNT, SMALL, Native, Series, numbers
from dashboard.charts.theme import LIGHT
from dashboard.database import engine
from dashboard.exports import fitting, slide_layout, slides
from dashboard.exports.slide_charts import Box, add_chart
from dashboard.exports.slide_look import NotATemplate, look
from dashboard.exports.slide_parts import Charts, Deck, Entries, Entry, Page, Table
from dashboard.figures import talk
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.figures.slideshow import natives, slideshow
from dashboard.filters import Filters, Month, Period
from tests.exports.conftest import WAYS, charts, ready, sheet, ways
from tests.imports.records.conftest import OFFICE, by_office


@ready
@ways
def test_every_slide_has_title_notes_badge_and_foot(made, view: View, name: str, way: str) -> None:
    shown = made(talk.SETS[name], way)
    assert round(shown.slide_width / shown.slide_height, 2) == 1.78
    for number, slide in enumerate(shown.slides, 1):
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        assert any(shape.name == "Badge" and shape.text_frame.text for shape in slide.shapes)
        assert slide.notes_slide.notes_text_frame.text.strip()
        if number > 1:
            assert any(shape.has_text_frame and "2" in shape.text_frame.text and "UTC" in shape.text_frame.text
                       for shape in slide.shapes)  # fmt: skip
    for place, one in enumerate(talk.SETS[name], 1):
        said = talk.slide(one, replace(view, language=WAYS[way][0]))
        notes = shown.slides[place].notes_slide.notes_text_frame.text
        assert said.alt in notes
        assert all(definition in notes for _, definition in said.about)


@ready
@ways
def test_every_chart_picture_and_table_has_its_alternative_text(made, name: str, way: str) -> None:
    seen = 0
    for slide in made(talk.SETS[name], way).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                seen += 1
                assert shape._element.xpath(".//p:cNvPr/@descr")[0].strip()
    assert seen >= 8


@ready
@ways
def test_no_text_is_larger_than_its_place(made, name: str, way: str) -> None:
    for slide in made(talk.SETS[name], way).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or shape.name == "Badge" or "slidenum" in shape._element.xml:
                continue
            room = shape.width / 914400
            down = sum(
                fitting.height(paragraph.text.replace("\v", "\n"), paragraph.runs[0].font.size.pt, room)
                for paragraph in shape.text_frame.paragraphs if paragraph.runs
            )  # fmt: skip
            assert down <= shape.height / 914400 + 0.12, (slide.shapes.title.text, shape.text_frame.text)


@ready
@ways
def test_nothing_that_a_ready_talk_says_is_cut(made, name: str, way: str) -> None:
    for slide in made(talk.SETS[name], way).slides:
        for shape in slide.shapes:
            assert not (shape.has_text_frame and fitting.DOTS in shape.text_frame.text), shape.text_frame.text


def squeezed(said: str) -> str:
    """Without spaces, in plain characters: a PDF names some Japanese ones by their like."""
    return re.sub(r"\s", "", normalize("NFKC", said))


@by_office
def test_libreoffice_shows_every_slide_of_every_ready_talk(made, tmp_path: Path) -> None:
    """A page a slide, with its title and the names of its bars, whole."""
    for name, way in product(talk.SETS, WAYS):
        made(talk.SETS[name], way).save(tmp_path / f"{name}-{way}.pptx")
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    files = sorted(tmp_path.glob("*.pptx"))
    subprocess.run([str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files],
                   check=True, capture_output=True, timeout=540)  # fmt: skip
    for file in files:
        written, pages = Presentation(str(file)).slides, PdfReader(file.with_suffix(".pdf")).pages
        assert len(pages) == len(written)
        for slide, page_of in zip(written, pages, strict=True):
            found = squeezed(page_of.extract_text())
            said = [*slide.shapes.title.text_frame.text.split("\n")]
            said += [name for chart in charts(slide) if bars(chart)
                     for category in chart.plots[0].categories for name in category.split("\n")]  # fmt: skip
            assert [one for one in said if squeezed(one) not in found] == [], file.name


def bars(chart: Any) -> bool:
    return chart.chart_type in (XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED, XL_CHART_TYPE.BAR_STACKED_100)


def test_a_long_note_takes_more_room_and_the_only_line_of_a_panel_is_named() -> None:
    note = "Months between the limits are routine. " * 16
    lines = (Series(name, (1.0, 2.0), "#000000") for name in ("Web", "App"))
    shown = Charts(tuple(Native("line", ("a", "b"), (line,), "Visits") for line in lines))
    made = Page(("t",), ("",), (note,), ("Source UTC",), shown, "alt", "speech")
    slide = Presentation(BytesIO(slides.write(deck(made)))).slides[1]
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert note in said
    assert [one for one in said if "Visits" in one] == ["Visits · Web", "Visits · App"]


NATIVE = [name for name, figure in FIGURES.items() if figure.native and not name.startswith("framework")]


def test_the_workbook_behind_each_chart_holds_the_native_form_s_numbers(made, view: View) -> None:
    """Of every figure that has one: names, values and the ends of ranges, to the last digit."""
    shown = made(tuple(NATIVE), "en")
    for name, slide in zip(NATIVE, list(shown.slides)[1:], strict=False):
        figure = FIGURES[name]
        drawn, found = natives(figure, figure.frame(view), view), charts(slide)
        assert len(found) == len(drawn) > 0, name
        for native, chart in zip(drawn, found, strict=True):
            heads, *rows = sheet(chart)
            width = 1 + len(native.series)
            assert heads[1:width] == tuple(series.name for series in native.series)
            assert [list(column) for column in zip(*(row[1:width] for row in rows), strict=True)] == [
                [value if value is None else pytest.approx(value) for value in series.values]
                for series in native.series
            ], name
            assert [list(plot.values) for plot in chart.plots[0].series] == [
                [value if value is None else pytest.approx(value) for value in series.values]
                for series in native.series
            ]


def column(chart: Any, place: int = 1) -> dict[str, Any]:
    return {row[0].split("\n")[0].split("  ·  ")[0]: row[place] for row in sheet(chart)[1:]}


def counted(url: str, sql: str) -> dict[str, Any]:
    with engine.reading(url) as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}


QUESTIONS = {
    "partnerships_by_theme": "SELECT t.name, count(*) FROM partnership p JOIN theme t ON t.id = p.theme_id GROUP BY 1",
    "reach_by_theme": "SELECT t.name, sum(n.participants) FROM attendance n JOIN activity a ON a.id = n.activity_id "
    "JOIN theme t ON t.id = a.theme_id WHERE a.kind IN ('event', 'presentation') GROUP BY 1",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_bars_against_the_record(made, demo_url: str, name: str) -> None:
    (chart,) = charts(made((name,), "en").slides[1])
    assert column(chart) == counted(demo_url, QUESTIONS[name])


def test_other_families_against_the_record(made, demo_url: str) -> None:
    """Lines, the control chart, columns, ranges and stacks, each against SQL of its own."""
    names = (
        "progress-help_desk_cases", "case_volume", "partnerships_by_year", "success", "follow_up", "seminar_scores"
    )  # fmt: skip
    shown = list(made(names, "en").slides)[1:7]
    progress, volume, years, success, answers, scores = (charts(slide)[0] for slide in shown)
    with engine.reading(demo_url) as connection:
        ask = connection.exec_driver_sql
        cases = ask("SELECT count(*) FROM help_desk_case").scalar()
        partnerships = ask("SELECT count(*) FROM partnership").scalar()
        funded, decided = ask(
            "SELECT sum(status = 'funded'), sum(status <> 'submitted') FROM application"
        ).one()  # fmt: skip
        results = dict(ask("SELECT applied_after_six_months, count(*) FROM training_result GROUP BY 1").all())
        before, after = ask(
            "SELECT avg(before_score), avg(after_score) FROM training_result "
            "WHERE before_score IS NOT NULL AND after_score IS NOT NULL"
        ).one()  # fmt: skip
    assert sheet(progress)[-1][1] == cases
    assert sum(row[1] for row in sheet(volume)[1:]) == cases
    assert sum(value or 0 for row in sheet(years)[1:] for value in row[1:]) == partnerships
    assert sheet(success)[1][1] == pytest.approx(100 * funded / decided)
    heads, *rows = sheet(answers)
    assert [sum(row[place] for row in rows) for place in range(1, len(heads))] == [
        results["yes"], results["no"], results["unknown"]
    ]  # fmt: skip
    assert sheet(scores)[-1][1:3] == (pytest.approx(before), pytest.approx(after))


def test_an_indicator_s_trend_is_its_own(made, view: View) -> None:
    (chart,) = charts(made(("indicator-partnerships",), "en").slides[1])
    measured = talk.slide("indicator-partnerships", view).indicator
    assert measured is not None
    assert [row[1] for row in sheet(chart)[1:]] == [value for _, value in measured.trend]


@pytest.mark.parametrize(("counts", "unit", "most"), [((0, 0), 1, 1), ((1, 3), 1, None), ((4, 10), None, None)])
def test_an_axis_of_few_things_has_no_halves(counts: tuple[int, ...], unit: float | None, most: float | None) -> None:
    """In steps of a half the axis of one case read 0, 1, 1."""
    line = Native("line", ("a", "b"), (Series("n", numbers(counts), LIGHT.eu),), form=COUNT)
    shapes = Presentation().slides.add_slide(Presentation().slide_layouts[6]).shapes
    add_chart(shapes, line, Box(0, 0, 5, 3), "alt", 10, False)
    axis = shapes[-1].chart.value_axis
    assert (axis.major_unit, axis.maximum_scale) == (unit, most)


def test_an_empty_selection_says_so_and_draws_nothing(view: View) -> None:
    first = Period(Month(2013, 9), Month(2013, 9))
    narrow = replace(view, filters=Filters(period=first, themes=("biotechnology",)))
    slide = Presentation(BytesIO(slideshow(["pipeline"], narrow, ("en",)))).slides[1]
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Nothing to show in this selection" in said
    assert "Loosen the filter: period, theme." in said
    assert not charts(slide)


def page(title: str, body: Any) -> Page:
    return Page((title,), ("",), ("",), ("Source UTC",), body, "alt", "speech")


def deck(*pages: Page, badge: str = "") -> Deck:
    return Deck(("en",), "ACRO", ("Title",), (("About",),), (badge,), ("",), datetime(2020, 1, 2, tzinfo=UTC), pages)


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "bell \x07 and \x1b[31m", "<b>&amp;", "長" * 400, "word " * 300]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(hostile: str) -> None:
    native = Native("bar", (hostile, "other"), (Series(hostile, (1.0, None), "#000000"),))
    table = Table((hostile,), ((hostile,),), (False,), 1)
    bodies = (Charts((native,)), table, Entries((Entry("h", hostile),)))
    data = slides.write(deck(*(page(hostile, body) for body in bodies)))
    read = Presentation(BytesIO(data))
    book = load_workbook(BytesIO(charts(read.slides[1])[0].part.chart_workbook.xlsx_part.blob))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}
    title = read.slides[1].shapes.title.text_frame.text
    assert title.removesuffix("…") in hostile.replace("\x07", "").replace("\x1b", "")
    assert "_x00" not in title


def test_long_names_of_bars_have_the_room_that_their_size_was_chosen_for() -> None:
    names = tuple(f"City {place}, Jul 2016 – Seminar at the University's laboratory\n+2.3 points" for place in range(8))
    series = tuple(Series(name, (1.0,) * 8, "#000000") for name in ("before", "after"))
    long, short = Native("bar", names, series), Native("bar", tuple("abcdefgh"), series)
    read = Presentation(BytesIO(slides.write(deck(page("a", Charts((long,))), page("b", Charts((short,)))))))
    (made,), (other,) = charts(read.slides[1]), charts(read.slides[2])
    layout = made._chartSpace.chart.plotArea.find(qn("c:layout"))
    place = {one.tag.rpartition("}")[2]: one.get("val") for one in layout[0]}
    assert place["layoutTarget"] == "inner"
    size = made.category_axis.tick_labels.font.size.pt
    assert size >= 10
    across = float(place["x"]) * slide_layout.ACROSS
    assert across >= fitting.width(names[0].split("\n")[0], size)
    assert float(place["x"]) + float(place["w"]) < 1
    assert 0 < float(place["y"]) < 0.2  # the legend's line
    automatic = other._chartSpace.chart.plotArea.find(qn("c:layout"))
    assert automatic is None or not len(automatic)


@pytest.mark.parametrize(("stacked", "nothing"), [("", "0"), ("sum", '""')])
def test_amounts_too_small_for_three_decimals_are_written_so(stacked: Any, nothing: str) -> None:
    """The form holds a sign that XML does not, and has as many sections as an office program reads."""
    series = tuple(Series(name, (0.0, 0.0003, 1200.0), "#000000") for name in "ab")
    made = Native("column", ("x", "y", "z"), series, "EUR million", SMALL, stacked)
    read = Presentation(BytesIO(slides.write(deck(page("t", Charts((made,)))))))
    (chart,) = charts(read.slides[1])
    assert chart.plots[0].data_labels.number_format == f'[=0]{nothing};[<0.0005]"<0.001";#,##0.0##'
    forms = {one.text for one in chart._chartSpace.iter(qn("c:formatCode"))}
    assert forms == {SMALL}


def test_definitions_are_shared_out_evenly_over_their_sheets() -> None:
    entries = Entries(tuple(Entry(f"Entry {number}", "one\ntwo") for number in range(8)))
    read = Presentation(BytesIO(slides.write(deck(page("t", entries)))))
    held = [sum("Entry" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            for slide in [*read.slides][1:]]  # fmt: skip
    assert held == [4, 4]


def test_few_definitions_stand_in_larger_letters() -> None:
    def sizes(count: int) -> set[float]:
        entries = Entries(tuple(Entry(f"Entry {number}", "one\ntwo") for number in range(count)))
        read = Presentation(BytesIO(slides.write(deck(page("t", entries)))))
        texts = [shape.text_frame for shape in read.slides[1].shapes if shape.has_text_frame]
        return {run.font.size.pt for text in texts if "Entry" in text.text
                for line in text.paragraphs for run in line.runs}  # fmt: skip

    assert (sizes(3), sizes(7)) == ({14.0}, {11.0})


def test_what_is_put_between_an_east_asian_sign_and_a_digit_is_counted() -> None:
    assert fitting.width("2016年2月", 72) == pytest.approx(5 * 0.65 + 2 + 3 * 0.25)
    room = fitting.width("2016年2月", 72)
    assert (fitting.lines("2016年2月", 72, room + 0.01), fitting.lines("2016年2月", 72, room - 0.2)) == (1, 2)


def test_the_file_names_its_origin_and_its_day() -> None:
    kept = Presentation(BytesIO(slides.write(deck()))).core_properties
    assert (kept.title, kept.author, kept.language, kept.subject) == ("Title", "ACRO", "en-GB", "About")
    assert kept.created == datetime(2020, 1, 2)  # noqa: DTZ001 - as python-pptx gives it


def test_no_badge_where_the_records_are_no_illustration() -> None:
    read = Presentation(BytesIO(slides.write(deck(page("t", Entries((Entry("h", "x"),)))))))
    assert not [shape for slide in read.slides for shape in slide.shapes if shape.name == "Badge"]


def test_a_template_keeps_its_size_and_loses_its_slides() -> None:
    own = Presentation()  # 4 : 3, with eleven layouts
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Old"
    out = BytesIO()
    own.save(out)
    read = Presentation(BytesIO(slides.write(deck(page("New", Entries((Entry("h", "x"),)))), out.getvalue())))
    assert read.slide_width == own.slide_width
    assert [slide.slide_layout.name for slide in read.slides] == ["Title Slide", "Title Only"]
    assert read.slides[1].shapes.title.text_frame.text == "New"
    assert "Old" not in [slide.shapes.title.text_frame.text for slide in read.slides]


@pytest.mark.parametrize("wrong", [b"", b"dear diary", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_template(wrong: bytes) -> None:
    with pytest.raises(NotATemplate, match="no PowerPoint presentation"):
        look(wrong)


def test_our_own_look_has_fonts_for_both_scripts() -> None:
    master = look(None).presentation.slide_master
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")).blob.decode()
    assert 'ea typeface="Yu Gothic"' in theme
    assert 'latin typeface="Arial"' in theme


def test_words_are_cut_only_where_the_smallest_letters_do_not_fit() -> None:
    assert fitting.fitted("short", 2, 1, (20.0, 10.0)) == ("short", 20.0)
    said, size = fitting.fitted("word " * 200, 2, 0.5, (20.0, 10.0))
    assert size == 10.0
    assert said.endswith("…")
    assert fitting.height(said, 10.0, 2) <= 0.5


def test_the_estimate_is_not_smaller_than_dejavu() -> None:
    """DejaVu Sans is as wide as a common sans serif gets; 'Opened on' is 1.03 of it at the least of our words."""
    from PIL import ImageFont

    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 100)
    except OSError:
        font = None
    for said in ("Success rate of applications", "Łódź, Ελλάδα", "987 cases (n = 12)") if font else ():
        assert font is not None
        assert fitting.width(said, 72) * 100 >= font.getlength(said)
    assert Pt(72).inches == 1
