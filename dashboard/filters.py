"""What the viewer has chosen to see, and how that stands in an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, written YYYY-MM."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> Month:
        """Read YYYY-MM; raises ValueError when it is anything else."""
        year, _, number = written.partition("-")
        if not (len(year) == 4 and len(number) == 2 and written.replace("-", "").isascii() and year.isdigit()):
            raise ValueError(f"{written!r} is not a month: write it YYYY-MM, for example 2014-09")
        if not number.isdigit() or not 1 <= int(number) <= 12:
            raise ValueError(f"{written!r} is not a month: the part after the dash runs from 01 to 12")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __add__(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __sub__(self, other: Month) -> int:
        return (self.year - other.year) * 12 + self.number - other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def after_last_day(self) -> date:
        return (self + 1).first_day


@dataclass(frozen=True, slots=True)
class Period:
    """The months from `first` to `last`, both included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the period ends ({self.last}) before it starts ({self.first})")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def months(self) -> list[Month]:
        return [self.first + step for step in range(len(self))]

    def before(self) -> Period:
        """The period of the same length that ends where this one starts."""
        return Period(self.first + -len(self), self.first + -1)

    def within(self, other: Period) -> Period | None:
        """What both periods share, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def last_months(self, count: int) -> Period:
        """The last `count` months of this period, or all of it when it is shorter."""
        return Period(max(self.first, self.last + (1 - count)), self.last)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is counted. A record counts in the month of its own date; an empty choice means all.

    `programme` is a programme's code, `themes` are theme codes, `sides` are "eu" and "japan", `countries` are
    ISO 3166 alpha-2 codes. Sides and countries look at a record's own country: where an activity takes place, where
    an enquirer is, where a member of a partnership is.
    """

    period: Period | None = None
    themes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    programme: str | None = None

    def during(self, period: Period | None) -> Filters:
        return replace(self, period=period)

    def query(self) -> list[tuple[str, str]]:
        """The filters as an address's query, in a fixed order, repeated keys for several choices."""
        pairs: list[tuple[str, str]] = []
        if self.programme:
            pairs.append(("programme", self.programme))
        if self.period:
            pairs += [("from", str(self.period.first)), ("to", str(self.period.last))]
        for key, values in (("theme", self.themes), ("side", self.sides), ("country", self.countries)):
            pairs += [(key, value) for value in values]
        return pairs


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in a database: the programme's months and the codes that it holds."""

    period: Period
    themes: tuple[str, ...]
    countries: tuple[str, ...]
    programmes: tuple[str, ...]
    sides: tuple[str, ...] = ("eu", "japan")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of an address that was not used: its key, its value, and the text key of the reason."""

    key: str
    value: str
    reason: str


def read(query: Mapping[str, Sequence[str]], choices: Choices) -> tuple[Filters, list[Dropped]]:
    """The filters that a query asks for, and what of it was dropped because the database does not hold it."""
    dropped: list[Dropped] = []

    def known(key: str, allowed: Iterable[str], fold: bool = False) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for value in query.get(key, ()):
            code = value.upper() if fold else value
            if code in allowed:
                kept[code] = None
            else:
                dropped.append(Dropped(key, value, "unknown"))
        return tuple(kept)

    def month(key: str) -> Month | None:
        written = next(iter(query.get(key, ())), None)
        if written is None:
            return None
        try:
            chosen = Month.parse(written)
        except ValueError:
            dropped.append(Dropped(key, written, "not_a_month"))
            return None
        if chosen not in choices.period:
            dropped.append(Dropped(key, written, "outside_term"))
            return None
        return chosen

    first, last = month("from"), month("to")
    period = None
    if first or last:
        start, end = first or choices.period.first, last or choices.period.last
        if end < start:
            dropped += [Dropped("from", str(start), "reversed"), Dropped("to", str(end), "reversed")]
        elif Period(start, end) != choices.period:
            period = Period(start, end)
    programmes = known("programme", choices.programmes)
    return Filters(
        period=period,
        themes=known("theme", choices.themes),
        sides=known("side", choices.sides),
        countries=known("country", choices.countries, fold=True),
        programme=programmes[0] if programmes else None,
    ), dropped
