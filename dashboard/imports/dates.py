"""Dates and moments as people and spreadsheets write them.

`29/05/2014` and `05/29/2014` are only told apart by the column as a whole: a day above 12 shows the order. Where no
value shows it the column is refused rather than guessed; where values disagree, the fewer are refused.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")
WRITTEN = {"dmy": "dd/mm/yyyy", "mdy": "mm/dd/yyyy"}
FIRST_YEAR, LAST_YEAR = 1800, 2200

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(\S.*))?")
_KANJI = re.compile(r"(\d{4})()年\s*(\d{1,2})月\s*(\d{1,2})日(?:\s*(\S.*))?")
_PLAIN = re.compile(r"(\d{4})()(\d\d)(\d\d)()")
_MONTH = re.compile(r"(\d{4})[-/.年]\s*(\d{1,2})月?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(\S.*))?")
_TIME = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


@dataclass(slots=True)
class Evidence:
    """How often the values of a column show each order, and the first row whose value could be of either."""

    shown: dict[Order, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    either: int = 0
    first_either: tuple[int, str] | None = None

    def observe(self, row: int, cell: object) -> None:
        """Take note of a cell of the column."""
        # By far most cells are no text, or written year first: they are told at their fifth sign.
        if not isinstance(cell, str) or cell[4:5] == "-":
            return
        match = _YEAR_LAST.fullmatch(plain(cell))
        if not match or match[2] == ".":
            return
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            self.shown["dmy"] += 1
        elif 12 < second <= 31 and 1 <= first <= 12:
            self.shown["mdy"] += 1
        elif first != second and 1 <= first <= 12 and 1 <= second <= 12:
            self.either += 1
            self.first_either = self.first_either or (row, cell)

    def order(self) -> Order | None:
        """The order that the column shows; None where it shows none, or both as often."""
        if self.shown["dmy"] == self.shown["mdy"]:
            return None
        return max(ORDERS, key=self.shown.__getitem__)


class NotADate(Exception):
    """The text is no date at all, or (`order`) none in the column's order."""

    def __init__(self, order: Order | None = None) -> None:
        super().__init__(order)
        self.order = order


class Ambiguous(Exception):
    """The text may be read in two ways, and the column does not show which."""


def plain(written: str) -> str:
    """Full-width digits and signs made plain, spaces at the ends gone."""
    return unicodedata.normalize("NFKC", written).strip()


def day(cell: object, order: Order | None, month_alone: bool = False) -> date:
    """The calendar day that a cell says; a time after it is not kept. Raises NotADate or Ambiguous."""
    if isinstance(cell, datetime):
        return _known(_rounded(cell).date())
    if isinstance(cell, date):
        return _known(cell)
    if isinstance(cell, str) and len(cell) == 10 and _ISO.match(cell):
        with suppress(ValueError):
            return _known(date.fromisoformat(cell))
    written = plain(_as_text(cell))
    if month_alone and (match := _MONTH.fullmatch(written)):
        return _date(match[1], match[2], "1")
    return _split(written, order)[0]


def moment(cell: object, order: Order | None) -> datetime:
    """The moment (UTC, without zone) that a cell says; midnight where it has no time. Raises NotADate or Ambiguous."""
    if isinstance(cell, datetime):
        _known(cell.date())
        return _utc(_rounded(cell))
    if isinstance(cell, date):
        return datetime.combine(_known(cell), time())
    if isinstance(cell, str) and len(cell) >= 16 and _ISO.match(cell):
        # The usual case in long files, and five times as fast.
        with suppress(ValueError):
            written = datetime.fromisoformat(cell)
            _known(written.date())
            return _utc(written)
    found, rest = _split(plain(_as_text(cell)), order)
    if not rest:
        return datetime.combine(found, time())
    match = _TIME.fullmatch(rest)
    if not match:
        raise NotADate
    hour, half = int(match[1]), (match[5] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise NotADate
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        clock = time(hour, int(match[2]), int(match[3] or 0), int((match[4] or "").ljust(6, "0")))
        return _utc(datetime.combine(found, clock, _zone(match[6])))
    except (ValueError, OverflowError):
        raise NotADate from None


def _as_text(cell: object) -> str:
    if isinstance(cell, bool):
        raise NotADate
    # 20140529 is a number in a workbook, and a date in no other reading.
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)


def _split(written: str, order: Order | None) -> tuple[date, str]:
    for pattern in (_YEAR_FIRST, _KANJI, _PLAIN):
        if match := pattern.fullmatch(written):
            return _date(match[1], match[3], match[4]), match[5] or ""
    match = _YEAR_LAST.fullmatch(written)
    if not match:
        raise NotADate
    first, second, year, rest = match[1], match[3], match[4], match[5] or ""
    # Between points the day always comes first.
    order = "dmy" if match[2] == "." else order
    if order is None and int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
        raise Ambiguous
    readings: dict[Order, tuple[str, str]] = {"dmy": (second, first), "mdy": (first, second)}
    for reading in [order] if order else ORDERS:
        try:
            return _date(year, *readings[reading]), rest
        except NotADate:
            continue
    for other, (month, number) in readings.items():
        if order and other != order and match[2] != "." and int(month) <= 12 < int(number):
            _date(year, month, number)
            raise NotADate(order)
    raise NotADate


def _date(year: str, month: str, number: str) -> date:
    try:
        return _known(date(int(year), int(month), int(number)))
    except ValueError:
        raise NotADate from None


def _known(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotADate
    return found


def _rounded(found: datetime) -> datetime:
    """Without the thousandths that a spreadsheet's fractions of a day leave around a whole second."""
    nearest = (found + timedelta(milliseconds=500)).replace(microsecond=0)
    return nearest if abs(nearest - found) <= timedelta(milliseconds=2) else found


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _utc(found: datetime) -> datetime:
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
