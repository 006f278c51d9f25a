"""What is selected on a map or in a table opens its card: of the right place, with what the record says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Error, Locator, Page, TimeoutError, expect

from dashboard.charts.theme import LIGHT
from dashboard.text import text
from tests.browser.conftest import SECOND, Open, map_as, settled
from tests.test_server import Server

SAPPORO = "from=2016-05&to=2016-05&side=japan&lang=en"
HEADING = 35
"""The height of a table's rows in pixels, its heading among them."""


def like(pixel: tuple[int, int, int], colour: str) -> bool:
    """Whether a pixel has the hue of a side, over land or water alike."""
    red, _, blue = pixel
    return red > blue + 90 if colour == LIGHT.japan else blue > red + 70


def click(canvas: Locator, colour: str) -> bool:
    """Click the circle of a colour, where it is the only one; whether it was there."""
    try:
        # What a circle says when it is pointed at would lie over it, and its colour stays that of one pointed at where
        # a busy map hears of the mouse only when it has left: so it goes to an empty corner first.
        canvas.hover(position={"x": 3, "y": 3})
        canvas.page.mouse.move(0, 0)
        picture = Image.open(BytesIO(canvas.screenshot())).convert("RGB")
    except Error:  # the map was put anew while its picture was taken
        return False
    width, height = picture.size
    found = [(x, y) for x in range(0, width, 2) for y in range(0, height, 2) if like(picture.getpixel((x, y)), colour)]  # type: ignore[arg-type]
    if not found:
        return False
    x, y = (sum(place) / len(found) for place in zip(*found, strict=True))
    canvas.click(position={"x": x, "y": y})
    return True


def select(page: Page, figure: str, form: str, colour: str, card: str, within: Callable[..., float]) -> Locator:
    """The card that a click on the only circle of a colour opens."""
    canvas = map_as(page.locator(f".st-key-figure-{figure}"), form)
    opened = page.locator(f".st-key-{card}")
    expect(opened).to_have_count(0)  # what was chosen on another form is left behind with it
    looks = clicks = 0

    def open_it() -> bool:
        """The globe's land comes after its circles, and what is clicked before is lost; a second click too early would
        take the first one back, and a circle that is chosen need not have its colour."""
        nonlocal looks, clicks
        looks += 1
        if opened.count() == 1:  # later than was waited for
            return True
        if not click(canvas, colour):
            return False
        clicks += 1
        with suppress(TimeoutError):
            opened.wait_for(timeout=15 * SECOND)
        return opened.count() == 1

    try:
        within(120, open_it)
    except AssertionError as error:
        error.add_note(f"{form}: {looks} looks for a circle of that colour, {clicks} clicks on it, and nothing opened")
        raise
    settled(page)
    return opened


@pytest.mark.parametrize(
    ("chosen", "code", "colour", "forms"),
    [
        ("country=GR&from=2015-06&to=2015-06&lang=en", "E14", LIGHT.eu, ["europe"]),
        (SAPPORO, "E20", LIGHT.japan, ["flat", "japan", "globe"]),
    ],
)
def test_an_event_on_the_map(open_page: Open, server: Server, within, record: sqlite3.Connection,
                             chosen: str, code: str, colour: str, forms: list[str]) -> None:  # fmt: skip
    page = open_page(server, f"/events?{chosen}")
    for form in forms:
        card = select(page, "event_map", form, colour, f"event-{code}", within)
        assert_told(card, code, record)


def assert_told(card: Locator, code: str, record: sqlite3.Connection) -> None:
    """An event's card says what the record does."""
    ((title, day, city, organiser, people),) = record.execute(
        """SELECT a.title, a.start, a.city, o.name, sum(n.participants) FROM activity a
           JOIN organisation o ON o.id = a.organiser_id JOIN attendance n ON n.activity_id = a.id
           WHERE a.code = ? GROUP BY a.id""", (code,),
    ).fetchall()  # fmt: skip
    said = card.inner_text()
    assert card.locator("h3").inner_text() == title
    year, month, number = day.split("-")
    assert f"{int(number)} {'May' if month == '05' else 'June'} {year}" in said
    for part in (city, organiser, f"{people} people"):
        assert part in said, part
    for heading in ("Who came, by kind", "Who came, by country", "What followed", "Satisfaction"):
        assert heading in said


def test_several_events_of_one_place_are_chosen_among(open_page: Open, server: Server, within) -> None:
    page = open_page(server, "/events?country=BE&lang=en")
    place = page.locator(".st-key-figure-event_map")
    card = select(page, "event_map", "flat", LIGHT.eu, "event-E02", within)
    choice = place.locator("[data-testid=stSelectbox]")
    choice.click()
    page.get_by_role("option").nth(1).click()
    expect(card).to_have_count(0)
    settled(page)
    assert place.locator("[class*=st-key-event-] h3").count() == 1


def test_a_country_of_enquirers(open_page: Open, server: Server, within, record: sqlite3.Connection) -> None:
    page = open_page(server, "/helpdesk?lang=en")
    cases, answered = record.execute(
        "SELECT count(*), count(first_response) FROM help_desk_case WHERE enquirer_country = 'JP'"
    ).fetchone()
    topics = record.execute(
        "SELECT topic, count(*) FROM help_desk_case WHERE enquirer_country = 'JP' GROUP BY 1"
    ).fetchall()
    for form in ("flat", "globe"):
        card = select(page, "enquirer_map", form, LIGHT.japan, "country-JP", within)
        assert card.locator("h3").inner_text() == "Japan"
        assert f"{cases} cases, 51.8% of all; {answered} answered" in card.inner_text()
        said = card.locator("li").all_inner_texts()
        assert {f"{text(f'code.topic.{topic}', 'en')}: {count}" for topic, count in topics} <= set(said)


def test_a_member_of_the_interest_group(open_page: Open, server: Server, within) -> None:
    page = open_page(server, "/dialogue?lang=en")
    for form in ("flat", "globe"):
        card = select(page, "member_map", form, LIGHT.japan, "member-agency-jp", within)
        assert card.locator("h3").inner_text() == "Japan Fund for Cooperative Science (fictional)"
        assert "Tokyo, Japan, Funding agency" in card.inner_text()
        assert "since 22 October 2015" in card.inner_text()


@pytest.mark.parametrize(
    ("page_key", "table", "row", "kind"),
    [("events", "event_table", 2, "event"), ("partnerships", "partnership_table", 0, "partnership")],
)
def test_a_row_opens_its_card(open_page: Open, server: Server, record: sqlite3.Connection,
                              page_key: str, table: str, row: int, kind: str) -> None:  # fmt: skip
    page = open_page(server, f"/{page_key}?lang=en")
    place = page.locator(f".st-key-figure-{table}")
    place.scroll_into_view_if_needed()
    rows = place.locator("[data-testid=stDataFrame]").first
    rows.locator("canvas").first.wait_for()
    rows.click(position={"x": 16, "y": HEADING * (row + 1.5)})
    opened = place.locator(f"[class*=st-key-{kind}-]")
    expect(opened).to_have_count(1)
    ordered = {
        "event": "SELECT title FROM activity WHERE kind IN ('event', 'presentation') ORDER BY start LIMIT 1 OFFSET ?",
        "partnership": """SELECT title FROM partnership p JOIN partnership_step s ON s.partnership_id = p.id
                          AND s.step = 'agreement' ORDER BY s.reached_on LIMIT 1 OFFSET ?""",
    }
    assert opened.locator("h3").inner_text() == record.execute(ordered[kind], (row,)).fetchone()[0]
