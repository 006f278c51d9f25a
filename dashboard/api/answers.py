"""An answer: its body, and the same facts about the record around every body."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from dashboard.api.parameters import Parameter, Query
from dashboard.database.engine import DatabaseProblem
from dashboard.figures.captions import explained, is_illustrative, records_line
from dashboard.figures.model import View
from dashboard.settings import suppression_threshold
from dashboard.text import format

JSON = "application/json"


@dataclass(frozen=True)
class Asked:
    """A request: its query, the view of the record that answers it, the address of the server's root, and what keeps
    newer records away, if anything."""

    query: Query
    view: View
    root: str
    away: DatabaseProblem | None = None


@dataclass(frozen=True)
class Answer:
    body: bytes
    media: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resource:
    """What there is at an address: `prepare` is given what was asked and the address's `name`, raises Problem where
    there is nothing of it, and gives what makes the answer. `names` are the names there can be; the words stand under
    `api.operation.<key>`."""

    key: str
    path: str
    parameters: tuple[Parameter, ...]
    prepare: Callable[..., Callable[[], Answer]]
    media: str = JSON
    names: tuple[str, ...] = ()
    schema: str = ""
    may_be_empty: bool = False


def write(content: object, media: str = JSON) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).encode(), media)


def about(asked: Asked, **instead: Any) -> dict[str, Any]:
    """What every answer in JSON says of the record that it was taken from; `instead` replaces parts of it."""
    view, filters = asked.view, asked.view.filters
    illustrative = is_illustrative(view)
    said = {
        "as_of": moment(view.store.read_at),
        "version": view.version,
        "language": view.language,
        "filters": {
            "from": str(filters.period.first) if filters.period else None,
            "to": str(filters.period.last) if filters.period else None,
            "theme": [*filters.themes],
            "side": [*filters.sides],
            "country": [*filters.countries],
            "programme": filters.programme,
        },
        "dataset": dataset_of(view, illustrative),
        "source": records_line(view),
        "licence": view.words("api.licence"),
        "suppression_threshold": suppression_threshold(),
        "warning": view.words("problem.away", read_at=format.moment(view.store.read_at, view.language))
        if asked.away
        else None,
    }
    return said | instead


def dataset_of(view: View, illustrative: bool) -> dict[str, Any]:
    """Of what kind the records are, and what that means."""
    kind = "illustrative" if illustrative else "recorded"
    return {"kind": kind, "statement": explained(view) if illustrative else view.words("api.recorded")}


def answer(asked: Asked, data: Any, **instead: Any) -> Answer:
    """Data with what it was taken from."""
    return write({"about": about(asked, **instead), "data": data})


def moment(value: datetime) -> str:
    """A moment in UTC as RFC 3339 writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(frame: pd.DataFrame, days: Collection[str] | None = None) -> list[dict[str, Any]]:
    """A frame as objects: numbers are numbers, days and moments are written as ISO 8601 does, nothing is null. `days`
    are the columns of calendar dates, where they are known; else those without a time of day."""
    days = [str(name) for name, values in frame.items() if _of_days(values)] if days is None else days
    return [
        {str(name): plain(value, day=name in days) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _of_days(values: pd.Series) -> bool:
    if not pd.api.types.is_datetime64_any_dtype(values):
        return False
    known = values.dropna()
    return bool(known.dt.normalize().eq(known).all())


def plain(value: Any, day: bool = False) -> Any:
    """A cell as JSON has it."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if day else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bool, int, float)):
        return value
    return str(value)
