"""No figure makes the browser warn: its layers agree on their scales and legends, and none is without a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import vl_convert

from dashboard.figures.files import specification
from dashboard.figures.model import View
from dashboard.figures.register import PAGES
from dashboard.filters import Filters, Month, Period
from tests.figures.conftest import Look, view_on

NARROW = Filters(period=Period(Month(2015, 1), Month(2015, 6)), themes=("biotechnology",))
pages = pytest.mark.parametrize("page", PAGES)


def drawn(page: str, view: View) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of a page that have something to draw, by name."""
    for figure in PAGES[page]:
        frame = figure.frame(view)
        if figure.draw is not None and not frame.empty:
            yield figure.name, json.loads(json.dumps(specification(figure, frame, view)).replace('"container"', "900"))


def empty_layers(spec: dict[str, Any]) -> list[int]:
    """Vega has no end for a scale of no rows, and says so; of a layer without data Altair makes one empty row."""
    return [place for place, layer in enumerate(spec.get("layer", [])) if not all(ends(layer, spec))]


def ends(layer: dict[str, Any], spec: dict[str, Any]) -> Iterator[bool]:
    """Of a layer, whether it has rows, and of each of its numbers and times, whether any row has one."""
    name = (layer.get("data") or spec.get("data") or {}).get("name")
    if name is None:
        return
    rows = spec["datasets"][name]
    yield any(rows)
    for channel in layer.get("encoding", {}).values():
        field = channel.get("field") if isinstance(channel, dict) else None
        if field and channel.get("type") in ("quantitative", "temporal"):
            yield any(row.get(field, 0) is not None for row in rows)


def warned(page: str, view: View, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, spec in drawn(page, view):
        vl_convert.vegalite_to_svg(spec, show_warnings=True)
        said = capfd.readouterr().err
        if said or empty_layers(spec):
            found[name] = (said, empty_layers(spec))
    return found


@pages
@pytest.mark.parametrize("filters", [Filters(), NARROW], ids=["whole", "narrow"])
def test_no_figure_of_the_demonstration_warns(look: Look, page: str, filters: Filters, capfd) -> None:
    assert warned(page, look(filters), capfd) == {}


@pages
def test_no_figure_of_a_single_row_warns(one_row, page: str, capfd) -> None:
    assert warned(page, view_on(one_row), capfd) == {}
