"""What was made once for a view and need not be made again: specifications, measurements, files."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")
CAPACITY = 2000

_kept: OrderedDict[Hashable, object] = OrderedDict()
_lock = threading.Lock()


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept under a key that holds all it depends on; the longest unused goes first.

    What is kept is shared by all viewers, so nobody changes it.
    """
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[return-value]
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > CAPACITY:
            _kept.popitem(last=False)
    return made
