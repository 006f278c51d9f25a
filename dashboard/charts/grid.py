"""A matrix of counts: darker where there is more, the number in each cell."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

DARK = 0.65
"""The share of the way to the darkest fill from which a cell's number takes the page's colour to be read."""


def grid(
    frame: pd.DataFrame, colours: Palette, value_title: str, root: bool = False, columns: list[str] | None = None
) -> Any:
    """`frame` has row, column, value and label, in the order drawn; a cell that is not there is empty. Cells marked
    `total`, if there is such a column, have no fill. With `root` the fill grows with the square root, so that one large
    value does not make all others look alike. `columns` are their names in order, where rows may lack some."""
    rows, columns = list(dict.fromkeys(frame["row"])), columns or list(dict.fromkeys(frame["column"]))
    plain = frame[~frame["total"]] if "total" in frame else frame
    dark = float(plain["value"].max()) * (DARK**2 if root else DARK) if len(plain) else 0
    base = alt.Chart(frame).encode(
        marks.x(
            "column",
            "nominal",
            sort=columns,
            axis=marks.clean_axis(orient="top", labelAngle=0 if len(columns) < 9 else -35),
        ),
        marks.y("row", "nominal", sort=rows, axis=marks.clean_axis()),
    )
    filled = base.transform_filter("!datum.total") if len(plain) < len(frame) else base
    cells = filled.mark_rect(stroke=colours.page, strokeWidth=2).encode(
        alt.Color(
            field="value", type="quantitative", legend=None,
            scale=alt.Scale(type="sqrt" if root else "linear", domainMin=0, range=[colours.panel, colours.eu]),
        ),
        tooltip=marks.tooltip(row="", column="", label=value_title),
    )  # fmt: skip
    on_dark = f"datum.value > {dark} && !datum.total"
    numbers = base.mark_text(fontWeight=600).encode(
        marks.text("label"), color=alt.condition(on_dark, alt.value(colours.page), alt.value(colours.text))
    )
    return dressed(cells + numbers, colours, 30 * len(rows) + 30)
