"""The description for catalogues: linked data that resolves, says what is known and makes nothing up."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard.queries.public import TABLES


def dataset(client: TestClient, language: str = "en") -> dict[str, Any]:
    found = client.get(f"/api/dataset.jsonld?lang={language}")
    assert found.headers["Content-Type"] == "application/ld+json"
    made: dict[str, Any] = found.json()
    return made


def test_what_is_known_is_said(demo: TestClient) -> None:
    found = dataset(demo)
    assert found["@type"] == ["dcat:Dataset", "schema:Dataset"]
    assert found["dct:title"]["@value"].startswith("Japan")
    assert found["dct:temporal"]["dcat:startDate"]["@value"] == "2013-09-01"
    assert found["dct:temporal"]["dcat:endDate"]["@value"] == "2017-02-28"
    assert found["schema:temporalCoverage"] == "2013-09-01/2017-02-28"
    assert "invented" in found["dct:description"]["@value"]
    assert [one["@value"] for one in found["dcat:keyword"]] == [
        "Smart communities", "Power electronics", "Biotechnology", "Cross-cutting",
    ]  # fmt: skip


def test_nothing_is_made_up(demo: TestClient) -> None:
    found = dataset(demo)
    assert {"dct:publisher", "dct:license", "schema:license", "dct:issued"} & set(found) == set()
    assert "names no licence" in found["dct:rights"]["dct:description"]["@value"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_distribution_is_there_and_of_its_type(demo: TestClient, language: str) -> None:
    found = dataset(demo, language)["dcat:distribution"]
    assert len(found) == 2 * (len(TABLES) + 1)
    for one in found:
        answer = demo.get(one["dcat:downloadURL"]["@id"])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(one["schema:encodingFormat"])
    rights = {one["schema:name"]: one["dct:rights"]["dct:description"]["@value"] for one in found}
    assert "CORDIS" in rights["eu_project.csv"]
    assert "CORDIS" not in rights["activity.csv"]


def test_every_prefix_is_declared(demo: TestClient) -> None:
    found = dataset(demo, "ja")

    def keys(node: Any) -> set[str]:
        if isinstance(node, dict):
            return set(node) | {key for value in node.values() for key in keys(value)}
        return {key for value in node for key in keys(value)} if isinstance(node, list) else set()

    used = {key.partition(":")[0] for key in keys({**found, "@context": None}) if not key.startswith("@")}
    assert used <= set(found["@context"])
    assert found["dct:title"]["@language"] == "ja"
