"""When framework projects started: year by year, and before and after the programme's own start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import isinf
from typing import Any

import pandas as pd

from dashboard.charts import bars, native
from dashboard.figures.framework import CORDIS, MILLION, euros, figure, millions, programme_fills, shown
from dashboard.figures.leading import as_many, tied
from dashboard.figures.model import View
from dashboard.filters import Filters, Month
from dashboard.queries import framework as ask
from dashboard.queries import framework_more as more
from dashboard.queries.common import Statement
from dashboard.statistics import RateRatio, poisson_rate_ratio
from dashboard.text import format

YEAR = 12
SETTLED = {"FP7": 0, "H2020": 2022, "HORIZON": 2029}
"""The start from which a framework's years are taken as closed: its last calls were in 2013, 2020 and 2027, and a grant
is assumed to be signed by the end of the year after the call's, so that a project which starts in the year after that
comes from a file that holds them all. Of FP7 every file is taken to be one."""


def _years(view: View) -> pd.DataFrame:
    frame = view.frame(ask.by_year)
    return frame.assign(year=frame["year"].astype("Int64"))


def _draw_years(measure: str, divisor: float, said: Callable[[float, View], str]) -> Any:
    def draw(frame: pd.DataFrame, view: View, form: Any = bars.stacked_columns) -> Any:
        known = frame.dropna(subset=[measure])
        values = known[measure].astype("float64") / divisor
        order = list(dict.fromkeys(sorted(known["framework"])))
        spoken = {code: view.words(f"code.framework.{code}") for code in order}
        fills = programme_fills(view)
        drawn = pd.DataFrame(
            {
                "column": [
                    view.words("framework.no_year") if pd.isna(year) else str(year) for year in known["year"]
                ],
                "group": known["framework"].map(spoken), "value": values,
                "label": [said(value, view) for value in values],
                "place": known["framework"].map(order.index),
            }
        )  # fmt: skip
        title = view.words(f"column.{measure}" if divisor == 1 else "framework.in_millions")
        draw_in = view.colours, {spoken[code]: fills[code] for code in order}, title
        if form is not bars.stacked_columns:
            return form(drawn, *draw_in)  # which writes each number itself
        totals = drawn.groupby("column")["value"].sum()
        return form(drawn, *draw_in, {column: said(value, view) for column, value in totals.items()})

    return draw


def years_note(shown: Iterable[str], view: View, any_time: bool = False) -> str:
    """That the last years are still open, where such years of the frameworks `shown` are in the period.

    The record does not hold the day of CORDIS's file. But a project is signed up to about a year before it starts: the
    latest start in the file lies in the file's own year or in the next, and the years before these two are closed.
    """
    everything = replace(view.filters, period=None, countries=())
    latest = view.select(more.starts(everything)).dropna(subset=["month"]).groupby("framework")["month"].max()
    until = None if any_time else view.filters.period
    still_open = (
        last.year < SETTLED[framework] and (until is None or until.last.year >= last.year - 1)
        for framework, last in latest.items()
        if framework in set(shown)
    )
    return view.words("framework.years_note") if any(still_open) else ""


def note_years(frame: pd.DataFrame, view: View) -> str:
    return years_note(frame.dropna(subset=["year"])["framework"], view)


def _say_years(frame: pd.DataFrame, view: View) -> str:
    totals = frame.dropna(subset=["year"]).groupby("year")["projects"].sum()
    if len(totals) < 2:
        return view.words("figure.framework_years.title")
    key = "finding" if frame["year"].notna().all() else "dated"
    said = view.words(
        f"figure.framework_years.{key}",
        year=str(totals.idxmax()), count=view.number(totals.max()), all=view.number(totals.sum()),
    )  # fmt: skip
    return as_many(said, [*map(str, tied(totals))], view)


def _say_contribution(frame: pd.DataFrame, view: View) -> str:
    totals = frame.dropna(subset=["year", "eu_contribution"]).groupby("year")["eu_contribution"].sum()
    if len(totals) < 2:
        return view.words("figure.framework_contribution.title")
    return view.words(
        "figure.framework_contribution.finding",
        year=str(totals.idxmax()), amount=euros(totals.max(), view), all=euros(frame["eu_contribution"].sum(), view),
    )  # fmt: skip


def _note_contribution(frame: pd.DataFrame, view: View) -> str:
    everyone, at_home = view.frame(ask.totals).iloc[0], view.frame(ask.at_home).iloc[0]
    said = view.words(
        "framework.contribution_note",
        known=view.number(everyone["contribution_known"]), all=view.number(everyone["participations"]),
        japan_known=view.number(at_home["contribution_known"]), japan=view.number(at_home["participations"]),
    )  # fmt: skip
    return view.words("punctuation.space").join(filter(None, (note_years(frame, view), said)))


DRAW_PROJECTS = _draw_years("projects", 1, lambda value, view: view.number(value))
DRAW_EUROS = _draw_years("eu_contribution", MILLION, millions)

BY_YEAR = figure(
    "framework_years", _years, DRAW_PROJECTS, _say_years, native=partial(DRAW_PROJECTS, form=native.stacked_columns),
    note=note_years,
)  # fmt: skip
CONTRIBUTION = figure(
    "framework_contribution", _years, DRAW_EUROS, _say_contribution, note=_note_contribution,
    native=partial(DRAW_EUROS, form=native.stacked_columns),
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Projects that start in the same number of months before and after the programme's start; `ratio` is of after to
    before, None where they cannot be compared."""

    months: int
    before: int
    after: int
    ratio: RateRatio | None


