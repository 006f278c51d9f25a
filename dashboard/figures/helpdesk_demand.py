"""The figures of demand: how many cases a month, about what, and at which hours."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard import statistics
from dashboard.charts import native
from dashboard.charts.clock import clock
from dashboard.charts.control import Line, control
from dashboard.charts.multiples import multiples
from dashboard.figures.helpdesk import CASES, month_format, rows
from dashboard.figures.helpdesk_usual import LEAST_MONTHS, cases_by_month, desk_months, usual
from dashboard.figures.model import Figure, View
from dashboard.filters import Month
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_demand as ask
from dashboard.text import format

KINDS = ("routine", "run", "outside", "unfinished", "event", "deadline", "call")
ZONES = {"brussels": ask.BRUSSELS, "tokyo": ask.TOKYO}
DESKS = {"eu": ask.BRUSSELS, "japan": ask.TOKYO}
SEASONS = {"winter": 1, "summer": 7}
"""A month in which clocks show winter, or summer, time."""


def _months(view: View) -> list[Month]:
    """The months of the selection that have begun, from the one in which the programme's first case was opened."""
    chosen = view.filters.period
    return [month for month in desk_months(view) if chosen is None or chosen.first <= month]


def _volume(view: View) -> pd.DataFrame:
    found, known = cases_by_month(view), usual(view)
    months = _months(view)
    if not any(found.get(month) for month in months):
        months = []
    kinds = [
        "unfinished" if view.programme.unfinished(month) else known.signals.get(month, "routine") for month in months
    ]
    frame = pd.DataFrame(
        {
            "month": [pd.Timestamp(month.first_day) for month in months],
            "cases": [found.get(month, 0) for month in months], "signal": kinds,
        }
    )  # fmt: skip
    limits = known.limits
    return frame.assign(
        lower_limit=limits.low if limits else None,
        centre=limits.centre if limits else None,
        upper_limit=limits.high if limits else None,
    ).astype({"lower_limit": "float64", "centre": "float64", "upper_limit": "float64"})


