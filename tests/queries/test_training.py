"""Training never tells of fewer than five people: tiny records worked by hand, and the rule written a second way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.database import engine
from dashboard.database.schema import activity, help_desk_case, programme, theme, training_result
from dashboard.database.snapshot import DIALECT, Snapshot, take
from dashboard.filters import Filters
from dashboard.queries import training as ask
from dashboard.queries import training_results
from dashboard.store import Store

P = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2016, 12, 31),
     "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
Answer = dict[str, Any]
Record = Callable[..., Store]


def answered(count: int, **values: Any) -> list[Answer]:
    """So many people who gave the same answers."""
    return [values] * count


@pytest.fixture
def record(sqlite_url: str, insert) -> Record:
    """`record({seminar: answers}, cases)`: seminars of one day in Tokyo, a month apart from June 2014, and cases."""

    def made(seminars: dict[str, list[Answer]], cases: list[dict[str, Any]] = []) -> Store:  # noqa: B006 - only read
        insert(sqlite_url, programme, P)
        insert(sqlite_url, theme, {"code": "all", "name": "All"})
        for number, (code, answers) in enumerate(seminars.items()):
            day = date(2014, 6 + number, 10)
            (seminar,) = insert(sqlite_url, activity, {
                "code": code, "kind": "training", "title": code, "start": day, "end": day, "country": "JP",
                "format": "on_site", "programme_id": 1, "theme_id": 1,
            })  # fmt: skip
            plain = {"institution_kind": "university", "institution_country": "JP", "activity_id": seminar,
                     "applied_after_six_months": "unknown"}  # fmt: skip
            if answers:
                insert(sqlite_url, training_result, *(plain | answer for answer in answers))
        for number, case in enumerate(cases):
            plain = {"code": f"H{number}", "desk": "eu", "channel": "email", "topic": "mobility", "programme_id": 1,
                     "enquirer_country": "JP", "enquirer_kind": "university", "theme_id": 1}  # fmt: skip
            insert(sqlite_url, help_desk_case, plain | case)
        return Store(take(sqlite_url))

    return made


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    plain = frame[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def test_small_groups_are_put_together(record: Record) -> None:
    store = record({
        "A": answered(6, satisfaction=5),
        "B": answered(3, satisfaction=1),  # too few: together with C
        "C": answered(4, satisfaction=3),  # too few; three and four are seven, which is enough
    })  # fmt: skip
    found = store.frame(ask.satisfaction(Filters(), 5, "seminar"))
    assert rows(found, "key", "together", "n", "rated_1", "rated_3", "rated_5") == [
        ("A", 1, 6, 0, 0, 6), (None, 2, 7, 3, 4, 0),
    ]  # fmt: skip


def test_a_small_group_cannot_be_told_by_subtraction(record: Record) -> None:
    """Three of B and none beside: the next smallest, C with five, joins it, or all less A less C would be B."""
    ratings = {"A": answered(9, satisfaction=5), "B": answered(3, satisfaction=1), "C": answered(5, satisfaction=4)}
    store = record(ratings)
    found = store.frame(ask.satisfaction(Filters(), 5, "seminar"))
    assert rows(found, "key", "together", "n") == [("A", 1, 9), (None, 2, 8)]
    assert rows(store.frame(ask.satisfaction(Filters(), 3, "seminar")), "key", "n") == [("A", 9), ("C", 5), ("B", 3)]


def test_too_few_altogether_say_nothing(record: Record) -> None:
    store = record({"A": answered(4, satisfaction=5, before_score=10, after_score=20, would_recommend=9,
                                  applied_after_six_months="yes")})  # fmt: skip
    for query in (ask.satisfaction, ask.scores, ask.recommendation, ask.applied):
        for by in ask.GROUPS:
            found = store.frame(query(Filters(), 5, by))
            assert rows(found, "key", "together") == [(None, 1)]
            assert found.drop(columns=["key", "together"]).isna().all(axis=None)
    seminar = store.frame(ask.results_by_seminar(Filters()))
    answers = [f"applied_{answer}" for answer in ("yes", "no", "unknown")]
    assert seminar[["mean_gain", *answers, "satisfied", "promoters", "detractors"]].isna().all(axis=None)
    assert rows(store.frame(ask.results_by_seminar(Filters(), threshold=4)), "mean_gain", "applied_yes") == [(10.0, 4)]


def test_the_records_by_seminar_hide_what_the_figures_hide(record: Record) -> None:
    scored = {"before_score": 40, "after_score": 60}
    store = record({"A": answered(9, **scored), "B": answered(3, **scored), "C": answered(5, **scored)})
    found = store.frame(ask.results_by_seminar(Filters()))
    assert rows(found, "code", "paired_scores", "mean_gain") == [("A", 9, 20.0), ("B", None, None), ("C", None, None)]


def test_before_the_half_year_is_over_only_the_unknown_are_told(record: Record) -> None:
    """Nobody of A has answered yet, and it has people enough to say so; of C one person's silence would be told."""
    store = record({
        "A": answered(7), "B": answered(6, applied_after_six_months="no") + answered(1), "C": answered(1),
    })  # fmt: skip
    found = store.frame(ask.applied(Filters(), 5, "seminar"))
    columns = ("key", "together", "n", "applied_yes", "applied_no", "applied_unknown")
    assert rows(found, *columns) == [("A", 1, 0, 0, 0, 7), (None, 2, 6, 0, 6, 2)]


