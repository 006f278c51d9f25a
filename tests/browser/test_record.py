"""An open page follows the record: changed by another program, deleted, locked, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open, settled
from tests.browser.test_house import tile
from tests.test_server import Server

AWAY = "The programme database cannot be read at the moment."


def interact(page: Page) -> Page:
    """Something that a visitor does: open another page by the navigation and come back."""
    page.get_by_role("link", name="Present", exact=True).first.click()
    page.wait_for_url("**/present*")
    settled(page)
    page.get_by_role("link", name="Partnerships", exact=True).first.click()
    page.wait_for_url("**/partnerships*")
    return settled(page)


def comes(page: Page, within: Callable[..., float], condition: Callable[[], bool], seconds: float = 120) -> None:
    def again() -> bool:
        interact(page)
        return condition()

    within(seconds, again)


def test_a_row_changed_elsewhere_shows_on_the_next_interaction(
    open_page: Open, own_server: Server, own_record: Path, elsewhere
) -> None:
    page = open_page(own_server, "/partnerships?lang=en")
    assert tile(page, "partnerships") == "11"
    elsewhere(
        f"sqlite:///{own_record}",
        """
        DELETE FROM partnership_step WHERE partnership_id = (SELECT id FROM partnership WHERE code = 'PS01')""",
    )
    page.wait_for_timeout(5000)
    assert tile(interact(page), "partnerships") == "10"
    assert page.locator("#tile-partnerships ~ .published").inner_text() == "✗ differs from published: 11"


def test_a_locked_and_a_deleted_record_leave_the_pages_answering_with_a_notice(
    open_page: Open, own_server: Server, own_record: Path, within
) -> None:
    page = open_page(own_server, "/partnerships?lang=en")
    with closing(sqlite3.connect(own_record, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        comes(page, within, lambda: AWAY in page.locator(".st-key-top").inner_text())
        assert tile(page, "partnerships") == "11"
        writer.execute("ROLLBACK")
    comes(page, within, lambda: page.locator(".notice").count() == 0)
    kept = own_record.read_bytes()
    own_record.unlink()
    comes(page, within, lambda: AWAY in page.locator(".st-key-top").inner_text())
    assert f"There is no programme database at sqlite:///{own_record}." in page.locator(".notice").inner_text()
    assert tile(page, "partnerships") == "11"
    late = open_page(own_server, "/?lang=en")  # a new visitor too
    assert AWAY in late.locator(".notice").inner_text()
    assert tile(late, "people_reached").startswith("2,700")
    own_record.write_bytes(kept)
    comes(page, within, lambda: page.locator(".notice").count() == 0)
    assert tile(page, "partnerships") == "11"


def test_a_record_that_is_not_there_yet_is_shown_as_soon_as_it_is(
    open_page: Open, serve, demo_url: str, tmp_path: Path
) -> None:
    later = tmp_path / "later.db"
    with serve(f"sqlite:///{later}") as started:
        page = open_page(started, "/partnerships?lang=en")
        assert page.locator("h1").inner_text() == "The dashboard has no data to show"
        later.write_bytes(Path(demo_url.removeprefix("sqlite:///")).read_bytes())
        page.wait_for_timeout(5000)
        page.reload()
        settled(page)
        page.locator("#tile-partnerships").wait_for()
        assert tile(page, "partnerships") == "11"
