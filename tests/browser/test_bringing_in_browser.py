"""A file goes up, is checked, imported and taken back; tables and the template come down."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.test_server import Server

THEME = "Code,Name,Name in Japanese\nenergy,Energy,エネルギー\n".encode()


def themes(record: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as plain:
        return [code for (code,) in plain.execute("SELECT code FROM theme ORDER BY id")]


def put_there(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(".st-key-bring-files input[type=file]").set_input_files([file])  # type: ignore[list-item]
    page.locator(".st-key-bring-check button:enabled").click()


def test_a_file_goes_up_and_is_taken_back(open_page: Open, own_server: Server, own_record: Path) -> None:
    page = open_page(own_server, "/data?lang=en")
    before = themes(own_record)
    put_there(page, "theme.csv", THEME)
    expect(page.locator(".st-key-bring .notice")).to_have_text("Nothing is wrong")
    page.locator(".st-key-bring-import button").click()
    page.locator(".st-key-bring-yes button").click()
    expect(page.locator(".st-key-bring .notice", has_text="Imported as batch 1. Added: 1")).to_be_visible()
    assert themes(own_record) == [*before, "energy"]
    expect(page.locator("#data_batches")).to_have_text("1 import in the record")
    page.reload()
    expect(page.locator("#data_batches")).to_have_text("1 import in the record")
    page.locator(".st-key-back-take button").click()
    page.locator(".st-key-back-yes button").click()
    expect(page.locator(".st-key-take-back .notice")).to_have_text("Taken back: Themes (1)")
    assert themes(own_record) == before


def test_a_wrong_file_comes_down_marked(open_page: Open, own_server: Server, own_record: Path) -> None:
    page = open_page(own_server, "/data?lang=en")
    before = themes(own_record)
    put_there(page, "theme.csv", b"Code,Name\n,Nameless\n")
    expect(page.locator(".st-key-bring .notice")).to_have_text("Problems found: 1")
    with page.expect_download() as coming:
        page.locator(".st-key-bring-marked button").click()
    assert load_workbook(io.BytesIO(coming.value.path().read_bytes()))["theme"]["A2"].fill.fgColor.rgb == "00FFC7CE"
    assert themes(own_record) == before


def test_tables_and_the_template_come_down(open_page: Open, own_server: Server) -> None:
    page = open_page(own_server, "/data?lang=en")
    with page.expect_download() as coming:
        page.locator(".st-key-template button").click()
    assert load_workbook(io.BytesIO(coming.value.path().read_bytes())).sheetnames[0] == "Read me"
    page.locator(".st-key-more-public_table-activity").get_by_text("Download", exact=True).click()
    with page.expect_download() as coming:
        page.locator(".st-key-download-public_table-activity-csv button").click()
    rows = list(csv.DictReader(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == 71
    assert {row["Code"] for row in rows} >= {"E01", "T1", "D1"}


def test_where_others_reach_the_server_nobody_brings_records_in(open_page: Open, serve, own_record: Path) -> None:
    with serve(f"sqlite:///{own_record}", "--server.address=0.0.0.0") as server:
        page = open_page(server, "/data?lang=en")
        expect(page.locator(".notice")).to_contain_text("Others than this machine can reach this dashboard")
        assert page.locator(".st-key-bring-files").count() == 0
