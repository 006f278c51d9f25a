"""A chart for a slide: as large as its type can be in the room that a slide has for a picture."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from dashboard.exports.formats import outline
from dashboard.text.format import width

PLACE = (1184, 460)
"""What a picture gets of a stage of 1280 × 720."""

LARGER = 1.4
"""Type on a slide beside the same type on a page, where the picture's rows leave room for it."""

FRAME = 50
"""What axes take of a picture's height, about."""

TIGHTEST, LOOSEST = 0.55, 1.7
"""Between which parts of their distance on a page rows are drawn: nearer they would touch."""

CHARACTER = 7
"""Points that a character of a picture's type is wide, about."""

MARGIN = 12
"""What is left around a picture that has no axes."""

SEPARATION = 8
"""Points between two labels of an axis."""

FONT = "DejaVu Sans, sans-serif"
"""Wide: with any other font a text takes no more room than it was given."""

TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def staged(spec: dict[str, Any]) -> str:
    """A Vega-Lite form as SVG for a slide; in smaller type where its longest text would take more than half of its
    width."""
    made = outline(sized(spec, LARGER))
    longest = max(map(width, texts(made)), default=0) * CHARACTER * 2
    fitting = max(1.0, PLACE[0] / longest) if longest else LARGER
    return made if fitting >= LARGER else outline(sized(spec, fitting))


def texts(svg: str) -> list[str]:
    """What is written in a picture, each once."""
    return list(dict.fromkeys(map(unescape, TEXT.findall(svg))))


def sized(spec: dict[str, Any], larger: float) -> dict[str, Any]:
    """A chart's Vega-Lite form for a slide: as wide and high as its place, both divided by how much larger its type
    is to be, as far as its rows allow. A picture of a width of its own, and one laid out by the point, keeps its
    height."""
    config = spec.get("config", {})
    axis = {**config.get("axis", {}), "labelSeparation": SEPARATION}
    made = {**spec, "config": {**config, "font": FONT, "axis": axis}}
    height = spec.get("height")
    if spec.get("width") != "container" or not isinstance(height, int | float):
        return made
    total = height + MARGIN
    if not is_laid_by_the_point(spec):
        height = round(min(max(PLACE[1] / larger - FRAME, TIGHTEST * height), LOOSEST * height))
        total = height + FRAME
    return {**made, "width": round(max(PLACE[0] / larger, PLACE[0] * total / PLACE[1])), "height": height}


def is_laid_by_the_point(spec: dict[str, Any]) -> bool:
    """Whether what a chart shows stands at points of its own height, and would not follow another."""
    return f'"range": [0, {spec["height"]}]' in json.dumps(spec, default=str)
