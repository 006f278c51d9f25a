"""The help desk's headline, its full table, and what its figures share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.figures.area import area_table, measured_words, standing
from dashboard.figures.model import View
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import measure
from dashboard.queries import helpdesk as ask
from dashboard.queries.common import Query
from dashboard.queries.programme import programmes
from dashboard.text import format

CASES = "help_desk_cases"
TILES = (CASES, "first_response_days", "cases_within_standard", "applications_supported")


def headline(view: View) -> str:
    """What a reader should take away: how much was asked, how much of it was answered in time, and what it led to; and
    whether that was the plan."""
    if not measure(CATALOGUE[CASES], view.filters, view.store, view.programme).now.value:
        return view.words("help_desk.headline_none")
    return standing(view.words("help_desk.headline", **measured_words(view, *TILES)), view, *TILES)


TABLE = area_table("case_table", ask.cases, CASES)


def asked(query: Query) -> Callable[[View], pd.DataFrame]:
    return lambda view: view.frame(query)


def rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)


def month_format(view: View) -> str:
    """How an axis of time writes a month (a d3 format)."""
    return "%b %Y" if view.language == "en" else "%Y-%m"


def percent(value: float, view: View) -> str:
    """A number of per cent, in words."""
    return format.share(value / 100, view.language)


def group_name(row: Any, view: View) -> str:
    """What a row stands for that holds all cases, or those of one desk or one topic."""
    for name in ("desk", "topic"):
        code = getattr(row, name)
        if isinstance(code, str):
            return view.words(f"code.{name}.{code}")
    return view.words("helpdesk.all_cases")


def with_wilson(frame: pd.DataFrame, part: str, whole: str) -> pd.DataFrame:
    """The frame with the share of `part` in `whole` and its 95 % interval, in per cent; all empty where there is
    nothing to divide by."""
    pairs = list(zip(frame[part].astype(int), frame[whole].astype(int), strict=True))
    found = [statistics.wilson(count, n) for count, n in pairs]
    return frame.assign(
        share_percent=[100 * count / n if n else None for count, n in pairs],
        low_percent=[100 * one.low if one else None for one in found],
        high_percent=[100 * one.high if one else None for one in found],
    ).astype(dict.fromkeys(("share_percent", "low_percent", "high_percent"), "float64"))


def against_all(frame: pd.DataFrame, part: str, whole: str, of_all: pd.Series) -> pd.DataFrame:
    """The frame with `apart`: whether a group's share is clearly below or above that of all (`of_all` holds its `part`
    and `whole`).

    Clearly means that Wilson's interval leaves it out at a confidence that is 95 % for all groups together (Bonferroni:
    1 − 5 % / number of groups), since among many groups some differ by chance.
    """
    groups = len(frame)
    overall = of_all[part] / of_all[whole] if of_all[whole] else 0.0
    found = []
    for count, n in zip(frame[part].astype(int), frame[whole].astype(int), strict=True):
        interval = statistics.wilson(count, n, 1 - (1 - statistics.CONFIDENCE) / groups)
        low, high = (interval.low, interval.high) if interval else (0.0, 1.0)
        found.append("below" if high < overall else "above" if low > overall else "same")
    return frame.assign(apart=pd.Series(found, index=frame.index, dtype="str"))


def service_standard(view: View) -> str:
    """The service standard in working days, in words; several programmes may differ in it."""
    found = view.store.frame(programmes())
    if view.filters.programme:
        found = found[found["code"] == view.filters.programme]
    return format.listing([view.number(days) for days in sorted(set(found["service_standard"]))], view.language)
