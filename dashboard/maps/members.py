"""Places of members: full while they belong to the group, a ring once they have left."""

import pandas as pd
import pydeck as pdk

from dashboard.charts.theme import Palette
from dashboard.maps.base import deck, rgb


def members(places: pd.DataFrame, colours: Palette, globe: bool) -> pdk.Deck:
    """`places`: longitude, latitude, side, member (in the group now), hover, code. All circles have one size."""
    shades = [(colours.side(side), now) for side, now in zip(places["side"], places["member"], strict=True)]
    drawn = places.assign(
        fill=[rgb(shade, 215 if now else 0) for shade, now in shades],
        line=[rgb(colours.page if now else shade) for shade, now in shades],
    )
    layer = pdk.Layer(
        "ScatterplotLayer", drawn, id="places", pickable=True, auto_highlight=True, stroked=True,
        get_position="[longitude, latitude]", get_radius=6, radius_units="'pixels'", get_fill_color="fill",
        get_line_color="line", line_width_min_pixels=1.5,
    )  # fmt: skip
    return deck([layer], colours, globe, (46.0, 65.0), 0.9 if globe else 1.55)
