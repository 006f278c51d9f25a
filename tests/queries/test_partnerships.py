"""Partnerships on five that can be counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.database.schema import (
    activity,
    application,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    programme,
    theme,
)
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import partnerships as ask
from dashboard.queries.common import Query
from dashboard.store import Store

P = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2015, 12, 31),
     "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
PLACES = {"vienna": ("AT", "Vienna"), "berlin": ("DE", "Berlin"), "boston": ("US", "Boston"),
          "tokyo": ("JP", "Tokyo"), "kobe": ("JP", "Kobe")}  # fmt: skip
MADE: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {  # theme, members, steps
    "heat": ("bio", ("vienna", "tokyo"),
             {"contact": "2014-01-31", "agreement": "2014-03-02", "proposal": "2014-05-01"}),
    "cold": ("bio", ("vienna", "berlin", "tokyo", "kobe"),
             {"contact": "2014-02-01", "agreement": "2014-04-02", "funded": "2015-01-01"}),  # no proposal recorded
    "wind": ("power", ("berlin", "kobe", "boston"), {"contact": "2014-12-31"}),  # no agreement yet
    "rain": ("power", ("vienna", "kobe"), {}),  # not even a contact: counts nowhere
    "snow": ("power", ("tokyo",), {"agreement": "2015-01-01"}),  # no contact recorded, no European member
}  # fmt: skip


@pytest.fixture(scope="module")
def store(shared_url: str, insert) -> Store:
    insert(shared_url, programme, P)
    insert(shared_url, theme, {"code": "bio", "name": "Biotechnology"}, {"code": "power", "name": "Power"})
    insert(shared_url, organisation, *({"code": code, "name": code.title(), "kind": "company", "country": country,
                                        "city": city} for code, (country, city) in PLACES.items()))  # fmt: skip
    workshop = {"programme_id": 1, "code": "B1", "kind": "partnership_building", "title": "Workshop", "country": "JP",
                "start": date(2014, 1, 10), "end": date(2014, 1, 10), "format": "on_site", "theme_id": 1}  # fmt: skip
    insert(shared_url, activity, workshop)
    for place, (code, (of, members, steps)) in enumerate(MADE.items(), start=1):
        row = {"programme_id": 1, "code": code, "title": code.title(), "status": "active",
               "theme_id": ["bio", "power"].index(of) + 1}  # fmt: skip
        insert(shared_url, partnership, row | ({"origin_activity_id": 1} if code == "cold" else {}))
        for member in members:
            of_member = {"partnership_id": place, "organisation_id": [*PLACES].index(member) + 1, "role": "partner"}
            insert(shared_url, partnership_member, of_member)
        for step, day in steps.items():
            reached = {"partnership_id": place, "step": step, "reached_on": date.fromisoformat(day)}
            insert(shared_url, partnership_step, reached)
    form = {"programme_id": 1, "funding_programme": "Horizon 2020", "submitted_on": date(2014, 9, 1), "theme_id": 1,
            "status": "submitted", "japanese_organisations": 1, "partnership_id": 2}  # fmt: skip
    insert(shared_url, application, {**form, "code": "F1"}, {**form, "code": "F2"})
    return Store(take(shared_url))


def rows(store: Store, query: Query, *columns: str, **filters: Any) -> list[tuple[Any, ...]]:
    frame = store.frame(query(Filters(**filters)))
    found = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return list(found.itertuples(index=False, name=None))


def months(first: str, last: str) -> Period:
    return Period(Month.parse(first), Month.parse(last))


def found(store: Store, **filters: Any) -> list[str]:
    return [code for (code,) in rows(store, ask.partnerships, "code", **filters)]


def test_how_many_got_how_far_and_how_long_it_took(store: Store) -> None:
    month = 365.2425 / 12
    assert rows(store, ask.pipeline, "step", "partnerships", "median_months", "dated_pairs") == [
        ("contact", 3, None, 0),
        ("agreement", 3, pytest.approx(45 / month), 2),  # heat after 30 days, cold after 60; snow has no contact
        ("proposal", 1, pytest.approx(60 / month), 1),
        ("funded", 1, None, 0),  # cold's proposal is not recorded, so there is nothing to reckon from
        ("concluded", 0, None, 0),
    ]


def test_the_pipeline_of_a_selection(store: Store) -> None:
    found = rows(store, ask.pipeline, "partnerships", "median_months", countries=("DE",))
    assert found == [(2, None), (1, pytest.approx(60 / 30.436875)), (0, None), (1, None), (0, None)]


def test_a_partnership_counts_in_the_month_of_its_agreement_else_of_its_contact(store: Store) -> None:
    by_month = rows(store, ask.partnerships_by_month, "month", "numerator")
    assert [(str(month.date()), count) for month, count in by_month] == [
        ("2014-03-01", 1), ("2014-04-01", 1), ("2014-12-01", 1), ("2015-01-01", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("2014-01", "2014-02", []),  # two contacts that became agreements later
        ("2014-03", "2014-03", ["heat"]),
        ("2014-04", "2014-12", ["cold", "wind"]),  # 31 December: right boundary, counted
        ("2015-01", "2015-12", ["snow"]),  # 1 January: left boundary, counted
    ],
)
def test_which_partnerships_a_period_holds(store: Store, first: str, last: str, codes: list[str]) -> None:
    assert found(store, period=months(first, last)) == codes


def test_a_partnership_without_a_date_is_in_no_figure(store: Store) -> None:
    assert found(store) == ["heat", "cold", "wind", "snow"]
    assert rows(store, ask.by_theme, "theme_code", "partnerships") == [("bio", 2), ("power", 2)]
    assert "rain" not in [code for (code,) in rows(store, ask.members, "code")]
    assert "rain" not in [code for (code,) in rows(store, ask.arcs, "code")]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({"themes": ("bio",)}, ["heat", "cold"]),
        ({"themes": ("bio", "power")}, ["heat", "cold", "wind", "snow"]),
        ({"countries": ("AT",)}, ["heat", "cold"]),
        ({"countries": ("US",)}, ["wind"]),
        ({"sides": ("eu",)}, ["heat", "cold", "wind"]),
        ({"sides": ("japan",)}, ["heat", "cold", "wind", "snow"]),
        ({"sides": ("eu",), "countries": ("JP",)}, ["heat", "cold", "wind"]),  # one member here, another there
        ({"themes": ("power",), "countries": ("AT",)}, []),
        ({"programme": "P"}, ["heat", "cold", "wind", "snow"]),
        ({"programme": "Q"}, []),
    ],
)
def test_which_partnerships_a_selection_holds(store: Store, filters: dict[str, Any], codes: list[str]) -> None:
    assert found(store, **filters) == codes


def test_the_matrix_counts_a_partnership_in_each_of_its_places(store: Store) -> None:
    assert rows(store, ask.matrix, "country", "japan_city", "partnerships") == [
        ("AT", "Kobe", 1), ("AT", "Tokyo", 2), ("DE", "Kobe", 2), ("DE", "Tokyo", 1),
    ]  # fmt: skip
    assert rows(store, ask.matrix, "country", "japan_city", "partnerships", countries=("US",)) == [("DE", "Kobe", 1)]


def test_an_arc_joins_a_european_and_a_japanese_member(store: Store) -> None:
    assert rows(store, ask.arcs, "code", "eu_code", "japan_code") == [
        ("cold", "berlin", "kobe"), ("cold", "berlin", "tokyo"),
        ("cold", "vienna", "kobe"), ("cold", "vienna", "tokyo"),
        ("heat", "vienna", "tokyo"),
        ("wind", "berlin", "kobe"),  # Boston is on neither side
    ]  # fmt: skip


def test_an_organisation_is_as_large_as_it_has_partnerships(store: Store) -> None:
    assert rows(store, ask.organisations, "code", "side", "partnerships") == [
        ("tokyo", "japan", 3), ("berlin", "eu", 2), ("kobe", "japan", 2), ("vienna", "eu", 2), ("boston", "other", 1),
    ]  # fmt: skip


def test_by_year(store: Store) -> None:
    assert rows(store, ask.by_year, "year", "theme_code", "partnerships") == [
        (2014, "bio", 2), (2014, "power", 1), (2015, "power", 1),
    ]  # fmt: skip


def test_the_full_table(store: Store) -> None:
    names = ("code", "eu_members", "japan_members", "contact", "agreement", "counted_on", "origin", "applications")
    table = {row[0]: row[1:] for row in rows(store, ask.partnerships, *names)}
    assert {code: row[:2] for code, row in table.items()} == {
        "heat": (1, 1), "cold": (2, 2), "wind": (1, 1), "snow": (0, 1),
    }  # fmt: skip
    dates = [[day and str(day.date()) for day in row[2:5]] for row in table.values()]
    assert dates == [
        ["2014-01-31", "2014-03-02", "2014-03-02"],
        ["2014-02-01", "2014-04-02", "2014-04-02"],
        ["2014-12-31", None, "2014-12-31"],
        [None, "2015-01-01", "2015-01-01"],
    ]
    assert [row[5:] for row in table.values()] == [(None, 0), ("B1", 2), (None, 0), (None, 0)]


def test_which_activity_led_to_which(store: Store) -> None:
    assert rows(store, ask.origins, "origin", "code") == [("B1", "cold")]
    assert rows(store, ask.origins, "origin", "code", themes=("power",)) == []


def test_steps_and_applications_behind_a_partnership(store: Store) -> None:
    assert rows(store, ask.steps, "code", "step", countries=("AT",)) == [
        ("cold", "contact"), ("cold", "agreement"), ("cold", "funded"),
        ("heat", "contact"), ("heat", "agreement"), ("heat", "proposal"),
    ]  # fmt: skip
    assert rows(store, ask.applications, "partnership", "code") == [("cold", "F1"), ("cold", "F2")]
