"""A figure on another website: in any light and language it is seen, and nothing is asked of anyone else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.charts.theme import DARK, LIGHT
from dashboard.text import text
from tests.browser.conftest import PATIENCE, Open
from tests.test_server import Server

TITLES = {"en": "6 partnership-building activities led to 11 partnerships",
          "ja": "6件のパートナー形成活動から11件のパートナーシップが誕生"}  # fmt: skip
SIZES = (1400, 800)
See = Callable[..., Page]


@pytest.fixture
def see(browser: Browser, server: Server) -> Iterator[See]:
    """`see("/embed/…", light="dark", width=800)`; at the end nothing was asked of another host or went wrong."""
    wrong: list[str] = []
    opened: list[Any] = []

    def visit(address: str, light: str = "light", width: int = 800) -> Page:
        home = f"localhost:{server.port}"
        opened.append(browser.new_context(color_scheme=light, viewport={"width": width, "height": 700}))  # type: ignore[arg-type]
        page: Page = opened[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda asked: wrong.append(asked.url) if urlsplit(asked.url).netloc != home else None)
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"http://{home}{address}")
        return page

    yield visit
    for context in opened:
        context.close()
    assert wrong == []


@contextmanager
def website(body: str) -> Iterator[str]:
    """Another server on this machine, of another origin, whose one page is this."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing among the tests' results."""

    with ThreadingHTTPServer(("localhost", 0), Answers) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://localhost:{other.server_port}/"
        other.shutdown()


def ground(page: Page) -> str:
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    return f"#{red:02X}{green:02X}{blue:02X}"


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("language", TITLES)
def test_the_picture_is_seen_in_the_reader_s_light(see: See, language: str, light: str, width: int) -> None:
    page = see(f"/embed/origins?lang={language}", light, width)
    expect(page.locator("h1")).to_have_text(TITLES[language])
    seen = page.locator("svg:visible")
    expect(seen).to_have_count(1)
    box = seen.bounding_box()
    assert box
    assert box["width"] > width - 60
    assert box["height"] > 200
    assert ground(page) == {"light": LIGHT, "dark": DARK}[light].page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.locator("text").first.is_visible()


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_a_chosen_appearance_stays_whatever_the_reader_s(see: See, appearance: str) -> None:
    other = "light" if appearance == "dark" else "dark"
    page = see(f"/embed/partnership_map?appearance={appearance}", other)
    assert ground(page) == {"light": LIGHT, "dark": DARK}[appearance].page
    expect(page.get_by_role("img")).to_have_count(1)


def test_on_a_narrow_page_the_picture_is_scrolled_and_not_squeezed(see: See) -> None:
    page = see("/embed/case_volume", width=420)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("svg:visible").bounding_box()
    assert box
    assert box["width"] >= 576  # 0.8 of the size that it is drawn in: type of ten points
    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.get_by_text(text("api.embed.wider", "en"))).to_be_visible()
    limit = page.locator("svg:visible").get_by_text("upper limit 44.95")
    limit.scroll_into_view_if_needed()
    box = limit.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 420
    page.set_viewport_size({"width": 620, "height": 700})
    expect(page.get_by_text(text("api.embed.wider", "en"))).to_be_hidden()
    assert page.locator("figure").evaluate("one => one.scrollWidth <= one.clientWidth")


def test_the_card_gives_the_code_that_shows_the_figure(open_page: Open, server: Server) -> None:
    page = open_page(server, "/partnerships?lang=en&theme=biotechnology")
    page.locator(".st-key-more-origins").get_by_text("Download", exact=True).click()
    code = page.get_by_text("<iframe").first
    expect(code).to_be_visible()
    written = code.inner_text()
    home = f"http://localhost:{server.port}"
    assert f'src="{home}/embed/origins?theme=biotechnology&amp;lang=en"' in written
    expect(page.get_by_text(f"{home}/api/figures/origins.json?theme=biotechnology&lang=en").first).to_be_visible()
    with website(written) as address:
        shown = page.context.new_page()
        shown.goto(address)
        framed = shown.frame_locator("iframe").locator("h1")
        expect(framed).to_have_text("2 partnership-building activities led to 2 partnerships")
