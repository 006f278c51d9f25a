"""The land under the maps: shapes that deck.gl draws without a band across the world."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from dashboard.settings import STATIC

Ring = list[list[float]]
LAND = STATIC / "land.geojson"


@pytest.fixture(scope="module")
def land() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(LAND.read_text())
    return read


def polygons(land: dict[str, Any]) -> Iterator[tuple[str, list[Ring]]]:
    for feature in land["features"][:-1]:
        for polygon in feature["geometry"]["coordinates"]:
            yield feature["properties"]["country"], polygon


def test_every_ring_is_closed_and_within_half_the_world(land: dict[str, Any]) -> None:
    for country, polygon in polygons(land):
        for ring in polygon:
            longitudes, latitudes = zip(*ring, strict=True)
            assert ring[0] == ring[-1], country
            assert len(ring) >= 4, country
            assert min(longitudes) >= -180, country
            assert max(longitudes) <= 180, country
            assert max(longitudes) - min(longitudes) < 180, country
            assert min(latitudes) > -90, country


def test_no_line_runs_across_the_map(land: dict[str, Any]) -> None:
    for country, polygon in polygons(land):
        for ring in polygon:
            assert all(abs(a[0] - b[0]) < 30 for a, b in pairwise(ring)), country


def test_what_crosses_the_antimeridian_lies_on_both_sides(land: dict[str, Any]) -> None:
    for country in ("RU", "FJ"):
        sides = {polygon[0][0][0] > 0 for code, polygon in polygons(land) if code == country}
        assert sides == {True, False}


def test_small_states_are_there_and_antarctica_is_not(land: dict[str, Any]) -> None:
    countries = [feature["properties"]["country"] for feature in land["features"][:-1]]
    assert len(countries) == len(set(countries))
    assert {"MT", "CY", "LU", "LI", "SG", "JP", "XK", "FO", "NA"} <= set(countries)
    assert "AQ" not in countries
    assert countries.count(None) == 1  # the Siachen Glacier


def test_crimea_is_ukraines(land: dict[str, Any]) -> None:
    there = {code for code, polygon in polygons(land) if all(32 < x < 37 and 44 < y < 47 for x, y in polygon[0])}
    assert there == {"UA"}


def test_borders_lie_between_countries_and_are_drawn_once(land: dict[str, Any]) -> None:
    lines = land["features"][-1]["geometry"]["coordinates"]
    pieces = [frozenset(map(tuple, piece)) for line in lines for piece in pairwise(line)]
    twice = {piece for piece, times in Counter(pieces).items() if times > 1}
    assert twice == {frozenset({(12.43, 41.91), (12.44, 41.9)})}  # the Vatican, a line at this scale
    bounds: dict[frozenset[Any], set[str]] = {}
    for country, polygon in polygons(land):
        for ring in polygon:
            for piece in pairwise(ring):
                bounds.setdefault(frozenset(map(tuple, piece)), set()).add(country)
    between = [bounds.get(piece, set()) for piece in pieces]
    assert {"DE", "FR"} in between
    assert {"GB", "IE"} in between
    assert not any("JP" in pair for pair in between)  # islands
    assert not any(pair == {"CY"} or pair == {"SO"} for pair in between)
    two = sum(len(pair) == 2 for pair in between) / len(between)
    assert two > 0.99  # what the rounding of very small states leaves apart


def test_the_file_is_small(land: dict[str, Any]) -> None:
    assert LAND.stat().st_size < 700_000
    assert land["type"] == "FeatureCollection"
