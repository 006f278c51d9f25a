"""The only ways in which text gets onto a page as markup: everything is escaped first."""

import streamlit as st

from dashboard.text.format import NOTHING
from dashboard.text.markup import plain, tag, wrap

__all__ = ["plain", "put", "tag", "titled_list", "wrap"]


def titled_list(label: str, lines: list[str]) -> str:
    """A part of a card: its heading and its lines, or that there are none."""
    inner = wrap("ul", "".join(tag("li", line) for line in lines)) if lines else tag("p", NOTHING)
    return wrap("div", tag("h4", label) + inner)


def put(*parts: str) -> None:
    """Write markup made by these functions onto the page."""
    st.html("".join(parts))
