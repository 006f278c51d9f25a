"""What the figures of policy dialogue say: against plain SQL on the record, on rows counted by hand, on nothing."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pandas as pd
import pytest

from dashboard.charts.panels import APART, Panel, ceiling, panels
from dashboard.charts.theme import LIGHT
from dashboard.database.schema import TABLES, information_use, interest_group_member, joint_call, programme
from dashboard.database.snapshot import take
from dashboard.exports.table import localised
from dashboard.figures import dialogue, dialogue_contact, dialogue_group, dialogue_services
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import measure
from tests.figures.conftest import ENDED, WHOLE, Look, Rows, languages, view_on
from tests.pages.conftest import ROW, P

FIGURES = [
    figure
    for module in (dialogue, dialogue_contact, dialogue_group, dialogue_services)
    for figure in vars(module).values()
    if isinstance(figure, Figure)
]
HALF = Filters(period=Period(Month(2016, 1), Month(2016, 6)))
THEME = Filters(themes=("smart-communities",))
JAPAN = Filters(sides=("japan",))
MIXED = Filters(period=Period(Month(2015, 1), Month(2015, 12)), themes=("cross-cutting",), countries=("DE", "JP"))
selections = pytest.mark.parametrize("filters", [Filters(), HALF, THEME, JAPAN, MIXED])


def within(filters: Filters) -> str:
    """The period as SQL for a column `day`."""
    if not filters.period:
        return "1"
    return f"day >= '{filters.period.first.first_day}' AND day < '{filters.period.last.after_last_day}'"


def whole(figure: Figure, view: View) -> None:
    """Everything that a page makes of a figure."""
    frame = figure.data(view)
    localised(frame, view.language, codes=True)
    if figure.records:
        localised(view.frame(figure.records), view.language)
    assert figure.origin is not None
    assert figure.origin.about(view)
    assert figure.origin.shown(view)
    assert figure.origin.line(view)
    if frame.empty:
        return
    said = [figure.say_title(frame, view), figure.alt(frame, view)]
    said += [figure.note(frame, view)] if figure.note else []
    assert all(said[:2])
    assert not any("nan" in one.lower().replace(",", " ").split() or "{" in one for one in said)
    if figure.draw and not figure.deck:
        assert figure.draw(frame, view).to_dict()["layer"]
    if figure.deck:
        assert '"places"' in figure.deck(frame, view).to_json()


@languages
@selections
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key} {figure.variant}")
def test_every_figure_is_made(figure: Figure, look: Look, filters: Filters, language: str) -> None:
    whole(figure, look(filters, language))


@languages
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key} {figure.variant}")
def test_every_figure_is_made_of_nothing_and_of_one_row(figure: Figure, nothing, one_row, language: str) -> None:
    assert figure.data(view_on(nothing, language)).empty
    whole(figure, view_on(nothing, language))
    for today in (ENDED, date(2014, 5, 30), date(2013, 1, 1)):  # after the term, within it, before it
        whole(figure, view_on(one_row, language, today))


@selections
def test_the_time_line_counts_use_as_the_indicators_do(look: Look, plain: Rows, filters: Filters) -> None:
    found = plain(
        f"""WITH r AS (SELECT id, published_on AS day FROM report) SELECT count(*),
            sum(id IN (SELECT report_id FROM report_use WHERE discussed OR recommendation_adopted)),
            sum(id IN (SELECT report_id FROM report_use WHERE recommendation_adopted)),
            sum(id NOT IN (SELECT report_id FROM report_use WHERE tabled OR discussed OR recommendation_adopted))
            FROM r WHERE {within(filters)}"""
    )
    reports, used, adopted, unused = found[0]
    view = look(filters)
    title = dialogue.TIMELINE.say_title(dialogue.TIMELINE.data(view), view)
    assert title == (
        f"Dialogues used {used} of {reports} reports (recommendation adopted: {adopted}; never tabled: {unused})"
    )
    assert measure(CATALOGUE["reports"], filters, view.store, view.programme).now.value == reports
    assert measure(CATALOGUE["reports_used"], filters, view.store, view.programme).now.value == used / reports


def test_the_time_line_tells_what_came_of_each_report(look: Look) -> None:
    view = look()
    told = dialogue.TIMELINE.alt(dialogue.TIMELINE.data(view), view)
    assert (
        "Options for joint calls: discussed (Fourth policy dialogue: innovation and industry), "
        "adopted (Fifth policy dialogue: lessons for joint calls)" in told
    )
    assert "Biotechnology: where cooperation is missing: not tabled" in told


def test_dialogues_without_a_report_stand_on_the_time_line(look: Look) -> None:
    view = look(Filters(period=Period(Month(2017, 2), Month(2017, 2))))
    frame = dialogue.TIMELINE.data(view)
    assert list(frame["dialogue_code"]) == ["D6"]
    assert dialogue.TIMELINE.say_title(frame, view) == "No report was published in this selection; dialogues held: 1"
    assert dialogue.TIMELINE.draw is not None
    assert "Feb 2017" in dialogue.TIMELINE.draw(frame, view).to_json()


@selections
def test_members_at_the_periods_ends(look: Look, plain: Rows, filters: Filters) -> None:
    period = filters.period or WHOLE
    first, after = period.first.first_day, period.last.after_last_day
    (before, joined, left), = plain(
        f"""SELECT sum(joined < '{first}') - total("left" < '{first}'),
            sum(joined >= '{first}' AND joined < '{after}'), total("left" >= '{first}' AND "left" < '{after}')
            FROM interest_group_member"""
    )  # fmt: skip
    now, countries, japan = plain(
        f"""SELECT count(*), count(DISTINCT country), sum(country = 'JP') FROM interest_group_member m
            JOIN organisation o ON o.id = m.organisation_id
            WHERE joined < '{after}' AND ("left" IS NULL OR "left" >= '{after}')"""
    )[0]
    view = look(filters)
    steps = dialogue_group.MEMBERSHIP.data(view)
    assert dialogue_group.MEMBERSHIP.say_title(steps, view) == (
        f"The group went from {before:.0f} to {now} members: {joined} joined, {left:.0f} left"
    )
    assert steps["date"].iloc[[0, -1]].tolist() == [pd.Timestamp(first), pd.Timestamp(after) - pd.Timedelta(days=1)]
    assert measure(CATALOGUE["interest_group_members"], filters, view.store, view.programme).now.value == now
    placed = dialogue_group.MEMBER_MAP.data(view)
    assert dialogue_group.MEMBER_MAP.say_title(placed, view) == (
        f"At the end of the period the group has {now} members from {countries} countries "
        f"(in Japan: {japan}; left during the period: {left:.0f})"
    )
    assert dialogue_group.MEMBER_SPANS.say_title(placed, view) == (
        f"{now} of the {now + left:.0f} agencies in the group during the period are members at its end"
    )
    assert dialogue_group.MEMBER_MAP.deck is not None
    assert dialogue_group.MEMBER_MAP.deck(placed, view).to_json().count('"agency-') == len(placed)


def test_the_still_map_holds_the_members_of_the_day_and_who_left_as_a_ring(look: Look) -> None:
    view = look()
    assert dialogue_group.MEMBER_MAP.draw is not None
    drawn = dialogue_group.MEMBER_MAP.draw(dialogue_group.MEMBER_MAP.data(view), view).to_dict(validate=False)
    dots = [rows for rows in drawn["datasets"].values() if rows and "size" in rows[0]]
    assert sorted((row["member"], row["side"]) for rows in dots for row in rows) == (
        [(False, "eu")] + [(True, "eu")] * 11 + [(True, "japan")]
    )


def test_membership_ends_today_while_the_period_runs(look: Look) -> None:
    view = look(today=date(2015, 4, 2))
    steps = dialogue_group.MEMBERSHIP.data(view)
    assert steps["date"].iloc[-1] == pd.Timestamp("2015-04-02")
    assert list(steps["date"]) == sorted(steps["date"])


def test_who_leaves_and_comes_back_is_one_agency(sqlite_url: str, insert) -> None:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, TABLES_BY_NAME["organisation"], ROW["organisation"], ROW["organisation"] | {"code": "Q"})
    insert(
        sqlite_url,
        interest_group_member,
        {"organisation_id": 1, "joined": date(2014, 2, 1), "left": date(2014, 6, 1)},
        {"organisation_id": 1, "joined": date(2015, 2, 1), "left": None},
        {"organisation_id": 2, "joined": date(2014, 2, 1), "left": date(2014, 6, 1)},
    )
    view = view_on(take(sqlite_url))
    placed = dialogue_group.MEMBER_MAP.data(view)
    assert dialogue_group.MEMBER_SPANS.say_title(placed, view).startswith("1 of the 2 agencies")
    assert "left during the period: 1)" in dialogue_group.MEMBER_MAP.say_title(placed, view)
    assert dialogue_group.MEMBER_MAP.note is not None
    assert "3 without a known place" in dialogue_group.MEMBER_MAP.note(placed, view)
    whole(dialogue_group.MEMBER_MAP, view)


TABLES_BY_NAME = {table.name: table for table in TABLES}


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The two roots of (p − successes/n)² = z² p (1 − p) / n, which Wilson's interval is between."""
    z2, share = 1.959963984540054**2, successes / n
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share**2
    return tuple((-b + sign * sqrt(b * b - 4 * a * c)) / (2 * a) for sign in (-1, 1))  # type: ignore[return-value]


