"""A group of two people is told nowhere: a record is made of such groups, and every address is asked about them."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard.database.schema import (
    activity,
    attendance,
    information_service,
    information_use,
    programme,
    theme,
    training_result,
)
from tests.api.conftest import Serve
from tests.few import TWINS, record
from tests.pages.conftest import P

PEOPLE = {"participants", "answers", "paired_scores", "people", "numerator", "denominator", "applied_yes", "applied_no",
          "applied_unknown", "satisfied", "promoters", "detractors"}  # fmt: skip
DAY = date(2015, 5, 29)


@pytest.fixture
def client(serve: Serve, sqlite_url: str, insert) -> TestClient:
    """Two people at an event, two at another beside fifty, two at a training who answered, two subscribers."""
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})
    insert(sqlite_url, activity, *(
        {"programme_id": 1, "code": code, "kind": kind, "title": code, "start": DAY, "end": DAY, "country": "JP",
         "city": "Tokyo", "format": "on_site", "theme_id": 1}
        for code, kind in (("A", "event"), ("B", "event"), ("T", "training"))
    ))  # fmt: skip
    insert(sqlite_url, attendance, *(
        {"activity_id": where, "country": country, "stakeholder_kind": "company", "participants": count}
        for where, country, count in ((1, "DE", 2), (2, "DE", 2), (2, "FR", 50), (3, "JP", 2))
    ))  # fmt: skip
    insert(sqlite_url, training_result, *(
        {"activity_id": 3, "institution_kind": "company", "institution_country": "JP", "before_score": before,
         "after_score": before + 30, "satisfaction": 5, "would_recommend": 10, "applied_after_six_months": "yes"}
        for before in (41, 43)
    ))  # fmt: skip
    insert(sqlite_url, information_service, {"code": "N", "title": "News", "kind": "newsletter", "side": "eu",
                                             "languages": "en", "from": date(2014, 1, 1)})  # fmt: skip
    insert(sqlite_url, information_use, {"information_service_id": 1, "month": date(2015, 5, 1),
                                         "measure": "subscribers", "value": 2})  # fmt: skip
    return serve(sqlite_url)


def test_no_table_tells(client: TestClient) -> None:
    for entry in client.get("/api/tables").json()["data"]:
        for row in client.get(entry["json"]).json()["data"]:
            assert {name: row[name] for name in PEOPLE & set(row) if 0 < (row[name] or 0) < 5} == {}, entry["name"]
        for row in csv.DictReader(StringIO(client.get(entry["csv"]).content.decode("utf-8-sig"))):
            assert {name: row[name] for name in PEOPLE & set(row) if row[name] in ("1", "2", "2.0", "4")} == {}


def test_a_hidden_count_is_null_and_said_to_be_hidden(client: TestClient) -> None:
    found: list[dict[str, Any]] = client.get("/api/tables/attendance").json()["data"]
    told = [(row["code"], row["country"], row["participants"], row.get("withheld")) for row in found]
    hidden = ["participants"]
    # Of B fifty-two came: the fifty would tell of the two.
    assert told == [("A", "DE", None, hidden), ("B", "DE", None, hidden), ("B", "FR", None, hidden),
                    ("T", "JP", None, hidden)]  # fmt: skip
    (use,) = client.get("/api/tables/information_use").json()["data"]
    assert (use["value"], use["withheld"]) == (None, ["value"])
    written = client.get("/api/tables/attendance.csv").content.decode("utf-8-sig").splitlines()[1]
    assert written.startswith("A,A,,2015-05-29,DE,company,,")


def test_no_indicator_tells(client: TestClient) -> None:
    found = {row["key"]: row for row in client.get("/api/indicators").json()["data"]}
    assert (found["people_trained"]["value"], found["people_trained"]["withheld"]) == (None, True)
    assert (found["training_gain"]["value"], found["training_gain"]["withheld"]) == (None, True)
    assert (found["people_reached"]["value"], found["people_reached"]["withheld"]) == (54, False)
    assert found["training_seminars"]["value"] == 1
    for key in ("people_trained", "training_gain", "applied_after_six_months"):
        whole = client.get(f"/api/indicators/{key}").json()["data"]
        assert [whole[name] for name in ("value", "numerator", "denominator", "interval")] == [None] * 4
        assert {point["value"] for point in whole["trend"]} <= {None, 0}
        assert any(point["withheld"] for point in whole["trend"])
    alone = client.get("/api/indicators/people_reached?country=DE").json()
    assert alone.get("status") == 422  # nothing took place there: the country is not one to be chosen


def test_the_scores_of_two_stand_in_no_answer_about_training(client: TestClient) -> None:
    for name in (entry["name"] for entry in client.get("/api/figures").json()["data"] if entry["page"] == "training"):
        said = client.get(f"/api/figures/{name}.json").json()["data"]
        for row in said["rows"]:
            told = {key: value for key, value in row.items() if re.search("gain|score|share|mean|low|high", key)}
            assert {key: value for key, value in told.items() if value in (42, 72, 30, 1.0, 100)} == {}, name


def test_no_address_tells_two_from_three(serve: Serve, sqlite, insert) -> None:
    """Two records that differ in nothing but which of two small groups has two people and which has three."""
    one, other = (serve(record(sqlite.copy("empty"), insert, *few)) for few in TWINS)
    names = {what: [entry.get("name") or entry["key"] for entry in one.get(f"/api/{what}").json()["data"]]
             for what in ("figures", "tables", "indicators")}  # fmt: skip
    addresses = [
        "/api/indicators.csv", *(f"/api/{what}/{name}{suffix}" for what, suffix in
                                 (("figures", ".json"), ("figures", ".csv"), ("tables", ".json"), ("tables", ".csv"),
                                  ("indicators", "")) for name in names[what]),
        *(f"/embed/{name}" for name in ("event_map", "reach_by_month", "audience", "seminar_participants")),
    ]  # fmt: skip
    for address in addresses:
        assert content(one, address) == content(other, address), address
    (hidden,) = (row for row in one.get("/api/figures/event_table.json").json()["data"]["rows"] if row["code"] == "A")
    assert (hidden["participants"], hidden["withheld"]) == (None, ["participants"])


def content(client: TestClient, address: str) -> Any:
    """What an address answers, without as of when and from which version of the record."""
    found = client.get(address)
    assert found.status_code == 200, address
    if "json" in found.headers["content-type"]:
        return {key: value for key, value in found.json().items() if key != "about"}
    return re.sub(r"read \d.* UTC|clip\d+", "", found.text)  # clips of pictures are numbered as they are drawn
