"""What is there at each month's end: a level that rises and falls, and the part of it that stands out."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.multiples import milliseconds
from dashboard.charts.theme import Palette, dressed


def stock(frame: pd.DataFrame, names: tuple[str, str], colours: Palette, months: str) -> Any:
    """`frame` has date, whole, part and label (its hover), in time; `names` are those of whole and part, which stand
    where their lines end."""
    first, last = frame["date"].min(), frame["date"].max()
    ends = [first, last + max(last - first, pd.Timedelta(days=31)) * 0.2]
    axis = marks.month_axis(
        months, first, last, grid=False, ticks=False, tickCount=marks.quarters(first, last),
        labelExpr=f"datum.value > {milliseconds(last)} ? '' : datum.label",
    )  # fmt: skip
    x = marks.x("date", "temporal", axis=axis, scale=alt.Scale(nice=False))
    lines = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, tickMinStep=1, format=",d")
    room = alt.Chart(pd.DataFrame({"date": ends})).mark_point(opacity=0).encode(x, y=alt.value(0))
    layers = [room]
    for column, name, colour, dash in (
        ("whole", names[0], colours.eu, [1, 0]), ("part", names[1], colours.text, [5, 3]),
    ):  # fmt: skip
        y = marks.y(column, "quantitative", axis=lines, scale=alt.Scale(zero=True))
        base = alt.Chart(frame).encode(x, y)
        ends_here = alt.Chart(frame.tail(1)).mark_text(align="left", dx=8, color=colour, fontWeight=600, text=name)
        dots = {"size": 22, "color": colour, "filled": True}
        layers += [
            base.mark_area(color=colour, opacity=0.09),
            base.mark_line(color=colour, strokeWidth=2, strokeDash=dash, point=dots).encode(
                tooltip=marks.tooltip(label="")
            ),
            ends_here.encode(x, y),
        ]
    return dressed(alt.layer(*layers), colours, 240)
