"""The page Present: choosing, ordering, and what stands in the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.figures.talk import SETS, SLIDES
from dashboard.sitemap import PAGES
from dashboard.talks import document
from dashboard.text import LANGUAGES, text
from dashboard.ui import talk_files
from tests.pages.conftest import Visit, markup, said

PRESENT = next(page for page in PAGES if page.key == "present")
THREE = ["findings", "pipeline", "framework_years"]
languages = pytest.mark.parametrize("language", LANGUAGES)


def start_of(visitor: AppTest) -> dict[str, list[str]]:
    """The query of the link that starts the talk."""
    _, _, rest = markup(visitor).partition('href="./talk?')
    return parse_qs(urlsplit(f"?{rest.partition(chr(34))[0].replace('&amp;', '&')}").query)


def press(visitor: AppTest, key: str) -> AppTest:
    visitor.button(key=key).click()
    visitor.run()
    assert not visitor.exception
    return visitor


@languages
def test_without_slides_the_page_says_how_to_begin(visit: Visit, demo_url: str, language: str) -> None:
    visitor = visit(demo_url, PRESENT, lang=language)
    assert said(visitor, "empty") == [text("present.none", language)]
    assert start_of(visitor) == {}
    assert [button.key for button in visitor.button if str(button.key).startswith("talk-html")] == []


@pytest.mark.parametrize("name", SETS)
def test_a_ready_talk_fills_the_address(visit: Visit, demo_url: str, name: str) -> None:
    visitor = press(visit(demo_url, PRESENT), f"talk-set-{name}")
    assert visitor.query_params["slide"] == list(SETS[name])
    assert start_of(visitor) == {
        "slide": list(SETS[name]), "languages": ["en"], "colours": ["light"], "lang": ["en"]
    }  # fmt: skip
    assert len(said(visitor, "talk-line")) == len(SETS[name])


@languages
@pytest.mark.parametrize("record", ["demo_url", "empty_url", "one_row_url"])
def test_every_ready_talk_opens_on_any_record(visit: Visit, request, record: str, language: str) -> None:
    slides = list(dict.fromkeys(name for names in SETS.values() for name in names))
    visitor = visit(request.getfixturevalue(record), PRESENT, lang=language, slide=slides, languages="both")
    assert not visitor.exception
    assert len(visitor.error) == 0
    assert start_of(visitor)["slide"] == slides
    count = text("present.count", language, count=len(slides), minutes=-(-len(slides) * 3 // 2))
    assert count in said(visitor, "foot")


@languages
def test_an_address_is_a_prepared_talk(visit: Visit, demo_url: str, language: str) -> None:
    query = {"slide": THREE, "languages": "both", "colours": "dark", "theme": "biotechnology", "from": "2015-01"}
    visitor = visit(demo_url, PRESENT, lang=language, **query)
    lines = said(visitor, "talk-line")
    assert [line.split()[0][0] for line in lines] == ["1", "2", "3"]
    assert lines[2].endswith(text("present.empty", language))
    assert not lines[0].endswith(text("present.empty", language))
    assert start_of(visitor) == {
        "from": ["2015-01"], "to": ["2017-02"], "theme": ["biotechnology"], "slide": THREE, "languages": ["both"],
        "colours": ["dark"], "lang": [language],
    }  # fmt: skip


def test_slides_move_and_go(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, PRESENT, slide=THREE)
    assert visitor.button(key="talk-up-findings").disabled
    assert visitor.button(key="talk-down-framework_years").disabled
    assert start_of(press(visitor, "talk-down-findings"))["slide"] == ["pipeline", "findings", "framework_years"]
    assert start_of(press(visitor, "talk-up-framework_years"))["slide"] == ["pipeline", "framework_years", "findings"]
    assert start_of(press(visitor, "talk-remove-framework_years"))["slide"] == ["pipeline", "findings"]
    assert visitor.query_params["slide"] == ["pipeline", "findings"]
    press(visitor, "talk-clear")
    assert said(visitor, "empty") == [text("present.none", "en")]
    assert "slide" not in visitor.query_params


def test_a_slide_is_found_by_its_title_and_marked_on_its_page(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, PRESENT, slide=["findings"])
    search = visitor.selectbox(key="talk-search")
    assert len(search.options) == len(SLIDES) - 1
    search.select("pipeline").run()
    assert start_of(visitor)["slide"] == ["findings", "pipeline"]
    assert visitor.selectbox(key="talk-search").value is None
    visitor.selectbox(key="talk-group").select("partnerships").run()
    pills = next(one for one in visitor.button_group if one.key == "talk-slides-partnerships")
    assert pills.value == ["pipeline"]
    pills.set_value(["pipeline", "origins"]).run()
    assert not visitor.exception
    assert start_of(visitor)["slide"] == ["findings", "pipeline", "origins"]


def test_what_is_no_slide_is_dropped_and_named(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, PRESENT, slide=["cake", "pipeline"], languages="xx", colours="pink")
    (notice,) = said(visitor, "notice")
    for line in ("slide = cake", "languages = xx", "colours = pink"):
        assert f"{line}: there is no such choice." in notice
    assert start_of(visitor)["slide"] == ["pipeline"]
    assert visitor.query_params == {"lang": "en", "slide": "pipeline"}


def test_the_file_is_prepared_then_saved(visit: Visit, demo_url: str, monkeypatch) -> None:
    heard: list[tuple[int, int]] = []
    made = talk_files.FILES["html"]

    def make(talk, view, progress) -> bytes:
        def both(done: int, steps: int) -> None:
            heard.append((done, steps))
            progress(done, steps)

        return made.make(talk, view, both)

    monkeypatch.setitem(talk_files.FILES, "html", talk_files.File(made.mime, make))
    visitor = press(visit(demo_url, PRESENT, slide=["findings", "pipeline"]), "talk-html")
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    (button,) = visitor.get("download_button")
    assert button.proto.label == "Save talk (HTML, 0.1 MB)"
    press(visitor, "talk-remove-pipeline")
    assert len(visitor.get("download_button")) == 0  # what was prepared is another talk


@pytest.mark.usefixtures("faulty")
def test_a_talk_that_cannot_be_drawn_says_so(visit: Visit, demo_url: str, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr(document, "part", broken)
    visitor = visit(demo_url, PRESENT, slide=["pipeline"])
    assert [one.value for one in visitor.error] == [text("present.drawing_failed", "en")]
    assert start_of(visitor) == {}
