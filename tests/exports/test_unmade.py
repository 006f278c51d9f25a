"""One figure that cannot be made is named, with the remedy; everything else of a talk and a brief is there."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from click.testing import CliRunner
from pptx import Presentation
from pypdf import PdfReader

from dashboard.__main__ import main
from dashboard.figures.briefing import brief
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.figures.slideshow import slideshow
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.talks.document import Talk, document

TERM = Period(Month(2013, 9), Month(2017, 2))
NAMES = ("case_volume", "pipeline", "success")
pytestmark = pytest.mark.usefixtures("faulty")


def breaks(*_: Any) -> Any:
    raise ZeroDivisionError("a figure's fault")


@pytest.fixture
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline's figure fails in this part of it."""
    monkeypatch.setitem(FIGURES, "pipeline", replace(FIGURES["pipeline"], **{request.param: breaks}))


drawn = pytest.mark.parametrize("fault", ["data", "draw", "title"], indirect=True)
charted = pytest.mark.parametrize("fault", ["data", "native", "title"], indirect=True)


@pytest.fixture
def view(demo_snapshot) -> View:
    version = "of its own, so that nothing is remembered"
    return View(Filters(), "en", False, Programme(TERM, date(2018, 1, 1)), version, Store(demo_snapshot))


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was made before is given again."""
    for module in ("model", "slideshow"):
        monkeypatch.setattr(f"dashboard.figures.{module}.remembered", lambda _key, make: make())
    monkeypatch.setattr("dashboard.talks.part.remembered", lambda _key, make: make())


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@charted
@pytest.mark.usefixtures("fault")
def test_slides(view: View, caplog: pytest.LogCaptureFixture) -> None:
    failed: list[str] = []
    with caplog.at_level(logging.ERROR):
        read = Presentation(BytesIO(slideshow(NAMES, view, ("en", "ja"), failed=failed.append)))
    assert failed == ["pipeline"]
    assert "The slide pipeline could not be made" in caplog.text
    shown = list(read.slides)[1:4]
    assert [any(shape.has_chart for shape in slide.shapes) for slide in shown] == [True, False, True]
    assert "This slide could not be made: From contact to funding" in words(shown[1])
    assert "Tell whoever runs the dashboard" in words(shown[1])
    assert "このスライドは作成できませんでした" in words(shown[1])
    assert not any("could not be made" in words(slide) for slide in read.slides if slide is not shown[1])


def test_a_chart_that_the_office_file_cannot_hold(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.exports import slides as office

    whole = office.add_chart
    monkeypatch.setattr(
        office, "add_chart", lambda shapes, made, *rest: breaks() if len(made.categories) == 5
        else whole(shapes, made, *rest),
    )  # fmt: skip
    failed: list[str] = []
    read = Presentation(BytesIO(slideshow(NAMES, view, ("en",), failed=failed.append)))
    assert failed == ["pipeline"]
    assert [words(slide).count("could not be made") for slide in list(read.slides)[1:4]] == [0, 1, 0]
    numbers = [shape._element.xpath(".//a:fld/a:t")[0].text for slide in read.slides for shape in slide.shapes
               if shape._element.xpath(".//a:fld")]  # fmt: skip
    assert numbers == [str(number) for number in range(2, len(read.slides) + 1)]


@drawn
@pytest.mark.usefixtures("fault")
def test_a_talk(view: View, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        made = document(Talk(NAMES), view)
    assert "The slide pipeline could not be made" in caplog.text
    assert made.count('<section class="slide"') == 3
    assert made.count("This slide could not be made: From contact to funding") >= 1
    assert made.count("<svg") >= 4


@drawn
@pytest.mark.usefixtures("fault")
def test_a_brief(view: View) -> None:
    failed: list[str] = []
    pages = PdfReader(BytesIO(brief(view, lambda *_: None, failed.append))).pages
    said = " ".join(page.extract_text() for page in pages).replace("\n", " ")
    assert failed == ["pipeline"]
    assert "This figure could not be made: From contact to funding." in said
    assert "Indicators against targets" in said


@pytest.mark.parametrize(("command", "name"), [("slides", "t.pptx"), ("brief", "b.pdf")])
def test_the_commands_name_it_and_end_with_an_error(
    demo_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    monkeypatch.setitem(FIGURES, "pipeline", replace(FIGURES["pipeline"], data=breaks))
    ended = CliRunner().invoke(
        main, ["export", command, str(tmp_path / name)], env={"DASHBOARD_DATABASE_URL": demo_url}
    )
    assert ended.exit_code == 2
    assert "dashboard: could not be made: pipeline;" in ended.stderr
    assert (tmp_path / name).stat().st_size > 10_000
