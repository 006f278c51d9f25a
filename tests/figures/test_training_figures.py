"""What the figures of training say: against plain SQL on the record and scipy, on rows counted by hand, on nothing."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dashboard.charts import answers as answers_chart
from dashboard.charts.theme import LIGHT
from dashboard.database.schema import TABLES, activity, attendance, programme, theme, training_result
from dashboard.database.snapshot import take
from dashboard.exports.table import localised
from dashboard.figures import (
    training,
    training_behaviour,
    training_groups,
    training_learning,
    training_reaction,
    training_results,
)
from dashboard.figures import training_measures as measures
from dashboard.figures.files import specification
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import measure
from tests.figures.conftest import Look, Rows, languages, view_on
from tests.pages.conftest import ROW, P

MODULES = (training, training_reaction, training_learning, training_behaviour, training_results, training_groups)
FIGURES = [figure for module in MODULES for figure in vars(module).values() if isinstance(figure, Figure)]


@dataclass(frozen=True)
class Selection:
    """Filters, and the same as SQL on the activity `a`."""

    filters: Filters
    where: str


SELECTIONS = {
    "whole programme": Selection(Filters(), "1"),
    "a theme": Selection(
        Filters(themes=("cross-cutting",)), "a.theme_id = (SELECT id FROM theme WHERE code = 'cross-cutting')"
    ),
    "second half of 2015": Selection(
        Filters(period=Period(Month(2015, 7), Month(2015, 12))), "a.start BETWEEN '2015-07-01' AND '2015-12-31'"
    ),
    "EU side": Selection(Filters(sides=("eu",)), "a.country <> 'JP'"),
    "Japan in 2016, cross-cutting": Selection(
        Filters(period=Period(Month(2016, 1), Month(2016, 12)), themes=("cross-cutting",), countries=("JP",)),
        "a.start BETWEEN '2016-01-01' AND '2016-12-31' AND a.country = 'JP'",
    ),
    "nothing": Selection(Filters(countries=("DE",)), "a.country = 'DE'"),
}  # fmt: skip


@pytest.fixture(params=SELECTIONS, ids=str)
def chosen(request: pytest.FixtureRequest) -> Selection:
    return SELECTIONS[request.param]


def whole(figure: Figure, view: View) -> None:
    """Everything that a page or a file makes of a figure."""
    frame = figure.data(view)
    localised(frame, view.language, codes=True)
    if figure.records:
        localised(view.frame(figure.records), view.language, codes=True)
    if frame.empty:
        return
    notes = [figure.note(frame, view)] if figure.note else []
    for words in (figure.say_title(frame, view), figure.alt(frame, view), *notes):
        assert words.strip()
        assert "{" not in words
        assert "nan" not in words.lower().replace("–", " ").split()
    if figure.draw:
        assert json.dumps(specification(figure, frame, view))


# Every person's answers by SQL, and the groups by a rule of our own: a group with fewer than five goes with the next.
ANSWER = "a.code, r.institution_kind, r.institution_country, r.before_score, r.after_score, r.satisfaction, " \
         "r.would_recommend, r.applied_after_six_months"  # fmt: skip
KEYS = {
    "seminar": lambda row: row[0], "organisation_kind": lambda row: row[1], "country": lambda row: row[2],
    "side": lambda row: "japan" if row[2] == "JP" else "eu",
}  # fmt: skip
Groups = dict[tuple[str, str | None], list[Any]]


def answers(plain: Rows, chosen: Selection) -> list[Any]:
    return plain(f"""SELECT {ANSWER} FROM training_result r JOIN activity a ON a.id = r.activity_id
                     WHERE a.kind = 'training' AND {chosen.where}""")


def groups(found: list[Any], by: str, counts: Callable[[Any], bool]) -> Groups:
    """The answers by group; those of groups where fewer than five count (of whom nobody: fewer than five people)
    together, with the next group where they are still too few; and all."""
    single: dict[str, list[Any]] = {}
    for row in found:
        single.setdefault(KEYS[by](row), []).append(row)

    def size(rows: list[Any]) -> int:
        return sum(map(counts, rows)) or len(rows)

    made: Groups = {}
    held, joined = 0, []
    for key, rows in sorted(single.items(), key=lambda item: (size(item[1]), item[0])):
        if size(rows) < 5 or 0 < held < 5:
            held, joined = held + size(rows), joined + rows
        else:
            made["one", key] = rows
    if joined:
        made["together", None] = joined
    if len(made) > 1:
        made["all", None] = found
    return made


def by_row(frame: pd.DataFrame, by: str) -> dict[tuple[str, str | None], Any]:
    key = "code" if by == "seminar" else by
    return {
        (row.scope, getattr(row, key) if row.scope == "one" else None): row for row in frame.itertuples(index=False)
    }  # fmt: skip


def same(found: float | None, expected: float | None) -> bool:
    if expected is None or pd.isna(expected):
        return bool(pd.isna(found))
    return found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("by", KEYS)
def test_scores(plain: Rows, look: Look, chosen: Selection, by: str) -> None:
    """Means, interval and effect size by numpy and scipy, from every pair of scores."""
    frame = measures.scores(look(chosen.filters), by)
    expected = groups(answers(plain, chosen), by, lambda row: None not in row[3:5])
    found = by_row(frame, by)
    assert found.keys() == expected.keys()
    for key, rows in expected.items():
        before, after = np.array([row[3:5] for row in rows if None not in row[3:5]], dtype=float).T
        row, n = found[key], len(before)
        assert row.paired_scores == n >= 5
        interval = stats.ttest_rel(after, before).confidence_interval(0.95)
        spread = (before.std(ddof=1) + after.std(ddof=1)) / 2
        g = (after - before).mean() / spread * (1 - 3 / (4 * 2 * n - 9))
        wanted = (before.mean(), after.mean(), (after - before).mean(), interval.low, interval.high, g)
        told = (row.before, row.after, row.gain, row.interval_low, row.interval_high, row.hedges_g)
        assert told == pytest.approx(wanted, abs=1e-9)


def wilson(yes: int, n: int) -> tuple[float, float]:
    """Per cent, by scipy."""
    interval = stats.binomtest(yes, n).proportion_ci(0.95, method="wilson")
    return 100 * interval.low, 100 * interval.high


@pytest.mark.parametrize("by", KEYS)
def test_applied(plain: Rows, look: Look, chosen: Selection, by: str) -> None:
    frame = measures.applied(look(chosen.filters), by)
    expected = groups(answers(plain, chosen), by, lambda row: row[7] != "unknown")
    found = by_row(frame, by)
    assert found.keys() == expected.keys()
    for key, rows in expected.items():
        row, counts = found[key], Counter(one[7] for one in rows)
        known = counts["yes"] + counts["no"]
        assert (row.applied_yes, row.applied_no, row.applied_unknown, row.known_answers) == (
            counts["yes"], counts["no"], counts["unknown"], known,
        )  # fmt: skip
        told = (row.share_percent, row.low_percent, row.high_percent)
        assert told == pytest.approx((100 * counts["yes"] / known, *wilson(counts["yes"], known)))


def test_satisfaction(plain: Rows, look: Look, chosen: Selection) -> None:
    frame = training_reaction.SATISFACTION.data(look(chosen.filters))
    expected = groups(answers(plain, chosen), "seminar", lambda row: row[5] is not None)
    found = by_row(frame, "seminar")
    assert found.keys() == expected.keys()
    for key, rows in expected.items():
        row, counts = found[key], Counter(one[5] for one in rows if one[5] is not None)
        assert [getattr(row, f"rated_{level}") for level in range(1, 6)] == [counts[level] for level in range(1, 6)]
        good, n = counts[4] + counts[5], sum(counts.values())
        assert (row.satisfied, row.answers) == (good, n)
        told = (row.share_percent, row.low_percent, row.high_percent)
        assert told == pytest.approx((100 * good / n, *wilson(good, n)))


def test_recommendation(plain: Rows, look: Look, chosen: Selection) -> None:
    frame = training_reaction.RECOMMENDATION.data(look(chosen.filters))
    expected = groups(answers(plain, chosen), "seminar", lambda row: row[6] is not None)
    found = by_row(frame, "seminar")
    assert found.keys() == expected.keys()
    for key, rows in expected.items():
        row, given = found[key], np.array([one[6] for one in rows if one[6] is not None])
        signs = np.where(given >= 9, 1, np.where(given <= 6, -1, 0))
        assert row.net_promoter == pytest.approx(100 * signs.mean())
        added = np.array([1.0, 0, -1.0]), np.array([0.75, 1.5, 0.75])  # the adjusted Wald interval's three answers
        mean = (signs.sum() + (added[0] * added[1]).sum()) / (len(signs) + 3)
        square = ((signs**2).sum() + (added[0] ** 2 * added[1]).sum()) / (len(signs) + 3)
        margin = stats.norm.ppf(0.975) * np.sqrt((square - mean**2) / (len(signs) + 3))
        assert (row.interval_low, row.interval_high) == pytest.approx((100 * (mean - margin), 100 * (mean + margin)))


def test_participants_and_the_full_table(plain: Rows, look: Look, chosen: Selection) -> None:
    view = look(chosen.filters)
    expected = plain(f"""
        SELECT a.code, a.country, (SELECT coalesce(sum(participants), 0) FROM attendance n WHERE n.activity_id = a.id),
               (SELECT count(*) FROM training_result r WHERE r.activity_id = a.id),
               (SELECT count(*) FROM training_result r WHERE r.activity_id = a.id
                AND before_score IS NOT NULL AND after_score IS NOT NULL),
               (SELECT avg(after_score - before_score) FROM training_result r WHERE r.activity_id = a.id),
               (SELECT 100 * avg(satisfaction >= 4) FROM training_result r WHERE r.activity_id = a.id),
               (SELECT 100 * (avg(would_recommend >= 9) - avg(would_recommend <= 6)) FROM training_result r
                WHERE r.activity_id = a.id)
        FROM activity a WHERE a.kind = 'training' AND {chosen.where} ORDER BY a.start, a.code""")  # fmt: skip
    frame = training.TABLE.data(view)
    columns = ["code", "country", "participants", "answers"]
    means = ["paired_scores", "gain", "satisfied_percent", "net_promoter"]
    found = list(frame[columns + means].itertuples(index=False, name=None))
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        assert row[:5] == wanted[:5]
        assert row[5:] == pytest.approx(wanted[5:])
    drawn = training.PARTICIPANTS.data(view)
    assert list(drawn[columns].itertuples(index=False, name=None)) == [row[:4] for row in expected]


def test_what_names_a_seminar(plain: Rows, look: Look, chosen: Selection) -> None:
    view = look(chosen.filters)
    expected = plain(f"""
        SELECT a.code, (SELECT count(*) FROM help_desk_case c WHERE c.activity_id = a.id),
               (SELECT count(*) FROM application f WHERE f.origin_activity_id = a.id),
               (SELECT count(*) FROM application f WHERE f.origin_activity_id = a.id AND f.status = 'funded'),
               (SELECT count(*) FROM partnership p WHERE p.origin_activity_id = a.id)
        FROM activity a WHERE a.kind = 'training' AND {chosen.where} ORDER BY a.start, a.code""")  # fmt: skip
    frame = training_results.ORIGINS.data(view)
    columns = ["code", "cases", "applications", "funded_applications", "partnerships"]
    assert list(frame[columns].itertuples(index=False, name=None)) == expected
    assert training_results.ORIGINS.records is not None
    assert len(view.frame(training_results.ORIGINS.records)) == sum(row[1] + row[2] + row[4] for row in expected)


def test_cases_around_the_seminars(plain: Rows, look: Look, chosen: Selection) -> None:
    """Dates in Brussels are those of UTC plus one or two hours; all terms of the demonstration hold 90 days around."""
    local = "date(c.opened, CASE WHEN " + " OR ".join(
        f"c.opened BETWEEN '{start} 01:00' AND '{end} 00:59:59'" for start, end in (
            ("2013-03-31", "2013-10-27"), ("2014-03-30", "2014-10-26"), ("2015-03-29", "2015-10-25"),
            ("2016-03-27", "2016-10-30"),
        )
    ) + " THEN '+2 hours' ELSE '+1 hours' END)"  # fmt: skip
    expected = plain(f"""
        SELECT a.code,
               sum(julianday(a.start) - julianday({local}) BETWEEN 1 AND 90),
               sum(julianday({local}) - julianday(a.end) BETWEEN 1 AND 90)
        FROM activity a JOIN help_desk_case c WHERE a.kind = 'training' AND {chosen.where} AND EXISTS (
            SELECT 1 FROM training_result r WHERE r.activity_id = a.id AND r.institution_kind = c.enquirer_kind
            AND r.institution_country = c.enquirer_country)
        GROUP BY a.code ORDER BY a.start""")  # fmt: skip
    view = look(chosen.filters)
    frame = training_results.AROUND.data(view)
    seminars = frame[frame["scope"] == "one"]
    found = list(seminars[["code", "cases_before", "cases_after"]].itertuples(index=False, name=None))
    assert found == expected
    for row in frame.itertuples(index=False):
        exact = stats.binomtest(int(row.cases_after), int(row.cases_after + row.cases_before)).proportion_ci(0.95)
        odds = [share / (1 - share) for share in (exact.low, exact.high)]
        assert (row.interval_low, row.interval_high) == pytest.approx(odds, rel=1e-6)
        assert row.rate_ratio == pytest.approx(row.cases_after / row.cases_before)
    if len(expected) > 1:
        every = measures.whole(frame)
        sums = tuple(sum(row[part] for row in expected) for part in (1, 2))
        assert (every.cases_before, every.cases_after) == sums
    assert training_results.AROUND.records is not None
    assert len(view.frame(training_results.AROUND.records)) == sum(row[1] + row[2] for row in expected)


def test_the_page_agrees_with_its_tiles(look: Look, chosen: Selection) -> None:
    view = look(chosen.filters)
    values = {
        key: measure(CATALOGUE[key], view.filters, view.store, view.programme).now.value
        for key in ("training_seminars", "people_trained", "training_gain", "applied_after_six_months")
    }
    people = training.PARTICIPANTS.data(view)
    assert (len(people), people["participants"].sum()) == (values["training_seminars"], values["people_trained"])
    scores, applied = training_learning.SCORES.data(view), training_behaviour.BEHAVIOUR.data(view)
    if scores.empty:
        assert values["training_gain"] is values["applied_after_six_months"] is None
        assert training.headline(view) == "No training seminars in this selection"
        return
    assert measures.whole(scores).gain == pytest.approx(values["training_gain"])
    assert measures.whole(applied).share_percent == pytest.approx(100 * values["applied_after_six_months"])


def test_what_the_demonstrations_figures_say(look: Look) -> None:
    view = look(Filters())
    said = [
        training.headline(view),
        *(figure.say_title(figure.data(view), view) for figure in (
            training_reaction.SATISFACTION, training_reaction.RECOMMENDATION, training_learning.SCORES,
            training_behaviour.BEHAVIOUR, training_results.ORIGINS,
        )),
        training_behaviour.BEHAVIOUR.note(training_behaviour.BEHAVIOUR.data(view), view),
    ]  # fmt: skip
    assert said == [
        "144 people in 6 seminars, a mean gain of +17.3 points; 67% of those who answered applied what they learned; "
        "all on track or ahead of plan",
        "83% of 126 answers are satisfied (4 or 5; 95% interval 75% to 88%)",
        "More would recommend the seminars than not: net promoter score +35 (22 to 46), n = 126",
        "Scores rose by 17.3 points on average (15.6 to 18.9; n = 120), and clearly in each of 6 seminars",
        "67% of 81 who answered applied what they learned (95% interval 56% to 76%)",
        "No case, application or partnership names a seminar as its origin",
        "Not known: 45 of 126 with a record, and the other 18 of 144 participants. If none of the 45 applied it the "
        "share would be 43%, if all did 79%. The answers are the participants' own.",
    ]


@languages
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_figure_in_every_selection(look: Look, chosen: Selection, language: str, figure: Figure) -> None:
    whole(figure, look(chosen.filters, language, dark=language == "ja"))


def rows_of(url: str, insert, answers: list[dict[str, Any]], seminars: int = 1, people: int = 9) -> None:
    """Seminars in one month and city, each with the same answers."""
    insert(url, programme, P)
    insert(url, theme, ROW["theme"])
    for number in range(seminars):
        held = {"code": f"T{number}", "kind": "training", "city": "Tokyo", "programme_id": 1, "theme_id": 1}
        (seminar,) = insert(url, activity, ROW["activity"] | held)
        insert(url, attendance, {**ROW["attendance"], "activity_id": seminar, "participants": people})
        if answers:
            insert(url, training_result, *({**ROW["training_result"], "activity_id": seminar} | one for one in answers))


FULL = {"before_score": 40, "after_score": 60, "satisfaction": 4, "would_recommend": 9,
        "applied_after_six_months": "yes"}  # fmt: skip
RECORDS: dict[str, tuple[list[dict[str, Any]], int]] = {
    "no answers": ([], 1), "one answer": ([FULL], 1), "four answers": ([FULL] * 4, 1), "five alike": ([FULL] * 5, 1),
    "five unknown": ([{}] * 5, 1), "two small seminars": ([FULL] * 3, 2), "two alike": ([FULL] * 6, 2),
    "scores fell": ([FULL | {"after_score": 30 + step} for step in range(5)], 1),
}  # fmt: skip


@languages
@pytest.mark.parametrize("name", RECORDS)
def test_records_small_or_alike(sqlite_url: str, insert, language: str, name: str) -> None:
    rows_of(sqlite_url, insert, *RECORDS[name])
    view = view_on(take(sqlite_url), language)
    assert training.headline(view)
    for figure in FIGURES:
        whole(figure, view)


@languages
def test_no_record_at_all(sqlite_url: str, insert, language: str) -> None:
    insert(sqlite_url, programme, P)
    view = view_on(take(sqlite_url), language)
    assert training.headline(view)
    for figure in FIGURES:
        assert figure.data(view).empty, figure.key
        whole(figure, view)


@languages
def test_one_row_a_table(sqlite_url: str, insert, language: str) -> None:
    """The one activity is an event: its training result is of no seminar. Then it is a seminar."""
    asked = ("programme", "theme", "activity", "attendance", "partnership", "application", "help_desk_case",
             "training_result")  # fmt: skip
    for table in (table for table in TABLES if table.name in asked):
        needed = {column.name: 1 for column in table.columns if column.foreign_keys and not column.nullable}
        insert(sqlite_url, table, needed | ROW[table.name])
    for figure in FIGURES:
        whole(figure, view_on(take(sqlite_url), language))
    record = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    record.execute("UPDATE activity SET kind = 'training'")
    record.commit()
    record.close()
    view = view_on(take(sqlite_url), language)
    assert len(training.TABLE.data(view)) == 1
    for figure in FIGURES:
        whole(figure, view)


def test_too_few_are_said_to_be_too_few(sqlite_url: str, insert) -> None:
    rows_of(sqlite_url, insert, *RECORDS["four answers"])
    view = view_on(take(sqlite_url))
    hidden = (
        training_reaction.SATISFACTION, training_reaction.RECOMMENDATION, training_learning.SCORES,
        training_behaviour.BEHAVIOUR, training_groups.SCORES_BY_SIDE, training_groups.APPLIED_BY_KIND,
    )  # fmt: skip
    for figure in hidden:
        frame = figure.data(view)
        assert figure.say_title(frame, view) == "Fewer than 5 answers: not shown", figure.key
        assert len(frame) == 1
    assert training.headline(view) == "9 people took part in one seminar"


def test_so_are_too_few_participants(sqlite_url: str, insert) -> None:
    rows_of(sqlite_url, insert, [FULL] * 3, people=4)
    view = view_on(take(sqlite_url))
    frame = training.PARTICIPANTS.data(view)
    assert frame[["participants", "answers"]].isna().all(axis=None)
    assert training.PARTICIPANTS.say_title(frame, view).startswith("To some seminars fewer than 5 people came")
    assert training.headline(view) == "Too few people took part in one seminar to show more"
    for figure in FIGURES:
        whole(figure, view)


def test_two_seminars_of_one_place_and_month_stay_apart(sqlite_url: str, insert) -> None:
    rows_of(sqlite_url, insert, *RECORDS["two alike"])
    view = view_on(take(sqlite_url))
    frame = training_learning.SCORES.data(view)
    assert measures.short_names(frame, view) == ["Tokyo, May 2014 (T0)", "Tokyo, May 2014 (T1)", "All"]
    assert (measures.whole(frame).gain, measures.whole(frame).paired_scores) == (20, 12)


def test_the_threshold_is_a_setting(sqlite_url: str, insert, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_of(sqlite_url, insert, *RECORDS["four answers"])
    assert pd.isna(measures.whole(training_learning.SCORES.data(view_on(take(sqlite_url)))).gain)
    monkeypatch.setenv("DASHBOARD_SUPPRESSION_THRESHOLD", "4")
    assert measures.whole(training_learning.SCORES.data(view_on(take(sqlite_url)))).gain == 20


def test_unknown_answers_stand_behind_the_longest_of_the_known() -> None:
    frame = pd.DataFrame(
        [("A", "yes", 3.0), ("A", "no", 2.0), ("A", "?", 4.0), ("B", "yes", 6.0), ("B", "no", 0.0), ("B", "?", 1.0)],
        columns=["name", "part", "value"],
    ).assign(label="")
    chart = answers_chart.answers(frame, {"yes": "#000000", "no": "#777777", "?": "#CCCCCC"}, ["A", "B"], LIGHT)
    made = json.loads(chart.to_json())
    drawn = {(row["name"], row["part"]): row for rows in made["datasets"].values() for row in rows}
    known = [(drawn["A", part]["start"], drawn["A", part]["end"]) for part in ("yes", "no")]
    assert known == [(0, 3), (3, 5)]
    assert drawn["A", "?"]["start"] == drawn["B", "?"]["start"] == pytest.approx(6 + 0.05 * 10)
    assert drawn["A", "?"]["end"] - drawn["A", "?"]["start"] == pytest.approx(4)
