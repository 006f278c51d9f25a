"""Who stands between whom in a network of organisations that are joined by sharing projects.

The network is the projection of who takes part in what: two organisations are neighbours when they share a project.
`brokerage` of an organisation is its betweenness (Freeman, 1977, Sociometry 40; computed as by Brandes, 2001, Journal
of Mathematical Sociology 25): of all pairs of other organisations, the share whose shortest connection runs through
it, counted in parts where there are several shortest connections. It is 0 to 1.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

Code = str
Node = Hashable


@dataclass(frozen=True)
class Standing:
    """An organisation in the network: `cut_off` are the organisations that nothing would join to the largest part of
    its network any more, were it not there."""

    organisation: Code
    projects: int
    brokerage: float
    cut_off: int


def standings(members: Mapping[Hashable, Iterable[Code]]) -> list[Standing]:
    """How every organisation stands, given the organisations of each project; the strongest brokers first."""
    projects = {project: set(codes) for project, codes in members.items()}
    counts: dict[Code, int] = {}
    for codes in projects.values():
        for code in codes:
            counts[code] = counts.get(code, 0) + 1
    scores, total = _betweenness(projects, counts), len(counts)
    pairs = (total - 1) * (total - 2)
    cut_off = _cut_off(projects, counts)
    found = [
        Standing(code, count, scores.get(code, 0.0) / pairs if pairs > 0 else 0.0, cut_off.get(code, 0))
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.brokerage, -one.projects, one.organisation))


def _betweenness(projects: Mapping[Hashable, set[Code]], counts: Mapping[Code, int]) -> dict[Node, float]:
    """Betweenness by organisation, each pair counted from both its ends.

    An organisation of a single project stands between nobody, since all its neighbours know each other, and those of
    one project are alike. One end for all of them, with their number as its weight, gives what the whole network
    gives (the tests hold it to networkx) in about a twentieth of the time.
    """
    weights: dict[Node, int] = {code: 1 for code, count in counts.items() if count > 1}
    neighbours: dict[Node, set[Node]] = {code: set() for code in weights}
    for project, codes in projects.items():
        joined: list[Node] = [code for code in codes if counts[code] > 1]
        if alone := len(codes) - len(joined):
            end = ("alone in", project)
            weights[end], neighbours[end] = alone, set()
            joined.append(end)
        for one in joined:
            neighbours[one].update(joined)
    scores: dict[Node, float] = dict.fromkeys(weights, 0.0)
    for source, around in neighbours.items():
        around.discard(source)
    for source in neighbours:
        _add(source, neighbours, weights, scores)
    return scores


def _add(
    source: Node, neighbours: Mapping[Node, set[Node]], weights: Mapping[Node, int], scores: dict[Node, float]
) -> None:
    """Add what every node carries of the shortest connections from a source (Brandes' accumulation)."""
    distance, paths = {source: 0}, {source: 1.0}
    before: dict[Node, list[Node]] = {}
    order, waiting = [], deque([source])
    while waiting:
        node = waiting.popleft()
        order.append(node)
        further = distance[node] + 1
        for one in neighbours[node]:
            if one not in distance:
                distance[one], paths[one], before[one] = further, paths[node], [node]
                waiting.append(one)
            elif distance[one] == further:
                paths[one] += paths[node]
                before[one].append(node)
    carried = dict.fromkeys(order, 0.0)
    for node in reversed(order[1:]):
        share = (weights[node] + carried[node]) / paths[node]
        for one in before[node]:
            carried[one] += paths[one] * share
        scores[node] += carried[node] * weights[source]


def _cut_off(projects: Mapping[Hashable, set[Code]], counts: Mapping[Code, int]) -> dict[Code, int]:
    """The organisations that each one alone joins to the largest part of its network; of those that do so only."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(counts)
    for codes in projects.values():
        graph.add_edges_from(combinations(sorted(codes), 2))
    found: dict[Code, int] = {}
    for part in list(networkx.connected_components(graph)):
        for code in networkx.articulation_points(graph.subgraph(part)):
            left = graph.subgraph(part - {code})
            found[code] = len(left) - max(map(len, networkx.connected_components(left)))
    return found
