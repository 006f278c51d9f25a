"""Names and figures above their dots: side by side where there is room, and never one over the other."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard.charts.estimates import dumbbells, intervals
from dashboard.charts.theme import LIGHT
from dashboard.exports.formats import still

NAMES = ["Osaka, Jul 2016 – Training seminar at Kobe University's Umeda laboratory", "All"]
LABELS = ["+21.3 points (95% interval 17.8 to 24.7) · g = 1.34 · n = 27", "+17.3 points · n = 120"]
ROWS = pd.DataFrame({
    "key": ["a", "b"], "name": NAMES, "label": LABELS, "strong": [False, True], "group": "x", "before": [46.0, 47.0],
    "after": [67.0, 64.0], "value": [46.0, 47.0], "low": [40.0, 41.0], "high": [50.0, 51.0],
})  # fmt: skip
DRAWN = {
    "dumbbells": dumbbells(ROWS, LIGHT, {"x": "#000000"}, 100, "points"),
    "intervals": intervals(ROWS, LIGHT, {"x": "#000000"}, (0, 100), "points"),
}


def heights(svg: str) -> dict[str, float]:
    """How far down each text stands."""
    found: dict[str, float] = {}

    def walk(element: ElementTree.Element, down: float) -> None:
        moved = re.match(r"translate\([^,]+,([^)]+)\)", element.get("transform", ""))
        down += float(moved[1]) if moved else 0.0
        if element.text and element.tag.endswith("text"):
            found[element.text] = down
        for one in element:
            walk(one, down)

    walk(ElementTree.fromstring(svg), 0.0)
    return found


@pytest.mark.parametrize("kind", DRAWN)
def test_long_names_stand_above_their_figures_where_there_is_no_room_beside(kind: str) -> None:
    form: dict[str, Any] = DRAWN[kind].to_dict()
    wide, narrow = heights(still(form, 1200)), heights(still(form, 720))
    for name, label in zip(NAMES, LABELS, strict=True):
        assert wide[name] == wide[label]
        assert narrow[label] - narrow[name] >= 14
    assert narrow[NAMES[1]] - narrow[LABELS[0]] >= 30  # and its dots between
