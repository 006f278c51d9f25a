"""Choices that stand in the address.

Streamlit writes a bound widget's *label* into the address, which would differ between languages. So each choice is
held by a widget of plain codes that is bound and not shown; what the viewer operates sets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st

HELD = "held-in-address"
KEYS = "_held_keys"


def query_of_address() -> dict[str, list[str]]:
    """The address's query as it was asked for, before widgets drop what they do not know."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def held_one(key: str, options: Sequence[str]) -> str | None:
    """One code or none, held under `key` in the address."""
    _note(key)
    return st.selectbox(key, options, index=None, key=key, bind="query-params", label_visibility="collapsed")


def held_many(key: str, options: Sequence[str]) -> list[str]:
    """Any number of codes, held under `key` in the address as repeated parameters."""
    _note(key)
    return st.multiselect(key, options, key=key, bind="query-params", label_visibility="collapsed")


def hold(key: str, value: str | list[str] | None) -> None:
    """Change a choice from a callback."""
    st.session_state[key] = value


def forget(*keys: str) -> None:
    """Take choices out of the address before their widgets are drawn on a visit's first run."""
    for key in keys:
        st.query_params.pop(key, None)
        st.session_state[key] = None


def link(language: str) -> str:
    """The address that opens exactly this view for anyone: all that is held, and the language."""
    page = urlsplit(st.context.url or "")._replace(fragment="")
    keys: dict[str, None] = st.session_state.get(KEYS, {})
    held = {key: st.session_state[key] for key in keys if st.session_state.get(key)}
    return page._replace(query=urlencode(held | {"lang": language}, doseq=True)).geturl()


def _note(key: str) -> None:
    """Remember, in the order of the page, what is held."""
    st.session_state.setdefault(KEYS, {})[key] = None
