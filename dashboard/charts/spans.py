"""What ran when: one bar a row from its start to its end, with words above it."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, BAR, AXIS = 42, 12, 36


def spans(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], months: str) -> Any:
    """`frame` has name, start, end, group (its fill), label, hover and open (whether it goes on), in the order drawn.

    Words start with their bar, or end with it where the bar starts late and so has no room to its right.
    """
    first, last = frame["start"].min(), frame["end"].max()
    # What is of a single day is to be seen too.
    shortest = max((last - first) / 150, pd.Timedelta(days=1))
    frame = frame.assign(end=frame["end"].where(frame["end"] - frame["start"] >= shortest, frame["start"] + shortest))
    late = frame["start"] > first + (last - first) * 0.5
    x = marks.x("start", "temporal", axis=marks.month_axis(months, first, last))
    y = marks.y("name", "nominal", sort=list(frame["name"]), axis=marks.clean_axis(labelLimit=330), scale=marks.band(0))
    base = alt.Chart(frame).encode(x, y)
    bars = base.mark_bar(height=BAR, yOffset=7, cornerRadius=2).encode(
        alt.X2("end"), marks.colour("group", fills), tooltip=marks.tooltip(hover="")
    )
    after = alt.Chart(frame[~late]).mark_text(align="left", dy=-9, color=colours.text).encode(
        x, y, marks.text("label")
    )  # fmt: skip
    before = alt.Chart(frame[late]).mark_text(align="right", dy=-9, color=colours.text).encode(
        marks.x("end", "temporal"), y, marks.text("label")
    )  # fmt: skip
    points = alt.Chart(frame[frame["open"]]).mark_point(
        shape="triangle-right", size=130, filled=True, opacity=1, xOffset=4, yOffset=7
    ).encode(marks.x("end", "temporal"), y, marks.colour("group", fills))  # fmt: skip
    return dressed(alt.layer(bars, after, before, points), colours, ROW * len(frame) + AXIS)
