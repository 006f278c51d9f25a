"""A real server and a real browser: nothing asked of another host, no error on the console."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from dashboard.text import text
from dashboard.ui.address import HELD
from tests.test_server import Server, free_port, serving

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost", "--use-gl=angle", "--use-angle=swiftshader",
         "--disable-gpu-compositing", "--disable-gpu-rasterization"]  # fmt: skip
NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
SECOND = 1000
PATIENCE = 60 * SECOND  # a machine that runs other tests at the same time is slow

expect.set_options(timeout=PATIENCE)

Open = Callable[..., Page]
ColorScheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, filter(None, NAMES))), None)
    assert found, "these tests need a Chromium: apt-get install chromium, or name one in CHROMIUM"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Callable[..., object]:
    """`with serve(url, "--a.flag") as server`: a dashboard on that record, on a free port, ended whatever happens. Its
    visitors leave first: a page that still loads something would miss the server."""

    @contextmanager
    def on(url: str, *flags: str) -> Iterator[Server]:
        port = free_port()
        with serving(tmp_path_factory.mktemp("served"), url, port, f"--server.port={port}", *flags) as server:
            yield server
            leave(browser)

    return on


@pytest.fixture(scope="session")
def server(serve, demo_url: str) -> Iterator[Server]:
    """A dashboard on the demonstration, which no test changes."""
    with serve(demo_url) as started:
        yield started


@pytest.fixture(scope="session")
def record(demo_url: str) -> sqlite3.Connection:
    """What that dashboard reads, to be asked by plain SQL."""
    return sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True)


@pytest.fixture
def own_record(sqlite, demo_url: str) -> Path:
    """A copy of the demonstration, this test's own."""
    return Path(sqlite.copy(Path(demo_url).stem).removeprefix("sqlite:///"))


@pytest.fixture
def own_server(serve, own_record: Path) -> Iterator[Server]:
    with serve(f"sqlite:///{own_record}") as started:
        yield started


def leave(browser: Browser) -> None:
    for context in browser.contexts:
        for page in context.pages:
            page.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Callable[[str, ColorScheme], BrowserContext]:
    """Visitors of a language and an appearance, who share what their browser has loaded and compiled once."""
    size = ViewportSize(width=1360, height=900)
    return cache(lambda locale, colours: browser.new_context(locale=locale, color_scheme=colours, viewport=size))


@pytest.fixture
def open_page(browser: Browser, visitors: Callable[[str, ColorScheme], BrowserContext]) -> Iterator[Open]:
    """`open_page(server, "/partnerships?lang=ja")` as a new visitor; at the end nothing may have gone wrong."""
    wrong: list[str] = []

    def visit(server: Server, address: str, locale: str = "en-GB", colours: ColorScheme = "light") -> Page:
        home = f"localhost:{server.port}"
        page = visitors(locale, colours).new_page()
        page.set_default_timeout(PATIENCE)

        def stay(request: Request) -> None:  # one that is listened to, not routed: that would keep nothing in the cache
            place = urlsplit(request.url)
            if place.scheme not in ("data", "blob") and place.netloc != home:
                wrong.append(f"a request to {request.url}")

        def listen(message: ConsoleMessage) -> None:
            # On a deep link streamlit asks for its own addresses below the page's before it asks at the root.
            asked = urlsplit(message.location.get("url", "")).path
            if message.type == "error" and not asked.endswith(("/_stcore/health", "/_stcore/host-config")):
                wrong.append(f"on the console: {message.text} ({message.location})")

        page.on("request", stay)
        page.on("console", listen)
        page.on("pageerror", lambda error: wrong.append(f"an error in the page: {error}"))
        page.goto(f"http://{home}{address}")
        settled(page)
        return page

    yield visit
    leave(browser)
    assert wrong == []


def settled(page: Page) -> Page:
    """Wait until the page's run has ended and what holds its choices in the address is in the browser: who leaves
    sooner, faster than a hand, leaves without them."""
    page.locator("h1").first.wait_for()
    page.wait_for_function("""key => {
        const held = document.querySelector('.st-key-' + key);
        return document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning' && held
            && held.querySelector('[data-testid=stSelectbox]') && !held.querySelector('[data-testid=stSkeleton]');
    }""", arg=HELD)
    return page


def map_as(card: Locator, form: str) -> Locator:
    """The map of a card in one of its forms, once the form before has gone."""
    card.scroll_into_view_if_needed()
    card.get_by_text(text(f"map.{form}", "en"), exact=True).first.click()
    settled(card.page)
    canvas = card.locator("[data-testid=stDeckGlJsonChart]")
    expect(canvas).to_have_count(1)  # another form's goes a moment after the new one has come
    return canvas
