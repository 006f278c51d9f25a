"""What runs on each visit: the record, language, navigation and filter bar, then the page."""

from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.database.engine import DatabaseProblem
from dashboard.sitemap import PAGES
from dashboard.text import text
from dashboard.ui import address, filter_bar, page, session
from dashboard.ui.bringing import bring_records
from dashboard.ui.take_back import taken_back


def main() -> None:
    st.set_page_config(page_title=text("product", "en"), page_icon=str(session.FAVICON), layout="wide")
    dark = getattr(st.context.theme, "type", None) == "dark"
    page.style(dark)
    try:
        store, problem = session.open_store()
    except DatabaseProblem as nothing:
        with st.container(key=address.HELD):
            language = filter_bar.language()
        with st.container(horizontal_alignment="right", key="top"):
            filter_bar.language_switch(language)
        page.broken(nothing, language)
        if nothing.kind == "no_programme":
            _navigation(language, "hidden")  # so that the address stands when there is something to show
            session.start_empty_view(language)
            taken_back()
            bring_records()
        return
    choices = session.choices(store)
    filter_bar.note_address(choices)
    with st.container(key=address.HELD):
        language = filter_bar.language()
        filters = filter_bar.held_filters(choices)
    running = _navigation(language, "top")
    view = session.start_view(filters, language, store, choices.period)
    with st.container(key="top"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="line"):
            page.badge(view)
            filter_bar.language_switch(language)
        filter_bar.dropped_note(language)
        if problem:
            page.away(problem, view)
        filter_bar.filter_bar(filters, choices, store, language)
    running.run()


def _navigation(language: str, position: Literal["top", "hidden"]) -> StreamlitPage:
    return st.navigation(
        [
            st.Page(one.file, title=text(f"page.{one.key}", language), url_path=one.path or None, default=not one.path)
            for one in PAGES
        ],
        position=position,
    )


with session.TURNS:
    main()
