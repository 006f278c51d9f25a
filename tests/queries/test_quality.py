"""Each rule finds what breaks it, and nothing else: in the demonstration nothing is broken until a row is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from dashboard.database.snapshot import take
from dashboard.filters import Filters
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.reconciliation import AVERAGES
from dashboard.queries import helpdesk, quality
from dashboard.store import Store

KNOWN = (*CATALOGUE, *AVERAGES.values())
TERM = "2013-09-01 – 2017-02-28"
SLOW = "case_waited_far"
"""Cases that waited for long are no mistake of the demonstration's: it has them, as every help desk does."""

# rule, what breaks it, and the rows found: code, what it says, what that is held against
BROKEN = [
    ("activity_outside_term", "UPDATE activity SET start = '2012-01-02', \"end\" = '2012-01-03' WHERE code = 'E01'",
     [("E01", "2012-01-02 – 2012-01-03", TERM)]),
    ("activity_long", "UPDATE activity SET start = '2014-01-01', \"end\" = '2014-02-02' WHERE code = 'E01'",
     [("E01", "2014-01-01 – 2014-02-02", None)]),
    ("activity_uncounted", "DELETE FROM attendance WHERE activity_id = (SELECT id FROM activity WHERE code = 'E01')",
     [("E01", "2013-11-21", None)]),
    ("activity_unplaced", "UPDATE activity SET latitude = NULL, longitude = NULL WHERE code = 'E01'",
     [("E01", "Tokyo", None)]),
    ("activity_size_far", "UPDATE attendance SET participants = participants * 1000 WHERE activity_id ="
     " (SELECT id FROM activity WHERE code = 'E01')", [("E01", "124000", "68")]),
    ("activity_twice", "UPDATE activity SET title = 'T', start = '2014-01-01', \"end\" = '2014-01-01', city = NULL"
     " WHERE code IN ('E01', 'E02')", [("E02", "T", "E01")]),
    ("organisation_unplaced", "UPDATE organisation SET latitude = NULL WHERE code = 'apre'", [("apre", "Rome", None)]),
    ("organisation_apart", "UPDATE organisation SET latitude = latitude + 2 WHERE code = 'apre'",
     [("apre", "Rome", "agency-it"), ("insme", "Rome", "apre")]),
    ("partnership_one_side", "DELETE FROM partnership_member WHERE partnership_id = 1 AND organisation_id IN"
     " (SELECT id FROM organisation WHERE country = 'JP')", [("PS01", "2", "0")]),
    ("partnership_undated", "DELETE FROM partnership_step WHERE partnership_id = 1 AND"
     " step IN ('contact', 'agreement')",
     [("PS01", "active", None)]),
    ("partnership_status", "UPDATE partnership SET status = 'concluded' WHERE id = 1", [("PS01", "concluded", None)]),
    ("partnership_steps", "UPDATE partnership_step SET reached_on = '2013-01-01' WHERE partnership_id = 1 AND"
     " step = 'agreement'", [("PS01", "agreement 2013-01-01", "contact 2014-12-11")]),
    ("partnership_before_origin", "UPDATE partnership_step SET reached_on = '2013-01-01' WHERE partnership_id = 1 AND"
     " step = 'agreement'", [("PS01", "2013-01-01", "2014-12-11")]),
    ("application_outside_term", "UPDATE application SET submitted_on = '2018-01-01' WHERE id = 1",
     [("A01", "2018-01-01", TERM)]),
    ("application_awarded_more", "UPDATE application SET requested_eur = 10, awarded_eur = 11.5, status = 'funded'"
     " WHERE id = 1", [("A01", "11.50", "10.00")]),
    ("application_awarded_unfunded", "UPDATE application SET awarded_eur = 5, status = 'rejected' WHERE id = 1",
     [("A01", "5.00", "rejected")]),
    ("application_before_origin", "UPDATE application SET submitted_on = '2013-09-02' WHERE origin_activity_id IS NOT"
     " NULL AND code = (SELECT min(code) FROM application WHERE origin_activity_id IS NOT NULL)",
     [("A06", "2013-09-02", "2014-05-29")]),
    ("case_outside_term", "UPDATE help_desk_case SET opened = '2013-08-31 21:59:59' WHERE code = 'H0001'",
     [("H0001", "2013-08", TERM)]),
    ("case_closed_unanswered", "UPDATE help_desk_case SET first_response = NULL WHERE code = 'H0001'",
     [("H0001", None, None)]),
    ("case_closed_before_response", "UPDATE help_desk_case SET opened = '2014-01-01 08:00', closed ="
     " '2014-01-01 09:00', first_response = '2014-01-02 11:00' WHERE code = 'H0001'", [("H0001", "26", None)]),
    ("case_rated_open", "UPDATE help_desk_case SET satisfaction = 5, closed = NULL WHERE code = 'H0001'",
     [("H0001", None, None)]),
    ("case_before_activity", "UPDATE help_desk_case SET opened = '2013-11-19 12:00', first_response = NULL,"
     " closed = NULL, satisfaction = NULL, activity_id = (SELECT id FROM"
     " activity WHERE code = 'E01') WHERE code = 'H0001'", [("H0001", "2", "E01")]),
    ("case_after_application", "UPDATE help_desk_case SET application_id = 1, opened = (SELECT date(submitted_on,"
     " '+3 days') || ' 12:00:00.000000' FROM application WHERE id = 1), first_response = NULL, closed = NULL,"
     " satisfaction = NULL WHERE code = 'H0001'", [("H0001", "3", "A01")]),
    ("training_other_kind", "UPDATE training_result SET activity_id = (SELECT id FROM activity WHERE code = 'E01')"
     " WHERE id = 1", [("E01", "event", None)]),
    ("training_more_answers", "UPDATE attendance SET participants = 0 WHERE activity_id ="
     " (SELECT min(activity_id) FROM training_result)", [("T1", "23", "0")]),
    ("training_lower_after", "UPDATE training_result SET before_score = 80, after_score = 70 WHERE activity_id ="
     " (SELECT min(activity_id) FROM training_result)", [("T1", "-10.0", None)]),
    ("report_outside_term", "UPDATE report SET published_on = '2013-08-31' WHERE code = 'R1'",
     [("R1", "2013-08-31", TERM)]),
    ("report_before_published", "UPDATE report SET published_on = '2017-02-28' WHERE code = 'R1'",
     [("R1", "2014-06-05", "2017-02-28"), ("R1", "2014-12-09", "2017-02-28")]),
    ("report_not_tabled", "UPDATE report_use SET tabled = 0, discussed = 1 WHERE id = 1", [("R1", "D1", None)]),
    ("report_other_kind", "UPDATE report_use SET activity_id = (SELECT id FROM activity WHERE code = 'E01') WHERE"
     " id = 1", [("R1", "event", "E01")]),
    ("member_twice", "INSERT INTO interest_group_member (organisation_id, joined) SELECT organisation_id, '2017-01-01'"
     " FROM interest_group_member WHERE \"left\" IS NULL LIMIT 1", [("agency-at", "2017-01-01", "2014-09-18")]),
    ("use_outside_service", "UPDATE information_service SET \"to\" = '2016-12-31' WHERE id = 1",
     [("newsletter-japan", day, "2013-11-01 – 2016-12-31") for day in ("2017-01-01", "2017-02-01")]),
    ("call_funded_more", "UPDATE joint_call SET proposals = 2, funded = 3 WHERE id = 1", [("J1", "3", "2")]),
    ("target_outside_term", "UPDATE target SET due_on = '2019-01-01' WHERE id = 1", [("events", "2019-01-01", TERM)]),
    ("target_unknown", "UPDATE target SET indicator = 'tea', value = 7 WHERE id = 1", [("tea", "7.0", None)]),
    ("published_figure_unknown", "UPDATE published_figure SET indicator = 'tea', value = 7 WHERE id = 1",
     [("tea", "7.0", None)]),
    ("eu_project_order", "INSERT INTO eu_project (framework, code, start, \"end\") VALUES"
     " ('FP7', '1', '2014-01-02', '2014-01-01')", [("1", "2014-01-01", "2014-01-02")]),
    ("eu_project_contribution", "INSERT INTO eu_project (framework, code, cost, eu_contribution) VALUES"
     " ('FP7', '1', 10, 20), ('FP7', '2', 0, 20)", [("1", "20.00", "10.00")]),
    ("eu_participation_country", "INSERT INTO eu_project (id, framework, code) VALUES (1, 'FP7', '1'); INSERT INTO"
     " eu_participation (eu_project_id, organisation_code) VALUES (1, '99')", [("1", "99", None)]),
]  # fmt: skip


