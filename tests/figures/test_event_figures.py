"""What the figures of event reach say: against plain SQL on the record, worked out by hand, on nothing, on one row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.strip import stacked
from dashboard.database.snapshot import Snapshot
from dashboard.exports.table import localised
from dashboard.figures import events, events_after, events_audience, events_where
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.maps.circles import RADIUS
from dashboard.queries import events as asked
from dashboard.statistics import poisson_rate_ratio
from tests.figures.conftest import WHOLE, Look, Rows, languages, view_on

FIGURES = [
    figure
    for module in (events, events_where, events_audience, events_after)
    for figure in vars(module).values()
    if isinstance(figure, Figure)
] + list(events_where.CLOSER.values())
THEME = Filters(themes=("biotechnology",))
HALF = Filters(period=Period(Month(2015, 1), Month(2015, 6)))
JAPAN = Filters(sides=("japan",))
COUNTRIES = Filters(period=Period(Month(2014, 1), Month(2016, 12)), countries=("DE", "FR"))
REACH = "a.kind IN ('event', 'presentation')"
SQL = {  # the same selections as conditions on an activity `a`, written apart
    Filters(): REACH,
    THEME: f"{REACH} AND a.theme_id = (SELECT id FROM theme WHERE code = 'biotechnology')",
    HALF: f"{REACH} AND a.start BETWEEN '2015-01-01' AND '2015-06-30'",
    JAPAN: f"{REACH} AND a.country = 'JP'",
    COUNTRIES: f"{REACH} AND a.start BETWEEN '2014-01-01' AND '2016-12-31' AND a.country IN ('DE', 'FR')",
}
selections = pytest.mark.parametrize("filters", list(SQL), ids=["whole", "theme", "half-year", "Japan", "DE and FR"])


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a frame in an order of their own: dates as text, NaN as None."""
    found = [
        tuple(f"{v:%Y-%m-%d}" if isinstance(v, pd.Timestamp) else None if v is None or v != v else v for v in row)
        for row in frame[list(columns)].itertuples(index=False)
    ]
    return sorted(found, key=repr)


def people(what: str, where: str, more: str = "") -> str:
    """Sums of people and numbers of events and presentations by `what`, written as SQL."""
    return f"""SELECT {what}, sum(a.kind = 'event'), sum(a.kind = 'presentation'),
                      coalesce(sum((SELECT sum(participants) FROM attendance t WHERE t.activity_id = a.id)), 0)
               FROM activity a {more} WHERE {where} GROUP BY {what}"""


@selections
def test_months(look: Look, plain: Rows, filters: Filters) -> None:
    frame = events.MONTHS.data(look(filters))
    side = "CASE a.country WHEN 'JP' THEN 'japan' ELSE 'eu' END"
    held = frame[frame["events"] + frame["presentations"] > 0]
    found = rows(held, "month", "side", "events", "presentations", "participants")
    assert found == sorted(plain(people(f"date(a.start, 'start of month'), {side}", SQL[filters])), key=repr)
    shown = filters.period or WHOLE
    assert set(frame["month"]) == {pd.Timestamp(month.first_day) for month in shown.months()}
    assert frame[frame["side"].isna()]["participants"].sum() == 0


@selections
def test_places_and_what_is_ranked(look: Look, plain: Rows, filters: Filters) -> None:
    view = look(filters)
    places = events_where.EVENT_MAP.data(view)
    counts = ("events", "presentations", "participants")
    assert rows(places, "city", "country", *counts) == sorted(
        plain(people("a.city, a.country", SQL[filters])), key=repr
    )
    for figure, what, column in (
        (events_where.BY_OBJECTIVE, "a.objective", "objective"), (events_where.BY_FORMAT, "a.format", "format"),
        (events_where.BY_COUNTRY, "a.country", "country"), (events_where.BY_THEME, "h.code", "theme_code"),
    ):  # fmt: skip
        frame = figure.data(view)
        more = "JOIN theme h ON h.id = a.theme_id"
        assert rows(frame, column, *counts) == sorted(plain(people(what, SQL[filters], more)), key=repr)
        assert list(frame["participants"]) == sorted(frame["participants"], reverse=True)
    assert rows(events_where.BY_CITY.data(view), "city", "country", *counts) == rows(places, "city", "country", *counts)


