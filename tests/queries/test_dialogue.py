"""Policy dialogue, the contact point and the services against plain SQL on the record, and on rows counted by hand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard.database.schema import (
    activity,
    interest_group_member,
    organisation,
    programme,
    report,
    report_use,
    theme,
)
from dashboard.database.snapshot import Snapshot, take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import contact_point, dialogue, services
from dashboard.store import Store

Rows = Callable[..., list[tuple[Any, ...]]]


def months(first: str, last: str) -> Period:
    return Period(Month.parse(first), Month.parse(last))


@dataclass(frozen=True)
class Selection:
    """Filters, and the same as SQL: first and last day, the theme's code, sides of services, countries."""

    filters: Filters
    first: str = "0000-00-00"
    last: str = "9999-99-99"
    theme: str = ""
    sides: tuple[str, ...] = ("eu", "japan")
    countries: tuple[str, ...] = ()

    def themed(self, column: str) -> str:
        return f"{column} = (SELECT id FROM theme WHERE code = '{self.theme}')" if self.theme else "1"

    def placed(self, column: str) -> str:
        return f"{column} IN ({', '.join(map(repr, self.countries))})" if self.countries else "1"

    def held(self, day: str) -> bool:
        return self.first <= day <= self.last


SELECTIONS = {
    "whole programme": Selection(Filters()),
    "smart communities": Selection(Filters(themes=("smart-communities",)), theme="smart-communities"),
    "first half of 2016": Selection(Filters(period=months("2016-01", "2016-06")), "2016-01-01", "2016-06-30"),
    "Japanese side": Selection(Filters(sides=("japan",)), sides=("japan",), countries=("JP",)),
    "Germany and Japan, cross-cutting, 2015": Selection(
        Filters(period=months("2015-01", "2015-12"), themes=("cross-cutting",), countries=("DE", "JP")),
        "2015-01-01", "2015-12-31", "cross-cutting", countries=("DE", "JP"),
    ),
}  # fmt: skip


@pytest.fixture(params=SELECTIONS.values(), ids=SELECTIONS)
def chosen(request: pytest.FixtureRequest) -> Selection:
    selection: Selection = request.param
    return selection


@pytest.fixture
def plain(demo_url: str) -> Iterator[Rows]:
    """`plain(sql)`: the rows that SQLite itself gives."""
    record = sqlite3.connect(demo_url.removeprefix("sqlite:///"))
    yield lambda sql: record.execute(sql).fetchall()
    record.close()


@pytest.fixture
def store(demo_snapshot: Snapshot) -> Store:
    return Store(demo_snapshot)


