"""Each number on the overview and the partnerships page equals a plain SQL query on the record, written apart.

The queries here run on the SQLite file itself, know nothing of our own queries, and are run for the whole programme
and for four selections: a theme in a half-year, a side, two countries, and the last half-year.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from dashboard.figures import overview, partnerships
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Indicator, Programme, Reckoning, measure
from dashboard.queries import partnerships as partnership_queries
from dashboard.queries import programme as programme_queries
from dashboard.store import Store

START, END = "2013-09-01", "2017-02-28"
Rows = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Selection:
    """Filters, and the same as SQL: first and last day, the theme's code, the countries."""

    filters: Filters
    first: str = START
    last: str = END
    theme: str = ""
    countries: tuple[str, ...] = ()

    def where(self, day: str = "", country: str = "", theme: str = "") -> str:
        """What the selection asks of these columns; a column not given is not asked."""
        asked = [f"date({day}) BETWEEN '{self.first}' AND '{self.last}'"] if day else []
        if self.theme and theme:
            asked.append(f"{theme} = (SELECT id FROM theme WHERE code = '{self.theme}')")
        if self.countries and country:
            asked.append(f"{country} IN ({', '.join(repr(code) for code in self.countries)})")
        return " AND ".join(asked) or "1"


def months(first: str, last: str) -> Period:
    return Period(Month.parse(first), Month.parse(last))


SELECTIONS = {
    "whole programme": Selection(Filters()),
    "power electronics, first half of 2015": Selection(
        Filters(period=months("2015-01", "2015-06"), themes=("power-electronics",)),
        "2015-01-01", "2015-06-30", theme="power-electronics",
    ),
    "Japanese side": Selection(Filters(sides=("japan",)), countries=("JP",)),
    "Germany and Austria": Selection(Filters(countries=("DE", "AT")), countries=("DE", "AT")),
    "last half-year": Selection(Filters(period=months("2016-09", "2017-02")), "2016-09-01", "2017-02-28"),
}  # fmt: skip


def brussels(moment: str) -> str:
    """A moment in UTC on a clock in Brussels."""
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return utc.astimezone(ZoneInfo("Europe/Brussels")).strftime("%Y-%m-%d %H:%M:%S")


def working_days(opened: str, answered: str | None) -> int | None:
    """Weekdays after the day of opening, up to and with the day of the answer, both in Brussels."""
    if answered is None:
        return None
    first, last = date.fromisoformat(brussels(opened)[:10]), date.fromisoformat(brussels(answered)[:10])
    return sum((first + timedelta(days=step)).weekday() < 5 for step in range(1, (last - first).days + 1))