@selections
def test_the_circles_are_in_proportion_to_people(look: Look, filters: Filters) -> None:
    view = look(filters)
    frame = events_where.EVENT_MAP.data(view)
    assert events_where.EVENT_MAP.deck is not None
    layers = json.loads(events_where.EVENT_MAP.deck(frame, view).to_json())["layers"]
    (drawn,) = (layer["data"] for layer in layers if layer["id"] == "places")
    assert {row["code"] for row in drawn} == {
        events_where.place_code(row.city, row.country) for row in frame.itertuples(index=False)
    }
    assert sum((row["radius"] / RADIUS) ** 2 for row in drawn) == pytest.approx(frame["participants"].sum())


@selections
def test_spread(look: Look, plain: Rows, filters: Filters) -> None:
    view = look(filters)
    frame = events.SPREAD.data(view)
    sizes = plain(f"""SELECT a.kind, sum(t.participants) FROM activity a JOIN attendance t ON t.activity_id = a.id
                      WHERE {SQL[filters]} GROUP BY a.id""")
    assert rows(frame, "activity_kind", "participants") == sorted(sizes, key=repr)
    said = events.SPREAD.say_title(frame, view)
    for kind in {kind for kind, _ in sizes}:
        counts = [size for one, size in sizes if one == kind]
        assert f"{median(counts):g} people at" in said
        assert len(counts) == 1 or f"({min(counts)} to {max(counts)})" in said


@selections
def test_audience(look: Look, plain: Rows, filters: Filters) -> None:
    frame = events_audience.AUDIENCE.data(look(filters))
    of = f"""FROM attendance t JOIN activity a ON a.id = t.activity_id
             WHERE t.participants > 0 AND {SQL[filters]}"""
    cells = plain(f"SELECT t.country, t.stakeholder_kind, sum(t.participants) {of} GROUP BY 1, 2")
    cells += plain(f"SELECT t.country, 'all', sum(t.participants) {of} GROUP BY 1")
    cells += plain(f"SELECT NULL, t.stakeholder_kind, sum(t.participants) {of} GROUP BY 2")
    cells += plain(f"SELECT NULL, 'all', sum(t.participants) {of}")
    counts = {(country, kind): count for country, kind, count in cells}
    told = rows(frame, "country", "organisation_kind", "participants")
    found = {(country, kind): count for country, kind, count in told}
    hidden = {entry for entry, count in found.items() if count is None}
    assert found == {entry: None if entry in hidden else count for entry, count in counts.items()}
    assert hidden >= {entry for entry, count in counts.items() if count < 5}
    for axis in (0, 1):  # none is alone beside its row's or its column's total
        assert 1 not in Counter(entry[axis] for entry in hidden).values()
    assert frame.iloc[-1]["organisation_kind"] == "all"


@selections
@pytest.mark.parametrize("what", ["country", "kind"])
def test_newcomers(look: Look, plain: Rows, filters: Filters, what: str) -> None:
    figure = events_audience.NEW_COUNTRIES if what == "country" else events_audience.NEW_KINDS
    key = "t.country" if what == "country" else "t.country || t.stakeholder_kind"
    came = "attendance t JOIN activity a ON a.id = t.activity_id AND t.participants > 0"
    first = dict(plain(f"SELECT {key}, min(a.start) FROM {came} WHERE {REACH} GROUP BY 1"))
    present: dict[str, set[str]] = {}
    new: dict[str, set[str]] = {}
    for start, group in plain(f"SELECT a.start, {key} FROM {came} WHERE {SQL[filters]}"):
        half = f"{start[:4]}-{'01' if start[5:7] < '07' else '07'}-01"
        present.setdefault(half, set()).add(group)
        new.setdefault(half, set()).update({group} if first[group] == start else ())
    frame = figure.data(look(filters))
    assert rows(frame, "half_year", "groups_present", "groups_new") == [
        (half, len(present[half]), len(new[half])) for half in sorted(present)
    ]
    assert list(frame["share_new"]) == pytest.approx([len(new[half]) / len(present[half]) for half in sorted(present)])


