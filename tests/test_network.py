"""Brokerage beside networkx's own, and on networks small enough to follow by eye."""

from __future__ import annotations

from itertools import combinations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.network import Standing, standings

ORGANISATIONS = st.sets(st.sampled_from("abcdefghijkl"), min_size=1, max_size=6)


def projection(members: dict[int, set[str]]) -> networkx.Graph:
    graph = networkx.Graph()
    for codes in members.values():
        graph.add_nodes_from(codes)
        graph.add_edges_from(combinations(sorted(codes), 2))
    return graph


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(0, 30), ORGANISATIONS, max_size=9))
def test_brokerage_is_the_betweenness_of_the_projection(members: dict[int, set[str]]) -> None:
    expected = networkx.betweenness_centrality(projection(members))
    found = {one.organisation: one.brokerage for one in standings(members)}
    assert found == pytest.approx(expected)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(0, 30), ORGANISATIONS, max_size=9))
def test_cut_off_are_those_that_lose_the_largest_part(members: dict[int, set[str]]) -> None:
    graph = projection(members)
    for one in standings(members):
        part = networkx.node_connected_component(graph, one.organisation) - {one.organisation}
        left = [len(piece) for piece in networkx.connected_components(graph.subgraph(part))]
        assert one.cut_off == (sum(left) - max(left) if left else 0)
        assert one.projects == sum(one.organisation in codes for codes in members.values())


def test_two_projects_joined_by_one_organisation() -> None:
    # a, b – x – c, d, e: of the ten pairs of others, the six across run through x, which alone links a and b
    found = standings({"one": ["a", "b", "x"], "two": ["x", "c", "d", "e"]})
    assert found[0] == Standing("x", 2, pytest.approx(6 / 10), 2)
    assert {(one.brokerage, one.cut_off) for one in found[1:]} == {(0.0, 0)}


def test_two_ways_share_what_runs_through_them() -> None:
    # a – x – b and a – y – b: half of the pair a, b runs through each, and half of the pair x, y through a and b
    found = standings({1: ["a", "x"], 2: ["x", "b"], 3: ["a", "y"], 4: ["y", "b"]})
    assert [round(one.brokerage, 6) for one in found] == [round(0.5 / 3, 6)] * 4
    assert {one.cut_off for one in found} == {0}


@pytest.mark.parametrize("members", [{}, {1: ["a"]}, {1: ["a", "b"]}, {1: ["a", "a", "b", "c"]}])
def test_without_three_organisations_in_two_projects_nobody_stands_between(members: dict[int, list[str]]) -> None:
    assert all((one.brokerage, one.cut_off) == (0.0, 0) for one in standings(members))
    assert len(standings(members)) == len({code for codes in members.values() for code in codes})
