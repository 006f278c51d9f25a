"""What caches, browsers and programs are told around an answer, and how a wrong question is answered."""

from __future__ import annotations

import gzip
import sqlite3
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard.api import serving
from dashboard.database.schema import programme, theme
from tests.api.conftest import Serve
from tests.pages.conftest import P

SOME = "/api/indicators?from=2015-01&theme=biotechnology"
FORMS = [SOME, "/api/", "/api/tables/theme.csv", "/api/figures/origins.svg", "/embed/origins", "/api/dataset.jsonld"]


def problem(client: TestClient, address: str, status: int = 422) -> dict[str, Any]:
    found = client.get(address)
    assert found.status_code == status, found.text
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    said: dict[str, Any] = found.json()
    assert (said["type"], said["status"], said["title"]) == ("about:blank", status, HTTPStatus(status).phrase)
    return said


@pytest.mark.parametrize("address", FORMS)
def test_an_unchanged_answer_is_not_sent_again(demo: TestClient, address: str) -> None:
    first = demo.get(address)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=60"
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = demo.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Vary"] == "Accept-Encoding"
    assert demo.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_tells_questions_apart(demo: TestClient) -> None:
    asked = ["/api/indicators", "/api/indicators.csv", SOME, f"{SOME}&lang=ja", "/api/figures/origins.svg",
             "/api/figures/origins.svg?appearance=dark", "/api/tables/theme?limit=1",
             "/api/tables/theme?limit=2"]  # fmt: skip
    assert len({demo.get(address).headers["ETag"] for address in asked}) == len(asked)
    assert demo.get("/api/indicators?side=eu").headers["ETag"] == demo.get("/api/indicators?side=eu").headers["ETag"]


def test_the_tag_changes_with_code_record_and_threshold(
    serve: Serve, sqlite_url: str, insert, within, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(sqlite_url, programme, P)
    client = serve(sqlite_url)

    def tag() -> str:
        return client.get("/api/tables/theme").headers["ETag"]

    before = tag()
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})
    within(10, lambda: tag() != before)
    after = tag()
    monkeypatch.setattr(serving, "code_version", lambda: "later")
    assert tag() != after
    monkeypatch.undo()
    assert tag() == after
    monkeypatch.setenv("DASHBOARD_SUPPRESSION_THRESHOLD", "9")
    assert tag() != after


