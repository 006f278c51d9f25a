"""Every single case as a dot on its value, a row a kind, with the middle marked: spread and not only the mean."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, DOT, FRAME = 112, 9, 62
"""Height of a row, of a dot, and of legend and axis around the rows, in pixels."""
WIDE = 1100
"""A usual width of the picture, by which dots that would touch are stacked."""


def stacked(values: pd.Series, top: float) -> pd.Series:
    """How many dots up (+) or down (−) from the middle of the row each dot goes so that none covers another."""
    step = top / WIDE * DOT * 1.5
    bins = (values / step).round() if step else values * 0
    order = values.groupby(bins).cumcount()
    return order.map(lambda place: (place + 1) // 2 * (1 if place % 2 else -1)).astype("float64")


def strip(frame: pd.DataFrame, middles: pd.DataFrame, sides: dict[str, tuple[str, str]], colours: Palette) -> Any:
    """`frame` has row, value, side and label (its hover); `middles` row, value (the median), label above it, low and
    high (smallest and largest) with low_label and high_label. `sides` gives name and colour."""
    rows = list(middles["row"])
    top = max(float(frame["value"].max()), 1.0) * 1.08
    placed = pd.concat([group.assign(up=stacked(group["value"], top)) for _, group in frame.groupby("row", sort=False)])
    across = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(title=None, domain=False, ticks=False, tickCount=8, tickMinStep=1, format=",d")
    placed["y"] = [rows.index(row) * ROW + ROW / 2 for row in placed["row"]] - placed["up"] * DOT
    height = ROW * len(rows)
    down = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    middle = middles.assign(y=[place * ROW + ROW / 2 for place in range(len(rows))])
    names = alt.Axis(
        title=None, domain=False, ticks=False, grid=False, labelLimit=200, labelColor=colours.text,
        values=middle["y"].tolist(), labelExpr=f"{rows}[indexof({middle['y'].tolist()}, datum.value)]",
    )  # fmt: skip

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    def y(name: str, **options: Any) -> alt.Y:
        return marks.y(name, "quantitative", axis=names, scale=down, **options)

    legend = marks.legend_of_sides(sides, colours)
    base = alt.Chart(middle.assign(above=middle["y"] - ROW * 0.34, below=middle["y"] + ROW * 0.34))
    rule = base.mark_rule(color=colours.text, strokeWidth=2).encode(x("value"), y("above"), alt.Y2("below"))
    words = base.mark_text(color=colours.text, fontWeight=600, baseline="bottom", dy=-3).encode(
        x("value"), y("above"), marks.text("label")
    )
    smallest = base.mark_text(color=colours.muted, align="right", dx=4, dy=-16).encode(
        x("low"), y("y"), marks.text("low_label")
    )
    largest = base.mark_text(color=colours.muted, align="left", dx=-4, dy=-16).encode(
        x("high"), y("y"), marks.text("high_label")
    )
    dots = alt.Chart(placed).mark_circle(size=62, opacity=0.9, stroke=colours.page, strokeWidth=0.8).encode(
        x("value"), y("y"), marks.colour("side", {side: fill for side, (_, fill) in sides.items()}, legend=legend),
        tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    return dressed(alt.layer(rule, dots, smallest, largest, words), colours, height + FRAME)
