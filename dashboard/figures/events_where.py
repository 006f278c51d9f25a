"""Where and about what people were reached: the map, and ranked bars by objective, theme, format, country and city."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import bars, native
from dashboard.charts.flatmap import CROWDS, flatmap
from dashboard.figures import suppressed
from dashboard.figures.events import INDICATOR, everyone, held_at
from dashboard.figures.events_words import held, people, place
from dashboard.figures.leading import as_many, tied
from dashboard.figures.model import Figure, View
from dashboard.figures.partnerships import hover, land
from dashboard.maps.circles import VIEWS, circles
from dashboard.queries import events as ask
from dashboard.queries.common import EU_SIDE, JAPAN
from dashboard.text import format

NO_ARCS = pd.DataFrame(columns=["eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude", "group"])
ROWS_DRAWN = 20


def place_code(city: object, country: str) -> str:
    """What a place on the map is called in a selection: country and, if it is known, city."""
    return f"{country} {city}" if isinstance(city, str) else country


def _places(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = frame.dropna(subset=["latitude", "longitude", "participants"])
    return pd.DataFrame(
        {
            "longitude": placed["longitude"].astype("float64").round(4),
            "latitude": placed["latitude"].astype("float64").round(4),
            "side": placed["side"], "size": placed["participants"].astype("float64"),
            "code": [place_code(row.city, row.country) for row in placed.itertuples(index=False)],
            "hover": [
                hover(place(row.city, row.country, view), held(row.events, row.presentations, view),
                      people(row.participants, view))
                for row in placed.itertuples(index=False)
            ],
        }
    )  # fmt: skip


def _deck(frame: pd.DataFrame, view: View, form: str) -> pdk.Deck:
    return circles(_places(frame, view), view.colours, form)


def _still(frame: pd.DataFrame, view: View) -> Any:
    return flatmap(land(), NO_ARCS, _places(frame, view), {}, view.colours, CROWDS)


def _say_map(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    if pd.isna(top["participants"]):
        return suppressed.nothing(view)
    key = "finding" if len(frame) > 1 else "single"
    return view.words(
        f"figure.event_map.{key}",
        cities=view.number(len(frame)),
        place=place(top["city"], top["country"], view), count=view.number(top["participants"]),
        all=view.number(everyone(view)),
        held=held(frame["events"].sum(), frame["presentations"].sum(), view),
    )  # fmt: skip


def _note_map(frame: pd.DataFrame, view: View) -> str:
    missing = frame["latitude"].isna() | frame["longitude"].isna()
    said = view.words("figure.event_map.circles")
    if not missing.any():
        return said
    unplaced = frame[missing]
    what = held(unplaced["events"].sum(), unplaced["presentations"].sum(), view)
    return view.sentences(said, view.words("figure.event_map.unplaced", held=what))


MAPS = {
    form: Figure(
        "event_map", lambda view: view.frame(ask.places), _still, _say_map, held_at, INDICATOR, title=_say_map,
        deck=partial(_deck, form=form), height=500, variant=form if form != "flat" else "", note=_note_map,
        people=("participants",),
    )
    for form in VIEWS
}  # fmt: skip
EVENT_MAP, EVENT_GLOBE = MAPS.pop("flat"), MAPS.pop("globe")
CLOSER = MAPS
"""The same map, looked at from closer."""


def _names(frame: pd.DataFrame, view: View, what: str) -> list[str]:
    """The rows' names in words."""
    if what == "theme":
        return list(view.localise(frame, "theme")["theme"])
    if what == "city":
        return [place(row.city, row.country, view) for row in frame.itertuples(index=False)]
    if what == "country":
        return [format.country(code, view.language) for code in frame["country"]]
    return [
        view.words(f"code.{what}.{code}") if isinstance(code, str) else view.words("events.not_stated")
        for code in frame[what]
    ]


def _fills(frame: pd.DataFrame, view: View, what: str) -> tuple[list[str], dict[str, str]]:
    """Themes and sides have their colours, all else one that means nothing."""
    if what == "theme":
        return list(frame["theme_code"]), {code: view.colours.theme(code) for code in frame["theme_code"]}
    if what in ("country", "city"):
        side = ["japan" if code == JAPAN else "eu" if code in EU_SIDE else "other" for code in frame["country"]]
        return side, {one: view.colours.side(one) for one in side}
    return ["all"] * len(frame), {"all": view.colours.muted}


def _draw_by(frame: pd.DataFrame, view: View, what: str, form: Any = bars.ranked) -> Any:
    shown = frame.dropna(subset=["participants"]).head(ROWS_DRAWN)
    groups, fills = _fills(shown, view, what)
    all_people = everyone(view)
    return form(
        pd.DataFrame(
            {
                "name": _names(shown, view, what), "value": shown["participants"], "group": groups,
                "label": [
                    view.words("figure.reach_by.label", count=view.number(row.participants),
                               share=format.share(row.participants / all_people if all_people else None, view.language),
                               held=held(row.events, row.presentations, view))
                    for row in shown.itertuples(index=False)
                ],
            }
        ),
        view.colours,
        fills,
        view.words("column.participants"),
    )  # fmt: skip


def _say_by(frame: pd.DataFrame, view: View, what: str) -> str:
    names, counts, every = _names(frame, view, what), frame["participants"], everyone(view)
    if pd.isna(counts.iloc[0]):
        return suppressed.nothing(view)
    if len(frame) == 1:
        return view.words("figure.reach_by.single", name=names[0], count=people(counts.iloc[0], view))
    said = {
        "name": names[0], "count": view.number(counts.iloc[0]), "all": view.number(every),
        "share": format.share(counts.iloc[0] / every if every else None, view.language),
    }  # fmt: skip
    others = [names[place] for place in tied(counts)]
    if what in ("country", "city") or counts.isna().any() or others:
        return as_many(view.words("figure.reach_by.top", **said), others, view)
    return view.words("figure.reach_by.span", last=names[-1], few=view.number(counts.iloc[-1]), **said)


def _note_by(frame: pd.DataFrame, view: View, what: str) -> str:
    said = view.words("figure.reach_by.where" if what in ("country", "city") else "figure.reach_by.twice")
    if frame["participants"].count() <= ROWS_DRAWN:
        return said
    drawn = view.words("figure.reach_by.drawn", shown=view.number(ROWS_DRAWN), all=view.number(len(frame)))
    return view.sentences(said, drawn)


def _asked(view: View, what: str) -> pd.DataFrame:
    return view.select(ask.reach_by(view.filters, what))


BY_OBJECTIVE, BY_THEME, BY_FORMAT, BY_COUNTRY, BY_CITY = (
    Figure(
        f"reach_by_{what}", partial(_asked, what=what), partial(_draw_by, what=what), partial(_say_by, what=what),
        held_at, INDICATOR, title=partial(_say_by, what=what), note=partial(_note_by, what=what),
        native=partial(_draw_by, what=what, form=native.ranked), people=("participants",),
    )
    for what in ("objective", "theme", "format", "country", "city")
)  # fmt: skip
