"""People reached a month, with every occasion on its day above the columns."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.panels import ceiling
from dashboard.charts.theme import Palette, dressed

HEIGHT, STRIP = 330, 24
"""Height of the picture, and of each row of occasions above the columns."""


@dataclass(frozen=True)
class Level:
    """A level across the columns and what it is called."""

    at: float
    label: str


def reach(
    frame: pd.DataFrame,
    occasions: pd.DataFrame,
    kinds: dict[str, str],
    sides: dict[str, tuple[str, str]],
    levels: list[Level],
    colours: Palette,
    months: str,
) -> Any:
    """`frame` has start and end (of the column), side, low, high (its part of the column), label and faint (a month
    that still runs); `occasions` date, kind, side and label. `kinds` says what each row of occasions is called;
    `sides` gives name and colour.
    """
    fills = {side: fill for side, (_, fill) in sides.items()}
    start, last = frame["start"].min(), frame["end"].max()
    span = max(last - start, pd.Timedelta(days=31))
    # the room on the right is for the names of rows and levels
    across = marks.time_scale(start - span * 0.01, last + span * 0.115)
    until = f"datum.value <= +datetime('{last.isoformat()}')"
    axis = marks.month_axis(
        months, start, last, grid=False, ticks=False, labelSeparation=10,
        labelExpr=f"{until} ? timeFormat(datum.value, '{months}') : ''",
    )  # fmt: skip
    top = max(float(frame["high"].max()), *(level.at for level in levels), 1.0)
    room = STRIP * len(kinds) + 24
    up = alt.Scale(domain=[0, top * HEIGHT / (HEIGHT - room)], nice=False)
    step = max(ceiling(top / 4), 1.0)
    ticks = [step * place for place in range(int(top // step) + 1)]
    lines = alt.Axis(title=None, domain=False, ticks=False, values=ticks, format=",d")

    def x(name: str) -> alt.X:
        return marks.x(name, "temporal", axis=axis, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=lines, scale=up)

    side = marks.colour("side", fills, legend=marks.legend_of_sides(sides, colours, symbolType="square"))
    columns = alt.Chart(frame).mark_bar().encode(
        x("start"), alt.X2("end"), y("low"), alt.Y2("high"), side,
        opacity=alt.condition("datum.faint", alt.value(0.45), alt.value(1)), tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    layers: list[Any] = [columns]
    if levels:
        named = pd.DataFrame({"at": [one.at for one in levels], "label": [one.label for one in levels], "to": last})
        base = alt.Chart(named.assign(since=start)).encode(y("at"))
        layers.append(base.mark_rule(color=colours.muted, strokeDash=[4, 3]).encode(x("since"), alt.X2("to")))
        layers.append(base.mark_text(align="left", dx=6, color=colours.muted).encode(x("to"), marks.text("label")))
    for row, (kind, name) in enumerate(kinds.items()):
        place = alt.value(7 + row * STRIP)
        held = occasions[occasions["kind"] == kind]
        point = alt.Chart(held).encode(x("date"), y=place, tooltip=marks.tooltip(label=""))
        ring = point.mark_point(size=46, strokeWidth=1.6, fill=colours.page, opacity=1)
        dots = ring if row else point.mark_circle(size=60, opacity=1)
        layers.append(dots.encode(side))
        said = alt.Chart(pd.DataFrame({"to": [last], "name": [name]}))
        layers.append(
            said.mark_text(align="left", dx=6, color=colours.muted).encode(x("to"), marks.text("name"), y=place)
        )
    return dressed(alt.layer(*layers), colours, HEIGHT)
