"""A page printed from the browser: all of it, on A4, without what is only there to be pressed."""

from __future__ import annotations

import re
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from dashboard.figures.register import PAGES
from dashboard.text import text, words
from tests.browser.conftest import Open
from tests.test_server import Server

A4 = (595, 842)  # points, within one
PRESSED = ("figure.download", "figure.table", "filter.share", "filter.theme", "tile.definition")


def drawn(page: Page) -> Page:
    """Wait until every figure has come and every chart is drawn."""
    page.locator("[class*=st-key-figure-] .foot").last.wait_for()
    page.wait_for_function("""!document.querySelector('[data-testid=stSkeleton]')
        && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(one => one.querySelector('svg'))""")
    return page


def lowest(sheet: PageObject) -> str:
    """The last line as a reader sees it, wherever in the file it stands: layers are written after all else."""
    return [line for line in sheet.extract_text(extraction_mode="layout").splitlines() if line.strip()][-1]


def squeezed(said: str) -> str:
    """Without spaces and dots, in plain characters: Chromium's PDFs name some Japanese ones by their like."""
    return re.sub(r"[\s・‧·]", "", normalize("NFKC", said))


@pytest.mark.parametrize(("name", "language"), [("", "en"), ("partnerships", "ja"), ("helpdesk", "en")])
def test_a_page_prints_whole(open_page: Open, server: Server, name: str, language: str) -> None:
    page = open_page(server, f"/{name}?lang={language}")
    assert (name or "overview") in PAGES
    drawn(page)
    titles = page.locator("[class*=st-key-figure-] h3").all_inner_texts()
    assert len(titles) >= 3
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) > 1
    for one in printed.pages:
        assert [float(side) for side in one.mediabox[2:]] == pytest.approx(A4, abs=1.5)
    lines = [line.strip() for one in printed.pages for line in one.extract_text().splitlines()]
    written = squeezed("".join(lines))
    assert [one for one in titles if squeezed(one) not in written] == []
    assert squeezed(page.locator(".showing span").inner_text()) in written
    assert squeezed(text("badge.illustrative", language)) in written
    pressed = {text(key, language) for key in PRESSED} | {"English", "日本語", text("filter.period_whole", language)}
    assert pressed & set(lines) == set()
    for hint in ("table.help", "map.help"):
        assert squeezed(text(hint, language)) not in written
    if name == "helpdesk":
        assert squeezed(text("table.on_paper", language, shown="60", count="987")) in written
        # The list of cases says no day.
        cells = page.locator("[class*=st-key-figure-] .on-paper td:nth-child(2)").all_text_contents()
        assert cells
        assert [cell for cell in cells if not re.fullmatch(r"\d{4}-\d{2}", cell)] == []
    # Nothing is wider than the paper.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_a_table_is_printed_whole_though_nobody_has_seen_it_and_no_sheet_is_left_empty(
    open_page: Open, server: Server
) -> None:
    page = open_page(server, "/events?lang=en")
    drawn(page)
    printed = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    written = squeezed("".join(one.extract_text() for one in printed))
    for title in ("Horizon 2020 is open to Japan", "Results for cities, at an energy cluster"):  # first and last
        assert squeezed(title) in written
    headings = {squeezed(said) for key, said in words("en").items() if key.startswith("section.")}
    assert sum(heading in written for heading in headings) >= 6
    assert {squeezed(lowest(one)) for one in printed} & headings == set()
    # What went well stays below the tiles, and a map takes no more room than what it shows.
    assert squeezed(text("section.standing_out", "en")) in squeezed(printed[0].extract_text())
    page.locator("[data-testid=stDeckGlJsonChart]").first.wait_for()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 695, "height": 900})
    heights = page.locator("[class*=st-key-map-]").evaluate_all(
        """all => all.map(one => [one, one.querySelector("[data-testid=stDeckGlJsonChart]")]
            .map(part => Math.round(part.getBoundingClientRect().height)))"""
    )
    assert heights
    assert [pair for pair in heights if abs(pair[0] - pair[1]) > 2 or pair[0] > 300] == []


@pytest.mark.parametrize(("name", "stays"), [
    ("present?slide=findings&slide=pipeline", "Of 11 contacts, 10 led to an agreement"),
    ("data?", "17 indicators and how they are reckoned"),
])  # fmt: skip
def test_what_only_leads_to_something_to_press_is_not_printed(
    open_page: Open, server: Server, name: str, stays: str
) -> None:
    page = open_page(server, f"/{name}&lang=en")
    page.get_by_text(stays).first.wait_for()
    keys = ("present.start", "present.sets", "present.take", "section.data.bring", "data.definitions_help")
    shown = page.locator("body").inner_text()
    assert sum(text(key, "en") in shown for key in keys) >= 2
    written = squeezed("".join(one.extract_text() for one in PdfReader(BytesIO(page.pdf(format="A4"))).pages))
    assert squeezed(stays) in written
    assert [key for key in keys if squeezed(text(key, "en")) in written] == []


@pytest.mark.parametrize("address", ["partnerships?lang=en", "events?lang=ja", "helpdesk?lang=ja"])
def test_a_table_of_many_columns_stays_on_the_paper(open_page: Open, server: Server, address: str) -> None:
    page = open_page(server, f"/{address}")
    drawn(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 695, "height": 900})  # A4 between its margins
    widths = page.locator(".on-paper").evaluate_all("all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert widths
    assert [pair for pair in widths if pair[0] > pair[1]] == []


def test_a_dark_page_is_printed_with_light_lines_and_whole_frames(open_page: Open, server: Server) -> None:
    """What is turned to light is cut at its edge, where the cards' lines were; a light line would be turned black."""
    page = open_page(server, "/partnerships?lang=en", colours="dark")
    page.locator("[class*=st-key-figure-] .foot").last.wait_for()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 695, "height": 900})
    cell = page.locator(".on-paper td").first
    assert cell.evaluate("one => getComputedStyle(one).borderBottomColor") == "rgb(43, 53, 66)"
    edges = page.locator("[class*=st-key-figure-]").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(one => [one.left, innerWidth - one.right])"
    )
    assert min(min(pair) for pair in edges) >= 1
