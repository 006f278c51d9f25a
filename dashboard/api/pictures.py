"""Files and drawings of figures: made by few at a time, and kept for everyone who asks for the same."""

from __future__ import annotations

import re
from dataclasses import replace
from threading import BoundedSemaphore

import pandas as pd

from dashboard.exports.formats import still
from dashboard.figures.files import drawing, file
from dashboard.figures.model import Figure, View
from dashboard.store import remembered

AT_ONCE = BoundedSemaphore(2)
"""Drawing takes a processor for up to half a second; more at once would keep the pages waiting."""

WIDTH = 720
NAMED = re.compile(r'\bid="([^"]+)"')
REFERENCE = re.compile(r'(\bid="|url\(#|href="#|url\(&quot;#)([^")&]+)')


def file_of(figure: Figure, frame: pd.DataFrame, view: View, suffix: str) -> bytes:
    """A figure's file, as its card offers it."""

    def make() -> bytes:
        with AT_ONCE:
            return file(figure, frame, view, suffix)

    return remembered(("file", suffix, figure.name, view.identity), make)


def drawn(figure: Figure, frame: pd.DataFrame, view: View, dark: bool) -> str:
    """A figure as SVG without title and foot, for a place that says in words what it shows; its identifiers are its
    own beside the same figure on other ground."""
    seen = replace(view, dark=dark)

    def make() -> str:
        with AT_ONCE:
            svg = still(drawing(figure, frame, seen)[0], WIDTH)
        return own_identifiers(svg, "dark" if dark else "light").replace("<svg ", '<svg aria-hidden="true" ', 1)

    return remembered(("drawn", figure.name, seen.identity), make)


def own_identifiers(svg: str, prefix: str) -> str:
    """An SVG whose identifiers and what refers to them begin with a prefix."""
    names = set(NAMED.findall(svg))
    return REFERENCE.sub(
        lambda found: f"{found[1]}{prefix}-{found[2]}" if found[2] in names else found[0], svg
    )  # fmt: skip
