"""A matrix of counts: darker where there is more, the number in each cell."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed


def grid(frame: pd.DataFrame, colours: Palette, value_title: str) -> Any:
    """`frame` has row, column, value and label, in the order drawn; a cell that is not there is empty."""
    rows, columns = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["column"]))
    middle = float(frame["value"].max()) / 2 if len(frame) else 0
    base = alt.Chart(frame).encode(
        marks.x(
            "column",
            "nominal",
            sort=columns,
            axis=marks.clean_axis(orient="top", labelAngle=0 if len(columns) < 9 else -35),
        ),
        marks.y("row", "nominal", sort=rows, axis=marks.clean_axis()),
    )
    cells = base.mark_rect(stroke=colours.page, strokeWidth=2).encode(
        alt.Color(
            field="value", type="quantitative", legend=None,
            scale=alt.Scale(domainMin=0, range=[colours.panel, colours.eu]),
        ),
        tooltip=marks.tooltip(row="", column="", label=value_title),
    )  # fmt: skip
    on_dark = f"datum.value > {middle}"
    numbers = base.mark_text(fontWeight=600).encode(
        marks.text("label"), color=alt.condition(on_dark, alt.value(colours.page), alt.value(colours.text))
    )
    return dressed(cells + numbers, colours, 30 * len(rows) + 30)
