"""Charts as an office program draws them itself: what a slide's chart is made of, so that its numbers can be edited.

Each function takes what the chart of the same name in this room takes, so that one frame serves both; where the
picture has words beside its dots, they stand below the category's name here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from dashboard.charts.control import Line
from dashboard.charts.diverging import levels, mixed
from dashboard.charts.panels import Panel
from dashboard.charts.theme import Palette

Number = float | None
COUNT, ONE_DECIMAL, PER_CENT, SHARE = "#,##0", "#,##0.0", '0"%"', "0%"
SMALL = '[=0]0;[<0.0005]"<0.001";#,##0.0##'
INDENT = "\u2003"
MOST_CATEGORIES = 24
"""Bars of more rows cannot be read on a slide."""


@dataclass(frozen=True)
class Series:
    """A name and a number for each category, None where nothing is known; `fills` gives each category a colour of its
    own. `low` and `high` are the ends of the range that belongs to each value. A line can be dashed or have markers
    alone."""

    name: str
    values: tuple[Number, ...]
    fill: str
    fills: tuple[str, ...] = ()
    low: tuple[Number, ...] = ()
    high: tuple[Number, ...] = ()
    line: Literal["solid", "dashed", "none"] = "solid"
    marker: Literal["", "circle", "square", "diamond"] = ""


@dataclass(frozen=True)
class Native:
    """A chart of categories: bars lie, columns stand. `measure` says what the numbers are, `form` how they are written
    (an Excel number format), `ends` where their axis ends, `labelled` that each bar carries its number. Categories that
    are months in a row give their first days as `months`, written as `month_form`. `note`, where given, stands in
    for the figure's, which speaks of the picture."""

    kind: Literal["bar", "column", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    measure: str = ""
    form: str = COUNT
    stacked: Literal["", "sum", "share"] = ""
    ends: tuple[Number, Number] = (0.0, None)
    labelled: bool = True
    months: tuple[date, ...] = ()
    month_form: str = ""
    note: str | None = None


def numbers(values: Any) -> tuple[Number, ...]:
    """A column's numbers as Python's, what is missing as None."""
    return tuple(None if pd.isna(value) else float(value) for value in values)


def _fills(frame: pd.DataFrame, fills: dict[str, str]) -> tuple[str, ...]:
    return tuple(fills[group] for group in frame["group"])


def _below(names: Any, words: Any) -> tuple[str, ...]:
    """Names with words below them."""
    return tuple(f"{name}\n{said}" if said else str(name) for name, said in zip(names, words, strict=True))


def ranked(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], title: str) -> Native:
    bars = Series(title, numbers(frame["value"]), colours.eu, _fills(frame, fills))
    return Native("bar", tuple(map(str, frame["name"])), (bars,), title, _form(frame["value"]))


def _form(values: pd.Series) -> str:
    """Whole numbers as such, else a decimal; three where one would make nothing of a number."""
    if (values.dropna() % 1 == 0).all():
        return COUNT
    return SMALL if values.abs().between(0, 0.05, inclusive="neither").any() else ONE_DECIMAL


def ladder(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], title: str) -> Native:
    below = frame.get("below", pd.Series(False, index=frame.index))
    names = [INDENT + name if inner else name for name, inner in zip(frame["name"], below, strict=True)]
    return ranked(frame.assign(name=names), colours, fills, title)


def pipeline(frame: pd.DataFrame, colours: Palette, title: str) -> Native:
    bars = Series(title, numbers(frame["value"]), colours.eu)
    return Native("bar", _below(frame["name"], frame["since"]), (bars,), title)


def stacked_columns(
    frame: pd.DataFrame, _colours: Palette, fills: dict[str, str], title: str, tops: dict[str, str] | None = None
) -> Native:
    names = list(dict.fromkeys(frame["column"]))
    table = frame.pivot_table(index="column", columns="group", values="value", aggfunc="sum", observed=True)
    table = table.reindex(names)
    groups = [group for group in fills if group in table]
    series = tuple(Series(group, numbers(table[group]), fills[group]) for group in groups)
    stacked: Literal["", "sum"] = "sum" if len(groups) > 1 else ""
    return Native("column", _below(names, [(tops or {}).get(name, "") for name in names]), series, title,
                  _form(frame["value"]), stacked)  # fmt: skip


