"""Short ways to the channels that most charts use, as objects: Altair's shorthand strings cost 30 ms a chart."""

import unicodedata
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts.theme import Palette

Field = dict[str, Any]
LETTER = 7
SHORT = pd.Timedelta(days=270)
PLACE = "(isFinite(containerSize()[0]) ? containerSize()[0] : width)"
"""The width of the whole picture, which stays the same while Vega lays it out. By that of its inner part, which
shrinks meanwhile, names were laid level, left that room, then turned and cut off."""
LINES = 6
"""So many grid lines at most."""


def x(name: str, kind: str, **options: Any) -> alt.X:
    return alt.X(field=name, type=kind, **options)  # type: ignore[arg-type]


def y(name: str, kind: str, **options: Any) -> alt.Y:
    return alt.Y(field=name, type=kind, **options)  # type: ignore[arg-type]


def text(name: str, kind: str = "nominal", **options: Any) -> alt.Text:
    return alt.Text(field=name, type=kind, **options)  # type: ignore[arg-type]


def tooltip(**names: str) -> list[alt.Tooltip]:
    """One line a column: `tooltip(column="its title")`."""
    return [alt.Tooltip(field=column, type="nominal", title=title) for column, title in names.items()]


def colour(name: str, pairs: dict[str, str], **options: Any) -> alt.Color:
    """A fixed colour for each value; without a legend unless one is given."""
    scale = alt.Scale(domain=list(pairs), range=list(pairs.values()))
    return alt.Color(field=name, type="nominal", scale=scale, **{"legend": None, **options})


def legend(colours: Palette, **options: Any) -> alt.Legend:
    """A legend on top whose signs have their full colour, however faint some marks of that colour are."""
    look: dict[str, Any] = {"orient": "top", "title": None, "labelColor": colours.text, "labelFontSize": 12.5}
    return alt.Legend(**{**look, "symbolOpacity": 1, **options})


def legend_of_sides(sides: dict[str, tuple[str, str]], colours: Palette, **options: Any) -> alt.Legend:
    """The legend of a side's code, which says its name; `sides` gives name and colour."""
    names = " : ".join(f"datum.value === '{side}' ? '{name}'" for side, (name, _) in sides.items())
    return legend(colours, labelExpr=f"{names} : ''", **options)


def time_scale(first: pd.Timestamp | str, last: pd.Timestamp | str) -> alt.Scale:
    """From one moment to another. A `domain` of two would be read in one way for a mark's start and in another for its
    end, and Vega-Lite warns of the difference."""
    low, high = (alt.ExprRef(f"datetime('{pd.Timestamp(end).isoformat()}')") for end in (first, last))
    return alt.Scale(domainMin=low, domainMax=high, nice=False)


def band(padding: float = 0.28) -> alt.Scale:
    return alt.Scale(type="band", paddingInner=padding, paddingOuter=padding / 2)


def clean_axis(**options: Any) -> alt.Axis:
    """An axis of names: no title, no line, no ticks, labels in full."""
    return alt.Axis(**{"title": None, "domain": False, "ticks": False, "labelLimit": 260, **options})


def month_axis(pattern: str, first: pd.Timestamp, last: pd.Timestamp, **options: Any) -> alt.Axis:
    """An axis of months: few of a long time; of a short one every month once, where days would repeat its name."""
    ticks: Any = "month" if last - first < SHORT else 8
    # not flush: a first name moved to the right, into the picture, would push out the second
    quiet = {"title": None, "labelOverlap": "parity", "labelSeparation": 8, "labelFlush": False}
    return alt.Axis(**{**quiet, "format": pattern, "tickCount": ticks, **options})


def quarters(first: pd.Timestamp, last: pd.Timestamp) -> Any:
    """How often an axis that goes on beyond what is drawn has a tick: every quarter, of a short time every month."""
    return "month" if last - first < SHORT else alt.TimeIntervalStep(interval="month", step=3)


def pixels(words: str) -> int:
    """About how wide words are; a Chinese or Japanese sign takes two letters' room."""
    return LETTER * sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def round_steps(limit: float) -> list[float]:
    """Whole numbers from zero up to a limit, a round step apart and at most six of them."""
    steps = (round_one * 10**power for power in range(16) for round_one in (1, 2, 5))
    step = next(step for step in steps if limit / step < LINES)
    return [float(place * step) for place in range(int(limit // step) + 1)]
