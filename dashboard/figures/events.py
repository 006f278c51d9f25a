"""The figures of event reach over time and by single event; the others stand in the modules events_…"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts.reach import Level, reach
from dashboard.charts.strip import strip
from dashboard.figures import suppressed
from dashboard.figures.area import area_headline, area_table
from dashboard.figures.events_words import KINDS, months, named, people, place, sides
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Status, Strand, measure
from dashboard.queries import events as ask
from dashboard.queries.common import Statement
from dashboard.store import remembered
from dashboard.text import format

INDICATOR = "people_reached"
LEAST_MONTHS = 12
"""Control limits are reckoned from this many whole months on, if people were reached in at least half of them."""


def headline(view: View) -> str:
    """What a reader should take away: what was held, how many it reached, and whether that was the plan."""
    if view.frame(ask.sizes).empty:
        return view.words("events.headline_none")
    said = area_headline(view, Strand.REACH)
    assessed = measure(CATALOGUE[INDICATOR], view.filters, view.store, view.programme).assessment
    if assessed is None:
        return said
    key = {Status.AHEAD: "ahead", Status.BEHIND: "behind", Status.ON_TRACK: "on_track"}[assessed.status]
    return view.words(f"events.headline_{key}", said=said, gap=view.number(abs(assessed.gap)))


def everyone(view: View) -> float:
    """The people counted at all that is chosen; not a number where they are too few to be told."""
    found = view.store.value(ask.people(view.filters))
    return float("nan") if found is None else float(found)


def held_at(filters: Filters) -> Statement:
    """The events and presentations, as the records behind a figure."""
    return ask.activities(filters, *ask.REACH)


def _months(view: View) -> pd.DataFrame:
    """month, side, events, presentations and people; a month without any has a row of zeros."""
    frame = view.frame(ask.reach_by_month)
    if frame.empty:
        return frame
    period = view.filters.period or view.programme.elapsed
    every = pd.Index([pd.Timestamp(month.first_day) for month in period.months()], dtype=frame["month"].dtype)
    missing = every.difference(pd.Index(frame["month"]))
    empty = pd.DataFrame({"month": missing, "events": 0, "presentations": 0, "participants": 0})
    return pd.concat([frame, empty], ignore_index=True).sort_values(["month", "side"], ignore_index=True)


def _totals(frame: pd.DataFrame, view: View, whole: bool = False) -> pd.Series:
    """People a month, empty where a part of them is not told; with `whole`, without a month that still runs."""
    totals = frame.groupby("month")["participants"].sum(skipna=False)
    if whole:
        totals = totals[[not view.programme.unfinished(Month.of(month)) for month in totals.index]]
    return totals


def _limits(view: View) -> statistics.XmR | None:
    """What the month-to-month variation explains (XmR), where there are enough months and each is told. As for cases
    (`helpdesk_usual`), the months before the period are part of it and those after are not."""
    return remembered(("usual reach", view.identity), lambda: _reckoned(view))


def _reckoned(view: View) -> statistics.XmR | None:
    first, last = view.programme.term.first, view.last_month
    if last < first:
        return None
    whole = replace(view, filters=view.filters.during(Period(first, last)))
    values = _totals(_months(whole), whole, whole=True)
    enough = len(values) >= LEAST_MONTHS and (values > 0).mean() >= 0.5 and values.notna().all()
    return statistics.xmr(values, floor=0) if enough else None


def _draw_months(frame: pd.DataFrame, view: View) -> Any:
    held = view.localise(view.frame(ask.sizes), "title")
    known = frame[(frame["events"] + frame["presentations"] > 0) & frame["participants"].notna()]
    high = known.groupby("month")["participants"].cumsum()
    columns = pd.DataFrame(
        {
            "start": known["month"], "end": known["month"] + pd.Timedelta(days=26), "side": known["side"],
            "low": high - known["participants"], "high": high,
            "faint": [view.programme.unfinished(Month.of(month)) for month in known["month"]],
            "label": [
                f"{format.month_of(row.month, view.language)}, {view.words(f'code.side.{row.side}')}: "
                f"{people(row.participants, view)}"
                for row in known.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    ends = frame["month"].agg(["min", "max"])
    side = frame["side"].dropna().iloc[0]
    frameless = pd.DataFrame({"start": ends, "end": ends + pd.Timedelta(days=27), "side": side, "low": 0, "high": 0,
                              "faint": False, "label": ""})  # fmt: skip
    limits = _limits(view)
    levels = [
        Level(at, view.words(f"figure.reach_by_month.{name}", count=view.number(at)))
        for name, at in (("mean", limits.centre), ("limit", limits.high))
    ] if limits else []  # fmt: skip
    occasions = pd.DataFrame(
        {
            "date": held["start"], "kind": held["activity_kind"], "side": held["side"],
            "label": [f"{row.title} ({format.day(row.start.date(), view.language)}, "
                      f"{place(row.city, row.country, view)}): "
                      + (suppressed.hidden(view) if row.withheld else people(row.participants, view))
                      for row in held.itertuples(index=False)],
        }
    )  # fmt: skip
    names = {kind: view.words(f"events.{kind}s") for kind in KINDS if kind in set(held["activity_kind"])}
    drawn = pd.concat([columns, frameless], ignore_index=True)
    return reach(drawn, occasions, names, sides(known, view), levels, view.colours, months(view))


def _say_months(frame: pd.DataFrame, view: View) -> str:
    totals = _totals(frame, view)
    if totals.isna().all():
        return suppressed.nothing(view)
    held = frame.groupby("month")[["events", "presentations"]].sum().sum(axis=1) > 0
    between = "".join("x" if one else "." for one in held).strip(".")  # before the first there is nothing to pause
    longest = max(len(run) for run in between.split("x"))
    if not _leads(frame, totals.max()):
        return view.words("figure.reach_by_month.open", months=view.number(held.sum()), all=view.number(len(totals)))
    said = {
        "months": view.number(held.sum()), "all": view.number(len(totals)),
        "month": format.month_of(totals.idxmax(), view.language, short=False), "count": view.number(totals.max()),
    }  # fmt: skip
    limits = _limits(view)
    if limits and limits.outside and totals.max() > limits.high:
        return view.words("figure.reach_by_month.outside", limit=view.number(limits.high), **said)
    if longest >= 2:
        return view.words("figure.reach_by_month.pause", longest=view.number(longest), **said)
    return view.words("figure.reach_by_month.finding", **said)


def _leads(frame: pd.DataFrame, most: float) -> bool:
    """Whether no month with a hidden part can have brought more people: each part is at most the smallest told one."""
    people = frame["participants"]
    least = people[people > 0].min()
    at_most = people.fillna(least).groupby(frame["month"]).sum()
    return bool(at_most[people.isna().groupby(frame["month"]).any()].max() <= most) if people.isna().any() else True


def _note_months(frame: pd.DataFrame, view: View) -> str:
    said = [view.words("figure.reach_by_month.marks")]
    if _limits(view):
        said.append(view.words("figure.reach_by_month.limits"))
        first = view.programme.term.first
        if Month.of(frame["month"].min()) > first:
            since = format.month(first, view.language)
            said.append(view.words("figure.reach_by_month.limits_since", first=since))
    if any(view.programme.unfinished(Month.of(month)) for month in frame["month"]):
        said.append(view.words("figure.reach_by_month.unfinished"))
    return view.sentences(*said)


MONTHS = Figure(
    "reach_by_month", _months, _draw_months, _say_months, held_at, INDICATOR, title=_say_months, note=_note_months,
    people=("participants",),
)  # fmt: skip


def _sizes(view: View) -> pd.DataFrame:
    """Only those at which people were counted; how many is empty where it is not told."""
    frame = view.frame(ask.sizes)
    counted = frame[frame["participants"].notna() | frame["withheld"]]
    return counted.drop(columns="withheld").reset_index(drop=True)


def _middle(values: pd.Series) -> float:
    return float(values.median())


def _draw_sizes(frame: pd.DataFrame, view: View) -> Any:
    frame = frame.dropna(subset=["participants"])
    shown = view.localise(frame, "title")
    dots = pd.DataFrame(
        {
            "row": named(shown["activity_kind"], view), "value": shown["participants"].astype("float64"),
            "side": shown["side"],
            "label": [f"{row.title} ({format.month_of(row.start, view.language)}, "
                      f"{place(row.city, row.country, view)}): {people(row.participants, view)}"
                      for row in shown.itertuples(index=False)],
        }
    )  # fmt: skip
    groups = {kind: group["participants"] for kind, group in frame.groupby("activity_kind")}
    middles = pd.DataFrame(
        [
            {
                "row": view.words(f"code.activity_kind.{kind}"), "value": _middle(group), "low": float(group.min()),
                "high": float(group.max()),
                "label": view.words("figure.reach_spread.middle", count=view.number(_middle(group), 1),
                                    n=view.number(len(group))),
                "low_label": view.number(group.min()) if len(group) > 1 else "",
                "high_label": view.number(group.max()) if len(group) > 1 else "",
            }
            for kind, group in groups.items()
        ]
    )  # fmt: skip
    return strip(dots, middles, sides(frame, view), view.colours)


def _say_sizes(frame: pd.DataFrame, view: View) -> str:
    parts = []
    for kind, group in frame.groupby("activity_kind"):
        people_at = group["participants"].dropna()
        if people_at.empty:
            continue
        form = kind if len(group) > 1 else f"{kind}_single"
        parts.append(
            view.words(f"figure.reach_spread.{form}", median=view.number(_middle(people_at), 1),
                       low=view.number(people_at.min()), high=view.number(people_at.max()))
        )  # fmt: skip
    if not parts:
        return suppressed.nothing(view)
    return view.words("figure.reach_spread.finding", parts=format.listing(parts, view.language))


def _note_sizes(frame: pd.DataFrame, view: View) -> str:
    missing = len(view.frame(ask.sizes)) - len(frame)
    hidden = frame["participants"].isna().sum()
    said = [view.words("figure.reach_spread.dots")]
    if missing:
        said.append(view.words("figure.reach_spread.uncounted", count=view.number(missing)))
    if hidden:
        said.append(view.words("figure.reach_spread.hidden", count=view.number(hidden)))
    return view.sentences(*said)


SPREAD = Figure(
    "reach_spread", _sizes, _draw_sizes, _say_sizes, held_at, INDICATOR, title=_say_sizes, note=_note_sizes,
    people=("participants",),
)  # fmt: skip

TABLE = area_table("event_table", held_at, INDICATOR, people=("participants",))
