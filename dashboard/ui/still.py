"""What of a page takes no input, made ready for the browser once for all who see the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboard.figures.model import View

KEPT = 1000
T = TypeVar("T")


def still(name: str, view: View, draw: Callable[[], T]) -> T:
    """What `draw` puts on the page, repeated by streamlit from what it sent before, since making charts and tables
    ready for the browser is most of a rerun's time; gives what `draw` gave. `name` and the view hold all that it
    depends on."""
    return _still(key=f"{name} {view.identity}", _draw=draw)  # by name: streamlit looks up a positional one's each time


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _still(*, key: str, _draw: Callable[[], T]) -> T:  # noqa: ARG001 - what it is kept under
    return _draw()