def test_scores_count_only_who_has_both(record: Record) -> None:
    both = [{"before_score": before, "after_score": before + gain} for before, gain in
            ((10, 1), (20, 2), (30, 3), (40, 4), (50, 5))]  # fmt: skip
    store = record({"A": [*both, {"before_score": 99}, {"after_score": 1}]})
    found = store.frame(ask.scores(Filters(), 5, "seminar"))
    columns = ("n", "before_sum", "before_squares", "after_sum", "after_squares", "gain_sum", "gain_squares")
    assert rows(found, *columns) == [(5, 150, 5500, 165, 121 + 484 + 1089 + 1936 + 3025, 15, 55)]


def test_recommendation_by_its_borders(record: Record) -> None:
    store = record({"A": [{"would_recommend": score} for score in (0, 6, 7, 8, 9, 10)] + answered(1)})
    found = store.frame(ask.recommendation(Filters(), 5, "seminar"))
    assert rows(found, "n", "promoters", "passives", "detractors") == [(6, 2, 2, 2)]


def test_cases_around_by_day_kind_and_country(record: Record) -> None:
    """A is on 10 June 2014. Its only audience are Japan's universities."""
    day = pd.Timestamp("2014-06-10 10:00")

    def at(days: int, **values: Any) -> dict[str, Any]:
        return {"opened": (day + pd.Timedelta(days=days)).to_pydatetime()} | values

    store = record({"A": answered(1)}, [
        at(-91), at(-90), at(-1),  # the first is too early: two before
        at(0),  # the day itself: in neither
        at(1), at(90), at(91),  # the last is too late: two after
        at(1, enquirer_country="DE"), at(1, enquirer_kind="company"),  # not the audience
        {"opened": (day.replace(hour=22, minute=30) + pd.Timedelta(days=90)).to_pydatetime()},  # day 91 in Brussels
    ])  # fmt: skip
    found = store.frame(training_results.cases_around(Filters()))
    assert rows(found, "code", "cases_before", "cases_after") == [("A", 2, 2)]
    behind = store.frame(training_results.cases_around_records(Filters()))
    assert rows(behind, "code", "around") == [("H1", "before"), ("H2", "before"), ("H4", "after"), ("H5", "after")]


def test_days_that_the_programme_does_not_hold_are_not_compared(sqlite_url: str, insert, record: Record) -> None:
    """The term is 2014 to 2016: A on 31 March 2014 has 89 days before it, B on 1 April 90; C on 2 October 2016 has 90
    days after it, D on 3 October 89."""
    store = record({})
    days = {"A": date(2014, 3, 31), "B": date(2014, 4, 1), "C": date(2016, 10, 2), "D": date(2016, 10, 3)}
    for code, day in days.items():
        (seminar,) = insert(sqlite_url, activity, {
            "code": code, "kind": "training", "title": code, "start": day, "end": day, "country": "JP",
            "format": "on_site", "programme_id": 1, "theme_id": 1,
        })  # fmt: skip
        insert(sqlite_url, training_result, {
            "institution_kind": "university", "institution_country": "JP", "activity_id": seminar,
            "applied_after_six_months": "no",
        })  # fmt: skip
    store = Store(take(sqlite_url))
    assert rows(store.frame(training_results.cases_around(Filters())), "code") == [("B",), ("C",)]


def put_together(sizes: dict[str, int], threshold: int) -> dict[str | None, int]:
    """The rule once more, step by step: from the smallest group on, groups join until they are enough."""
    joined, shown = 0, {}
    for key, size in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
        if size < threshold or 0 < joined < threshold:
            joined += size
        else:
            shown[key] = size
    return shown | ({None: joined} if joined else {})


KINDS = ("university", "company", "ministry", "association", "funding_agency", "research_organisation")


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot whose training results the test below writes itself."""
    url = f"sqlite:///{tmp_path_factory.mktemp('blank') / 'blank.db'}"
    engine.create(url, None)
    return take(url)


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 12)), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_the_rule_written_a_second_way(blank: Snapshot, sizes: dict[str, int], threshold: int) -> None:
    """No row stands for fewer than the threshold, and nothing is lost."""
    cursor = blank._connection.cursor()
    cursor.execute("DELETE FROM training_result")
    cursor.execute("DELETE FROM activity")
    cursor.execute("INSERT INTO activity (id, code, kind, title, start, country) "
                   "VALUES (1, 'A', 'training', 'A', DATE '2014-06-10', 'JP')")  # fmt: skip
    people = [f"({number}, 1, '{kind}', 'JP', 5, 'no')"
              for number, kind in enumerate(kind for kind, size in sizes.items() for _ in range(size))]  # fmt: skip
    if people:
        cursor.execute("INSERT INTO training_result (id, activity_id, institution_kind, institution_country, "
                       f"satisfaction, applied_after_six_months) VALUES {', '.join(people)}")  # fmt: skip
    select: sa.Select[Any] = ask.satisfaction(Filters(), threshold, "organisation_kind")
    made = select.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    found = cursor.execute(str(made), [made.params[name] for name in made.positiontup or ()]).fetchall()
    expected = put_together(sizes, threshold)
    assert {row[0]: row[2] for row in found} == {
        key: None if size < threshold else size for key, size in expected.items()
    }
    if sum(sizes.values()) >= threshold:
        assert sum(row[2] for row in found) == sum(sizes.values())
        assert all(row[2] >= threshold for row in found)
