"""What opens when a place on the map or a row of the table is selected: the event, who came, and what followed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.figures import suppressed
from dashboard.figures.events_where import place_code
from dashboard.figures.events_words import held, people, place
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters
from dashboard.queries import aftermath, audience, events
from dashboard.text import format
from dashboard.ui.figure_card import show, show_rows
from dashboard.ui.html import put, tag, titled_list, wrap
from dashboard.ui.session import view as current_view


def open_place(_layer: str, row: dict[str, Any], view: View) -> None:
    """The card of the event at a place; where there were several, the viewer chooses which."""
    code = str(row["code"])
    found = view.localise(view.frame(events.sizes), "title")
    here = found[[place_code(one.city, one.country) == code for one in found.itertuples(index=False)]]
    if here.empty:
        return
    chosen: str = str(here["code"].iloc[0])
    if len(here) > 1:
        names = {
            one.code: view.pair(format.month_of(one.start, view.language), one.title)
            for one in here.itertuples(index=False)
        }
        counts = here["activity_kind"].value_counts()
        first = here.iloc[0]
        chosen = st.selectbox(
            view.words("events.choose_at", place=place(first["city"], first["country"], view),
                       held=held(counts.get("event", 0), counts.get("presentation", 0), view)),
            list(names), key=f"event-at-{code}", format_func=lambda one: names[one],
        )  # fmt: skip
    event_card(chosen, view)


def event_card(code: str, view: View) -> None:
    """One event or presentation: what, when, where and by whom; who came; what followed."""
    found = view.select(events.activities(view.filters, *events.REACH))
    found = view.localise(found, "title", "theme", "organiser")
    one = found[found["code"] == code]
    if one.empty:
        return
    row = one.iloc[0]
    came, told = view.select(audience.audience_of(code)), pd.notna(row["participants"])
    facts = [
        view.words(f"code.activity_kind.{row['activity_kind']}"), _when(row, view),
        place(row["city"], row["country"], view), view.words(f"code.format.{row['format']}"),
    ]  # fmt: skip
    with st.container(border=True, key=f"event-{code}"):
        put(
            tag("h3", row["title"]),
            tag("p", view.words("punctuation.dot").join(facts), "subtitle"),
            wrap("div", "".join(titled_list(*part) for part in (
                (view.words("events.card.about"), _about(row, view)),
                (view.words("events.card.kinds"), _groups(came, "organisation_kind", told, view)),
                (view.words("events.card.countries"), _groups(came, "country", told, view)),
                (view.words("events.card.followed"), _followed(code, view)),
                (view.words("events.card.satisfaction"), [view.words("events.card.not_recorded")]),
            )), "card-grid"),
        )  # fmt: skip


def event_table(figure: Figure) -> None:
    """The full table; a selected row opens its card."""
    show_rows(figure, event_card)


def choose(key: str, **offered: Figure) -> None:
    """One of several figures, as the viewer chooses."""
    view = current_view()
    chosen: str = st.segmented_control(
        view.words(f"events.choose.{key}"), list(offered), default=next(iter(offered)), key=f"events-{key}",
        required=True, format_func=lambda option: view.words(f"events.choice.{option}"),
    )  # fmt: skip
    show(offered[chosen])


def _when(row: pd.Series, view: View) -> str:
    first, last = (format.day(row[name].date(), view.language) for name in ("start", "end"))
    return first if first == last else f"{first}{view.words('punctuation.range')}{last}"


def _about(row: pd.Series, view: View) -> list[str]:
    objective = row["objective"]
    said = view.words(f"code.objective.{objective}") if isinstance(objective, str) else view.words("events.not_stated")
    organiser = row["organiser"] if isinstance(row["organiser"], str) else view.words("events.not_stated")
    return [
        view.pair(view.words(f"column.{name}"), value)
        for name, value in (("organiser", organiser), ("objective", said), ("theme", row["theme"]))
    ]


def _groups(came: pd.DataFrame, by: str, told: bool, view: View) -> list[str]:
    """Groups by size; those whose number is not told are named together, all of them where that of the event is not."""
    if came.empty:
        return [view.words("events.card.not_recorded")]
    sizes = came.groupby(by)["participants"].sum().sort_values(ascending=False, kind="stable")
    hidden = suppressed.groups(sizes) if told else {*sizes.index}

    def called(code: str) -> str:
        return format.country(code, view.language) if by == "country" else view.words(f"code.organisation_kind.{code}")

    lines = [view.pair(called(code), view.number(size)) for code, size in sizes.items() if code not in hidden]
    total = [people(sizes.sum(), view)] if told and by != "country" else []
    if hidden:
        names = format.listing(sorted(map(called, hidden)), view.language)
        lines.append(view.words("events.card.small", names=names))
    return [*total, *lines]


def _followed(code: str, view: View) -> list[str]:
    """Cases before and after, and every partnership and application that names the event as its origin."""
    everything = Filters(programme=view.filters.programme)
    around = view.select(aftermath.around(everything))
    named = view.select(aftermath.followed(everything))
    lines = [view.words("events.card.cases", count=view.number(named[named["code"] == code]["cases"].iloc[0]))]
    row = around[around["code"] == code].iloc[0]
    said = {"before": view.number(row["cases_before"]), "after": view.number(row["cases_after"])}
    lines.append(view.words(f"events.card.around{'' if row['whole'] else '_partly'}", **said))
    partnerships = view.localise(view.select(aftermath.partnerships_from(code)), "title")
    lines += [view.words("events.card.partnership", title=title) for title in partnerships["title"]]
    for one in view.localise(view.select(aftermath.applications_from(code)), "part").itertuples(index=False):
        named = [one.funding_programme, *([one.part] if isinstance(one.part, str) else [])]
        part = format.listing(named, view.language)
        result = view.words(f"code.application_status.{one.application_status}")
        lines.append(view.words("events.card.application", code=one.code, part=part, result=result))
    if len(lines) == 2:
        lines.append(view.words("events.card.nothing"))
    return lines
