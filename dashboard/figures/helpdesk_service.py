"""The figures of service: how fast cases are answered and closed, what is open, and how satisfied people are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import bars
from dashboard.charts.diverging import diverging
from dashboard.charts.ranges import ranges, ranges_in_time
from dashboard.charts.stock import stock
from dashboard.figures.helpdesk import (
    CASES,
    against_all,
    group_name,
    month_format,
    percent,
    rows,
    service_standard,
    with_wilson,
)
from dashboard.figures.model import Figure, View
from dashboard.filters import Month
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_service as ask
from dashboard.text import format

WITHIN = "cases_within_standard"
DESKS = ("eu", "japan", "h2020_contact_point")
OLD = ("year", "over")
"""Bands of age beyond twelve weeks."""


def _times(view: View) -> pd.DataFrame:
    return view.frame(ask.service).drop(columns=["cases", "due", "within"])


def _draw_times(frame: pd.DataFrame, view: View) -> Any:
    found = [
        (group_name(row, view), view.words(f"helpdesk.to.{step}"), median, slowest,
         view.words("helpdesk.spread", median=view.number(median, 1), slowest=view.number(slowest, 1), count=view.number(n)))
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
    return ranges(drawn.assign(low=drawn["value"]), view.colours, fills, head=True)


def _say_times(frame: pd.DataFrame, view: View) -> str:
    every = frame.iloc[0]
    return view.words(
        "figure.service_times.finding" if every["closed_cases"] else "figure.service_times.finding_response",
        **{name: view.number(every[name], 1) for name in ("response_median", "response_p90", "closing_median", "closing_p90")},
    )  # fmt: skip


def _timed(view: View) -> pd.DataFrame:
    frame = _times(view)
    return frame if len(frame) and frame["answered"].iloc[0] else frame.iloc[:0]


TIMES = Figure(
    "service_times", _timed, _draw_times, _say_times, records.cases, "first_response_days", title=_say_times
)


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


def _draw_within(frame: pd.DataFrame, view: View) -> Any:
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
    return ranges(drawn, view.colours, {"share": view.colours.eu}, top=100, unit=" %")


def _say_within(frame: pd.DataFrame, view: View) -> str:
    every, groups = frame.iloc[0], frame.iloc[1:]
    slow = [group_name(row, view) for row in rows(groups[groups["apart"] == "below"])]
    return view.words(
        "figure.within_standard.finding_slow" if slow else "figure.within_standard.finding",
        share=percent(every["share_percent"], view), count=view.number(every["due"]), days=service_standard(view),
        names=format.listing(slow, view.language),
    )  # fmt: skip


def _note_clearly(frame: pd.DataFrame, view: View) -> str:
    return view.words("helpdesk.clearly", count=view.number(frame["apart"].notna().sum()))


STANDARD = Figure(
    "within_standard", _within, _draw_within, _say_within, records.cases, WITHIN, title=_say_within, note=_note_clearly
)


def _quarters(view: View) -> pd.DataFrame:
    frame = with_wilson(view.frame(ask.within_by_quarter), "within", "due")
    return against_all(frame, "within", "due", frame[["within", "due"]].sum())


def _quarter_name(day: pd.Timestamp, view: View) -> str:
    return view.words("helpdesk.quarter", number=day.quarter, year=day.year)


def _draw_quarters(frame: pd.DataFrame, view: View) -> Any:
    desks = {code: view.words(f"code.desk.{code}") for code in DESKS if code in set(frame["desk"])}
    drawn = pd.DataFrame(
        {
            "name": [_quarter_name(row.quarter, view) for row in rows(frame)],
            "series": frame["desk"].map(desks),
            "value": frame["share_percent"], "low": frame["low_percent"], "high": frame["high_percent"],
            "label": [percent(row.share_percent, view) if row.apart != "same" else "" for row in rows(frame)],
            "hover": [
                view.words("helpdesk.quarter_share", quarter=_quarter_name(row.quarter, view), desk=desks[row.desk],
                           within=view.number(row.within), due=view.number(row.due),
                           low=percent(row.low_percent, view), high=percent(row.high_percent, view))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    colours = view.colours
    fills = {name: {"eu": colours.eu, "japan": colours.japan}.get(code, colours.text) for code, name in desks.items()}
    overall = 100 * frame["within"].sum() / frame["due"].sum()
    reference = overall, view.words("helpdesk.all_quarters", share=percent(overall, view))
    return ranges_in_time(drawn, colours, fills, reference, 100, " %")


def _say_quarters(frame: pd.DataFrame, view: View) -> str:
    overall = percent(100 * frame["within"].sum() / frame["due"].sum(), view)
    below = frame[frame["apart"] == "below"]
    if below.empty:
        return view.words("figure.standard_in_time.finding", overall=overall)
    worst = below.loc[below["share_percent"].idxmin()]
    return view.words(
        "figure.standard_in_time.finding_fell",
        quarter=_quarter_name(worst["quarter"], view), desk=view.words(f"code.desk.{worst['desk']}"),
        share=percent(worst["share_percent"], view), count=view.number(worst["due"]), overall=overall,
    )  # fmt: skip


def _note_quarters(frame: pd.DataFrame, view: View) -> str:
    last = frame["quarter"].max() + pd.offsets.QuarterBegin(startingMonth=1)
    key = "note_running" if view.programme.today < last.date() else "note"
    return view.words(f"figure.standard_in_time.{key}", clearly=_note_clearly(frame, view))


IN_TIME = Figure(
    "standard_in_time", _quarters, _draw_quarters, _say_quarters, records.cases, WITHIN,
    title=_say_quarters, note=_note_quarters,
)  # fmt: skip


def _backlog(view: View) -> pd.DataFrame:
    flows = view.frame(ask.flows)
    period = (view.filters.period or view.programme.term).within(view.programme.elapsed)
    if flows.empty or not period:
        return pd.DataFrame(columns=["month", "open_cases", "waiting_cases"])
    upto = flows.set_index("month").cumsum()
    months = [pd.Timestamp(month.first_day) for month in period.months() if upto.index[0] <= pd.Timestamp(month.first_day)]
    levels = upto.reindex(upto.index.union(months)).ffill().loc[months]
    return pd.DataFrame(
        {
            "month": months,
            "open_cases": (levels["opened_cases"] - levels["closed_cases"]).astype(int).tolist(),
            "waiting_cases": (levels["opened_cases"] - levels["answered"]).astype(int).tolist(),
        }
    )


def _month_end(month: pd.Timestamp) -> pd.Timestamp:
    return month + pd.offsets.MonthEnd(0)


def _draw_backlog(frame: pd.DataFrame, view: View) -> Any:
    drawn = pd.DataFrame(
        {
            "date": [_month_end(month) for month in frame["month"]],
            "whole": frame["open_cases"], "part": frame["waiting_cases"],
            "label": [
                view.words("helpdesk.backlog", month=format.month_of(row.month, view.language),
                           open=view.number(row.open_cases), waiting=view.number(row.waiting_cases))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    names = view.words("helpdesk.open_cases"), view.words("helpdesk.waiting_cases")
    return stock(drawn, names, view.colours, month_format(view))


def _say_backlog(frame: pd.DataFrame, view: View) -> str:
    last, top = frame.iloc[-1], frame.loc[frame["open_cases"].idxmax()]
    running = view.programme.unfinished(Month.of(last["month"]))
    return view.words(
        "figure.backlog.finding_running" if running else "figure.backlog.finding",
        open=view.number(last["open_cases"]), waiting=view.number(last["waiting_cases"]),
        month=format.month_of(last["month"], view.language, short=False),
        top=view.number(top["open_cases"]), when=format.month_of(top["month"], view.language, short=False),
    )  # fmt: skip


BACKLOG = Figure(
    "backlog", _backlog, _draw_backlog, _say_backlog, records.cases, CASES, title=_say_backlog, loosens=("theme", "place")
)


def as_of(view: View) -> date:
    """The day at whose end open cases are looked at: the last of the period shown, or today while it runs."""
    period = view.filters.period or view.programme.term
    return min(period.last.after_last_day - timedelta(days=1), view.programme.today)


def _ageing(view: View) -> pd.DataFrame:
    return view.select(ask.ageing(view.filters, as_of(view) + timedelta(days=1))).drop(columns="rank")


def _draw_ageing(frame: pd.DataFrame, view: View) -> Any:
    bands = [name for name, _ in ask.AGES] + ["over"]
    states = ("closing", "first_response")
    found = {(row.age, row.waiting): row.open_cases for row in rows(frame)}
    cells = [(band, state, found.get((band, state), 0)) for band in bands for state in states]
    drawn = pd.DataFrame(
        {
            "column": [view.words(f"code.age.{band}") for band, _, _ in cells],
            "group": [view.words(f"code.waiting.{state}") for _, state, _ in cells],
            "value": [count for _, _, count in cells], "label": [view.number(count) for _, _, count in cells],
            "place": [states.index(state) for _, state, _ in cells],
        }
    )  # fmt: skip
    fills = dict(zip((view.words(f"code.waiting.{state}") for state in states),
                     (view.colours.muted, view.colours.eu), strict=True))  # fmt: skip
    return bars.stacked_columns(drawn, view.colours, fills, view.words("column.open_cases"))


def _say_ageing(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.ageing.finding",
        all=view.number(frame["open_cases"].sum()), day=format.day(as_of(view), view.language),
        old=view.number(frame.loc[frame["age"].isin(OLD), "open_cases"].sum()),
        waiting=view.number(frame.loc[frame["waiting"] == "first_response", "open_cases"].sum()),
    )  # fmt: skip


AGEING = Figure(
    "ageing", _ageing, _draw_ageing, _say_ageing, records.cases, CASES, title=_say_ageing, loosens=("theme", "place")
)


def _satisfaction(view: View) -> pd.DataFrame:
    """Only groups that tell of nobody: where what is left out of a breakdown would itself be fewer than five answers,
    to be had by subtraction, the smallest group shown is left out as well."""
    frame = view.frame(ask.satisfaction)
    whole = frame["desk"].isna() & frame["topic"].isna()
    kept = [frame[whole]]
    for name in ("desk", "topic"):
        groups = frame[frame[name].notna()]
        counted = groups.groupby(name)["answers"].sum()
        if 0 < frame.loc[whole, "answers"].sum() - counted.sum() < ask.LEAST_ANSWERS and len(counted):
            groups = groups[groups[name] != counted.idxmin()]
        kept.append(groups)
    return pd.concat(kept, ignore_index=True)


def _draw_satisfaction(frame: pd.DataFrame, view: View) -> Any:
    named = frame.assign(name=[group_name(row, view) for row in rows(frame)])
    n = named.groupby("name")["answers"].transform("sum")
    share = 100 * named["answers"] / n
    drawn = pd.DataFrame(
        {
            "name": named["name"], "level": named["rating"].astype(int) - 1, "share": share,
            "n": [view.words("helpdesk.n", count=view.number(count)) for count in n],
            "label": [percent(value, view) for value in share],
        }
    )  # fmt: skip
    return diverging(drawn, [view.words(f"code.rating.{level}") for level in range(1, 6)], view.colours)


def _rated(frame: pd.DataFrame) -> tuple[int, int, int]:
    """All answers, those of 4 and 5, and those of 1 and 2."""
    every = frame[frame["desk"].isna() & frame["topic"].isna()]
    satisfied, not_satisfied = every["rating"] >= 4, every["rating"] <= 2
    counts = (every["answers"].sum(), every.loc[satisfied, "answers"].sum(), every.loc[not_satisfied, "answers"].sum())
    return int(counts[0]), int(counts[1]), int(counts[2])


def _say_satisfaction(frame: pd.DataFrame, view: View) -> str:
    n, good, bad = _rated(frame)
    return view.words(
        "figure.satisfaction.finding",
        good=format.share(good / n, view.language), bad=format.share(bad / n, view.language), count=view.number(n),
    )  # fmt: skip


def _note_satisfaction(frame: pd.DataFrame, view: View) -> str:
    n, good, _ = _rated(frame)
    interval = statistics.wilson(good, n)
    assert interval is not None
    return view.words(
        "figure.satisfaction.note",
        count=view.number(n), cases=view.number(view.frame(ask.service)["cases"].iloc[0]), least=ask.LEAST_ANSWERS,
        low=format.share(interval.low, view.language), high=format.share(interval.high, view.language),
    )  # fmt: skip


SATISFACTION = Figure(
    "satisfaction", _satisfaction, _draw_satisfaction, _say_satisfaction, None, CASES,
    title=_say_satisfaction, note=_note_satisfaction,
)  # fmt: skip
