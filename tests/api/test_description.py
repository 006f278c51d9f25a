"""The addresses keep to their description, which is valid, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api.resources import API, EMBED
from dashboard.figures.register import FIGURES
from dashboard.filters import Filters, Month, Period
from dashboard.queries.public import TABLES
from dashboard.text import LANGUAGES
from tests.api.conftest import Serve
from tests.pages.conftest import empty_url, one_row_url  # noqa: F401 - fixtures

EXAMPLES = 10
"""Of each address, asked as described and otherwise."""


PATHS = [*(f"/api{one.path}" for one in API), f"/embed{EMBED.path}"]


@pytest.fixture(scope="module")
def described(demo_app: Starlette) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", demo_app)


def in_order(query: dict[str, Any] | None) -> bool:
    """A description cannot say that the first month is not after the last."""
    first, last = (str((query or {}).get(name, "")) for name in ("from", "to"))
    return not (first and last and first > last)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_the_description_allows(described: Any, path: str, mode: GenerationMode) -> None:
    """Asked as described, and as not described: no fault of the server's, and what is answered is of its shape."""
    cases = described[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=cases.filter(lambda case: in_order(case.query)))
    def check(case: Any) -> None:
        case.call_and_validate()

    check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_valid_in_every_language(demo: TestClient, language: str) -> None:
    found = demo.get(f"/api/openapi.json?lang={language}").json()
    validate(found)
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {*PATHS}


def test_the_description_is_made_from_the_registers_and_the_record(demo: TestClient) -> None:
    found = demo.get("/api/openapi.json").json()["paths"]
    names = {name: {one["name"]: one["schema"] for one in found[path]["get"]["parameters"]} for name, path in (
        ("figure", "/api/figures/{name}.csv"), ("picture", "/api/figures/{name}.png"),
        ("table", "/api/tables/{name}.json"))}  # fmt: skip
    assert names["figure"]["name"]["enum"] == [*FIGURES]
    assert names["picture"]["name"]["enum"] == [name for name, figure in FIGURES.items() if figure.draw]
    assert names["table"]["name"]["enum"] == [*TABLES]
    months = Period(Month(2013, 9), Month(2017, 2)).months()
    assert names["table"]["from"]["enum"] == [str(month) for month in months]
    assert names["table"]["theme"]["items"]["enum"] == ["smart-communities", "power-electronics", "biotechnology",
                                                        "cross-cutting"]  # fmt: skip
    assert (names["table"]["limit"]["minimum"], names["table"]["limit"]["maximum"]) == (1, 100_000)
    assert names["picture"]["appearance"]["enum"] == ["light", "dark"]
    assert {key for key, _ in Filters(Period(months[0], months[1]), ("a",), ("eu",), ("DE",), "P").query()} <= set(
        names["table"]
    )


@pytest.mark.parametrize("url", ["empty_url", "one_row_url"])
def test_every_address_answers_for_any_record(serve: Serve, request: pytest.FixtureRequest, url: str) -> None:
    """A programme without a record, and a record with one row a table: no fault in any form, in either language."""
    client = serve(request.getfixturevalue(url))
    for address in addresses():
        found = client.get(address, params={"lang": "ja"})
        assert found.status_code == 200, (address, found.text[:300])


def addresses() -> Iterator[str]:
    for one in API:
        if one.names and not one.path.endswith((".png", ".svg", ".xlsx")):  # frames show the same
            yield from (f"/api{one.path}".format(name=name) for name in one.names)
        elif not one.names:
            yield f"/api{one.path}"
    yield from (f"/embed/{name}?appearance=light" for name in FIGURES)
