"""A map as a still picture, for files and slides: the same places and arcs over the same land."""

import math
from typing import Any, ClassVar

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

LAND = "land"
STEPS = 33
WIDTH, HEIGHT = 960, 500
SCALE = 285
LARGEST, CROWDS, LEAST = 320, 1600, 36
"""Areas of circles in square points; `CROWDS` is for counts that reach from few to hundreds."""
LETTERS: dict[str, Any] = {
    "labelFontSize": 18, "labelLimit": 400, "symbolType": "stroke", "symbolSize": 500, "symbolStrokeWidth": 4,
}  # fmt: skip
"""Of the legend, large enough to be read where the picture is half as wide."""
CENTRE = (68.0, 47.0)
"""Longitude and latitude of the picture's middle, between Europe and Japan."""


def flatmap(
    land: dict[str, Any],
    arcs: pd.DataFrame,
    places: pd.DataFrame,
    fills: dict[str, str],
    colours: Palette,
    largest: int = LARGEST,
    names: dict[str, str] | None = None,
) -> Any:
    """`land` is a GeoJSON feature collection; `arcs` and `places` as for the map on the page. A circle's area is in
    proportion to its place's `size`, the largest has `largest` square points; none is too small to be seen.
    Places of which `member` is false are rings. `names` of the arcs' groups stand above.

    Land is cut where the picture ends, and places and arcs outside are left out of the data: a clip or an opacity of a
    mark would make whatever renders the picture paint all of it once more for each."""
    ground = alt.Chart(alt.NamedData(name=LAND)).mark_geoshape(
        fill=colours.land, stroke=colours.page, strokeWidth=0.5, clip=False
    )
    share = np.tile(np.linspace(0, 1, STEPS), len(arcs))
    spread = arcs.assign(arc=range(len(arcs))).loc[arcs.index.repeat(STEPS)]
    curves = pd.DataFrame(
        {
            "arc": spread["arc"].to_numpy(),
            "step": np.tile(range(STEPS), len(arcs)),
            "group": [(names or {}).get(group, group) for group in spread["group"]],
            "longitude": spread["eu_longitude"].to_numpy() * (1 - share) + spread["japan_longitude"].to_numpy() * share,
            "latitude": spread["eu_latitude"].to_numpy() * (1 - share)
            + spread["japan_latitude"].to_numpy() * share
            + 14 * np.sin(np.pi * share),
        }
    )
    lines = alt.Chart(_seen(curves)).mark_line(strokeOpacity=0.7, strokeWidth=1.6, clip=False).encode(
        longitude=alt.Longitude(field="longitude", type="quantitative"),
        latitude=alt.Latitude(field="latitude", type="quantitative"),
        detail=alt.Detail(field="arc", type="nominal"),
        order=alt.Order(field="step", type="quantitative"),
        color=_coloured(arcs, fills, names, colours),
    )  # fmt: skip
    placed = places[["longitude", "latitude", "size", "side"]].assign(member=places.get("member", True))
    placed = placed.sort_values("size", ascending=False)
    placed = placed.assign(size=placed["size"].clip(lower=placed["size"].max() * LEAST / largest))
    dots = alt.Chart(_seen(placed[placed["member"]])).mark_circle(
        fillOpacity=0.9, opacity=1, stroke=colours.page, clip=False
    ).encode(fill=alt.Fill(**_sides(colours)), **_circles(largest))  # fmt: skip
    rings = alt.Chart(_seen(placed[~placed["member"]])).mark_point(
        filled=False, opacity=1, strokeWidth=2, clip=False
    ).encode(stroke=alt.Stroke(**_sides(colours)), **_circles(largest))  # fmt: skip
    projected = alt.layer(ground, lines, dots, *([] if placed["member"].all() else [rings])).project(
        type="mercator", scale=SCALE, translate=_middle(), clipExtent=[[0, 0], [WIDTH, HEIGHT]]
    )
    made = dressed(projected, colours, HEIGHT).properties(width=WIDTH)
    # Altair copies and checks a chart's data with each step; the land's shapes would take seconds.
    made.datasets = {**({} if made.datasets is alt.Undefined else made.datasets), LAND: _AsTheyAre(_turned(land))}
    return made


def _coloured(arcs: pd.DataFrame, fills: dict[str, str], names: dict[str, str] | None, colours: Palette) -> Any:
    """The arcs' colours, and those that are there in the legend where their groups have names."""
    if names is None:
        return marks.colour("group", fills)
    shown = {names.get(group, group): fill for group, fill in fills.items() if group in set(arcs["group"])}
    return marks.colour("group", shown, legend=marks.legend(colours, **LETTERS))


def _sides(colours: Palette) -> dict[str, Any]:
    scale = alt.Scale(domain=["eu", "japan", "other"], range=[colours.eu, colours.japan, colours.muted])
    return {"field": "side", "type": "nominal", "legend": None, "scale": scale}


def _circles(largest: int) -> dict[str, Any]:
    scale = alt.Scale(domainMin=0, range=[0, largest])
    return {
        "longitude": alt.Longitude(field="longitude", type="quantitative"),
        "latitude": alt.Latitude(field="latitude", type="quantitative"),
        "size": alt.Size(field="size", type="quantitative", legend=None, scale=scale),
    }


class _AsTheyAre:
    """Data that Altair takes over without looking at each of their numbers: it asks whatever looks like a part of a
    chart for its form."""

    _schema: ClassVar[dict[str, Any]] = {}

    def __init__(self, held: list[dict[str, Any]]) -> None:
        self.held = held

    def to_dict(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
        return self.held


def _seen(points: pd.DataFrame) -> pd.DataFrame:
    """The points (`longitude`, `latitude` in degrees) that lie within the picture."""
    across = np.radians(points["longitude"].to_numpy(dtype=float) - CENTRE[0])
    up = _height(points["latitude"].to_numpy(dtype=float)) - _height(CENTRE[1])
    return points[(np.abs(across) <= WIDTH / 2 / SCALE) & (np.abs(up) <= HEIGHT / 2 / SCALE)]


def _height(latitude: Any) -> Any:
    """How high Mercator's projection puts a latitude in degrees, in radians of the equator."""
    return np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))


def _middle() -> list[float]:
    """Where Mercator's origin lies in the picture so that CENTRE is in its middle."""
    longitude, latitude = CENTRE
    return [WIDTH / 2 - SCALE * math.radians(longitude), HEIGHT / 2 + SCALE * float(_height(latitude))]


def _turned(land: dict[str, Any]) -> list[dict[str, Any]]:
    return [_wound(one) for one in land["features"]]


def _wound(feature: dict[str, Any]) -> dict[str, Any]:
    """The feature with its rings turned round: GeoJSON winds land anticlockwise, Vega takes that for the sea."""
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    turned = [[ring[::-1] for ring in polygon] for polygon in polygons]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": turned}}
