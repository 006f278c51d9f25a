"""The only executor: what a select gives, and that it is run once."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from dashboard import store as module
from dashboard.database.schema import help_desk_case, programme, theme
from dashboard.database.snapshot import Snapshot, take
from dashboard.store import Store
from tests.database.test_snapshot import CASE, P

NAMES = sa.select(theme.c.code, theme.c.name_ja).order_by(theme.c.code)


@pytest.fixture
def record(record_url: str, insert) -> str:
    insert(record_url, programme, P)
    insert(record_url, theme, {"code": "a", "name": "A", "name_ja": "あ"}, {"code": "b", "name": "100% B"})
    insert(
        record_url,
        help_desk_case,
        {**CASE, "code": "1", "satisfaction": 4},
        {**CASE, "code": "2", "satisfaction": 5, "opened": datetime.fromisoformat("2014-12-31 23:30")},
        {**CASE, "code": "3", "theme_id": 2, "satisfaction": None},
    )
    return record_url


@pytest.fixture
def snapshot(record: str) -> Snapshot:
    return take(record)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that was really run."""
    seen: list[str] = []
    original = Snapshot.frame

    def counted(self: Snapshot, sql: str, parameters=()):
        seen.append(sql)
        return original(self, sql, parameters)

    monkeypatch.setattr(Snapshot, "frame", counted)
    monkeypatch.setattr(module, "_results", module._Results(capacity=2**20))
    return seen


def test_rows_of_a_select(snapshot: Snapshot) -> None:
    frame = Store(snapshot).frame(NAMES)
    assert frame.columns.tolist() == ["code", "name_ja"]
    assert frame.code.tolist() == ["a", "b"]
    assert frame.name_ja[0] == "あ"
    assert frame.name_ja.isna().tolist() == [False, True]


def test_parameters_lists_dates_and_percent_signs(snapshot: Snapshot) -> None:
    case, store = help_desk_case.c, Store(snapshot)
    local = sa.func.timezone(programme.c.time_zone, sa.func.timezone("UTC", case.opened))
    chosen = (
        sa.select(case.code, sa.cast(sa.func.date_trunc("month", local), sa.Date).label("month"))
        .join(programme, programme.c.id == case.programme_id)
        .where(local >= date(2014, 6, 1), case.code.in_(["1", "2", "9"]), case.theme_id % 2 == 1)
        .order_by(case.code)
    )
    frame = store.frame(chosen)
    assert frame.to_dict("list") == {"code": ["1", "2"], "month": [datetime(2014, 6, 1), datetime(2015, 1, 1)]}  # noqa: DTZ001
    assert store.value(sa.select(theme.c.code).where(theme.c.name.like("100\\% %", escape="\\"))) == "b"
    assert store.value(sa.select(sa.func.count()).where(case.code.in_([]))) == 0


def test_counts_shares_and_medians(snapshot: Snapshot) -> None:
    case = help_desk_case.c
    measured = sa.select(
        sa.func.count().label("cases"),
        sa.func.sum(case.satisfaction).label("total"),
        sa.func.avg(case.satisfaction).label("mean"),
        sa.func.median(case.satisfaction).label("median"),
        (sa.func.sum(case.satisfaction) / sa.func.count(case.satisfaction)).label("ratio"),
    )
    frame = Store(snapshot).frame(measured)
    assert frame.iloc[0].to_dict() == {"cases": 3, "total": 9, "mean": 4.5, "median": 4.5, "ratio": 4.5}


def test_a_value_is_pythons(snapshot: Snapshot) -> None:
    store = Store(snapshot)
    assert store.value(sa.select(sa.func.max(help_desk_case.c.opened))) == datetime.fromisoformat("2014-12-31 23:30")
    assert store.value(sa.select(programme.c.start)) == date(2014, 1, 1)
    assert store.value(sa.select(theme.c.code).where(theme.c.code == "none")) is None
    both = sa.union_all(sa.select(theme.c.code), sa.select(help_desk_case.c.code)).subquery()
    assert store.value(sa.select(sa.func.count()).select_from(both)) == 5
    assert store.frame(sa.union_all(sa.select(theme.c.code), sa.select(programme.c.code))).code.tolist() == [
        "a",
        "b",
        "P",
    ]


def test_a_store_tells_version_and_moment(snapshot: Snapshot) -> None:
    assert (Store(snapshot).version, Store(snapshot).read_at) == (snapshot.version, snapshot.read_at)


def test_a_select_is_run_once_and_a_change_of_a_frame_stays_with_its_owner(snapshot: Snapshot, runs: list[str]) -> None:
    mine = Store(snapshot).frame(NAMES)
    mine.loc[0, "code"] = "changed"
    mine["more"] = 1
    again = Store(snapshot).frame(sa.select(theme.c.code, theme.c.name_ja).order_by(theme.c.code))
    assert again.columns.tolist() == ["code", "name_ja"]
    assert again.code.tolist() == ["a", "b"]
    assert len(runs) == 1, "an equal select is not run again"


def test_other_parameters_and_other_versions_are_run_anew(
    snapshot: Snapshot, record: str, elsewhere, runs: list[str]
) -> None:
    def name(code: str) -> sa.Select[tuple[str]]:
        return sa.select(theme.c.name).where(theme.c.code == code)

    assert [Store(snapshot).frame(name(code)).name[0] for code in "abab"] == ["A", "100% B"] * 2
    elsewhere(record, "UPDATE theme SET name = 'new' WHERE code = 'a'")
    later = take(record)
    assert [Store(each).frame(name("a")).name[0] for each in (later, snapshot, later)] == ["new", "A", "new"]
    assert len(runs) == 3


def test_what_is_kept_is_bounded(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    monkeypatch.setattr(module, "_results", module._Results(capacity=20_000))
    store = Store(snapshot)
    for number in range(100):
        assert store.frame(sa.select(sa.literal(number).label("n"))).n[0] == number
    assert 10_000 < module._results.held <= 20_000
    store.frame(sa.select(sa.literal(99).label("n")))
    assert len(runs) == 100
    store.frame(sa.select(sa.literal(0).label("n")))
    assert len(runs) == 101


def test_a_result_larger_than_all_that_may_be_kept(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_results", module._Results(capacity=10))
    assert [Store(snapshot).frame(NAMES).code.tolist() for _ in range(2)] == [["a", "b"]] * 2
    assert module._results.held == 0


def test_selects_are_forgotten_with_their_owner(snapshot: Snapshot) -> None:
    statement = sa.select(theme.c.id)
    Store(snapshot).frame(statement)
    kept = len(module._statements)
    del statement
    assert len(module._statements) == kept - 1


def test_many_threads_on_one_snapshot(snapshot: Snapshot) -> None:
    wrong: list[object] = []

    def visit(number: int) -> None:
        for step in range(20):
            given = number * 1000 + step % 7
            found = Store(snapshot).frame(sa.select(sa.literal(given).label("n"), theme.c.code).order_by(theme.c.code))
            if found.n.tolist() != [given, given]:
                wrong.append(found)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert wrong == []


def test_a_kept_result_costs_next_to_nothing(snapshot: Snapshot) -> None:
    store = Store(snapshot)
    store.frame(NAMES)
    times = []
    for _ in range(200):
        started = time.perf_counter()
        store.frame(NAMES)
        times.append(time.perf_counter() - started)
    assert sorted(times)[100] < 0.0005, "measured: 0.02 ms; the bound leaves room for a busy machine"
