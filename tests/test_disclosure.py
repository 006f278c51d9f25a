"""Tables with totals: what is hidden on tables worked by hand, and what could be worked out on any small table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.disclosure import ALL, Entry, hidden_entries

Cells = dict[tuple[str, str], int]


def table(*rows: str) -> Cells:
    """Rows of counts, called a, b, … with columns A, B, …"""
    return {
        (chr(97 + row), chr(65 + column)): int(count)
        for row, line in enumerate(rows) for column, count in enumerate(line.split())
    }  # fmt: skip


def hidden(*rows: str, threshold: int = 5) -> set[str]:
    """The hidden entries, by the names of row and column; * for all."""
    return {f"{row or '*'}{column or '*'}" for row, column in hidden_entries(table(*rows), threshold)}


def test_nothing_small_hides_nothing() -> None:
    assert hidden("5 9", "0 7") == set()
    assert hidden_entries({}, 5) == set()


def test_a_lone_small_cell_takes_the_cheapest_rectangle_with_it() -> None:
    """Row a and column A hide one cell each more: 20 of row a, 30 of column A, and where these two meet, 40; by column
    C it would be 90 + 40, by row c 95."""
    assert hidden("2 20 90", "30 40 60", "70 80 95") == {"aA", "aB", "bA", "bB"}


def test_two_small_cells_that_hide_each_other_need_no_more() -> None:
    """Each row and each column holds two: 2 of 2 + 3 can be 1 to 4."""
    assert hidden("2 3 9", "3 2 9", "9 9 9") == {"aA", "aB", "bA", "bB"}


def test_single_persons_would_be_told_by_their_sums() -> None:
    """Four cells of one: each sum of two is two, so each were known to be one: totals of 2 are small themselves."""
    found = hidden("1 1 9", "1 1 9", "9 9 9")
    assert {"aA", "aB", "bA", "bB", "a*", "b*", "*A", "*B"} & found >= {"aA", "aB", "bA", "bB"}
    assert len(found) > 4


def test_a_lone_row_hides_the_next_smallest_or_its_total() -> None:
    """Column totals repeat the cells, so they go with them."""
    assert hidden("2 20 30") == {"aA", "aB", "*A", "*B"}
    assert hidden("3") == {"aA", "a*", "*A", "**"}


def test_the_total_goes_where_nothing_else_is_left() -> None:
    """A row that is small cell and its total at once: hiding the row's total needs another row's."""
    assert hidden("2 0", "0 30") == {"aA", "a*", "*A", "bB", "b*", "*B"}


def test_the_threshold_is_asked_for() -> None:
    assert hidden("2 20", "30 40", threshold=2) == set()
    assert hidden("9 20", "30 40", threshold=10) == {"aA", "aB", "bA", "bB"}


def unknowns(cells: Cells, found: set[Entry]) -> tuple[list[Entry], np.ndarray, np.ndarray]:
    """The hidden entries, and what is known of them: each row's and each column's cells less its total give nothing."""
    counts: dict[Entry, int] = {}
    for (row, column), count in cells.items():
        for entry in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            counts[entry] = counts.get(entry, 0) + count
    order = sorted(found, key=str)
    lines, sums = [], []
    for axis in (0, 1):
        for name in {entry[axis] for entry in counts}:
            mine = {entry: -1 if entry[1 - axis] is ALL else 1 for entry in counts if entry[axis] == name}
            lines.append([mine.get(entry, 0) for entry in order])
            sums.append(-sum(sign * counts[entry] for entry, sign in mine.items() if entry not in found))
    return order, np.array(lines, dtype=float), np.array(sums, dtype=float)


grids = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=columns, max_size=columns),
        min_size=1, max_size=5,
    )
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(grids, st.integers(3, 8))
def test_no_hidden_entry_can_be_worked_out(grid: list[list[int]], threshold: int) -> None:
    """Exactly: an entry is determined if the equations have its unit vector in their span. And by ranges: a small count
    could be one person, and up to one less than the threshold."""
    cells = table(*(" ".join(map(str, line)) for line in grid))
    found = hidden_entries(cells, threshold)
    counts = {entry: count for entry, count in with_totals(cells).items() if count}
    small = {entry for entry, count in counts.items() if count < threshold}
    assert small <= found <= set(counts)
    if not found:
        return
    order, lines, sums = unknowns(cells, found)
    rank = np.linalg.matrix_rank(lines)
    for place, entry in enumerate(order):
        unit = np.zeros(len(order))
        unit[place] = 1
        assert np.linalg.matrix_rank(np.vstack([lines, unit])) > rank, entry
        if entry in small:
            low, high = (linprog(sign * unit, A_eq=lines, b_eq=sums, bounds=(1, None)) for sign in (1, -1))
            parts = sum(entry[0] in (row, ALL) and entry[1] in (column, ALL) for (row, column), n in cells.items() if n)
            assert low.fun == pytest.approx(parts), entry
            assert high.status == 3 or -high.fun >= threshold - 1 - 1e-6, entry


def with_totals(cells: Cells) -> dict[Entry, int]:
    counts: dict[Entry, int] = {}
    for (row, column), count in cells.items():
        for entry in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            counts[entry] = counts.get(entry, 0) + count
    return counts
