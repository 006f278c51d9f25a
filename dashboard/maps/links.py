"""Places sized by how much happens there, joined by arcs."""

from collections.abc import Mapping

import pandas as pd
import pydeck as pdk

from dashboard.charts.theme import Palette
from dashboard.maps.base import deck, rgb
from dashboard.maps.paths import great_circle


def links(
    arcs: pd.DataFrame, places: pd.DataFrame, fills: Mapping[str, str], colours: Palette, globe: bool
) -> pdk.Deck:
    """`arcs`: eu_longitude, eu_latitude, japan_longitude, japan_latitude, group, hover and, for a selection, code.

    `places`: longitude, latitude, side, size (a count), hover, code. `fills` gives an arc's colour by its group.
    """
    drawn_arcs = arcs.assign(colour=[rgb(fills[group], 190) for group in arcs["group"]])
    drawn_places = places.assign(
        colour=[rgb(colours.side(side), 215) for side in places["side"]], radius=(places["size"] ** 0.5) * 5.0
    )
    layers = [
        _lines(drawn_arcs) if globe else _arcs(drawn_arcs),
        pdk.Layer(
            "ScatterplotLayer", drawn_places, id="places", pickable=True, stroked=True,
            get_position="[longitude, latitude]", get_radius="radius", radius_units="'pixels'",
            get_fill_color="colour", get_line_color=rgb(colours.page), line_width_min_pixels=1,
        ),
    ]  # fmt: skip
    return deck(layers, colours, globe, (52.0, 72.0) if globe else (40.0, 69.5), 1.35 if globe else 1.65)


def _arcs(arcs: pd.DataFrame) -> pdk.Layer:
    return pdk.Layer(
        "ArcLayer", arcs, id="arcs", pickable=True,
        get_source_position="[eu_longitude, eu_latitude]", get_target_position="[japan_longitude, japan_latitude]",
        get_source_color="colour", get_target_color="colour", get_width=_width(arcs), get_height=0.35,
    )  # fmt: skip


def _lines(arcs: pd.DataFrame) -> pdk.Layer:
    ends = ("eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude")
    paths = [
        great_circle((west, south), (east, north)) for west, south, east, north in arcs[[*ends]].itertuples(index=False)
    ]
    return pdk.Layer(
        "PathLayer", arcs.drop(columns=[*ends]).assign(path=paths), id="arcs", pickable=True,
        get_path="path", get_color="colour", get_width=_width(arcs), width_units="'pixels'",
    )  # fmt: skip


def _width(arcs: pd.DataFrame) -> str | int:
    return "width" if "width" in arcs else 2
