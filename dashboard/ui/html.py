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


def put_apart(*parts: str) -> None:
    """The same in one piece of the page, laid out as if each part were a piece: a rerun costs by pieces."""
    put(*(wrap("div", part, "part") for part in parts if part))


def put_around(above: str, below: str) -> None:
    """Two parts in one piece: what is put next comes between them."""
    put(wrap("div", above, "part"), wrap("div", below, "part below"))