def counted(plain: Rows, where: str) -> dict[str, dict[str, Any]]:
    """Each activity's cases around it, counted in Python from all cases, for activities with whole windows."""
    cases = plain("SELECT brussels(opened), enquirer_country, activity_id FROM help_desk_case")
    found = {}
    for key, code, kind, country, start, end in plain(
        f"SELECT a.id, a.code, a.kind, a.country, a.start, a.end FROM activity a WHERE {where}"
    ):
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        if first - timedelta(30) < date(2013, 9, 1) or last + timedelta(30) > date(2017, 2, 28):
            continue
        row: dict[str, Any] = {"kind": kind, "japan": country == "JP"} | dict.fromkeys(
            ("before", "after", "named_before", "named_after"), 0
        )
        for opened, enquirer, named in cases:
            day = date.fromisoformat(opened)
            when = "before" if 1 <= (first - day).days <= 30 else "after" if 1 <= (day - last).days <= 30 else None
            if when and (named == key or enquirer == country):
                row[when] += 1
                row[f"named_{when}"] += named == key
        found[code] = row
    return found


@selections
def test_cases_around(look: Look, plain: Rows, filters: Filters) -> None:
    view = look(filters)
    expected = counted(plain, SQL[filters])
    frame = events_after.CASES_AROUND.data(view).set_index("compared")
    groups: dict[str, Callable[[dict[str, Any]], bool]] = {
        "all": bool, "unnamed": bool,
        "event": lambda row: row["kind"] == "event", "presentation": lambda row: row["kind"] == "presentation",
        "japan": lambda row: row["japan"], "eu": lambda row: not row["japan"],
    }  # fmt: skip
    for name, row in frame.iterrows():
        chosen = [one for one in expected.values() if groups[str(name)](one)]
        less = 1 if name == "unnamed" else 0
        before = sum(one["before"] - less * one["named_before"] for one in chosen)
        after = sum(one["after"] - less * one["named_after"] for one in chosen)
        assert (row["activities"], row["cases_before"], row["cases_after"]) == (len(chosen), before, after)
        assert (row["mean_before"], row["mean_after"]) == pytest.approx((before / len(chosen), after / len(chosen)))
        if not before:
            assert row[["rate_ratio", "ratio_low", "ratio_high"]].isna().all()
            continue
        ratio = poisson_rate_ratio(before, after)
        assert ratio is not None
        assert (row["rate_ratio"], row["ratio_low"], row["ratio_high"]) == pytest.approx(
            (after / before, ratio.interval.low, ratio.interval.high)
        )
        assert row["ratio_low"] < row["rate_ratio"] < row["ratio_high"]
    for kind, figure in (
        ("event", events_after.AROUND_EVENTS), ("presentation", events_after.AROUND_PRESENTATIONS),
    ):  # fmt: skip
        each = figure.data(view)
        assert rows(each, "code", "cases_before", "cases_after", "naming_before", "naming_after") == sorted(
            (code, one["before"], one["after"], one["named_before"], one["named_after"])
            for code, one in expected.items()
            if one["kind"] == kind
        )
        assert figure.records is not None
        assert len(view.frame(figure.records)) == each[["cases_before", "cases_after"]].sum().sum()


@selections
def test_followed(look: Look, plain: Rows, filters: Filters) -> None:
    frame = events_after.FOLLOWED.data(look(filters))
    expected = plain(f"""
        SELECT * FROM (SELECT a.code,
            (SELECT count(*) FROM help_desk_case c WHERE c.activity_id = a.id) AS cases,
            (SELECT count(*) FROM partnership p WHERE p.origin_activity_id = a.id) AS partnerships,
            (SELECT count(*) FROM application f WHERE f.origin_activity_id = a.id) AS applications,
            (SELECT count(*) FROM application f WHERE f.origin_activity_id = a.id AND f.status = 'funded') AS funded
        FROM activity a WHERE {SQL[filters]}) WHERE cases + partnerships + applications > 0""")
    columns = ("code", "cases", "partnerships", "applications", "funded_applications")
    assert rows(frame, *columns) == sorted(expected, key=repr)
    assert list(frame["applications"]) == sorted(frame["applications"], reverse=True)


