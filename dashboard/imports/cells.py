"""What a cell says, as the value of its column, or what is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale

from dashboard.imports import dates
from dashboard.imports.dates import Order
from dashboard.imports.form import Field, Kind, fold, labels
from dashboard.imports.values import EU_CODES
from dashboard.text import LANGUAGES

Cell = None | str | int | float | bool | date | datetime | time | timedelta
Convert = Callable[[Cell], Any]

LONGEST_TEXT = 32_767  # what a cell of a workbook can hold
LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = Decimal(10) ** 13  # beyond, SQLite's numbers lose the cents
MOST_REMEMBERED = 4096
# What Babel calls a territory but is no country of ISO 3166; Kosovo's XK is in use.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
YES_NO = {
    True: ("true", "yes", "y", "1", "はい", "有", "○", "◯", "〇", "oui", "ja", "wahr", "vrai"),
    False: ("false", "no", "n", "0", "いいえ", "無", "×", "✕", "non", "nein", "falsch", "faux"),
}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n?")
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_SPACES = re.compile(r"[\s'’]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class Wrong(Exception):
    """A cell cannot be read: the key of its words in `[fault]`, and what fills them."""

    def __init__(self, fault: str, **details: Any) -> None:
        super().__init__(fault)
        self.fault, self.details = fault, details


def converter(field: Field, order: Order | None) -> Convert:
    """How cells of a field are read: a value, None for an empty cell, or Wrong is raised."""
    read = _reader(field, order)
    remembered: dict[Any, Any] = {}

    def convert(cell: Cell) -> Any:
        if cell is None or cell == "":
            return _empty(field)
        if isinstance(cell, str):
            try:
                return remembered[cell]
            except KeyError:
                pass
            if not (cell := cell.strip()):
                return _empty(field)
            value = read(cell)
            if len(remembered) < MOST_REMEMBERED and len(cell) < 64:
                remembered[cell] = value
            return value
        return read(cell)

    return convert


def _empty(field: Field) -> None:
    if field.required:
        raise Wrong("missing")


def _reader(field: Field, order: Order | None) -> Convert:
    match field.kind:
        case Kind.CODE | Kind.REFERENCE:
            return code
        case Kind.CHOICE:
            return lambda cell: _choice(field, cell)
        case Kind.COUNTRY:
            return country
        case Kind.INTEGER:
            return lambda cell: _within(field, whole_number(cell), LARGEST_COUNT)
        case Kind.AMOUNT:
            return lambda cell: _within(field, amount(cell))
        case Kind.NUMBER:
            return lambda cell: _within(field, float(number(cell)))
        case Kind.YES_NO:
            return yes_no
        case Kind.DATE:
            return lambda cell: _date(lambda: dates.day(cell, order, field.name == "month"), "no_date")
        case Kind.MOMENT:
            return lambda cell: _date(lambda: dates.moment(cell, order), "no_moment")
    return _time_zone if field.name == "time_zone" else text


def shown(cell: Cell) -> str:
    """A cell as its user sees it, more or less."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ")
    return str(cell)


def text(cell: Cell) -> str | None:
    """A text with plain line ends; a number or date in a column of text is written out."""
    written = _BREAK.sub("\n", shown(cell)).strip()
    if _CONTROL.search(written):
        raise Wrong("control")
    if len(written) > LONGEST_TEXT:
        raise Wrong("too_long", high=LONGEST_TEXT)
    return written or None


def code(cell: Cell) -> str | None:
    """A code; full-width letters and digits are made plain, so that one typed in Japanese is the same code."""
    written = text(cell)
    if written and _WIDE.search(written):
        written = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), written).strip()
    return written


def _choice(field: Field, cell: Cell) -> str:
    # A list of yes, no, unknown may come as a workbook's own TRUE and FALSE.
    said = ("yes" if cell else "no") if isinstance(cell, bool) else shown(cell)
    known = said if said in field.choices else labels(field.choices).get(fold(said))
    if known is None:
        raise Wrong("no_choice", choices=", ".join(field.choices))
    return known


