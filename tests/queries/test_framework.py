"""Framework projects counted from five projects whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import framework, framework_matrix
from dashboard.store import Store

TOKYO, KYOTO, PARIS, ROME = (35.69, 139.69), (35.02, 135.75), (48.85, 2.35), (41.89, 12.51)
NO_PLACE = (None, None)

PROJECTS = [
    ("FP7", "old", None, None),
    ("H2020", "one", date(2015, 1, 1), Decimal(1000)),
    ("H2020", "two", date(2015, 12, 31), Decimal(500)),
    ("H2020", "three", date(2016, 1, 1), None),
    ("H2020", "other", date(2015, 6, 1), Decimal(9)),
]
PARTICIPATIONS = [
    # project, organisation, name, country, city, place, located, contribution
    ("old", "T", "Tokyo U", "JP", "Tokyo", TOKYO, "city", None),
    ("old", "F", "Paris U", "FR", "Paris", PARIS, "city", None),
    ("one", "T", "Tokyo U", "JP", "MINATO KU TOKYO", TOKYO, "city", Decimal(10)),
    ("one", "K", "Kyoto U", "JP", "Kyoto", KYOTO, "city", None),
    ("one", "F", "Paris U", "FR", "Paris", PARIS, "city", Decimal(600)),
    ("one", "G", "Paris Works", "FR", None, (46.0, 2.0), "country", Decimal(300)),
    ("two", "T", "Tokyo U", "JP", "TOKYO", TOKYO, "city", Decimal(20)),
    ("two", "I", None, "IT", "Roma", ROME, "city", Decimal(480)),  # its code stands in for its name
    ("two", "X", "Nobody knows where", None, None, NO_PLACE, None, None),  # counted, but no partner
    ("three", "N", "Unplaced", "JP", None, (36.0, 138.0), "country", None),
    ("three", "F", "Paris U", "FR", "Versailles", (48.80, 2.13), "address", Decimal(7)),
    ("other", "F", "Paris U", "FR", "Paris", PARIS, "city", Decimal(9)),  # no Japanese participant: not counted
]
ALL = Filters()
YEAR = Filters(period=Period(Month(2015, 1), Month(2015, 12)))
ITALY = Filters(countries=("IT",))

Insert = Callable[..., list[int]]
Answer = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def answer(shared_url: str, insert: Insert) -> Answer:
    """`answer(select, column, …)`: the rows of those columns, NaN as None."""
    ids = insert(
        shared_url,
        eu_project,
        *({"framework": f, "code": c, "start": s, "eu_contribution": e} for f, c, s, e in PROJECTS),
    )
    project_id = {code: key for (_, code, *_), key in zip(PROJECTS, ids, strict=True)}
    insert(
        shared_url,
        eu_participation,
        *(
            {
                "eu_project_id": project_id[project], "organisation_code": code, "name": name, "country": country,
                "city": city, "latitude": place[0], "longitude": place[1], "located": located,
                "eu_contribution": contribution,
            }
            for project, code, name, country, city, place, located, contribution in PARTICIPATIONS
        ),
    )  # fmt: skip
    store = Store(take(shared_url))

    def rows(statement: sa.Select[Any], *columns: str) -> list[tuple[Any, ...]]:
        frame = store.frame(statement)
        chosen = frame[list(columns)] if columns else frame
        return [tuple(None if value != value else value for value in row) for row in chosen.itertuples(index=False)]

    return rows


def test_totals(answer: Answer) -> None:
    # projects, participations, organisations, partner countries, EU contribution, participations that have one
    assert answer(framework.totals(ALL)) == [(4, 11, 7, 2, 1417.0, 6)]
    assert answer(framework.totals(YEAR)) == [(2, 7, 6, 2, 1410.0, 5)]  # first and last day counted, no start not
    assert answer(framework.totals(ITALY)) == [(1, 3, 3, 1, 500.0, 2)]
    assert answer(framework.totals(ALL, "FR")) == [(4, 9, 5, 1, 926.0, 5)]
    assert answer(framework.totals(Filters(themes=("biotechnology",), sides=("eu",)))) == answer(framework.totals(ALL))


def test_nothing_is_no_error(answer: Answer) -> None:
    none = Filters(countries=("BR",))
    assert answer(framework.totals(none)) == [(0, 0, 0, 0, None, 0)]
    for query in (
        framework.by_year, framework.country_pairs, framework.organisations, framework.organisation_pairs,
        framework_matrix.matrix, framework.projects, framework.participations,
    ):  # fmt: skip
        assert answer(query(none)) == []


def test_by_year(answer: Answer) -> None:
    assert answer(framework.by_year(ALL)) == [
        (2015, "H2020", 2, 1410.0, 30.0),
        (2016, "H2020", 1, 7.0, None),
        (None, "FP7", 1, None, None),
    ]


def test_country_pairs(answer: Answer) -> None:
    counted = ("country", "projects", "participations", "organisations", "eu_contribution")
    assert answer(framework.country_pairs(ALL), *counted) == [
        ("FR", 3, 4, 2, 907.0),
        ("IT", 1, 1, 1, 480.0),
    ]
    assert answer(framework.country_pairs(YEAR), *counted) == [("FR", 1, 2, 2, 900.0), ("IT", 1, 1, 1, 480.0)]


def test_country_pairs_know_where_their_arcs_end(answer: Answer) -> None:
    ends = ("country", "latitude", "longitude", "focus_latitude", "focus_longitude")
    (row,) = answer(framework.country_pairs(ITALY), *ends)
    assert row[0] == "IT"
    assert row[1:] == pytest.approx((*ROME, *TOKYO))


def test_organisations(answer: Answer) -> None:
    columns = ("organisation_code", "name", "country", "city", "located", "projects", "eu_contribution")
    assert answer(framework.organisations(ALL), *columns) == [
        ("F", "Paris U", "FR", "Versailles", "address", 3, 607.0),  # the exactest of its places
        ("T", "Tokyo U", "JP", "TOKYO", "city", 3, 30.0),  # of equally exact ones the latest
        ("I", "I", "IT", "Roma", "city", 1, 480.0),
        ("K", "Kyoto U", "JP", "Kyoto", "city", 1, None),
        ("X", "Nobody knows where", None, None, None, 1, None),
        ("G", "Paris Works", "FR", None, "country", 1, 300.0),
        ("N", "Unplaced", "JP", None, "country", 1, None),
    ]


def test_organisation_pairs(answer: Answer) -> None:
    columns = ("focus_organisation_code", "partner_organisation_code", "partner_country", "projects")
    assert answer(framework.organisation_pairs(ALL), *columns) == [
        ("T", "F", "FR", 2),
        ("K", "F", "FR", 1),
        ("K", "G", "FR", 1),
        ("N", "F", "FR", 1),
        ("T", "G", "FR", 1),
        ("T", "I", "IT", 1),
    ]
    assert len(answer(framework.organisation_pairs(ALL, limit=2))) == 2
    assert answer(framework.organisation_pairs(ITALY)) == [
        ("T", "Tokyo U", "TOKYO", *TOKYO, "I", "I", "Roma", *ROME, "IT", 1)
    ]


def test_matrix_takes_spellings_of_one_city_together(answer: Answer) -> None:
    assert answer(framework_matrix.matrix(ALL)) == [
        ("TOKYO", "FR", 2),
        ("KYOTO", "FR", 1),
        ("TOKYO", "IT", 1),
        (None, "FR", 1),
    ]


def test_the_records_are_the_rows_that_make_the_counts(answer: Answer) -> None:
    columns = ("framework", "code", "eu_contribution", "participants", "focus_organisations")
    assert answer(framework.projects(ALL), *columns) == [
        ("H2020", "three", None, 2, "Unplaced"),
        ("H2020", "two", 500.0, 3, "Tokyo U"),
        ("H2020", "one", 1000.0, 4, "Kyoto U; Tokyo U"),
        ("FP7", "old", None, 2, "Tokyo U"),
    ]
    assert answer(framework.participations(ITALY), "code", "organisation_code", "eu_contribution") == [
        ("two", "T", 20.0),
        ("two", "I", 480.0),
        ("two", "X", None),
    ]


def test_equal_filters_give_the_very_same_select() -> None:
    assert framework.totals(Filters(countries=("IT",))) is framework.totals(ITALY)
