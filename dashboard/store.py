"""The only executor: selects in, data frames out, on one snapshot."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd
import sqlalchemy as sa

from dashboard.database.snapshot import DIALECT, Snapshot

Statement = sa.Select[Any] | sa.CompoundSelect[Any]


class _Results:
    """Results by what they depend on; the longest unused go first when they hold more than `capacity` bytes, `least`
    of which each is taken to hold beside its rows or its text."""

    def __init__(self, capacity: int, least: int = 1024) -> None:
        self.capacity, self.least, self.held = capacity, least, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, run: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        result = run()  # two threads may run the same select at once: better than one waiting for another's long query
        size = self.least + _bytes(result)
        with self._lock:
            self.held += size - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = result, size
            while self.held > self.capacity:
                self.held -= self._kept.popitem(last=False)[1][1]
        return result


def _bytes(result: object) -> int:
    if isinstance(result, pd.DataFrame):
        return int(result.memory_usage().sum())
    return len(result) if isinstance(result, (bytes, str)) else 0


T = TypeVar("T")
_results, _made = _Results(capacity=128 * 2**20), _Results(capacity=128 * 2**20, least=32 * 2**10)


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept under a key that holds all it depends on, the record's version among it; the longest
    unused goes first. What is kept is shared by all viewers, so nobody changes it."""
    made: T = _made.get(key, make)
    return made


_statements: WeakKeyDictionary[Statement, tuple[str, tuple[Any, ...]]] = WeakKeyDictionary()


class Store:
    """Runs selects on one snapshot. Making one costs nothing: results are kept by version, for all stores."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @property
    def version(self) -> str:
        return self._snapshot.version

    @property
    def read_at(self) -> datetime:
        return self._snapshot.read_at

    def frame(self, statement: Statement) -> pd.DataFrame:
        """The rows of a select: dates as datetime64[us], sums and decimals as numbers, text as str.

        The frame is the caller's own: changing it changes no other caller's.
        """
        sql, parameters = _compiled(statement)
        key = ("frame", self.version, sql, parameters)
        frame: pd.DataFrame = _results.get(key, lambda: self._snapshot.frame(sql, parameters))
        return frame.copy(deep=False)

    def value(self, statement: Statement) -> Any:
        """The single value of a select of one column, as a Python value; None when there is no row."""
        sql, parameters = _compiled(statement)
        key = ("rows", self.version, sql, parameters)
        rows: list[tuple[Any]] = _results.get(key, lambda: self._snapshot.rows(sql, parameters)[:1])
        return rows[0][0] if rows else None


def _compiled(statement: Statement) -> tuple[str, tuple[Any, ...]]:
    """A select as DuckDB's SQL with its parameters, kept as long as the select is: one object is compiled once."""
    found = _statements.get(statement)
    if found is None:
        made = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        found = str(made), tuple(made.params[name] for name in made.positiontup or ())
        _statements[statement] = found
    return found