def _months(days: pd.Series, pattern: str) -> tuple[str, ...]:
    return tuple(days.dt.strftime(pattern))


def _in_time(
    days: pd.Series, pattern: str, series: Sequence[Series], measure: str = "", note: str | None = None
) -> Native:
    """Lines over months in a row."""
    form = month_form("en" if "%b" in pattern else "")
    firsts = tuple(date(day.year, day.month, 1) for day in days)
    return Native("line", _months(days, pattern), tuple(series), measure, months=firsts, month_form=form, note=note)


def month_form(language: str) -> str:
    """Months as an office program writes them, in English whatever its own language, else as numbers."""
    return "[$-809]mmm yyyy" if language == "en" else "yyyy-mm"


def progress(
    frame: pd.DataFrame, _milestones: pd.DataFrame, colours: Palette, actual: str, planned: str, months: str
) -> Native:
    lines = [Series(actual, numbers(frame["actual"]), colours.eu)]
    if frame["planned"].notna().any():
        lines.append(Series(planned, numbers(frame["planned"]), colours.muted, line="dashed"))
    return _in_time(frame["month"], months, lines)


def control(
    frame: pd.DataFrame,
    _occasions: pd.DataFrame,
    limits: tuple[Line, Line, Line] | None,
    names: dict[str, str],
    colours: Palette,
    months: str,
    *,
    measure: str,
    note: str,
) -> Native:
    """The series, its signals again as markers, and the limits as level lines; `note` leaves out the occasions."""
    signals: dict[str, tuple[str, Literal["square", "diamond", "circle"]]] = {
        "run": (colours.eu, "square"), "outside": (colours.text, "diamond"), "unfinished": (colours.muted, "circle")
    }  # fmt: skip
    lines = [Series(measure, numbers(frame["value"]), colours.muted)]
    for kind, (fill, marker) in signals.items():
        of_kind = frame["value"].where(frame["kind"] == kind)
        if of_kind.notna().any():
            lines.append(Series(names[kind], numbers(of_kind), fill, line="none", marker=marker))
    lines += [Series(limit.label, (limit.at,) * len(frame), colours.muted, line="dashed") for limit in limits or ()]
    return _in_time(frame["date"], months, lines, measure, note)


def stock(frame: pd.DataFrame, names: tuple[str, str], colours: Palette, months: str) -> Native:
    whole = Series(names[0], numbers(frame["whole"]), colours.eu)
    part = Series(names[1], numbers(frame["part"]), colours.text, line="dashed")
    return _in_time(frame["date"], months, (whole, part))


def _by_series(frame: pd.DataFrame, fills: dict[str, str], names: Sequence[str]) -> tuple[Series, ...]:
    """A series each of `fills`, on the same names; its ranges where they have any extent."""
    found = []
    for series, fill in fills.items():
        part = frame[frame["series"] == series].drop_duplicates("name").set_index("name").reindex(names)
        found.append(
            Series(series, numbers(part["value"]), fill, low=numbers(part["low"]), high=numbers(part["high"]))
        )
    return tuple(found)


def ranges(
    frame: pd.DataFrame,
    _colours: Palette,
    fills: dict[str, str],
    top: float | None = None,
    unit: str = "",
    head: bool = False,  # noqa: ARG001 - of the picture
    *,
    measure: str = "",
) -> Native:
    names, several = list(dict.fromkeys(frame["name"])), len(fills) > 1
    said = frame["series"] + " " + frame["label"] if several else frame["label"]
    words = said.groupby(frame["name"], sort=False).agg(" · ".join).reindex(names)
    series = _by_series(frame, fills, names)
    if not several:
        series = (replace(series[0], name=measure),)
    form = PER_CENT if unit == "%" else ONE_DECIMAL
    return Native("bar", _below(names, words), series, measure, form, ends=(0.0, top), labelled=False)


def ranges_in_time(
    frame: pd.DataFrame, _colours: Palette, fills: dict[str, str], reference: tuple[float, str], top: float, unit: str
) -> Native:
    names = list(dict.fromkeys(frame["name"]))
    form = PER_CENT if unit == "%" else ONE_DECIMAL
    return Native("column", tuple(names), _by_series(frame, fills, names), reference[1], form, ends=(0.0, top),
                  labelled=False)  # fmt: skip


