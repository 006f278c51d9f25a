"""A figure's picture inside a document: as large as its type can be, and in the colours of the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dashboard.charts.theme import LIGHT, Palette
from dashboard.exports.stage import staged
from dashboard.figures.files import drawing
from dashboard.figures.model import Figure, View
from dashboard.figures.talk import Slide
from dashboard.text.markup import wrap

TAG = re.compile(r"<[^<>]+>")
PAINT = re.compile(r'(fill|stroke|stop-color)="(#[0-9A-Fa-f]{3,8}|rgba?\([^)]*\)|[a-z]+)"')
SPARE = re.compile(r' (?:aria-[a-z]+|role|class|xmlns:xlink)="[^"]*"')
PLACES = re.compile(r' (?:d|transform|points)="[^"]*"')
DECIMALS = re.compile(r"(\.\d)\d+")
OWN = re.compile(r'( id="|url\(#|href="#)')
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
    """The figure as SVG."""
    assert slide.frame is not None
    return staged(drawing(figure, slide.frame, view)[0])


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
