"""What an answer says when there is nothing to answer with (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from dashboard.text import format, text

TYPE = "application/problem+json"
MOST_NAMED, MOST_FAULTS, LONGEST_ECHO = 12, 20, 80


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with what was asked: which parameter, what it said, and the remedy in words."""

    parameter: str
    value: str
    detail: str


class Problem(Exception):
    """Ends a request with a status, a sentence that says why, and each single fault."""

    def __init__(
        self, status: HTTPStatus, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults, self.headers = status, detail, tuple(faults), dict(headers or {})

    def members(self) -> dict[str, Any]:
        """The members of the problem's JSON object."""
        said: dict[str, Any] = {
            "type": "about:blank", "title": self.status.phrase, "status": self.status.value, "detail": self.detail,
        }  # fmt: skip
        return said | {"errors": [asdict(one) for one in self.faults]} if self.faults else said


def refused(faults: Sequence[Fault], language: str) -> Problem:
    """What was asked cannot be understood, fault by fault; of very many the first."""
    faults = faults[:MOST_FAULTS]
    said = text("punctuation.space", language).join(one.detail for one in faults)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, said, faults)


def unknown_name(name: str, known: Sequence[str], where: str, language: str) -> Problem:
    """There is nothing of this name; `where` is the address of the list of those that there are."""
    said = text("api.unknown_name", language, name=echo(name), where=where)
    return Problem(HTTPStatus.NOT_FOUND, _with_near(said, name, known, language))


def unknown_parameter(name: str, known: Sequence[str], language: str) -> Fault:
    said = text("api.unknown_parameter", language, name=echo(name), known=format.listing([*known], language))
    return Fault(echo(name), "", said)


def unknown_value(parameter: str, value: str, known: Sequence[str], language: str) -> Fault:
    """A value that a parameter does not take, with those that it takes, or where they are too many the near ones."""
    said = text("api.unknown_value", language, parameter=parameter, value=echo(value))
    if len(known) <= MOST_NAMED:
        said += text("api.known_values", language, known=format.listing([*known], language))
    else:
        said = _with_near(said, value, known, language) + text("api.values_listed", language)
    return Fault(parameter, echo(value), said)


def _with_near(said: str, name: str, known: Sequence[str], language: str) -> str:
    near = get_close_matches(name[:LONGEST_ECHO], known, n=3, cutoff=0.5)
    return said + text("api.near", language, names=format.listing(near, language)) if near else said


def echo(value: str) -> str:
    """What was asked, said back no longer than it helps."""
    return value if len(value) <= LONGEST_ECHO else f"{value[:LONGEST_ECHO]}…"
