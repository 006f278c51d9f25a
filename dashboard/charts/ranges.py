"""Estimates as dots on the range that belongs to them: an interval, or from the middle to the slowest tenth."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, TWO_ROWS = 34, 46
LINES = "split(datum.label, '\\n')"
NAMES, FRAME, BEHIND, NARROWEST = 360, 40, 16, 210
"""Pixels: what names beside the rows take at most, what stands around names and rows, what keeps a label off its range,
and how narrow the place of the ranges is thought to be at least."""


def ranges(
    frame: pd.DataFrame,
    colours: Palette,
    fills: dict[str, str],
    top: float | None = None,
    unit: str = "",
    head: bool = False,
    reference: tuple[float, str] | None = None,
) -> Any:
    """`frame` has name, series (a key of `fills`), value, low, high and label, in the order drawn; low and high may be
    empty, and rows with `strong` stand out.

    The axis starts at zero and ends at `top`, or where the highest range does; `unit` follows its numbers. With `head`
    a tick closes the range at its high end. `reference` is a level down the chart and its name, above the first row.
    """
    order, several = list(dict.fromkeys(frame["name"])), len(fills) > 1
    ends = frame[["value", "high"]].max(axis=1)
    limit = top or max(float(ends.max()), 1.0)
    across = alt.Scale(domainMin=0, domainMax=_until(frame, ends, limit), nice=False)
    ticks = [limit * step / 4 for step in range(5)] if top else marks.round_steps(limit)
    axis = alt.Axis(title=None, domain=False, ticks=False, values=ticks, labelExpr=f"datum.label + '{unit}'")
    legend = marks.legend(colours, labelLimit=300)
    shown = frame.assign(end=ends)
    base = alt.Chart(shown).encode(
        marks.y("name", "nominal", sort=order, scale=marks.band(0.2),
                axis=marks.clean_axis(labelColor=colours.text, labelLimit=NAMES, labelPadding=10)),
    )  # fmt: skip
    if several:
        offset = alt.YOffset(field="series", type="nominal", sort=list(fills), scale=alt.Scale(paddingOuter=0.3))
        base = base.encode(yOffset=offset)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=axis, scale=across)

    colour = marks.colour("series", fills, **({"legend": legend} if several else {}))
    known = base.properties(data=shown.dropna(subset=["low", "high"]))
    lines = known.mark_rule(strokeWidth=2.5, opacity=0.55).encode(x("low"), alt.X2("high"), colour)
    dots = base.mark_circle(size=90, opacity=1).encode(x("value"), colour, tooltip=marks.tooltip(name="", label=""))
    heads = known.mark_tick(thickness=2.5, size=12, opacity=0.8).encode(x("high"), colour)
    labels = base.mark_text(align="left", dx=9, color=colours.text).encode(x("end"), marks.text("label"))
    level = _level(*reference, x, colours) if reference else []
    return dressed(
        alt.layer(*level, lines, *([heads] if head else []), dots, labels),
        colours,
        (TWO_ROWS if several else ROW) * len(order) + (56 if several else 20),
    )


def _until(frame: pd.DataFrame, ends: pd.Series, limit: float) -> alt.ExprRef:
    """Where the axis ends so that every label has its room behind its range: Vega would cut off what is beyond."""
    names = min(max(map(_wide, frame["name"]), default=0), NAMES) + FRAME
    rooms = [(float(end), _wide(label) + BEHIND) for end, label in zip(ends, frame["label"], strict=True)]
    wide = f"max({marks.PLACE} - {names}, {NARROWEST})"
    until = [f"{end} * {wide} / max({wide} - {room}, {NARROWEST // 3})" for end, room in rooms if end == end]
    return alt.ExprRef(f"max({', '.join([str(limit), *until])})")


def _wide(words: str) -> int:
    """As wide as a line of words in our type is; many letters together are narrower than each at its widest."""
    return marks.pixels(words) * 9 // 10


def _level(at: float, name: str, x: Any, colours: Palette) -> list[Any]:
    base = alt.Chart(pd.DataFrame({"at": [at]})).encode(x("at"))
    named = base.mark_text(align="left", baseline="bottom", dx=-4, dy=-4, color=colours.muted, text=name)
    return [base.mark_rule(color=colours.muted, strokeDash=[4, 3]), named.encode(y=alt.value(0))]


def ranges_in_time(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], reference: tuple[float, str], top: float, unit: str
) -> Any:
    """The same from left to right: `frame` has name (a period), series, value, low, high, label and hover, periods in
    the order drawn. `reference` is a level across the chart and its name, which stands behind the last period."""
    scale = alt.Scale(domain=[*dict.fromkeys(frame["name"]), " "], paddingInner=0.3, paddingOuter=0.1)
    up = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, labelExpr=f"datum.label + '{unit}'")
    legend = marks.legend(colours, labelLimit=300)
    level = {"labelAngle": 0, "labelExpr": LINES}
    thinned = {"labelOverlap": "greedy", "labelSeparation": 4}
    base = alt.Chart(frame).encode(
        marks.x("name", "nominal", axis=marks.clean_axis(**level, **thinned), scale=scale),
        marks.colour("series", fills, legend=legend),
        xOffset=alt.XOffset(field="series", type="nominal", sort=list(fills)),
        tooltip=marks.tooltip(hover=""),
    )  # fmt: skip

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=axis, scale=up)

    all_over = alt.Chart(pd.DataFrame({"at": [reference[0]]}))
    across = all_over.mark_rule(color=colours.muted, strokeDash=[4, 3]).encode(y("at"))
    beside = marks.x("name", "nominal", axis=marks.clean_axis(**level), scale=scale)
    named = alt.Chart(pd.DataFrame({"at": [reference[0]], "name": " "})).mark_text(
        dy=-8, color=colours.muted, text=reference[1]
    ).encode(y("at"), beside)  # fmt: skip
    rules = base.mark_rule(strokeWidth=2, opacity=0.45).encode(y("low"), alt.Y2("high"))
    dots = base.mark_circle(size=70, opacity=1).encode(y("value"))
    labels = base.mark_text(dx=8, align="left", fontWeight=600).encode(y("value"), marks.text("label"))
    return dressed(alt.layer(across, rules, dots, labels, named), colours, 280)
