"""Kirkpatrick's third level, behaviour: what was applied half a year later."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import estimates, native
from dashboard.charts.answers import answers
from dashboard.database.schema import AFTER_SIX_MONTHS
from dashboard.figures import training_measures as measures
from dashboard.figures.model import Figure, Tone, View
from dashboard.queries import training as ask
from dashboard.settings import suppression_threshold
from dashboard.text import format

MUCH_UNKNOWN = 0.2
"""More lost to follow-up than this can turn a conclusion. Source: Sackett et al. (2000), Evidence-Based Medicine, 2nd
ed.: at most a fifth."""


def draw_applied(
    frame: pd.DataFrame, view: View, names: list[str], by: str, form: Any = estimates.intervals
) -> Any:
    """The share that applied what they learned, with its interval; those of whom it is not known in words."""
    labels = [applied_words(row, view) for row in measures.rows(frame)]
    drawn = measures.estimate_rows(frame, names, by, labels).assign(
        value=frame["share_percent"], low=frame["low_percent"], high=frame["high_percent"]
    )
    title = view.words("training.applied_axis")
    return form(drawn, view.colours, measures.fills(view), (0, 100), title, unit="%")


def applied_words(row: Any, view: View) -> str:
    unknown = view.words("training.not_known", count=view.number(row.applied_unknown))
    if missing := measures.missing_words(row, "known_answers", view):
        return missing if measures.is_hidden(row, "known_answers") else unknown
    share = view.words(
        "training.share", share=format.share(row.share_percent / 100, view.language),
        interval=measures.percents(row, view), n=view.number(row.known_answers),
    )  # fmt: skip
    return view.words("training.apart", known=share, unknown=unknown)


def _draw_seminar_applied(frame: pd.DataFrame, view: View, form: Any = estimates.intervals) -> Any:
    return draw_applied(frame, view, measures.long_names(frame, view), "seminar", form)


def _say_applied(frame: pd.DataFrame, view: View) -> str:
    every = measures.whole(frame)
    if missing := measures.missing_words(every, "known_answers", view):
        return missing
    return view.words(
        "figure.behaviour.finding", share=format.share(every.share_percent / 100, view.language),
        interval=measures.percents(every, view), n=view.number(every.known_answers),
    )  # fmt: skip


def _bounds(frame: pd.DataFrame, view: View) -> str:
    """What the share would be at worst and at best, were the unknown answers known."""
    every = measures.whole(frame)
    if measures.missing_words(every, "known_answers", view):
        return view.words("figure.behaviour.unknown_all")
    asked = every.known_answers + every.applied_unknown
    people = measures.totals(view).participants
    if pd.isna(people):
        return view.words("figure.behaviour.unknown_all")
    return view.words(
        "figure.behaviour.unknown", unknown=view.number(every.applied_unknown), asked=view.number(asked),
        silent=view.number(max(people - asked, 0)), people=view.number(people),
        least=format.share(every.applied_yes / asked, view.language),
        most=format.share((every.applied_yes + every.applied_unknown) / asked, view.language),
    )  # fmt: skip


BEHAVIOUR = Figure(
    "behaviour", lambda view: measures.applied(view, "seminar"), _draw_seminar_applied, _say_applied, measures.results,
    "applied_after_six_months", title=_say_applied, note=_bounds, people=("known_answers",),
    native=partial(_draw_seminar_applied, form=native.intervals),
)  # fmt: skip


def _draw_follow_up(frame: pd.DataFrame, view: View, form: Any = answers) -> Any:
    """How many answered what after half a year, those of whom it is not known apart."""
    counts = {answer: frame[f"applied_{answer}"] for answer in AFTER_SIX_MONTHS}
    fills = {"yes": view.colours.eu, "no": view.colours.soft, "unknown": view.colours.border}
    return measures.draw_answers(measures.short_names(frame, view), counts, fills, view, form)


def _follow_up(view: View) -> pd.DataFrame:
    frame = measures.answered(view, ask.applied, "seminar", "known_answers")
    return frame[frame["scope"] != "all"]


def _say_follow_up(frame: pd.DataFrame, view: View) -> str:
    if frame["applied_unknown"].isna().all():
        return view.words("training.too_few", threshold=view.number(suppression_threshold()))
    unknown, known = frame["applied_unknown"].sum(), frame["known_answers"].sum()
    return view.words("figure.follow_up.finding", unknown=view.number(unknown), asked=view.number(unknown + known))


def _judge_follow_up(frame: pd.DataFrame, _view: View) -> Tone | None:
    unknown, known = frame["applied_unknown"].sum(), frame["known_answers"].sum()
    return Tone.BAD if unknown > MUCH_UNKNOWN * (unknown + known) else None


FOLLOW_UP = Figure(
    "follow_up", _follow_up, _draw_follow_up, _say_follow_up, measures.results, "applied_after_six_months",
    title=_say_follow_up, people=("known_answers",), native=partial(_draw_follow_up, form=native.answers),
    judge=_judge_follow_up,
)  # fmt: skip
