"""A figure that is a table, as much of it as a slide can show in type that a room can read."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from dashboard.exports.table import left_out, localised
from dashboard.figures.model import View
from dashboard.text import format, text
from dashboard.text.markup import tag, wrap

LINES, CHARACTERS = 18, 112
"""What a slide has room for, the heading's line among it."""

CELL = 34
"""Characters at which a cell's text is broken."""

SHORT = 20
"""Characters of a cell that stay on one line."""

MEASURES = ("value", "planned", "target")
"""Columns that are in the unit which their row names."""


def table(frame: pd.DataFrame, view: View) -> str:
    """The first rows and columns that fit, and what was left out."""
    written = in_words(frame, view)
    shown = fitting(written)
    cut = left_out(shown.shape, written.shape, view.language)
    return markup(shown, SHORT) + (tag("p", cut, "cut") if cut else "")


def in_words(frame: pd.DataFrame, view: View, digits: int = 1) -> pd.DataFrame:
    """The frame as it is read: names, numbers (with at most `digits` decimals) and days in the viewer's language,
    without columns that hold nothing."""
    held = frame.dropna(axis="columns", how="all")
    shown = localised(held.drop(columns="unit", errors="ignore"), view.language)
    if "year" in held:
        shown[text("column.year", view.language)] = held["year"].astype(str)
    if "month" in held:
        shown[text("column.month", view.language)] = held["month"].dt.strftime("%Y-%m")
    if "unit" in frame:
        for column in (one for one in MEASURES if one in held):
            shown[text(f"column.{column}", view.language)] = [
                format.quantity(value, unit, view.language)
                for value, unit in zip(frame[column], frame["unit"], strict=True)
            ]
    return shown.astype(object).map(lambda value: _written(value, view, digits))


def _written(value: Any, view: View, digits: int) -> str:
    if pd.isna(value):
        return format.NOTHING
    if isinstance(value, bool | np.bool_):
        return view.words("show.yes" if value else "show.no")
    if isinstance(value, int | float):
        return view.number(value, digits)
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def markup(written: pd.DataFrame, short: int, numbers: Collection[str] = ()) -> str:
    """A frame of text as a table; the columns `numbers` are marked as `number`, and other cells of so many characters
    at most as `short`."""
    css = ["number" if column in numbers else "" for column in written]
    head = wrap("tr", "".join(tag("th", str(name), one, scope="col") for name, one in zip(written, css, strict=True)))
    rows = (
        "".join(tag("td", value, one or _width(value, short)) for value, one in zip(row, css, strict=True))
        for row in written.itertuples(index=False, name=None)
    )
    return wrap("table", wrap("thead", head) + wrap("tbody", "".join(wrap("tr", row) for row in rows)))


def _width(value: str, short: int) -> str:
    return "short" if format.width(value) <= short else ""


def fitting(written: pd.DataFrame) -> pd.DataFrame:
    """As many columns as stand beside one another, and as many rows of these as stand below one another."""
    widths = [
        min(CELL, max([format.width(str(name)), *map(format.width, written.iloc[:LINES, place])])) + 2
        for place, name in enumerate(written.columns)
    ]
    count = max(1, sum(total <= CHARACTERS for total in pd.Series(widths).cumsum()))
    kept, room, rows = written.iloc[:, :count], LINES - 1, 0
    for row in kept.itertuples(index=False, name=None):
        room -= max(ceil(format.width(cell) / CELL) for cell in row)
        if room < 0:
            break
        rows += 1
    return kept.head(max(1, rows))
