"""Estimates as dots on the range that belongs to them: an interval, or from the middle to the slowest tenth."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, TWO_ROWS = 34, 46
ROOM = 1.32


def ranges(
    frame: pd.DataFrame,
    colours: Palette,
    fills: dict[str, str],
    top: float | None = None,
    unit: str = "",
    head: bool = False,
) -> Any:
    """`frame` has name, series (a key of `fills`), value, low, high and label, in the order drawn; low and high may be
    empty, and rows with `strong` stand out.

    The axis starts at zero and ends at `top`, or where the highest range does; `unit` follows its numbers. With `head`
    a tick closes the range at its high end.
    """
    order, several = list(dict.fromkeys(frame["name"])), len(fills) > 1
    ends = frame[["value", "high"]].max(axis=1)
    limit = top or max(float(ends.max()), 1.0)
    across = alt.Scale(domain=[0, limit * ROOM], nice=False)
    ticks = [limit * step / 4 for step in range(5)] if top else None
    given: dict[str, Any] = {"values": ticks} if ticks else {"tickCount": 6}
    axis = alt.Axis(
        title=None, domain=False, ticks=False, tickMinStep=1, **given,
        labelExpr=f"datum.value <= {limit * 1.02} ? datum.label + '{unit}' : ''",
    )  # fmt: skip
    legend = alt.Legend(orient="top", title=None, labelColor=colours.text, labelFontSize=12.5, labelLimit=300)
    shown = frame.assign(end=ends)
    offset = alt.YOffset(field="series", type="nominal", sort=list(fills), scale=alt.Scale(paddingOuter=0.3))
    base = alt.Chart(shown).encode(
        marks.y("name", "nominal", sort=order, axis=marks.clean_axis(labelColor=colours.text), scale=marks.band(0.2)),
        **({"yOffset": offset} if several else {}),
    )

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    colour = marks.colour("series", fills, **({"legend": legend} if several else {}))
    lines = base.mark_rule(strokeWidth=2.5, opacity=0.55).encode(x("low"), alt.X2("high"), colour)
    dots = base.mark_circle(size=90, opacity=1).encode(x("value"), colour, tooltip=marks.tooltip(name="", label=""))
    heads = base.mark_tick(thickness=2.5, size=12, opacity=0.8).encode(x("high"), colour)
    labels = base.mark_text(align="left", dx=9, color=colours.text).encode(x("end"), marks.text("label"))
    return dressed(
        alt.layer(lines, *([heads] if head else []), dots, labels), colours, (TWO_ROWS if several else ROW) * len(order) + 20
    )


def ranges_in_time(frame: pd.DataFrame, colours: Palette, top: float, unit: str) -> Any:
    """The same from left to right: `frame` has name (a period), value, low, high, label and hover, in the order drawn."""
    order = list(frame["name"])
    up = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, labelExpr=f"datum.label + '{unit}'")
    base = alt.Chart(frame).encode(
        marks.x("name", "nominal", sort=order, axis=marks.clean_axis(labelAngle=0, labelOverlap="greedy")),
        tooltip=marks.tooltip(hover=""),
    )

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=axis, scale=up)

    rules = base.mark_rule(strokeWidth=2.5, opacity=0.5, color=colours.eu).encode(y("low"), alt.Y2("high"))
    line = base.mark_line(strokeWidth=1.2, opacity=0.7, color=colours.muted).encode(y("value"))
    dots = base.mark_circle(size=80, opacity=1, color=colours.eu).encode(y("value"))
    labels = base.mark_text(dy=-13, dx=16, color=colours.text, fontWeight=600).encode(y("value"), marks.text("label"))
    return dressed(alt.layer(rules, line, dots, labels), colours, 260)
