"""The parameters of the addresses: what each takes, read strictly. A page drops what it does not know and says so;
a program would not see the note, so here it is a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dashboard.api.problems import Fault, echo, refused, unknown_parameter, unknown_value
from dashboard.filters import Choices, Dropped, Filters, read
from dashboard.text import DEFAULT_LANGUAGE, LANGUAGES, format, text

MOST_DIGITS = 9


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query: repeated or not, and either one of the values that it takes in a record or a whole
    number between two bounds. Its words stand under `api.parameter.<name>`."""

    name: str
    takes: Callable[[Choices], Sequence[str]] | None = None
    repeated: bool = False
    bounds: tuple[int, int] | None = None
    default: str | int | None = None


def _months(choices: Choices) -> list[str]:
    return [str(month) for month in choices.period.months()]


FILTERS = (
    Parameter("from", _months),
    Parameter("to", _months),
    Parameter("theme", lambda choices: choices.themes, repeated=True),
    Parameter("side", lambda choices: choices.sides, repeated=True),
    Parameter("country", lambda choices: choices.countries, repeated=True),
    Parameter("programme", lambda choices: choices.programmes),
)
LANGUAGE = Parameter("lang", lambda _: LANGUAGES, default=DEFAULT_LANGUAGE)
LIMIT = Parameter("limit", bounds=(1, 100_000), default=1000)
WHOLE = Parameter("limit", bounds=(1, 100_000), default=100_000)
OFFSET = Parameter("offset", bounds=(0, 10**MOST_DIGITS - 1), default=0)
GROUND = Parameter("appearance", lambda _: ("light", "dark"), default="light")
GROUNDS = Parameter("appearance", lambda _: ("light", "dark", "auto"), default="auto")


@dataclass(frozen=True)
class Query:
    """What an address asks for: the filters, the language and the other parameters by name."""

    filters: Filters
    language: str
    others: tuple[tuple[str, str | int], ...] = field(default=())

    def text(self, name: str) -> str:
        return str(dict(self.others)[name])

    def number(self, name: str) -> int:
        return int(dict(self.others)[name])


def language_of(pairs: Sequence[tuple[str, str]]) -> str:
    """In which language to speak of whatever else is asked."""
    asked = dict(pairs).get(LANGUAGE.name)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def read_query(pairs: Sequence[tuple[str, str]], parameters: Sequence[Parameter], choices: Choices) -> Query:
    """The query of an address that takes these parameters; raises Problem naming every fault."""
    language = language_of(pairs)
    known = {one.name: one for one in parameters}
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    faults = [unknown_parameter(name, [*known], language) for name in given if name not in known]
    faults += [
        Fault(name, echo(values[1]), text("api.repeated", language, name=name))
        for name, values in given.items()
        if name in known and not known[name].repeated and len(values) > 1
    ]
    filters, dropped = read(given, choices)
    faults += [_dropped(one, known[one.key], choices, language) for one in dropped if one.key in known]
    others = {}
    for one in parameters:
        if one not in FILTERS:
            found = _read_other(one, given.get(one.name, []), choices, language)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                others[one.name] = found
    if faults:
        raise refused(faults, language)
    return Query(filters, language, tuple(others.items()))


def _dropped(one: Dropped, parameter: Parameter, choices: Choices, language: str) -> Fault:
    assert parameter.takes
    if one.reason == "unknown":
        return unknown_value(one.key, one.value, parameter.takes(choices), language)
    said = text(f"dropped.{one.reason}", language, key=one.key, value=echo(one.value))
    if one.reason == "outside_term":
        said += text("api.term", language, first=choices.period.first, last=choices.period.last)
    return Fault(one.key, echo(one.value), said)


def _read_other(one: Parameter, values: Sequence[str], choices: Choices, language: str) -> str | int | Fault:
    if not values:
        assert one.default is not None
        return one.default
    written = values[0]
    if one.takes:
        taken = one.takes(choices)
        return written if written in taken else unknown_value(one.name, written, taken, language)
    assert one.bounds
    low, high = one.bounds
    if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS and low <= int(written) <= high:
        return int(written)
    bounds = {"low": format.number(low, language), "high": format.number(high, language)}
    said = text("api.out_of_bounds", language, name=one.name, value=echo(written), **bounds)
    return Fault(one.name, echo(written), said)
