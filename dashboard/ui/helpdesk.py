"""What the Help desk page offers beside its figures: a choice among several, and the card of a country."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.figures.model import Figure, View
from dashboard.queries import helpdesk_demand as ask
from dashboard.text import format
from dashboard.ui.figure_card import show
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view


def show_one_of(key: str, offered: dict[str, Figure]) -> None:
    """One of several figures, as the viewer chooses; `helpdesk.choose.<key>` names the choice."""
    view = current_view()
    chosen: str = st.segmented_control(
        view.words(f"helpdesk.choose.{key}"), list(offered), default=next(iter(offered)), key=f"helpdesk-{key}",
        required=True, format_func=lambda option: view.words(f"helpdesk.choice.{option}"),
    )  # fmt: skip
    show(offered[chosen])


def open_country(_: str, row: dict[str, Any], view: View) -> None:
    """What the enquirers of a country on the map asked, and of which desk."""
    country = str(row["code"])
    counted = view.frame(ask.by_country).set_index("country")
    asked = view.select(ask.of_country(view.filters, country))
    if country not in counted.index or asked.empty:
        return
    found = counted.loc[country]
    with st.container(border=True, key=f"country-{country}"):
        said = view.words(
            "helpdesk.country", cases=view.number(found["cases"]), answered=view.number(found["answered"]),
            share=format.share(found["cases"] / counted["cases"].sum(), view.language, 1),
            median=view.number(found["response_median"], 1),
        )  # fmt: skip
        lists = "".join(
            wrap(
                "div",
                tag("h4", view.words(f"column.{name}"))
                + wrap("ul", "".join(tag("li", view.pair(view.words(f"code.{name}.{code}"), view.number(count)))
                                     for code, count in counts.items())),
            )
            for name in ("topic", "desk")
            if len(counts := asked.groupby(name)["cases"].sum().sort_values(ascending=False, kind="stable"))
        )  # fmt: skip
        put(
            tag("h3", format.country(country, view.language)),
            tag("p", said, "subtitle"),
            wrap("div", lists, "card-grid"),
        )
