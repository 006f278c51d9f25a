"""Numbers, dates and names as they are written in each language."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dashboard.filters import Month, Period
from dashboard.text import format, pick, text, words


@pytest.mark.parametrize(
    ("value", "digits", "sign", "written"),
    [
        (0, 0, False, "0"), (987, 0, False, "987"), (2700, 0, False, "2,700"), (1234567.5, 1, False, "1,234,567.5"),
        (2.0, 1, False, "2"), (2.04, 1, False, "2"), (2.06, 1, False, "2.1"), (-3, 0, False, "−3"),
        (-0.4, 0, False, "0"), (3, 0, True, "+3"), (-3, 0, True, "−3"), (0, 0, True, "0"),
        (None, 0, False, "–"), (float("nan"), 2, False, "–"),
    ],
)  # fmt: skip
def test_numbers(value: float | None, digits: int, sign: bool, written: str) -> None:
    assert format.number(value, "en", digits, sign) == written
    assert format.number(value, "ja", digits, sign) == written


@pytest.mark.parametrize(("value", "written"), [(22, "22.0"), (1.25, "1.2"), (-0.04, "0.0"), (1234.56, "1,234.6")])
def test_numbers_of_equal_precision_beside_each_other(value: float, written: str) -> None:
    assert format.number(value, "en", 1, fixed=True) == written


def test_places() -> None:
    assert format.place("Tokyo", "Japan", "en") == "Tokyo, Japan"
    assert format.place("東京", "日本", "ja") == "東京（日本）"
    assert format.place(None, "Japan", "en") == "Japan"


def test_shares() -> None:
    assert format.share(0.754, "en") == "75%"
    assert format.share(0.754, "en", 1) == "75.4%"
    assert format.share(1, "ja") == "100%"
    assert format.share(None, "en") == "–"


@pytest.mark.parametrize(
    ("value", "unit", "sign", "english", "japanese"),
    [
        (2700, "people", False, "2,700 people", "2,700人"),
        (11, "number", False, "11", "11"),
        (2.5, "working_days", False, "2.5 working days", "2.5営業日"),
        (0.25, "share", False, "25%", "25%"),
        (0.125, "share", True, "+12 percentage points", "+12ポイント"),
        (-3, "number", True, "−3", "−3"),
        (None, "people", False, "–", "–"),
    ],
)
def test_quantities(value: float | None, unit: str, sign: bool, english: str, japanese: str) -> None:
    assert format.quantity(value, unit, "en", sign) == english
    assert format.quantity(value, unit, "ja", sign) == japanese


def test_days_and_moments() -> None:
    assert format.day(date(2014, 5, 29), "en") == "29 May 2014"
    assert format.day(date(2014, 5, 29), "ja") == "2014年5月29日"
    assert format.day(None, "en") == "–"
    moment = datetime(2014, 5, 29, 7, 5)  # noqa: DTZ001 - moments are UTC throughout
    assert format.moment(moment, "en") == "29 May 2014, 07:05 UTC"
    assert format.moment(moment, "ja") == "2014年5月29日 07:05 UTC"


def test_months_and_periods() -> None:
    assert format.month(Month(2014, 9), "en") == "September 2014"
    assert format.month(Month(2015, 1), "en", short=True) == "Jan 2015"
    assert format.month(Month(2014, 9), "ja") == "2014年9月"
    half = Period(Month(2015, 1), Month(2015, 6))
    assert format.period(half, "en") == "January 2015 – June 2015"
    assert format.period(half, "ja") == "2015年1月〜2015年6月"
    assert format.period(Period(Month(2015, 1), Month(2015, 1)), "en") == "January 2015"
    assert format.month_of(date(2015, 1, 31), "en") == "Jan 2015"


def test_quarters() -> None:
    """In Japanese by months: there the fourth quarter is mostly January to March."""
    assert format.quarter(date(2015, 11, 3), "en") == "Q4 2015"
    assert format.quarter(date(2015, 11, 3), "ja") == "2015年10〜12月"
    assert format.quarter(date(2016, 1, 1), "ja", "\n") == "2016年\n1〜3月"


@pytest.mark.parametrize(
    ("code", "english", "japanese"),
    [("JP", "Japan", "日本"), ("DE", "Germany", "ドイツ"), ("CZ", "Czechia", "チェコ"), ("XX", "XX", "XX"),
     (None, "–", "–"), ("", "–", "–")],
)  # fmt: skip
def test_countries(code: str | None, english: str, japanese: str) -> None:
    assert (format.country(code, "en"), format.country(code, "ja")) == (english, japanese)


def test_lists() -> None:
    assert format.listing(["a", "b"], "en") == "a, b"
    assert format.listing(["あ", "い"], "ja") == "あ、い"
    assert format.listing([], "en") == ""


def test_a_title_in_the_viewers_language_where_it_has_one() -> None:
    assert pick("ja", "Smart communities", "スマートコミュニティ") == "スマートコミュニティ"
    assert pick("en", "Smart communities", "スマートコミュニティ") == "Smart communities"
    for nothing in (None, "", float("nan")):
        assert pick("ja", "Smart communities", nothing) == "Smart communities"


def test_a_text_with_its_placeholders_filled() -> None:
    assert text("dropped.unknown", "en", key="theme", value="tea").startswith("theme = tea: ")
    with pytest.raises(KeyError):
        text("dropped.unknown", "en", key="theme")
    with pytest.raises(KeyError):
        text("no.such.key", "en")
    with pytest.raises(FileNotFoundError):
        words("xx")
