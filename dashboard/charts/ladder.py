"""Bars from zero with their words above them: names and figures of any length fit a narrow card."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, BAR, WORDS_UP, BAR_DOWN, INDENT, APART = 42, 10, -9, 8, 18, 36


def ladder(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], title: str) -> Any:
    """`frame` has key (unique), name, value, label and group (its fill), in the order drawn; a row with `below` stands
    in from the left, as part of the row above it, and one with `strong` stands out."""
    rows = frame.assign(below=frame.get("below", False), strong=frame.get("strong", False))
    y = marks.y("key", "nominal", sort=list(rows["key"]), axis=None, scale=marks.band(0))
    x = marks.x("value", "quantitative", axis=None, scale=alt.Scale(zero=True, nice=False))
    bars = alt.Chart(rows).mark_bar(height=BAR, yOffset=BAR_DOWN, cornerRadiusEnd=2).encode(
        x, y, marks.colour("group", fills), tooltip=marks.tooltip(name="", label=title)
    )  # fmt: skip
    room = max(map(marks.pixels, rows["label"]), default=0) + APART
    words = []
    for (below, strong), part in rows.groupby(["below", "strong"]):
        base = alt.Chart(part).encode(y)
        weight: Any = 700 if strong else 400
        said = {"dy": WORDS_UP, "color": colours.text, "fontWeight": weight}
        words += [
            base.mark_text(align="left", limit=alt.expr(f"width - {room}"), **said).encode(
                marks.text("name"), x=alt.value(INDENT if below else 0)
            ),
            base.mark_text(align="right", **said).encode(
                marks.text("label"),
                x=alt.value("width"),  # type: ignore[arg-type]
            ),
        ]
    return dressed(alt.layer(bars, *words), colours, ROW * len(rows))
