"""Cumulative progress against the planned path."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ENDING = 0.14
"""The names stand clear of what both lines do in this last part of the time."""
Look = tuple[Any, str, str]
"""A name's weight, colour and words."""


def progress(
    frame: pd.DataFrame, milestones: pd.DataFrame, colours: Palette, actual: str, planned: str, months: str
) -> Any:
    """`frame` has month (month end), actual, planned and, for the hover, label; `milestones` has date, text, mark.

    Milestones carry a number on the picture; the page lists what they are.
    """
    axis = marks.month_axis(months, frame["month"].min(), frame["month"].max(), grid=False)
    x = marks.x("month", "temporal", axis=axis)
    y = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, tickMinStep=1, format=",d")
    told = alt.Chart(frame.dropna(subset=["actual"]))  # over months that are not told the line goes straight
    area = told.mark_area(color=colours.eu, opacity=0.08).encode(x, marks.y("actual", "quantitative", axis=y))
    line = told.mark_line(color=colours.eu, strokeWidth=2.5).encode(
        x, marks.y("actual", "quantitative", axis=y), tooltip=[alt.Tooltip(field="label", type="nominal")]
    )
    meant = alt.Chart(frame.dropna(subset=["planned"]))
    path = meant.mark_line(color=colours.muted, strokeDash=[5, 4], strokeWidth=1.5).encode(
        x, marks.y("planned", "quantitative", axis=y)
    )
    looks: dict[str, Look] = {"actual": (600, colours.eu, actual), "planned": (400, colours.muted, planned)}
    names = [name.encode(x, marks.y("at", "quantitative", axis=y)) for name in _named(frame, looks)]
    at = marks.x("date", "temporal", axis=axis)
    rules = alt.Chart(milestones).mark_rule(color=colours.border, strokeWidth=1).encode(at)
    numbers = (
        alt.Chart(milestones)
        .mark_text(baseline="top", dy=-2, y=0, color=colours.muted, fontSize=11, fontWeight=600)
        .encode(at, marks.text("mark"), y=alt.value(-12), tooltip=[alt.Tooltip(field="text", type="nominal")])
    )
    return dressed(alt.layer(rules, numbers, area, path, line, *names), colours, 300)


def _named(frame: pd.DataFrame, looks: dict[str, Look]) -> list[Any]:
    """The lines' names at their ends: that of the higher one above both lines, that of the lower one below them."""
    known = frame.dropna(subset=[*looks], how="all")[[*looks]]
    ending = known.tail(max(round(len(frame) * ENDING), 2))
    ends = {name: end for name in looks if len(end := frame[["month", name]].dropna().tail(1))}
    upper = max(ends, key=lambda name: float(ends[name][name].iloc[0]), default="")
    named = []
    for name, end in ends.items():
        at = ending.max(axis=None) if name == upper else ending.min(axis=None)
        weight, colour, said = looks[name]
        named.append(
            alt.Chart(end.assign(at=at)).mark_text(
                align="right", dx=-9, dy=-12 if name == upper else 17, fontWeight=weight, color=colour, text=said
            )
        )  # fmt: skip
    return named
