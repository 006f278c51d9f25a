"""The public view of every table: whole but for what would tell of single people, on rows worked out by hand, and on
the demonstration beside plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from dashboard.database.schema import TABLES as RECORD
from dashboard.database.schema import (
    activity,
    attendance,
    help_desk_case,
    information_service,
    information_use,
    partnership,
    programme,
    theme,
    training_result,
)
from dashboard.database.snapshot import take
from dashboard.exports.table import localised
from dashboard.filters import Filters, Month, Period
from dashboard.queries.public import TABLES, public
from dashboard.store import Store
from dashboard.text import LANGUAGES

P = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2016, 12, 31),
     "service_standard": 3, "time_zone": "Asia/Tokyo", "dataset": "recorded"}  # fmt: skip
DAY = date(2015, 3, 31)
NARROW = Filters(Period(Month(2015, 1), Month(2015, 6)), ("biotechnology",), ("japan",), ("JP",))
Rows = Callable[..., list[tuple[Any, ...]]]


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    plain = frame[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


@pytest.fixture
def record(sqlite_url: str, insert) -> str:
    """A programme, a theme and two activities, A (an event) and T (a training), of one day in Tokyo."""
    insert(sqlite_url, programme, P)
    insert(sqlite_url, theme, {"code": "bio", "name": "Biotechnology"})
    insert(sqlite_url, activity, *(
        {"programme_id": 1, "code": code, "kind": kind, "title": code, "start": DAY, "end": DAY, "country": "JP",
         "format": "on_site", "theme_id": 1} for code, kind in (("A", "event"), ("T", "training"))
    ))  # fmt: skip
    return sqlite_url


def told(url: str, table: str, threshold: int = 5, filters: Filters = Filters()) -> pd.DataFrame:  # noqa: B008
    return Store(take(url)).frame(public(table, filters, threshold))


def audience(insert, url: str, *counts: int) -> None:
    """So many people of as many countries at A, in the countries' order."""
    people = zip(("AT", "DE", "ES", "FR", "IT", "PL"), counts, strict=False)
    insert(url, attendance, *({"activity_id": 1, "country": country, "stakeholder_kind": "company",
                               "participants": count} for country, count in people))  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((5, 9), [5, 9]),
        ((4, 9, 30), [None, None, 30]),  # four alone would be the whole of 43 less 39
        ((4, 1, 30), [None, None, 30]),  # five together: one and four, or two and three, or …
        ((3, 1, 7, 30), [None, None, None, 30]),  # four together: three and one, or two and two; each is below four
        ((1, 1, 1, 1, 1, 8), [None] * 6),  # five people of five countries: one of each
        ((0, 6, 8), [0, 6, 8]),
        ((0, 2, 8, 9), [0, None, None, 9]),
        ((4,), [None]),
    ],
)
def test_counts_that_would_tell_of_few_people(record: str, insert, counts, shown) -> None:
    audience(insert, record, *counts)
    found = told(record, "attendance")
    assert rows(found, "participants") == [(one,) for one in shown]
    assert set(rows(found, "code", "organisation_kind")) == {("A", "company")}
    whole = sum(counts)
    assert rows(told(record, "activity"), "code", "participants") == [
        ("A", None if 0 < whole < 5 else whole), ("T", None),
    ]  # fmt: skip
    assert rows(told(record, "attendance", 1), "participants") == [(one,) for one in counts]


def test_what_is_hidden_is_hidden_by_activity(record: str, insert) -> None:
    audience(insert, record, 4, 9, 30)
    insert(record, attendance, *({"activity_id": 2, "country": country, "stakeholder_kind": "company",
                                  "participants": count} for country, count in (("AT", 7), ("DE", 8))))  # fmt: skip
    found = told(record, "attendance")
    assert rows(found, "code", "country", "participants") == [
        ("A", "AT", None), ("A", "DE", None), ("A", "ES", 30), ("T", "AT", 7), ("T", "DE", 8),
    ]  # fmt: skip


def test_training_results_come_by_seminar(record: str, insert) -> None:
    scored = {"institution_kind": "university", "institution_country": "JP", "applied_after_six_months": "yes",
              "before_score": 40, "after_score": 60, "satisfaction": 5, "activity_id": 2}  # fmt: skip
    insert(record, training_result, *[scored] * 4)
    found = told(record, "training_result")
    assert rows(found, "code", "answers", "paired_scores", "mean_gain", "satisfied") == [("T", None, None, None, None)]
    insert(record, training_result, scored)
    found = told(record, "training_result")
    assert rows(found, "code", "answers", "paired_scores", "mean_gain", "satisfied") == [("T", 5, 5, 20.0, 5)]
    assert not {"before_score", "after_score", "would_recommend"} & set(found.columns)


