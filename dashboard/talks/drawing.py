"""A figure's picture inside a document: as large as its type can be, and in the colours of the document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dashboard.charts.theme import LIGHT, Palette
from dashboard.figures.files import drawing
from dashboard.figures.model import Figure, View
from dashboard.figures.talk import Slide
from dashboard.text.format import width
from dashboard.text.markup import wrap

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

TAG = re.compile(r"<[^<>]+>")
PAINT = re.compile(r'(fill|stroke|stop-color)="(#[0-9A-Fa-f]{3,8}|rgba?\([^)]*\)|[a-z]+)"')
SPARE = re.compile(r' (?:aria-[a-z]+|role|class|xmlns:xlink)="[^"]*"')
PLACES = re.compile(r' (?:d|transform|points)="[^"]*"')
DECIMALS = re.compile(r"(\.\d)\d+")
OWN = re.compile(r'( id="|url\(#|href="#)')
TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
SIZE = re.compile(r'^<svg[^>]*?(viewBox="[^"]*")[^>]*>')
NO_PAINT = ("none", "transparent")


def variables(colours: Palette) -> dict[str, str]:
    """A palette as custom properties of a style sheet: colour by name."""
    plain = {name: value for name, value in vars(colours).items() if isinstance(value, str)}
    return plain | {f"theme-{code}": value for code, value in colours.themes}


NAMES = {value.lower(): name for name, value in reversed(variables(LIGHT).items())}


def picture(slide: Slide, view: View) -> str:
    """A slide's figure in the light view as markup whose colours follow the document's. Where it is drawn in colours
    that no palette names (shades of a scale), it stands there twice, light and dark."""
    assert slide.figure is not None
    light = drawn(slide.figure, slide, view)
    own = f"{slide.name}-{view.language}"
    if paints(light) <= NAMES.keys():
        return wrap("div", inlined(light, own, lambda colour: f"var(--{NAMES[colour.lower()]})"), "picture")
    dark = drawn(slide.figure, slide, replace(view, dark=True))
    return wrap("div", inlined(light, f"{own}-light", str), "picture when-light") + wrap(
        "div", inlined(dark, f"{own}-dark", str), "picture when-dark"
    )


def drawn(figure: Figure, slide: Slide, view: View) -> str:
    """The figure as SVG; in smaller type where its longest text would take more than half of its width."""
    import vl_convert

    def draw(larger: float) -> str:
        return str(vl_convert.vegalite_to_svg(json.dumps(sized(spec, larger), default=str)))

    assert slide.frame is not None
    spec, _ = drawing(figure, slide.frame, view)
    made = draw(LARGER)
    longest = max(map(width, TEXT.findall(made)), default=0) * CHARACTER * 2
    fitting = max(1.0, PLACE[0] / longest) if longest else LARGER
    return made if fitting >= LARGER else draw(fitting)


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
    if f'"range": [0, {height}]' not in json.dumps(spec, default=str):
        height = round(min(max(PLACE[1] / larger - FRAME, TIGHTEST * height), LOOSEST * height))
        total = height + FRAME
    return {**made, "width": round(max(PLACE[0] / larger, PLACE[0] * total / PLACE[1])), "height": height}


def paints(svg: str) -> set[str]:
    """Every colour of a picture."""
    found = {colour.lower() for one in TAG.findall(svg) for _, colour in PAINT.findall(one)}
    return found - set(NO_PAINT)


def inlined(svg: str, own: str, colour: Callable[[str], str]) -> str:
    """A picture to stand in a document beside others: its names begin with `own`, its size is its place's."""

    def paint(found: re.Match[str]) -> str:
        return found[0] if found[2] in NO_PAINT else f'{found[1]}="{colour(found[2])}"'

    def clean(found: re.Match[str]) -> str:
        slim = PLACES.sub(lambda place: DECIMALS.sub(r"\1", place[0]), SPARE.sub("", found[0]))
        return OWN.sub(rf"\g<1>{own}-", PAINT.sub(paint, slim))

    return SIZE.sub(r'<svg xmlns="http://www.w3.org/2000/svg" \1 aria-hidden="true">', TAG.sub(clean, svg), count=1)
