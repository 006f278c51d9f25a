"""What the pages of an area share: a headline from their indicators, and the full table of their records."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.model import Figure, Tone, View
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Status, Strand, measure
from dashboard.queries.common import Query
from dashboard.text import format

MAJORITY = 0.5

SEVERAL = 5
"""That none of fewer activities led to a result says little."""


def measured_words(view: View, *keys: str) -> dict[str, str]:
    """Each indicator's value in words, by key, to put into a sentence."""
    return {
        one.key: format.quantity(
            measure(one, view.filters, view.store, view.programme).now.value, one.unit, view.language
        )
        for one in INDICATORS
        if one.key in keys
    }


def standing(said: str, view: View, *keys: str) -> str:
    """A headline with what is behind plan of these indicators, or that none is; as it was where none is compared."""
    found = [measure(one, view.filters, view.store, view.programme) for one in INDICATORS if one.key in keys]
    assessed = {one.indicator.key: one.assessment.status for one in found if one.assessment}
    behind = [key for key, status in assessed.items() if status is Status.BEHIND]
    if not assessed:
        return said
    if not behind:
        return view.words("area.on_plan", said=said)
    names = format.listing([view.words(f"indicator.{key}.name") for key in behind], view.language)
    return view.words("area.behind", said=said, names=names)


def area_headline(view: View, strand: Strand) -> str:
    """The area's results in one sentence."""
    keys = [one.key for one in INDICATORS if one.strand is strand]
    return view.words(f"{strand}.headline", **measured_words(view, *keys))


def judge_interval(low: float, high: float, level: float = 0.0) -> Tone | None:
    """A strength where an interval lies above a level, a weakness where it lies below."""
    return Tone.GOOD if low > level else Tone.BAD if high < level else None


def judge_results(frame: pd.DataFrame, _view: View) -> Tone | None:
    """Of activities: whether a partnership or a funded application names one of them."""
    if frame[["partnerships", "funded_applications"]].any(axis=None):
        return Tone.GOOD
    return Tone.BAD if len(frame) >= SEVERAL else None


def area_table(key: str, query: Query, indicator: str, people: tuple[str, ...] = ()) -> Figure:
    """The full table of an area."""

    def data(view: View):  # type: ignore[no-untyped-def]
        return view.frame(query)

    return Figure(
        key,
        data,
        None,
        lambda frame, view: view.words("figure.table_alt", count=view.number(len(frame))),
        None,
        indicator,
        people=people,
    )
