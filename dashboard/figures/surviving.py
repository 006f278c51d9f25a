"""One thing that fails leaves the others whole."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.database.engine import DatabaseProblem

log = logging.getLogger(__name__)


@contextmanager
def surviving(thing: str, name: str) -> Iterator[None]:
    """Goes on after the block whatever it raises, having logged why, but for a record that cannot be read, which has an
    answer of its own. What stands in for the thing is up to whoever goes on."""
    try:
        yield
    except DatabaseProblem:
        raise
    except Exception:
        log.exception("The %s %s could not be made", thing, name)
