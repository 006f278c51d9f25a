"""What comes first in a ranking, and what as high: to name one of several alone would be wrong of the others."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.figures.model import View
from dashboard.queries.common import JAPAN
from dashboard.text import format

NAMED = 2
"""Of those that are as high as the first, so many are named; more only counted."""


def tied(values: pd.Series) -> list[Any]:
    """The index of whatever else is as high as the first highest value."""
    return list(values.index[values == values.max()][1:])


def as_many(said: str, others: Sequence[str], view: View, are_all: bool = True) -> str:
    """A sentence about the first, and beside it the others that are as high; `are_all` is False where there may be more
    of them than those."""
    if not are_all:
        return view.words("figure.as_many_least", said=said, count=view.number(len(others)))
    if not others:
        return said
    if len(others) > NAMED:
        return view.words("figure.as_many_more", said=said, count=view.number(len(others)))
    return view.words("figure.as_many", said=said, others=format.listing([*others], view.language))


def joined(one: str, other: str) -> str:
    """A pair in few signs."""
    return f"{one}–{other}"


def city_pairs(frame: pd.DataFrame, view: View) -> list[str]:
    """Pairs of a city in Japan (`japan_city`) and a country, in the viewer's words."""
    return [
        joined(view.city(city, JAPAN) or city, format.country(code, view.language))
        for city, code in zip(frame["japan_city"], frame["country"], strict=True)
    ]
