"""Shares with their intervals: a dot and a whisker a row on a scale of 0 to 100 %, with words above them."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, AXIS = 44, 36


def shares(frame: pd.DataFrame, colours: Palette, fills: dict[str, str]) -> Any:
    """`frame` has name, share, low, high (all empty where nothing is known), group (its fill), label and total."""
    x_axis = alt.Axis(title=None, format=".0%", tickCount=5, domain=False, ticks=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    y = marks.y("name", "nominal", sort=list(frame["name"]), axis=marks.clean_axis(), scale=marks.band(0))

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=x_axis, scale=scale)

    fill = marks.colour("group", fills)
    known = alt.Chart(frame.dropna(subset=["share"]))
    whiskers = known.mark_rule(strokeWidth=2.5, opacity=0.6, yOffset=9, y2Offset=9).encode(
        x("low"), y, fill, alt.X2("high")
    )
    dots = known.mark_point(size=110, filled=True, opacity=1, yOffset=9).encode(
        x("share"), y, fill, tooltip=marks.tooltip(name="", label="")
    )
    each, total = (
        alt.Chart(frame[part]).encode(y, marks.text("label"), x=alt.value(0))
        for part in (~frame["total"], frame["total"])
    )
    words = [
        each.mark_text(align="left", dx=4, dy=-9, color=colours.text),
        total.mark_text(align="left", dx=4, dy=-9, color=colours.text, fontWeight=600),
    ]
    return dressed(alt.layer(whiskers, dots, *words), colours, ROW * len(frame) + AXIS)
