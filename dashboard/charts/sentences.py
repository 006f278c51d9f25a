"""Sentences where a chart would stand if there were anything to draw."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

LINE = 26


def sentences(lines: list[str], colours: Palette) -> Any:
    """The lines one below another in the middle of the picture."""
    frame = pd.DataFrame({"line": range(len(lines)), "said": lines})
    written = alt.Chart(frame).mark_text(align="center", color=colours.muted, fontSize=14)
    placed = written.encode(
        marks.text("said"), x=alt.value({"expr": "width / 2"}),
        y=alt.Y(field="line", type="ordinal", axis=None, scale=alt.Scale(padding=0.5)),
    )  # fmt: skip
    return dressed(alt.layer(placed), colours, LINE * (len(lines) + 1))
