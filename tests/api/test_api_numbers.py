"""The numbers by address are those of the pages, of the command line and of the record itself."""

from __future__ import annotations

import csv
import json
import sqlite3
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from dashboard.__main__ import main
from dashboard.figures.register import FIGURES
from dashboard.queries.public import TABLES

ROW = ("key", "value", "target", "status", "period")
SELECTIONS = [
    "",
    "from=2015-01&to=2015-12",
    "theme=biotechnology&theme=power-electronics",
    "side=japan&from=2014-09",
    "country=DE&country=AT",
    "programme=JEUPISTE&lang=ja",
]


def data(client: TestClient, address: str) -> Any:
    found = client.get(address)
    assert found.status_code == 200, found.text
    return found.json()["data"]


def lines(client: TestClient, address: str) -> list[dict[str, str]]:
    found = client.get(address)
    assert found.status_code == 200, found.text
    return list(csv.DictReader(StringIO(found.content.decode("utf-8-sig"))))


def number(cell: str) -> float | None:
    return float(cell) if cell else None


@pytest.fixture(scope="module")
def record(demo_url: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True, check_same_thread=False)


def test_indicators_by_hand(demo: TestClient) -> None:
    found = {row["key"]: row for row in data(demo, "/api/indicators")}
    assert len(found) == 17
    assert found["partnerships"]["value"] == 11
    assert found["help_desk_cases"]["value"] == 987
    assert found["people_reached"]["value"] == 2700
    assert found["cases_within_standard"]["unit"] == "share"
    assert not any(row["withheld"] for row in found.values())


@pytest.mark.parametrize("query", SELECTIONS)
def test_indicators_are_those_of_the_command_line(
    demo: TestClient, demo_url: str, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", demo_url)
    pairs = [part.split("=") for part in query.split("&") if part and not part.startswith("lang")]
    options = [word for key, value in pairs for word in (f"--{key}", value)]
    wanted = json.loads(CliRunner().invoke(main, ["indicators", *options, "--format", "json"]).stdout)
    found = data(demo, f"/api/indicators?{query}")
    assert [{name: row[name] for name in ROW} for row in found] == wanted
    as_csv = lines(demo, f"/api/indicators.csv?{query}")
    assert [{name: number(row[name]) if name in ("value", "target") else row[name] or None for name in ROW}
            for row in as_csv] == wanted  # fmt: skip
    assert data(demo, f"/api/indicators.json?{query}") == found


@pytest.mark.parametrize("query", SELECTIONS)
def test_an_indicator_by_itself_says_what_the_list_says(demo: TestClient, query: str) -> None:
    for row in data(demo, f"/api/indicators?{query}"):
        whole = data(demo, f"/api/indicators/{row['key']}?{query}")
        assert {name: whole[name] for name in row} == row


def test_what_an_indicator_is_made_of(demo: TestClient, record: sqlite3.Connection) -> None:
    (answered, reports), = record.execute(
        """SELECT count(DISTINCT u.report_id) FILTER (WHERE u.discussed OR u.recommendation_adopted),
                  (SELECT count(*) FROM report) FROM report_use u"""
    ).fetchall()  # fmt: skip
    found = data(demo, "/api/indicators/reports_used")
    assert (found["numerator"], found["denominator"]) == (answered, reports) == (5, 9)
    assert found["value"] == pytest.approx(5 / 9)
    assert found["interval"]["low"] == pytest.approx(0.2667, abs=5e-4)  # Wilson's of 5 of 9, by hand
    assert found["interval"]["high"] == pytest.approx(0.8112, abs=5e-4)
    assert found["interval"]["level"] == 0.95
    assert (found["target"], found["status"]) == (0.6, "behind")
    assert found["definition"]["name"] == "Reports used in dialogues"
    assert set(found["definition"]) == {"name", "definition", "numerator", "denominator", "why", "caveat", "source"}


def test_the_months_of_an_indicator(demo: TestClient, record: sqlite3.Connection) -> None:
    found = data(demo, "/api/indicators/events?from=2015-01&to=2015-12")
    wanted = dict(record.execute(
        """SELECT substr(start, 1, 7), count(*) FROM activity WHERE kind = 'event' AND start LIKE '2015%' GROUP BY 1"""
    ).fetchall())  # fmt: skip
    assert {point["month"]: point["value"] for point in found["trend"] if point["value"]} == wanted
    assert [point["since"] for point in found["trend"]] == [point["month"] for point in found["trend"]]
    assert len(found["trend"]) == 12
    assert sum(wanted.values()) == found["value"]
    whole = data(demo, "/api/indicators/events")["trend"]
    assert whole[-1] == {"month": "2017-02", "since": "2016-09", "value": whole[-1]["value"], "withheld": False}


def test_figures_that_were_published_stand_beside_the_record(demo: TestClient) -> None:
    said = data(demo, "/api/indicators/people_reached")["published"]
    assert (said["value"], said["qualifier"]) == (2700, "exactly")
    assert said["source"].startswith("CORDIS")
    assert data(demo, "/api/indicators/presentations")["published"] is not None
    assert data(demo, "/api/indicators/training_gain")["published"] is None


COUNTED = {
    table: f'SELECT count(*) FROM "{table}"' for table in TABLES if table not in ("training_result",)
} | {"training_result": "SELECT count(DISTINCT activity_id) FROM training_result"}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_rows_of_the_record(demo: TestClient, record: sqlite3.Connection, table: str) -> None:
    (count,) = record.execute(COUNTED[table]).fetchone()
    assert len(lines(demo, f"/api/tables/{table}.csv")) == count
    found = demo.get(f"/api/tables/{table}.json").json()
    assert found["total"] == count
    assert len(found["data"]) == min(count, 1000)
    assert demo.get(f"/api/tables/{table}").json() == found


FILTERED = [
    ("activity", "from=2015-01&to=2015-12", "SELECT count(*) FROM activity WHERE start LIKE '2015%'"),
    ("activity", "country=JP", "SELECT count(*) FROM activity WHERE country = 'JP'"),
    ("help_desk_case", "theme=biotechnology", """SELECT count(*) FROM help_desk_case c JOIN theme t ON t.id = c.theme_id
        WHERE t.code = 'biotechnology'"""),
    ("help_desk_case", "country=DE&country=FR",
     "SELECT count(*) FROM help_desk_case WHERE enquirer_country IN ('DE', 'FR')"),
    ("report", "from=2016-01", "SELECT count(*) FROM report WHERE published_on >= '2016-01-01'"),
    ("application", "theme=power-electronics&to=2015-12", """SELECT count(*) FROM application a JOIN theme t
        ON t.id = a.theme_id WHERE t.code = 'power-electronics' AND submitted_on < '2016-01-01'"""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "query", "sql"), FILTERED)
def test_a_table_obeys_the_filters(
    demo: TestClient, record: sqlite3.Connection, table: str, query: str, sql: str
) -> None:
    (count,) = record.execute(sql).fetchone()
    assert count > 0
    assert len(lines(demo, f"/api/tables/{table}.csv?{query}")) == count
    assert demo.get(f"/api/tables/{table}.json?{query}&limit=1").json()["total"] == count


def test_pages_of_rows_lead_from_one_to_the_next(demo: TestClient) -> None:
    address, found, sizes = "/api/tables/help_desk_case.json?limit=400&lang=ja", [], []
    while address:
        page = demo.get(address).json()
        sizes.append(len(page["data"]))
        found += [row["code"] for row in page["data"]]
        address = page["next"]
    assert sizes == [400, 400, 187]
    assert len(set(found)) == 987
    assert found == [row["code"] for row in lines(demo, "/api/tables/help_desk_case.csv")]


def test_a_file_that_is_a_part_says_so(demo: TestClient) -> None:
    found = demo.get("/api/tables/help_desk_case.csv?limit=10&offset=980&country=DE&offset=0")
    assert found.status_code == 422
    part = demo.get("/api/tables/help_desk_case.csv?limit=10&offset=970")
    assert part.headers["Content-Disposition"] == 'attachment; filename="help_desk_case_rows-971-980-of-987.csv"'
    assert part.headers["X-Total-Count"] == "987"
    assert part.headers["Link"].endswith('limit=10&offset=980>; rel="next"')
    whole = demo.get("/api/tables/help_desk_case.csv")
    assert whole.headers["Content-Disposition"] == 'attachment; filename="help_desk_case.csv"'
    assert "Link" not in whole.headers


def test_cells_are_of_the_types_that_the_list_of_tables_names(demo: TestClient) -> None:
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "date": str, "date-time": str}
    for entry in data(demo, "/api/tables"):
        rows = demo.get(entry["json"]).json()["data"]
        for column in entry["columns"]:
            values = [row[column["name"]] for row in rows if row[column["name"]] is not None]
            assert all(isinstance(value, types[column["type"]]) for value in values), (entry["name"], column)
            assert not any(isinstance(value, bool) for value in values) or column["type"] == "boolean"
            if column["type"] == "date":
                assert all(len(value) == 10 for value in values)


