"""Numbers, dates and names in the form of a language. `None` becomes a dash: nothing is known."""

from datetime import date, datetime
from functools import cache
from unicodedata import east_asian_width

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from dashboard.filters import Month, Period
from dashboard.text import text

NOTHING = "–"
WITH_DECIMAL = ("working_days", "points")
THIN_SPACE = "\N{NO-BREAK SPACE}"


@cache
def locale(language: str) -> Locale:
    """The locale of a language; English is written the British way (European institutions' house style)."""
    return Locale.parse("en_GB" if language == "en" else language)


def number(value: float | None, language: str, digits: int = 0, sign: bool = False, fixed: bool = False) -> str:
    """A number with at most `digits` decimals, or with `fixed` exactly so many; with `sign`, a rise carries a plus."""
    if value is None or value != value:
        return NOTHING
    pattern = "#,##0" + ("." + ("0" if fixed else "#") * digits if digits else "")
    written = format_decimal(
        round(value, digits) + 0.0,
        format=f"+{pattern};-{pattern}" if sign and value else pattern,
        locale=locale(language),
    )
    return written.replace("-", "−")


def share(value: float | None, language: str, digits: int = 0) -> str:
    """A share of 1 in per cent."""
    if value is None or value != value:
        return NOTHING
    return format_percent(value, format="#,##0" + ("." + "0" * digits if digits else "") + "%", locale=locale(language))


def quantity(value: float | None, unit: str, language: str, sign: bool = False) -> str:
    """A value with its unit, as an indicator shows it; a difference of shares is in percentage points."""
    if value is None or value != value:
        return NOTHING
    if unit == "share" and not sign:
        return share(value, language)
    if unit == "share":
        unit, value = "percentage_points", value * 100
    form = f"unit.{unit}_one" if abs(round(value, digits(unit))) == 1 else f"unit.{unit}"
    return text(form, language, value=number(value, language, digits(unit), sign))


def digits(unit: str) -> int:
    """How many decimals a value of that unit is written with."""
    return 1 if unit in WITH_DECIMAL else 0


def day(value: date | None, language: str) -> str:
    return format_date(value, "long", locale=locale(language)) if value else NOTHING


def moment(value: datetime, language: str) -> str:
    """A moment in UTC, said so."""
    return (
        format_datetime(value, "d MMMM y, HH:mm" if language == "en" else "y年M月d日 HH:mm", locale=locale(language))
        + " UTC"
    )


def month(value: Month, language: str, short: bool = False) -> str:
    pattern = {"en": "MMM y" if short else "MMMM y"}.get(language, "y年M月")
    return format_date(value.first_day, pattern, locale=locale(language))


def quarter(day: date, language: str, between: str | None = None) -> str:
    """The calendar quarter that a day is in. In Japanese by its months, since quarters are mostly of the fiscal year
    there. `between` stands between year and quarter instead of what a sentence has there."""
    year = text("quarter.year", language, year=str(day.year))
    months = text(f"quarter.months_{(day.month + 2) // 3}", language)
    return text("quarter.joined", language, year=year, months=months) if between is None else year + between + months


def period(value: Period, language: str) -> str:
    if value.first == value.last:
        return month(value.first, language)
    return f"{month(value.first, language)}{text('punctuation.range', language)}{month(value.last, language)}"


def country(code: str | None, language: str) -> str:
    """A country's name by its ISO 3166 alpha-2 code; the code itself where CLDR has no name."""
    if not code:
        return NOTHING
    return str(locale(language).territories.get(code, code))


def place(city: str | None, country_name: str, language: str) -> str:
    """A city, if it is known, with its country."""
    return text("punctuation.place", language, city=city, country=country_name) if city else country_name


def listing(parts: list[str], language: str) -> str:
    return text("punctuation.comma", language).join(parts)


def month_of(day: date, language: str, short: bool = True) -> str:
    return month(Month.of(day), language, short)


def width(written: str) -> int:
    """Characters of Latin text that a text is about as wide as."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in written)
