"""Bars from start to end: words stand beside their bar, and no layer is without rows."""

import pandas as pd

from dashboard.charts.spans import spans
from dashboard.charts.theme import LIGHT


def layers(*rows: tuple[str, str, str]) -> list[tuple[str, list[str]]]:
    """Each layer's mark, and the names of its rows."""
    frame = pd.DataFrame(rows, columns=["name", "start", "end"]).astype(
        {"start": "datetime64[ns]", "end": "datetime64[ns]"}
    )
    made = spans(
        frame.assign(group="all", open=False, label="said", hover=""), LIGHT, {"all": LIGHT.eu}, "%Y-%m"
    ).to_dict()
    held = made["datasets"]
    return [
        (
            one["mark"]["type"] + one["mark"].get("align", ""),
            [row["name"] for row in held[(one.get("data") or made["data"])["name"]]],
        )
        for one in made["layer"]
    ]


def test_words_of_a_late_bar_stand_before_its_end() -> None:
    found = layers(("early", "2013-09-01", "2014-09-01"), ("late", "2016-09-01", "2017-02-28"))
    assert found == [("bar", ["early", "late"]), ("textleft", ["early"]), ("textright", ["late"])]


def test_no_layer_without_rows() -> None:
    """The browser would warn of a scale without an extent."""
    found = layers(("one", "2013-09-01", "2017-02-28"), ("two", "2014-09-01", "2015-09-01"))
    assert found == [("bar", ["one", "two"]), ("textleft", ["one", "two"])]
