"""Places as circles, their area in proportion to how much happens there."""

import pandas as pd
import pydeck as pdk

from dashboard.charts.theme import Palette
from dashboard.maps.base import deck, rgb

VIEWS = {
    "flat": (40.0, 69.5, 1.65),
    "europe": (49.0, 13.0, 2.95),
    "japan": (37.6, 137.5, 4.4),
    "globe": (42.0, 72.0, 1.35),
}
"""Where each form of the map looks: latitude, longitude, zoom."""
RADIUS = 1.15
"""Pixels of radius for the square root of one."""
LEAST = 3.0
"""Radius in pixels from which a circle can be hit."""


def circles(places: pd.DataFrame, colours: Palette, form: str) -> pdk.Deck:
    """`places`: longitude, latitude, side, size (a count), hover, code; the largest first, so that none is hidden."""
    drawn = places.assign(
        colour=[rgb(colours.side(side), 190) for side in places["side"]],
        radius=(places["size"] ** 0.5 * RADIUS).clip(lower=LEAST),
    )
    layer = pdk.Layer(
        "ScatterplotLayer", drawn, id="places", pickable=True, auto_highlight=True, stroked=True,
        get_position="[longitude, latitude]", get_radius="radius", radius_units="'pixels'", get_fill_color="colour",
        get_line_color=rgb(colours.page), line_width_min_pixels=1,
        billboard=True,  # round on the globe as well
    )  # fmt: skip
    latitude, longitude, zoom = VIEWS[form]
    return deck([layer], colours, form == "globe", (latitude, longitude), zoom)
