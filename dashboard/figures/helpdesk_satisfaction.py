"""How satisfied enquirers were, without telling of any one of them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import native
from dashboard.charts.diverging import diverging
from dashboard.figures.area import MAJORITY, judge_interval
from dashboard.figures.helpdesk import CASES, group_name, percent, rows
from dashboard.figures.model import Figure, Tone, View
from dashboard.queries import helpdesk_service as ask
from dashboard.settings import suppression_threshold
from dashboard.text import format


def _satisfaction(view: View) -> pd.DataFrame:
    """Only groups that tell of nobody: where what is left out of a breakdown would itself be fewer answers than the
    threshold, to be had by subtraction, the smallest group shown is left out as well."""
    frame = view.frame(ask.satisfaction)
    whole = frame["desk"].isna() & frame["topic"].isna()
    kept = [frame[whole]]
    for name in ("desk", "topic"):
        groups = frame[frame[name].notna()]
        counted = groups.groupby(name)["answers"].sum()
        if 0 < frame.loc[whole, "answers"].sum() - counted.sum() < suppression_threshold() and len(counted):
            groups = groups[groups[name] != counted.idxmin()]
        kept.append(groups)
    return pd.concat(kept, ignore_index=True)


def _draw_satisfaction(frame: pd.DataFrame, view: View, form: Any = diverging) -> Any:
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
    return form(drawn, [view.words(f"code.rating.{level}") for level in range(1, 6)], view.colours)


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
    interval, cases = statistics.wilson(good, n), view.frame(ask.service)["cases"].iloc[0]
    assert interval is not None
    return view.words(
        "figure.satisfaction.note",
        count=view.number(n), cases=view.number(cases), least=suppression_threshold(),
        low=format.share(interval.low, view.language), high=format.share(interval.high, view.language),
    )  # fmt: skip


def _judge_satisfaction(frame: pd.DataFrame, _view: View) -> Tone | None:
    """Whether most are satisfied."""
    n, good, _ = _rated(frame)
    interval = statistics.wilson(good, n)
    return judge_interval(interval.low, interval.high, MAJORITY) if interval else None


SATISFACTION = Figure(
    "satisfaction", _satisfaction, _draw_satisfaction, _say_satisfaction, None, CASES,
    title=_say_satisfaction, note=_note_satisfaction, native=partial(_draw_satisfaction, form=native.diverging),
    judge=_judge_satisfaction,
)  # fmt: skip
