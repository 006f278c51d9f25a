"""Two counts of the same thing joined by a line: before as a ring, after as a full dot."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, FRAME = 25, 66
"""Height of a row, and of legend and axis above them, in pixels."""


def pairs(frame: pd.DataFrame, sides: dict[str, tuple[str, str]], colours: Palette) -> Any:
    """`frame` has name, side, before, after, label (at the end of the row) and hover, in the order drawn; `sides` gives
    name and colour. That the ring is before is said in the figure's subtitle."""
    order = list(frame["name"])
    limit = max(float(frame[["before", "after"]].max().max()), 1.0)
    across = alt.Scale(domain=[0, limit * 1.2], nice=False)
    axis = alt.Axis(title=None, domain=False, ticks=False, values=marks.round_steps(limit), format="d", orient="top")
    names = marks.y(
        "name",
        "nominal",
        sort=order,
        scale=marks.band(0.1),
        axis=marks.clean_axis(labelColor=colours.text, labelLimit=330, labelPadding=12),
    )

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    end = frame[["before", "after"]].max(axis=1)
    base = alt.Chart(frame.assign(end=end)).encode(names, tooltip=marks.tooltip(name="", hover=""))
    legend = marks.legend_of_sides(sides, colours, symbolType="circle")
    fill = marks.colour("side", {side: colour for side, (_, colour) in sides.items()}, legend=legend)
    lines = base.mark_rule(strokeWidth=2, opacity=0.5).encode(x("before"), alt.X2("after"), fill)
    rings = base.mark_point(size=70, strokeWidth=1.8, fill=colours.page, opacity=1).encode(x("before"), fill)
    dots = base.mark_circle(size=80, opacity=1).encode(x("after"), fill)
    labels = base.mark_text(align="left", dx=9, color=colours.muted).encode(x("end"), marks.text("label"))
    return dressed(alt.layer(lines, rings, dots, labels), colours, ROW * len(order) + FRAME)
