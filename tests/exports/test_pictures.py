"""Pictures as files: their words are there in every script, and the map's land is land."""

from io import BytesIO

import altair as alt
import pandas as pd
import pytest
from PIL import Image

from dashboard.charts.flatmap import CENTRE, flatmap
from dashboard.charts.theme import LIGHT, dressed
from dashboard.exports.formats import EAST_ASIAN_FONT, Content, _in_fonts, drawing, picture, png
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
