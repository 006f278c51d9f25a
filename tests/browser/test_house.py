"""The house as a visitor meets it: links, filters, map, languages, files."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Error, Locator, Page, TimeoutError, expect

from dashboard.charts.theme import LIGHT
from dashboard.sitemap import PAGES
from dashboard.text import text
from tests.browser.conftest import SECOND, Open, map_as, settled
from tests.test_server import Server

CHOSEN = "from=2015-01&to=2016-12&theme=power-electronics"
COUNTED = """(SELECT p.id FROM partnership p JOIN theme t ON t.id = p.theme_id AND t.code = 'power-electronics'
    JOIN partnership_step s ON s.partnership_id = p.id AND s.step = 'agreement'
    WHERE s.reached_on BETWEEN '2015-01-01' AND '2016-12-31')"""  # every partnership of the demonstration has agreed


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def shown(page: Page) -> str:
    """The line that says in words what is shown, without when the record was read."""
    said = page.locator(".showing span").inner_text()
    return said.rpartition(" · ")[0] or said.rpartition("・")[0]


def tile(page: Page, key: str) -> str:
    return page.locator(f"#tile-{key}").inner_text()


def test_a_cold_deep_link_shows_exactly_this_view(open_page: Open, server: Server, record: sqlite3.Connection) -> None:
    page = open_page(server, f"/partnerships?{CHOSEN}&lang=ja")
    (count,) = record.execute(f"SELECT count(*) FROM {COUNTED}").fetchone()
    assert 0 < count < 11
    assert shown(page) == "2015年1月〜2016年12月・パワーエレクトロニクス・EUと日本"
    assert page.locator("h1").inner_text().startswith(f"{count}件のパートナーシップ")
    assert tile(page, "partnerships") == str(count)
    assert query(page) == parse_qs(CHOSEN + "&lang=ja")
    assert page.locator(".notice").count() == 0


def near(pixel: tuple[int, int, int], colour: str, distance: int = 40) -> bool:
    wanted = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return all(abs(one - other) <= distance for one, other in zip(pixel, wanted, strict=True))


def test_the_map_is_drawn(open_page: Open, server: Server, within) -> None:
    page = open_page(server, "/partnerships?lang=en")
    card = page.locator(".st-key-figure-partnership_map")

    def colours(canvas: Locator) -> list[tuple[int, int, int]]:
        picture = Image.open(BytesIO(canvas.screenshot())).convert("RGB")
        return [colour for count, colour in picture.getcolors(2**24) for _ in range(min(count, 100))]  # type: ignore[union-attr]

    def drawn(canvas: Locator) -> bool:
        """Land, European and Japanese places, arcs of a theme."""
        try:
            found = colours(canvas)
        except Error:  # the map was put anew while its picture was taken
            return False
        wanted = (LIGHT.land, LIGHT.eu, LIGHT.japan, LIGHT.theme("power-electronics"))
        return all(sum(near(pixel, colour) for pixel in found) >= 20 for colour in wanted)

    for form in ("flat", "globe"):
        within(60, partial(drawn, map_as(card, form)))


def test_the_language_switch_keeps_the_view(open_page: Open, server: Server) -> None:
    page = open_page(server, f"/partnerships?{CHOSEN}")
    assert shown(page) == "January 2015 – December 2016 · Power electronics · EU and Japan"
    page.get_by_text("日本語", exact=True).click()
    expect(page.locator(".showing")).to_contain_text("2015年1月〜2016年12月・パワーエレクトロニクス・EUと日本")
    expect(page.get_by_role("link", name=text("page.helpdesk", "ja"), exact=True).first).to_be_visible()
    settled(page)
    assert query(page) == parse_qs(CHOSEN + "&lang=ja")


@pytest.mark.parametrize(("locale", "language"), [("ja-JP", "ja"), ("en-GB", "en"), ("fr-FR", "en")])
def test_the_browsers_language_is_the_first(open_page: Open, server: Server, locale: str, language: str) -> None:
    page = open_page(server, "/", locale=locale)
    expect(page.get_by_role("button", name=text("filter.reset", language), exact=True)).to_be_visible()
    assert query(page) == {}


def test_a_tile_tells_what_it_means_and_leads_to_its_page_with_the_filters_kept(
    open_page: Open, server: Server
) -> None:
    page = open_page(server, f"/?{CHOSEN}&lang=en")
    meaning = page.get_by_role("dialog", name=text("indicator.partnerships.name", "en"), exact=True)
    says = text("indicator.partnerships.definition", "en")
    page.locator("#tile-partnerships ~ .defines").press("Enter")
    expect(meaning).to_contain_text(says)
    page.keyboard.press("Escape")
    expect(meaning).not_to_be_visible()
    before, count = shown(page), tile(page, "partnerships")
    page.locator(".st-key-tile-partnerships a").click()
    expect(page.locator("h1")).to_contain_text("partnerships join")
    settled(page)
    assert urlsplit(page.url).path == "/partnerships"
    assert query(page) == parse_qs(CHOSEN + "&lang=en")
    assert (shown(page), tile(page, "partnerships")) == (before, count)
    page.locator("#tile-partnerships ~ .defines").click()
    expect(meaning).to_contain_text(says)
    meaning.get_by_role("button", name="Close").click()
    expect(meaning).not_to_be_visible()


def test_the_navigation_keeps_the_filters(open_page: Open, server: Server, within) -> None:
    page = open_page(server, f"/?{CHOSEN}&lang=en")
    before = shown(page)
    for one in PAGES[1:]:
        page.get_by_role("link", name=text(f"page.{one.key}", "en"), exact=True).first.click()
        page.wait_for_url(f"**/{one.path}?*")
        settled(page)
        if one.key != "framework":  # which has nothing imported to show
            expect(page.locator(".showing")).to_contain_text(before)
        # Streamlit writes the choices of several into the address after the others.
        try:
            within(60, lambda: query(page) == parse_qs(CHOSEN + "&lang=en"))
        except AssertionError as error:
            error.add_note(f"on {one.key}: {page.url}")
            raise


def test_the_matrix_as_a_file_equals_the_record(open_page: Open, server: Server, record: sqlite3.Connection) -> None:
    page = open_page(server, f"/partnerships?{CHOSEN}&lang=en")
    page.locator(".st-key-more-partnership_matrix").get_by_text("Download", exact=True).click()
    button = page.locator(".st-key-download-partnership_matrix-csv button")
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == "partnership_matrix_2015-01_2016-12_power-electronics_en.csv"
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["Country (code)", "Country", "Japanese city", "Partnerships", "Taken from"]
    expected = record.execute(
        f"""SELECT e.country, j.city, count(DISTINCT m1.partnership_id)
            FROM partnership_member m1 JOIN organisation e ON e.id = m1.organisation_id AND e.country <> 'JP'
            JOIN partnership_member m2 ON m2.partnership_id = m1.partnership_id
            JOIN organisation j ON j.id = m2.organisation_id AND j.country = 'JP'
            WHERE m1.partnership_id IN {COUNTED} GROUP BY 1, 2"""
    ).fetchall()
    assert sorted((row[0], row[2], int(row[3])) for row in rows) == sorted(expected)
    assert all("illustrative records" in row[4] for row in rows)


def test_a_copied_link_opens_the_same_view_elsewhere(open_page: Open, server: Server, within) -> None:
    page = open_page(server, f"/partnerships?{CHOSEN}")
    countries = page.get_by_placeholder(text("filter.all_countries", "en"))

    def choose() -> bool:
        """Twice, on a busy machine, a choice was lost without a trace; who sees that chooses again."""
        if countries.count():
            countries.click()
            with suppress(TimeoutError):
                page.get_by_role("option", name="Germany").click(timeout=15 * SECOND)
        settled(page)
        return shown(page).endswith("Power electronics · Germany")

    within(60, choose)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=text("filter.share", "en")).click()
    link = page.locator(".st-key-share code, [data-testid=stPopoverBody] code").first.inner_text()
    assert parse_qs(urlsplit(link).query) == parse_qs(CHOSEN + "&country=DE&lang=en")
    other = open_page(server, link.removeprefix(f"http://localhost:{server.port}"), locale="ja-JP")
    assert shown(other) == shown(page)
    assert other.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_what_an_address_asks_for_in_vain_is_said_and_leaves_the_address(open_page: Open, server: Server) -> None:
    page = open_page(server, "/partnerships?from=2016-02&to=2016-01&theme=tea&side=japan&lang=en")
    notice = page.locator(".notice").inner_text()
    assert "theme = tea: the database does not hold this value." in notice
    assert "from = 2016-02: the period ends before it starts." in notice
    assert shown(page) == "September 2013 – February 2017 · All themes · Japan"
    page.get_by_role("button", name=text("dropped.dismiss", "en")).click()
    expect(page.locator(".notice")).to_have_count(0)
    assert query(page) == {"side": ["japan"], "lang": ["en"]}


def test_reset_shows_the_whole_programme_again(open_page: Open, server: Server) -> None:
    page = open_page(server, f"/partnerships?{CHOSEN}&side=japan&country=DE&lang=en")
    page.get_by_role("button", name=text("filter.reset", "en"), exact=True).click()
    expect(page.locator(".showing")).to_contain_text("September 2013 – February 2017 · All themes · EU and Japan")
    settled(page)
    assert query(page) == {"lang": ["en"]}
    assert tile(page, "partnerships") == "11"


ORDER = """() => [...document.querySelectorAll('[class*="st-key-figure-"]')].map(card => {
  const drawn = card.querySelector('[data-testid="stVegaLiteChart"], [data-testid="stDataFrame"], canvas');
  const parts = [card.querySelector('h3'), drawn, card.querySelector('.part.below .foot:last-child'),
                 card.querySelector('[class*="st-key-more-"]')];
  return parts.every(part => part?.getClientRects().length) ? parts.map(part => part.getBoundingClientRect().top) : [];
}).filter(tops => tops.length)"""


def test_no_page_is_wider_than_the_window_and_what_is_drawn_stands_above_its_source(
    open_page: Open, server: Server
) -> None:
    page = open_page(server, "/?lang=en")
    for one in PAGES:
        page.set_viewport_size({"width": 1360, "height": 900})
        page.get_by_role("link", name=text(f"page.{one.key}", "en"), exact=True).first.click()
        page.wait_for_url(f"**/{one.path}?*")
        settled(page)
        for width in (1360, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(500)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, one.key
            drawn = page.evaluate(ORDER)
            assert drawn or one.key in ("framework", "present"), one.key  # these draw nothing of the demonstration
            for tops in drawn:
                assert tops == sorted(set(tops)), (one.key, width)
