"""The card of a map: flat or globe, a legend, and what is selected on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from dashboard.figures.captions import theme_names
from dashboard.figures.model import Figure, View
from dashboard.store import remembered
from dashboard.ui.figure_card import around, card, nothing, tools
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view

Open = Callable[[str, dict[str, Any], View], None]


def show_map(
    flat: Figure,
    globe: Figure,
    open_selected: Open,
    themes: bool = True,
    sides: tuple[str, ...] = ("eu", "japan"),
    help_key: str = "map.help",
    more: Mapping[str, Figure] | None = None,
) -> None:
    """A map's card; `open_selected` shows what was clicked, given its layer and its row. `more` are further forms of
    the map, with words under `map`."""
    view = current_view()
    with card(flat, view):
        frame = flat.frame(view)
        if frame.empty:
            nothing(flat, frame, view)
            return
        around(flat, frame, view)
        forms = {"flat": flat, **(more or {}), "globe": globe}
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            put(remembered(("legend", themes, sides, view.identity), lambda: legend(view, themes, sides)))
            form = st.segmented_control(
                view.words("map.form"), list(forms), default="flat", key=f"form-{flat.name}", required=True,
                format_func=lambda form: view.words(f"map.{form}"), label_visibility="collapsed",
            )  # fmt: skip
        figure = forms[form]
        deck, said = remembered(("map", figure.name, view.identity), lambda: _drawn(figure, frame, view))
        event = st.pydeck_chart(
            deck, height=figure.height or 500, alt=said, on_select="rerun", selection_mode="single-object",
            key=f"map-{figure.name}",
        )  # fmt: skip
        put(tag("p", view.words(help_key), "foot hint"))
        for layer, rows in event.selection.get("objects", {}).items():
            for row in rows[:1]:
                open_selected(layer, row, view)
        tools(flat, view)


def _drawn(figure: Figure, frame: pd.DataFrame, view: View) -> tuple[pdk.Deck, str]:
    """A map, which writes itself out once however often it is shown, and what it says."""
    assert figure.deck is not None
    deck = figure.deck(frame, view)
    deck.to_json = cache(deck.to_json)  # type: ignore[method-assign]
    return deck, figure.alt(frame, view)


def legend(view: View, themes: bool, shown: tuple[str, ...]) -> str:
    """What the colours mean: sides as dots, themes as lines."""
    colours = view.colours
    sides = [(colours.side(side), "", view.words(f"code.side.{side}")) for side in shown]
    lines = [(colours.theme(code), "line", said) for code, said in theme_names(view).items()] if themes else []
    marks = (
        wrap("span", wrap("i", "", css, style=f"background:{colour}") + tag("span", said))
        for colour, css, said in [*sides, *lines]
    )
    return wrap("div", "".join(marks), "legend")
