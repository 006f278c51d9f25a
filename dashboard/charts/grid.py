"""A matrix of counts: darker where there is more, the number in each cell."""

import math
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.diverging import mixed
from dashboard.charts.theme import Palette, dressed

LEGIBLE = 4.5
"""The contrast that a cell's number needs (WCAG 2.2, 1.4.3)."""
APART = 14
"""Pixels between the names of two columns."""


def grid(
    frame: pd.DataFrame, colours: Palette, value_title: str, root: bool = False, columns: list[str] | None = None
) -> Any:
    """`frame` has row, column, value and label, in the order drawn; a cell that is not there is empty. Cells marked
    `total`, if there is such a column, have no fill. With `root` the fill grows with the square root, so that one large
    value does not make all others look alike. `columns` are their names in order, where rows may lack some. Names of
    columns lie aslant where they would run into each other."""
    rows, columns = list(dict.fromkeys(frame["row"])), columns or list(dict.fromkeys(frame["column"]))
    plain = frame[~frame["total"]] if "total" in frame else frame
    narrow = f"{marks.PLACE} < {math.ceil(len(columns) * (_apart(columns) + APART)) + _beside(rows)}"
    axis = marks.clean_axis(
        orient="top", labelAngle=alt.expr(f"{narrow} ? -35 : 0"), labelAlign=alt.expr(f"{narrow} ? 'left' : 'center'"),
        labelBaseline="bottom",
    )  # fmt: skip
    most = float(plain["value"].max())
    highest = most if most > 0 else 1.0  # a scale of zeros only, or of nothing, has no end of its own
    base = alt.Chart(frame).encode(
        marks.x("column", "nominal", sort=columns, axis=axis),
        marks.y("row", "nominal", sort=rows, axis=marks.clean_axis()),
    )
    filled = base.transform_filter("!datum.total") if len(plain) < len(frame) else base
    cells = filled.mark_rect(stroke=colours.page, strokeWidth=2).encode(
        alt.Color(
            field="value", type="quantitative", legend=None,
            scale=alt.Scale(
                type="sqrt" if root else "linear", domain=[0, highest], range=[colours.panel, fullest(colours)]
            ),
        ),
        tooltip=marks.tooltip(row="", column="", label=value_title),
    )  # fmt: skip
    numbers = base.mark_text(fontWeight=600, color=colours.text).encode(marks.text("label"))
    return dressed(cells + numbers, colours, 30 * len(rows) + 30)


def _apart(columns: list[str]) -> float:
    """How far apart the middles of columns must be for neighbours' names to touch at most."""
    wide = [marks.pixels(name) for name in columns]
    return max(((one + other) / 2 for one, other in pairwise(wide)), default=max(wide, default=0))


def _beside(rows: list[str]) -> int:
    """About how wide the names of the rows are, with what stands between them and the cells."""
    return min(max(map(marks.pixels, rows), default=0), 260) + 30


def fullest(colours: Palette) -> str:
    """The fill of the highest value: as much of the accent as the text on it can bear, so that no cell between it and
    the ground is hard to read either."""
    shares = (share / 100 for share in range(100, 0, -5))
    fills = (mixed(colours.eu, colours.page, share) for share in shares)
    return next((fill for fill in fills if contrast(colours.text, fill) >= LEGIBLE), colours.panel)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours (#RRGGBB), from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
