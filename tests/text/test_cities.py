"""Cities' names for Japanese readers."""

import pytest

from dashboard.demonstration import script
from dashboard.text.cities import city


@pytest.mark.parametrize(
    ("name", "country", "japanese"),
    [
        ("Tokyo", "JP", "東京"), ("Nagoya", "JP", "名古屋"), ("Sendai", "JP", "仙台"), ("Tsukuba", "JP", "つくば"),
        ("Hiroshima", "JP", "広島"), ("Kobe", "JP", "神戸"), ("Vienna", "AT", "ウィーン"), ("NAGOYA", "JP", "名古屋"),
        ("Nowhere", "JP", "Nowhere"), (None, "JP", None), ("Tokyo", None, "Tokyo"),
    ],
)  # fmt: skip
def test_in_japanese(name: str | None, country: str | None, japanese: str | None) -> None:
    assert city(name, country, "ja") == japanese


def test_in_english_as_written() -> None:
    assert city("NAGOYA", "JP", "en") == "NAGOYA"


def test_every_city_of_the_demonstration_has_a_japanese_name() -> None:
    latin = [name for name, country, *_ in script.rows(script.CITIES) if city(name, country, "ja") == name]
    assert latin == []