@selections
def test_the_records_are_the_activities_that_are_counted(look: Look, plain: Rows, filters: Filters) -> None:
    view = look(filters)
    codes = [code for (code,) in plain(f"SELECT a.code FROM activity a WHERE {SQL[filters]} ORDER BY a.code")]
    for figure in FIGURES:
        if figure.records is events.held_at:
            assert sorted(view.frame(figure.records)["code"]) == codes


def around(*counts: tuple[int, int, int]) -> pd.DataFrame:
    """What `CASES_AROUND` compares, from before, after and of those after naming it, one triple an activity."""
    frame = pd.DataFrame(counts, columns=["cases_before", "cases_after", "naming_after"])
    unnamed = frame.assign(cases_after=frame["cases_after"] - frame["naming_after"])
    return pd.DataFrame([events_after._compared("all", frame), events_after._compared("unnamed", unnamed)])


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([(10, 40, 30), (10, 40, 30)], "without those that name them no clear difference (ratio 1)"),
        ([(10, 40, 10), (10, 40, 10)], "4 times as many, and 3 times without those that name them"),
        ([(40, 80, 70), (40, 80, 70)], "there were fewer after (ratio 0.25)"),
        ([(40, 10, 0), (40, 10, 0)], "fewer, 0.25 times as many"),
        ([(10, 12, 5), (10, 12, 5)], "20 before: no clear difference"),
        ([(0, 5, 5)], "5 cases in the 30 days after 1 event or presentation, 0 before"),
    ],
)
def test_what_is_said_of_cases_claims_no_more_than_the_intervals(look: Look, counts: Any, says: str) -> None:
    frame = around(*counts).astype({"rate_ratio": "float64", "ratio_low": "float64", "ratio_high": "float64"})
    assert events_after.CASES_AROUND.say_title(frame, look()).endswith(says)


def test_one_activity_has_no_interval_and_none_before_has_no_ratio() -> None:
    row = events_after._compared("all", pd.DataFrame({"cases_before": [0], "cases_after": [3]}))
    assert (row["mean_after"], row["after_low"], row["after_high"], row["rate_ratio"]) == (3, None, None, None)


def test_the_month_that_still_runs_is_pale_and_said_so(look: Look) -> None:
    today = date(2016, 10, 20)
    view = look(today=today)
    frame = events.MONTHS.data(view)
    assert frame["month"].max() >= pd.Timestamp("2016-10-01")
    columns = json.loads(events.MONTHS.draw(frame, view).to_json())  # type: ignore[misc]
    drawn = [row for rows in columns["datasets"].values() for row in rows if "faint" in row]
    assert {row["start"][:7] for row in drawn if row["faint"]} >= {"2016-10"}
    assert not any(row["faint"] for row in drawn if row["start"] < "2016-10")
    assert events.MONTHS.note is not None
    assert "still running" in events.MONTHS.note(frame, view)
    assert "still running" not in events.MONTHS.note(events.MONTHS.data(look()), look())


def test_few_months_with_people_have_no_control_limits(look: Look) -> None:
    assert events._limits(look(Filters(countries=("DE",)))) is None  # two months of 42
    year = look(Filters(period=Period(Month(2014, 1), Month(2014, 6))))  # the programme's tenth month is the last
    assert events._limits(year) is None
    limits = events._limits(look())
    assert limits is not None
    assert limits.centre == pytest.approx(2700 / 42)


