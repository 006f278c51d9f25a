"""How large names and cells can be, and how many rows and columns there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.charts.native import Native
from dashboard.exports import fitting
from dashboard.exports.slide_charts import NAMES, Box
from dashboard.exports.slide_look import MARGIN, WIDTH
from dashboard.exports.slide_parts import Entries, Entry, Page, Table

ACROSS = WIDTH - 2 * MARGIN
BOLD = 1.1
"""Bold letters are about so much wider."""
LABELS = (12.0, 11.0, 10.0, 9.0, 8.0)
BOTTOM = 6.9
"""Where what stands above the foot ends, in inches."""
ENTRY = (14.0, 13.0, 12.0, 11.0)
"""Sizes of headed paragraphs."""
NOTE_AT_MOST = 0.95
"""Inches that the longest note may take, whatever that leaves what is shown."""
CELL, PAD = 0.11, 0.03
"""Room beside and above a cell's text, in inches."""


def label_size(made: Native, box: Box) -> float:
    """The largest size at which the names of bars do not touch."""
    if made.kind != "bar":
        return LABELS[1]
    row = (box.height - 0.5) / max(len(made.categories), 1)
    across = box.width * NAMES
    for size in LABELS:
        if max(fitting.height(name, size, across) for name in made.categories) <= row * 0.96:
            return size
    return LABELS[-1]


def readable(made: Native, box: Box) -> tuple[Native, float]:
    """The chart with its names broken so that they can be largest, and their size: a bar's on one line where none is
    smaller for it, a narrow column's one word below another."""
    size = label_size(made, box)
    if made.kind == "bar" and size < LABELS[0]:
        level = _renamed(made, "\n", "  ·  ")
        larger, across = label_size(level, box), box.width * NAMES
        if larger >= size and all(fitting.lines(name, larger, across) == 1 for name in level.categories):
            return level, larger
    if made.kind == "column" and not made.months:
        across = box.width / max(len(made.categories), 1) * 0.8
        if max((fitting.width(name, size) for name in made.categories), default=0) > across:
            return _renamed(made, " ", "\n"), size
    return made, size


def _renamed(made: Native, sign: str, other: str) -> Native:
    return replace(made, categories=tuple(name.replace(sign, other) for name in made.categories))


def laid_out(body: Table, room: float) -> tuple[float, list[float], list[float]]:
    """Size of the letters, widths of as many columns and heights of as many rows as there is room for, the heads'
    first."""
    best: tuple[float, list[float], list[float]] | None = None
    for size in (12.0, 11.0, 10.0, 9.0):
        widths = _widths(body, size)
        letters = [size * BOLD, *[size] * len(body.rows)]
        heights = [max(fitting.height(cell, letter, width - 2 * CELL) for cell, width in zip(row, widths, strict=False))
                   + 2 * PAD for row, letter in zip((body.columns, *body.rows), letters, strict=True)]  # fmt: skip
        shown, used = 0, 0.0
        while shown < len(heights) and used + heights[shown] <= room:
            used, shown = used + heights[shown], shown + 1
        best = size, widths, heights[: max(shown, 2)]
        if shown == len(heights) and len(widths) == len(body.columns):
            break
    assert best is not None
    return best


def _widths(body: Table, size: float) -> list[float]:
    """The columns' widths: what their longest text needs, between bounds, as many as fit."""
    wanted = []
    for place, head in enumerate(body.columns):
        longest = max([fitting.width(head, size * BOLD) / 2, *(fitting.width(row[place], size) for row in body.rows)])
        widest = max((fitting.width(word, size * BOLD) for word in head.split()), default=0)
        wanted.append(min(max(longest, widest, 0.6), 5.0) + 2 * CELL + 0.05)
    while sum(wanted) > ACROSS and max(wanted) > 1.5:
        wanted[wanted.index(max(wanted))] *= 0.92
    kept = 1
    while kept < len(wanted) and sum(wanted[: kept + 1]) <= ACROSS:
        kept += 1
    spare = (ACROSS - sum(wanted[:kept])) / kept
    return [width + min(spare, 0.5) for width in wanted[:kept]]


def parted(page: Page, top: float) -> Iterator[Page]:
    """A page of entries, which begin at `top`, as so many as they need in the smallest letters, about as full as each
    other, in the largest letters that need no more."""
    if not isinstance(page.body, Entries):
        yield page
        return
    entries, room = page.body.entries, BOTTOM - top
    least = len(_shared(entries, room, ENTRY[-1]))
    size = next(one for one in ENTRY if len(_shared(entries, room, one)) <= least)
    while room > 0.5 and len(_shared(entries, room - 0.1, size)) <= least:
        room -= 0.1
    yield from (replace(page, body=Entries(sheet, size)) for sheet in _shared(entries, room, size))


def _shared(entries: Sequence[Entry], room: float, size: float) -> list[tuple[Entry, ...]]:
    """The entries of each sheet, in their order, where a sheet has so much room."""
    sheets, used = list[tuple[Entry, ...]](), room
    for entry in entries:
        needed = entry_height(entry, size)
        if not sheets or used + needed > room:
            sheets, used = [*sheets, ()], 0.0
        sheets[-1] = (*sheets[-1], entry)
        used += needed
    return sheets or [()]


def entry_height(entry: Entry, size: float) -> float:
    heading = fitting.height(entry.heading, size * BOLD, ACROSS)
    return heading + fitting.height(entry.text, size, ACROSS) + 0.12


def noted(said: str, room: float, sizes: tuple[float, ...]) -> tuple[str, float]:
    """A note and its size: a caveat is not cut, it takes more room in the smallest letters where it needs it."""
    if fitting.height(said, sizes[-1], ACROSS) > room:
        return fitting.fitted(said, ACROSS, NOTE_AT_MOST, sizes[-1:])
    return fitting.fitted(said, ACROSS, room, sizes)


def is_headed(made: Native, several: bool) -> bool:
    """Whether a chart says above itself what it measures: one of several does, and one whose series say something
    else."""
    return bool(made.measure) and (several or all(made.measure != one.name for one in made.series))


def called(made: Native) -> str:
    """What a chart's heading says: its measure, and its only series, which no legend names."""
    only = made.series[0].name if len(made.series) == 1 else ""
    return f"{made.measure} · {only}" if only and only != made.measure else made.measure
