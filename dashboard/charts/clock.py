"""Weekday by hour of the day: how much arrives when, and above it when desks are open."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed


def clock(
    frame: pd.DataFrame, weekdays: list[str], opening: pd.DataFrame, fills: dict[str, str], hours: str, colours: Palette
) -> Any:
    """`frame` has weekday, hour (0–23), value and label (its hover); `opening` has name (a row above the weekdays),
    group (its fill), hour, strength (0 to 1) and label. `hours` names the axis."""
    rows = [*dict.fromkeys(opening["name"]), *weekdays]
    dark_from = float(frame["value"].max()) * 0.72
    axis = alt.Axis(
        title=hours, values=list(range(0, 25, 2)), grid=False, domain=False, ticks=False, orient="bottom", format="d"
    )
    across = alt.Scale(domain=[0, 24], nice=False)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(
            name, "nominal", sort=rows, axis=marks.clean_axis(labelColor=colours.text), scale=alt.Scale(domain=rows)
        )

    cells = alt.Chart(frame.assign(end=frame["hour"] + 1)).mark_rect(stroke=colours.page, strokeWidth=1.5).encode(
        x("hour"), alt.X2("end"), y("weekday"),
        alt.Color(
            field="value", type="quantitative", legend=None,
            scale=alt.Scale(domainMin=0, range=[colours.panel, colours.muted]),
        ),
        tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    centred = alt.Chart(frame.assign(at=frame["hour"] + 0.5)).encode(x("at"), y("weekday"), marks.text("value"))
    dark = centred.transform_filter(f"datum.value > {dark_from}").mark_text(color=colours.page, fontSize=11.5)
    light = centred.transform_filter(f"datum.value <= {dark_from}").mark_text(color=colours.text, fontSize=11.5)
    strips = alt.Chart(opening.assign(end=opening["hour"] + 1)).mark_bar(height=9).encode(
        x("hour"), alt.X2("end"), y("name"),
        fill=alt.Fill(field="group", type="nominal", legend=None,
                      scale=alt.Scale(domain=list(fills), range=list(fills.values()))),
        opacity=alt.Opacity(field="strength", type="quantitative", legend=None,
                            scale=alt.Scale(domain=[0, 1], range=[0, 1])),
        tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    return dressed(alt.layer(cells, dark, light, strips), colours, 30 * len(rows) + 20)
