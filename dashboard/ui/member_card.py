"""What opens when a member of the interest group is selected on the map: who it is, since when, and what it is in."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.figures.dialogue_group import since
from dashboard.figures.model import View
from dashboard.filters import Filters
from dashboard.queries import dialogue, partnerships
from dashboard.text import format
from dashboard.ui.html import put, tag, titled_list, wrap


def open_member(_layer: str, row: dict[str, Any], view: View) -> None:
    """One member: name, kind, place, when it joined and left, and its partnerships, whatever the filters."""
    code = str(row["code"])
    everything = Filters(programme=view.filters.programme)
    found = view.localise(view.select(dialogue.member_places(everything)), "name")
    found = found[found["code"] == code]
    if found.empty:
        return
    one = found.iloc[0]
    known = view.city(one["city"], one["country"]) if pd.notna(one["city"]) else None
    kind = view.words(f"code.organisation_kind.{one['organisation_kind']}")
    where = [format.place(known, format.country(one["country"], view.language), view.language), kind]
    members = view.localise(view.select(partnerships.members(everything)), "title")
    stays = [since(stay, view) for stay in found.itertuples(index=False)]
    joint = list(dict.fromkeys(members[members["organisation"] == code]["title"]))
    with st.container(border=True, key=f"member-{code}"):
        put(
            tag("h3", one["name"]),
            tag("p", format.listing(where, view.language), "subtitle"),
            wrap(
                "div",
                titled_list(view.words("card.membership"), stays)
                + titled_list(view.words("card.partnerships"), joint),
                "card-grid",
            ),
        )