@cache
def countries() -> Mapping[str, str]:
    """ISO codes by every folded spelling: the code, and the country's name in our languages."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for spelling, name in Locale.parse(language).territories.items():
            if len(spelling) == 2 and spelling.isalpha() and spelling not in NO_COUNTRIES:
                known.setdefault(fold(spelling), spelling)
                known.setdefault(fold(name), spelling)
    return known | {fold(theirs): iso for theirs, iso in EU_CODES.items()}


def country(cell: Cell) -> str:
    """An ISO 3166 alpha-2 code, from itself, the EU's own codes, or a name in English or Japanese."""
    found = countries().get(fold(shown(cell)))
    if found is None:
        raise Wrong("no_country")
    return found


def number(cell: Cell) -> Decimal:
    """A number; a comma may be its decimal point, and where point and comma both stand the last one is.

    Repeated signs part thousands. A single comma is always a decimal comma: `1,234` is a little more than one.
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Wrong("no_number")
    if not isinstance(cell, str):
        if not math.isfinite(cell):
            raise Wrong("no_number")
        return Decimal(repr(cell))
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", cell)).replace("−", "-").replace("、", ",").replace("。", ".")
    whole, point, cents = _parted(plain, re.findall("[.,]", plain))
    if not _NUMBER.fullmatch(plain := f"{whole}{point and '.'}{cents}"):
        raise Wrong("no_number")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Wrong("no_number") from None


def _parted(plain: str, signs: list[str]) -> tuple[str, str, str]:
    """A number's whole part without signs of thousands, its point if it has one, and its decimals."""
    if len(signs) <= 1:
        return plain.partition(signs[0] if signs else ".")
    point = signs[-1] if signs.count(signs[-1]) == 1 else ""
    whole, _, cents = plain.rpartition(point) if point else (plain, "", "")
    first, *groups = re.split("[.,]", whole)
    if len(set(signs[:-1] if point else signs)) > 1 or any(len(group) != 3 for group in groups):
        raise Wrong("no_number")
    if not 1 <= len(first.lstrip("+-")) <= 3:
        raise Wrong("no_number")
    return "".join((first, *groups)), point, cents


def whole_number(cell: Cell) -> int:
    """A whole number, also one that a spreadsheet keeps as 5.0."""
    try:
        found = number(cell)
    except Wrong:
        raise Wrong("no_whole_number") from None
    # Beyond this even comparing with its whole part costs time: 1e999999999 would be written out.
    if found.adjusted() > 18 or found != found.to_integral_value():
        raise Wrong("no_whole_number")
    return int(found)


def amount(cell: Cell) -> Decimal:
    """Euros and cents."""
    written = cell.replace("€", "").replace("EUR", "") if isinstance(cell, str) else cell
    found = number(written)
    if found.adjusted() > 18:
        raise Wrong("too_high", high=LARGEST_AMOUNT)
    if found and found.normalize().as_tuple().exponent < -2:  # type: ignore[operator]
        raise Wrong("no_cents")
    if abs(found) >= LARGEST_AMOUNT:
        raise Wrong("too_high", high=f"{LARGEST_AMOUNT:f}")
    return found.quantize(Decimal("0.01"))


def _within(field: Field, found: Any, most: int | None = None) -> Any:
    high = field.high if field.high is not None else most
    if isinstance(found, float) and not math.isfinite(found):
        raise Wrong("no_number")
    if field.low is not None and found < field.low:
        raise Wrong("too_low", low=field.low)
    if high is not None and found > high:
        raise Wrong("too_high", high=high)
    return found


def yes_no(cell: Cell) -> bool:
    """Yes or no, as spreadsheets and people write it."""
    said = fold(shown(cell))
    for value, spellings in YES_NO.items():
        if said in spellings:
            return value
    raise Wrong("no_yes_no")


def _time_zone(cell: Cell) -> str:
    found = text(cell)
    if found not in available_timezones():
        raise Wrong("no_time_zone")
    return str(found)


def _date(read: Callable[[], Any], fault: str) -> Any:
    try:
        return read()
    except dates.NotADate as error:
        if error.order:
            raise Wrong("other_order", order=dates.WRITTEN[error.order]) from None
        raise Wrong(fault) from None
    except dates.Ambiguous:
        raise Wrong("ambiguous_dates") from None
