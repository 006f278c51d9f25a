"""The help desk asked of a few cases whose figures are worked out by hand, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database.schema import activity, application, help_desk_case, joint_call, programme, theme
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import applications, helpdesk, helpdesk_demand, helpdesk_service
from dashboard.store import Store
from tests.pages.conftest import P

ALL = Filters()
MAY = Filters(period=Period(Month(2014, 5), Month(2014, 5)))
Add = Callable[..., None]
Answer = Callable[[sa.Select[Any]], list[tuple[Any, ...]]]


@pytest.fixture
def add(record_url: str, insert: Any) -> Add:
    """`add(opened, first_response, closed, desk=…)`: a case; all moments are UTC."""
    programme_id = insert(record_url, programme, P)[0]
    theme_id = insert(record_url, theme, {"code": "bio", "name": "Biotechnology"})[0]
    codes = iter(range(1000))
    shared = {"programme_id": programme_id, "theme_id": theme_id}
    for code, status, organisations in (("A1", "funded", 1), ("A2", "submitted", 1), ("A3", "funded", 0)):
        insert(
            record_url,
            application,
            {**shared, "code": code, "funding_programme": "Horizon 2020", "submitted_on": date(2014, 6, 1),
             "status": status, "japanese_organisations": organisations},
        )  # fmt: skip
    for code, closed in (("J1", date(2014, 6, 2)), ("J2", None)):  # the other has no closing day yet
        call = {"code": code, "title": "Tides", "opened": date(2014, 5, 5), "closed": closed}
        insert(record_url, joint_call, {**call, "theme_id": theme_id})
    held = {"title": "Talk", "end": date(2014, 6, 2), "country": "JP", "format": "on_site"}
    for code, kind, day in (("E1", "event", 2), ("P1", "presentation", 1)):
        insert(record_url, activity, {**shared, **held, "code": code, "kind": kind, "start": date(2014, 6, day)})

    def case(opened: str, first_response: str | None = None, closed: str | None = None, **more: Any) -> None:
        moments = (datetime.fromisoformat(said) if said else None for said in (opened, first_response, closed))
        values = dict(zip(("opened", "first_response", "closed"), moments, strict=True))
        usual = {"desk": "eu", "channel": "email", "topic": "mobility", "enquirer_country": "DE",
                 "enquirer_kind": "company", "code": f"H{next(codes)}"}  # fmt: skip
        insert(record_url, help_desk_case, {**shared, **usual, **values, **more})

    return case


@pytest.fixture
def answer(record_url: str) -> Answer:
    def rows(statement: sa.Select[Any]) -> list[tuple[Any, ...]]:
        frame = Store(take(record_url)).frame(statement)
        return [tuple(None if value != value else value for value in row) for row in frame.itertuples(index=False)]

    return rows


def test_a_case_at_midnight_counts_in_the_month_of_brussels(add: Add, answer: Answer) -> None:
    add("2014-05-31 21:59")  # 23:59 in Brussels: May
    add("2014-05-31 22:00")  # 0:00 on 1 June
    rows = answer(helpdesk_demand.by_month_and(ALL, "desk"))
    assert [(row[0].month, *row[1:]) for row in rows] == [(5, "eu", 1), (6, "eu", 1)]
    assert [row[2] for row in answer(helpdesk_demand.by_month_and(MAY, "topic"))] == [1]


def test_arrivals_by_two_clocks(add: Add, answer: Answer) -> None:
    add("2014-01-06 08:30")  # Monday in winter: 9:30 in Brussels, 17:30 in Tokyo, both open
    add("2014-01-06 09:00")  # 10:00 and 18:00: Tokyo has just closed
    add("2014-07-07 07:00")  # Monday in summer: 9:00 and 16:00, both open
    add("2014-07-05 07:00")  # Saturday: none is
    add("2014-01-05 23:30")  # Sunday night in Brussels, Monday 8:30 in Tokyo: neither is open
    add("2014-01-06 00:30")  # Monday 1:30 and 9:30: only Tokyo is open
    brussels = answer(helpdesk_demand.arrivals(ALL, helpdesk_demand.BRUSSELS))
    assert brussels == [
        (1, 0, 1, 0, 1), (1, 1, 1, 0, 0), (1, 9, 2, 2, 0), (1, 10, 1, 0, 0), (6, 9, 1, 0, 1),
    ]  # fmt: skip
    tokyo = answer(helpdesk_demand.arrivals(ALL, helpdesk_demand.TOKYO))
    assert tokyo == [
        (1, 8, 1, 0, 1), (1, 9, 1, 0, 0), (1, 16, 1, 1, 0), (1, 17, 1, 1, 0), (1, 18, 1, 0, 0), (6, 16, 1, 0, 1),
    ]  # fmt: skip


def test_times_skip_weekends_and_leave_out_what_is_open(add: Add, answer: Answer) -> None:
    add("2014-05-02 08:00", "2014-05-05 08:00", "2014-05-09 08:00")  # Friday to Monday: 1; to Friday: 5
    add("2014-05-05 08:00", "2014-05-09 08:00")  # 4: beyond the standard of 3, and not closed
    add("2014-05-05 08:00")  # never answered: due, as it has waited for years
    rows = answer(helpdesk_service.service(ALL))
    assert rows[0] == (None, None, 3, 2, 2.5, 3.7, 1, 5.0, 5.0, 3, 1)
    assert [row[:2] for row in rows] == [(None, None), ("eu", None), (None, "mobility")]
    assert [row[1:] for row in answer(helpdesk_service.within_by_quarter(ALL))] == [("eu", 3, 1)]


def test_a_quarter_is_the_calendars(add: Add, answer: Answer) -> None:
    add("2014-06-30 21:00", "2014-07-01 08:00")
    add("2014-06-30 22:30", "2014-07-01 08:00")  # 0:30 on 1 July in Brussels
    add("2014-12-31 08:00", "2014-12-31 08:00", desk="japan")
    rows = [(row[0].month, *row[1:]) for row in answer(helpdesk_service.within_by_quarter(ALL))]
    assert rows == [(4, "eu", 1, 1), (7, "eu", 1, 1), (10, "japan", 1, 1)]


def test_a_case_closed_without_an_answer_waits_no_longer(add: Add, answer: Answer) -> None:
    add("2014-05-02 08:00", None, "2014-06-02 08:00")
    add("2014-05-02 08:00", "2014-05-31 22:30", "2014-07-02 08:00")  # answered at 0:30 on 1 June in Brussels
    rows = [(row[0].month, *row[1:]) for row in answer(helpdesk_service.flows(MAY))]
    assert rows == [(5, 2, 0, 0), (6, 0, 2, 1), (7, 0, 0, 1)]


def test_ages_by_their_bounds(add: Add, answer: Answer) -> None:
    add("2014-05-23 08:00")  # Friday: 5 working days up to Friday, 30 May
    add("2014-05-22 08:00", "2014-05-23 08:00")  # 6, answered
    add("2014-05-05 08:00", "2014-05-30 21:59", "2014-05-30 22:00")  # 19, closed at 0:00 on the 31st: still open
    add("2014-05-05 08:00", "2014-05-05 09:00", "2014-05-30 21:59")  # closed at 23:59 on the 30th: gone
    add("2014-05-30 22:00")  # 0:00 on the 31st: not yet open
    rows = answer(helpdesk_service.ageing(MAY, date(2014, 5, 31)))
    assert [row[1:] for row in rows] == [("week", "first_response", 1), ("four_weeks", "closing", 2)]


def test_satisfaction_of_four_is_not_told(add: Add, answer: Answer) -> None:
    for desk, ratings in (("eu", (1, 4, 4, 5, 5)), ("japan", (3, 3, 3, 3))):
        for rating in ratings:
            add("2014-05-05 08:00", desk=desk, topic="mobility", satisfaction=rating)
    add("2014-05-05 08:00", desk="japan")  # not rated
    rows = answer(helpdesk_service.satisfaction(ALL))
    everyone = [(1, 1), (3, 4), (4, 2), (5, 2)]
    assert rows == [
        *((None, None, *row) for row in everyone),
        *(("eu", None, *row) for row in ((1, 1), (4, 2), (5, 2))),
        *((None, "mobility", *row) for row in everyone),
    ]


def test_applications_by_who_supported_them(add: Add, answer: Answer) -> None:
    add("2014-05-05 08:00", application_id=1)
    add("2014-05-05 08:00", application_id=1, desk="japan")
    add("2014-05-05 08:00", application_id=2)
    add("2014-05-05 08:00", application_id=2)
    add("2014-05-05 08:00", application_id=3)  # of no Japanese organisation: not counted
    assert answer(applications.pathways(ALL)) == [("eu", "submitted", 1, 2), ("several", "funded", 1, 2)]
    assert answer(applications.by_part(ALL)) == [(None, None, 2, 1, 1)]


def test_the_list_of_cases_by_hand(add: Add, answer: Answer) -> None:
    add("2014-05-31 21:59", "2014-06-02 08:00", desk="japan", activity_id=1)  # 23:59 on Saturday: to Monday 1
    add("2014-05-31 22:00", application_id=2, topic="partner_search")  # 0:00 on 1 June, not answered
    for _ in range(3):
        add("2014-06-03 08:00", "2014-06-03 09:00", channel="telephone", application_id=1)
    for _ in range(4):
        add("2014-06-04 08:00", enquirer_country="FR")  # four French companies: of which kind is not told
    rows = [(row[0], row[1].month, *row[2:]) for row in answer(helpdesk.cases(ALL))]
    bio = ("bio", "Biotechnology", None)
    assert rows[:3] == [
        ("H0", 5, 1, "japan", "email", "mobility", "DE", "company", *bio, "E1", None),
        ("H1", 6, None, "eu", "email", "partner_search", "DE", "company", *bio, None, "A2"),
        ("H2", 6, 0, "eu", "telephone", "mobility", "DE", "company", *bio, None, "A1"),
    ]
    assert rows[5] == ("H5", 6, None, "eu", "email", "mobility", "FR", None, *bio, None, None)
    assert [row[0] for row in answer(helpdesk.cases(MAY))] == ["H0"]
    assert [row[0] for row in answer(helpdesk.cases(Filters(countries=("FR",))))] == ["H5", "H6", "H7", "H8"]
    assert answer(helpdesk.cases(Filters(sides=("japan",)))) == []


def test_a_part_is_one_whether_or_not_each_application_has_its_japanese_name(
    add: Add, record_url: str, elsewhere: Any, answer: Answer
) -> None:
    elsewhere(record_url, "UPDATE application SET part = 'Energy', part_ja = CASE code WHEN 'A2' THEN 'エネルギー' END")
    add("2014-05-05 08:00", application_id=1)
    add("2014-05-05 08:00", application_id=2)
    assert answer(applications.by_part(ALL)) == [("Energy", "エネルギー", 2, 1, 1)]


def test_what_cases_gather_around(add: Add, answer: Answer) -> None:
    add("2014-05-05 08:00", application_id=1)
    add("2014-05-05 08:00", application_id=2)
    rows = [(row[0], row[1].day, row[2], row[4]) for row in answer(helpdesk_demand.occasions(ALL))]
    assert rows == [("deadline", 1, None, 2), ("event", 2, "Talk", 1), ("call", 2, "Tides", 1)]
    assert answer(helpdesk_demand.occasions(MAY)) == []
    assert answer(helpdesk_demand.first_opened(ALL))[0][0] == datetime(2014, 5, 5, 10)  # noqa: DTZ001 - Brussels' clock
