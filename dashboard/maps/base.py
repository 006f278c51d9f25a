"""The ground that every map stands on."""

from typing import Any

import pydeck as pdk

from dashboard.charts.theme import Palette

EMPTY_STYLE = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
LAND = "/app/static/land.geojson"


def rgb(colour: str, opacity: int = 255) -> list[int]:
    """A colour written #RRGGBB as deck.gl takes it."""
    return [*(int(colour[start : start + 2], 16) for start in (1, 3, 5)), opacity]


def deck(layers: list[pdk.Layer], colours: Palette, globe: bool, centre: tuple[float, float], zoom: float) -> pdk.Deck:
    """Layers over land. `centre` is latitude and longitude; a layer's rows carry their hover text in `hover`."""
    land = pdk.Layer(
        "GeoJsonLayer", LAND, id="land", stroked=False, filled=True, pickable=False,  # the file has borders as lines
        get_fill_color=rgb(colours.land), get_line_color=rgb(colours.page), line_width_min_pixels=0.6,
    )  # fmt: skip
    form: dict[str, Any] = {"type": "_GlobeView"} if globe else {"type": "MapView", "repeat": True}
    return pdk.Deck(
        layers=[land, *layers],
        initial_view_state=pdk.ViewState(latitude=centre[0], longitude=centre[1], zoom=zoom, min_zoom=0.3, max_zoom=9),
        map_style=EMPTY_STYLE,
        map_provider=None if globe else "carto",
        tooltip={"text": "{hover}"},  # type: ignore[arg-type]
        views=[pdk.View(**form, controller=True)],
    )
