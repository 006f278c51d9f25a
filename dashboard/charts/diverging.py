"""Answers on a scale from bad to good: what is below the middle goes left, what is above goes right."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, AROUND = 34, 54


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour (#RRGGBB) laid over another with an opacity."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)


def levels(colours: Palette) -> tuple[str, ...]:
    """Fills from the worst to the best of five levels: greys, nothing much, the accent."""
    bad, good = mixed(colours.text, colours.page, 0.55), mixed(colours.eu, colours.page, 0.5)
    return colours.text, bad, colours.border, good, colours.eu


def diverging(frame: pd.DataFrame, names: list[str], colours: Palette, unit: str = "%") -> Any:
    """`frame` has name, n (in words), level (0…4), share (per cent) and label, rows and levels in the order drawn; the
    middle level lies across zero. `names` are the five levels' names."""
    fills = levels(colours)
    order = list(dict.fromkeys(frame["name"]))
    low = frame["share"].where(frame["level"] < 2, frame["share"].where(frame["level"] == 2, 0) / 2)
    starts = -low.groupby(frame["name"]).transform("sum")
    ends = starts + frame.groupby("name")["share"].cumsum()
    drawn = frame.assign(start=ends - frame["share"], end=ends, called=[names[level] for level in frame["level"]])
    drawn["middle"] = (drawn["start"] + drawn["end"]) / 2
    left, right = min(float(drawn["start"].min()), -10.0), max(float(drawn["end"].max()), 10.0)
    across = alt.Scale(domain=[left - 4, right + 16], nice=False)
    axis = alt.Axis(
        title=None, domain=False, ticks=False, tickCount=8,
        labelExpr=f"datum.value <= 100 ? abs(datum.value) + '{unit}' : ''",
    )  # fmt: skip
    legend = marks.legend(colours, symbolType="square", labelLimit=220)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    y = marks.y("name", "nominal", sort=order, axis=marks.clean_axis(labelColor=colours.text), scale=marks.band(0.3))
    base = alt.Chart(drawn).encode(y)
    shades = dict(zip(names, fills, strict=True))
    bars = base.mark_bar().encode(
        x("start"), alt.X2("end"), marks.colour("called", shades, legend=legend, sort=names),
        tooltip=marks.tooltip(name="", called="", label=""),
    )  # fmt: skip
    roomy = alt.Chart(drawn[drawn["share"] >= 7]).encode(y, x("middle"), marks.text("label"))
    on_dark = roomy.transform_filter("datum.level == 0 || datum.level == 4").mark_text(color=colours.page)
    on_light = roomy.transform_filter("datum.level != 0 && datum.level != 4").mark_text(color=colours.text)
    last = drawn.groupby("name", as_index=False, sort=False).last()
    counts = alt.Chart(last).mark_text(align="left", dx=8, color=colours.muted).encode(y, x("end"), marks.text("n"))
    middle = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=colours.text, strokeWidth=1).encode(x("at"))
    return dressed(alt.layer(middle, bars, on_dark, on_light, counts), colours, ROW * len(order) + AROUND)