@selections
def test_joint_calls_and_their_success(look: Look, plain: Rows, filters: Filters) -> None:
    themes = f"theme_id IN (SELECT id FROM theme WHERE code = '{filters.themes[0]}')" if filters.themes else "1"
    calls = plain(
        f"""WITH c AS (SELECT *, opened AS day FROM joint_call)
            SELECT code, proposals, funded FROM c WHERE {within(filters)} AND {themes} ORDER BY opened"""
    )
    view = look(filters)
    frame = dialogue_group.JOINT_CALLS.data(view)
    known = [(proposals, funded) for _, proposals, funded in calls if None not in (proposals, funded)]
    asked = [*((code, proposals, funded) for code, proposals, funded in calls)]
    if len(known) > 1:
        asked.append((None, sum(p for p, _ in known), sum(f for _, f in known)))
    assert len(frame) == len(asked)
    for (code, proposals, funded), row in zip(asked, frame.itertuples(index=False), strict=True):
        assert (row.code == code) or (code is None and pd.isna(row.code))
        assert row.proposals == proposals
        if funded is None:
            assert pd.isna(row.success_share)
            assert pd.isna(row.interval_low)
        else:
            assert row.success_share == pytest.approx(funded / proposals)
            assert (row.interval_low, row.interval_high) == pytest.approx(wilson(funded, proposals))
    if filters == Filters():
        said = dialogue_group.JOINT_CALLS.say_title(frame, view)
        assert said == "Joint calls funded 15 of 72 proposals (21%); calls with known result: 3, without: 1"
        told = dialogue_group.JOINT_CALLS.alt(frame, view)
        assert "4 of 21 proposals funded: 19% (8%–40%) · budget not recorded" in told
        assert "Joint call on bioprocesses: 12 proposals, result not known · budget not recorded" in told


