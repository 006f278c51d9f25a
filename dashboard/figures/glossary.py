"""What is written in a chart, a picture or a table in the second language of a slide, which shows it in the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from dashboard.charts.native import Native
from dashboard.exports.slide_layout import is_headed
from dashboard.exports.slide_parts import Table
from dashboard.exports.table import localised
from dashboard.figures.model import View
from dashboard.figures.talk import Slide
from dashboard.text import text, words

LONGEST = 40
"""Letters of what is translated here: what is longer is a title of the record."""

FEW = 4
"""Different words of a column that names kinds; one of more names single things."""

COUNTED = re.compile(r"\{count:[^{}]*\}")
"""Of words the part that goes with a count beside them."""

Pairs = dict[str, str]


def listed(pairs: Pairs) -> str:
    """Pairs in one line, without those that are the same in both languages."""
    told: dict[tuple[str, str], str] = {}  # what differs but in its capitals stands once
    for one, other in ((one.strip(), other.strip()) for one, other in pairs.items()):
        if one and other and one != other and len(one) <= LONGEST:
            told.setdefault((one.casefold(), other), one)
    return " · ".join(f"{one} = {other}" for (_, other), one in told.items())


def of_charts(first: Sequence[Native], second: Sequence[Native] = ()) -> Pairs:
    """The words of native charts, of their heading and legend where they have one; time needs none. The second are the
    same charts in the second language."""
    pairs: Pairs = {}
    for one, other in zip(first, second, strict=False):
        headed = is_headed(one, len(first) > 1)
        pairs |= {one.measure: other.measure} if headed else {}
        if headed or len(one.series) > 1:
            pairs |= {a.name: b.name for a, b in zip(one.series, other.series, strict=True)}
        if one.kind == "bar":
            both = zip(one.categories, other.categories, strict=True)
            pairs |= {a.split("\n")[0]: b.split("\n")[0] for a, b in both}
    return pairs


def of_tables(first: Table, second: Table | None = None) -> Pairs:
    """The heads of a table, and the words of columns that hold few."""
    if second is None or len(first.columns) != len(second.columns):
        return {}
    pairs = dict(zip(first.columns, second.columns, strict=True))
    columns = (zip(*table.rows, strict=True) for table in (first, second))
    for numeric, one, other in zip(first.numeric, *columns, strict=True):
        if not numeric and len(set(one)) <= FEW < len(one):
            pairs |= {a: b for a, b in zip(one, other, strict=True) if not _has_digit(a)}
    return pairs


def of_picture(written: Iterable[str], made: Sequence[Slide], views: Sequence[View]) -> Pairs:
    """Of what is written in a picture what the data or the words on screen hold in both languages."""
    if len(views) < 2:
        return {}
    known = _catalogue(views[0].language, views[1].language) | _data(made, views)
    return {one: known[one] for one in written if one in known and not _has_digit(one)}


def _has_digit(said: str) -> bool:
    return any(sign.isdigit() for sign in said)


@cache
def _catalogue(first: str, second: str) -> Pairs:
    """The words of one language in another, where one word has one meaning."""
    meanings: dict[str, set[str]] = {}
    for key, said in words(first).items():
        for count in ("1", "0") if COUNTED.search(said) else ("",):
            if "{" not in COUNTED.sub("", said):
                one, other = (text(key, language, count=count) for language in (first, second))
                meanings.setdefault(one, set()).add(other)
    return {said: next(iter(others)) for said, others in meanings.items() if len(others) == 1}


def _data(made: Sequence[Slide], views: Sequence[View]) -> Pairs:
    """What the rows of a figure hold in both languages, where they are the same rows."""
    held = [(one.frame, view.language) for one, view in zip(made, views, strict=True) if one.frame is not None]
    frames = [localised(frame, language) for frame, language in held]
    if len(frames) < 2 or frames[0].shape != frames[1].shape:
        return {}
    cells = zip(frames[0].to_numpy().ravel(), frames[1].to_numpy().ravel(), strict=True)
    return {one: other for one, other in cells if isinstance(one, str) and isinstance(other, str)}
