"""An indicator, and its measurement: value, target, status, change, trend.

Every indicator is asked of the database once, as sums a calendar month over its whole record; any period's value then
is a sum, a ratio of sums or a median of what its months hold, so that a tile, its trend line and the path to the
target can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

import pandas as pd

from dashboard import statistics
from dashboard.disclosure import hidden_counts, is_safe
from dashboard.filters import Filters, Month, Period
from dashboard.queries import programme as programme_queries
from dashboard.queries.common import Query
from dashboard.settings import suppression_threshold
from dashboard.store import Store, remembered

TOLERANCE = 0.05
"""Within this share of the planned value an indicator is on track (our convention, said in its definition)."""

HALF = 0.5
"""A count is whole: nearer to its plan than this, it could not be nearer, and is on track."""

SHORT_PERIOD = 6
"""Months that are compared when the whole programme is shown and so has no period before it."""


class Stage(StrEnum):
    """Where in the results chain an indicator stands (OECD-DAC Glossary of Key Terms, 2023)."""

    ACTIVITY = "activities"
    OUTPUT = "outputs"
    OUTCOME = "outcomes"


class Strand(StrEnum):
    """The line of work that an indicator belongs to: a row of the results chain."""

    REACH = "reach"
    HELP_DESK = "help_desk"
    PARTNERING = "partnering"
    TRAINING = "training"
    DIALOGUE = "dialogue"


class Unit(StrEnum):
    NUMBER = "number"
    PEOPLE = "people"
    SHARE = "share"
    WORKING_DAYS = "working_days"
    POINTS = "points"


class Reckoning(StrEnum):
    """How the months of a period become its value."""

    SUM = "sum"
    STOCK = "stock"
    RATIO = "ratio"
    MEAN_GAIN = "mean_gain"
    MEDIAN = "median"


class Status(StrEnum):
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue; its words stand under `indicator.<key>` in every language.

    `by_month` gives rows month, numerator and, by reckoning, denominator (RATIO, MEAN_GAIN), squares (MEAN_GAIN) or
    value (MEDIAN: how many of it). `records` gives the rows that are counted. `obeys` names the filters beside the
    period that select among its records ("theme", "place"). `about_people` says that it counts people or their answers,
    so that a group below the threshold is not told.
    """

    key: str
    stage: Stage
    strand: Strand
    unit: Unit
    reckoning: Reckoning
    by_month: Query
    records: Query
    obeys: frozenset[str] = frozenset({"theme", "place"})
    lower_is_better: bool = False
    about_people: bool = False


@dataclass(frozen=True)
class Programme:
    """What a measurement must know of the programme: its months, and until when there can be records."""

    term: Period
    today: date

    @property
    def elapsed(self) -> Period:
        """The months of the term that have begun; the first one when none has."""
        return Period(self.term.first, max(self.term.first, min(self.term.last, Month.of(self.today))))

    def unfinished(self, month: Month) -> bool:
        """Whether a month of the term is still running, so that its count will grow."""
        return self.today < month.after_last_day


@dataclass(frozen=True)
class Value:
    """The value of one period; None where there is nothing to divide by or to take the middle of, and where it would
    tell of fewer people than the threshold (`withheld`)."""

    value: float | None
    numerator: float
    denominator: float | None = None
    interval: statistics.Interval | None = None
    withheld: bool = False


@dataclass(frozen=True)
class Change:
    """How much the value of `period` differs from that of the period before it."""

    amount: float
    period: Period
    before: Period


@dataclass(frozen=True)
class Assessment:
    """A value against the path to its target: the planned value at the period's end, and by how much it differs."""

    planned: float
    gap: float
    status: Status


@dataclass(frozen=True)
class Measurement:
    """All that a tile, a row of a file or a line of the command line says of an indicator; `trend` has for each month
    of the period the value of what `trailing` counts."""

    indicator: Indicator
    period: Period
    now: Value
    target: float | None
    baseline: float | None
    assessment: Assessment | None
    change: Change | None
    trend: tuple[tuple[Month, float | None], ...]
    ignored: tuple[str, ...]


def row(measured: Measurement) -> dict[str, str | float | None]:
    """A measurement as a row for programs: the same on the command line and from the API."""
    return {
        "key": measured.indicator.key,
        "value": measured.now.value,
        "target": measured.target,
        "status": measured.assessment.status.value if measured.assessment else None,
        "period": f"{measured.period.first}/{measured.period.last}",
    }


