"""What opens when a partnership or a member organisation is selected, on the map or in the table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.database.schema import PARTNERSHIP_STEPS
from dashboard.figures.model import Figure, View
from dashboard.queries import partnerships as ask
from dashboard.text import format
from dashboard.ui.figure_card import show_rows
from dashboard.ui.html import put, tag, titled_list, wrap


def open_selected(layer: str, row: dict[str, Any], view: View) -> None:
    """The card of what was clicked on the map."""
    (organisation_card if layer == "places" else partnership_card)(str(row["code"]), view)


def partnership_card(code: str, view: View) -> None:
    """One partnership: theme, partners a side, steps with dates, the activity it came from, its applications."""
    found = view.localise(view.frame(ask.partnerships), "title", "theme", "origin_title", "summary")
    one = found[found["code"] == code]
    if one.empty:
        return
    row = one.iloc[0]
    members = view.localise(view.frame(ask.members), "name")
    members = members[members["code"] == code]
    japanese = members["side"] == "japan"
    applications = view.localise(view.frame(ask.applications), "part")
    applications = applications[applications["partnership"] == code]
    status = view.words(f"code.partnership_status.{row['partnership_status']}")
    with st.container(border=True, key=f"partnership-{code}"):
        put(
            tag("h3", row["title"]),
            tag("p", format.listing([row["theme"], status], view.language), "subtitle"),
            tag("p", _known(row["summary"])),
            wrap(
                "div",
                "".join(
                    (
                        titled_list(view.words("card.eu_members"), _members(members[~japanese], view)),
                        titled_list(view.words("card.japan_members"), _members(members[japanese], view)),
                        titled_list(view.words("card.steps"), _steps(row, view)),
                        titled_list(
                            view.words("card.origin"),
                            [_known(row["origin_title"])] if _known(row["origin_title"]) else [],
                        ),
                        titled_list(view.words("card.applications"), _applications(applications, view)),
                    )
                ),
                "card-grid",
            ),
        )


def organisation_card(code: str, view: View) -> None:
    """One member organisation and the partnerships that it is in."""
    found = view.localise(view.frame(ask.organisations), "name")
    one = found[found["code"] == code]
    if one.empty:
        return
    row = one.iloc[0]
    members = view.localise(view.frame(ask.members), "title", "theme")
    city, country = view.city(row["city"], row["country"]), format.country(row["country"], view.language)
    place = format.place(city, country, view.language)
    with st.container(border=True, key=f"organisation-{code}"):
        put(
            tag("h3", row["name"]),
            tag(
                "p",
                format.listing(
                    [place, view.words(f"code.organisation_kind.{row['organisation_kind']}")], view.language
                ),
                "subtitle",
            ),
            titled_list(
                view.words("card.partnerships"),
                [
                    f"{one.title} ({one.theme})"
                    for one in members[members["organisation"] == code].itertuples(index=False)
                ],
            ),
        )


def partnership_table(figure: Figure) -> None:
    """The full table; a selected row opens its card."""
    show_rows(figure, partnership_card, hidden=("summary", "summary_ja", "origin"))


def _known(value: Any) -> str:
    return "" if value is None or value != value else str(value)



def _members(members: pd.DataFrame, view: View) -> list[str]:
    return [
        format.listing(
            [row.name, format.place(view.city(row.city, row.country), format.country(row.country, view.language),
                                    view.language)],
            view.language,
        )
        + (f" – {view.words('code.partnership_role.coordinator')}" if row.partnership_role == "coordinator" else "")
        for row in members.itertuples(index=False)
    ]


def _steps(row: pd.Series, view: View) -> list[str]:
    return [
        view.pair(view.words(f"code.step.{step}"), format.day(row[step].date(), view.language))
        for step in PARTNERSHIP_STEPS
        if not pd.isna(row[step])
    ]


def _applications(applications: pd.DataFrame, view: View) -> list[str]:
    return [
        f"{row.code}, {row.funding_programme} {_known(row.part)}: "
        f"{view.words(f'code.application_status.{row.application_status}')} "
        f"({format.day(row.submitted_on.date(), view.language)})"
        for row in applications.itertuples(index=False)
    ]
