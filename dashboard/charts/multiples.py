"""Small multiples: one row of monthly columns for each name, all from zero and on one scale."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, FILLED = 52, 0.82
MONTH = pd.Timedelta(days=31)


def multiples(frame: pd.DataFrame, rows: list[tuple[str, str]], colours: Palette, months: str) -> Any:
    """`frame` has name, month (its first day), value and label (its hover); `rows` gives name and total in words, from
    the top down. A month without a row is zero."""
    places = {name: float(place) for place, (name, _) in enumerate(reversed(rows))}
    top = max(float(frame["value"].max()), 1.0) if len(frame) else 1.0
    foot = frame["name"].map(places)
    columns = frame.assign(foot=foot, head=foot + frame["value"] / top * FILLED, end=frame["month"] + pd.Timedelta(days=26))
    start, last = frame["month"].min(), frame["month"].max() + MONTH
    across = alt.Scale(domain=[start.isoformat(), last.isoformat()], nice=False)
    up = alt.Scale(domain=[0, len(rows)], nice=False)
    axis = alt.Axis(title=None, format=months, grid=False, labelOverlap="greedy", tickCount=8)

    def x(name: str) -> alt.X:
        return marks.x(name, "temporal", axis=axis, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=None, scale=up)

    names = pd.DataFrame(
        {"name": [name for name, _ in rows], "total": [total for _, total in rows],
         "foot": [places[name] for name, _ in rows], "from": start, "to": last}
    )  # fmt: skip
    names["middle"] = names["foot"] + FILLED / 2
    base = alt.Chart(names)
    lines = base.mark_rule(color=colours.border).encode(x("from"), alt.X2("to"), y("foot"))
    bars = alt.Chart(columns).mark_rect(color=colours.eu).encode(
        x("month"), alt.X2("end"), y("foot"), alt.Y2("head"), tooltip=marks.tooltip(label="")
    )  # fmt: skip
    wanted = alt.Axis(
        title=None, domain=False, ticks=False, grid=False, labelLimit=240, labelColor=colours.text,
        values=names["middle"].tolist(),
        labelExpr=_choice(dict(zip(names["middle"], names["name"], strict=True))),
    )  # fmt: skip
    totals = alt.Axis(
        orient="right", title=None, domain=False, ticks=False, grid=False, labelLimit=160,
        values=names["middle"].tolist(),
        labelExpr=_choice(dict(zip(names["middle"], names["total"], strict=True))),
    )  # fmt: skip
    left = base.mark_point(opacity=0).encode(marks.y("middle", "quantitative", axis=wanted, scale=up))
    right = base.mark_point(opacity=0).encode(marks.y("middle", "quantitative", axis=totals, scale=up))
    return dressed(
        alt.layer(alt.layer(lines, bars, left), right).resolve_axis(y="independent").resolve_scale(y="independent"),
        colours, ROW * len(rows),
    )  # fmt: skip


def _choice(labels: dict[float, str]) -> str:
    """A Vega expression that gives the label of the tick at a place."""
    import json

    said = "''"
    for place, label in labels.items():
        said = f"abs(datum.value - {place}) < 0.01 ? {json.dumps(label, ensure_ascii=False)} : {said}"
    return said
