"""What takes too long for a visitor's request, worked out beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor

PATIENCE = 0.2
"""Seconds that a request waits for a result that may be quick."""

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside-requests")
_running: dict[Hashable, Future[object]] = {}
_lock = threading.Lock()


def done(key: Hashable, make: Callable[[], object]) -> bool:
    """Whether `make`, which keeps its own result, has run; if not, it is begun, once for all visitors.

    What it raises is raised here, and it is begun anew the next time.
    """
    with _lock:
        future = _running.get(key) or _running.setdefault(key, _worker.submit(make))
    try:
        future.result(PATIENCE)
    except TimeoutError:
        if not future.done():
            return False
        raise
    finally:
        if future.done():
            with _lock:
                _running.pop(key, None)
    return True
