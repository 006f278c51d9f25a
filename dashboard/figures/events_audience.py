"""Who came to events and presentations: kinds of organisation by country, and which groups were new."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import bars, grid, native
from dashboard.figures.events import INDICATOR, held_at
from dashboard.figures.events_words import half_year
from dashboard.figures.model import Figure, View
from dashboard.queries import audience as ask
from dashboard.text import format

FEW = 5
"""Groups smaller than this are shown as such, without their number, so that nobody is told of alone."""
ALL = "all"


def _audience(view: View) -> pd.DataFrame:
    """country, organisation_kind and participants, the largest country first, with a total for each country and each
    kind (`all`, and no country) last. A group of fewer than five has no number, but counts in the totals."""
    cells = view.frame(ask.audience)
    if cells.empty:
        return cells
    by_country = cells.groupby("country", as_index=False)["participants"].sum().assign(organisation_kind=ALL)
    by_kind = cells.groupby("organisation_kind", as_index=False)["participants"].sum().assign(country=None)
    every = pd.DataFrame({"country": [None], "organisation_kind": ALL, "participants": cells["participants"].sum()})
    frame = pd.concat([cells, by_country, by_kind, every], ignore_index=True)
    sizes = dict(zip(by_country["country"], by_country["participants"], strict=True))
    kinds = dict(zip(by_kind["organisation_kind"], by_kind["participants"], strict=True)) | {ALL: -1}
    frame["_country"] = [sizes.get(country, -1) for country in frame["country"]]
    frame["_kind"] = [kinds[kind] for kind in frame["organisation_kind"]]
    frame = frame.sort_values(["_country", "country", "_kind", "organisation_kind"],
                              ascending=[False, True, False, True], ignore_index=True)  # fmt: skip
    people = frame["participants"].astype("float64")
    return frame.assign(participants=people.where(people >= FEW)).drop(columns=["_country", "_kind"])


def _draw_audience(frame: pd.DataFrame, view: View) -> Any:
    kinds = frame[frame["country"].isna()]["organisation_kind"]  # in their order, the total last
    names = {kind: view.words("events.all" if kind == ALL else f"code.organisation_kind.{kind}") for kind in kinds}
    cells = pd.DataFrame(
        {
            "row": [
                format.country(code, view.language) if isinstance(code, str) else view.words("events.all")
                for code in frame["country"]
            ],
            "column": [names[kind] for kind in frame["organisation_kind"]],
            "value": frame["participants"].fillna(FEW / 2),
            "label": [
                view.words("events.few", few=view.number(FEW)) if count != count else view.number(count)
                for count in frame["participants"]
            ],
            "total": frame["country"].isna() | (frame["organisation_kind"] == ALL),
        }
    )  # fmt: skip
    return grid.grid(cells, view.colours, view.words("column.participants"), root=True, columns=list(names.values()))


def _largest(totals: pd.DataFrame) -> pd.Series:
    return totals.loc[totals["participants"].fillna(0).idxmax()]


def _say_audience(frame: pd.DataFrame, view: View) -> str:
    countries = frame[(frame["organisation_kind"] == ALL) & frame["country"].notna()]
    kinds = frame[frame["country"].isna() & (frame["organisation_kind"] != ALL)]
    every = frame.iloc[-1]["participants"]
    if every != every:
        return view.words("figure.audience.tiny", few=view.number(FEW))
    country, kind = _largest(countries), _largest(kinds)
    least = kinds.iloc[-1]
    key = "finding" if len(kinds) > 1 and least["participants"] == least["participants"] else "largest"
    return view.words(
        f"figure.audience.{key}",
        country=format.country(country["country"], view.language),
        country_share=format.share(country["participants"] / every, view.language),
        kind=view.words(f"code.organisation_kind.{kind['organisation_kind']}"),
        kind_share=format.share(kind["participants"] / every, view.language),
        least=view.words(f"code.organisation_kind.{least['organisation_kind']}"),
        least_share=format.share(least["participants"] / every, view.language),
        all=view.number(every), countries=view.number(len(countries)),
    )  # fmt: skip


def _note_audience(_frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.audience.small", few=view.number(FEW))


AUDIENCE = Figure(
    "audience", _audience, _draw_audience, _say_audience, held_at, INDICATOR, title=_say_audience, note=_note_audience
)


def _newcomers(view: View, what: str) -> pd.DataFrame:
    """half_year, groups_present, groups_new and their share."""
    frame = view.select(ask.newcomers(view.filters, what))
    return frame.assign(share_new=frame["groups_new"] / frame["groups_present"])


def _draw_newcomers(frame: pd.DataFrame, view: View, form: Any = bars.stacked_columns) -> Any:
    halves = [half_year(day, view) for day in frame["half_year"]]
    names = {name: view.words(f"events.group_{name}") for name in ("new", "known")}
    counts = {"new": frame["groups_new"], "known": frame["groups_present"] - frame["groups_new"]}
    columns = pd.concat(
        [
            pd.DataFrame({"column": halves, "group": names[name], "value": values, "place": place,
                          "label": [view.number(value) for value in values]})
            for place, (name, values) in enumerate(counts.items())
        ],
        ignore_index=True,
    )  # fmt: skip
    tops = {
        half: view.words("events.share_new", share=format.share(share, view.language))
        for half, share in zip(halves, frame["share_new"], strict=True)
    }
    fills = {names["new"]: view.colours.text, names["known"]: view.colours.soft}
    return form(columns, view.colours, fills, view.words("column.groups_present"), tops)


def _say_newcomers(frame: pd.DataFrame, view: View, what: str) -> str:
    found = frame[frame["groups_new"] > 0]
    if found.empty:
        return view.words(f"figure.newcomers_{what}.none")
    last = found.iloc[-1]
    said = {
        "half": half_year(last["half_year"], view), "new": view.number(last["groups_new"]),
        "present": view.number(last["groups_present"]), "sum": view.number(frame["groups_new"].sum()),
    }  # fmt: skip
    ended = last["half_year"] < frame["half_year"].iloc[-1]
    return view.words(f"figure.newcomers_{what}.{'ended' if ended else 'finding'}", **said)


def _note_newcomers(_frame: pd.DataFrame, view: View) -> str:
    return view.words("events.newcomers_note")


NEW_COUNTRIES, NEW_KINDS = (
    Figure(
        f"newcomers_{what}", partial(_newcomers, what=what), _draw_newcomers, partial(_say_newcomers, what=what),
        held_at, INDICATOR, title=partial(_say_newcomers, what=what), note=_note_newcomers,
        native=partial(_draw_newcomers, form=native.stacked_columns),
    )
    for what in ("country", "kind")
)  # fmt: skip