def rows(store: Store, statement: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of those columns: dates as YYYY-MM-DD, whole numbers as int, nothing as None."""

    def written(value: Any) -> Any:
        if value is None or value != value:
            return None
        return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else value

    frame = store.frame(statement)
    return [tuple(written(value) for value in row) for row in frame[list(columns)].itertuples(index=False, name=None)]


def furthest(tabled: int, discussed: int, adopted: int) -> str:
    return "adopted" if adopted else "discussed" if discussed else "tabled" if tabled else "not_tabled"


def test_the_time_line_joins_reports_to_dialogues(store: Store, plain: Rows, chosen: Selection) -> None:
    reports = [
        row
        for row in plain(
            """SELECT r.code, r.published_on, a.code, u.tabled, u.discussed, u.recommendation_adopted FROM report r
               LEFT JOIN report_use u ON u.report_id = r.id LEFT JOIN activity a ON a.id = u.activity_id"""
        )
        if chosen.held(row[1])
    ]
    dialogues = {
        code for code, start in plain("SELECT code, start FROM activity WHERE kind = 'dialogue'") if chosen.held(start)
    }
    expected = [(code, day, held, furthest(*flags)) for code, day, held, *flags in reports]
    expected += [(None, None, code, None) for code in dialogues - {row[2] for row in reports}]
    found = rows(store, dialogue.timeline(chosen.filters), "code", "published_on", "dialogue_code", "use")
    assert Counter(found) == Counter(expected)
    assert len(found) > 0


def test_the_uses_of_reports_are_the_rows_behind_them(store: Store, plain: Rows, chosen: Selection) -> None:
    expected = [
        row[:5]
        for row in plain(
            """SELECT r.code, a.start, u.tabled, u.discussed, u.recommendation_adopted, r.published_on FROM report_use u
               JOIN report r ON r.id = u.report_id JOIN activity a ON a.id = u.activity_id
               ORDER BY r.published_on, a.start"""
        )
        if chosen.held(row[5])
    ]
    columns = ("code", "held_on", "was_tabled", "was_discussed", "was_adopted")
    assert rows(store, dialogue.report_uses(chosen.filters), *columns) == expected


def test_members_are_counted_on_each_day_of_change(store: Store, plain: Rows, chosen: Selection) -> None:
    members = plain('SELECT joined, "left" FROM interest_group_member')
    days = sorted({day for row in members for day in row if day and day <= chosen.last})
    expected = [
        (
            day,
            sum(joined == day for joined, _ in members),
            sum(left == day for _, left in members),
            sum(joined <= day and not (left and left <= day) for joined, left in members),
        )
        for day in days
    ]
    assert rows(store, dialogue.membership(chosen.filters), "date", "joining", "leaving", "members") == expected
    assert expected[-1][3] > 0


def test_members_of_the_period(store: Store, plain: Rows, chosen: Selection) -> None:
    expected = [
        (code, country, joined, left, "left" if left and left <= chosen.last else "member")
        for code, country, joined, left in plain(
            """SELECT o.code, o.country, m.joined, m."left" FROM interest_group_member m
               JOIN organisation o ON o.id = m.organisation_id ORDER BY m.joined, o.code"""
        )
        if joined <= chosen.last and (left is None or left >= chosen.first)
    ]
    found = rows(store, dialogue.member_places(chosen.filters), "code", "country", "joined", "left", "membership")
    assert found == expected


def test_joint_calls(store: Store, plain: Rows, chosen: Selection) -> None:
    expected = [
        row
        for row in plain(
            f"""SELECT code, opened, closed, budget_eur, proposals, funded FROM joint_call c
                WHERE {chosen.themed("c.theme_id")} ORDER BY opened, code"""
        )
        if chosen.held(row[1])
    ]
    columns = ("code", "opens", "closes", "budget_eur", "proposals", "funded_projects")
    assert rows(store, dialogue.joint_calls(chosen.filters), *columns) == expected


def test_services_that_ran(store: Store, plain: Rows, chosen: Selection) -> None:
    expected = [
        row
        for row in plain('SELECT code, side, languages, "from", "to" FROM information_service ORDER BY "from", code')
        if row[1] in chosen.sides and row[3] <= chosen.last and (row[4] is None or row[4] >= chosen.first)
    ]
    found = rows(store, services.services(chosen.filters), "code", "side", "languages", "started", "ended")
    assert found == expected
    assert len(found) > 1


def test_use_of_services_a_month(store: Store, plain: Rows, chosen: Selection) -> None:
    expected = [
        row[:4]
        for row in plain(
            """SELECT s.code, u.measure, u.month, u.value, s.side FROM information_use u
               JOIN information_service s ON s.id = u.information_service_id ORDER BY u.measure, s.code, u.month"""
        )
        if row[4] in chosen.sides and chosen.held(row[2])
    ]
    assert rows(store, services.use_by_month(chosen.filters), "code", "measure", "month", "value") == expected
    assert len(expected) > 10


def brussels(moment: str) -> str:
    """The day in Brussels of a moment in UTC."""
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return utc.astimezone(ZoneInfo("Europe/Brussels")).date().isoformat()


def quarter(day: str) -> str:
    return f"{day[:4]}-{(int(day[5:7]) - 1) // 3 * 3 + 1:02d}-01"


def contact_point_rows(plain: Rows, chosen: Selection) -> list[tuple[str, str, str, str | None]]:
    """Kind, code, day and, of an application, its status: what the contact point's figure counts."""
    of_case = f"c.desk = 'h2020_contact_point' AND {chosen.placed('c.enquirer_country')}"
    cases = plain(f"SELECT code, opened FROM help_desk_case c WHERE {of_case} AND {chosen.themed('c.theme_id')}")
    applications = plain(
        f"""SELECT code, submitted_on, status FROM application a
            WHERE a.id IN (SELECT c.application_id FROM help_desk_case c WHERE {of_case})
            AND japanese_organisations > 0 AND {chosen.themed("a.theme_id")}"""
    )
    events = plain(
        f"""SELECT code, start FROM activity a WHERE kind = 'event' AND country = 'JP'
            AND objective = 'horizon_2020_in_japan'
            AND {chosen.themed("a.theme_id")} AND {chosen.placed("a.country")}"""
    )
    found = [("case", code, brussels(opened), None) for code, opened in cases]
    found += [("application", code, day, status) for code, day, status in applications]
    found += [("event", code, day, None) for code, day in events]
    return [row for row in found if chosen.held(row[2])]


def test_the_contact_points_quarters(store: Store, plain: Rows, chosen: Selection) -> None:
    counted: dict[str, Counter[str]] = {}
    for kind, _, day, status in contact_point_rows(plain, chosen):
        count = counted.setdefault(quarter(day), Counter())
        count[kind] += 1
        count["known"] += status not in (None, "submitted")
        count["funded"] += status == "funded"
    expected = [
        (day, *(count[name] for name in ("case", "application", "known", "funded", "event")))
        for day, count in sorted(counted.items())
    ]
    columns = ("quarter", "cases", "applications", "known_results", "funded_applications", "events")
    assert rows(store, contact_point.by_quarter(chosen.filters), *columns) == expected
    assert len(expected) > 0


def test_the_contact_points_records_are_what_is_counted(store: Store, plain: Rows, chosen: Selection) -> None:
    columns = ("record_kind", "code", "counted_on", "application_status")
    found = rows(store, contact_point.records(chosen.filters), *columns)
    expected = [
        (kind, code, f"{day[:7]}-01" if kind == "case" else day, status)  # of a case no day is told
        for kind, code, day, status in contact_point_rows(plain, chosen)
    ]
    assert Counter(found) == Counter(expected)


DAY = date(2015, 3, 1)
MARCH = Filters(period=months("2015-03", "2015-03"))


@pytest.fixture
def tiny(record_url: str, insert: Callable[..., list[int]]) -> Callable[..., Store]:
    """`tiny({table: rows})`: a store on a record with a programme, a theme, three organisations and these rows."""

    def make(tables: dict[Any, list[dict[str, Any]]]) -> Store:
        term = {"start": date(2014, 1, 1), "end": date(2016, 12, 31)}
        insert(
            record_url,
            programme,
            {"code": "P", "acronym": "P", "title": "P", **term, "service_standard": 3, "time_zone": "Europe/Brussels",
             "dataset": "recorded"},
        )  # fmt: skip
        insert(record_url, theme, {"code": "t", "name": "T"})
        insert(
            record_url,
            organisation,
            *(
                {"code": code, "name": code, "kind": "funding_agency", "country": "DE"}
                for code in ("one", "two", "three")
            ),
        )
        for table, values in tables.items():
            insert(record_url, table, *values)
        return Store(take(record_url))

    return make


def test_a_report_keeps_its_dialogues_outside_the_period(tiny: Callable[..., Store]) -> None:
    held = {"programme_id": 1, "end": date(2016, 1, 1), "country": "DE", "format": "on_site", "theme_id": 1}
    store = tiny(
        {
            activity: [
                {**held, "code": "before", "kind": "dialogue", "title": "b", "start": date(2015, 2, 28)},  # no report
                {**held, "code": "first", "kind": "dialogue", "title": "f", "start": date(2015, 3, 1)},  # left boundary
                {
                    **held,
                    "code": "last",
                    "kind": "dialogue",
                    "title": "l",
                    "start": date(2015, 3, 31),
                },  # right boundary
                {**held, "code": "after", "kind": "dialogue", "title": "a", "start": date(2015, 6, 1)},  # has a report
                {**held, "code": "event", "kind": "event", "title": "e", "start": date(2015, 3, 5)},  # had a report too
                {**held, "code": "other", "kind": "event", "title": "o", "start": date(2015, 3, 6)},  # no dialogue
            ],
            report: [
                {"programme_id": 1, "code": "R", "title": "R", "topic": "t", "published_on": DAY},
                {"programme_id": 1, "code": "S", "title": "S", "topic": "t", "published_on": date(2015, 3, 31)},
                {
                    "programme_id": 1,
                    "code": "T",
                    "title": "T",
                    "topic": "t",
                    "published_on": date(2015, 4, 1),
                },  # outside
            ],
            report_use: [
                {"report_id": 1, "activity_id": 4, "tabled": True, "discussed": False, "recommendation_adopted": False},
                {
                    "report_id": 1,
                    "activity_id": 5,
                    "tabled": False,
                    "discussed": False,
                    "recommendation_adopted": False,
                },
                {"report_id": 3, "activity_id": 2, "tabled": True, "discussed": True, "recommendation_adopted": True},
            ],
        }
    )
    assert rows(store, dialogue.timeline(MARCH), "code", "dialogue_code", "use") == [
        ("R", "event", "not_tabled"),
        ("R", "after", "tabled"),
        ("S", None, "not_tabled"),
        (None, "first", None),
        (None, "last", None),
    ]


def test_members_that_leave_at_the_edges_of_the_period(tiny: Callable[..., Store]) -> None:
    early = date(2014, 5, 1)
    store = tiny(
        {
            interest_group_member: [
                {"organisation_id": 1, "joined": early, "left": date(2015, 2, 28)},  # gone before
                {"organisation_id": 1, "joined": date(2015, 3, 31), "left": None},  # back on the last day
                {"organisation_id": 2, "joined": early, "left": date(2015, 3, 31)},  # leaves on the last day
                {"organisation_id": 3, "joined": early, "left": date(2015, 4, 1)},  # leaves after it
            ]
        }
    )
    assert rows(store, dialogue.member_places(MARCH), "code", "membership") == [
        ("three", "member"),
        ("two", "left"),
        ("one", "member"),
    ]
    assert rows(store, dialogue.membership(MARCH), "date", "joining", "leaving", "members") == [
        ("2014-05-01", 3, 0, 3),
        ("2015-02-28", 0, 1, 2),
        ("2015-03-31", 1, 1, 2),
    ]


def test_equal_filters_give_the_very_same_select() -> None:
    for ask in (dialogue.timeline, dialogue.joint_calls, services.services, contact_point.by_quarter):
        assert ask(Filters(themes=("a",))) is ask(Filters(themes=("a",)))
