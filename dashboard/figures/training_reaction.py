"""Kirkpatrick's first level, reaction: what participants thought of the seminars."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import diverging, estimates, native
from dashboard.figures import training_measures as measures
from dashboard.figures.area import MAJORITY
from dashboard.figures.model import Figure, View
from dashboard.queries import training as ask
from dashboard.text import format

WORST_SCORE, BEST_SCORE = -100, 100


def satisfaction(view: View) -> pd.DataFrame:
    """How many gave which rating, and the share of 4 and 5."""
    return measures.answered(view, ask.satisfaction, "seminar", "answers", measures.SATISFIED)


def _draw_satisfaction(frame: pd.DataFrame, view: View, form: Any = diverging.diverging) -> Any:
    names = measures.short_names(frame, view)
    drawn = [
        {
            "name": name, "level": level - 1, "share": 100 * count / row.answers if row.answers > 0 else 0.0,
            "label": format.share(count / row.answers, view.language) if row.answers > 0 else "",
            "n": measures.missing_words(row, "answers", view) or view.words("training.n", n=view.number(row.answers)),
        }
        for name, row in zip(names, measures.rows(frame), strict=True)
        for level in ask.LEVELS
        for count in [getattr(row, f"rated_{level}")]
    ]  # fmt: skip
    levels = [view.words(f"code.rating.{level}") for level in ask.LEVELS]
    return form(pd.DataFrame(drawn), levels, view.colours)


def _say_satisfaction(frame: pd.DataFrame, view: View) -> str:
    every = measures.whole(frame)
    if missing := measures.missing_words(every, "answers", view):
        return missing
    return view.words(
        "figure.seminar_satisfaction.finding",
        share=format.share(every.share_percent / 100, view.language), n=view.number(every.answers),
        interval=measures.percents(every, view),
    )  # fmt: skip


def _missing_answers(frame: pd.DataFrame, view: View) -> str:
    """What is not known at the level of reaction."""
    return measures.say_silent("seminar_satisfaction", frame, "answers", view)


SATISFACTION = Figure(
    "seminar_satisfaction", satisfaction, _draw_satisfaction, _say_satisfaction, measures.results, "people_trained",
    title=_say_satisfaction, note=_missing_answers, native=partial(_draw_satisfaction, form=native.diverging),
    people=("answers",), judge=measures.judge("low_percent", "high_percent", 100 * MAJORITY),
)  # fmt: skip


def recommendation(view: View) -> pd.DataFrame:
    return measures.answered(view, ask.recommendation, "seminar", "answers", measures.PROMOTED)


def _draw_recommendation(frame: pd.DataFrame, view: View, form: Any = estimates.intervals) -> Any:
    labels = [
        measures.missing_words(row, "answers", view)
        or view.words(
            "figure.seminar_recommendation.label", score=format.number(row.net_promoter, view.language, sign=True),
            interval=measures.between(row, view), n=view.number(row.answers),
        )
        for row in measures.rows(frame)
    ]  # fmt: skip
    drawn = measures.estimate_rows(frame, measures.long_names(frame, view), "seminar", labels).assign(
        value=frame["net_promoter"], low=frame["interval_low"], high=frame["interval_high"]
    )
    ends, title = (WORST_SCORE, BEST_SCORE), view.words("figure.seminar_recommendation.axis")
    return form(drawn, view.colours, measures.fills(view), ends, title)


def _say_recommendation(frame: pd.DataFrame, view: View) -> str:
    every = measures.whole(frame)
    if missing := measures.missing_words(every, "answers", view):
        return missing
    turn = "more" if every.interval_low > 0 else "fewer" if every.interval_high < 0 else "balanced"
    return view.words(
        f"figure.seminar_recommendation.finding_{turn}",
        score=format.number(every.net_promoter, view.language, sign=True), interval=measures.between(every, view),
        n=view.number(every.answers),
    )  # fmt: skip


RECOMMENDATION = Figure(
    "seminar_recommendation", recommendation, _draw_recommendation, _say_recommendation, measures.results,
    "people_trained", title=_say_recommendation, native=partial(_draw_recommendation, form=native.intervals),
    people=("answers",), judge=measures.judge("interval_low", "interval_high"),
)  # fmt: skip
