"""Papers on a time line, joined to the meetings that had them, with what came of each there."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, HEADS = 40, 92
SHAPES = {"tabled": "circle", "discussed": "circle", "adopted": "diamond"}
"""Tabled is a hollow circle, discussed a full one, adopted a full diamond; the word stands at each."""


def tabled(
    papers: pd.DataFrame,
    uses: pd.DataFrame,
    meetings: pd.DataFrame,
    colours: Palette,
    start: str,
    end: str,
    months: str,
) -> Any:
    """`papers` has name, published, word (what is said where nothing came of it) and hover, in the order drawn; `uses`
    name, published, held, use, word and hover; `meetings` held, label, place (below it) and hover. `start` and `end`
    bound the time that is drawn, as YYYY-MM-DD.
    """
    domain = marks.time_scale(start, end)
    axis = marks.month_axis(months, pd.Timestamp(start), pd.Timestamp(end), grid=False)
    order = list(papers["name"])
    y = marks.y("name", "nominal", sort=order, axis=marks.clean_axis(labelLimit=340), scale=marks.band(0))

    def x(name: str) -> alt.X:
        return marks.x(name, "temporal", axis=axis, scale=domain)

    held = alt.Chart(meetings).encode(x("held"), tooltip=marks.tooltip(hover=""))
    rules = held.mark_rule(color=colours.border, strokeWidth=1)
    above = held.mark_text(color=colours.text, fontWeight=600, baseline="bottom").encode(
        marks.text("label"), y=alt.value(-26)
    )  # fmt: skip
    below = held.mark_text(color=colours.muted, fontSize=11, baseline="bottom").encode(
        marks.text("place"), y=alt.value(-11)
    )  # fmt: skip
    links = alt.Chart(uses).mark_rule(color=colours.muted, strokeWidth=1.5).encode(
        x("published"), y, alt.X2("held")
    )  # fmt: skip
    published = alt.Chart(papers).mark_tick(color=colours.text, thickness=3, height=15).encode(
        x("published"), y, tooltip=marks.tooltip(hover="")
    )  # fmt: skip
    at = alt.Chart(uses).encode(x("held"), y, tooltip=marks.tooltip(hover=""))
    points = at.mark_point(size=105, strokeWidth=2, opacity=1).encode(
        shape=alt.Shape(
            field="use", type="nominal", legend=None,
            scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
        ),
        fill=alt.Fill(
            field="use", type="nominal", legend=None,
            scale=alt.Scale(domain=list(SHAPES), range=[colours.page, colours.eu, colours.eu]),
        ),
        stroke=alt.value(colours.eu),
    )  # fmt: skip
    words = at.mark_text(dy=-14, color=colours.text, fontSize=12).encode(marks.text("word"))
    late = papers["published"] > pd.Timestamp(start) + (pd.Timestamp(end) - pd.Timestamp(start)) * 0.8
    after, before = (alt.Chart(papers[part]).encode(x("published"), y, marks.text("word")) for part in (~late, late))
    unused = [
        after.mark_text(align="left", dx=8, color=colours.muted, fontSize=12),
        before.mark_text(align="right", dx=-8, color=colours.muted, fontSize=12),
    ]
    layers = alt.layer(rules, above, below, links, published, points, words, *unused)
    return dressed(layers, colours, ROW * max(len(order), 1) + HEADS)
