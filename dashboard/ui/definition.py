"""What an indicator means, where it comes from, and what it does not say."""

from __future__ import annotations

import streamlit as st

from dashboard.figures.captions import about_indicator
from dashboard.figures.model import View
from dashboard.ui.html import plain, put, tag, wrap

ASKED = "_definition_asked"


def open_definition(key: str) -> None:
    """Ask for an indicator's definition; it is shown at the end of this run."""
    st.session_state[ASKED] = key


def show_asked_definition(view: View) -> None:
    """The dialog that a tile asked for, if one did."""
    key = st.session_state.pop(ASKED, None)
    if key is None:
        return
    title = plain(view.words(f"indicator.{key}.name"))
    st.dialog(title, width="large")(lambda: definition(key, view))()


def definition(key: str, view: View) -> None:
    """An indicator's definition."""
    define(about_indicator(key, view))


def define(lines: list[tuple[str, str]]) -> None:
    """A list of terms."""
    put(_terms(lines))


def folded(key: str, view: View) -> str:
    """An indicator's definition as markup, behind its name."""
    name = tag("summary", view.words(f"indicator.{key}.name"))
    return wrap("details", name + _terms(about_indicator(key, view)), "folded on-screen")


def _terms(lines: list[tuple[str, str]]) -> str:
    return wrap("dl", "".join(tag("dt", label) + tag("dd", said) for label, said in lines), "definition")
