"""Cumulative progress against the planned path."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed


def progress(
    frame: pd.DataFrame, milestones: pd.DataFrame, colours: Palette, actual: str, planned: str, months: str
) -> Any:
    """`frame` has month (month end), actual, planned and, for the hover, label; `milestones` has date, text, mark.

    Milestones carry a number on the picture; the page lists what they are.
    """
    axis = alt.Axis(title=None, format=months, grid=False, labelOverlap="greedy", tickCount=8)
    x = marks.x("month", "temporal", axis=axis)
    y = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, format=",d")
    base = alt.Chart(frame)
    told = alt.Chart(frame.dropna(subset=["actual"]))  # over months that are not told the line goes straight
    area = told.mark_area(color=colours.eu, opacity=0.08).encode(x, marks.y("actual", "quantitative", axis=y))
    line = told.mark_line(color=colours.eu, strokeWidth=2.5).encode(
        x, marks.y("actual", "quantitative", axis=y), tooltip=[alt.Tooltip(field="label", type="nominal")]
    )
    path = base.mark_line(color=colours.muted, strokeDash=[5, 4], strokeWidth=1.5).encode(
        x, marks.y("planned", "quantitative", axis=y)
    )
    last = frame.dropna(subset=["actual"]).tail(1)
    end = frame.dropna(subset=["planned"]).tail(1)
    above = bool(len(last) and len(end) and float(last["actual"].iloc[0]) >= float(end["planned"].iloc[0]))
    actual_label = alt.Chart(last).mark_text(
        align="right", dy=-12 if above else 18, dx=-2, fontWeight=600, color=colours.eu, text=actual
    ).encode(x, marks.y("actual", "quantitative"))  # fmt: skip
    planned_label = alt.Chart(end).mark_text(
        align="right", dy=20 if above else -12, dx=-2, color=colours.muted, text=planned
    ).encode(x, marks.y("planned", "quantitative"))  # fmt: skip
    at = marks.x("date", "temporal", axis=axis)
    rules = alt.Chart(milestones).mark_rule(color=colours.border, strokeWidth=1).encode(at)
    numbers = (
        alt.Chart(milestones)
        .mark_text(baseline="top", dy=-2, y=0, color=colours.muted, fontSize=11, fontWeight=600)
        .encode(at, marks.text("mark"), y=alt.value(-12), tooltip=[alt.Tooltip(field="text", type="nominal")])
    )
    return dressed(alt.layer(rules, numbers, area, path, line, planned_label, actual_label), colours, 300)
