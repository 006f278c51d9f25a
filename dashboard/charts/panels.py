"""Small multiples: one time axis, below each other one panel a measure, each on its own scale from zero."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

At = Callable[..., Any]
HEIGHT, HEAD, GAP, AXIS = 104, 26, 20, 44
APART, ENDING, UP, DOWN = 16, 0.35, 9, 13
"""Names at the ends of lines stand this far apart, clear of what is drawn in this last part of the time."""


@dataclass(frozen=True)
class Panel:
    """One measure: its key in the frame's column `panel`, and its title."""

    key: str
    title: str


def ceiling(value: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten, at least 1."""
    if value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


def _laid_out(frame: pd.DataFrame, panels: list[Panel]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each value's place on the picture (`y`, from `floor`), and the panels with their floor, top and scale's end."""
    largest = frame.groupby("panel")["value"].max()
    laid = pd.DataFrame(
        {
            "panel": [panel.key for panel in panels],
            "title": [panel.title for panel in panels],
            "top": [HEAD + place * (HEAD + HEIGHT + GAP) for place in range(len(panels))],
            "full": [ceiling(float(largest.get(panel.key, 1))) for panel in panels],
        }
    )
    laid["floor"] = laid["top"] + HEIGHT
    placed = frame.merge(laid[["panel", "floor", "full"]], on="panel")
    placed["y"] = placed["floor"] - placed["value"] / placed["full"] * HEIGHT
    return placed, laid


def _named(placed: pd.DataFrame) -> pd.DataFrame:
    """Where each line's name stands: at its end, above its last part, or below it where another line runs above, and
    clear of the other names of its panel."""
    first, last = placed["start"].min(), placed["start"].max()
    ending = placed[placed["start"] >= last - (last - first) * ENDING]
    heights = ending.groupby(["panel", "series"])["y"].agg(top="min", bottom="max").reset_index()
    ends = placed.sort_values("start").groupby(["panel", "series"], as_index=False).tail(1)
    ends = ends.merge(heights, on=["panel", "series"], how="left")
    ends["y"] = [_clear(end, ending) for end in ends.itertuples()]
    ends = ends.sort_values(["panel", "y"])
    places: list[float] = []
    before: tuple[Any, float] = (None, 0.0)
    for panel, y in zip(ends["panel"], ends["y"], strict=True):
        before = (panel, max(y, before[1] + APART) if panel == before[0] else y)
        places.append(before[1])
    return ends.assign(y=places)


def _clear(end: Any, ending: pd.DataFrame) -> float:
    """How far down the name at a line's end stands."""
    above, below = (end.y if pd.isna(end.top) else end.top) - UP, end.bottom + DOWN
    others = ending[(ending["panel"] == end.panel) & (ending["series"] != end.series)]["y"]
    is_crossed = bool((others - above).abs().lt(APART / 2).any())
    return float(below if is_crossed and below < end.floor else above)


def _scale(laid: pd.DataFrame) -> alt.Axis:
    """One axis that says each panel's own numbers: its foot, its top and, where that is a whole number, its middle."""
    ticks = [
        (row.floor - share * HEIGHT, int(row.full * share))
        for row in laid.itertuples()
        for share in (0, 0.5, 1)
        if row.full * share == int(row.full * share)
    ]
    places, values = [place for place, _ in ticks], [value for _, value in ticks]
    return alt.Axis(
        title=None, domain=False, ticks=False, values=places,
        labelExpr=f"format({values}[indexof({places}, datum.value)], ',d')",
    )  # fmt: skip


def panels(
    frame: pd.DataFrame,
    shown: list[Panel],
    colours: Palette,
    fills: dict[str, str],
    months: str,
    milestones: pd.DataFrame | None = None,
) -> Any:
    """`frame` has panel, start, group (its fill), value, label and faint (not a whole period). With a column `end` it
    is drawn as columns, which also have middle and count; else as lines, which have series and name. `milestones`
    has date, text and mark (its number).
    """  # fmt: skip
    placed, laid = _laid_out(frame, shown)
    height = int(laid["floor"].max()) + 6
    down, flat = _scale(laid), alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    across = marks.month_axis(months, frame["start"].min(), frame["start"].max(), grid=False)

    def at(data: pd.DataFrame, x: str = "start") -> Any:
        return alt.Chart(data).encode(
            marks.x(x, "temporal", axis=across), marks.y("y", "quantitative", axis=down, scale=flat)
        )

    fill = marks.colour("group", fills)
    layers = _columns(placed, at, fill, colours) if "end" in placed else _lines(placed, at, fill, colours)
    titles = alt.Chart(laid.assign(y=laid["top"] - 13)).mark_text(align="left", color=colours.text, fontWeight=600)
    layers.append(
        titles.encode(marks.y("y", "quantitative", axis=down, scale=flat), marks.text("title"), x=alt.value(0))
    )
    if milestones is not None and len(milestones):
        dated = alt.Chart(milestones).encode(marks.x("date", "temporal", axis=across), tooltip=marks.tooltip(text=""))
        numbers = dated.mark_text(color=colours.muted, fontSize=11, fontWeight=600)
        layers = [
            dated.mark_rule(color=colours.border, strokeWidth=1),
            numbers.encode(marks.text("mark"), y=alt.value(-4)),
            *layers,
        ]
    return dressed(alt.layer(*layers), colours, height + AXIS)


def _columns(placed: pd.DataFrame, at: At, fill: alt.Color, colours: Palette) -> list[Any]:
    """A column from the panel's foot, paler where its period is not whole, its count on top."""
    bars = at(placed).mark_bar().encode(
        alt.X2("end"), alt.Y2("floor"), fill, opacity=alt.condition("datum.faint", alt.value(0.45), alt.value(1)),
        tooltip=marks.tooltip(label=""),
    )  # fmt: skip
    counts = at(placed[placed["value"] > 0], "middle").mark_text(dy=-7, color=colours.text, fontSize=11)
    return [bars, counts.encode(marks.text("count"))]


def _lines(placed: pd.DataFrame, at: At, fill: alt.Color, colours: Palette) -> list[Any]:
    """A line a series with its name at its end, on ground of the page's colour; a ring where a month is not over."""
    lines = at(placed).mark_line(strokeWidth=2).encode(alt.Detail(field="series", type="nominal"), fill)
    points = at(placed).mark_point(size=40, filled=True, opacity=0.01).encode(fill, tooltip=marks.tooltip(label=""))
    rings = at(placed[placed["faint"]]).mark_point(size=50, fill=colours.page, opacity=1).encode(fill)
    names = at(_named(placed)).encode(marks.text("name"))
    ground = names.mark_text(align="right", fontWeight=600, stroke=colours.page, strokeWidth=5, strokeJoin="round")
    return [lines, points, rings, ground, names.mark_text(align="right", fontWeight=600).encode(fill)]
