"""What stands where a picture would, when nothing of it may be drawn."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.theme import Palette, dressed

HEIGHT = 120


def blank(said: str, colours: Palette) -> Any:
    words = alt.Chart(pd.DataFrame({"said": [said]})).mark_text(color=colours.muted, fontSize=14)
    return dressed(words.encode(marks.text("said")), colours, HEIGHT)
