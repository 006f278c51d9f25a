"""A number that changes on single days: a line of steps, with what changed at each."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed


def stair(steps: pd.DataFrame, changes: pd.DataFrame, colours: Palette, end: str, months: str) -> Any:
    """`steps` has date and value, its last row the end of the time shown; `changes` has date, value, kind (up, down),
    label and hover. `end` says the last value in words."""
    axis = marks.month_axis(months, steps["date"].min(), steps["date"].max(), grid=False)
    x = marks.x("date", "temporal", axis=axis)
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
    last = (
        alt.Chart(steps.tail(1))
        .mark_text(align="right", dy=16, fontWeight=600, color=colours.eu, text=end)
        .encode(x, y)
    )
    return dressed(alt.layer(area, line, points, *words, last), colours, 240)