@dataclass(frozen=True)
class TargetPath:
    """The planned values by due date, joined by straight lines; before the first and after the last they hold."""

    points: tuple[tuple[date, float], ...]

    def at(self, day: date) -> float:
        earlier = [point for point in self.points if point[0] <= day]
        later = [point for point in self.points if point[0] > day]
        if not earlier or not later:
            return (earlier or later)[-1 if earlier else 0][1]
        (start, low), (end, high) = earlier[-1], later[0]
        return low + (high - low) * ((day - start) / (end - start))


class Months:
    """The months of one indicator, from which any period's value is reckoned."""

    def __init__(self, indicator: Indicator, frame: pd.DataFrame) -> None:
        self.indicator = indicator
        self.threshold = suppression_threshold()
        self._rows: dict[Month, list[dict[str, float]]] = {}
        for row in frame.to_dict("records"):
            self._rows.setdefault(Month.of(row["month"]), []).append(row)

    @property
    def span(self) -> Period | None:
        """From the first month with a record to the last."""
        return Period(min(self._rows), max(self._rows)) if self._rows else None

    @cached_property
    def hidden(self) -> frozenset[Month]:
        """The months whose people are not told, beside the sum of all months."""
        if not self.indicator.about_people:
            return frozenset()
        return hidden_counts({month: self._people(month) for month in self._rows}, self.threshold)

    def tells(self, period: Period) -> bool:
        """Whether a period can be told beside others that overlap it: it has no hidden month, or all of them."""
        return self.hidden.isdisjoint(period.months()) or all(month in period for month in self.hidden)

    def steps(self, period: Period) -> list[Month]:
        """The months of a period up to which a running sum can be told: hidden months come in steps that hide them."""
        told: list[list[Month]] = [[]]
        for month in period.months():
            told[-1].append(month)
            if self._is_safe(told[-1]):
                told.append([])
        while len(told) > 1 and not self._is_safe(told[-1]):
            told[-2:] = [told[-2] + told[-1]]
        return [step[-1] for step in told if step]

    def _is_safe(self, months: list[Month]) -> bool:
        return is_safe([self._people(month) for month in months if month in self.hidden], self.threshold)

    def _people(self, month: Month) -> float:
        counted = "denominator" if self.indicator.reckoning in (Reckoning.RATIO, Reckoning.MEAN_GAIN) else "numerator"
        return sum(float(row[counted]) for row in self._rows[month])

    def value(self, period: Period) -> Value:
        found = self._reckoned(period)
        people = found.numerator if found.denominator is None else found.denominator
        if self.indicator.about_people and 0 < people < self.threshold:
            return Value(None, 0, withheld=True)
        return found

    def _reckoned(self, period: Period) -> Value:
        reckoning = self.indicator.reckoning
        if reckoning is Reckoning.STOCK:
            total = self._sum("numerator", lambda month: month <= period.last)
            return Value(total, total)
        numerator = self._sum("numerator", period.__contains__)
        if reckoning is Reckoning.SUM:
            return Value(numerator, numerator)
        if reckoning is Reckoning.MEDIAN:
            return Value(self._median(period), numerator)
        denominator = self._sum("denominator", period.__contains__)
        if not denominator:
            return Value(None, numerator, 0)
        if reckoning is Reckoning.MEAN_GAIN:
            squares = self._sum("squares", period.__contains__)
            gain = statistics.paired_gain_from_sums(int(denominator), numerator, squares)
            return Value(numerator / denominator, numerator, denominator, gain.interval if gain else None)
        interval = statistics.wilson(int(numerator), int(denominator))
        return Value(numerator / denominator, numerator, denominator, interval)

    def _sum(self, column: str, counts: Callable[[Month], bool]) -> float:
        return sum(float(row[column]) for month, rows in self._rows.items() if counts(month) for row in rows)

    def _median(self, period: Period) -> float | None:
        counts: dict[float, int] = {}
        for month in period.months():
            for row in self._rows.get(month, ()):
                counts[row["value"]] = counts.get(row["value"], 0) + int(row["numerator"])
        return statistics.weighted_percentile(counts, 0.5) if counts else None


