"""A talk by its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dashboard.database.engine import DatabaseProblem
from dashboard.figures.model import View
from dashboard.figures.talk import chosen
from dashboard.filters import Choices, Dropped
from dashboard.filters import read as read_filters
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.talks.document import COLOURS, MOST_SLIDES, SHOWN, Talk, document, page
from dashboard.text import LANGUAGES, text
from dashboard.text.markup import tag, wrap

Query = Mapping[str, Sequence[str]]


def asked(query: Query, language: str) -> Talk:
    """The talk that an address asks for, in the viewer's language where it names none; what it asks for in vain is
    dropped."""
    names, unknown = chosen(query.get("slide", ()))
    dropped = [Dropped("slide", name, "no_choice") for name in unknown]
    dropped += [Dropped("slide", name, "too_many_slides") for name in names[MOST_SLIDES:]]
    found: dict[str, str] = {}
    for key, known, usual in (("languages", SHOWN, language), ("colours", COLOURS, COLOURS[0])):
        given = query.get(key, ())
        dropped += [Dropped(key, value, "no_choice") for value in given if value not in known]
        found[key] = next((value for value in given if value in known), usual)
    return Talk(tuple(names[:MOST_SLIDES]), found["languages"], found["colours"], tuple(dropped))


def read(query: Query, choices: Choices, store: Store) -> tuple[Talk, View]:
    """The talk of an address and its view."""
    filters, dropped = read_filters(query, choices)
    if len(choices.programmes) > 1 and not filters.programme:
        filters = replace(filters, programme=choices.programmes[0])
    given = query.get("lang", ())
    dropped += [Dropped("lang", code, "unknown") for code in given if code not in LANGUAGES]
    language = next((code for code in given if code in LANGUAGES), LANGUAGES[0])
    view = View(filters, language, False, Programme(choices.period, datetime.now(UTC).date()), store.version, store)
    talk = asked(query, language)
    return replace(talk, dropped=(*dropped, *talk.dropped)), view


def broken(problem: DatabaseProblem, language: str) -> str:
    """What is said while there is nothing to show: what is wrong, and the remedy."""
    said = tag("h1", text("problem.title", language)) + "".join(
        tag("p", text(f"{part}.{problem.kind}", language, address=problem.address)) for part in ("problem", "remedy")
    )
    return page(text("problem.title", language), wrap("main", said, "nothing"), lang=language)


def answer(query: Query, choices: Choices, store: Store) -> str:
    """The document that an address asks for."""
    return document(*read(query, choices, store))
