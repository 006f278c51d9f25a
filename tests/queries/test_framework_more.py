"""Framework projects by part, field, month, country and partner: a record made by chance, read again row by row."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, eu_project_field, eu_project_focus, programme
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period
from dashboard.queries import framework_more as ask
from dashboard.store import Store
from tests.pages.conftest import P

Insert = Callable[..., list[int]]

HALF_YEAR = Filters(period=Period(Month(2015, 1), Month(2015, 6)))
FILTERS = {
    "all": Filters(),
    "half-year": HALF_YEAR,
    "countries": Filters(countries=("FR", "US")),
    "both": Filters(period=Period(Month(2014, 1), Month(2016, 12)), countries=("DE",)),
    "other rooms": Filters(themes=("bio",), sides=("eu",)),
}
PARTS = (None, "H2020-EU.1.3.", "H2020-EU.2.1.1.", "H2020-EU.2.1.4.", "H2020-EU.3.5.;H2020-EU.3.2.1.", "FP7-ICT",
         "HORIZON.2.5.1", "HORIZON.4.2", "EURATOM2027")  # fmt: skip
GROUPS = {
    None: {None}, "H2020-EU.1.3.": {"H2020-EU.1.3."}, "H2020-EU.2.1.1.": {"H2020-EU.2.1."},
    "H2020-EU.2.1.4.": {"H2020-EU.2.1."}, "H2020-EU.3.5.;H2020-EU.3.2.1.": {"H2020-EU.3.5.", "H2020-EU.3.2."},
    "FP7-ICT": {"FP7-ICT"}, "HORIZON.2.5.1": {"HORIZON.2.5"}, "HORIZON.4.2": {"HORIZON.4"},
    "EURATOM2027": {"EURATOM2027"},
}  # fmt: skip
PATHS = ("/natural sciences/physical sciences/optics", "/natural sciences/physical sciences", "/natural sciences",
         "/social sciences/law", "/humanities/arts/music")  # fmt: skip
COUNTRIES = ("JP", "KR", "FR", "DE", "US", None)
KEPT_FOR = {"H2020": ("JP", "KR"), "FP7": ("JP",), "HORIZON": ("KR",)}


def fill(url: str, insert: Insert) -> None:
    """Sixty projects: of Horizon 2020 imported for Japan and Korea, of FP7 for Japan, of Horizon Europe for Korea."""
    chance = random.Random(20)
    insert(url, programme, P)
    homes = {f"o{number}": chance.choice(COUNTRIES) for number in range(40)}
    places = {code: chance.choice(((None, None, None), (50.0 + len(code), 10.0, "city"))) for code in homes}
    for number in range(60):
        framework = chance.choice(("H2020", "H2020", "FP7", "HORIZON"))
        start = chance.choice((None, *(date(year, month, 1) for year in range(2012, 2018) for month in (1, 6, 9))))
        (key,) = insert(url, eu_project, {
            "framework": framework, "code": str(number), "start": start, "programme_part": chance.choice(PARTS),
            "eu_contribution": chance.choice((None, Decimal(1000))),
        })  # fmt: skip
        taking_part = chance.sample(sorted(homes), chance.randint(1, 7))
        insert(url, eu_participation, *(
            {"eu_project_id": key, "organisation_code": code, "name": code.upper(), "country": homes[code],
             "city": "Somewhere", **dict(zip(("latitude", "longitude", "located"), places[code], strict=True)),
             "role": chance.choice(("coordinator", "participant", None)),
             "eu_contribution": chance.choice((None, Decimal(number + 1), Decimal("0.25")))}
            for code in taking_part
        ))  # fmt: skip
        here = {homes[code] for code in taking_part}
        kept = [{"eu_project_id": key, "country": one} for one in KEPT_FOR[framework] if one in here]
        paths = [{"eu_project_id": key, "path": one} for one in chance.sample(PATHS, chance.randint(0, 3))]
        for table, rows in ((eu_project_focus, kept), (eu_project_field, paths)):
            if rows:
                insert(url, table, *rows)


class Record:
    """The record, read by nothing but sqlite3 and loops, and a store on its snapshot."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.store = Store(take(url))
        read = sqlite3.connect(url.removeprefix("sqlite:///"))
        read.row_factory = sqlite3.Row
        self.projects = {row["id"]: dict(row) for row in read.execute("SELECT * FROM eu_project")}
        self.rows = [dict(row) for row in read.execute("SELECT * FROM eu_participation")]
        self.fields = [tuple(row) for row in read.execute("SELECT eu_project_id, path FROM eu_project_field")]
        self.kept = [tuple(row) for row in read.execute("SELECT eu_project_id, country FROM eu_project_focus")]
        read.close()

    def members(self, project: int) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["eu_project_id"] == project]

    def counted(self, filters: Filters, country: str = "JP") -> Iterator[dict[str, Any]]:
        """The projects of a country that the filters keep."""
        for project in self.projects.values():
            countries = {row["country"] for row in self.members(project["id"])}
            if country not in countries or (filters.countries and not countries & {*filters.countries}):
                continue
            start = project["start"]
            if filters.period and not (
                start and str(filters.period.first) <= start[:7] <= str(filters.period.last)
            ):  # fmt: skip
                continue
            yield project

    def given(self, project: int) -> float | None:
        known = [float(row["eu_contribution"]) for row in self.members(project) if row["eu_contribution"] is not None]
        return sum(known) if known else None

    def frame(self, statement: sa.Select[Any]) -> list[dict[str, Any]]:
        rows = self.store.frame(statement).to_dict("records")
        return [{key: None if value != value else value for key, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def record(sqlite: Any) -> Record:
    from dashboard.database import engine

    url: str = sqlite.copy("empty")

    def insert(url: str, table: sa.Table, *values: dict[str, Any]) -> list[int]:
        empty = {name: None for row in values for name in row}
        with engine.writing(url) as connection:
            statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
            return list(connection.scalars(statement, [{**empty, **row} for row in values]))

    fill(url, insert)
    return Record(url)


filtered = pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)


def summed(groups: dict[Any, set[int]], record: Record) -> dict[Any, tuple[int, float | None]]:
    def total(projects: set[int]) -> float | None:
        known = [given for given in map(record.given, projects) if given is not None]
        return round(sum(known), 2) if known else None

    return {key: (len(projects), total(projects)) for key, projects in groups.items()}


def told(row: dict[str, Any]) -> tuple[int, float | None]:
    given = row["eu_contribution"]
    return row["projects"], None if given is None else round(given, 2)


@filtered
def test_by_part(record: Record, filters: Filters) -> None:
    expected = defaultdict(set)
    for project in record.counted(filters):
        for part in GROUPS[project["programme_part"]]:
            expected[project["framework"], part].add(project["id"])
    found = {(row["framework"], row["part"]): told(row) for row in record.frame(ask.by_part(filters))}
    assert found == summed(expected, record)
    assert found or filters == HALF_YEAR


@filtered
def test_by_field(record: Record, filters: Filters) -> None:
    expected, known = defaultdict(set), set()
    for project in record.counted(filters):
        for key, path in record.fields:
            if key == project["id"]:
                broad, *rest = path[1:].split("/")
                known.add(key)
                expected[broad, None].add(key)
                if rest:
                    expected[broad, rest[0]].add(key)
    found = {(row["broad"], row["narrow"]): told(row) for row in record.frame(ask.by_field(filters))}
    assert found == summed(expected, record)
    assert record.frame(ask.with_fields(filters)) == [{"projects": len(known)}]


@filtered
def test_starts(record: Record, filters: Filters) -> None:
    expected: dict[Any, int] = defaultdict(int)
    for project in record.counted(filters):
        expected[project["start"] and project["start"][:7] + "-01", project["framework"]] += 1
    found = {
        (row["month"] and str(row["month"])[:10], row["framework"]): row["projects"]
        for row in record.frame(ask.starts(filters))
    }
    assert found == expected


@filtered
def test_compared(record: Record, filters: Filters) -> None:
    """Only Horizon 2020 was imported for Japan and for another country: nothing of FP7 or Horizon Europe is here."""
    expected: dict[Any, list[Any]] = defaultdict(lambda: [set(), 0, set(), 0.0, 0, 0])
    for country in ("JP", "KR"):
        for project in record.counted(filters, country):
            if project["framework"] != "H2020":
                continue
            own = expected["H2020", country, int(project["start"][:4]) if project["start"] else None]
            own[0].add(project["id"])
            for row in record.members(project["id"]):
                if row["country"] == country:
                    own[1] += 1
                    own[2] |= {project["id"]} if row["role"] == "coordinator" else set()
                    own[5] += row["role"] is not None
                    if row["eu_contribution"] is not None:
                        own[3] += float(row["eu_contribution"])
                        own[4] += 1
    found = record.frame(ask.compared(filters))
    assert {
        (row["framework"], row["country"], row["year"]): (
            row["projects"], row["participations"], row["coordinated"], round(row["eu_contribution"] or 0, 2),
            row["contribution_known"],
        )
        for row in found
    } == {
        key: (len(a), b, len(c) if told else None, round(d, 2), e) for key, (a, b, c, d, e, told) in expected.items()
    }  # fmt: skip
    assert len(record.frame(ask.compared_records(filters))) == sum(row["participations"] for row in found)


def test_a_country_alone_is_not_compared(record: Record) -> None:
    assert {row["framework"] for row in record.frame(ask.compared(Filters()))} == {"H2020"}
    assert {row["framework"] for row in record.frame(ask.compared(Filters(), "KR"))} == {"H2020"}
    assert record.frame(ask.compared(Filters(), "FR")) == []  # nothing was imported for France


@filtered
def test_partners(record: Record, filters: Filters) -> None:
    shared: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    taking_part = defaultdict(set)
    for project in record.counted(filters):
        here = {row["organisation_code"]: row["country"] for row in record.members(project["id"])}
        for code, country in here.items():
            taking_part[code].add(project["id"])
            for other, elsewhere in here.items():
                if country and elsewhere and (country == "JP") != (elsewhere == "JP"):
                    shared[code][other].add(project["id"])
    found = {row["organisation_code"]: row for row in record.frame(ask.partners(filters))}
    assert found.keys() == shared.keys()
    for code, row in found.items():
        closest = min(shared[code], key=lambda other: (-len(shared[code][other]), other.upper()))
        assert (row["projects"], row["partners"]) == (len(taking_part[code]), len(shared[code]))
        assert (row["closest_code"], row["shared"]) == (closest, len(shared[code][closest]))
        assert row["closest_name"] == closest.upper()


@filtered
def test_members(record: Record, filters: Filters) -> None:
    expected = {
        (project["id"], row["organisation_code"])
        for project in record.counted(filters)
        for row in record.members(project["id"])
    }
    found = [tuple(row.values()) for row in record.frame(ask.members(filters))]
    assert (set(found), len(found)) == (expected, len(expected))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("H2020-EU.2.1.1.7.", "H2020-EU.2.1."), ("H2020-EU.4.a.", "H2020-EU.4."), ("H2020-EU.5.", "H2020-EU.5."),
        ("H2020-Euratom-1.9.", "H2020-Euratom"), ("HORIZON.3.2.3", "HORIZON.3.2"), ("HORIZON.4.2.6", "HORIZON.4"),
        ("FP7-EURATOM-FISSION", "FP7-EURATOM-FISSION"), ("EURATOM.1.2.2", "EURATOM"),
    ],
)  # fmt: skip
def test_parts_are_told_apart_down_to_their_second_number(written: str, told: str) -> None:
    match = re.match(ask.PART, written)
    assert match
    assert match[0] == told
