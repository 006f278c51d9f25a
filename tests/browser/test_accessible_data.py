"""What axe-core finds on the pages Data and Framework programmes, and on these with next to nothing in the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.database.engine import writing_engine
from dashboard.imports.cordis import import_cordis
from dashboard.text import text
from tests.browser.conftest import Open, settled
from tests.imports.test_cordis import ORGANIZATION, PROJECT

CHOSEN = ".stMultiSelect [data-tag][aria-label=Germany]"
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def served(serve, sqlite, demo_url: str, tmp_path_factory: pytest.TempPathFactory):
    """The demonstration with three projects of CORDIS's beside it."""
    url = sqlite.copy(Path(demo_url).stem)
    folder = tmp_path_factory.mktemp("cordis-h2020projects-csv")
    (folder / "project.csv").write_text(PROJECT)
    (folder / "organization.csv").write_text(ORGANIZATION)
    engine = writing_engine(url)
    import_cordis(engine, folder)
    engine.dispose()
    with serve(url) as server:
        yield server


def found(page: Page) -> list[str]:
    """The serious and critical violations, with the elements that they are of."""
    return [
        f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in SERIOUS
    ]


# Each page in each language and in each appearance: colours know no language, and words no colour.
@pytest.mark.parametrize(
    ("path", "language", "scheme"),
    [("data", "en", "light"), ("data", "ja", "dark"), ("framework", "en", "dark"), ("framework", "ja", "light")],
)
def test_nothing_serious(open_page: Open, served, path: str, language: str, scheme: str) -> None:
    page = open_page(served, f"/{path}?lang={language}", colours=scheme)
    whole(page)
    expect(page.get_by_text(text("framework.waiting", language))).to_have_count(0)
    assert found(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_country_is_legible(open_page: Open, served, scheme: str) -> None:
    page = open_page(served, "/present?lang=en&country=DE", colours=scheme)
    expect(page.locator(CHOSEN)).to_have_text("Germany")
    response = Axe().run(page, context=CHOSEN, options={"runOnly": ["color-contrast"]}).response
    assert response["passes"]  # it was looked at
    assert response["violations"] == []


@pytest.mark.parametrize(
    ("record", "path", "key"),
    [
        ("empty", "data", "problem.title"),
        ("empty", "framework", "problem.title"),
        ("demo", "framework", "framework.none"),
    ],
)
def test_nothing_serious_where_nothing_is_held(
    open_page: Open, serve, sqlite, demo_url: str, record: str, path: str, key: str
) -> None:
    assert demo_url
    with serve(sqlite.copy(record)) as server:
        page = open_page(server, f"/{path}?lang=ja")
        expect(page.locator("h1").first).to_have_text(text(key, "ja"))
        whole(page)
        assert found(page) == []


def whole(page: Page) -> None:
    """As tall as its content, so that every figure is drawn."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": 1360, "height": min(tall, 9000)})
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(one => one.querySelector('svg, canvas'))"
    )
    settled(page)
