"""On Japanese pages nothing of the demonstration stands in English but what is quoted or is a name everywhere."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.exports.table import localised
from dashboard.figures.model import Figure
from dashboard.figures.register import FIGURES
from dashboard.text import text
from dashboard.ui.event_card import _followed
from tests.figures.conftest import Look

ENGLISH, JAPANESE = re.compile(r"[A-Za-z]{3}"), re.compile(r"[ぁ-ヿ一-鿿]")
NAMES = ("Horizon 2020", "JEUPISTE", "Europe/Brussels")
QUOTED = ("source_title", "source_address", "published_in")
CODES = ("code", "dialogue_code", "eu_code", "japan_code", "organisation", "programme")


def in_english(frame: pd.DataFrame) -> dict[str, str]:
    """Columns with a text that has words and none in Japanese, and such a text."""
    left_out = {text(f"column.{name}", "ja") for name in (*QUOTED, *CODES)}
    return {
        str(name): value
        for name in frame.columns if name not in left_out
        for value in frame[name]
        if isinstance(value, str) and value not in NAMES and ENGLISH.search(value) and not JAPANESE.search(value)
    }  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_table_in_japanese(look: Look, figure: Figure) -> None:
    view = look(language="ja")
    assert in_english(localised(figure.frame(view), "ja")) == {}
    if figure.records:
        assert in_english(localised(view.frame(figure.records), "ja")) == {}


def test_reports_by_hand(look: Look) -> None:
    english, japanese = (
        localised(FIGURES["report_table"].frame(look(language=language)), language) for language in ("en", "ja")
    )
    assert english["Subject"].tolist()[:3] == ["cooperation", "programmes", "barriers"]
    assert japanese["主題"].tolist()[:3] == ["協力", "助成プログラム", "障壁"]
    assert english["Source"].iloc[1] == "Illustrative: invented for the demonstration"
    assert japanese["出典"].iloc[1] == "例示：デモ用に創作"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Application A06 (Horizon 2020, Societal Challenges: Food and bioeconomy): Rejected"),
        ("ja", "申請A06（Horizon 2020、社会的課題：食料・バイオエコノミー）：不採択"),
    ],
)
def test_what_followed_an_event_by_hand(look: Look, language: str, said: str) -> None:
    assert said in _followed("E04", look(language=language))