def test_a_periods_limits_are_those_of_all_months_up_to_its_end(look: Look, plain: Rows) -> None:
    """What came before shows what is usual; what came after does not change what was said of the period."""
    found = plain(people("strftime('%Y-%m', a.start)", f"{REACH} AND a.start < '2015-07-01'"))
    reached = {month: count for month, _, _, count in found}
    ((first,),) = plain("SELECT strftime('%Y-%m', start) FROM programme")
    year, month = map(int, first.split("-"))
    months = [f"{at // 12}-{at % 12 + 1:02}" for at in range(12 * year + month - 1, 12 * 2015 + 6)]
    series = [reached.get(month, 0) for month in months]
    moving = [abs(after - before) for before, after in pairwise(series)]
    limits = events._limits(look(HALF))
    assert limits is not None
    assert limits.centre == pytest.approx(sum(series) / len(series))
    assert limits.high == pytest.approx(limits.centre + 2.66 * sum(moving) / len(moving))
    frame = events.MONTHS.data(look(HALF))
    assert "all finished months from September 2013 on" in events.MONTHS.note(frame, look(HALF))
    assert "all finished months" not in events.MONTHS.note(events.MONTHS.data(look()), look())


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(), "People were reached in 31 of 42 months, most in October 2016 (163); "
                    "the longest pause was 2 months"),
        (Filters(countries=("PL",)), "People were reached in 1 of 42 months, most in October 2016: 46"),  # no pause
        (Filters(countries=("DE",)), "People were reached in 2 of 42 months, most in February 2015 (61); "
                                     "the longest pause was 14 months"),  # March 2015 to April 2016
    ],
)  # fmt: skip
def test_the_longest_pause_lies_between_two_months_with_people(look: Look, filters: Filters, said: str) -> None:
    view = look(filters)
    assert events.MONTHS.say_title(events.MONTHS.data(view), view) == said


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(), "26 events and 22 presentations reached 2,700 people, 200 more than planned"),
        (HALF, "5 events and 4 presentations reached 482 people, as planned"),
        (THEME, "4 events and 3 presentations reached 294 people"),  # targets are for the whole programme
        (Filters(countries=("GB",)), "No events or presentations in this selection"),
    ],
)
def test_headline(look: Look, filters: Filters, said: str) -> None:
    assert events.headline(look(filters)) == said


def test_dots_of_one_value_are_stacked_about_the_middle() -> None:
    assert list(stacked(pd.Series([5.0, 5.0, 5.0, 90.0]), 100)) == [0, 1, -1, 0]


def all_said(figure: Figure, view: View) -> list[str]:
    """Everything that a page makes of a figure; what it says in words."""
    frame = figure.data(view)
    localised(frame, view.language, codes=True)
    said = [line for pair in figure.origin.about(view) for line in pair] if figure.origin else []
    if figure.records:
        localised(view.frame(figure.records), view.language, codes=True)
    if frame.empty:
        return said
    said += [figure.say_title(frame, view), figure.alt(frame, view)]
    said += [figure.note(frame, view)] if figure.note else []
    if figure.draw:
        assert figure.draw(frame, view).to_dict()["layer"]
    if figure.deck:
        assert '"places"' in figure.deck(frame, view).to_json()
    return said


def is_readable(said: str) -> bool:
    return bool(said.strip()) and "{" not in said and "nan" not in said.lower().replace(",", " ").split()


@languages
@selections
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key}-{figure.variant}")
def test_every_figure_runs_and_says_what_it_shows(look: Look, language: str, filters: Filters, figure: Figure) -> None:
    said = all_said(figure, look(filters, language))
    assert said
    assert all(map(is_readable, said))


@languages
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key}-{figure.variant}")
def test_every_figure_bears_nothing_and_one_row(
    nothing: Snapshot, one_row: Snapshot, language: str, figure: Figure
) -> None:
    assert figure.data(view_on(nothing, language, dark=True)).empty
    view = view_on(one_row, language, dark=True)
    no_such_kind = figure is events_after.AROUND_PRESENTATIONS
    nothing_follows = figure is events_after.FOLLOWED
    assert figure.data(view).empty == (no_such_kind or nothing_follows)
    assert all(map(is_readable, all_said(figure, view)))


def test_an_event_without_a_place_is_said_to_be_missing_from_the_map(one_row: Snapshot) -> None:
    view = view_on(one_row)
    figure = events_where.EVENT_MAP
    assert figure.note is not None
    assert figure.note(figure.data(view), view).endswith("Not drawn, because their place is not known: 1 event.")
    assert view.frame(asked.sizes)["participants"].sum() == 7