@pytest.fixture(scope="module")
def rows(demo_url: str) -> Rows:
    """`rows(sql)` on the demonstration's record."""
    record = sqlite3.connect(f"file:{demo_url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    record.create_function("brussels", 1, brussels)
    record.create_function("working_days", 2, working_days)
    return lambda sql, *values: record.execute(sql, values).fetchall()


@pytest.fixture(params=SELECTIONS, ids=str)
def chosen(request: pytest.FixtureRequest) -> Selection:
    return SELECTIONS[request.param]


@pytest.fixture
def view(chosen: Selection, demo_snapshot) -> View:
    programme = Programme(months("2013-09", "2017-02"), date(2018, 1, 1))
    return View(chosen.filters, "en", False, programme, demo_snapshot.version, Store(demo_snapshot))


def median(numbers: str) -> str:
    """SQL for the median of a select of x: the middle number, or the mean of the middle two."""
    return f"""SELECT avg(x) FROM (SELECT x, row_number() OVER (ORDER BY x) AS place, count(*) OVER () AS n
               FROM ({numbers})) WHERE place IN ((n + 1) / 2, (n + 2) / 2)"""


def activity(s: Selection, kinds: str, what: str = "count(*)", more: str = "") -> str:
    return f"""SELECT {what} FROM activity a {more}
               WHERE a.kind IN ({kinds}) AND {s.where("a.start", "a.country", "a.theme_id")}"""


def case(s: Selection, what: str, more: str = "1") -> str:
    at = s.where("brussels(c.opened)", "c.enquirer_country", "c.theme_id")
    return f"SELECT {what} FROM help_desk_case c WHERE {at} AND {more}"


def application(s: Selection, what: str, more: str = "1") -> str:
    return f"""SELECT {what} FROM application f
               WHERE {s.where("f.submitted_on", theme="f.theme_id")} AND f.japanese_organisations >= 1 AND {more}
               AND f.id IN (SELECT c.application_id FROM help_desk_case c WHERE {s.where(country="c.enquirer_country")})
            """


COUNTED = """(SELECT p.*, coalesce(
    (SELECT min(reached_on) FROM partnership_step x WHERE x.partnership_id = p.id AND x.step = 'agreement'),
    (SELECT min(reached_on) FROM partnership_step x WHERE x.partnership_id = p.id AND x.step = 'contact')
) AS counted_on FROM partnership p)"""
MEMBERS = "partnership_member m JOIN organisation o ON o.id = m.organisation_id"


def partnership(s: Selection, what: str, more: str = "") -> str:
    """A select from `partnership p` with the day on which it counts; `more` are joins and what follows them."""
    joins, _, rest = more.partition(" GROUP BY ")
    return f"""SELECT {what} FROM {COUNTED} p {joins} WHERE {s.where("p.counted_on", theme="p.theme_id")}
               AND p.id IN (SELECT m.partnership_id FROM {MEMBERS} WHERE {s.where(country="o.country")})
               {"GROUP BY " + rest if rest else ""}"""


USED = "r.id IN (SELECT u.report_id FROM report_use u WHERE u.discussed OR u.recommendation_adopted)"
PEOPLE = "JOIN attendance n ON n.activity_id = a.id"
RESULTS = "JOIN training_result r ON r.activity_id = a.id"
ANSWERED, STANDARD = "c.first_response IS NOT NULL", "(SELECT service_standard FROM programme)"
WITHIN = f"coalesce(working_days(c.opened, c.first_response) <= {STANDARD}, 0)"
VALUE: dict[str, Callable[[Selection], str]] = {
    "events": lambda s: activity(s, "'event'"),
    "presentations": lambda s: activity(s, "'presentation'"),
    "partnership_building_activities": lambda s: activity(s, "'partnership_building'"),
    "training_seminars": lambda s: activity(s, "'training'"),
    "help_desk_cases": lambda s: case(s, "count(*)"),
    "people_reached": lambda s: activity(s, "'event', 'presentation'", "coalesce(sum(n.participants), 0)", PEOPLE),
    "people_trained": lambda s: activity(s, "'training'", "coalesce(sum(n.participants), 0)", PEOPLE),
    "reports": lambda s: f"SELECT count(*) FROM report r WHERE {s.where('r.published_on')}",
    "applications_supported": lambda s: application(s, "count(*)"),
    "first_response_days": lambda s: median(case(s, "working_days(c.opened, c.first_response) AS x", ANSWERED)),
    "cases_within_standard": lambda s: case(s, f"avg({WITHIN})"),  # all cases are years old: none may still wait
    "partnerships": lambda s: partnership(s, "count(*)"),
    "application_success_rate": lambda s: application(s, "avg(f.status = 'funded')", "f.status <> 'submitted'"),
    "training_gain": lambda s: activity(s, "'training'", "avg(r.after_score - r.before_score)", RESULTS),
    "applied_after_six_months": lambda s: activity(
        s, "'training'", "avg(r.applied_after_six_months = 'yes')",
        RESULTS + " AND r.applied_after_six_months <> 'unknown'",
    ),
    "reports_used": lambda s: f"SELECT avg({USED}) FROM report r WHERE {s.where('r.published_on')}",
    "interest_group_members": lambda s: f"""SELECT count(*) FROM interest_group_member
        WHERE joined <= '{s.last}' AND ("left" IS NULL OR "left" > '{s.last}')""",
}  # fmt: skip


def test_every_indicator_has_its_query() -> None:
    assert sorted(VALUE) == sorted(indicator.key for indicator in INDICATORS)
    assert len(VALUE) == 17


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_an_indicators_value(rows: Rows, chosen: Selection, view: View, indicator: Indicator) -> None:
    ((expected,),) = rows(VALUE[indicator.key](chosen))
    assert measure(indicator, view.filters, view.store, view.programme).now.value == pytest.approx(expected)


def path(rows: Rows, key: str, day: str) -> float:
    """The planned value of a day: on the straight line between the targets before and after it; before all of them
    the baseline."""
    found = rows(
        """SELECT CASE WHEN d2 IS NULL THEN v ELSE v + (v2 - v) * (julianday(?1) - d) / (d2 - d) END
           FROM (SELECT julianday(due_on) AS d, value AS v, lead(julianday(due_on)) OVER (ORDER BY due_on) AS d2,
                        lead(value) OVER (ORDER BY due_on) AS v2 FROM target WHERE indicator = ?2)
           WHERE d <= julianday(?1) ORDER BY d DESC LIMIT 1""", day, key,
    )  # fmt: skip
    return float((found or rows("SELECT value FROM target WHERE indicator = ? ORDER BY due_on", key))[0][0])


def planned(rows: Rows, indicator: Indicator, chosen: Selection, last: str) -> float | None:
    """What was planned from the selection's first day to `last`: of a count, the path's rise since the day before;
    nothing where a filter narrows the records."""
    narrowed = indicator.key not in ("reports", "reports_used", "interest_group_members") and (
        chosen.theme or chosen.countries
    )
    if narrowed or not rows("SELECT 1 FROM target WHERE indicator = ?", indicator.key):
        return None
    level = path(rows, indicator.key, last)
    before = str(date.fromisoformat(chosen.first) - timedelta(days=1))
    return level - path(rows, indicator.key, before) if indicator.reckoning is Reckoning.SUM else level


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_an_indicators_target(rows: Rows, chosen: Selection, view: View, indicator: Indicator) -> None:
    measured = measure(indicator, view.filters, view.store, view.programme)
    expected = planned(rows, indicator, chosen, chosen.last)
    assert measured.target == pytest.approx(expected)


def test_the_results_chain(rows: Rows, chosen: Selection, view: View) -> None:
    frame = overview.RESULTS_CHAIN.data(view).set_index("indicator")
    assert sorted(frame.index) == sorted(VALUE)
    for key, query in VALUE.items():
        ((expected,),) = rows(query(chosen))
        assert frame["value"][key] == pytest.approx(float("nan") if expected is None else expected, nan_ok=True), key


@pytest.mark.parametrize("key", overview.PLANNED)
def test_progress_month_by_month(rows: Rows, chosen: Selection, view: View, key: str) -> None:
    frame = overview.progress_of(key).data(view)
    ends = [str((month + pd.offsets.MonthEnd(0)).date()) for month in frame["month"]]
    assert (str(frame["month"].min().date()), ends[-1]) == (chosen.first, chosen.last)
    (indicator,) = (one for one in INDICATORS if one.key == key)
    for end, actual, plan in zip(ends, frame["actual"], frame["planned"], strict=True):
        so_far = Selection(chosen.filters, chosen.first, end, chosen.theme, chosen.countries)
        ((expected,),) = rows(VALUE[key](so_far))
        assert actual == expected, end
        wanted = planned(rows, indicator, chosen, end)
        assert plan == pytest.approx(float("nan") if wanted is None else wanted, nan_ok=True), end


def test_the_milestones_on_the_picture(rows: Rows, chosen: Selection, view: View) -> None:
    frame = view.frame(programme_queries.milestones)
    expected = rows(f"SELECT date, text FROM milestone WHERE {chosen.where('date')} ORDER BY date")
    assert [(str(row.date.date()), row.text) for row in frame.itertuples()] == expected


def test_published_figures_beside_the_record(rows: Rows, view: View) -> None:
    frame = overview.RECONCILIATION.data(view)
    whole = SELECTIONS["whole programme"]
    own = "indicator <> 'horizon_2020_success_rate'"  # what others reached, which is no record of the programme
    published = rows(f"SELECT indicator, qualifier, value FROM published_figure WHERE {own} ORDER BY id")
    found = [tuple(row) for row in frame[["indicator", "qualifier", "published"]].itertuples(index=False)]
    assert found == published
    assert frame["recorded"].tolist() == [rows(VALUE[key](whole))[0][0] for key, *_ in published]
    assert frame["verdict"].tolist() == ["agrees"] * 9


def listed(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a frame as rows, dates as SQLite writes them, None for what is not known, sorted."""
    plain = {
        name: [None if pd.isna(one) else str(one.date()) if isinstance(one, pd.Timestamp) else one
               for one in frame[name]]
        for name in columns
    }  # fmt: skip
    return sorted(zip(*plain.values(), strict=True), key=str)


PAIRS = """JOIN partnership_member m1 ON m1.partnership_id = p.id JOIN organisation e ON e.id = m1.organisation_id
           AND e.country <> 'JP' JOIN partnership_member m2 ON m2.partnership_id = p.id
           JOIN organisation j ON j.id = m2.organisation_id AND j.country = 'JP'"""
MEMBER = "JOIN partnership_member m ON m.partnership_id = p.id JOIN organisation o ON o.id = m.organisation_id"


def sorted_rows(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(found, key=str)


def test_the_demonstrations_partners_are_european_or_japanese(rows: Rows) -> None:
    found = rows(f"SELECT DISTINCT o.country FROM {MEMBERS}")
    assert {code for (code,) in found} <= {"AT", "BE", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "PL", "SE", "IE",
                                           "PT", "GR", "HU", "CZ", "GB", "NO", "CH", "TR", "SI", "JP"}  # fmt: skip


def test_the_maps_arcs(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.PARTNERSHIP_MAP.data(view)
    names = ("code", "eu_code", "eu_latitude", "eu_longitude", "japan_code", "japan_latitude", "japan_longitude")
    what = "p.code, e.code, e.latitude, e.longitude, j.code, j.latitude, j.longitude"
    assert listed(frame, *names) == sorted_rows(rows(partnership(chosen, what, PAIRS)))


def test_the_maps_places(rows: Rows, chosen: Selection, view: View) -> None:
    frame = view.frame(partnership_queries.organisations)
    expected = rows(partnership(chosen, "o.code, o.country = 'JP', count(*)", f"{MEMBER} GROUP BY o.id"))
    found = listed(frame.assign(japanese=(frame["side"] == "japan").astype(int)), "code", "japanese", "partnerships")
    assert found == sorted_rows(expected)


def test_the_matrix(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.MATRIX.data(view)
    expected = rows(partnership(chosen, "e.country, j.city, count(DISTINCT p.id)", f"{PAIRS} GROUP BY 1, 2"))
    assert listed(frame, "country", "japan_city", "partnerships") == sorted_rows(expected)


STEPS = ("contact", "agreement", "proposal", "funded", "concluded")


def test_the_pipeline(rows: Rows, chosen: Selection, view: View) -> None:
    expected = []
    for before, step in zip((None, *STEPS), STEPS, strict=False):
        one = f"JOIN partnership_step s ON s.partnership_id = p.id AND s.step = '{step}'"
        two = f"{one} JOIN partnership_step b ON b.partnership_id = p.id AND b.step = '{before}'"
        ((reached,),) = rows(partnership(chosen, "count(*)", one))
        ((pairs,),) = rows(partnership(chosen, "count(*)", two))
        days = partnership(chosen, "julianday(s.reached_on) - julianday(b.reached_on) AS x", two)
        ((between,),) = rows(median(days))
        expected.append((step, reached, pytest.approx(between / 30.436875) if pairs else None, pairs))
    frame = partnerships.PIPELINE.data(view)
    if not any(reached for _, reached, *_ in expected):
        assert frame.empty
        return
    assert frame["step"].tolist() == list(STEPS)
    found = {row[0]: row for row in listed(frame, "step", "partnerships", "median_months", "dated_pairs")}
    assert [found[step] for step in STEPS] == expected


def test_by_theme(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.BY_THEME.data(view)
    expected = rows(partnership(chosen, "t.code, count(*)", "JOIN theme t ON t.id = p.theme_id GROUP BY t.code"))
    assert listed(frame, "theme_code", "partnerships") == sorted_rows(expected)


def test_by_year(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.BY_YEAR.data(view)
    year = "CAST(strftime('%Y', p.counted_on) AS INTEGER)"
    joined = "JOIN theme t ON t.id = p.theme_id GROUP BY 1, 2"
    expected = rows(partnership(chosen, f"{year}, t.code, count(*)", joined))
    assert listed(frame, "year", "theme_code", "partnerships") == sorted_rows(expected)


def test_which_activity_led_to_which_partnership(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.ORIGINS.data(view)
    expected = rows(partnership(chosen, "a.code, p.code", "JOIN activity a ON a.id = p.origin_activity_id"))
    assert listed(frame, "origin", "code") == sorted_rows(expected)


def test_the_full_table(rows: Rows, chosen: Selection, view: View) -> None:
    frame = partnerships.TABLE.data(view)
    names = ("code", "eu_members", "japan_members", *STEPS, "counted_on", "origin", "applications")
    dates = ", ".join(
        f"(SELECT min(reached_on) FROM partnership_step s WHERE s.partnership_id = p.id AND s.step = '{step}')"
        for step in STEPS
    )
    members = ", ".join(
        f"(SELECT count(*) FROM {MEMBERS} WHERE m.partnership_id = p.id AND o.country {sign} 'JP')"
        for sign in ("<>", "=")
    )
    supported = "(SELECT count(*) FROM application f WHERE f.partnership_id = p.id)"
    what = f"p.code, {members}, {dates}, p.counted_on, a.code, {supported}"
    expected = rows(partnership(chosen, what, "LEFT JOIN activity a ON a.id = p.origin_activity_id"))
    assert listed(frame, *names) == sorted_rows(expected)


def test_the_records_behind_the_figures(rows: Rows, chosen: Selection, view: View) -> None:
    members = view.frame(partnership_queries.members)
    expected = rows(partnership(chosen, "p.code, o.code, m.role", MEMBER))
    assert listed(members, "code", "organisation", "partnership_role") == sorted_rows(expected)
    steps = view.frame(partnership_queries.steps)
    expected = rows(partnership(chosen, "p.code, s.step, s.reached_on",
                                "JOIN partnership_step s ON s.partnership_id = p.id"))  # fmt: skip
    assert listed(steps, "code", "step", "reached_on") == sorted_rows(expected)


def many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def test_the_pages_headline(rows: Rows, chosen: Selection, view: View) -> None:
    ((count,),) = rows(partnership(chosen, "count(*)"))
    ((countries, cities),) = rows(partnership(chosen, "count(DISTINCT e.country), count(DISTINCT j.city)", PAIRS))
    ((funded,),) = rows(partnership(
        chosen, "count(*)", "JOIN partnership_step s ON s.partnership_id = p.id AND s.step = 'funded'"
    ))  # fmt: skip
    expected = (
        f"{many(count, 'partnership joins', 'partnerships join')} "
        f"{many(countries, 'European country', 'European countries')} "
        f"with {many(cities, 'Japanese city', 'Japanese cities')}; {many(funded, 'is funded', 'are funded')}"
    )
    assert partnerships.headline(view) == (expected if count else "No partnerships in this selection")


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_the_records_of_a_count_are_as_many_as_it_says(view: View, indicator: Indicator) -> None:
    counts = {"events", "presentations", "partnership_building_activities", "training_seminars", "help_desk_cases",
              "reports", "applications_supported", "partnerships"}  # fmt: skip
    records = view.frame(indicator.records)
    value = measure(indicator, view.filters, view.store, view.programme).now.value
    if indicator.key in counts:
        assert len(records) == value
        assert records["code"].is_unique
    elif indicator.key in ("people_reached", "people_trained"):
        assert records["participants"].sum() == value
