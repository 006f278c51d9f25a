"""How many cases usually come in a month: reckoned once, for the chart and for the sentences about it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import statistics
from dashboard.figures.model import View
from dashboard.filters import Month, Period
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_demand as ask
from dashboard.store import remembered

LEAST_MONTHS = 6
LEAST_MEAN = 1.0
"""Control limits from fewer months, or of counts that are mostly 0 or 1, would say little (Wheeler, 2000)."""


@dataclass(frozen=True)
class Usual:
    """The cases of each finished month that the limits are reckoned from, and the limits where there are enough."""

    cases: dict[Month, int]
    limits: statistics.XmR | None

    @property
    def months(self) -> list[Month]:
        return list(self.cases)

    @property
    def signals(self) -> dict[Month, str]:
        """The months that are none of routine variation: `outside` the limits, or in a long `run`."""
        if self.limits is None:
            return {}
        months, outside = self.months, self.limits.outside
        return {months[place]: "outside" if place in outside else "run" for place in self.limits.signals}

    def runs(self) -> list[Period]:
        """The stretches of eight or more months on one side of the mean."""
        months, found = self.months, self.limits.runs if self.limits else ()
        return [Period(months[run.start], months[run.stop - 1]) for run in found]


def usual(view: View) -> Usual:
    """What is usual up to the end of the view's period. What came before the period is part of it, so that looking
    closer turns no signal into routine; what came after is not, so that what was said of a period goes on to hold."""
    return remembered(("usual cases", view.identity), lambda: _reckoned(view))


def desk_months(view: View) -> list[Month]:
    """The months up to the end of the view's period that have begun, from the one in which the programme's first case
    was opened."""
    opened = view.frame(ask.first_opened)["opened"].iloc[0]
    last = view.last_month
    if pd.isna(opened) or last < view.programme.term.first:
        return []
    first = max(Month.of(opened), view.programme.term.first)
    return Period(min(first, last), last).months()


def cases_by_month(view: View) -> dict[Month, int]:
    """How many cases of the selection were opened in a month, of whatever period."""
    counted = view.select(records.cases_by_month(view.filters.during(None)))
    return {Month.of(month): int(count) for month, count in zip(counted["month"], counted["numerator"], strict=True)}


def _reckoned(view: View) -> Usual:
    found = cases_by_month(view)
    cases = {month: found.get(month, 0) for month in desk_months(view) if not view.programme.unfinished(month)}
    enough = len(cases) >= LEAST_MONTHS and sum(cases.values()) >= LEAST_MEAN * len(cases)
    return Usual(cases, statistics.xmr(cases.values(), floor=0) if enough else None)