def test_a_case_names_no_enquirer(record: str, insert) -> None:
    """Five companies of Germany, one ministry: the ministry's kind is not told, nobody's day or satisfaction is."""
    case = {"programme_id": 1, "desk": "eu", "channel": "email", "topic": "mobility", "enquirer_country": "DE",
            "theme_id": 1, "satisfaction": 1}  # fmt: skip
    night = datetime.fromisoformat("2015-03-31 15:00")  # midnight in Tokyo: April
    insert(record, help_desk_case, *(
        case | {"code": f"H{number}", "opened": night, "first_response": night,
                "enquirer_kind": "ministry" if number == 5 else "company"} for number in range(6)
    ))  # fmt: skip
    found = told(record, "help_desk_case")
    assert rows(found, "code", "country", "organisation_kind")[4:] == [("H4", "DE", "company"), ("H5", "DE", None)]
    assert set(found["month"]) == {pd.Timestamp("2015-04-01")}
    assert not {"opened", "first_response", "closed", "satisfaction", "enquirer_kind"} & set(found.columns)
    few = told(record, "help_desk_case", 6)
    assert few["organisation_kind"].isna().all()


def test_subscribers_are_people_and_visits_are_not(record: str, insert) -> None:
    insert(record, information_service, {"code": "N", "title": "News", "kind": "newsletter", "side": "eu",
                                         "languages": "en", "from": DAY})  # fmt: skip
    insert(record, information_use, *({"information_service_id": 1, "month": DAY, "measure": measure, "value": 3}
                                      for measure in ("subscribers", "visits")))  # fmt: skip
    assert rows(told(record, "information_use"), "measure", "value") == [("subscribers", None), ("visits", 3)]


def test_every_table_but_what_stood_in_rows_before_has_a_view() -> None:
    assert set(TABLES) == {table.name for table in RECORD} - {"import_change"}
    with pytest.raises(KeyError):
        public("import_change", Filters(), 5)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_whole_and_in_words(demo_snapshot, demo_url: str, table: str) -> None:
    store = Store(demo_snapshot)
    found = store.frame(public(table, Filters(), 5))
    with sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True) as plain:
        counted = "count(DISTINCT activity_id)" if table == "training_result" else "count(*)"
        ((expected,),) = plain.execute(f"SELECT {counted} FROM {table}")
    assert len(found) == expected
    assert "imported_by" not in found.columns
    for language in LANGUAGES:
        for codes in (False, True):
            assert len(localised(found, language, codes)) == expected  # no code or column is without words
    store.frame(public(table, NARROW, 5))


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("activity", "SELECT code FROM activity WHERE {of_activity} ORDER BY start, code"),
        ("attendance", "SELECT a.code FROM attendance JOIN activity a ON a.id = activity_id WHERE {of_activity}"
                       " ORDER BY a.start, a.code"),
        ("application", "SELECT code FROM application f WHERE submitted_on BETWEEN '2015-01-01' AND '2015-06-30' AND"
                        " {theme} AND id IN (SELECT application_id FROM help_desk_case WHERE enquirer_country = 'JP')"),
        ("help_desk_case", "SELECT code FROM help_desk_case WHERE enquirer_country = 'JP' AND {theme} AND"
                           " opened BETWEEN '2014-12-31 23:00' AND '2015-06-30 21:59:59' ORDER BY"
                           " strftime('%Y-%m', datetime(opened, '+2 hours')), code"),
        ("report", "SELECT code FROM report WHERE published_on BETWEEN '2015-01-01' AND '2015-06-30'"),
        ("organisation", "SELECT code FROM organisation WHERE country = 'JP' ORDER BY code"),
        ("theme", "SELECT code FROM theme WHERE code = 'biotechnology'"),
    ],
)  # fmt: skip
def test_filters_apply_as_everywhere(demo_snapshot, demo_url: str, table: str, sql: str) -> None:
    theme_is = "theme_id = (SELECT id FROM theme WHERE code = 'biotechnology')"
    of_activity = f"start BETWEEN '2015-01-01' AND '2015-06-30' AND country = 'JP' AND {theme_is}"
    of_activity = of_activity.replace("country", "a.country") if table == "attendance" else of_activity
    found = Store(demo_snapshot).frame(public(table, NARROW, 5))["code"].tolist()
    with sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True) as plain:
        expected = [code for (code,) in plain.execute(sql.format(theme=theme_is, of_activity=of_activity))]
    assert found == expected
    assert found


def test_a_partnership_that_counts_nowhere_yet_is_in_the_whole(record: str, insert) -> None:
    insert(record, partnership, {"programme_id": 1, "code": "PS", "title": "T", "theme_id": 1, "status": "active"})
    assert told(record, "partnership")["code"].tolist() == ["PS"]
    assert told(record, "partnership", filters=Filters(Period(Month(2014, 1), Month(2016, 12)))).empty
