"""A row read and checked by itself: its cells, its dates in order, its place. What concerns other rows comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.imports.cells import Cell, Convert, Wrong, converter, shown
from dashboard.imports.dates import Evidence, Order
from dashboard.imports.form import EXAMPLE, Kind
from dashboard.imports.report import Problem
from dashboard.imports.sheet import Column, Part, Row

DATED = (Kind.DATE, Kind.MOMENT)
SEPARATOR = "\x1f"


@dataclass(slots=True)
class Checked:
    """A row's values by field, a reference as its code; `key` is what tells it from the table's other rows, in a text,
    and None where that cannot be read. `found` are coordinates looked up for columns that the file does not have."""

    row: Row
    values: dict[str, Any]
    key: str | None
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False
    found: tuple[float, float] | None = None


def observe(part: Part, dates: Mapping[str, Evidence]) -> Iterator[int]:
    """Take note of what a part's columns show of the order of their dates; after each row, the bytes read so far."""
    places = [(column.place - 1, dates[column.field.name]) for column in part.columns if column.field.name in dates]
    example = is_example(part)
    for done, row in part.rows():
        if not example(row):
            for place, one in places:
                if place < len(row.cells):
                    one.observe(row.number, row.cells[place])
        yield done


def is_example(part: Part) -> Any:
    """A test of rows: whether one is an example of the template, known by the beginning of its code."""
    column = part.named.get(part.sheet.marker)
    place = column.place - 1 if column else None

    def test(row: Row) -> bool:
        return place is not None and place < len(row.cells) and shown(row.cells[place]).lstrip().startswith(EXAMPLE)

    return test


class RowCheck:
    """Reads the rows of a part. `given` is the order of dates that the user says; else each column shows its own."""

    def __init__(self, part: Part, dates: Mapping[str, Evidence], given: Order | None) -> None:
        self.part, self.dates = part, dates
        self.plan: list[tuple[str, int, Column, Convert]] = []
        for column in part.columns:
            shown_by = dates.get(column.field.name)
            order = given or (shown_by.order() if shown_by else None)
            self.plan.append((column.field.name, column.place - 1, column, converter(column.field, order)))
        self.headed = {column.place for column in part.columns}
        self.width = max(self.headed)
        self.gaps = [place for place in range(1, self.width + 1) if place not in self.headed]
        self.told: set[str] = set()

    def read(self, row: Row) -> Checked:
        """The row's values, and everything that is wrong with it by itself."""
        cells, count = row.cells, len(row.cells)
        checked = Checked(row, {}, None)
        values = checked.values
        for name, place, column, convert in self.plan:
            cell: Cell = cells[place] if place < count else None
            try:
                values[name] = convert(cell)
            except Wrong as wrong:
                self._wrong(checked, column, wrong)
        if count > self.width or self.gaps:
            self._beyond(checked)
        self._order(checked)
        self._place(checked)
        key = self.part.sheet.key
        if key and all(values.get(name) is not None for name in key):
            checked.key = SEPARATOR.join(str(values[name]) for name in key)
        checked.refused = checked.refused or bool(checked.problems)
        return checked

    def _wrong(self, checked: Checked, column: Column, wrong: Wrong) -> None:
        checked.refused = True
        if wrong.fault == "ambiguous_dates":
            # A matter of the column: said once, at the first such cell.
            if column.field.name in self.told:
                return
            self.told.add(column.field.name)
            known = self.dates.get(column.field.name)
            wrong.details["count"] = known.either if known else 1
        checked.problems.append(self.part.problem(wrong.fault, checked.row, column, **wrong.details))

    def _beyond(self, checked: Checked) -> None:
        cells = checked.row.cells
        for place in (*self.gaps, *range(self.width + 1, len(cells) + 1)):
            if place <= len(cells) and shown(cells[place - 1]).strip():
                checked.problems.append(
                    Problem("beyond_headings", self.part.file, self.part.raw.name, checked.row.number, None, place,
                            shown(cells[place - 1]))
                )  # fmt: skip

    def _order(self, checked: Checked) -> None:
        for first, second in self.part.sheet.in_order:
            earlier, later = checked.values.get(first), checked.values.get(second)
            if earlier is not None and later is not None and later < earlier:
                column = self.part.named[second]
                details = {"first": self.part.named[first].heading, "value": shown(earlier)}
                checked.problems.append(self.part.problem("not_in_order", checked.row, column, **details))

    def _place(self, checked: Checked) -> None:
        values = checked.values
        if "latitude" not in values and "longitude" not in values:
            return
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            bare = "latitude" if values.get("latitude") is None else "longitude"
            # A coordinate that could not be read is a problem already.
            if bare in values or bare not in self.part.named:
                given = "longitude" if bare == "latitude" else "latitude"
                column = self.part.named.get(bare) or self.part.named[given]
                checked.problems.append(self.part.problem("half_place", checked.row, column))
