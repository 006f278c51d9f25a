"""One figure without the frame: whole in itself, in either light, and safe whatever the record says."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from dashboard.api.pictures import own_identifiers
from dashboard.charts.theme import DARK, LIGHT
from dashboard.database.schema import (
    activity,
    milestone,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    programme,
    report,
    theme,
)
from dashboard.figures.register import FIGURES
from dashboard.sitemap import PAGES
from dashboard.ui.open_data import frame, root
from tests.api.conftest import Serve
from tests.pages.conftest import P

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>&amp;'
EMBED = "/embed/origins"


def parts(client: TestClient, address: str) -> tuple[str, ElementTree.Element]:
    """The page as written, and its body as a tree."""
    found = client.get(address)
    assert found.status_code == 200, found.text
    body = re.search(r"<body>(.*)</body>", found.text, re.DOTALL)
    assert body
    return found.text, ElementTree.fromstring(f"<body>{body[1].replace('&nbsp;', ' ')}</body>")


def test_it_may_stand_in_any_frame_and_runs_nothing(demo: TestClient) -> None:
    found = demo.get(EMBED)
    policy = dict(rule.split(" ", 1) for rule in found.headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert "X-Frame-Options" not in found.headers
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_whole_in_itself(demo: TestClient, name: str) -> None:
    written, _ = parts(demo, f"/embed/{name}?appearance=light")
    assert "<script" not in written
    assert not re.search(r"""\s(?:src|href|action|xlink:href)=["'](?!#|data:|http://testserver/)""", written)
    assert not re.search(r"url\((?!#|&quot;#|data:)", written)
    assert "@import" not in written
    assert not re.search(r"""\son\w+=""", re.sub(r'="[^"]*"', "=", written))


def test_what_it_says(demo: TestClient) -> None:
    written, body = parts(demo, f"{EMBED}?theme=biotechnology&from=2014-01&appearance=light")
    assert body.findtext(".//h1") == "2 partnership-building activities led to 2 partnerships"
    said = [one.text for one in body.iter("p")]
    assert str(said[0]).endswith("January 2014 – February 2017 · Biotechnology · EU and Japan")
    assert "Illustrative records" in said
    assert re.search(r"Source: programme database, illustrative records, read \d", written)
    (link,) = body.iter("a")
    assert link.get("href") == (
        "http://testserver/partnerships?from=2014-01&to=2017-02&theme=biotechnology&lang=en#origins"
    )
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
    assert '<html lang="en">' in written


def test_what_it_says_in_japanese(demo: TestClient) -> None:
    written, body = parts(demo, f"{EMBED}?lang=ja")
    assert '<html lang="ja">' in written
    assert "例示用の記録" in written
    assert "All themes" not in written
    assert next(iter(body.iter("a"))).text == "元のページで詳しく見る"


def test_the_picture_has_an_alternative_text(demo: TestClient) -> None:
    _, body = parts(demo, f"{EMBED}?appearance=light")
    (picture,) = [one for one in body.iter("div") if one.get("role") == "img"]
    assert picture.get("aria-label") == "6 partnership-building activities led to 11 partnerships"
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}svg"))) == 1


def test_each_appearance_has_its_colours(demo: TestClient) -> None:
    light, dark, auto = (demo.get(f"{EMBED}?appearance={one}").text for one in ("light", "dark", "auto"))
    assert LIGHT.page in light
    assert DARK.page not in light
    assert DARK.page in dark
    assert LIGHT.page not in dark
    assert "prefers-color-scheme: dark" in auto
    assert "prefers-color-scheme" not in light + dark
    assert (light.count("<svg"), dark.count("<svg"), auto.count("<svg")) == (1, 1, 2)


@pytest.mark.parametrize("name", ["partnership_map", "origins", "case_volume", "reach_by_month", "event_map"])
def test_identifiers_are_the_page_s_only_ones_and_lead_somewhere(demo: TestClient, name: str) -> None:
    written = demo.get(f"/embed/{name}").text
    found = re.findall(r'\bid="([^"]+)"', written)
    assert len(found) == len(set(found))
    assert set(re.findall(r"url\(#([^)]+)\)", written)) <= set(found)


def test_identifiers_by_hand() -> None:
    svg = '<svg><g id="a1"/><use href="#a1"/><g clip-path="url(#a1)" aria-label="id a1"/><a href="#b"/></svg>'
    assert own_identifiers(svg, "dark") == (
        '<svg><g id="dark-a1"/><use href="#dark-a1"/><g clip-path="url(#dark-a1)" aria-label="id a1"/><a href="#b"/>'
        "</svg>"
    )


