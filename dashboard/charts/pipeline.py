"""How many got how far: one bar a step, with the typical time from the step before."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed


def pipeline(frame: pd.DataFrame, colours: Palette, title: str) -> Any:
    """`frame` has name, value, label and since (words on the time from the step before, or empty)."""
    order = list(frame["name"])
    y = marks.y("name", "nominal", sort=order, axis=marks.clean_axis(), scale=marks.band(0.36))
    base = alt.Chart(frame).encode(y)
    x = marks.x("value", "quantitative", axis=None, scale=alt.Scale(zero=True, nice=False))
    bars = base.mark_bar(color=colours.eu, cornerRadiusEnd=2).encode(
        x, tooltip=marks.tooltip(name="", label=title, since="")
    )
    counts = base.mark_text(align="left", dx=6, color=colours.text, fontWeight=600).encode(x, marks.text("label"))
    since = base.mark_text(align="left", dx=30, color=colours.muted).encode(x, marks.text("since"))
    room = alt.Chart(pd.DataFrame({"value": [float(frame["value"].max()) * 1.75 if len(frame) else 1]})).mark_point(
        opacity=0
    ).encode(x)  # fmt: skip
    return dressed(bars + counts + since + room, colours, 46 * len(order))