def test_compression_keeps_the_weak_tag(demo: TestClient) -> None:
    plain = demo.get("/api/figures", headers={"Accept-Encoding": "identity"})
    packed = demo.get("/api/figures", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 4
    assert len(gzip.compress(plain.content)) < len(plain.content) / 4
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_other_websites_may_read_but_not_embed(demo: TestClient) -> None:
    found = demo.get(SOME, headers={"Origin": "https://elsewhere.example"})
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in found.headers
    assert "ETag" in found.headers["Access-Control-Expose-Headers"]
    assert found.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in found.headers["Content-Security-Policy"]
    assert "script" not in found.headers["Content-Security-Policy"]


def test_a_browser_may_ask_whether_it_may_ask(demo: TestClient) -> None:
    found = demo.options(SOME, headers={"Origin": "https://a.example", "Access-Control-Request-Method": "GET"})
    assert (found.status_code, found.content) == (204, b"")
    assert found.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert found.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert found.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", FORMS)
def test_head_says_what_get_would(demo: TestClient, address: str) -> None:
    got, asked = demo.get(address), demo.head(address)
    assert asked.status_code == 200
    assert asked.headers["ETag"] == got.headers["ETag"]
    assert asked.headers["Content-Type"] == got.headers["Content-Type"]
    assert demo.head("/api/nothing").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/api/indicators", "/embed/origins", "/api/"])
def test_nothing_can_be_written(demo: TestClient, method: str, address: str) -> None:
    found = demo.request(method, address)
    assert found.status_code == 405
    assert found.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert method in found.text


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("theme=tea", "theme", "theme = tea: not a value of this parameter. It takes: smart-communities, "
         "power-electronics, biotechnology, cross-cutting."),
        ("theme=", "theme", "theme = : not a value of this parameter. It takes: smart-communities, "
         "power-electronics, biotechnology, cross-cutting."),
        ("side=moon", "side", "side = moon: not a value of this parameter. It takes: eu, japan."),
        ("from=2015-13", "from", "from = 2015-13: not a month. Write YYYY-MM, for example 2014-09."),
        ("to=2031-01", "to", "to = 2031-01: outside the programme's term. The term runs from 2013-09 to 2017-02."),
        ("lang=fr", "lang", "lang = fr: not a value of this parameter. It takes: en, ja."),
        ("limit=100001", "limit", "limit = 100001: not a whole number from 1 to 100,000."),
        ("limit=0", "limit", "limit = 0: not a whole number from 1 to 100,000."),
        ("limit=1e3", "limit", "limit = 1e3: not a whole number from 1 to 100,000."),
        ("limit=٣", "limit", "limit = ٣: not a whole number from 1 to 100,000."),
        ("offset=-1", "offset", "offset = -1: not a whole number from 0 to 999,999,999."),
        ("offset=99999999999999999999", "offset", "offset = 99999999999999999999: not a whole number from 0 to "
         "999,999,999."),
        ("period=2015", "period", "period: not a parameter of this address. It takes: from, to, theme, side, country, "
         "programme, lang, limit, offset."),
        ("programme=X&programme=JEUPISTE", "programme", "programme: given more than once. Give it once."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_the_remedy(demo: TestClient, query: str, parameter: str, detail: str) -> None:
    said = problem(demo, f"/api/tables/activity?{query}")
    assert said["errors"][0]["parameter"] == parameter
    assert said["errors"][0]["detail"] == detail
    assert said["detail"].startswith(detail)


def test_every_fault_is_named_at_once_and_in_the_language_asked_for(demo: TestClient) -> None:
    said = problem(demo, "/api/indicators?theme=tea&from=2016-02&to=2016-01&country=ZZ&lang=ja")
    assert [one["parameter"] for one in said["errors"]] == ["from", "to", "theme", "country"]
    assert said["errors"][2]["detail"].startswith("theme = tea：このパラメーターの値ではありません。")
    assert "/api/openapi.json" in said["errors"][3]["detail"]


def test_a_name_that_is_none_brings_the_near_ones(demo: TestClient) -> None:
    assert "Did you mean people_reached" in problem(demo, "/api/indicators/people_reach", 404)["detail"]
    assert "Did you mean activity" in problem(demo, "/api/tables/activities.csv", 404)["detail"]
    assert "http://testserver/api/figures" in problem(demo, "/api/figures/qqq.png", 404)["detail"]
    assert problem(demo, "/api/nothing/here", 404)["detail"] == (
        "There is nothing at /api/nothing/here; http://testserver/api/ lists what there is."
    )
    assert "is a table and has no picture" in problem(demo, "/api/figures/event_table.png", 404)["detail"]


@pytest.mark.parametrize("address", ["/api/tables/report", "/api/figures/pipeline", "/api/indicators"])
def test_an_address_without_a_suffix_gives_json(demo: TestClient, address: str) -> None:
    bare, named = demo.get(f"{address}?theme=biotechnology"), demo.get(f"{address}.json?theme=biotechnology")
    assert (bare.status_code, bare.headers["Content-Type"]) == (200, "application/json")
    assert bare.json()["data"] == named.json()["data"]


def test_a_long_question_is_not_echoed_at_length(demo: TestClient) -> None:
    found = demo.get("/api/indicators?theme=" + "x" * 5000)
    assert found.status_code == 422
    assert len(found.content) < 2000
    many = demo.get("/api/indicators?" + "&".join(f"p{number}=1" for number in range(500)))
    assert many.status_code == 422
    assert len(many.json()["errors"]) == 20


@pytest.mark.parametrize("address", ["/api", "/api?lang=ja"])
def test_the_index_is_found_without_a_stroke(demo: TestClient, address: str) -> None:
    found = demo.get(address, follow_redirects=False)
    assert (found.status_code, found.headers["Location"]) == (307, "/api/")
    assert len(demo.get("/api/").json()["data"]) == 7


def test_every_answer_says_where_it_is_from(demo: TestClient) -> None:
    said = demo.get(f"{SOME}&country=DE&side=eu&to=2015-06").json()["about"]
    assert said["filters"] == {"from": "2015-01", "to": "2015-06", "theme": ["biotechnology"], "side": ["eu"],
                               "country": ["DE"], "programme": None}  # fmt: skip
    assert said["dataset"]["kind"] == "illustrative"
    assert "invented" in said["dataset"]["statement"]
    assert said["suppression_threshold"] == 5
    assert said["as_of"].endswith("Z")
    assert "illustrative records" in said["source"]
    assert "names no licence" in said["licence"]
    assert said["warning"] is None
    assert demo.get("/api/tables/eu_project").json()["about"]["source"].startswith("Source: CORDIS")
    assert demo.get("/api/figures/framework_years.json").json()["about"]["dataset"]["kind"] == "recorded"


def test_without_a_record_it_says_so(serve: Serve, tmp_path: Path) -> None:
    client = serve(f"sqlite:///{tmp_path / 'none.db'}")
    said = problem(client, "/api/indicators", 503)
    assert said["detail"] == "There is no record to answer from at the moment. Ask again in a few seconds."
    assert client.get("/api/").headers["Retry-After"] == "5"
    page = client.get("/embed/origins?lang=ja")
    assert page.status_code == 503
    assert "数秒後" in page.text
    assert str(tmp_path) not in said["detail"] + page.text


def test_a_record_without_a_programme_is_none(serve: Serve, sqlite_url: str) -> None:
    problem(serve(sqlite_url), "/api/indicators", 503)


def test_while_the_record_is_away_the_last_answers_with_a_warning(
    serve: Serve, sqlite_url: str, insert, within
) -> None:
    insert(sqlite_url, programme, P)
    client = serve(sqlite_url)
    found = client.get("/api/indicators")
    assert found.json()["about"]["warning"] is None
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.rename(file.with_suffix(".away"))
    within(10, lambda: client.get("/api/indicators").json()["about"]["warning"] is not None)
    after = client.get("/api/indicators")
    assert after.status_code == 200
    assert "cannot be read at the moment" in after.json()["about"]["warning"]
    assert after.json()["data"] == found.json()["data"]
    assert after.headers["ETag"] != found.headers["ETag"]


def test_text_that_a_spreadsheet_would_run_is_kept_from_it(serve: Serve, sqlite_url: str, insert) -> None:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": '=HYPERLINK("http://a.example")'}, {"code": "x", "name": "-2"})
    client = serve(sqlite_url)
    written = client.get("/api/tables/theme.csv").content.decode("utf-8-sig")
    assert '''"'=HYPERLINK(""http://a.example"")"''' in written
    assert ",'-2," in written
    assert client.get("/api/tables/theme").json()["data"][0]["name"] == '=HYPERLINK("http://a.example")'


def test_the_record_itself_is_not_reachable(demo: TestClient, demo_url: str) -> None:
    """No column of the record's own numbering, no batch's author, no answer of a single trainee."""
    record = sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    assert record.execute("SELECT count(*) FROM training_result").fetchone()[0] > 100
    names = {(entry["name"], column["name"]) for entry in demo.get("/api/tables").json()["data"]
             for column in entry["columns"]}  # fmt: skip
    assert {name for _, name in names if name == "id" or name.endswith("_id")} == set()
    assert {name for _, name in names} & {"imported_by", "satisfaction", "before_score", "opened"} <= {"opened"}
    assert ("help_desk_case", "opened") not in names
    assert "import_change" not in {table for table, _ in names}


@pytest.mark.parametrize("address", ["/api/tables/%0Aa.csv", "/api/a%0Ab", "/embed/%0A"])
def test_a_line_break_in_an_address_is_no_other_address(demo: TestClient, address: str) -> None:
    found = demo.get(address)
    assert found.status_code == 404
    assert found.headers["Content-Type"].partition(";")[0] == (
        "text/html" if "embed" in address else "application/problem+json"
    )