def test_calls_with_odd_counts_have_no_share(sqlite_url: str, insert) -> None:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, TABLES_BY_NAME["theme"], ROW["theme"])
    counts = [(0, 0), (3, 5), (None, 2), (None, None), (4, None), (5, 0)]
    insert(
        sqlite_url,
        joint_call,
        *(
            {"code": f"J{place}", "title": f"Call {place}", "theme_id": 1, "opened": date(2014, 1, 1 + place),
             "proposals": proposals, "funded": funded, "budget_eur": 1500000 if place == 5 else None}
            for place, (proposals, funded) in enumerate(counts)
        ),
    )  # fmt: skip
    view = view_on(take(sqlite_url))
    frame = dialogue_group.JOINT_CALLS.data(view)
    assert frame["success_share"].notna().tolist() == [False] * 5 + [True]  # one known call: no row for all together
    assert dialogue_group.JOINT_CALLS.say_title(frame, view) == (
        "Joint calls funded 0 of 5 proposals (0%); calls with known result: 1, without: 5"
    )
    assert "0 of 5 proposals funded: 0% (0%–43%) · budget EUR 1,500,000" in dialogue_group.JOINT_CALLS.alt(frame, view)
    whole(dialogue_group.JOINT_CALLS, view)


def test_the_contact_point_says_its_sums_and_what_is_unknown(look: Look, plain: Rows) -> None:
    view = look()
    frame = dialogue_contact.CONTACT_POINT.data(view)
    cases, applications, known, funded, events = (
        int(frame[name].sum())
        for name in ("cases", "applications", "known_results", "funded_applications", "events")
    )  # fmt: skip
    assert plain(
        """SELECT (SELECT count(*) FROM help_desk_case WHERE desk = 'h2020_contact_point'),
           (SELECT count(*) FROM activity
            WHERE kind = 'event' AND country = 'JP' AND objective = 'horizon_2020_in_japan')"""
    ) == [(cases, events)]
    assert dialogue_contact.CONTACT_POINT.say_title(frame, view) == (
        f"The contact point took {cases} cases and with them supported {applications} applications; "
        f"{funded} of {known} with a known result were funded"
    )
    low, high = wilson(funded, known)
    assert dialogue_contact.CONTACT_POINT.note is not None
    said = (
        f"Funded: {funded / known:.0%} (95% interval {low:.0%} to {high:.0%}, n = {known}); "
        f"result not known: {applications - known}. Pale: a quarter of which only a part is shown."
    )
    milestones = " Numbers on top mark the programme's milestones."
    assert dialogue_contact.CONTACT_POINT.note(frame, view) == said + milestones
    assert dialogue_contact.CONTACT_POINT.native is not None
    assert dialogue_contact.CONTACT_POINT.native(frame, view)[0].note == said


