"""The only ways in which text gets onto a page as markup: everything is escaped first."""

from html import escape

import streamlit as st

from dashboard.text.format import NOTHING


def plain(value: str) -> str:
    """Text for a label that streamlit reads as Markdown: every character that could mean something is escaped."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+-.!|~:$" else char for char in value)


def tag(name: str, content: str = "", css: str = "", **attributes: str) -> str:
    """An element around text, which is escaped."""
    return wrap(name, escape(content), css, **attributes)


def wrap(name: str, inner: str, css: str = "", **attributes: str) -> str:
    """An element around markup made by these functions."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    styled = f' class="{css}"' if css else ""
    return f"<{name}{styled}{written}>{inner}</{name}>"


def titled_list(label: str, lines: list[str]) -> str:
    """A part of a card: its heading and its lines, or that there are none."""
    inner = wrap("ul", "".join(tag("li", line) for line in lines)) if lines else tag("p", NOTHING)
    return wrap("div", tag("h4", label) + inner)


def put(*parts: str) -> None:
    """Write markup made by these functions onto the page."""
    st.html("".join(parts))
