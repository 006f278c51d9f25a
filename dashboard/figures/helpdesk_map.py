"""Where the help desk's enquirers are: on the map, and ranked."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import bars, native
from dashboard.charts.flatmap import CROWDS, flatmap
from dashboard.figures.helpdesk import CASES, asked, rows
from dashboard.figures.model import Figure, View
from dashboard.figures.partnerships import hover, land
from dashboard.maps.circles import circles
from dashboard.queries import helpdesk as records
from dashboard.queries import helpdesk_demand as ask
from dashboard.text import format

SIDES = ("eu", "japan", "other")
RANKED = 15
NO_ARCS = pd.DataFrame(
    {name: pd.Series(dtype="float64") for name in ("eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude")}
    | {name: pd.Series(dtype="str") for name in ("group", "hover", "code")}
)


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each country's largest piece of land."""
    found = {}
    for feature in land()["features"]:
        rings = [shape[0] for shape in feature["geometry"]["coordinates"]]
        found[feature["properties"]["country"]] = max((_middle(ring) for ring in rings), key=lambda one: one[0])[1:]
    return found


def _middle(ring: list[list[float]]) -> tuple[float, float, float]:
    """Area in square degrees, latitude and longitude of a ring's centroid, as on a plane."""
    area = latitude = longitude = 0.0
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x * next_y - next_x * y
        area, longitude, latitude = area + cross, longitude + (x + next_x) * cross, latitude + (y + next_y) * cross
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area / 2), latitude / (3 * area), longitude / (3 * area)


def _places(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = frame[frame["country"].isin(centres())]
    middle = [centres()[country] for country in placed["country"]]
    return pd.DataFrame(
        {
            "longitude": [round(longitude, 3) for _, longitude in middle],
            "latitude": [round(latitude, 3) for latitude, _ in middle],
            "side": placed["side"].tolist(),
            "size": placed["cases"].astype("float64").tolist(),
            "code": placed["country"].tolist(),
            "hover": [
                hover(
                    format.country(row.country, view.language),
                    view.words("helpdesk.hover_cases", count=view.number(row.cases)),
                )
                for row in rows(placed)
            ],
        }
    )


def _map(globe: bool) -> Figure:
    def deck(frame: pd.DataFrame, view: View) -> pdk.Deck:
        made = circles(_places(frame, view), view.colours, "globe" if globe else "flat")
        made.layers[-1].auto_highlight = False  # over land read by address, a highlighted circle swallows its click
        return made

    def still(frame: pd.DataFrame, view: View) -> Any:
        return flatmap(land(), NO_ARCS, _places(frame, view), {}, view.colours, CROWDS)

    return Figure(
        "enquirer_map", asked(ask.by_country), still, _say, records.cases, CASES,
        title=_say, deck=deck, height=460, variant="globe" if globe else "", note=_note_map,
    )  # fmt: skip


def _say(frame: pd.DataFrame, view: View) -> str:
    top, every = frame.iloc[0], frame["cases"].sum()
    return view.words(
        "figure.enquirer_map.finding" if len(frame) > 1 else "figure.enquirer_map.finding_one",
        countries=view.number(len(frame)), cases=view.number(every), count=view.number(top["cases"]),
        country=format.country(top["country"], view.language), share=format.share(top["cases"] / every, view.language),
    )  # fmt: skip


def _note_map(frame: pd.DataFrame, view: View) -> str:
    nowhere = [country for country in frame["country"] if country not in centres()]
    said = view.words("figure.enquirer_map.note")
    if not nowhere:
        return said
    names = format.listing([format.country(country, view.language) for country in nowhere], view.language)
    return said + view.words("figure.enquirer_map.note_nowhere", names=names)


MAP, GLOBE = _map(globe=False), _map(globe=True)


def _draw_ranked(frame: pd.DataFrame, view: View, form: Any = bars.ranked) -> Any:
    shown = frame.head(RANKED)
    shares = shown["cases"] / frame["cases"].sum()
    return form(
        pd.DataFrame(
            {
                "name": [format.country(country, view.language) for country in shown["country"]],
                "value": shown["cases"], "group": shown["side"],
                "label": [
                    view.words("helpdesk.part", count=view.number(count), share=format.share(share, view.language, 1))
                    for count, share in zip(shown["cases"], shares, strict=True)
                ],
            }
        ),
        view.colours,
        {side: view.colours.side(side) for side in SIDES},
        view.words("column.cases"),
    )  # fmt: skip


def _say_ranked(frame: pd.DataFrame, view: View) -> str:
    if len(frame) == 1:
        return _say(frame, view)
    sides = frame.groupby("side")["cases"].sum()
    shares = {side: format.share(sides.get(side, 0) / sides.sum(), view.language, 1) for side in SIDES}
    return view.words("figure.enquirer_countries.finding", **shares)


def _note_ranked(frame: pd.DataFrame, view: View) -> str:
    rest = frame.iloc[RANKED:]
    if rest.empty:
        return view.words("figure.enquirer_countries.note_all")
    return view.words(
        "figure.enquirer_countries.note", countries=view.number(len(rest)), cases=view.number(rest["cases"].sum())
    )


RANKING = Figure(
    "enquirer_countries", asked(ask.by_country), _draw_ranked, _say_ranked, records.cases, CASES,
    title=_say_ranked, note=_note_ranked, native=partial(_draw_ranked, form=native.ranked),
)  # fmt: skip
