"""A matrix that can be read: numbers on every fill, and names that do not run into each other."""

from __future__ import annotations

import colorsys
import math

import pandas as pd
import pytest

from dashboard.charts import marks
from dashboard.charts.diverging import mixed
from dashboard.charts.grid import LEGIBLE, contrast, fullest, grid
from dashboard.charts.theme import DARK, LIGHT, Palette

both = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#1F4E9C", "#1F4E9C") == 1


@both
def test_a_number_can_be_read_on_every_fill_of_the_scale(colours: Palette) -> None:
    strongest = fullest(colours)
    for share in range(0, 101, 5):
        assert contrast(colours.text, mixed(strongest, colours.panel, share / 100)) >= LEGIBLE
    assert contrast(strongest, colours.panel) > 2  # and the scale still tells high from low
    assert colorsys.rgb_to_hls(*(int(strongest[at : at + 2], 16) / 255 for at in (1, 3, 5)))[2] > 0.2


def drawn(columns: list[str], colours: Palette = LIGHT) -> dict:
    frame = pd.DataFrame([("row", name, 3, "3") for name in columns], columns=["row", "column", "value", "label"])
    return grid(frame, colours, "Count").to_dict()


def test_names_lie_level_only_where_all_of_them_have_room() -> None:
    longest = "National Institute of Advanced Things"
    axis = drawn([longest, *(f"name {number}" for number in range(7))])["layer"][0]["encoding"]["x"]["axis"]
    middles = (7 * len(longest) + 7 * len("name 0")) / 2  # between the widest name and its neighbour, as they touch
    needed = math.ceil(8 * (middles + 14)) + 7 * len("row") + 30  # the names, and beside them those of the rows
    assert axis["labelAngle"]["expr"] == f"{marks.PLACE} < {needed} ? -35 : 0"
    assert axis["labelAlign"]["expr"].endswith("? 'left' : 'center'")


def test_how_names_lie_is_decided_by_a_width_that_stays_the_same_while_the_picture_is_laid_out() -> None:
    """The inner width shrinks by the axes' once they are laid out: names that turn after that are cut off."""
    axis = drawn(["a", "b"])["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelAngle"]["expr"].startswith("(isFinite(containerSize()[0]) ? containerSize()[0] : width) < ")


def test_a_matrix_of_zeros_has_a_scale() -> None:
    frame = pd.DataFrame([("row", "a", 0, "0")], columns=["row", "column", "value", "label"])
    fill = grid(frame.assign(total=True), LIGHT, "Count").to_dict()["layer"][0]["encoding"]["color"]
    assert fill["scale"]["domain"] == [0, 1.0]


def test_japanese_signs_take_two_letters_room() -> None:
    assert marks.pixels("東京") == marks.pixels("abcd") == 28


@both
def test_every_number_has_the_texts_colour(colours: Palette) -> None:
    numbers = drawn(["a", "b"], colours)["layer"][1]
    assert numbers["mark"]["color"] == colours.text
