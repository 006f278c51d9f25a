"""Kirkpatrick's second level, learning: scores before and after."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import estimates, native
from dashboard.figures import training_measures as measures
from dashboard.figures.model import Figure, View
from dashboard.text import format

TOP_SCORE = 100.0


def draw_scores(
    frame: pd.DataFrame, view: View, names: list[str], by: str, form: Any = estimates.dumbbells
) -> Any:
    """Mean scores before and after, one dumbbell a row, with the paired gain in words."""
    labels = [
        measures.missing_words(row, "paired_scores", view) or gain_words(row, view) for row in measures.rows(frame)
    ]  # fmt: skip
    drawn = measures.estimate_rows(frame, names, by, labels).assign(before=frame["before"], after=frame["after"])
    title = view.words("training.scores_axis")
    return form(drawn, view.colours, measures.fills(view), TOP_SCORE, title)


def scores_natively(frame: pd.DataFrame, view: View, names: list[str], by: str) -> native.Native:
    called = view.words("column.before"), view.words("column.after")
    made: native.Native = draw_scores(frame, view, names, by, partial(native.dumbbells, names=called))
    return made


def gain_words(row: Any, view: View) -> str:
    """Mean gain with interval, Hedges' g and n."""
    return view.words(
        "training.gain", gain=measures.signed(row.gain, view), interval=measures.between(row, view, 1),
        g=view.number(row.hedges_g, 2, fixed=True), n=view.number(row.paired_scores),
    )  # fmt: skip


def _draw_seminar_scores(frame: pd.DataFrame, view: View) -> Any:
    return draw_scores(frame, view, measures.long_names(frame, view), "seminar")


def _seminar_scores_natively(frame: pd.DataFrame, view: View) -> native.Native:
    return scores_natively(frame, view, measures.long_names(frame, view), "seminar")


def _say_scores(frame: pd.DataFrame, view: View) -> str:
    every = measures.whole(frame)
    if missing := measures.missing_words(every, "paired_scores", view):
        return missing
    turn = "rose" if every.interval_low > 0 else "fell" if every.interval_high < 0 else "level"
    each = measures.single(frame)
    if turn == "rose" and len(each) == len(frame) - 1 and (each["interval_low"] > 0).all():
        turn = "rose_everywhere"
    return view.words(
        f"figure.seminar_scores.finding_{turn}", gain=format.number(abs(every.gain), view.language, 1, fixed=True),
        interval=measures.between(every, view, 1), n=view.number(every.paired_scores),
        seminars=measures.seminars(len(each), view),
    )  # fmt: skip


def _unpaired(frame: pd.DataFrame, view: View) -> str:
    return measures.say_silent("seminar_scores", frame, "paired_scores", view)


SCORES = Figure(
    "seminar_scores", lambda view: measures.scores(view, "seminar"), _draw_seminar_scores, _say_scores,
    measures.results, "training_gain", title=_say_scores, note=_unpaired, native=_seminar_scores_natively,
    people=("paired_scores",), judge=measures.judge("interval_low", "interval_high"),
)  # fmt: skip