def test_quarters_are_all_there_and_parts_are_marked(look: Look) -> None:
    period = Period(Month(2015, 2), Month(2015, 9))
    frame = dialogue_contact.CONTACT_POINT.data(look(Filters(period=period)))
    assert [day.strftime("%Y-%m") for day in frame["quarter"]] == ["2015-01", "2015-04", "2015-07"]
    assert list(frame["quarter_part"]) == ["part", "whole", "whole"]
    running = dialogue_contact.CONTACT_POINT.data(look(Filters(period=period), today=date(2015, 9, 29)))
    assert list(running["quarter_part"]) == ["part", "whole", "part"]
    over = dialogue_contact.CONTACT_POINT.data(look(Filters(period=period), today=date(2015, 9, 30)))
    assert list(over["quarter_part"]) == ["part", "whole", "whole"]


def test_a_quarter_without_a_case_counts_none(look: Look) -> None:
    filters = Filters(themes=("biotechnology",), sides=("japan",))
    frame = dialogue_contact.CONTACT_POINT.data(look(filters))
    gaps = frame["quarter"].diff().dropna().dt.days
    assert gaps.between(90, 92).all()
    assert (frame[["cases", "applications", "events"]].sum(axis=1) == 0).any()


@selections
def test_services_and_their_sides(look: Look, plain: Rows, filters: Filters) -> None:
    period = filters.period or WHOLE
    first, after = period.first.first_day, period.last.after_last_day
    sides = f"side IN ('{filters.sides[0]}')" if filters.sides else "1"
    ran, japan, eu, running = plain(
        f"""SELECT count(*), total(side = 'japan'), total(side = 'eu'), total("to" IS NULL OR "to" >= '{after}')
            FROM information_service WHERE {sides} AND "from" < '{after}' AND ("to" IS NULL OR "to" >= '{first}')"""
    )[0]
    view = look(filters)
    assert dialogue_services.SERVICES.say_title(dialogue_services.SERVICES.data(view), view) == (
        f"{running:.0f} of {ran} services run on after the period; {japan:.0f} are for the Japanese side, "
        f"{eu:.0f} for the EU side"
    )


def test_languages_of_a_service_are_named(look: Look) -> None:
    english = dialogue_services.SERVICES.data(look()).set_index("code")["languages"]
    japanese = dialogue_services.SERVICES.data(look(language="ja")).set_index("code")["languages"]
    assert (english["web-pages"], japanese["web-pages"]) == ("Japanese, English", "日本語、英語")


def test_use_is_compared_with_the_year_before(look: Look, plain: Rows) -> None:
    def total(measure: str, first: str, last: str) -> int:
        return int(plain(
            f"""SELECT sum(value) FROM information_use
                WHERE measure = '{measure}' AND month BETWEEN '{first}' AND '{last}'"""
        )[0][0])  # fmt: skip

    def change(measure: str) -> str:
        now = total(measure, "2016-03-01", "2017-02-01")
        before = total(measure, "2015-03-01", "2016-02-01")
        return f"{now / before - 1:+.0%}".replace("-", "−")

    first, last = total("subscribers", "2013-11-01", "2013-11-01"), total("subscribers", "2017-02-01", "2017-02-01")
    view = look()
    said = dialogue_services.SERVICE_USE.say_title(dialogue_services.SERVICE_USE.data(view), view)
    assert said == (
        f"Subscribers: {first} in Nov 2013, {last:,} in Feb 2017 · visits {change('visits')} on the year before · "
        f"downloads {change('downloads')} on the year before"
    )


def test_a_short_period_has_sums_and_no_year_before(look: Look, plain: Rows) -> None:
    sums = dict(plain(
        """SELECT measure, sum(value) FROM information_use WHERE month BETWEEN '2016-01-01' AND '2016-06-01'
           AND measure <> 'subscribers' GROUP BY measure"""
    ))  # fmt: skip
    view = look(HALF)
    said = dialogue_services.SERVICE_USE.say_title(dialogue_services.SERVICE_USE.data(view), view)
    assert said.endswith(f" · visits: {sums['visits']:,} · downloads: {sums['downloads']:,}")