def _draw_volume(frame: pd.DataFrame, view: View, form: Any = control) -> Any:
    half = pd.Timedelta(days=14)  # a month's point stands in its middle, so that days within it lie on either side
    points = pd.DataFrame(
        {
            "date": frame["month"] + half, "value": frame["cases"], "kind": frame["signal"],
            "label": [
                view.words("helpdesk.month_cases", month=format.month_of(row.month, view.language),
                           cases=view.number(row.cases), signal=view.words(f"code.signal.{row.signal}"))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    first = frame.iloc[0]
    limits = None  # two digits: a month of 45 cases lies above 44.95, which would be written as 45
    if not pd.isna(first["centre"]):
        low, centre, high = (
            Line(float(first[name]), view.words(f"helpdesk.{name}", value=view.number(first[name], digits, fixed=True)))
            for name, digits in (("lower_limit", 2), ("centre", 1), ("upper_limit", 2))
        )
        limits = low, centre, high
    names = {kind: view.words(f"code.signal.{kind}") for kind in KINDS}
    return form(points, _occasions(frame, view), limits, names, view.colours, month_format(view))


def _occasions(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """The events, submission days and closing days of joint calls within the months drawn."""
    found = view.localise(view.frame(ask.occasions), "title")
    end = frame["month"].max() + pd.offsets.MonthBegin(1)
    found = found[(found["date"] >= frame["month"].min()) & (found["date"] < end)]
    said = [
        view.words(f"helpdesk.{row.occasion}", day=format.day(row.date, view.language), title=row.title,
                   count=view.number(row.number))
        for row in rows(found.rename(columns={"count": "number"}))
    ]  # fmt: skip
    return pd.DataFrame({"date": found["date"], "kind": found["occasion"], "label": said})


def _say_volume(frame: pd.DataFrame, view: View) -> str:
    top = frame.loc[frame["cases"].idxmax()]
    signals = frame[frame["signal"].isin(("run", "outside"))]
    runs = _runs(frame, view)
    said = {
        "cases": view.number(frame["cases"].sum()), "months": view.number(len(frame)),
        "centre": view.number(top["centre"], 1), "count": view.number(len(signals)),
        "month": format.month_of(top["month"], view.language, short=False), "top": view.number(top["cases"]),
    }  # fmt: skip
    if pd.isna(top["centre"]):
        return view.words("figure.case_volume.finding_few", **said)
    if signals.empty:
        return view.words("figure.case_volume.finding_routine", **said)
    if not runs:
        return view.words("figure.case_volume.finding_signals", **said)
    above = [bool(run["cases"].iloc[0] > top["centre"]) for run in runs]
    turned = len(set(above)) == 2 and above in (sorted(above), sorted(above, reverse=True))
    shown = runs[-1] if turned else max(runs, key=len)
    lies = "above" if shown["cases"].iloc[0] > top["centre"] else "below"
    key = {"above": "finding_rose", "below": "finding_fell"}[lies] if turned else f"finding_{lies}"
    first, last = (format.month_of(shown["month"].iloc[end], view.language, short=False) for end in (0, -1))
    return view.words(f"figure.case_volume.{key}", first=first, last=last, **said)


def _runs(frame: pd.DataFrame, view: View) -> list[pd.DataFrame]:
    """The stretches of eight or more months on one side of the mean, as far as they are drawn: at least eight months,
    or all that are."""
    drawn = frame["month"].map(Month.of)
    parts = [frame[drawn.map(run.__contains__)] for run in usual(view).runs()]
    least = min(statistics.RUN_LENGTH, (frame["signal"] != "unfinished").sum())
    return [part for part in parts if len(part) >= least]


def _note_volume(frame: pd.DataFrame, view: View) -> str:
    kinds = _occasions(frame, view)["kind"]
    counts = {f"{kind}s": view.number((kinds == kind).sum()) for kind in ("event", "deadline", "call")}
    along = view.words("figure.case_volume.occasions", **counts)
    return _note_limits(frame, view) + view.words("punctuation.space") + along


def _note_limits(frame: pd.DataFrame, view: View) -> str:
    if pd.isna(frame["centre"].iloc[0]):
        return view.words("figure.case_volume.note_few", least=LEAST_MONTHS)
    first, said = usual(view).months[0], view.words("figure.case_volume.note")
    if first == Month.of(frame["month"].iloc[0]):
        return said
    since = view.words("figure.case_volume.note_since", first=format.month(first, view.language))
    return said + view.words("punctuation.space") + since


def _volume_natively(frame: pd.DataFrame, view: View) -> native.Native:
    form = partial(native.control, measure=view.words("column.cases"), note=_note_limits(frame, view))
    made: native.Native = _draw_volume(frame, view, form)
    return made


VOLUME = Figure(
    "case_volume", _volume, _draw_volume, _say_volume, records.cases, CASES, title=_say_volume, note=_note_volume,
    native=_volume_natively,
)  # fmt: skip


def _cases_by(dimension: str) -> Figure:
    def data(view: View) -> pd.DataFrame:
        return view.select(ask.by_month_and(view.filters, dimension))

    def totals(frame: pd.DataFrame) -> pd.Series:
        return frame.groupby(dimension)["cases"].sum().sort_values(ascending=False, kind="stable")

    def draw(frame: pd.DataFrame, view: View) -> Any:
        counted = totals(frame)
        names = {code: view.words(f"code.{dimension}.{code}") for code in counted.index}
        named = [
            (
                names[code],
                view.words(
                    "helpdesk.part", count=view.number(count), share=format.share(count / counted.sum(), view.language)
                ),
            )
            for code, count in counted.items()
        ]
        shown = frame.rename(columns={"cases": "value"}).assign(
            name=frame[dimension].map(names),
            label=[
                f"{names[code]}, {format.month_of(month, view.language)}: {view.number(count)}"
                for code, month, count in zip(frame[dimension], frame["month"], frame["cases"], strict=True)
            ],
        )
        months = sorted({*frame["month"], *(pd.Timestamp(month.first_day) for month in _months(view))})
        drawn = shown[["name", "month", "value", "label"]]
        return multiples(drawn, named, (months[0], months[-1]), view.colours, month_format(view))

    def say(frame: pd.DataFrame, view: View) -> str:
        counted = totals(frame)
        leads = len(counted) > 1 and counted.iloc[0] > counted.iloc[1]
        return view.words(
            f"figure.cases_by_{dimension}.{'finding' if leads else 'title'}",
            name=view.words(f"code.{dimension}.{counted.index[0]}"),
            count=view.number(counted.iloc[0]),
            all=view.number(counted.sum()),
            share=format.share(counted.iloc[0] / counted.sum(), view.language),
        )

    return Figure(f"cases_by_{dimension}", data, draw, say, records.cases, CASES, title=say)


BY = {dimension: _cases_by(dimension) for dimension in ask.DIMENSIONS}


def open_hours(desk: str, zone: str, season: str, year: int) -> list[int]:
    """The hours of the clock in a zone at which a desk is open, in the order of the day."""
    first, last = ask.OFFICE_HOURS
    clocks = [datetime(year, SEASONS[season], 15, hour, tzinfo=ZoneInfo(zone)) for hour in range(24)]
    return [at.hour for at in clocks if first <= at.astimezone(ZoneInfo(DESKS[desk])).hour < last]


def meeting_hours(zone: str, season: str, year: int) -> list[int]:
    """The hours at which both desks are open."""
    return sorted({*open_hours("eu", zone, season, year)} & {*open_hours("japan", zone, season, year)})


def _opening(zone: str, view: View) -> pd.DataFrame:
    """Each desk's hours; fainter where they hold only in winter or only in summer."""
    year = view.programme.term.first.year
    found = []
    for desk in DESKS:
        hours = {season: open_hours(desk, zone, season, year) for season in SEASONS}
        for hour in sorted({*hours["winter"], *hours["summer"]}):
            seasons = [season for season in SEASONS if hour in hours[season]]
            when = seasons[0] if len(seasons) == 1 else "all_year"
            said = view.words(f"helpdesk.open_{when}", desk=view.words(f"code.desk.{desk}"), hour=hour, end=hour + 1)
            found.append((view.words(f"helpdesk.open.{desk}"), desk, hour, 1.0 if len(seasons) == 2 else 0.4, said))
    return pd.DataFrame(found, columns=["name", "group", "hour", "strength", "label"])


def _arrivals(key: str) -> Figure:
    zone = ZONES[key]

    def data(view: View) -> pd.DataFrame:
        return view.select(ask.arrivals(view.filters, zone))

    def draw(frame: pd.DataFrame, view: View) -> Any:
        days = [view.words(f"code.weekday.{day}") for day in range(1, 8)]
        shown = pd.DataFrame(
            {
                "weekday": [days[day - 1] for day in frame["weekday"]], "hour": frame["hour"], "value": frame["cases"],
                "label": [
                    view.words("helpdesk.arrived", weekday=days[row.weekday - 1], hour=row.hour, end=row.hour + 1,
                               cases=view.number(row.cases))
                    for row in rows(frame)
                ],
            }
        )  # fmt: skip
        fills = {desk: view.colours.side(desk) for desk in DESKS}
        return clock(shown, days, _opening(zone, view), fills, view.words(f"helpdesk.clock.{key}"), view.colours)

    def say(frame: pd.DataFrame, view: View) -> str:
        every = frame["cases"].sum()
        return view.words(
            "figure.arrivals.finding",
            count=view.number(every),
            both=format.share(frame["both_open"].sum() / every, view.language),
            neither=format.share(frame["neither_open"].sum() / every, view.language),
        )

    def note(_: pd.DataFrame, view: View) -> str:
        met = {season: meeting_hours(zone, season, view.programme.term.first.year) for season in SEASONS}
        first, last = ask.OFFICE_HOURS
        return view.words(
            "figure.arrivals.note", first=first, last=last, clock=view.words(f"helpdesk.clock.{key}"),
            **{season: f"{hours[0]}:00–{hours[-1] + 1}:00" for season, hours in met.items()},
        )  # fmt: skip

    return Figure("arrivals", data, draw, say, records.cases, CASES, title=say, note=note, variant=key)


ARRIVALS = {key: _arrivals(key) for key in ZONES}
