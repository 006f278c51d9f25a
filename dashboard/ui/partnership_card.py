"""What opens when a partnership or a member organisation is selected, on the map or in the table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.database.schema import PARTNERSHIP_STEPS
from dashboard.exports.table import localised
from dashboard.figures.model import Figure, View
from dashboard.queries import partnerships as ask
from dashboard.text import format
from dashboard.ui.figure_card import empty, foot, heading, name, tools
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view


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
    applications = view.frame(ask.applications)
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
                        _list(view.words("card.eu_members"), _members(members[members["side"] != "japan"], view)),
                        _list(view.words("card.japan_members"), _members(members[members["side"] == "japan"], view)),
                        _list(view.words("card.steps"), _steps(row, view)),
                        _list(
                            view.words("card.origin"),
                            [_known(row["origin_title"])] if _known(row["origin_title"]) else [],
                        ),
                        _list(view.words("card.applications"), _applications(applications, view)),
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
    place = format.listing([_known(city), country], view.language)
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
            _list(
                view.words("card.partnerships"),
                [
                    f"{one.title} ({one.theme})"
                    for one in members[members["organisation"] == code].itertuples(index=False)
                ],
            ),
        )


def partnership_table(figure: Figure) -> None:
    """The full table; a selected row opens its card."""
    view = current_view()
    with st.container(border=True, key=f"figure-{name(figure)}"):
        frame = figure.frame(view)
        heading(figure, frame, view)
        if frame.empty:
            empty(figure, view)
            return
        shown = frame.drop(columns=["summary", "summary_ja", "origin"])
        dates = [view.words(f"column.{step}") for step in (*PARTNERSHIP_STEPS, "counted_on")]
        event = st.dataframe(
            localised(shown, view.language), hide_index=True, key="partnership-rows", on_select="rerun",
            selection_mode="single-row", alt=figure.alt(frame, view),
            column_config={date: st.column_config.DateColumn(format="YYYY-MM-DD") for date in dates},
        )  # fmt: skip
        put(tag("p", view.words("table.help"), "foot"))
        for place in event.selection.rows:
            partnership_card(str(frame["code"].iloc[place]), view)
        foot(figure, view)
        tools(figure, frame, view)


def _known(value: Any) -> str:
    return "" if value is None or value != value else str(value)


def _list(label: str, lines: list[str]) -> str:
    inner = wrap("ul", "".join(tag("li", line) for line in lines)) if lines else tag("p", format.NOTHING)
    return wrap("div", tag("h4", label) + inner)


def _members(members: pd.DataFrame, view: View) -> list[str]:
    return [
        format.listing(
            [row.name, _known(view.city(row.city, row.country)), format.country(row.country, view.language)],
            view.language,
        )
        + (f" – {view.words('code.partnership_role.coordinator')}" if row.partnership_role == "coordinator" else "")
        for row in members.itertuples(index=False)
    ]


def _steps(row: pd.Series, view: View) -> list[str]:
    return [
        f"{view.words(f'code.step.{step}')}: {format.day(row[step].date(), view.language)}"
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
