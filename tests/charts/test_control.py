"""A control chart keeps what it marks along the top clear of the highest value's number, at any height."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.charts.control import Line, control
from dashboard.charts.theme import LIGHT
from dashboard.exports.formats import still

MONTHS = pd.date_range("2015-01-01", periods=12, freq="MS")
FRAME = pd.DataFrame({
    "date": MONTHS, "value": [3, 4, 5, 3, 4, 45, 3, 4, 5, 3, 4, 5], "kind": ["routine"] * 5 + ["outside"] +
    ["routine"] * 6, "label": "",
})  # fmt: skip
OCCASIONS = pd.DataFrame({"date": MONTHS[5:6], "kind": "event", "label": ""})
LIMITS = (Line(0, "lower"), Line(7, "mean"), Line(40, "upper"))
NAMES = {"routine": "routine", "outside": "outside", "event": "event"}
POINT = re.compile(r'aria-label="[^"]*name: (outside|event);[^>]*translate\([^,]+,([^)]+)\)')


@pytest.mark.parametrize("height", [300, 160])
def test_the_highest_number_stands_below_what_is_marked_along_the_top(height: int) -> None:
    form = control(FRAME, OCCASIONS, LIMITS, NAMES, LIGHT, "%Y-%m").to_dict()
    down = {name: float(place) for name, place in POINT.findall(still({**form, "height": height}, 700))}
    assert down["outside"] - down["event"] >= 13 + 13 + 4  # the number, its distance from its point and half a mark