def test_a_figure_that_is_a_table_is_one(demo: TestClient) -> None:
    _, body = parts(demo, "/embed/headline_indicators")
    heads = [one.text for one in body.iter("th")]
    assert heads[:2] == ["Stage", "Indicator"]
    rows = ["|".join(cell.text or "" for cell in line.iter("td")) for line in body.iter("tr")]
    assert any(row.startswith("Activities|Help-desk cases|number|987|") for row in rows)
    assert len(rows) == 18
    cut = demo.get("/embed/case_table").text
    assert cut.count("<tr>") == 201
    assert "The first 200 of 987 rows" in cut


@pytest.fixture(scope="module")
def hostile(serve: Serve, shared_sqlite_url: str, insert) -> TestClient:
    """A record whose every text would run a script if it were taken for markup."""
    insert(shared_sqlite_url, programme, P | {"acronym": HOSTILE, "title": HOSTILE})
    insert(shared_sqlite_url, theme, {"code": "bio", "name": HOSTILE})
    insert(shared_sqlite_url, organisation, *(
        {"code": country, "name": HOSTILE, "kind": "company", "country": country, "city": HOSTILE, "latitude": 50.0,
         "longitude": 9.0} for country in ("DE", "JP")))  # fmt: skip
    day = date(2014, 5, 29)
    insert(shared_sqlite_url, activity, {"programme_id": 1, "code": "A", "kind": "partnership_building", "start": day,
                                  "title": HOSTILE, "end": day, "country": "JP", "format": "on_site", "theme_id": 1})
    insert(shared_sqlite_url, partnership, {"programme_id": 1, "code": "PS", "title": HOSTILE, "theme_id": 1,
                                     "status": "active", "origin_activity_id": 1})  # fmt: skip
    insert(shared_sqlite_url, partnership_member, *({"partnership_id": 1, "organisation_id": one, "role": "partner"}
                                             for one in (1, 2)))  # fmt: skip
    insert(shared_sqlite_url, partnership_step, {"partnership_id": 1, "step": "agreement", "reached_on": day})
    insert(shared_sqlite_url, report, {"programme_id": 1, "code": "R", "title": HOSTILE, "topic": HOSTILE,
                                "published_on": day})  # fmt: skip
    insert(shared_sqlite_url, milestone, {"programme_id": 1, "date": day, "text": HOSTILE})
    return serve(shared_sqlite_url)


@pytest.mark.parametrize("name", FIGURES)
def test_text_of_the_record_is_never_markup(hostile: TestClient, name: str) -> None:
    written, body = parts(hostile, f"/embed/{name}?appearance=dark")
    assert "<script" not in written
    assert {one.tag.rpartition("}")[2] for one in body.iter()} & {"script", "img", "iframe", "object"} == set()
    assert [key for one in body.iter() for key in one.attrib if key.startswith("on")] == []


def test_hostile_text_is_there_to_be_read(hostile: TestClient) -> None:
    assert HOSTILE in unescape(hostile.get("/embed/partnership_table").text)
    assert "&lt;script&gt;alert(1)" in hostile.get("/embed/report_table").text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/embed/<script>alert(1)<%2Fscript>", 404, "There is nothing at /embed/&lt;script&gt;"),
        ("/embed/<b>x", 404, "There is nothing called “&lt;b&gt;x” here"),
        ("/embed/origin", 404, "Did you mean origins"),
        ("/embed/origins?theme=<i>", 422, "theme = &lt;i&gt;: not a value of this parameter."),
        ("/embed/origins?appearance=blue", 422, "It takes: light, dark, auto."),
        ("/embed/origins?lang=ja&colour=1", 422, "colour：このアドレスのパラメーターではありません。"),
        ("/embed/", 404, "There is nothing at /embed/"),
    ],
)
def test_what_cannot_be_shown_says_why(demo: TestClient, address: str, status: int, said: str) -> None:
    found = demo.get(address)
    assert found.status_code == status
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"
    assert said in found.text
    assert "<script" not in found.text
    assert len(found.text) < 4000
    assert "frame-ancestors *" in found.headers["Content-Security-Policy"]


def test_nothing_to_show_is_said(demo: TestClient) -> None:
    written, body = parts(demo, f"{EMBED}?from=2013-09&to=2013-09")
    assert "Nothing to show in this selection" in written
    assert "<svg" not in written
    assert body.findtext(".//h1")


def test_the_code_for_another_website() -> None:
    made = frame("https://a.example/embed/origins?from=2014-01&lang=ja", 'A "title" & more')
    assert made.startswith('<iframe src="https://a.example/embed/origins?from=2014-01&amp;lang=ja" ')
    assert 'title="A &quot;title&quot; &amp; more"' in made


@pytest.mark.parametrize(
    ("page", "home"),
    [
        ("https://a.example/partnerships?lang=ja#x", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example", "https://a.example"),
        ("https://a.example:8501/below/events", "https://a.example:8501/below"),
    ],
)
def test_the_root_of_a_page_s_address(page: str, home: str) -> None:
    assert root(page) == home
    assert all("/" not in one.path for one in PAGES)
