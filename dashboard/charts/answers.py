"""How many answered what, one bar a row: the answers end to end, and apart from them those that are not known."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, GAP = 34, 0.05


def answers(frame: pd.DataFrame, parts: dict[str, str], order: list[str], colours: Palette) -> Any:
    """`frame` has name, part (in words), value and label; `parts` gives the parts their fills from left to right, and
    the last of them stands apart, all its bars behind the longest of the others; `order` gives the names."""
    apart = list(parts)[-1]
    place = {part: at for at, part in enumerate(parts)}
    sized = frame.assign(place=frame["part"].map(place)).sort_values("place", kind="stable")
    ends = sized.groupby("name")["value"].cumsum()
    known = sized[sized["part"] != apart]
    start_apart = (known.groupby("name")["value"].sum().max() if len(known) else 0) or 0
    longest = max(start_apart + sized.loc[sized["part"] == apart, "value"].max(), 1)
    is_apart = sized["part"] == apart
    starts = (ends - sized["value"]).mask(is_apart, start_apart + GAP * longest)
    drawn = sized.assign(start=starts, end=starts + sized["value"])
    drawn["middle"] = (drawn["start"] + drawn["end"]) / 2
    scale = alt.Scale(domain=[0, longest * (1 + 2 * GAP)], nice=False)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=None, scale=scale)

    y = marks.y("name", "nominal", sort=order, axis=marks.clean_axis(labelColor=colours.text), scale=marks.band(0.3))
    legend = marks.legend(colours, symbolType="square", labelLimit=260)
    bars = alt.Chart(drawn[drawn["value"] > 0]).mark_bar(stroke=colours.page, strokeWidth=1).encode(
        x("start"), y, marks.colour("part", parts, legend=legend, sort=list(parts)), alt.X2("end"),
        tooltip=marks.tooltip(name="", part="", label=""),
    )  # fmt: skip
    wide = drawn[drawn["value"] >= longest * 0.03]
    first = next(iter(parts))
    numbers = [
        alt.Chart(part).mark_text(color=colour).encode(y, x("middle"), marks.text("label"))
        for part, colour in (
            (wide[wide["part"] == first], colours.page), (wide[wide["part"] != first], colours.text),
        )
    ]  # fmt: skip
    return dressed(alt.layer(bars, *numbers), colours, ROW * len(order) + 30)
