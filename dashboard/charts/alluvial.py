"""How a whole divides at two times: bands from groups on the left to groups on the right, as wide as what they hold."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

GAP = 0.07
"""Between groups, as a share of the whole."""
STEPS = np.linspace(0, 1, 21)


def alluvial(links: pd.DataFrame, colours: Palette, fills: dict[str, str], height: int = 300) -> Any:
    """`links` has source, target, value, label (its hover), source_label and target_label, sources in the order drawn;
    a band's colour is its target's in `fills`, which gives the order of the targets."""
    links = links.sort_values("target", key=lambda names: names.map(list(fills).index), kind="stable")
    total = float(links["value"].sum())
    gap = GAP * total
    sources, targets = _column(links.sort_index(), "source", gap), _column(links, "target", gap)
    tall = max(sources["bottom"].max(), targets["bottom"].max())
    for side in (sources, targets):  # both columns stand in the middle
        side[["top", "bottom"]] += (tall - side["bottom"].max()) / 2
    bands = _bands(links, sources, targets)
    up = alt.Scale(domain=[0, tall], reverse=True, nice=False, zero=False)
    across = alt.Scale(domain=[-0.62, 1.62], nice=False, zero=False)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=None, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=None, scale=up)

    areas = alt.Chart(bands).mark_area(opacity=0.5, line=False).encode(
        x("at"), y("top"), alt.Y2("bottom"), marks.colour("target", fills),
        detail=alt.Detail(field="band", type="nominal"), tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    posts = [
        alt.Chart(frame.assign(at=at, end=at + width)).mark_rect().encode(
            x("at"), alt.X2("end"), y("top"), alt.Y2("bottom"), color=fill
        )
        for frame, at, width, fill in (
            (sources, -0.014, 0.014, alt.value(colours.muted)), (targets, 1.0, 0.014, marks.colour("name", fills)),
        )
    ]  # fmt: skip
    words = [
        alt.Chart(frame.assign(at=at, middle=(frame["top"] + frame["bottom"]) / 2))
        .mark_text(align="right" if at < 0 else "left", color=colours.text, limit=300, lineBreak="\n")
        .encode(x("at"), y("middle"), marks.text("label"))
        for frame, at in ((sources, -0.03), (targets, 1.03))
    ]
    return dressed(alt.layer(areas, *posts, *words), colours, height)


def _column(links: pd.DataFrame, name: str, gap: float) -> pd.DataFrame:
    """Where each group of one side lies: name, label, top, bottom."""
    groups = links.groupby(name, as_index=False, sort=False).agg(
        value=("value", "sum"), label=(f"{name}_label", "first")
    )
    bottom = groups["value"].cumsum() + gap * np.arange(len(groups))
    return groups.rename(columns={name: "name"}).assign(top=bottom - groups["value"], bottom=bottom)


def _bands(links: pd.DataFrame, sources: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The outline of each band, a point a step."""
    starts, ends = sources.set_index("name")["top"], targets.set_index("name")["top"]
    ordered = links.assign(
        band=range(len(links)),
        from_top=links["source"].map(starts) + links.groupby("source")["value"].cumsum() - links["value"],
        to_top=links["target"].map(ends) + links.groupby("target")["value"].cumsum() - links["value"],
    )
    spread = ordered.loc[ordered.index.repeat(len(STEPS))]
    at = np.tile(STEPS, len(ordered))
    top = spread["from_top"] + (spread["to_top"] - spread["from_top"]) * at**2 * (3 - 2 * at)
    return pd.DataFrame(
        {"band": spread["band"], "target": spread["target"], "label": spread["label"], "at": at, "top": top,
         "bottom": top + spread["value"]}
    )  # fmt: skip