def programme_start(view: View) -> date:
    return view.programme.term.first.first_day


def at_any_time(filters: Filters) -> Statement:
    """The projects behind a figure that no period narrows."""
    return ask.projects(replace(filters, period=None))


def monthly(view: View) -> pd.DataFrame:
    """Projects by month of their start, whatever the period: month (NaT when unknown), framework, projects."""
    return view.select(more.starts(replace(view.filters, period=None)))


def compare(view: View) -> Comparison:
    """Before and after, over as many months each as the programme lasted, or as many as there are dated projects for.

    Less than a year on one side is no basis: then there is no ratio.
    """
    start, term = Month.of(programme_start(view)), view.programme.term
    known = monthly(view).dropna(subset=["month"])
    if known.empty:
        return Comparison(0, 0, 0, None)
    place = known["month"].map(lambda day: _index(Month.of(day)) - _index(start))
    months = min(_index(term.last) - _index(term.first) + 1, int(-place.min()), int(place.max()) + 1)
    if months < YEAR:
        return Comparison(max(months, 0), 0, 0, None)
    before = int(known["projects"][place.between(-months, -1)].sum())
    after = int(known["projects"][place.between(0, months - 1)].sum())
    return Comparison(months, before, after, poisson_rate_ratio(before, after))


def _index(month: Month) -> int:
    return month.year * YEAR + month.number - 1


def _around(view: View) -> pd.DataFrame:
    """Twelve months a row, counted from the programme's start, from the first to the last that has a dated project:
    start, phase, projects. Beyond these nothing is known, which is not none."""
    known = monthly(view).dropna(subset=["month"])
    start = _index(Month.of(programme_start(view)))
    counts = known.groupby(known["month"].map(lambda day: (_index(Month.of(day)) - start) // YEAR))["projects"].sum()
    if counts.empty:
        return pd.DataFrame({"start": pd.to_datetime([]), "phase": [], "projects": []})
    places = range(int(counts.index.min()), int(counts.index.max()) + 1)
    firsts = [divmod(start + place * YEAR, YEAR) for place in places]
    return pd.DataFrame(
        {
            "start": pd.to_datetime([date(year, month + 1, 1) for year, month in firsts]),
            "phase": ["before" if place < 0 else "after" for place in places],
            "projects": [int(counts.get(place, 0)) for place in places],
        }
    )


def _draw_around(frame: pd.DataFrame, view: View, form: Any = bars.stacked_columns) -> Any:
    spoken = {phase: view.words(f"code.phase.{phase}") for phase in ("before", "after")}
    colours = {spoken["before"]: view.colours.muted, spoken["after"]: view.colours.eu}
    drawn = pd.DataFrame(
        {
            "column": [_twelve_months(day.date()) for day in frame["start"]],
            "group": frame["phase"].map(spoken), "value": frame["projects"],
            "label": [view.number(count) for count in frame["projects"]], "place": 0,
        }
    )  # fmt: skip
    return form(drawn, view.colours, colours, view.words("column.projects"))


def _twelve_months(first: date) -> str:
    """The year, or the two years, in which twelve months lie."""
    return str(first.year) if first.month == 1 else f"{first.year}/{(first.year + 1) % 100:02d}"


def _say_around(_: pd.DataFrame, view: View) -> str:
    found, start = compare(view), format.month_of(programme_start(view), view.language, short=False)
    if found.ratio is None or isinf(found.ratio.ratio):
        return view.words("figure.framework_around.apart", start=start)
    low, high = found.ratio.interval.low, found.ratio.interval.high
    key = "more" if low > 1 else "fewer" if high < 1 else "alike"
    return view.words(
        f"figure.framework_around.{key}", start=start, ratio=view.number(found.ratio.ratio, 2),
        low=view.number(low, 2), high=view.number(high, 2),
    )  # fmt: skip


def _note_around(_: pd.DataFrame, view: View) -> str:
    found, frame = compare(view), monthly(view)
    undated = frame["projects"][frame["month"].isna()].sum()
    said = (
        view.words("framework.around_windows", months=view.number(found.months), before=view.number(found.before),
                   after=view.number(found.after))
        if found.ratio
        else view.words("framework.around_none")
    )  # fmt: skip
    dated = frame.dropna(subset=["month"])["framework"]
    parts = [said, view.words("framework.around_caveat"), *filter(None, [years_note(dated, view, any_time=True)])]
    if undated:
        parts.append(view.words("framework.around_undated", count=view.number(undated)))
    return view.words("punctuation.space").join(parts)


AROUND = figure(
    "framework_around", _around, _draw_around, _say_around, note=_note_around, loosens=("country",),
    native=partial(_draw_around, form=native.stacked_columns),
    origin=replace(CORDIS, shown=lambda view: shown(view, any_time=True)), records=at_any_time,
)  # fmt: skip