def shares(frame: pd.DataFrame, colours: Palette, fills: dict[str, str], *, measure: str = "") -> Native:
    bars = Series(measure, numbers(frame["share"]), colours.eu, _fills(frame, fills), numbers(frame["low"]),
                  numbers(frame["high"]))  # fmt: skip
    return Native("bar", _below(frame["name"], frame["label"]), (bars,), measure, SHARE, ends=(0.0, 1.0),
                  labelled=False)  # fmt: skip


def dumbbells(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], top: float, _title: str, digits: int = 1,
    *, names: tuple[str, str],
) -> Native:  # fmt: skip
    """Two bars a row, called by `names`; what came first is paler."""
    after = _fills(frame, fills)
    before = tuple(mixed(fill, colours.page, 0.45) for fill in after)
    form = ONE_DECIMAL if digits else COUNT
    pale = mixed(colours.muted, colours.page, 0.45)
    pair = (
        Series(names[0], numbers(frame["before"]), pale, before),
        Series(names[1], numbers(frame["after"]), colours.muted, after),
    )
    return Native("bar", _below(frame["name"], frame["label"]), pair, "", form, ends=(0.0, top))


def intervals(
    frame: pd.DataFrame, colours: Palette, fills: dict[str, str], ends: tuple[float, float], title: str, unit: str = ""
) -> Native:
    bars = Series(title, numbers(frame["value"]), colours.eu, _fills(frame, fills), numbers(frame["low"]),
                  numbers(frame["high"]))  # fmt: skip
    form = PER_CENT if unit == "%" else COUNT
    return Native("bar", _below(frame["name"], frame["label"]), (bars,), title, form, ends=ends, labelled=False)


def answers(frame: pd.DataFrame, parts: dict[str, str], order: list[str], _colours: Palette) -> Native:
    table = frame.pivot_table(index="name", columns="part", values="value", aggfunc="sum").reindex(order)
    series = tuple(Series(part, numbers(table[part]), fill) for part, fill in parts.items() if part in table)
    return Native("bar", tuple(order), series, stacked="sum")


def diverging(frame: pd.DataFrame, names: list[str], colours: Palette, unit: str = "%") -> Native:  # noqa: ARG001
    rows = list(dict.fromkeys(frame["name"]))
    table = frame.pivot_table(index="name", columns="level", values="share", aggfunc="sum").reindex(rows)
    counts = frame.groupby("name", sort=False)["n"].first().reindex(rows)
    series = tuple(
        Series(names[level], numbers(table[level]), fill)
        for level, fill in enumerate(levels(colours))
        if level in table
    )
    return Native("bar", _below(rows, counts), series, form=PER_CENT, stacked="share")


def panels(
    frame: pd.DataFrame,
    shown: list[Panel],
    colours: Palette,
    fills: dict[str, str],
    months: str,
    milestones: pd.DataFrame | None = None,  # noqa: ARG001 - numbers on the picture
) -> tuple[Native, ...]:
    """A chart a panel, each on its own scale, all over the same time."""
    days = pd.Series(pd.date_range(frame["start"].min(), frame["start"].max(), freq="MS"))
    return tuple(_panel(frame[frame["panel"] == panel.key], panel, colours, fills, months, days) for panel in shown)


def _panel(
    frame: pd.DataFrame, panel: Panel, colours: Palette, fills: dict[str, str], months: str, days: pd.Series
) -> Native:
    """Columns of whole periods as they are, or lines over all the months, whether or not there is a number for them."""
    if "end" in frame:
        whole, pale = fills[frame["group"].iloc[0]], mixed(fills[frame["group"].iloc[0]], colours.page, 0.45)
        each = tuple(pale if faint else whole for faint in frame["faint"])
        columns = Series(panel.title, numbers(frame["value"]), whole, each)
        return Native("column", tuple(frame["column"]), (columns,), panel.title)
    lines: list[Series] = []
    for _, line in frame.groupby("series", sort=False):
        one, values = line.iloc[0], line.set_index("start")["value"].reindex(days)
        again = sum(fills[one["group"]] == other.fill for other in lines)
        lines.append(Series(one["name"], numbers(values), fills[one["group"]], line="dashed" if again else "solid"))
    return _in_time(days, months, lines, panel.title)
