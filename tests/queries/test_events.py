"""Event reach, its audience and what came after, counted from a few rows whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database.schema import (
    activity,
    application,
    attendance,
    help_desk_case,
    organisation,
    partnership,
    programme,
    theme,
)
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import aftermath, audience, events
from dashboard.store import Store

PROGRAMME = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2015, 1, 1), "end": date(2015, 12, 31),
             "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
TOKYO, OSAKA, ROME = ("Tokyo", "JP", 35.7, 139.7), ("Osaka", "JP", 34.7, 135.5), ("Rome", "IT", 41.9, 12.5)
NOWHERE = (None, "IT", None, None)

ACTIVITIES = [
    # code, kind, first day, last day, place, format, theme, objective
    ("A", "event", "2015-02-10", "2015-02-11", TOKYO, "on_site", "bio", "horizon_2020_in_japan"),
    ("B", "presentation", "2015-03-31", "2015-03-31", TOKYO, "online", "city", None),
    ("C", "event", "2015-07-01", "2015-07-01", ROME, "on_site", "bio", "horizon_2020_in_japan"),
    ("D", "presentation", "2015-12-15", "2015-12-15", NOWHERE, "on_site", "bio", None),  # nobody was counted
    ("T", "training", "2015-01-05", "2015-01-05", OSAKA, "on_site", "bio", None),  # no event
]
ATTENDANCE = [
    # activity, country, kind, participants
    ("A", "JP", "university", 20),
    ("A", "IT", "university", 4),
    ("B", "JP", "university", 5),
    ("B", "JP", "company", 6),
    ("C", "JP", "company", 3),
    ("C", "IT", "university", 7),
    ("C", "FR", "ministry", 1),
    ("C", "ES", "ministry", 0),  # announced, but nobody came
    ("T", "PL", "university", 9),  # at a training, so Poland has not come to an event
]
CASES = [
    # code, opened (UTC), country, activity
    ("01", "2015-01-10 23:00", "JP", None),  # the 11th in Brussels: 30 days before A, counted
    ("02", "2015-01-10 22:59", "JP", None),  # the 10th in Brussels: 31 days before
    ("03", "2015-02-09 12:00", "JP", None),  # the day before A
    ("04", "2015-02-10 12:00", "JP", "A"),  # on the first day of A
    ("05", "2015-02-11 12:00", "JP", "A"),  # on its last day
    ("06", "2015-02-11 23:00", "JP", None),  # the 12th in Brussels: the day after A
    ("07", "2015-03-13 22:59", "FR", "A"),  # 30 days after A, from elsewhere, names it; names A, so not in B's window
    ("08", "2015-03-14 12:00", "JP", None),  # 31 days after A; 17 days before B
    ("09", "2015-02-20 12:00", "FR", None),  # neither from Japan nor naming A
    ("10", "2015-02-21 12:00", "JP", "A"),  # from Japan and naming A: once
    ("11", "2015-06-20 12:00", "FR", "C"),  # names C before it takes place
    ("12", "2016-01-02 12:00", "IT", None),  # after D, but beyond the programme's term
]
ALL = Filters()
BIO = Filters(themes=("bio",))
JAPAN = Filters(sides=("japan",))
SPRING = Filters(period=Period(Month(2015, 3), Month(2015, 7)))

Insert = Callable[..., list[int]]
Answer = Callable[..., list[tuple[Any, ...]]]


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.fixture(scope="module")
def answer(shared_url: str, insert: Insert) -> Answer:
    """`answer(select, column, …)`: the rows of those columns, NaN as None."""
    insert(shared_url, programme, PROGRAMME)
    insert(shared_url, organisation, {"code": "O", "name": "Office", "kind": "company", "country": "DE"})
    themes = insert(shared_url, theme, {"code": "bio", "name": "Biology"}, {"code": "city", "name": "Cities"})
    by_code = dict(zip(("bio", "city"), themes, strict=True))
    ids = insert(
        shared_url, activity,
        *(
            {
                "programme_id": 1, "code": code, "kind": kind, "title": code, "start": day(start), "end": day(end),
                "city": place[0], "country": place[1], "latitude": place[2], "longitude": place[3], "format": form,
                "theme_id": by_code[about], "objective": objective,
            }
            for code, kind, start, end, place, form, about, objective in ACTIVITIES
        ),
    )  # fmt: skip
    key = {code: one for (code, *_), one in zip(ACTIVITIES, ids, strict=True)}
    insert(
        shared_url, attendance,
        *(
            {"activity_id": key[code], "country": country, "stakeholder_kind": kind, "participants": count}
            for code, country, kind, count in ATTENDANCE
        ),
    )  # fmt: skip
    (joint,) = insert(
        shared_url, partnership,
        {"programme_id": 1, "code": "PS", "title": "Enzymes", "theme_id": 1, "status": "active",
         "origin_activity_id": key["A"]},
    )  # fmt: skip
    insert(
        shared_url, application,
        *(
            {"programme_id": 1, "code": code, "funding_programme": "Horizon 2020", "submitted_on": day("2015-09-01"),
             "status": status, "japanese_organisations": 1, "theme_id": 1, "origin_activity_id": key.get(origin),
             "partnership_id": joint}
            for code, status, origin in (("X", "funded", "A"), ("Y", "rejected", "A"), ("Z", "funded", ""))
        ),
    )  # fmt: skip
    insert(
        shared_url, help_desk_case,
        *(
            {"programme_id": 1, "code": code, "opened": datetime.fromisoformat(opened), "desk": "eu",
             "channel": "email", "topic": "mobility", "enquirer_country": country, "enquirer_kind": "company",
             "theme_id": 2, "activity_id": key.get(named)}
            for code, opened, country, named in CASES
        ),
    )  # fmt: skip
    store = Store(take(shared_url))

    def rows(statement: sa.Select[Any], *columns: str) -> list[tuple[Any, ...]]:
        frame = store.frame(statement)
        chosen = frame[list(columns)] if columns else frame
        return [tuple(None if value != value else value for value in row) for row in chosen.itertuples(index=False)]

    return rows


def test_sizes_are_empty_where_nobody_counted(answer: Answer) -> None:
    columns = ("code", "activity_kind", "side", "participants")
    assert answer(events.sizes(ALL), *columns) == [
        ("A", "event", "japan", 24), ("B", "presentation", "japan", 11), ("C", "event", "eu", 11),
        ("D", "presentation", "eu", None),
    ]  # fmt: skip
    assert answer(events.sizes(BIO), "code") == [("A",), ("C",), ("D",)]
    assert answer(events.sizes(JAPAN), "code") == [("A",), ("B",)]
    assert answer(events.sizes(SPRING), "code") == [("B",), ("C",)]  # first and last day of the months counted


def test_places(answer: Answer) -> None:
    assert answer(events.places(ALL)) == [
        ("Tokyo", "JP", "japan", 35.7, 139.7, 1, 1, 35),
        ("Rome", "IT", "eu", 41.9, 12.5, 1, 0, 11),
        (None, "IT", "eu", None, None, 0, 1, 0),
    ]


def test_reach_by_month(answer: Answer) -> None:
    found = [(f"{month:%Y-%m}", *rest) for month, *rest in answer(events.reach_by_month(ALL))]
    assert found == [
        ("2015-02", "japan", 1, 0, 24), ("2015-03", "japan", 0, 1, 11), ("2015-07", "eu", 1, 0, 11),
        ("2015-12", "eu", 0, 1, 0),
    ]  # fmt: skip


def test_reach_by(answer: Answer) -> None:
    assert answer(events.reach_by(ALL, "objective")) == [("horizon_2020_in_japan", 2, 0, 35), (None, 0, 2, 11)]
    assert answer(events.reach_by(ALL, "format")) == [("on_site", 2, 1, 35), ("online", 0, 1, 11)]
    assert answer(events.reach_by(ALL, "theme")) == [
        ("bio", "Biology", None, 2, 1, 35), ("city", "Cities", None, 0, 1, 11),
    ]  # fmt: skip
    assert answer(events.reach_by(ALL, "country")) == [("JP", 1, 1, 35), ("IT", 1, 1, 11)]
    assert answer(events.reach_by(JAPAN, "city")) == [("Tokyo", "JP", 1, 1, 35)]


def test_audience(answer: Answer) -> None:
    assert answer(audience.audience(ALL)) == [
        ("FR", "ministry", 1), ("IT", "university", 11), ("JP", "company", 9), ("JP", "university", 25),
    ]  # fmt: skip
    assert answer(audience.audience(SPRING)) == [
        ("FR", "ministry", 1), ("IT", "university", 7), ("JP", "company", 9), ("JP", "university", 5),
    ]  # fmt: skip
    assert answer(audience.audience_of("A")) == [("IT", "university", 4), ("JP", "university", 20)]


def test_newcomers(answer: Answer) -> None:
    def halves(filters: Filters, what: str) -> list[tuple[Any, ...]]:
        return [(f"{first:%Y-%m-%d}", *rest) for first, *rest in answer(audience.newcomers(filters, what))]

    assert halves(ALL, "country") == [("2015-01-01", 2, 2), ("2015-07-01", 3, 1)]  # France comes in July
    assert halves(ALL, "kind") == [("2015-01-01", 3, 3), ("2015-07-01", 3, 1)]
    assert halves(SPRING, "country") == [("2015-01-01", 1, 0), ("2015-07-01", 3, 1)]  # Japan had come in February
    assert halves(SPRING, "kind") == [("2015-01-01", 2, 1), ("2015-07-01", 3, 1)]  # its companies had not


def test_around(answer: Answer) -> None:
    columns = ("code", "cases_before", "cases_after", "naming_before", "naming_after", "whole")
    assert answer(aftermath.around(ALL), *columns) == [
        ("A", 2, 3, 0, 2, True),  # before 01 and 03; after 06, 07 and 10; of these 07 and 10 name it
        ("B", 1, 0, 0, 0, True),  # before 08
        ("C", 1, 0, 1, 0, True),  # before 11, which names it
        ("D", 0, 1, 0, 0, False),  # its thirty days end after the programme
    ]
    assert answer(aftermath.around(BIO), "code", "cases_after") == [("A", 3), ("C", 0), ("D", 1)]


def test_the_cases_around_are_those_counted(answer: Answer) -> None:
    columns = ("activity", "code", "window", "names_activity")
    assert answer(aftermath.cases_around(ALL), *columns) == [
        ("A", "01", "before", False), ("A", "03", "before", False), ("A", "06", "after", False),
        ("A", "10", "after", True), ("A", "07", "after", True), ("B", "08", "before", False),
        ("C", "11", "before", True),
    ]  # fmt: skip
    assert answer(aftermath.cases_around(ALL, "presentation"), "activity", "code") == [("B", "08")]


def test_followed(answer: Answer) -> None:
    columns = ("code", "cases", "partnerships", "applications", "funded_applications")
    assert answer(aftermath.followed(ALL), *columns) == [
        ("A", 4, 1, 2, 1), ("B", 0, 0, 0, 0), ("C", 1, 0, 0, 0), ("D", 0, 0, 0, 0),
    ]  # fmt: skip
    assert answer(aftermath.partnerships_from("A")) == [("PS", "Enzymes", None)]
    assert answer(aftermath.partnerships_from("B")) == []
    assert answer(aftermath.applications_from("A"), "code", "application_status") == [
        ("X", "funded"), ("Y", "rejected"),
    ]  # fmt: skip


def test_nothing_is_no_error(answer: Answer) -> None:
    none = Filters(countries=("BR",))
    asked = [
        events.sizes(none), events.places(none), events.reach_by_month(none), audience.audience(none),
        audience.newcomers(none, "country"), audience.newcomers(none, "kind"), audience.audience_of("nothing"),
        aftermath.around(none), aftermath.cases_around(none), aftermath.followed(none),
        *(events.reach_by(none, what) for what in ("objective", "format", "theme", "country", "city")),
    ]  # fmt: skip
    assert [answer(one) for one in asked] == [[]] * len(asked)
