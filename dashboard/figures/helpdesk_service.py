"""The figures of service: how many cases are answered in time, and how fast they are answered and closed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.ranges import ranges, ranges_in_time
from dashboard.figures.helpdesk import (
    against_all,
    group_name,
    percent,
    rows,
    service_standard,
    with_wilson,
)
from dashboard.figures.model import Figure, Tone, View
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_service as ask
from dashboard.text import format

WITHIN = "cases_within_standard"
DESKS = ("eu", "japan", "h2020_contact_point")


def _times(view: View) -> pd.DataFrame:
    return view.frame(ask.service).drop(columns=["cases", "due", "within"])


def _draw_times(frame: pd.DataFrame, view: View, form: Any = ranges) -> Any:
    found = [
        (group_name(row, view), view.words(f"helpdesk.to.{step}"), median, slowest,
         view.words("helpdesk.spread", median=view.number(median, 1), slowest=view.number(slowest, 1),
                    count=view.number(n)))
        for row in rows(frame)
        for step, median, slowest, n in (
            ("response", row.response_median, row.response_p90, row.answered),
            ("closing", row.closing_median, row.closing_p90, row.closed_cases),
        )
        if n
    ]  # fmt: skip
    drawn = pd.DataFrame(found, columns=["name", "series", "value", "high", "label"])
    fills = {
        view.words("helpdesk.to.response"): view.colours.eu,
        view.words("helpdesk.to.closing"): view.colours.muted,
    }
    return form(drawn.assign(low=drawn["value"]), view.colours, fills, head=True)


def _say_times(frame: pd.DataFrame, view: View) -> str:
    every = frame.iloc[0]
    spread = ("response_median", "response_p90", "closing_median", "closing_p90")
    return view.words(
        "figure.service_times.finding" if every["closed_cases"] else "figure.service_times.finding_response",
        **{name: view.number(every[name], 1) for name in spread},
    )


def _timed(view: View) -> pd.DataFrame:
    frame = _times(view)
    return frame if len(frame) and frame["answered"].iloc[0] else frame.iloc[:0]


TIMES = Figure(
    "service_times", _timed, _draw_times, _say_times, records.cases, "first_response_days", title=_say_times,
    native=partial(_draw_times, form=native.ranges),
)  # fmt: skip


def _within(view: View) -> pd.DataFrame:
    found = view.frame(ask.service)[["desk", "topic", "due", "within"]]
    shares = with_wilson(found[found["due"] > 0], "within", "due")
    if shares.empty:
        return shares
    whole = shares["desk"].isna() & shares["topic"].isna()
    every = shares[whole].iloc[0]
    shares = pd.concat([shares[whole], against_all(shares[~whole], "within", "due", every)])
    return pd.concat(
        [shares[whole], *(shares[shares[name].notna()].sort_values("share_percent", ascending=False, kind="stable")
                          for name in ("desk", "topic"))],
        ignore_index=True,
    )  # fmt: skip


def _draw_within(frame: pd.DataFrame, view: View, form: Any = ranges) -> Any:
    drawn = pd.DataFrame(
        {
            "name": [group_name(row, view) for row in rows(frame)], "series": "share",
            "value": frame["share_percent"], "low": frame["low_percent"], "high": frame["high_percent"],
            "label": [
                view.words("helpdesk.share_of", share=percent(row.share_percent, view), count=view.number(row.due))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    return form(drawn, view.colours, {"share": view.colours.eu}, top=100, unit="%")


def _within_natively(frame: pd.DataFrame, view: View) -> native.Native:
    made: native.Native = _draw_within(frame, view, partial(native.ranges, measure=view.words("column.share_percent")))
    return made


def _say_within(frame: pd.DataFrame, view: View) -> str:
    every, groups = frame.iloc[0], frame.iloc[1:]
    slow = [group_name(row, view) for row in rows(groups[groups["apart"] == "below"])]
    return view.words(
        "figure.within_standard.finding_slow" if slow else "figure.within_standard.finding",
        share=percent(every["share_percent"], view), count=view.number(every["due"]), days=service_standard(view),
        names=format.listing(slow, view.language),
    )  # fmt: skip


def judge_apart(frame: pd.DataFrame, _view: View) -> Tone | None:
    """A weakness where a group is clearly below all."""
    return Tone.BAD if (frame["apart"] == "below").any() else None


def _note_clearly(frame: pd.DataFrame, view: View) -> str:
    return view.words("helpdesk.clearly", count=view.number(frame["apart"].notna().sum()))


STANDARD = Figure(
    "within_standard", _within, _draw_within, _say_within, records.cases, WITHIN, title=_say_within, note=_note_clearly,
    native=_within_natively, judge=judge_apart,
)  # fmt: skip


def _quarters(view: View) -> pd.DataFrame:
    frame = with_wilson(view.frame(ask.within_by_quarter), "within", "due")
    return against_all(frame, "within", "due", frame[["within", "due"]].sum())


def _draw_quarters(frame: pd.DataFrame, view: View, form: Any = ranges_in_time) -> Any:
    desks = {code: view.words(f"code.desk.{code}") for code in DESKS if code in set(frame["desk"])}
    drawn = pd.DataFrame(
        {
            "name": [format.quarter(row.quarter, view.language, "\n") for row in rows(frame)],
            "series": frame["desk"].map(desks),
            "value": frame["share_percent"], "low": frame["low_percent"], "high": frame["high_percent"],
            "label": [percent(row.share_percent, view) if row.apart != "same" else "" for row in rows(frame)],
            "hover": [
                view.words("helpdesk.quarter_share", quarter=format.quarter(row.quarter, view.language),
                           desk=desks[row.desk], within=view.number(row.within), due=view.number(row.due),
                           low=percent(row.low_percent, view), high=percent(row.high_percent, view))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    colours = view.colours
    fills = {name: {"eu": colours.eu, "japan": colours.japan}.get(code, colours.text) for code, name in desks.items()}
    overall = 100 * frame["within"].sum() / frame["due"].sum()
    reference = overall, view.words("helpdesk.all_quarters", share=percent(overall, view))
    return form(drawn, colours, fills, reference, 100, "%")


def _quarters_natively(frame: pd.DataFrame, view: View) -> native.Native:
    """With a heading for the level of all, which a native chart has no line for."""
    made: native.Native = _draw_quarters(frame, view, native.ranges_in_time)
    overall = percent(100 * frame["within"].sum() / frame["due"].sum(), view)
    return replace(made, measure=view.words("figure.standard_in_time.level", share=overall))


def _say_quarters(frame: pd.DataFrame, view: View) -> str:
    overall = percent(100 * frame["within"].sum() / frame["due"].sum(), view)
    below = frame[frame["apart"] == "below"]
    if below.empty:
        return view.words("figure.standard_in_time.finding", overall=overall)
    worst = below.loc[below["share_percent"].idxmin()]
    return view.words(
        "figure.standard_in_time.finding_fell",
        quarter=format.quarter(worst["quarter"], view.language), desk=view.words(f"code.desk.{worst['desk']}"),
        share=percent(worst["share_percent"], view), count=view.number(worst["due"]), overall=overall,
    )  # fmt: skip


def _note_quarters(frame: pd.DataFrame, view: View) -> str:
    last = frame["quarter"].max() + pd.offsets.QuarterBegin(startingMonth=1)
    key = "note_running" if view.programme.today < last.date() else "note"
    return view.words(f"figure.standard_in_time.{key}", clearly=_note_clearly(frame, view))


IN_TIME = Figure(
    "standard_in_time", _quarters, _draw_quarters, _say_quarters, records.cases, WITHIN,
    title=_say_quarters, note=_note_quarters, native=_quarters_natively,
    judge=judge_apart,
)  # fmt: skip
