"""Which counts are hidden, so that no small count of people can be worked out from the others and their sums.

Of counts in one row (`hidden_counts`) the next smallest is hidden beside a small one, as in `queries.suppression`. A
table's cells, the totals of its rows and columns and the total of all are entries of a larger table whose rows and
columns each sum to zero when totals count as negative. What an entry can be, given those that are shown, is then a
question of flows: a hidden entry is an edge between its row and its column, and can change by as much as can flow back
through the other hidden entries. One that is a bridge cannot change: it is known. So more entries are hidden, the
cheapest first (a small count before a large one, a cell before a total), until every small count could be anything from
one up to the threshold.

The method is that of Cox (1995), Network models for complementary cell suppression, Journal of the American Statistical
Association 90, in its simplest form: shortest paths, one small count after another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

ALL = None
"""The row or column of totals."""
Name = str | None
Key = TypeVar("Key", bound=Any)
Entry = tuple[Name, Name]
Node = tuple[str, Name]
WITHOUT_END = 10**9
PRICES = (0, 10**3, 10**7)
"""Of cells, of totals and of the total of all."""


@dataclass
class _Table:
    """Entries with their counts, and which of them are hidden; entries of nobody are empty and known to be."""

    counts: Mapping[Entry, int]
    hidden: set[Entry] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.largest = max(self.counts.values(), default=0)
        self.at: dict[Node, list[Entry]] = {}
        for row, column in self.counts:
            self.at.setdefault(("row", row), []).append((row, column))
            self.at.setdefault(("column", column), []).append((row, column))

    def price(self, entry: Entry) -> int:
        """What hiding an entry costs: its people. Totals cost more than any cell; that of all is public elsewhere, and
        goes only where no other way is left."""
        return 0 if entry in self.hidden else self.counts[entry] + PRICES[entry.count(ALL)] * self.largest

    def least(self, entry: Entry) -> int:
        """The fewest people that there can be: one in each cell that counts towards an entry."""
        return sum(all(name in (ALL, part) for name, part in zip(entry, cell, strict=True)) for cell in self.counts
                   if ALL not in cell)  # fmt: skip

    def room(self, entry: Entry, onwards: bool) -> int:
        """By how much an entry could be other: from its row to its column (`onwards`) a cell grows and a total
        shrinks, to no less than one person."""
        grows = onwards is (entry.count(ALL) != 1)
        return WITHOUT_END if grows else self.counts[entry] - 1


def hidden_counts(counts: Mapping[Key, float], threshold: int) -> frozenset[Key]:
    """Which of several counts are not told, whose sum is public: those of fewer people than the threshold but of some,
    and from the smallest on as many more as make them safe. Of equal counts the lesser key goes first."""
    hidden: dict[Key, float] = {}
    for key, people in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        if people > 0:
            if people >= threshold and is_safe(hidden.values(), threshold):
                break
            hidden[key] = people
    return frozenset(hidden)


def is_safe(hidden: Collection[float], threshold: int) -> bool:
    """Whether the sum of hidden counts tells no more of one than that it is hidden: there are several, or none, and one
    could be as many as a hidden count can be anyway, were all others of one person."""
    return not hidden or (len(hidden) > 1 and sum(hidden) - len(hidden) + 2 >= threshold)


def hidden_entries(cells: Mapping[tuple[str, str], int], threshold: int) -> set[Entry]:
    """The entries of a table of counts that are not told, by row and column; `None` stands for the totals, which are
    public otherwise. Cells that are not there, or hold nobody, are known to be empty."""
    table = _Table(with_totals(cells))
    small = [entry for entry, people in table.counts.items() if people < threshold]
    table.hidden.update(small)
    for entry in small:
        people = table.counts[entry]
        grows = entry.count(ALL) != 1  # from the row to the column; a total the other way round
        _make_room(table, entry, max(threshold - 1, 2) - people, onwards=grows)
        _make_room(table, entry, people - table.least(entry), onwards=not grows)
    return table.hidden


def with_totals(cells: Mapping[tuple[str, str], int]) -> dict[Entry, int]:
    """The entries that hold anybody: cells, and the totals of rows, of columns and of all."""
    counts: dict[Entry, int] = {}
    for (row, column), people in cells.items():
        if people > 0:
            for entry in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
                counts[entry] = counts.get(entry, 0) + people
    return counts


def _make_room(table: _Table, entry: Entry, needed: int, onwards: bool) -> None:
    """Hides what must be hidden so that an entry could be other by so much, in one direction."""
    start, end = ("column", entry[1]), ("row", entry[0])
    if not onwards:
        start, end = end, start
    used: dict[Entry, int] = {}  # by how much each other entry is taken to be other, from its row to its column
    while needed > 0:
        path = _cheapest(table, entry, used, start, end)
        step = min(needed, *(_left(table, one, used, onwards) for one, onwards in path))
        for one, forth in path:
            used[one] = used.get(one, 0) + (step if forth else -step)
            table.hidden.add(one)
        needed -= step


def _left(table: _Table, entry: Entry, used: Mapping[Entry, int], onwards: bool) -> int:
    return table.room(entry, onwards) + (-1 if onwards else 1) * used.get(entry, 0)


def _cheapest(
    table: _Table, but: Entry, used: Mapping[Entry, int], start: Node, end: Node
) -> list[tuple[Entry, bool]]:
    """The entries, and whether each is passed from its row to its column, by which something can flow from a node to
    another at least cost, without one entry. There always is a way: over the totals."""
    reached: dict[Node, tuple[int, int]] = {start: (0, 0)}
    came: dict[Node, tuple[Node, Entry, bool]] = {}
    number = count()
    queue = [((0, 0), next(number), start)]
    while queue:
        cost, _, node = heappop(queue)
        if node == end:
            break
        if cost > reached[node]:
            continue
        for entry, onwards, following in _ways(table, node):
            if entry == but or _left(table, entry, used, onwards) < 1:
                continue
            reckoned = cost[0] + table.price(entry), cost[1] + 1
            if following not in reached or reckoned < reached[following]:
                reached[following], came[following] = reckoned, (node, entry, onwards)
                heappush(queue, (reckoned, next(number), following))
    path = []
    while end != start:
        end, entry, onwards = came[end]
        path.append((entry, onwards))
    return path


def _ways(table: _Table, node: Node) -> Iterator[tuple[Entry, bool, Node]]:
    kind, _ = node
    for row, column in table.at[node]:
        yield (row, column), kind == "row", ("column", column) if kind == "row" else ("row", row)
