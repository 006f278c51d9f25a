"""The public view of every table of the record, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import sqlalchemy as sa

from dashboard.api.answers import Answer, Asked, about, answer, dataset_of, rows, write
from dashboard.api.files import csv_of
from dashboard.api.problems import unknown_name
from dashboard.figures import framework
from dashboard.filters import Filters
from dashboard.queries.common import Statement
from dashboard.queries.public import TABLES, public
from dashboard.settings import suppression_threshold

FROM_CORDIS = "eu_"
EVERYONE = 1
"""The threshold at which no count is hidden."""


def index(asked: Asked) -> Callable[[], Answer]:
    """Every table with its columns and how many rows of it pass the filters."""
    return lambda: answer(asked, [_entry(asked, table) for table in TABLES])


def _entry(asked: Asked, table: str) -> dict[str, Any]:
    address, columns = f"{asked.root}/api/tables/{table}", _select(asked, table).selected_columns
    return {
        "name": table,
        "rows": _count(asked, table),
        "columns": [{"name": column.name, "type": kind(column.type)} for column in columns],
        "json": f"{address}.json", "csv": f"{address}.csv",
    }  # fmt: skip


def as_json(asked: Asked, name: str) -> Callable[[], Answer]:
    _require(asked, name)
    return lambda: _page(asked, name)


def as_csv(asked: Asked, name: str) -> Callable[[], Answer]:
    _require(asked, name)
    return lambda: _file(asked, name)


def _require(asked: Asked, table: str) -> None:
    if table not in TABLES:
        raise unknown_name(table, TABLES, f"{asked.root}/api/tables", asked.view.language)


def _page(asked: Asked, table: str) -> Answer:
    frame, total = _rows(asked, table), _count(asked, table)
    hidden = _withheld(asked, table, frame)
    said = rows(frame, _named(asked, table, "date"))
    found = [row | {"withheld": names} if names else row for row, names in zip(said, hidden, strict=True)]
    following = _next(asked, table, total, "json")
    return write({
        "about": about(asked, **_origin(asked, table)),
        "table": table, "total": total, "limit": asked.query.number("limit"), "offset": asked.query.number("offset"),
        "next": following, "data": found,
    })  # fmt: skip


def _file(asked: Asked, table: str) -> Answer:
    frame, total = _rows(asked, table), _count(asked, table)
    first = asked.query.number("offset") + 1
    part = "" if len(frame) == total else f"_rows-{first}-{first + len(frame) - 1}-of-{total}"
    dates = {name: frame[name].dt.strftime("%Y-%m-%d") for name in _named(asked, table, "date")}
    made = csv_of(frame.assign(**dates), asked, f"{table}{part}", _origin(asked, table).get("source"))
    following = _next(asked, table, total, "csv")
    link = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Answer(made.body, made.media, {**made.headers, "X-Total-Count": str(total), **link})


def _next(asked: Asked, table: str, total: int, suffix: str) -> str | None:
    """The address of the rows after these."""
    limit, offset = asked.query.number("limit"), asked.query.number("offset")
    if offset + limit >= total:
        return None
    paging = [("lang", asked.view.language), ("limit", str(limit)), ("offset", str(offset + limit))]
    return f"{asked.root}/api/tables/{table}.{suffix}?{urlencode([*asked.view.filters.query(), *paging])}"


def _origin(asked: Asked, table: str) -> dict[str, Any]:
    """What is said otherwise of tables that CORDIS filled."""
    view = asked.view
    if not table.startswith(FROM_CORDIS):
        return {}
    return {"source": framework.line(view), "dataset": dataset_of(view, False),
            "licence": view.words("framework.about.source")}  # fmt: skip


def _select(asked: Asked, table: str, threshold: int | None = None) -> Statement:
    filters: Filters = asked.view.filters
    return public(table, filters, threshold or suppression_threshold())


def _rows(asked: Asked, table: str, threshold: int | None = None) -> pd.DataFrame:
    """A page of rows, whole numbers as such though some are empty."""
    limit, offset = asked.query.number("limit"), asked.query.number("offset")
    frame = asked.view.select(_select(asked, table, threshold).limit(limit).offset(offset))
    return frame.astype(dict.fromkeys(_named(asked, table, "integer"), "Int64"))


def _named(asked: Asked, table: str, wanted: str) -> list[str]:
    return [column.name for column in _select(asked, table).selected_columns if kind(column.type) == wanted]


def _count(asked: Asked, table: str) -> int:
    found = _select(asked, table).order_by(None).subquery()
    return int(asked.view.store.value(sa.select(sa.func.count()).select_from(found)))


def _withheld(asked: Asked, table: str, frame: pd.DataFrame) -> list[list[str]]:
    """For each row the columns that are empty only so that nobody is told of."""
    whole = _rows(asked, table, EVERYONE)
    hidden = frame.isna() & whole.notna()
    return [[str(name) for name in frame.columns[row]] for row in hidden.to_numpy()]


def kind(of: sa.types.TypeEngine[Any]) -> str:
    """A column's type as JSON has it; dates and moments are strings of that form."""
    python: type = of.python_type
    if issubclass(python, bool):
        return "boolean"
    if issubclass(python, int):
        return "integer"
    if issubclass(python, datetime):
        return "date-time"
    if issubclass(python, date):
        return "date"
    return "string" if issubclass(python, str) else "number"
