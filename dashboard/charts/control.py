"""A series in time with its natural process limits: what is routine variation, and what is a signal."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.multiples import milliseconds
from dashboard.charts.theme import Palette, dressed

SHAPES = {
    "routine": "circle", "unfinished": "circle", "run": "square", "outside": "diamond",
    "event": "triangle-down", "deadline": "cross", "call": "triangle-up",
}  # fmt: skip
SIZES = {"routine": 34, "unfinished": 50, "run": 48, "outside": 130, "event": 60, "deadline": 60, "call": 60}
ROOM = 0.11
"""Of the series' length, free at its end for what the limits are called."""
ABOVE = 41
"""Points above the highest value, for its number and what is marked along the top, however low the chart is drawn."""


@dataclass(frozen=True)
class Line:
    """A level across the chart and what it is called."""

    at: float
    label: str


def control(
    frame: pd.DataFrame,
    occasions: pd.DataFrame,
    limits: tuple[Line, Line, Line] | None,
    names: dict[str, str],
    colours: Palette,
    months: str,
) -> Any:
    """`frame` has date, value, kind and label (its hover); `occasions` date, kind and label, marked along the top.

    `limits` are the lower limit, the centre and the upper limit; `names` says what each kind is called.
    """
    half = pd.Timedelta(days=16)  # a month's point stands in its middle
    last, span = frame["date"].max() + half, max(frame["date"].max() - frame["date"].min(), pd.Timedelta(days=31))
    ends = [frame["date"].min() - half, last + span * ROOM]
    axis = marks.month_axis(
        months, ends[0], last, grid=False, ticks=False,
        labelExpr=f"datum.value > {milliseconds(last - half)} ? '' : datum.label",
    )  # fmt: skip
    across = alt.Scale(nice=False)
    highest = max(float(frame["value"].max()), limits[2].at if limits else 0.0, 1.0)
    top = alt.ExprRef(f"{highest} * height / max(height - {ABOVE}, 1)")
    up = alt.Scale(domainMin=0, domainMax=top, nice=False)
    lines = alt.Axis(title=None, domain=False, ticks=False, tickCount=5, tickMinStep=1, format=",d")

    def x(name: str = "date") -> alt.X:
        return marks.x(name, "temporal", axis=axis, scale=across)

    def y(name: str = "value") -> alt.Y:
        return marks.y(name, "quantitative", axis=lines, scale=up)

    drawn = {*frame["kind"], *occasions["kind"]}
    kinds = [kind for kind in names if kind in drawn]
    fills = {"routine": colours.muted, "unfinished": colours.page, "run": colours.eu, "outside": colours.text}
    legend = marks.legend(colours, labelLimit=320, columns=alt.ExprRef("width < 1000 ? 3 : 6"))
    called = [names[kind] for kind in kinds]

    def encoded(points: pd.DataFrame) -> Any:
        named = points.assign(name=points["kind"].map(names), size=points["kind"].map(SIZES))
        return alt.Chart(named).mark_point(opacity=1, strokeWidth=1.5, filled=True).encode(
            x(),
            shape=alt.Shape(field="name", type="nominal", legend=legend,
                            scale=alt.Scale(domain=called, range=[SHAPES[kind] for kind in kinds])),
            fill=alt.Fill(field="name", type="nominal", legend=legend,
                          scale=alt.Scale(domain=called, range=[fills.get(kind, colours.page) for kind in kinds])),
            stroke=alt.Stroke(field="name", type="nominal", legend=legend,
                              scale=alt.Scale(domain=called, range=[_stroke(kind, fills, colours) for kind in kinds])),
            size=alt.Size(field="size", type="quantitative", legend=None, scale=None),
            tooltip=marks.tooltip(label=""),
        )  # fmt: skip

    layers = [alt.Chart(frame).mark_line(color=colours.muted, strokeWidth=1.2, opacity=0.7).encode(x(), y())]
    layers.append(alt.Chart(pd.DataFrame({"date": ends})).mark_point(opacity=0).encode(x(), y=alt.value(0)))
    deadlines = occasions[occasions["kind"].isin(("deadline", "call"))]
    layers.insert(0, alt.Chart(deadlines[["date"]]).mark_rule(color=colours.border, strokeWidth=1).encode(x()))
    if limits:
        low, _, high = limits
        band = pd.DataFrame({"from": [ends[0]], "to": [last], "low": [low.at], "high": [high.at]})
        layers.insert(0, alt.Chart(band).mark_rect(color=colours.panel).encode(
            x("from"), alt.X2("to"), y("low"), alt.Y2("high")
        ))  # fmt: skip
        named = pd.DataFrame(
            {"from": [ends[0]] * 3, "to": [last] * 3, "at": [line.at for line in limits],
             "label": [line.label for line in limits], "dash": [0, 1, 0]}
        )  # fmt: skip
        base = alt.Chart(named).encode(y("at"))
        layers.append(
            base.mark_rule(color=colours.muted, strokeWidth=1, strokeDash=[4, 3]).encode(x("from"), alt.X2("to"))
        )
        layers.append(base.mark_text(align="left", dx=10, color=colours.muted).encode(x("to"), marks.text("label")))
    layers += [encoded(frame).encode(y()), encoded(occasions).encode(y=alt.value(7))]
    outside = frame[frame["kind"] == "outside"]
    layers.append(alt.Chart(outside).mark_text(dy=-13, color=colours.text, fontWeight=600).encode(
        x(), y(), marks.text("value", "quantitative")
    ))  # fmt: skip
    return dressed(alt.layer(*layers), colours, 300)


def _stroke(kind: str, fills: dict[str, str], colours: Palette) -> str:
    if kind in ("event", "deadline", "call", "unfinished"):
        return colours.text if kind != "unfinished" else colours.muted
    return fills[kind]
