"""The same filters give the same number on a page, on the command line, by address, on a slide and in the brief."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

import pytest
from click.testing import CliRunner
from pptx import Presentation
from pypdf import PdfReader
from starlette.testclient import TestClient

from dashboard.__main__ import main
from dashboard.figures.briefing import brief
from dashboard.figures.model import View
from dashboard.figures.slideshow import slideshow
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.sitemap import PAGES
from dashboard.store import Store
from tests.api.conftest import demo, demo_app  # noqa: F401 - fixtures
from tests.pages.conftest import Visit, markup, visit  # noqa: F401 - a fixture

TERM = Period(Month(2013, 9), Month(2017, 2))
OVERVIEW = next(page for page in PAGES if not page.path)
NAMES = {"people_reached": "People reached", "help_desk_cases": "Help-desk cases",
         "partnerships": "EU–Japan partnerships"}  # fmt: skip
SQL = {
    "people_reached": """SELECT sum(participants) FROM attendance JOIN activity a ON a.id = activity_id
        WHERE a.kind IN ('event', 'presentation') AND a.start BETWEEN '{first}' AND '{last}'""",
    "help_desk_cases": """SELECT count(*) FROM help_desk_case
        WHERE datetime(opened, '+1 hour') >= '{first}' AND datetime(opened, '+1 hour') < '{last} 23:59:59'""",
    "partnerships": """SELECT count(*) FROM partnership p WHERE coalesce(
        (SELECT reached_on FROM partnership_step WHERE partnership_id = p.id AND step = 'agreement'),
        (SELECT reached_on FROM partnership_step WHERE partnership_id = p.id AND step = 'contact'))
        BETWEEN '{first}' AND '{last}'""",
}


@pytest.mark.parametrize(("first", "last"), [("2013-09", "2017-02"), ("2015-01", "2015-12")])
def test_one_number_everywhere(
    visit: Visit, demo: TestClient, demo_url: str, demo_snapshot, monkeypatch, first: str, last: str,  # noqa: F811
) -> None:  # fmt: skip
    period = Period(Month.parse(first), Month.parse(last))
    with closing(sqlite3.connect(demo_url.removeprefix("sqlite:///"))) as record:
        expected = {
            key: record.execute(sql.format(first=f"{first}-01", last=f"{last}-31")).fetchone()[0]
            for key, sql in SQL.items()
        }
    query = {"from": first, "to": last}

    page = markup(visit(demo_url, OVERVIEW, **query))
    assert {key: tile(page, key) for key in SQL} == expected

    monkeypatch.setenv("DASHBOARD_DATABASE_URL", demo_url)
    printed = CliRunner().invoke(main, ["indicators", "--from", first, "--to", last, "--format", "json"])
    assert {row["key"]: row["value"] for row in json.loads(printed.stdout) if row["key"] in SQL} == expected

    answered = demo.get("/api/indicators", params={**query, "lang": "en"}).json()["data"]
    assert {row["key"]: row["value"] for row in answered if row["key"] in SQL} == expected

    store = Store(demo_snapshot)
    chosen = Filters(None if period == TERM else period)
    view = View(chosen, "en", False, Programme(TERM, datetime.now(UTC).date()), store.version, store)
    slides = Presentation(BytesIO(slideshow([f"indicator-{key}" for key in SQL], view, ("en",)))).slides
    titles = [slide.shapes.title.text for slide in slides if slide.shapes.title]
    for key, value in expected.items():
        (title,) = (one for one in titles if one.startswith(f"{NAMES[key]}: "))
        assert whole(title.removeprefix(f"{NAMES[key]}: ")) == value

    filed = " ".join(text.extract_text() for text in PdfReader(BytesIO(brief(view, lambda *_: None))).pages)
    for key, value in expected.items():
        assert re.search(rf"{NAMES[key]}\s*(?:✓[^\n]*\n)?{value:,}\b", filed), key


def tile(page: str, key: str) -> int:
    found = re.search(rf'<div class="value" id="tile-{key}">.*?<span>([^<]*)</span>', page)
    assert found
    return whole(found[1])


def whole(said: str) -> int:
    return int(re.sub(r"\D", "", said))