def test_every_figure_has_the_same_rows_in_every_form(demo: TestClient) -> None:
    for entry in data(demo, "/api/figures?lang=ja"):
        rows = data(demo, entry["json"])["rows"]
        assert len(lines(demo, entry["csv"])) == len(rows), entry["name"]
    assert len(data(demo, "/api/figures")) == len(FIGURES)


def test_a_figure_by_hand(demo: TestClient) -> None:
    found = data(demo, "/api/figures/partnerships_by_theme.json")
    assert {row["theme_code"]: row["partnerships"] for row in found["rows"]} == {
        "smart-communities": 5, "power-electronics": 4, "biotechnology": 2,
    }  # fmt: skip
    assert found["title"]
    assert found["page"] == "partnerships"
    assert found["shown"] == "http://testserver/partnerships?lang=en#partnerships_by_theme"


def test_a_workbook_and_pictures_of_a_figure(demo: TestClient) -> None:
    book = openpyxl.load_workbook(BytesIO(demo.get("/api/figures/case_volume.xlsx").content))
    assert book.sheetnames == ["Data", "Definition", "Source"]
    picture = demo.get("/api/figures/case_volume.png?appearance=dark")
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["Content-Type"] == "image/png"
    drawn = demo.get("/api/figures/case_volume.svg?from=2015-01&to=2015-12")
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    assert "January 2015 – December 2015" in drawn.text
    assert "illustrative records" in drawn.text


def test_a_selection_without_records_is_empty_and_no_fault(demo: TestClient) -> None:
    query = "country=FI&theme=biotechnology&from=2013-09&to=2013-09"
    for name in FIGURES:
        for suffix in ("json", "csv", "xlsx"):
            assert demo.get(f"/api/figures/{name}.{suffix}?{query}").status_code == 200, (name, suffix)
    found = demo.get(f"/api/figures/origins.png?{query}")
    assert found.status_code == 404
    assert found.json()["detail"].startswith("There is nothing to draw in this selection.")
    assert data(demo, f"/api/indicators/application_success_rate?{query}")["value"] is None
