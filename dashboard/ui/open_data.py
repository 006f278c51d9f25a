"""A figure for other websites and programs: what to put into a page, and the address of its data."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.figures.model import Figure, View
from dashboard.ui.html import put, tag

HEIGHT = 620
"""Pixels that hold most figures; the frame scrolls where one is higher."""


def offer(figure: Figure, frame_title: str, view: View) -> None:
    """The code of a frame that shows the figure with these filters, and where its data are."""
    query = urlencode([*view.filters.query(), ("lang", view.language)])
    home = root(st.context.url or "")
    put(tag("strong", view.words("api.embed.title")), tag("p", view.words("api.embed.code"), "foot"))
    st.code(frame(f"{home}/embed/{figure.name}?{query}", frame_title), language="html", wrap_lines=True)
    put(tag("p", view.words("api.embed.address"), "foot"))
    st.code(f"{home}/api/figures/{figure.name}.json?{query}", language=None, wrap_lines=True)


def frame(address: str, title: str) -> str:
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{HEIGHT}" loading="lazy" '
        'style="border: 0"></iframe>'
    )


def root(address: str) -> str:
    """The address of the server's root, of a page's address: pages stand directly below it."""
    page = urlsplit(address)
    return page._replace(path=page.path.rpartition("/")[0], query="", fragment="").geturl().rstrip("/")
