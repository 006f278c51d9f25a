"""Framework projects on the map: by country, and between organisations."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts.flatmap import flatmap
from dashboard.figures.framework import asked, figure, names, rows
from dashboard.figures.leading import as_many, joined, tied
from dashboard.figures.model import Figure, View
from dashboard.figures.partnerships import hover, land
from dashboard.maps.links import links
from dashboard.queries import framework as ask
from dashboard.queries.common import EU_SIDE, JAPAN
from dashboard.text import format

ARCS = 150
WIDEST, LARGEST = 6.0, 13.0  # pixels of the strongest arc; and of the largest circle, as its radius' square times 5
HEIGHT, LINE = 520, 34
WORLD = pdk.ViewState(latitude=36, longitude=58, zoom=1.35, min_zoom=0.3, max_zoom=9)
"""Wide enough for the partners on every continent."""
BETWEEN = "\t"
"""Parts the two codes of an arc; no code holds one."""


def _side(country: str) -> str:
    return "eu" if country in EU_SIDE else "other"


def _share(counts: pd.Series, largest: float) -> Any:
    """Counts scaled so that the highest is the largest that the map draws well."""
    return (counts / counts.max() * largest).clip(lower=0.5).round(2)


def _country_arcs(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = _placed(frame)
    return pd.DataFrame(
        {
            "eu_latitude": placed["latitude"].round(4), "eu_longitude": placed["longitude"].round(4),
            "japan_latitude": placed["focus_latitude"].round(4), "japan_longitude": placed["focus_longitude"].round(4),
            "group": [_side(country) for country in placed["country"]], "code": placed["country"],
            "width": _share(placed["projects"], WIDEST), "hover": _say_countries(placed, view),
        }
    )  # fmt: skip


def _country_places(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = _placed(frame)
    total = view.frame(ask.totals)["projects"].iloc[0]
    middle = placed[["focus_longitude", "focus_latitude"]].head(1).round(4)  # none where nothing could be placed
    japan = [JAPAN] * len(middle)
    said = hover(format.country(JAPAN, view.language), _count(total, view))
    return pd.DataFrame(
        {
            "longitude": [*placed["longitude"].round(4), *middle["focus_longitude"]],
            "latitude": [*placed["latitude"].round(4), *middle["focus_latitude"]],
            "side": [*(_side(country) for country in placed["country"]), *("japan" for _ in japan)],
            "size": _share(pd.Series([*placed["projects"], *(total for _ in japan)], dtype="float64"), LARGEST),
            "code": [*placed["country"], *japan],
            "hover": [*_say_countries(placed, view), *(said for _ in japan)],
        }
    )


def _say_countries(frame: pd.DataFrame, view: View) -> list[str]:
    return [
        hover(
            format.country(row.country, view.language),
            _count(row.projects, view),
            view.words("framework.hover_organisations", count=view.number(row.organisations)),
        )
        for row in rows(frame)
    ]


def _lines(name: str) -> str:
    """A long name over several lines: what is hovered is cut at the map's edge."""
    return "\n".join(wrap(name, LINE))


def _count(projects: float, view: View) -> str:
    return view.words("framework.hover_projects", count=view.number(projects))


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(subset=["latitude", "longitude", "focus_latitude", "focus_longitude"])


