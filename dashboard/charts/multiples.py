"""Small multiples: one row of monthly columns for each name, all from zero and on one scale."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, AXIS = 62, 34
FILLED, TITLE = 0.6, 0.74
"""Of a row's height: what the highest column takes, and where the row's name stands."""
MONTH = pd.Timedelta(days=27)
"""To the end of the last month, and not into the next, which would be named."""


def milliseconds(moment: pd.Timestamp) -> int:
    """A moment as Vega counts time, for the ends of an axis."""
    return round(moment.timestamp() * 1000)


def multiples(
    frame: pd.DataFrame,
    rows: list[tuple[str, str]],
    span: tuple[pd.Timestamp, pd.Timestamp],
    colours: Palette,
    months: str,
) -> Any:
    """`frame` has name, month (its first day), value and label (its hover); `rows` gives name and total in words, from
    the top down. A month that is not there is zero. `span` are the first and the last month drawn."""
    places = {name: float(place) for place, (name, _) in enumerate(reversed(rows))}
    top = max(float(frame["value"].max()), 1.0) if len(frame) else 1.0
    foot = frame["name"].map(places)
    columns = frame.assign(
        foot=foot, head=foot + frame["value"] / top * FILLED, end=frame["month"] + pd.Timedelta(days=26)
    )
    start, last = span[0], span[1] + MONTH
    across = alt.Scale(nice=False)
    up = alt.Scale(domain=[0, len(rows)], nice=False)
    axis = marks.month_axis(months, start, last, grid=False)

    def x(name: str) -> alt.X:
        return marks.x(name, "temporal", axis=axis, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=None, scale=up)

    names = pd.DataFrame(
        {"name": [name for name, _ in rows], "total": [total for _, total in rows],
         "foot": [places[name] for name, _ in rows], "from": start, "to": last}
    )  # fmt: skip
    names["over"] = names["foot"] + TITLE
    base = alt.Chart(names)
    lines = base.mark_rule(color=colours.border).encode(x("from"), alt.X2("to"), y("foot"))
    bars = alt.Chart(columns).mark_rect(color=colours.eu).encode(
        x("month"), alt.X2("end"), y("foot"), alt.Y2("head"), tooltip=marks.tooltip(label="")
    )  # fmt: skip
    said = base.mark_text(align="left", color=colours.text).encode(x("from"), y("over"), marks.text("name"))
    counts = base.mark_text(align="right", color=colours.muted).encode(x("to"), y("over"), marks.text("total"))
    return dressed(alt.layer(lines, bars, said, counts), colours, ROW * len(rows) + AXIS)
