"""The figures of what is open: the backlog over time, and how long open cases have been open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import bars, native
from dashboard.charts.stock import stock
from dashboard.figures.helpdesk import CASES, month_format, rows
from dashboard.figures.model import Figure, Tone, View
from dashboard.filters import Month
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_service as ask
from dashboard.text import format

OLD = ("year", "over")
"""Bands of age beyond twelve weeks."""


def _backlog(view: View) -> pd.DataFrame:
    flows = view.frame(ask.flows)
    period = (view.filters.period or view.programme.term).within(view.programme.elapsed)
    if flows.empty or not period:
        return pd.DataFrame(columns=["month", "open_cases", "waiting_cases"])
    upto = flows.set_index("month").cumsum()
    months = [
        pd.Timestamp(month.first_day) for month in period.months() if upto.index[0] <= pd.Timestamp(month.first_day)
    ]
    levels = upto.reindex(upto.index.union(months)).ffill().loc[months]
    return pd.DataFrame(
        {
            "month": months,
            "open_cases": (levels["opened_cases"] - levels["closed_cases"]).astype(int).tolist(),
            "waiting_cases": (levels["opened_cases"] - levels["answered"]).astype(int).tolist(),
        }
    )


def _draw_backlog(frame: pd.DataFrame, view: View, form: Any = stock) -> Any:
    drawn = pd.DataFrame(
        {
            "date": frame["month"] + pd.Timedelta(days=14),  # in the middle of what the axis calls by the month's name
            "whole": frame["open_cases"], "part": frame["waiting_cases"],
            "label": [
                view.words("helpdesk.backlog", month=format.month_of(row.month, view.language),
                           open=view.number(row.open_cases), waiting=view.number(row.waiting_cases))
                for row in rows(frame)
            ],
        }
    )  # fmt: skip
    names = view.words("helpdesk.open_cases"), view.words("helpdesk.waiting_cases")
    return form(drawn, names, view.colours, month_format(view))


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
    "backlog",
    _backlog,
    _draw_backlog,
    _say_backlog,
    records.cases,
    CASES,
    title=_say_backlog,
    native=partial(_draw_backlog, form=native.stock),
    loosens=("theme", "place"),
)


def as_of(view: View) -> date:
    """The day at whose end open cases are looked at: the last of the period shown, or today while it runs."""
    period = view.filters.period or view.programme.term
    return min(period.last.after_last_day - timedelta(days=1), view.programme.today)


def _ageing(view: View) -> pd.DataFrame:
    return view.select(ask.ageing(view.filters, as_of(view) + timedelta(days=1))).drop(columns="rank")


def _draw_ageing(frame: pd.DataFrame, view: View, form: Any = bars.stacked_columns) -> Any:
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
    return form(drawn, view.colours, fills, view.words("column.open_cases"))


def _say_ageing(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.ageing.finding",
        all=view.number(frame["open_cases"].sum()), day=format.day(as_of(view), view.language),
        old=view.number(frame.loc[frame["age"].isin(OLD), "open_cases"].sum()),
        waiting=view.number(frame.loc[frame["waiting"] == "first_response", "open_cases"].sum()),
    )  # fmt: skip


def _judge_ageing(frame: pd.DataFrame, _view: View) -> Tone | None:
    return Tone.BAD if frame.loc[frame["age"].isin(OLD), "open_cases"].any() else None


AGEING = Figure(
    "ageing", _ageing, _draw_ageing, _say_ageing, records.cases, CASES, title=_say_ageing, loosens=("theme", "place"),
    native=partial(_draw_ageing, form=native.stacked_columns), judge=_judge_ageing,
)  # fmt: skip
