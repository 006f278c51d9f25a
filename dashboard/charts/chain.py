"""The results chain as a picture: a row a strand of work, a column a stage, the numbers in the boxes."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

LINE = 22
WIDTH = 0.9
LEFT = -0.56
SMALL = "width < 900 ? 11 : 12.5"


def chain(frame: pd.DataFrame, colours: Palette, stages: list[str]) -> Any:
    """`frame` has strand, column (0…), line (0… within its box), value and name; a stage without lines stays empty."""
    lines = frame.groupby("strand", sort=False)["line"].max() + 1
    tops = (lines.cumsum() - lines) * LINE + 18 * pd.Series(range(len(lines)), index=lines.index) + 34
    height = int(tops.iloc[-1] + lines.iloc[-1] * LINE + 14)
    placed = frame.assign(
        y=frame["strand"].map(tops) + (frame["line"] + 0.5) * LINE + 2, x=frame["column"] + 0.0, wide=frame["column"]
    )
    boxes = placed.groupby(["strand", "column"], as_index=False, sort=False).agg(count=("line", "size"))
    boxes["top"] = boxes["strand"].map(tops) - 3
    boxes["bottom"] = boxes["strand"].map(tops + lines * LINE) + 5
    boxes["middle"] = (boxes["top"] + boxes["bottom"]) / 2
    boxes["left"], boxes["right"] = boxes["column"] - 0.0, boxes["column"] + WIDTH
    arrows = boxes.sort_values(["strand", "column"]).copy()
    arrows["to"] = arrows.groupby("strand", sort=False)["left"].shift(-1)
    arrows = arrows.dropna(subset=["to"])
    heads = arrows.assign(tip=arrows["to"] - 0.012)
    strands = tops.rename("top").reset_index().assign(middle=(tops + lines * LINE / 2 + 1).to_numpy(), x=-0.06)
    titles = pd.DataFrame({"x": [place + 0.0 for place in range(len(stages))], "y": 14, "title": stages})
    across = alt.Scale(domain=[LEFT, len(stages) - 1 + WIDTH + 0.02], nice=False, zero=False)
    down = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)

    def x(name: str) -> alt.X:
        return marks.x(name, "quantitative", axis=None, scale=across)

    def y(name: str) -> alt.Y:
        return marks.y(name, "quantitative", axis=None, scale=down)

    rects = alt.Chart(boxes).mark_rect(cornerRadius=6, fill=colours.panel, stroke=colours.border).encode(
        x("left"), y("top"), alt.X2("right"), alt.Y2("bottom")
    )  # fmt: skip
    rules = (
        alt.Chart(arrows).mark_rule(color=colours.muted, strokeWidth=1.5).encode(x("right"), y("middle"), alt.X2("to"))
    )
    tips = alt.Chart(heads).mark_point(
        shape="triangle-right", filled=True, size=70, color=colours.muted, opacity=1
    ).encode(x("tip"), y("middle"))  # fmt: skip
    base = alt.Chart(placed).encode(x("x"), y("y"), tooltip=marks.tooltip(name="", value=""))
    values = base.mark_text(align="right", dx=50, fontWeight=600, fontSize=14, color=colours.text).encode(
        marks.text("value")
    )
    inside = WIDTH / (len(stages) - 1 + WIDTH + 0.02 - LEFT)
    names = base.mark_text(
        align="left", dx=57, color=colours.muted, fontSize=alt.expr(SMALL), limit=alt.expr(f"width * {inside:.4f} - 60")
    ).encode(marks.text("name"))  # fmt: skip
    left = alt.Chart(strands).mark_text(align="right", color=colours.text, fontWeight=600, limit=170).encode(
        x("x"), y("middle"), marks.text("strand")
    )  # fmt: skip
    heading = alt.Chart(titles).mark_text(align="left", dx=2, color=colours.muted, fontSize=13).encode(
        x("x"), y("y"), marks.text("title")
    )  # fmt: skip
    return dressed(rects + rules + tips + values + names + left + heading, colours, height)
