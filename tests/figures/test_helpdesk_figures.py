"""The help desk's figures against the record reckoned apart, in every selection and on records of three sizes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import mean
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dashboard.exports.table import localised
from dashboard.figures import (
    helpdesk,
    helpdesk_applications,
    helpdesk_demand,
    helpdesk_map,
    helpdesk_open,
    helpdesk_satisfaction,
    helpdesk_service,
)
from dashboard.figures.files import specification
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.queries import helpdesk as ask_cases
from dashboard.queries.common import EU_SIDE
from tests.figures import helpdesk_record as record
from tests.figures.conftest import WHOLE, Look, languages, view_on
from tests.figures.helpdesk_record import BRUSSELS, HALF, JAPAN, MIXED, SELECTIONS, STANDARD, THEME, TOKYO, Case

MODULES = (
    helpdesk, helpdesk_applications, helpdesk_demand, helpdesk_map, helpdesk_open, helpdesk_satisfaction,
    helpdesk_service,
)  # fmt: skip
FIGURES = [figure for module in MODULES for figure in vars(module).values() if isinstance(figure, Figure)] + [
    *helpdesk_demand.BY.values(),
    *helpdesk_demand.ARRIVALS.values(),
]
Find = Callable[..., list[Case]]
selections = pytest.mark.parametrize("filters", SELECTIONS.values(), ids=SELECTIONS.keys())


@pytest.fixture
def path(demo_url: str) -> str:
    return demo_url.removeprefix("sqlite:///")


@pytest.fixture
def find(path: str) -> Find:
    """`find(filters)`: the cases of a selection, from the record itself."""
    return lambda filters, any_time=False: record.cases(path, filters, any_time)


def pairs(frame: pd.DataFrame, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(frame[key], frame[value], strict=True))


def of_group(found: list[Case], row: Any) -> list[Case]:
    """The cases that a row of a breakdown counts: all, a desk's or a topic's."""
    if isinstance(row.desk, str):
        return [case for case in found if case.desk == row.desk]
    if isinstance(row.topic, str):
        return [case for case in found if case.topic == row.topic]
    return found


def wilson(part: int, whole: int) -> tuple[float, float]:
    interval = stats.binomtest(part, whole).proportion_ci(0.95, method="wilson")
    return 100 * interval.low, 100 * interval.high


@selections
def test_months_and_their_limits(look: Look, find: Find, filters: Filters) -> None:
    frame = helpdesk_demand.VOLUME.data(look(filters))
    counted = Counter(case.month for case in find(filters, any_time=True))
    months = [Month.of(month) for month in frame["month"]]
    first = Month(2013, 10)  # the first case of all
    period = filters.period or Period(first, WHOLE.last)
    assert months == period.months()
    assert list(frame["cases"]) == [counted[month] for month in months]
    counts = [counted[month] for month in Period(first, period.last).months()]  # those before the period as well
    if mean(counts) < 1 or len(counts) < 6:
        assert frame["centre"].isna().all()
        return
    moving = mean(abs(later - earlier) for earlier, later in pairwise(counts))
    assert frame["centre"].to_list() == pytest.approx([mean(counts)] * len(months))
    assert frame["upper_limit"].to_list() == pytest.approx([mean(counts) + 2.66 * moving] * len(months))
    assert frame["lower_limit"].to_list() == pytest.approx([max(mean(counts) - 2.66 * moving, 0)] * len(months))
    outside = [not max(mean(counts) - 2.66 * moving, 0) <= count <= mean(counts) + 2.66 * moving for count in counts]
    assert [kind == "outside" for kind in frame["signal"]] == outside[-len(months) :]


@selections
@pytest.mark.parametrize("dimension", helpdesk_demand.BY)
def test_cases_by(look: Look, find: Find, filters: Filters, dimension: str) -> None:
    frame = helpdesk_demand.BY[dimension].data(look(filters))
    counted = Counter((case.month, getattr(case, dimension)) for case in find(filters))
    assert {(Month.of(row.month), getattr(row, dimension)): row.cases for row in frame.itertuples()} == counted


@selections
@pytest.mark.parametrize(("key", "zone"), [("brussels", BRUSSELS), ("tokyo", TOKYO)])
def test_arrivals(look: Look, find: Find, filters: Filters, key: str, zone: Any) -> None:
    frame = helpdesk_demand.ARRIVALS[key].data(look(filters))
    found = find(filters)
    counted = Counter((local.isoweekday(), local.hour) for local in (case.opened.astimezone(zone) for case in found))
    assert {(row.weekday, row.hour): row.cases for row in frame.itertuples()} == counted

    def is_open(case: Case, where: Any) -> bool:
        local = case.opened.astimezone(where)
        return local.isoweekday() < 6 and 9 <= local.hour < 18

    both = sum(is_open(case, BRUSSELS) and is_open(case, TOKYO) for case in found)
    assert frame["both_open"].sum() == both
    assert frame["neither_open"].sum() == sum(
        not is_open(case, BRUSSELS) and not is_open(case, TOKYO) for case in found
    )
    assert f"of {len(found)} cases" in helpdesk_demand.ARRIVALS[key].say_title(frame, look(filters))


@selections
def test_countries(look: Look, find: Find, filters: Filters) -> None:
    frame = helpdesk_map.RANKING.data(look(filters))
    found = find(filters)
    assert pairs(frame, "country", "cases") == Counter(case.country for case in found)
    assert list(frame["cases"]) == sorted(frame["cases"], reverse=True)
    for row in frame.itertuples():
        assert row.side == ("japan" if row.country == "JP" else "eu" if row.country in EU_SIDE else "other")
        days = [case.response_days for case in found if case.country == row.country and case.first_response]
        assert (row.answered, row.response_median) == (len(days), pytest.approx(np.median(days)) if days else None)
    pd.testing.assert_frame_equal(frame, helpdesk_map.MAP.data(look(filters)))


@selections
def test_times(look: Look, find: Find, filters: Filters) -> None:
    frame, found = helpdesk_service.TIMES.data(look(filters)), find(filters)
    groups = {*(case.desk for case in found), *(case.topic for case in found)}
    assert {*frame["desk"].dropna(), *frame["topic"].dropna()} == groups
    for row in frame.itertuples():
        cases = of_group(found, row)
        answered = [case.response_days for case in cases if case.first_response]
        closed = [case.closing_days for case in cases if case.closed]
        for days, n, median, slowest in (
            (answered, row.answered, row.response_median, row.response_p90),
            (closed, row.closed_cases, row.closing_median, row.closing_p90),
        ):
            assert n == len(days)
            if days:
                assert (median, slowest) == (pytest.approx(np.median(days)), pytest.approx(np.percentile(days, 90)))


@selections
def test_within_standard(look: Look, find: Find, filters: Filters) -> None:
    """Every case of the demonstration that is not answered has waited for years."""
    frame, found = helpdesk_service.STANDARD.data(look(filters)), find(filters)
    for row in frame.itertuples():
        cases = of_group(found, row)
        within = sum(case.response_days is not None and case.response_days <= STANDARD for case in cases)
        assert (row.due, row.within) == (len(cases), within)
        assert (row.low_percent, row.high_percent) == pytest.approx(wilson(within, len(cases)))
        assert row.share_percent == pytest.approx(100 * within / len(cases))


@selections
def test_quarters(look: Look, find: Find, filters: Filters) -> None:
    frame, found = helpdesk_service.IN_TIME.data(look(filters)), find(filters)

    def key(case: Case) -> tuple[int, int, str]:
        return case.month.year, (case.month.number + 2) // 3, case.desk

    due = Counter(map(key, found))
    within = Counter(key(case) for case in found if case.response_days is not None and case.response_days <= STANDARD)
    rows = {(row.quarter.year, row.quarter.quarter, row.desk): row for row in frame.itertuples()}
    assert {where: row.due for where, row in rows.items()} == due
    for where, row in rows.items():
        assert row.within == within[where]
        share = 1 - 0.05 / len(rows)  # beyond chance for all comparisons together
        interval = stats.binomtest(row.within, row.due).proportion_ci(share, method="wilson")
        overall = within.total() / due.total()
        expected = "below" if interval.high < overall else "above" if interval.low > overall else "same"
        assert row.apart == expected


@selections
def test_backlog(look: Look, find: Find, filters: Filters) -> None:
    frame, found = helpdesk_open.BACKLOG.data(look(filters)), find(filters, any_time=True)
    assert Month.of(frame["month"].iloc[-1]) == (filters.period or WHOLE).last
    for row in frame.itertuples():
        end = datetime.combine(Month.of(row.month).after_last_day, datetime.min.time(), BRUSSELS)
        still = [case for case in found if case.opened < end and (not case.closed or case.closed >= end)]
        waiting = [case for case in still if not case.first_response or case.first_response >= end]
        assert (row.open_cases, row.waiting_cases) == (len(still), len(waiting))


@selections
def test_ageing(look: Look, find: Find, filters: Filters) -> None:
    frame, found = helpdesk_open.AGEING.data(look(filters)), find(filters, any_time=True)
    after = (filters.period or WHOLE).last.after_last_day
    end = datetime.combine(after, datetime.min.time(), BRUSSELS)

    def band(case: Case) -> str:
        days = case.days_to(after - timedelta(days=1))
        assert days is not None
        return next((name for name, last in (("week", 5), ("four_weeks", 20), ("twelve_weeks", 60), ("year", 250))
                     if days <= last), "over")  # fmt: skip

    expected = Counter(
        (band(case), "closing" if case.first_response and case.first_response < end else "first_response")
        for case in found
        if case.opened < end and (not case.closed or case.closed >= end)
    )
    assert {(row.age, row.waiting): row.open_cases for row in frame.itertuples()} == expected


@selections
def test_satisfaction_of_groups_that_tell_of_nobody(look: Look, find: Find, filters: Filters) -> None:
    frame, found = helpdesk_satisfaction.SATISFACTION.data(look(filters)), find(filters)
    rated = [case for case in found if case.satisfaction]
    shown: dict[str, int] = {}
    for row in frame.itertuples():
        cases = of_group(rated, row)
        assert row.answers == sum(case.satisfaction == row.rating for case in cases)
        assert len(cases) >= 5
        shown[row.desk if isinstance(row.desk, str) else row.topic if isinstance(row.topic, str) else "all"] = len(
            cases
        )
    assert shown["all"] == len(rated)
    for dimension in ("desk", "topic"):
        groups = Counter(getattr(case, dimension) for case in rated)
        left_out = {code: n for code, n in groups.items() if code not in shown}
        assert not left_out or sum(left_out.values()) >= 5
        assert min((n for n in groups.values() if n >= 5), default=0) >= min(left_out.values(), default=0)


@pytest.mark.parametrize(
    ("filters", "where"),
    [
        (Filters(), "1"),
        (HALF, "a.submitted_on BETWEEN '2015-01-01' AND '2015-06-30'"),
        (THEME, "a.theme_id = (SELECT id FROM theme WHERE code = 'biotechnology')"),
        (JAPAN, "EXISTS (SELECT 1 FROM help_desk_case c WHERE c.application_id = a.id AND c.enquirer_country = 'JP')"),
        (
            MIXED,
            "a.submitted_on BETWEEN '2014-07-01' AND '2016-12-31' "
            "AND a.theme_id = (SELECT id FROM theme WHERE code = 'cross-cutting') "
            "AND EXISTS (SELECT 1 FROM help_desk_case c WHERE c.application_id = a.id "
            "AND c.enquirer_country IN ('DE', 'IT', 'GB'))",
        ),
    ],
    ids=SELECTIONS.keys(),
)
def test_applications(look: Look, path: str, filters: Filters, where: str) -> None:
    plain = sqlite3.connect(path)
    supported = f"""FROM application AS a WHERE a.japanese_organisations > 0 AND {where}
        AND EXISTS (SELECT 1 FROM help_desk_case s WHERE s.application_id = a.id)"""
    statuses = plain.execute(f"SELECT a.status, count(*) {supported} GROUP BY 1").fetchall()
    support = plain.execute(
        f"SELECT count(*) FROM help_desk_case WHERE application_id IN (SELECT a.id {supported})"
    ).fetchone()[0]
    desks = plain.execute(f"""
        SELECT CASE WHEN count(DISTINCT c.desk) > 1 THEN 'several' ELSE max(c.desk) END
        FROM help_desk_case AS c WHERE c.application_id IN (SELECT a.id {supported}) GROUP BY c.application_id
    """).fetchall()
    parts = plain.execute(f"""
        SELECT a.part, count(*), sum(a.status <> 'submitted'), sum(a.status = 'funded') {supported} GROUP BY 1
    """).fetchall()
    plain.close()

    paths = helpdesk_applications.PATHWAYS.data(look(filters))
    assert paths.groupby("application_status")["applications"].sum().to_dict() == dict(statuses)
    assert paths.groupby("supported_by")["applications"].sum().to_dict() == Counter(desk for (desk,) in desks)
    assert paths["supporting_cases"].sum() == support

    rates = helpdesk_applications.SUCCESS.data(look(filters))
    whole, by_part = rates.iloc[0], rates.iloc[1:]
    assert (whole["decided"], whole["funded"]) == tuple(sum(row[place] for row in parts) for place in (2, 3))
    assert {(row.part, row.applications, row.decided, row.funded) for row in by_part.itertuples()} == set(parts)
    for row in rates[rates["decided"] > 0].itertuples():
        assert (row.low_percent, row.high_percent) == pytest.approx(wilson(row.funded, row.decided))
    assert rates.loc[rates["decided"] == 0, "share_percent"].isna().all()
    assert set(rates["average_percent"]) == {12.6}  # published, whatever is chosen


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Horizon 2020 as a whole: 12.6% of eligible full proposals in the calls of 2014 to 2016 (source: "
               "European Commission, Horizon 2020 in full swing: three years on, key facts and figures 2014–2016 "
               "(2018), as summarised by Zabala)."),
        ("ja", "Horizon 2020全体：2014〜2016年の公募における適格な正式提案のうち12.6%（出典：European Commission,"),
    ],
)  # fmt: skip
def test_the_published_average_stands_beside_the_success_rate(look: Look, language: str, said: str) -> None:
    view, figure = look(language=language), helpdesk_applications.SUCCESS
    frame = figure.data(view)
    assert figure.note is not None
    assert said in figure.note(frame, view)
    drawn = json.dumps(specification(figure, frame, view), ensure_ascii=False)
    assert ("published Horizon 2020 average 12.6%" if language == "en" else "全体の平均 12.6%") in drawn


def test_without_a_published_average_none_is_drawn(look: Look) -> None:
    view, figure = look(), helpdesk_applications.SUCCESS
    frame = figure.data(view).assign(average_percent=float("nan"))
    assert "published Horizon 2020 average" not in json.dumps(specification(figure, frame, view))


@selections
def test_the_headline_and_the_table_hold_every_case(look: Look, find: Find, filters: Filters) -> None:
    found = find(filters)
    assert helpdesk.headline(look(filters)).startswith(f"{len(found)} cases, ")
    assert len(helpdesk.TABLE.data(look(filters))) == len(found) == len(look(filters).frame(ask_cases.cases))


@selections
def test_the_table_cell_by_cell(look: Look, path: str, filters: Filters) -> None:
    plain = sqlite3.connect(path)
    found = plain.execute("""
        SELECT c.code, c.opened, c.first_response, c.desk, c.channel, c.topic, c.enquirer_country,
               CASE WHEN (SELECT count(*) FROM help_desk_case o WHERE o.enquirer_country = c.enquirer_country
                          AND o.enquirer_kind = c.enquirer_kind) >= 5 THEN c.enquirer_kind END, t.code, a.code, f.code
        FROM help_desk_case c JOIN theme t ON t.id = c.theme_id LEFT JOIN activity a ON a.id = c.activity_id
        LEFT JOIN application f ON f.id = c.application_id""").fetchall()
    plain.close()
    expected = {}
    for code, opened, answered, *rest in found:
        case = Case(*map(record.moment, (opened, answered)), None, *rest[:4], "", rest[5], None, None)
        if not filters.period or filters.period.first <= case.month <= filters.period.last:
            days = case.response_days
            expected[code] = (pd.Timestamp(case.month.first_day), days, *rest)
    kept = {
        code: row for code, row in expected.items()
        if (not filters.themes or row[7] in filters.themes) and (not filters.countries or row[5] in filters.countries)
        and (not filters.sides or row[5] == "JP")
    }  # fmt: skip
    columns = ["code", "month", "response_days", "desk", "channel", "topic", "country", "organisation_kind",
               "theme_code", "activity", "application"]  # fmt: skip
    frame = helpdesk.TABLE.data(look(filters))[columns]
    made = {row[0]: tuple(None if pd.isna(one) else one for one in row[1:]) for row in frame.itertuples(index=False)}
    assert made == kept
    assert len(made) == len(frame) > 0


@languages
@pytest.mark.parametrize("small", ["nothing", "one_row"])
def test_small_records(request: pytest.FixtureRequest, small: str, language: str) -> None:
    view = view_on(request.getfixturevalue(small), language, dark=True)
    assert helpdesk.headline(view).strip()
    shown = set()
    for figure in FIGURES:
        frame = figure.data(view)
        localised(frame, language, codes=True)
        if not frame.empty:
            drawn(figure, frame, view)
            shown.add(figure.key)
    unanswered = {"service_times", "satisfaction", "pathways", "success"}  # by the one case that is there
    assert shown == (set() if small == "nothing" else {figure.key for figure in FIGURES} - unanswered)


def drawn(figure: Figure, frame: pd.DataFrame, view: View, picture: bool = True) -> None:
    """All that a card makes of a figure; what is said holds neither a placeholder nor nothing."""
    said = [figure.say_title(frame, view), figure.alt(frame, view)]
    if figure.note:
        said.append(figure.note(frame, view))
    for words in said:
        assert words.strip()
        assert not {"{", "}", "nan", "None"} & {*words, *words.split()}
    if figure.draw and picture and figure.variant != "globe":  # its still picture is the flat map's
        assert "NaN" not in json.dumps(specification(figure, frame, view))
    if figure.deck:
        assert figure.deck(frame, view).layers[-1].id == "places"


@languages
@selections
def test_every_figure_is_drawn(look: Look, filters: Filters, language: str) -> None:
    view = look(filters, language)
    for figure in FIGURES:
        frame = figure.data(view)
        assert len(localised(frame, language)) == len(frame)
        if not frame.empty:
            drawn(figure, frame, view, picture=language == "en" or not filters.query())
