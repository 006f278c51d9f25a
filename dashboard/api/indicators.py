"""The headline indicators: all of one selection as rows, and each with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from dashboard.api.answers import Answer, Asked, answer
from dashboard.api.files import csv_of
from dashboard.api.problems import unknown_name
from dashboard.figures.captions import DEFINED
from dashboard.figures.measured import measured
from dashboard.indicators.catalogue import CATALOGUE, INDICATORS
from dashboard.indicators.model import Measurement, Value, months, row, trailing
from dashboard.indicators.reconciliation import published
from dashboard.settings import suppression_threshold
from dashboard.text import words


def row_of(found: Measurement) -> dict[str, Any]:
    """The command line's row, its unit, and whether the value would tell of too few people."""
    return row(found) | {"unit": found.indicator.unit.value, "withheld": found.now.withheld}


def as_json(asked: Asked) -> Callable[[], Answer]:
    return lambda: answer(asked, _rows(asked))


def as_csv(asked: Asked) -> Callable[[], Answer]:
    return lambda: csv_of(pd.DataFrame(_rows(asked)), asked, "indicators")


def _rows(asked: Asked) -> list[dict[str, Any]]:
    return [row_of(measured(indicator, asked.view)) for indicator in INDICATORS]


def one(asked: Asked, name: str) -> Callable[[], Answer]:
    """An indicator with its definition, what its value is made of, its target, its change and its months."""
    if name not in CATALOGUE:
        raise unknown_name(name, [*CATALOGUE], f"{asked.root}/api/indicators", asked.view.language)
    return lambda: answer(asked, _whole(asked, name))


def _whole(asked: Asked, key: str) -> dict[str, Any]:
    view, indicator = asked.view, CATALOGUE[key]
    found = measured(indicator, view)
    assessed, change, said = found.assessment, found.change, published(view.store, view.filters).get(key)
    known = words(view.language)
    return row_of(found) | _made_of(found) | {
        "baseline": found.baseline,
        "planned": assessed.planned if assessed else None,
        "gap": assessed.gap if assessed else None,
        "change": {"amount": change.amount, "period": f"{change.period.first}/{change.period.last}",
                   "before": f"{change.before.first}/{change.before.last}"} if change else None,
        "ignored_filters": [*found.ignored],
        "lower_is_better": indicator.lower_is_better,
        "stage": indicator.stage.value, "strand": indicator.strand.value,
        "published": {"value": said.value, "qualifier": said.qualifier, "statement": said.statement,
                      "source": said.source_title, "address": said.source_address} if said else None,
        "definition": {part: known[f"indicator.{key}.{part}"] for part in ("name", *DEFINED)
                       if f"indicator.{key}.{part}" in known},
        "trend": _trend(asked, found),
    }  # fmt: skip


def _made_of(found: Measurement) -> dict[str, Any]:
    """Numerator, denominator and interval, as far as they tell of nobody."""
    now, interval = found.now, found.now.interval
    return {
        "numerator": None if _tells(found, now) else now.numerator,
        "denominator": None if now.withheld else now.denominator,
        "interval": {"low": interval.low, "high": interval.high, "level": 0.95} if interval else None,
    }


def _tells(found: Measurement, value: Value) -> bool:
    """Whether a numerator counts fewer people than the threshold, but some."""
    few = found.indicator.about_people and 0 < value.numerator < suppression_threshold()
    return value.withheld or few


def _trend(asked: Asked, found: Measurement) -> list[dict[str, Any]]:
    """The value of each month of the period, and from which month on it counts."""
    record = months(found.indicator, asked.view.filters, asked.view.store)
    points = []
    for month, value in found.trend:
        counted = trailing(month, found.period)
        withheld = record.value(counted).withheld or not record.tells(counted)
        points.append({"month": str(month), "since": str(counted.first), "value": value, "withheld": withheld})
    return points