def _say_country_map(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    said = view.words(
        "figure.framework_countries.finding",
        countries=view.number(len(frame)), country=format.country(top["country"], view.language),
        count=view.number(top["projects"]), projects=view.number(view.frame(ask.totals)["projects"].iloc[0]),
    )  # fmt: skip
    others = [format.country(code, view.language) for code in frame["country"][tied(frame["projects"])]]
    return as_many(said, others, view)


def _pairs(view: View) -> pd.DataFrame:
    frame = view.select(ask.organisation_pairs(view.filters, limit=ARCS))
    return frame.assign(
        focus_name=names(frame, view, "focus_name", "focus_organisation_code"),
        partner_name=names(frame, view, "partner_name", "partner_organisation_code"),
    )


def _pair_arcs(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = frame.dropna(subset=["focus_latitude", "focus_longitude", "partner_latitude", "partner_longitude"])
    return pd.DataFrame(
        {
            "eu_latitude": placed["partner_latitude"].round(4), "eu_longitude": placed["partner_longitude"].round(4),
            "japan_latitude": placed["focus_latitude"].round(4), "japan_longitude": placed["focus_longitude"].round(4),
            "group": [_side(country) for country in placed["partner_country"]],
            "code": placed["focus_organisation_code"] + BETWEEN + placed["partner_organisation_code"],
            "width": _share(placed["projects"], WIDEST / 2),
            "hover": [
                hover(_lines(f"{row.focus_name} –"), _lines(row.partner_name), _count(row.projects, view))
                for row in rows(placed)
            ],
        }
    )  # fmt: skip


def _drawn_organisations(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    drawn = {*frame["focus_organisation_code"], *frame["partner_organisation_code"]}
    found = view.frame(ask.organisations)
    return found[found["organisation_code"].isin(drawn)]


def _pair_places(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = _drawn_organisations(frame, view).dropna(subset=["latitude", "longitude"])
    return pd.DataFrame(
        {
            "longitude": placed["longitude"].round(4), "latitude": placed["latitude"].round(4),
            "side": ["japan" if country == JAPAN else _side(country) for country in placed["country"]],
            "size": _share(placed["projects"], LARGEST / 2), "code": placed["organisation_code"],
            "hover": [
                hover(_lines(name), _where(row, view), _count(row.projects, view))
                for name, row in zip(names(placed, view), rows(placed), strict=True)
            ],
        }
    )  # fmt: skip


def _where(row: Any, view: View) -> str:
    country = format.country(row.country, view.language)
    if row.located == "country":
        return view.words("framework.at_centre", country=country)
    city = view.city(row.city, row.country) if isinstance(row.city, str) else None
    return format.listing([city, country] if city else [country], view.language)


def _say_pair_map(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    said = view.words(
        "figure.framework_organisations.finding",
        name=top["focus_name"], partner=top["partner_name"], count=view.number(top["projects"]),
    )  # fmt: skip
    others = frame.loc[tied(frame["projects"])]
    named = [*map(joined, others["focus_name"], others["partner_name"])]
    return as_many(said, named, view, are_all=len(others) + 1 < len(frame) or len(frame) == _all_pairs(view))


def _all_pairs(view: View) -> int:
    """How many pairs there are, of which the closest are drawn."""
    return int(view.frame(ask.pair_count)["pairs"].iloc[0])


def _note_pairs(frame: pd.DataFrame, view: View) -> str:
    drawn = _drawn_organisations(frame, view)
    return view.words(
        "framework.pairs_note",
        shown=view.number(len(frame)), all=view.number(_all_pairs(view)),
        organisations=view.number(len(drawn)), centred=view.number((drawn["located"] == "country").sum()),
    )  # fmt: skip


def _map(key: str, data: Any, arcs: Any, places: Any, say: Any, globe: bool, **more: Any) -> Figure:
    def fills(view: View) -> dict[str, str]:
        return {side: view.colours.side(side) for side in ("eu", "other")}

    def deck(frame: pd.DataFrame, view: View) -> pdk.Deck:
        made = links(arcs(frame, view), places(frame, view), fills(view), view.colours, globe)
        if not globe:
            made.initial_view_state = WORLD
        return made

    def still(frame: pd.DataFrame, view: View) -> Any:
        return flatmap(land(), arcs(frame, view), places(frame, view), fills(view), view.colours)

    variant = "globe" if globe else ""
    return figure(key, data, still, say, deck=deck, height=HEIGHT, variant=variant, **more)


COUNTRY_MAP, COUNTRY_GLOBE = (
    _map("framework_countries", asked(ask.country_pairs), _country_arcs, _country_places, _say_country_map, globe)
    for globe in (False, True)
)
ORGANISATION_MAP, ORGANISATION_GLOBE = (
    _map("framework_organisations", _pairs, _pair_arcs, _pair_places, _say_pair_map, globe, note=_note_pairs)
    for globe in (False, True)
)
