"""What led to what: names on the left joined to names on the right."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW = 30


def flow(links: pd.DataFrame, colours: Palette, fills: dict[str, str]) -> Any:
    """`links` has source, target, group (its colour) and hover, in the order drawn; each target has one source."""
    targets = links.assign(place=np.arange(len(links), dtype=float))
    sources = targets.groupby(["source", "group"], as_index=False, sort=False)["place"].mean()
    joined = targets.merge(sources, on=["source", "group"], suffixes=("", "_from"))
    steps = np.linspace(0, 1, 17)
    curves = joined.loc[joined.index.repeat(len(steps)), ["target", "group", "place", "place_from", "hover"]].assign(
        at=np.tile(steps, len(joined))
    )
    ease = curves["at"] ** 2 * (3 - 2 * curves["at"])
    curves["y"] = curves["place_from"] + (curves["place"] - curves["place_from"]) * ease
    scale = alt.Scale(domain=[-0.6, len(links) - 0.4], reverse=True, nice=False, zero=False)
    across = alt.Scale(domain=[-1.75, 2.75], nice=False, zero=False)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=None, scale=scale)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=None, scale=across)

    fill = marks.colour("group", fills)
    lines = alt.Chart(curves).mark_line(strokeWidth=2, opacity=0.75).encode(
        x("at"), y("y"), fill, alt.Detail(field="target", type="nominal"), tooltip=marks.tooltip(hover="")
    )  # fmt: skip
    left = alt.Chart(sources.assign(at=-0.05)).mark_text(align="right", limit=420, color=colours.text).encode(
        x("at"), y("place"), marks.text("source")
    )  # fmt: skip
    right = alt.Chart(targets.assign(at=1.05)).mark_text(align="left", limit=420, color=colours.text).encode(
        x("at"), y("place"), marks.text("target"), tooltip=marks.tooltip(hover="")
    )  # fmt: skip
    ends = pd.concat([sources.assign(at=0.0), targets.assign(at=1.0)])
    dots = alt.Chart(ends).mark_circle(size=48, opacity=1).encode(
        x("at"), y("place"), fill
    )  # fmt: skip
    return dressed(lines + dots + left + right, colours, ROW * len(links))
