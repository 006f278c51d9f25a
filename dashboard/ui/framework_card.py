"""What opens when a country, an organisation or a pair of them is selected on the map of framework projects."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.figures.framework import names
from dashboard.figures.framework_map import BETWEEN
from dashboard.figures.model import View
from dashboard.queries import framework as ask
from dashboard.text import format
from dashboard.ui.html import put, tag, wrap

LINES = 12


def open_country(_: str, row: dict[str, Any], view: View) -> None:
    """A country: its organisations with most projects, and what the EU contributes to its participants."""
    code = str(row["code"])
    found = view.frame(ask.organisations)
    own = found[found["country"] == code]
    lines = [
        view.words("framework.card.organisation", name=name, count=view.number(count))
        for name, count in zip(names(own, view), own["projects"], strict=True)
    ]
    title = format.country(code, view.language)
    _card(f"country-{code}", title, "", view.words("framework.card.organisations"), lines, view)


def open_organisation(_: str, row: dict[str, Any], view: View) -> None:
    """An organisation, or the two that an arc joins: the projects that they take part in, together."""
    codes = str(row["code"]).split(BETWEEN)
    found = view.frame(ask.organisations)
    chosen = [found[found["organisation_code"] == code] for code in codes]
    title = " – ".join(name for one in chosen for name in names(one, view))
    places = "; ".join(_place(one, view) for one in chosen)
    rows = view.frame(ask.participations)
    rows = rows[rows["organisation_code"].isin(codes)]
    shared = rows.groupby(["framework", "code"])["organisation_code"].transform("nunique") == len(codes)
    lines = [_project(one, view) for one in rows[shared].drop_duplicates(["framework", "code"]).itertuples(index=False)]
    _card(f"organisation-{'-'.join(codes)}", title, places, view.words("framework.card.projects"), lines, view)


def _place(one: pd.DataFrame, view: View) -> str:
    known = zip(one["city"], one["country"], strict=True)
    parts = [str(view.city(city, country)) for city, country in known if isinstance(city, str)]
    return format.listing([*parts, *(format.country(code, view.language) for code in one["country"])], view.language)


def _project(row: Any, view: View) -> str:
    known = [view.words(f"code.framework.{row.framework}"), str(row.code)]
    known += [str(row.acronym)] if isinstance(row.acronym, str) else []
    start = "" if pd.isna(row.start) else f" ({format.month_of(row.start, view.language)})"
    return " ".join(known) + start


def _card(key: str, title: str, subtitle: str, label: str, lines: list[str], view: View) -> None:
    shown = [tag("li", line) for line in lines[:LINES]]
    if len(lines) > LINES:
        shown.append(tag("li", view.words("framework.card.more", count=view.number(len(lines) - LINES))))
    with st.container(border=True, key=f"framework-{key}"):
        put(
            tag("h3", title),
            tag("p", subtitle, "subtitle") if subtitle else "",
            wrap("div", wrap("div", tag("h4", label) + wrap("ul", "".join(shown))), "card-grid"),
        )