@pytest.mark.parametrize(
    ("count", "today", "said"),
    [
        (24, ENDED, "downloads +50% on the year before"),  # 12 × 3 after 12 × 2
        (23, ENDED, "downloads: 58"),  # a year and eleven months: no year before
        (24, date(2015, 12, 30), "downloads: 57"),  # the last month is not over: 11 × 3 + 12 × 2 of it
    ],
)
def test_a_year_before_needs_twenty_four_months(sqlite_url: str, insert, count: int, today: date, said: str) -> None:
    insert(sqlite_url, programme, P)
    insert(sqlite_url, TABLES_BY_NAME["information_service"], ROW["information_service"])
    values = [2] * 12 + [3] * 12
    use = [{"information_service_id": 1, "measure": "downloads", "month": date(2014 + place // 12, place % 12 + 1, 1),
            "value": value} for place, value in enumerate(values)]  # fmt: skip
    insert(sqlite_url, information_use, *use[24 - count :])
    view = view_on(take(sqlite_url), today=today)
    assert dialogue_services.SERVICE_USE.say_title(dialogue_services.SERVICE_USE.data(view), view) == said


def test_a_month_that_is_not_over_is_marked(look: Look) -> None:
    figure = dialogue_services.SERVICE_USE
    view = look(Filters(period=Period(Month(2015, 1), Month(2015, 5))), today=date(2015, 5, 12))
    assert figure.note is not None
    assert figure.note(figure.data(view), view).endswith("A ring marks a month that has not ended.")
    assert "ring" not in figure.note(figure.data(look()), look())


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (dialogue.TIMELINE, "January 2015 – December 2015 · not selected by theme, country"),
        (dialogue_group.MEMBERSHIP, "January 2015 – December 2015 · not selected by theme, country"),
        (dialogue_group.JOINT_CALLS, "January 2015 – December 2015 · Cross-cutting · not selected by country"),
        (dialogue_services.SERVICES, "January 2015 – December 2015 · not selected by theme, country"),
        (dialogue_contact.CONTACT_POINT, "January 2015 – December 2015 · Cross-cutting · Germany, Japan"),
    ],
    ids=lambda value: value.key if isinstance(value, Figure) else "",
)
def test_a_figure_says_which_filters_apply(look: Look, figure: Figure, said: str) -> None:
    assert figure.origin is not None
    assert figure.origin.shown(look(MIXED)) == said


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 1), (1, 1), (1.5, 2), (2, 2), (2.4, 2.5), (3, 5), (9, 10), (32, 50), (2339, 2500), (5001, 10000)],
)
def test_a_panel_ends_at_a_round_number(value: float, top: float) -> None:
    assert ceiling(value) == top


def test_names_at_the_ends_of_lines_stand_apart() -> None:
    frame = pd.DataFrame(
        {
            "panel": "m", "start": pd.to_datetime(["2015-01-01", "2015-02-01"] * 2), "group": "eu",
            "series": ["a", "a", "b", "b"], "name": ["A", "A", "B", "B"], "value": [1.0, 2.0, 1.0, 2.0], "label": "",
            "faint": False,
        }
    )  # fmt: skip
    drawn = panels(frame, [Panel("m", "M")], LIGHT, {"eu": "#000000"}, "%Y-%m").to_dict()
    names = [
        [row["y"] for row in rows]
        for rows in drawn["datasets"].values()
        if rows and rows[0].get("top") is not None and "series" in rows[0]
    ]
    assert len(names) == 1
    assert abs(names[0][0] - names[0][1]) >= APART


def test_a_name_stands_below_its_line_where_another_line_runs_above_it() -> None:
    months = pd.date_range("2015-01-01", periods=6, freq="MS")
    frame = pd.DataFrame(
        {
            "panel": "m", "start": [*months, *months], "group": "eu", "series": ["a"] * 6 + ["b"] * 6,
            "name": ["A"] * 6 + ["B"] * 6, "value": [80.0, 80, 80, 80, 42, 80, 30, 30, 30, 30, 30, 30], "label": "",
            "faint": False,
        }
    )  # fmt: skip
    drawn = panels(frame, [Panel("m", "M")], LIGHT, {"eu": "#000000"}, "%Y-%m").to_dict()
    names = next(rows for rows in drawn["datasets"].values() if rows and rows[0].get("bottom") is not None)
    at = {row["name"]: row["y"] for row in names}
    floor = names[0]["floor"]  # 104 pixels below 100, so 30 is 31.2 above it and 80 is 83.2
    assert at == {"A": pytest.approx(floor - 83.2 - 9), "B": pytest.approx(floor - 31.2 + 13)}
