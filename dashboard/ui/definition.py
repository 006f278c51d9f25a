"""What an indicator means, where it comes from, and what it does not say."""

from __future__ import annotations

import streamlit as st

from dashboard.figures.model import View
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import measure
from dashboard.text import format, words
from dashboard.ui.html import plain, put, tag, wrap

ASKED = "_definition_asked"
PARTS = ("definition", "numerator", "denominator", "why", "caveat", "source")


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


def about(key: str, view: View) -> list[tuple[str, str]]:
    """An indicator's definition as label and text, the same on the page and in files."""
    if not key:
        return [(view.words("definition.definition"), view.words("definition.several"))]
    indicator = CATALOGUE[key]
    known = words(view.language)
    lines = [
        (view.words(f"definition.{part}"), known[f"indicator.{key}.{part}"])
        for part in PARTS
        if f"indicator.{key}.{part}" in known
    ]
    measured = measure(indicator, view.filters, view.store, view.programme)
    lines.append((view.words("definition.unit"), view.words(f"unit_name.{indicator.unit}")))
    lines.append(
        (
            view.words("definition.direction"),
            view.words("definition.lower" if indicator.lower_is_better else "definition.higher"),
        )
    )
    if measured.target is not None:
        lines.append(
            (view.words("definition.baseline"), format.quantity(measured.baseline, indicator.unit, view.language))
        )
        lines.append((view.words("definition.target"), format.quantity(measured.target, indicator.unit, view.language)))
    lines.append((view.words("definition.status"), view.words("definition.status_rule")))
    return lines


def definition(key: str, view: View) -> None:
    """An indicator's definition as a list of terms."""
    terms = "".join(tag("dt", label) + tag("dd", said) for label, said in about(key, view))
    put(wrap("dl", terms, "definition"))