def months(indicator: Indicator, filters: Filters, store: Store) -> Months:
    """What the database holds of an indicator, a month a row, whatever the period."""
    return Months(indicator, store.frame(indicator.by_month(filters.during(None))))


def target_path(indicator: Indicator, filters: Filters, store: Store) -> TargetPath | None:
    """The path to the indicator's target; None when it has none, or filters that it obeys narrow its records, since
    a target is set for the whole programme."""
    if set(chosen_filters(filters)) & indicator.obeys:
        return None
    frame = store.frame(programme_queries.targets(filters))
    points = frame[frame["indicator"] == indicator.key]
    if points.empty:
        return None
    return TargetPath(
        tuple((due.date(), float(value)) for due, value in zip(points["due_on"], points["value"], strict=True))
    )


def chosen_filters(filters: Filters) -> tuple[str, ...]:
    """What is chosen beside the period: "theme", and "place" for sides and countries."""
    chosen = {"theme": bool(filters.themes), "place": bool(filters.sides or filters.countries)}
    return tuple(name for name, is_chosen in chosen.items() if is_chosen)


def ignored_filters(indicator: Indicator, filters: Filters) -> tuple[str, ...]:
    """The chosen filters that an indicator's records know nothing of."""
    return tuple(name for name in chosen_filters(filters) if name not in indicator.obeys)


def measure(indicator: Indicator, filters: Filters, store: Store, programme: Programme) -> Measurement:
    """An indicator in the filters' period, the whole programme so far when none is chosen; measured once a version of
    the record, as tiles, chain and headline all ask for it."""
    key = ("measurement", indicator.key, filters, programme, store.version)
    return remembered(key, lambda: _measure(indicator, filters, store, programme))


def _measure(indicator: Indicator, filters: Filters, store: Store, programme: Programme) -> Measurement:
    period = filters.period or programme.elapsed
    record = months(indicator, filters, store)
    now = record.value(period)
    path = target_path(indicator, filters, store)
    return Measurement(
        indicator=indicator,
        period=period,
        now=now,
        target=planned(indicator, path, period, period.last.after_last_day) if path else None,
        baseline=path.points[0][1] if path else None,
        assessment=assess(indicator, now.value, path, period, programme.today) if path else None,
        change=_change(record, filters, programme),
        trend=tuple((month, _told(record, trailing(month, period))) for month in period.months()),
        ignored=ignored_filters(indicator, filters),
    )


def _told(record: Months, period: Period) -> float | None:
    return record.value(period).value if record.tells(period) else None


def trailing(month: Month, period: Period) -> Period:
    """What a point of the trend counts: the six months up to a month, or in a period of a year or less the month
    itself, as single months say little of activities that are rare."""
    return Period(month + (1 - SHORT_PERIOD), month) if len(period) > 2 * SHORT_PERIOD else Period(month, month)


def planned(indicator: Indicator, path: TargetPath, period: Period, until: date) -> float:
    """What was planned for a period up to a day: the increment of a sum (from the evening before the period, so that
    periods add up), the level of anything else."""
    level = path.at(until - timedelta(days=1))
    if indicator.reckoning is Reckoning.SUM:
        return level - path.at(period.first.first_day - timedelta(days=1))
    return level


def assess(
    indicator: Indicator, value: float | None, path: TargetPath, period: Period, today: date
) -> Assessment | None:
    """The value against what was planned by the period's end, or by today while the period runs."""
    if value is None:
        return None
    until = min(period.last.after_last_day, max(period.first.first_day, today) + timedelta(days=1))
    plan = planned(indicator, path, period, until)
    gap = value - plan
    better = -gap if indicator.lower_is_better else gap
    whole = indicator.reckoning in (Reckoning.SUM, Reckoning.STOCK)
    if abs(gap) <= TOLERANCE * abs(plan) or (whole and abs(gap) < HALF) or not gap:
        status = Status.ON_TRACK
    else:
        status = Status.AHEAD if better > 0 else Status.BEHIND
    return Assessment(plan, gap, status)


def _change(record: Months, filters: Filters, programme: Programme) -> Change | None:
    period = filters.period or programme.elapsed.last_months(SHORT_PERIOD)
    before = period.before()
    if before.within(programme.term) != before:
        return None
    now, then = record.value(period).value, record.value(before).value
    return None if now is None or then is None else Change(now - then, period, before)
