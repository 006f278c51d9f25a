"""What axe-core finds on each slide of a talk and on a figure that stands on another page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from dashboard.figures.talk import SETS
from tests.browser.conftest import PATIENCE
from tests.browser.test_accessible_data import found
from tests.test_server import Server

TALK = "&".join(f"slide={name}" for name in SETS["dialogue"])


@pytest.mark.parametrize(("shown", "colours"), [("en", "light"), ("ja", "dark")])
def test_nothing_serious_on_any_slide(browser: Browser, server: Server, shown: str, colours: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"http://localhost:{server.port}/talk?{TALK}&languages={shown}&colours={colours}")
    for place in range(1, len(SETS["dialogue"]) + 1):
        page.evaluate(f"location.hash = '#{place}'")
        page.wait_for_function(f"document.querySelector('.slide.now').id === '{place}'")
        assert found(page) == [], f"slide {place}"
    context.close()


@pytest.mark.parametrize("name", ["pipeline", "partnership_map", "headline_indicators"])
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ja", "dark")])
def test_nothing_serious_where_a_figure_is_embedded(
    browser: Browser, server: Server, name: str, language: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 800, "height": 600})
    page = context.new_page()
    page.goto(f"http://localhost:{server.port}/embed/{name}?lang={language}")
    assert found(page) == []
    context.close()
