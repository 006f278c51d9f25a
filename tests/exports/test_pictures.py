"""Pictures as files: their words are there in every script, and the map's land is land."""

import re
from io import BytesIO

import altair as alt
import pandas as pd
import pytest
from PIL import Image

from dashboard.charts.flatmap import CENTRE, flatmap
from dashboard.charts.theme import LIGHT, dressed
from dashboard.exports.formats import EAST_ASIAN_FONT, Content, _in_fonts, drawing, outline, picture, png
from dashboard.figures.partnerships import land

FOOT = "Source"


def drawn(chart: alt.TopLevelMixin, title: str) -> Image.Image:
    made = picture(chart.to_dict(), title, ["Period"], FOOT, LIGHT.text, LIGHT.muted, LIGHT.page)
    content = Content(pd.DataFrame(), ("", ""), "", picture=made)
    return Image.open(BytesIO(png(content))).convert("L")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Dark pixels in a part of a picture."""
    return sum(image.crop(box).histogram()[:128])


def chart() -> alt.LayerChart:
    return dressed(alt.layer(alt.Chart(alt.InlineData(values=[{}])).mark_point(opacity=0)), LIGHT, 60)


@pytest.mark.parametrize("title", ["Łódź and Αθήνα", "日本の都市", "日本 Łódź"])
def test_a_title_is_written(title: str) -> None:
    top = (0, 40, 800, 100)
    assert ink(drawn(chart(), title), top) > ink(drawn(chart(), ""), top) + 300


def test_japanese_is_drawn_in_a_font_that_has_it() -> None:
    own = f'<tspan font-family="{EAST_ASIAN_FONT}">'
    assert _in_fonts("7.7か月（n = 10）") == f"{own}7.7か月（n = 10）</tspan>"
    assert _in_fonts("日本 Łódź") == f"{own}日本</tspan> Łódź"
    assert _in_fonts("Kraków 10") == "Kraków 10"
    assert _in_fonts("○ 研修前（0〜100点）") == f"{own}○ 研修前（0〜100点）</tspan>"


def test_lines_of_one_text_are_each_in_their_font() -> None:
    """A subtitle of several lines is a text of several parts."""
    made = picture(chart().to_dict(), "Title", ["受付月ごと", "注"], FOOT, LIGHT.text, LIGHT.muted, LIGHT.page)
    for said in ("受付月ごと", "注"):
        assert f'<tspan font-family="{EAST_ASIAN_FONT}">{said}</tspan>' in drawing(made)


def test_land_is_land_and_sea_is_sea() -> None:
    arcs = pd.DataFrame(
        {"eu_longitude": [4.0], "eu_latitude": [50.0], "japan_longitude": [139.0], "japan_latitude": [35.0],
         "group": ["a"]}
    )  # fmt: skip
    places = pd.DataFrame({"longitude": [4.0], "latitude": [50.0], "side": ["eu"], "size": [1.0]})
    image = drawn(flatmap(land(), arcs, places, {"a": "#000000"}, LIGHT), "Map")
    middle = (image.width // 2, 48 + 90 + 500)
    # The middle of the picture lies in Kazakhstan; 200 units below and 30 to the left of it, at Mercator's scale of
    # 285 a radian, are 13° N and 62° E in the Arabian Sea.
    assert CENTRE == (68.0, 47.0)
    assert image.getpixel(middle) < 240
    assert image.getpixel((middle[0] - 60, middle[1] + 400)) == 255


def test_circles_of_a_map_are_in_proportion_and_the_smallest_are_seen() -> None:
    arcs = pd.DataFrame(columns=["eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude", "group"])
    places = pd.DataFrame(
        {"longitude": [0.0, 50.0, 100.0], "latitude": [48.0] * 3, "side": ["eu", "japan", "other"],
         "size": [1.0, 100.0, 50.0]}
    )  # fmt: skip
    svg = outline({**flatmap(land(), arcs, places, {}, LIGHT, largest=1000).to_dict(), "width": 960})
    radii = [float(one) for one in re.findall(r'<path aria-label="[^"]*size: [^"]*"[^>]*d="M([\d.]+),0A', svg)]
    assert [round(radius**2 / radii[0] ** 2, 3) for radius in radii] == [1, 0.5, 0.036]


def test_who_left_is_a_ring_on_the_still_map_too() -> None:
    arcs = pd.DataFrame(columns=["eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude", "group"])
    places = pd.DataFrame({"longitude": [0.0, 21.0], "latitude": [48.0, 52.0], "side": ["eu"] * 2, "size": [1.0] * 2,
                           "member": [True, False]})  # fmt: skip
    svg = outline(flatmap(land(), arcs, places, {}, LIGHT).to_dict())
    circles = re.findall(r'<path aria-label="[^"]*size: [^>]*>', svg)
    assert [f' fill="{LIGHT.eu}"' in one for one in circles] == [True, False]
    assert [re.search(r' stroke="([^"]*)"', one)[1] for one in circles] == [LIGHT.page, LIGHT.eu]  # type: ignore[index]


def test_a_still_map_names_the_colours_of_its_arcs() -> None:
    arcs = pd.DataFrame(
        {"eu_longitude": [4.0] * 3, "eu_latitude": [50.0] * 3, "japan_longitude": [139.0] * 3,
         "japan_latitude": [35.0] * 3, "group": ["a", "b", "b"]}
    )  # fmt: skip
    places = pd.DataFrame({"longitude": [4.0], "latitude": [50.0], "side": ["eu"], "size": [1.0]})
    fills = {"a": "#0F7B5F", "b": "#9B3D79", "c": "#5B6472"}
    names = {"a": "パワーエレクトロニクス", "b": "Smart communities", "c": "C"}
    svg = outline(flatmap(land(), arcs, places, fills, LIGHT, names=names).to_dict())
    assert [f">{name}<" in svg for name in names.values()] == [True, True, False]
    assert ">Smart communities<" not in outline(flatmap(land(), arcs, places, fills, LIGHT).to_dict())


def test_a_map_is_painted_once_and_ends_where_its_picture_does() -> None:
    """By hand: half of 960 at Mercator's 285 a radian is 96.5°, so the picture ends at 28.5° W; Rio lies beyond."""
    arcs = pd.DataFrame(
        {"eu_longitude": [4.0, -43.0], "eu_latitude": [50.0, -23.0], "japan_longitude": [139.0, 139.0],
         "japan_latitude": [35.0, 35.0], "group": ["a", "a"]}
    )  # fmt: skip
    places = pd.DataFrame({"longitude": [4.0, -28.0, -29.0, -43.0], "latitude": [50.0, 50.0, 50.0, -23.0],
                           "side": ["eu"] * 4, "size": [1.0] * 4})  # fmt: skip
    svg = outline(flatmap(land(), arcs, places, {"a": "#000000"}, LIGHT).to_dict())
    assert "clip-path=" not in svg
    assert ' opacity="0.' not in svg
    assert len(re.findall(r'<path aria-label="[^"]*size: ', svg)) == 2
    across = [float(one) for path in re.findall(r' d="(M[^"A]+)"', svg) for one in re.findall(r"[ML](-?[\d.]+),", path)]
    assert len(across) > 1000
    assert min(across) >= 0
    assert max(across) <= 960
