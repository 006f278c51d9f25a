"""The pages of the four areas, opened cold by a link that chooses: they show and give away this view and no other."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard.filters import Filters, Month, Period
from dashboard.text.format import country
from tests.browser.conftest import Open
from tests.figures import helpdesk_record
from tests.test_server import Server

TIME = "from=2015-01&to=2016-12"
IN_TIME = "BETWEEN '2015-01-01' AND '2016-12-31'"
POWER = "(SELECT id FROM theme WHERE code = 'power-electronics')"


@pytest.fixture(scope="module")
def path(demo_url: str) -> str:
    return demo_url.removeprefix("sqlite:///")


def download(page: Page, figure: str) -> list[dict[str, str]]:
    """The rows of a figure's CSV file, as the page gives it."""
    page.locator(f".st-key-more-{figure}").get_by_text("Download", exact=True).click()
    button = page.locator(f".st-key-download-{figure}-csv button")
    with page.expect_download() as given:
        button.click()
    written = Path(given.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(StringIO(written, newline="")))


def seen(page: Page, chosen: str, shown: str) -> str:
    """The page's headline, once the address and the line below it say what was asked for."""
    expect(page.locator(".showing")).to_contain_text(shown)
    assert parse_qs(urlsplit(page.url).query) == parse_qs(f"{chosen}&lang=en")
    assert page.locator(".notice").count() == 0
    return page.locator("h1").inner_text()


def test_events(open_page: Open, server: Server, record: sqlite3.Connection) -> None:
    chosen = f"{TIME}&theme=power-electronics"
    page = open_page(server, f"/events?{chosen}&lang=en")
    where = f"a.kind IN ('event', 'presentation') AND a.theme_id = {POWER} AND a.start {IN_TIME}"
    kinds = dict(record.execute(f"SELECT kind, count(*) FROM activity a WHERE {where} GROUP BY 1").fetchall())
    by_country = record.execute(
        f"""SELECT a.country, sum(n.participants), count(DISTINCT iif(a.kind = 'event', a.id, NULL)),
                   count(DISTINCT iif(a.kind = 'presentation', a.id, NULL))
            FROM activity a JOIN attendance n ON n.activity_id = a.id WHERE {where} GROUP BY 1"""
    ).fetchall()
    people = sum(row[1] for row in by_country)
    assert seen(page, chosen, "January 2015 – December 2016 · Power electronics") == (
        f"{kinds['event']} events and {kinds['presentation']} presentations reached {people:,} people"
    )
    page.locator(".st-key-events-reach").get_by_text("Country", exact=True).click()
    found = {row["Country (code)"]: row for row in download(page, "reach_by_country")}
    counts = {code: [float(row[name]) for name in ("Participants", "Events", "Presentations")]
              for code, row in found.items()}  # fmt: skip
    assert counts == {code: numbers for code, *numbers in by_country}


def test_help_desk(open_page: Open, server: Server, path: str) -> None:
    chosen = f"{TIME}&side=eu"
    page = open_page(server, f"/helpdesk?{chosen}&lang=en")
    time = Filters(period=Period(Month(2015, 1), Month(2016, 12)))
    found = [case for case in helpdesk_record.cases(path, time, False) if case.country not in ("JP", "KR", "US")]
    assert seen(page, chosen, "January 2015 – December 2016 · All themes · EU").startswith(f"{len(found)} cases, ")
    rows = download(page, "enquirer_countries")
    assert {row["Country (code)"]: int(row["Cases"]) for row in rows} == Counter(case.country for case in found)
    assert all(row["Country"] == country(row["Country (code)"], "en") for row in rows)


def test_training(open_page: Open, server: Server, record: sqlite3.Connection) -> None:
    chosen = f"{TIME}&country=JP"
    page = open_page(server, f"/training?{chosen}&lang=en")
    held = record.execute(
        f"""SELECT a.code, sum(n.participants), (SELECT count(*) FROM training_result r WHERE r.activity_id = a.id)
            FROM activity a JOIN attendance n ON n.activity_id = a.id
            WHERE a.kind = 'training' AND a.country = 'JP' AND a.start {IN_TIME} GROUP BY 1"""
    ).fetchall()
    people = sum(row[1] for row in held)
    headline = seen(page, chosen, "January 2015 – December 2016 · All themes · Japan")
    assert headline.startswith(f"{people} people in {len(held)} seminars, a mean gain of +")
    rows = download(page, "seminar_participants")
    found = {(row["Code"], int(row["Participants"]), int(row["Answers"])) for row in rows}
    assert found == set(held)


def test_policy_dialogue(open_page: Open, server: Server, record: sqlite3.Connection) -> None:
    page = open_page(server, f"/dialogue?{TIME}&lang=en")
    ((reports, used),) = record.execute(
        f"""SELECT count(*), sum(r.id IN (SELECT report_id FROM report_use u WHERE u.discussed
            OR u.recommendation_adopted)) FROM report r WHERE r.published_on {IN_TIME}"""
    )  # fmt: skip
    (members,) = record.execute(
        """SELECT count(*) FROM interest_group_member
           WHERE joined <= '2016-12-31' AND ("left" IS NULL OR "left" > '2016-12-31')"""
    ).fetchone()
    assert seen(page, TIME, "January 2015 – December 2016").startswith(
        f"{reports} reports, {round(100 * used / reports)}% used in dialogues; {members} members"
    )
    calls = record.execute(
        f"SELECT code, opened, closed, proposals, funded FROM joint_call WHERE opened {IN_TIME}"
    ).fetchall()
    names = ("Proposals", "Funded projects")
    found = {(row["Code"], row["Opened"], row["Closed"], *(float(row[name]) if row[name] else None for name in names))
             for row in download(page, "joint_calls") if row["Code"]}  # fmt: skip
    assert found == set(calls)