def frames(url: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    store = Store(take(url))
    return store.frame(quality.asked(5, KNOWN)), store.frame(quality.broken(5, KNOWN))


@pytest.fixture
def changed(sqlite, demo_url: str):
    """`changed(sql)`: the demonstration after it, this test's own."""

    def run(sql: str) -> str:
        url = sqlite.copy(Path(demo_url).stem)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as record:
            record.executescript(sql)
        return url

    return run


def test_every_rule_is_tried() -> None:
    assert [rule.key for rule in quality.rules(5, KNOWN)] == [
        *(key for key, *_ in BROKEN[:23]), SLOW, *(key for key, *_ in BROKEN[23:]),
    ]  # fmt: skip


def test_the_demonstration_contradicts_itself_nowhere(demo_url: str) -> None:
    asked, broken = frames(demo_url)
    assert set(broken["rule"]) == {SLOW}
    assert asked[asked["found"] > 0]["rule"].tolist() == [SLOW]
    assert len(broken) == asked["found"].sum()


@pytest.mark.parametrize(("rule", "sql", "rows"), BROKEN, ids=[key for key, *_ in BROKEN])
def test_a_rule_finds_what_breaks_it(changed, rule: str, sql: str, rows) -> None:
    asked, broken = frames(changed(sql))
    found = broken[broken["rule"] == rule]
    plain = found[["code", "says", "against"]].astype(object)
    assert list(plain.where(plain.notna(), None).itertuples(index=False, name=None)) == rows
    assert asked.set_index("rule")["found"][rule] == len(rows)


def test_how_long_is_far(demo_url: str) -> None:
    """Beyond the upper quartile by three times the distance between the quartiles, and beyond the standard."""
    _, broken = frames(demo_url)
    store = Store(take(demo_url))
    days = store.frame(helpdesk.cases(Filters())).dropna(subset="response_days")["response_days"].sort_values()
    low, high = days.quantile(0.25), days.quantile(0.75)
    assert len(broken) == (days > high + 3 * (high - low)).sum() == 32
    assert sorted(map(int, broken["says"])) == days.tail(32).tolist()


def test_what_the_record_holds(demo_url: str) -> None:
    store = Store(take(demo_url))
    with closing(sqlite3.connect(demo_url.removeprefix("sqlite:///"))) as record:
        for row in store.frame(quality.holdings()).itertuples():
            day = quality.DATED.get(row.table_name)
            what = f'count(*), min(date("{day}")), max(date("{day}"))' if day else "count(*), NULL, NULL"
            (expected,) = record.execute(f"SELECT {what} FROM {row.table_name}")
            dates = (None if pd.isna(one) else str(one.date()) for one in (row.first_date, row.last_date))
            assert (row.rows, *dates) == expected, row.table_name
        columns = store.frame(quality.filled())
        for row in columns.itertuples():
            sql = f"SELECT count(*) FILTER (WHERE \"{row.column_name}\" <> ''), count(*) FROM {row.table_name}"
            assert record.execute(sql).fetchone() == (row.filled, row.rows), (row.table_name, row.column_name)
    assert ("help_desk_case", "satisfaction", 408, 987) in set(columns.itertuples(index=False, name=None))
    assert not {"id", "import_batch_id", "code"} & set(columns["column_name"])
