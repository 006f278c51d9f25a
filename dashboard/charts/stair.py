"""A number that changes on single days: a line of steps, with what changed at each."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.multiples import milliseconds
from dashboard.charts.theme import Palette, dressed

ROOM = 0.14
"""Of the time's length, free at its end for what the last value is called."""


def stair(steps: pd.DataFrame, changes: pd.DataFrame, colours: Palette, end: str, months: str) -> Any:
    """`steps` has date and value, its last row the end of the time shown; `changes` has date, value, kind (up, down),
    label and hover. `end` says the last value in words."""
    begin, last = steps["date"].min(), steps["date"].max()
    axis = marks.month_axis(
        months, begin, last, grid=False, ticks=False, tickCount=marks.quarters(begin, last),
        labelExpr=f"datum.value > {milliseconds(last)} ? '' : datum.label"
    )  # fmt: skip
    room = max(last - begin, pd.Timedelta(days=31)) * ROOM
    x = marks.x("date", "temporal", axis=axis, scale=alt.Scale(nice=False))
    top = max(float(steps["value"].max()), 1.0)
    y = marks.y(
        "value", "quantitative", scale=alt.Scale(domain=[0, top * 1.2], nice=False),
        axis=alt.Axis(title=None, domain=False, ticks=False, tickMinStep=1, format="d", tickCount=5),
    )  # fmt: skip
    base = alt.Chart(steps).encode(x, y)
    area = base.mark_area(interpolate="step-after", color=colours.eu, opacity=0.08)
    line = base.mark_line(interpolate="step-after", color=colours.eu, strokeWidth=2.5)
    at = alt.Chart(changes).encode(x, y, tooltip=marks.tooltip(hover=""))
    points = at.mark_point(size=70, filled=True, opacity=1, color=colours.eu).encode(
        shape=alt.Shape(
            field="kind", type="nominal", legend=None,
            scale=alt.Scale(domain=["up", "down"], range=["triangle-up", "triangle-down"]),
        ),
    )  # fmt: skip
    words = [
        alt.Chart(changes[changes["kind"] == kind]).mark_text(dy=shift, color=colours.text).encode(
            x, y, marks.text("label"), tooltip=marks.tooltip(hover="")
        )
        for kind, shift in (("up", -15), ("down", 16))
    ]  # fmt: skip
    named = alt.Chart(steps.tail(1)).mark_text(align="left", dx=8, fontWeight=600, color=colours.eu, text=end)
    free = alt.Chart(pd.DataFrame({"date": [last + room]})).mark_point(opacity=0).encode(x, y=alt.value(0))
    return dressed(alt.layer(free, area, line, points, *words, named.encode(x, y)), colours, 240)
