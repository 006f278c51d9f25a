"""Bars from zero, labelled where they end."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW = 34


def ranked(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], title: str) -> Any:
    """Horizontal bars: `frame` has name, value, label and group (its fill), in the order drawn."""
    order = list(frame["name"])
    # A scale from nothing to nothing would stand in the middle.
    extent: dict[str, Any] = {"zero": True} if frame["value"].any() else {"domain": [0, 1]}
    base = alt.Chart(frame).encode(
        marks.y("name", "nominal", sort=order, axis=marks.clean_axis(), scale=marks.band()),
        marks.x("value", "quantitative", axis=None, scale=alt.Scale(nice=False, **extent)),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=marks.colour("group", fills), tooltip=marks.tooltip(name="", label=title)
    )
    labels = base.mark_text(align="left", dx=5, color=colours.text).encode(marks.text("label"))
    return dressed(bars + labels, colours, max(ROW * len(order), 60))


def stacked_columns(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], title: str, tops: dict[str, str] | None = None
) -> Any:
    """Columns stacked by group: `frame` has column, group, value, label; group names stand in a legend on top. Above
    each column stands its total, or what `tops` says of it."""
    legend = marks.legend(colours, symbolType="square", labelLimit=240)
    order = list(dict.fromkeys(frame["column"]))
    x = marks.x("column", "ordinal", sort=order, scale=marks.band(),
                axis=marks.clean_axis(labelAngle=0, labelOverlap="greedy"))  # fmt: skip
    whole = alt.Axis(title=None, domain=False, ticks=False, tickMinStep=1, format=",d", tickCount=5)
    bars = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x,
            marks.y("value", "quantitative", axis=whole, stack="zero"),
            marks.colour("group", fills, legend=legend),
            order=alt.Order(field="place", type="quantitative"),
            tooltip=marks.tooltip(column="", group="", label=title),
        )
    )
    totals = frame.groupby("column", as_index=False, sort=False)["value"].sum()
    said = totals.assign(said=totals["column"].map(tops)) if tops else totals
    heads = alt.Chart(said).mark_text(dy=-8, color=colours.text, fontWeight=600).encode(
        x, marks.y("value", "quantitative", axis=whole),
        marks.text("said") if tops else marks.text("value", "quantitative"),
    )  # fmt: skip
    return dressed(bars + heads, colours, 240)
