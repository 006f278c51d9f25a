"""Small choices that a page offers about one of its figures."""

import streamlit as st

from dashboard.figures.overview import PLANNED
from dashboard.ui.session import view as current_view


def choose_progress(keys: tuple[str, ...] = PLANNED, first: str = "people_reached") -> str:
    """Which indicator's progress is drawn."""
    view = current_view()
    return st.selectbox(
        view.words("overview.progress_of"), keys, index=keys.index(first), key=f"progress-of-{first}",
        format_func=lambda key: view.words(f"indicator.{key}.name"), width=360,
    )  # fmt: skip
