"""Training: the headline, who came, and the full table.

The figures of Kirkpatrick's four levels are in `training_reaction`, `training_learning`, `training_behaviour` and
`training_results`; comparisons of institutions in `training_groups`.
Source of the levels: Kirkpatrick and Kirkpatrick (2006), Evaluating Training Programs, 3rd ed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.answers import answers
from dashboard.database.schema import AFTER_SIX_MONTHS
from dashboard.figures import training_measures as measures
from dashboard.figures.area import standing
from dashboard.figures.model import Figure, View
from dashboard.figures.training_reaction import recommendation, satisfaction
from dashboard.filters import Filters
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.queries import events
from dashboard.queries import training as ask
from dashboard.queries.common import Statement
from dashboard.settings import suppression_threshold
from dashboard.text import format

SCORED = ("paired_scores", "before", "after", "gain", "hedges_g")


def headline(view: View) -> str:
    """What a reader should take away: how many came, what they gained, and how many applied it; and whether that was
    the plan."""
    found = view.frame(ask.seminars)
    if found.empty:
        return view.words("training.headline_none")
    people = measures.totals(view).participants
    if pd.isna(people):
        return view.words("training.headline_few", seminars=measures.seminars(len(found), view))
    return standing(_results(found, people, view), view, *keys_of(Strand.TRAINING))


def _results(found: pd.DataFrame, people: float, view: View) -> str:
    counts = {
        "people": format.quantity(people, "people", view.language),
        "seminars": measures.seminars(len(found), view),
    }
    scores, applied = measures.scores(view, "seminar"), measures.applied(view, "seminar")
    if scores.empty or pd.isna(gain := measures.whole(scores).gain):
        return view.words("training.headline_counts", **counts)
    told = counts | {"gain": format.quantity(gain, "points", view.language, sign=True)}
    if applied.empty or pd.isna(share := measures.whole(applied).share_percent):
        return view.words("training.headline_gain", **told)
    return view.words("training.headline", **told, share=format.share(share / 100, view.language))


def held(filters: Filters) -> Statement:
    return events.activities(filters, "training")


def _draw_participants(frame: pd.DataFrame, view: View, form: Any = answers) -> Any:
    names = measures.short_names(frame.assign(scope="one"), view)
    silent = (frame["participants"] - frame["answers"]).clip(lower=0)
    fills = {"answered": view.colours.eu, "silent": view.colours.border}
    return measures.draw_answers(names, {"answered": frame["answers"], "silent": silent}, fills, view, form)


def _participants(view: View) -> pd.DataFrame:
    """The seminars; how many answered is empty too where it is not told how many came."""
    found = view.frame(ask.seminars)
    return found.assign(answers=found["answers"].where(found["participants"].notna()))


def _say_participants(frame: pd.DataFrame, view: View) -> str:
    if frame["participants"].isna().any():
        return view.words("figure.seminar_participants.finding_few", threshold=view.number(suppression_threshold()))
    people = format.quantity(measures.totals(view).participants, "people", view.language)
    if len(frame) == 1:
        return view.words("figure.seminar_participants.finding_one", people=people)
    return view.words(
        "figure.seminar_participants.finding", people=people, seminars=measures.seminars(len(frame), view),
        least=view.number(frame["participants"].min()), most=view.number(frame["participants"].max()),
    )  # fmt: skip


PARTICIPANTS = Figure(
    "seminar_participants", _participants, _draw_participants, _say_participants, held,
    "people_trained", title=_say_participants, native=partial(_draw_participants, form=native.answers),
    people=("participants", "answers"),
)  # fmt: skip


def _table(view: View) -> pd.DataFrame:
    """Every seminar with what is known of it; empty where too few answered."""
    told = (
        (satisfaction(view), {"satisfied_percent": "share_percent"}),
        (recommendation(view), {"net_promoter": "net_promoter"}),
        (measures.scores(view, "seminar"), {name: name for name in SCORED}),
        (measures.applied(view, "seminar"), {f"applied_{answer}": f"applied_{answer}" for answer in AFTER_SIX_MONTHS}),
    )
    table = _participants(view).drop(columns="side")
    for found, columns in told:
        by_code = {row["code"]: row for row in found.to_dict("records") if row["scope"] == "one"}
        for name, source in columns.items():
            table[name] = [by_code.get(code, {}).get(source, measures.NAN) for code in table["code"]]
    return table


def _say_table(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.table_alt", count=view.number(len(frame)))


TABLE = Figure(
    "seminar_table", _table, None, _say_table, None, "training_gain",
    people=("participants", "answers", "paired_scores"),
)  # fmt: skip
