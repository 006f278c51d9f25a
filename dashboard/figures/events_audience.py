"""Who came to events and presentations: kinds of organisation by country, and which groups were new."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import bars, grid, native
from dashboard.disclosure import Entry, hidden_entries, with_totals
from dashboard.figures import suppressed
from dashboard.figures.events import INDICATOR, held_at
from dashboard.figures.events_words import half_year
from dashboard.figures.model import Figure, Tone, View
from dashboard.queries import audience as ask
from dashboard.settings import suppression_threshold
from dashboard.text import format

ALL = "all"
HALF_YEARS = 2


def _of_country(name: str) -> Entry:
    return name, None


def _of_kind(name: str) -> Entry:
    return None, name


def _audience(view: View) -> pd.DataFrame:
    """country, organisation_kind and participants, the largest country first, with a total for each country and each
    kind (`all`, and no country) last. What is not told has no number and stands behind what is, so that the order does
    not tell it either; the totals count it."""
    cells = view.frame(ask.audience)
    if cells.empty:
        return cells
    counts = {(country, kind): int(count) for country, kind, count in cells.itertuples(index=False)}
    hidden = hidden_entries(counts, suppression_threshold())
    told = {entry: count for entry, count in with_totals(counts).items() if entry not in hidden}
    countries, kinds = (
        sorted({cell[place] for cell in counts}, key=lambda name: (-told.get(total(name), 0), name))
        for place, total in enumerate((_of_country, _of_kind))
    )
    entries = [
        (country, kind) for country in (*countries, None) for kind in (*kinds, None)
        if country is None or kind is None or (country, kind) in counts
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "country": [country for country, _ in entries], "organisation_kind": [kind or ALL for _, kind in entries],
            "participants": [told.get(entry) for entry in entries],
        }
    ).astype({"participants": "float64"})  # fmt: skip


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
            "value": frame["participants"].fillna(0),  # its fill alone; the cell says that it is hidden
            "label": [suppressed.counted(count, view) for count in frame["participants"]],
            "total": frame["country"].isna() | (frame["organisation_kind"] == ALL),
        }
    )  # fmt: skip
    return grid.grid(cells, view.colours, view.words("column.participants"), root=True, columns=list(names.values()))


def _largest(totals: pd.DataFrame, every: float) -> pd.Series | None:
    """The largest total; None where a hidden one could be larger."""
    told = totals["participants"]
    if told.isna().all() or (told.isna().any() and every - told.sum() > told.max()):
        return None
    return totals.loc[told.idxmax()]


def _say_audience(frame: pd.DataFrame, view: View) -> str:
    countries = frame[(frame["organisation_kind"] == ALL) & frame["country"].notna()]
    kinds = frame[frame["country"].isna() & (frame["organisation_kind"] != ALL)]
    every = frame.iloc[-1]["participants"]
    country, kind = _largest(countries, every), _largest(kinds, every)
    if pd.isna(every) or country is None or kind is None:
        return suppressed.nothing(view)
    least = kinds.iloc[-1]
    key = "finding" if len(kinds) > 1 and kinds["participants"].notna().all() else "largest"
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
    return view.words("figure.audience.cells")


AUDIENCE = Figure(
    "audience", _audience, _draw_audience, _say_audience, held_at, INDICATOR, title=_say_audience, note=_note_audience,
    people=("participants",),
)  # fmt: skip


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


def _judge_newcomers(frame: pd.DataFrame, _view: View) -> Tone | None:
    """A weakness where nobody new came in the last year and longer."""
    return Tone.BAD if len(frame) > HALF_YEARS and not frame["groups_new"].tail(HALF_YEARS).any() else None


def _note_newcomers(_frame: pd.DataFrame, view: View) -> str:
    return view.words("events.newcomers_note")


NEW_COUNTRIES, NEW_KINDS = (
    Figure(
        f"newcomers_{what}", partial(_newcomers, what=what), _draw_newcomers, partial(_say_newcomers, what=what),
        held_at, INDICATOR, title=partial(_say_newcomers, what=what), note=_note_newcomers,
        native=partial(_draw_newcomers, form=native.stacked_columns), judge=_judge_newcomers,
    )
    for what in ("country", "kind")
)  # fmt: skip
