"""Estimates, one a row: its name and its figures in words on a line, and below it the dots that they describe.

The words stand above their dots and not beside them, so that names of any length and every figure fit a narrow card.
"""

from typing import Any, Literal

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

ROW, WORDS_UP, DOTS_DOWN = 54, -14, 10
NAME_UP, LABEL_UP, APART = -21, -6, 80
"""Where both do not stand side by side; and what is kept free between them where they do,
since letters may be wider than they are taken for."""
AXIS = 56
"""What the scale and its title take of the height."""
ENDS: tuple[tuple[str, Literal["left", "right"], int], ...] = (("lesser", "right", -10), ("greater", "left", 11))
"""The numbers of a dumbbell stand outside of it."""
SPARE = 0.04
"""Room left and right of the scale, as a share of it, for dots at its ends."""


class _Rows:
    """What both pictures share: rows in the order drawn, the scale from `low` to `high`, and the words.

    `frame` has key (unique), name, label, strong (whether the row stands out) and group (its fill).
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        colours: Palette,
        fills: dict[str, str],
        ends: tuple[float, float],
        title: str,
        unit: str,
    ) -> None:
        self.frame, self.colours = frame, colours
        low, high = ends
        room = (high - low) * SPARE
        self.scale = alt.Scale(domain=[low - room, high + room], nice=False)
        self.axis = alt.Axis(
            title=title, orient="top", titleAnchor="start", titleColor=colours.text, titleFontSize=13.5,
            domain=False, ticks=False, tickCount=6, tickMinStep=1,
            labelExpr=f"datum.value >= {low} && datum.value <= {high} ? replace(datum.label, '-', '−') + '{unit}' : ''",
        )  # fmt: skip
        self.fill = marks.colour("group", fills)
        shades = alt.Scale(domain=list(fills), range=list(fills.values()))
        self.outline = alt.Stroke(field="group", type="nominal", scale=shades, legend=None)
        self.y = marks.y("key", "nominal", sort=list(frame["key"]), axis=None, scale=marks.band(0))

    def x(self, name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=self.axis, scale=self.scale)

    def known(self, *names: str) -> alt.Chart:
        """The rows in which these are known; the words of the others say why they are not."""
        return alt.Chart(self.frame.dropna(subset=list(names)))

    def words(self) -> list[Any]:
        """The name at the left and the figures at the right, or above them where both do not stand side by side."""
        pairs = zip(self.frame["name"], self.frame["label"], strict=True)
        needed = max((marks.pixels(f"{name}{label}") for name, label in pairs), default=0) + APART
        name_up = alt.ExprRef(f"width < {needed} ? {NAME_UP} : {WORDS_UP}")
        label_up = alt.ExprRef(f"width < {needed} ? {LABEL_UP} : {WORDS_UP}")
        layers = []
        for strong in (False, True):
            part = alt.Chart(self.frame[self.frame["strong"] == strong])
            weight: Any = 700 if strong else 400
            layers += [
                part.mark_text(align="left", dy=name_up, color=self.colours.text, fontWeight=weight).encode(
                    self.y, marks.text("name"), x=alt.value(0)
                ),
                part.mark_text(align="right", dy=label_up, color=self.colours.text, fontWeight=weight).encode(
                    self.y, marks.text("label"), x=alt.value("width")  # type: ignore[arg-type]
                ),
            ]  # fmt: skip
        return layers

    def drawn(self, *layers: Any) -> Any:
        return dressed(alt.layer(*layers, *self.words()), self.colours, ROW * len(self.frame) + AXIS)


def dumbbells(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], top: float, title: str, digits: int = 0
) -> Any:
    """From `before` (a ring) to `after` (a dot), on a scale from 0 to `top`; rows as in `_Rows`."""
    lesser, greater = frame[["before", "after"]].min(axis=1), frame[["before", "after"]].max(axis=1)
    rows = _Rows(frame.assign(lesser=lesser, greater=greater), colours, fills, (0, top), title, "")
    known = rows.known("before", "after")
    hover = marks.tooltip(name="", label="")
    line = known.mark_rule(strokeWidth=3, opacity=0.45, yOffset=DOTS_DOWN, y2Offset=DOTS_DOWN).encode(
        rows.x("before"), rows.y, rows.fill, alt.X2("after")
    )
    ring = known.mark_point(
        size=110, filled=True, opacity=1, fill=colours.page, strokeWidth=2.2, yOffset=DOTS_DOWN
    ).encode(rows.x("before"), rows.y, rows.outline, tooltip=hover)  # fmt: skip
    dot = known.mark_point(size=130, filled=True, opacity=1, yOffset=DOTS_DOWN).encode(
        rows.x("after"), rows.y, rows.fill, tooltip=hover
    )
    numbers = [
        known.mark_text(align=align, dx=dx, dy=DOTS_DOWN, color=colours.muted).encode(
            rows.x(name), rows.y, marks.text(name, "quantitative", format=f".{digits}f")
        )
        for name, align, dx in ENDS
    ]
    return rows.drawn(line, ring, dot, *numbers)


def intervals(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], ends: tuple[float, float], title: str, unit: str = ""
) -> Any:
    """`value` as a dot on its interval from `low` to `high`; a mark at zero in each row where the scale has two signs,
    which leaves the words alone."""
    rows = _Rows(frame, colours, fills, ends, title, unit)
    whisker = rows.known("low", "high").mark_rule(
        strokeWidth=3, opacity=0.45, yOffset=DOTS_DOWN, y2Offset=DOTS_DOWN
    ).encode(rows.x("low"), rows.y, rows.fill, alt.X2("high"))  # fmt: skip
    dot = rows.known("value").mark_point(size=120, filled=True, opacity=1, yOffset=DOTS_DOWN).encode(
        rows.x("value"), rows.y, rows.fill, tooltip=marks.tooltip(name="", label="")
    )  # fmt: skip
    middle = frame.assign(zero=0.0) if ends[0] < 0 else frame[:0]
    zero = alt.Chart(middle).mark_tick(color=colours.muted, thickness=1.5, size=ROW // 2, yOffset=DOTS_DOWN).encode(
        rows.x("zero"), rows.y
    )  # fmt: skip
    return rows.drawn(zero, whisker, dot)
