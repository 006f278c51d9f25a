"""The colours of everything drawn, light and dark, and the one Altair theme."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

FONT = "Source Sans, DejaVu Sans, Noto Sans CJK JP, Noto Sans JP, sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean; the two sides and the themes keep theirs everywhere."""

    page: str
    panel: str
    text: str
    muted: str
    grid: str
    border: str
    eu: str
    japan: str
    themes: tuple[tuple[str, str], ...]
    land: str
    soft: str

    def theme(self, code: str) -> str:
        return dict(self.themes).get(code, self.muted)

    def side(self, side: str) -> str:
        return {"eu": self.eu, "japan": self.japan}.get(side, self.muted)


LIGHT = Palette(
    page="#FFFFFF", panel="#F4F6F9", text="#1B2430", muted="#5B6472", grid="#E8ECF1", border="#DCE1E8",
    eu="#1F4E9C", japan="#C2410C",
    themes=(
        ("smart-communities", "#0F7B5F"), ("power-electronics", "#A66A00"),
        ("biotechnology", "#9B3D79"), ("cross-cutting", "#5B6472"),
    ),
    land="#DFE4EB", soft="#C9D3E3",
)  # fmt: skip
DARK = Palette(
    page="#10151C", panel="#18202A", text="#E6EBF2", muted="#9AA5B4", grid="#232D39", border="#2B3542",
    eu="#8AB4F8", japan="#FF9B71",
    themes=(
        ("smart-communities", "#4CC9A0"), ("power-electronics", "#F2B84B"),
        ("biotechnology", "#E59ACB"), ("cross-cutting", "#9AA5B4"),
    ),
    land="#2A3441", soft="#34435A",
)  # fmt: skip


def palette(dark: bool) -> Palette:
    return DARK if dark else LIGHT


def dressed(chart: Any, colours: Palette, height: int | None = None) -> Any:
    """The chart in the theme: transparent ground, quiet axes, our font, as wide as its place. Layers without a row are
    left out: Vega has no end for a scale of theirs and says so to the browser, and they would be pictures without a
    name to who hears the page."""
    # Each of Altair's own steps would copy all that the chart holds, and layering anew lose the data that layers share.
    made = chart.copy(deep=False)
    if isinstance(made, alt.LayerChart):
        made.layer = [layer for layer in made.layer if not _is_empty(layer)]
    made.width, made.background = "container", "transparent"
    made.padding = {"left": 4, "right": 12, "top": 8, "bottom": 4}
    if height:
        made.height = height
    made.config = alt.Config(
        font=FONT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        view=alt.ViewConfig(stroke=None), text=alt.MarkConfig(fontSize=12.5),
        axis=alt.AxisConfig(
            labelColor=colours.muted, titleColor=colours.muted, gridColor=colours.grid, domainColor=colours.border,
            tickColor=colours.border, labelFontSize=12.5, titleFontSize=12.5, titleFontWeight="normal",
            labelPadding=6, titlePadding=8,
        ),
    )  # fmt: skip
    return made


def _is_empty(layer: Any) -> bool:
    return isinstance(layer.data, pd.DataFrame) and layer.data.empty
