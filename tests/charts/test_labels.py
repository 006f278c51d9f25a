"""Words on charts stand where no line crosses them, and no scale is drawn without its number."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.charts.diverging import diverging
from dashboard.charts.marks import PLACE, round_steps
from dashboard.charts.progress import progress
from dashboard.charts.ranges import ranges
from dashboard.charts.spans import spans
from dashboard.charts.stair import stair
from dashboard.charts.theme import LIGHT


def values(drawn: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    return list(drawn["datasets"][layer["data"]["name"]])


def named(actual: list[float | None], planned: list[float | None]) -> dict[str, tuple[float, bool]]:
    """Where each line's name stands: its height, and whether it hangs above it."""
    months = pd.date_range("2015-01-31", periods=len(actual), freq="ME")
    frame = pd.DataFrame({"month": months, "actual": actual, "planned": planned, "label": ""})
    frame = frame.astype({"actual": "float64", "planned": "float64"})
    marks = pd.DataFrame({"date": pd.to_datetime([]), "text": [], "mark": []})
    drawn = progress(frame, marks, LIGHT, "reached", "plan", "%Y-%m").to_dict()
    texts = [layer for layer in drawn["layer"] if layer["mark"].get("text")]
    return {one["mark"]["text"]: (values(drawn, one)[0]["at"], one["mark"]["dy"] < 0) for one in texts}


@pytest.mark.parametrize(
    ("actual", "planned", "expected"),
    [
        # ten months, of which the last two count: above what is highest in them, below what is lowest
        ([1, 2, 3, 4, 5, 6, 7, 8, 8, 9], [9] * 10, {"reached": (9, True), "plan": (8, False)}),
        ([1, 2, 3, 4, 5, 6, 7, 8, 8, 9], [12] * 10, {"plan": (12, True), "reached": (8, False)}),
        ([5] * 10, [None] * 10, {"reached": (5, True)}),
        ([None] * 10, [3] * 10, {"plan": (3, True)}),
        ([4, 5, *[None] * 8], [3] * 10, {"reached": (3, True), "plan": (3, False)}),
        ([None] * 10, [None] * 10, {}),
    ],
)  # fmt: skip
def test_the_names_of_progress_and_plan_stand_clear_of_both_lines(actual, planned, expected) -> None:
    assert named(actual, planned) == expected


def test_what_a_stair_ends_at_is_said_behind_its_end() -> None:
    steps = pd.DataFrame({"date": pd.to_datetime(["2015-01-01", "2016-01-01"]), "value": [1, 1]})
    changes = pd.DataFrame(columns=["date", "value", "kind", "label", "hover"])
    drawn = stair(steps, changes, LIGHT, "members: 1", "%Y-%m").to_dict()
    (end,) = (layer for layer in drawn["layer"] if layer["mark"].get("text") == "members: 1")
    assert end["mark"]["align"] == "left"
    room = max(row["date"] for layer in drawn["layer"] for row in values(drawn, layer) if "date" in row)
    assert room == "2016-02-21T02:24:00"  # 14 % of 365 days


def test_the_middle_of_a_scale_crosses_no_number() -> None:
    answers = pd.DataFrame({"name": "All", "n": "n = 5", "level": range(5), "share": [20.0] * 5, "label": "20%"})
    layers = diverging(answers, list("abcde"), LIGHT).to_dict()["layer"]
    assert [layer["mark"]["type"] for layer in layers][:2] == ["rule", "bar"]


@pytest.mark.parametrize(
    ("limit", "steps"),
    [
        (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (22, [0, 5, 10, 15, 20]), (17.3, [0, 5, 10, 15]),
        (30, [0, 10, 20, 30]), (118, [0, 20, 40, 60, 80, 100]), (0.4, [0]),
    ],
)  # fmt: skip
def test_a_scale_goes_in_round_steps_up_to_its_end(limit: float, steps: list[float]) -> None:
    assert round_steps(limit) == steps


@pytest.mark.parametrize(("top", "steps"), [(None, [0, 5, 10, 15, 20]), (100, [0, 25, 50, 75, 100])])
def test_no_line_of_a_scale_is_drawn_where_no_number_stands(top: float | None, steps: list[float]) -> None:
    frame = pd.DataFrame({"name": ["A"], "series": "s", "value": [7.0], "low": [2.0], "high": [22.0], "label": "7"})
    axis = ranges(frame, LIGHT, {"s": "#000000"}, top).to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == steps
    assert axis["labelExpr"] == "datum.label + ''"


def axes(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    channels = (layer["encoding"].get("x", {}) for layer in drawn["layer"])
    return [one["axis"] for one in channels if one.get("type") == "temporal" and one.get("axis")]


def test_the_first_name_of_a_time_axis_stands_under_its_mark_and_leaves_the_second_its_room() -> None:
    start, end = pd.to_datetime(["2013-10-01"]), pd.to_datetime(["2017-02-28"])
    frame = pd.DataFrame(
        {"name": "Guide", "start": start, "end": end, "group": "eu", "label": "", "hover": "", "open": False}
    )
    found = axes(spans(frame, LIGHT, {"eu": LIGHT.eu}, "%Y-%m").to_dict())
    assert found
    assert all(axis["labelFlush"] is False for axis in found)


def test_signs_of_a_legend_have_the_full_colour_however_faint_a_mark_is() -> None:
    frame = pd.DataFrame({"name": ["a", "a"], "series": ["x", "y"], "value": 1.0, "low": 0.5, "high": 2.0, "label": ""})
    drawn = ranges(frame, LIGHT, {"x": LIGHT.eu, "y": LIGHT.muted}).to_dict()
    legends = [layer["encoding"]["color"]["legend"] for layer in drawn["layer"] if "color" in layer["encoding"]]
    assert legends
    assert all(legend["symbolOpacity"] == 1 for legend in legends)


def test_an_axis_of_ranges_ends_where_the_longest_label_has_its_room() -> None:
    """The name takes 6 pixels and what is around it 40; the label of 40 letters takes 252 and stands 16 off."""
    frame = pd.DataFrame({"name": ["a"], "series": "x", "value": 1.0, "low": 0.5, "high": 2.0, "label": "n" * 40})
    until = ranges(frame, LIGHT, {"x": LIGHT.eu}).to_dict()["layer"][0]["encoding"]["x"]["scale"]
    wide = f"max({PLACE} - 46, 210)"
    assert until["domainMin"] == 0
    assert until["domainMax"] == {"expr": f"max(2.0, 2.0 * {wide} / max({wide} - 268, 70))"}


def test_a_count_of_one_is_numbered_once() -> None:
    months = pd.date_range("2015-01-31", periods=3, freq="ME")
    frame = pd.DataFrame({"month": months, "actual": [0.0, 1.0, 1.0], "planned": [0.0, 0.5, 1.0], "label": ""})
    marks = pd.DataFrame({"date": pd.to_datetime([]), "text": [], "mark": []})
    drawn = progress(frame, marks, LIGHT, "reached", "plan", "%Y-%m").to_dict()
    steps = [layer["encoding"]["y"].get("axis", {}) for layer in drawn["layer"]]
    assert all(axis["tickMinStep"] == 1 for axis in steps if axis)
