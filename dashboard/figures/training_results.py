"""Kirkpatrick's fourth level: what came of training, as far as the record tells."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import estimates, grid, native
from dashboard.figures import training_measures as measures
from dashboard.figures.area import judge_results
from dashboard.figures.model import Figure, View
from dashboard.figures.training_measures import rows
from dashboard.queries import training_results as ask

NAMED = ("cases", "applications", "funded_applications", "partnerships")


def _draw_named(frame: pd.DataFrame, view: View) -> Any:
    names = measures.short_names(frame.assign(scope="one"), view)
    cells = [
        {
            "row": name, "column": view.words(f"column.{column}"), "value": getattr(row, column),
            "label": view.number(getattr(row, column)), "total": not getattr(row, column),
        }
        for name, row in zip(names, rows(frame), strict=True)
        for column in NAMED
    ]  # fmt: skip
    return grid.grid(pd.DataFrame(cells), view.colours, view.words("training.records"))


def _say_named(frame: pd.DataFrame, view: View) -> str:
    counts = {name: frame[name].sum() for name in NAMED}
    if not any(counts.values()):
        return view.words("figure.training_origins.finding_none")
    return view.words(
        "figure.training_origins.finding", **{name: view.number(count) for name, count in counts.items()}
    )  # fmt: skip


def _unknown_results(_: pd.DataFrame, view: View) -> str:
    return view.words("figure.training_origins.unknown")


ORIGINS = Figure(
    "training_origins", lambda view: view.frame(ask.named), _draw_named, _say_named, ask.named_records,
    "training_seminars", title=_say_named, note=_unknown_results, judge=judge_results,
)  # fmt: skip


def _around(view: View) -> pd.DataFrame:
    """Cases before and after each seminar, their rate ratio with its exact interval, and all of them."""
    frame = view.frame(ask.cases_around)
    found = [{"scope": "one", **row} for row in frame.to_dict("records")]
    every = measures.with_all(found, ["cases_before", "cases_after"])
    return measures.framed(every, ["scope", *map(str, frame.columns)], RATIO)


def _ratio(row: Any) -> tuple[float | None, ...] | None:
    found = statistics.poisson_rate_ratio(int(row.cases_before), int(row.cases_after))
    return (found.ratio, found.interval.low, found.interval.high) if found else None


RATIO = measures.Estimate(("rate_ratio", "interval_low", "interval_high"), _ratio)


def _draw_around(frame: pd.DataFrame, view: View, form: Any = estimates.dumbbells) -> Any:
    named = frame.assign(together=len(frame) - 1)
    labels = [
        view.words("figure.cases_around_training.counts", before=view.number(row.cases_before),
                   after=view.number(row.cases_after), ratio=_ratio_words(row, view))
        if row.scope == "all" else _ratio_words(row, view)
        for row in rows(frame)
    ]  # fmt: skip
    seminars = frame["scope"] == "one"  # dots of their sum would squeeze all others against zero
    before, after = (frame[name].astype("float64").where(seminars) for name in ("cases_before", "cases_after"))
    drawn = measures.estimate_rows(named, measures.long_names(named, view), "seminar", labels).assign(
        before=before, after=after
    )
    top = max(before.max(), after.max(), 1.0)
    title = view.words("figure.cases_around_training.axis", days=view.number(ask.WINDOW_DAYS))
    return form(drawn, view.colours, measures.fills(view), top, title)


def _around_natively(frame: pd.DataFrame, view: View) -> native.Native:
    called = view.words("column.cases_before"), view.words("column.cases_after")
    made: native.Native = _draw_around(frame, view, partial(native.dumbbells, names=called, digits=0))
    return made


def _ratio_words(row: Any, view: View) -> str:
    if pd.isna(row.rate_ratio):
        return view.words("figure.cases_around_training.no_cases")
    return view.words(
        "figure.cases_around_training.label", ratio=_finite(row.rate_ratio, view),
        low=_finite(row.interval_low, view), high=_finite(row.interval_high, view),
    )  # fmt: skip


def _finite(ratio: float, view: View) -> str:
    if ratio == float("inf"):
        return view.words("training.infinite")
    return view.number(ratio, 2 if ratio < 10 else 0, fixed=True)


def _say_around(frame: pd.DataFrame, view: View) -> str:
    every = measures.whole(frame)
    counts = {"before": view.number(every.cases_before), "after": view.number(every.cases_after)}
    if pd.isna(every.rate_ratio):
        return view.words("figure.cases_around_training.finding_none")
    turn = "more" if every.interval_low > 1 else "fewer" if every.interval_high < 1 else "level"
    return view.words(f"figure.cases_around_training.finding_{turn}", **counts, ratio=_ratio_words(every, view))


def _caveat(_: pd.DataFrame, view: View) -> str:
    return view.words("figure.cases_around_training.unknown", days=view.number(ask.WINDOW_DAYS))


AROUND = Figure(
    "cases_around_training", _around, _draw_around, _say_around, ask.cases_around_records,
    "help_desk_cases", title=_say_around, note=_caveat, native=_around_natively,
    judge=measures.judge("interval_low", "interval_high", 1),
)  # fmt: skip
