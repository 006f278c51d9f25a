"""The Framework programmes page: its figures on a record made by chance, and on hand-made ones where words matter."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.database.schema import eu_participation, eu_project, eu_project_focus, programme
from dashboard.database.snapshot import take
from dashboard.exports.table import localised
from dashboard.figures import framework, framework_map
from dashboard.figures import framework_network as network
from dashboard.figures import framework_table as table
from dashboard.figures import framework_what as what
from dashboard.figures import framework_when as when
from dashboard.figures import framework_who as who
from dashboard.figures.captions import loosen
from dashboard.figures.files import specification
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.network import standings
from dashboard.sitemap import PAGES
from dashboard.store import Store
from dashboard.text import LANGUAGES
from dashboard.ui import background
from tests.pages.conftest import P, Visit, markup, said, visit  # noqa: F401
from tests.queries.test_framework_more import FILTERS, Record, filtered, record  # noqa: F401

Insert = Callable[..., list[int]]
PAGE = next(page for page in PAGES if page.key == "framework")
TERM = Period(Month(2014, 1), Month(2016, 12))
languages = pytest.mark.parametrize("language", LANGUAGES)
FIGURES = {
    f"{one.key}-{one.variant}": one
    for module in (framework, framework_map, network, table, what, when, who)
    for one in vars(module).values()
    if isinstance(one, Figure)
}


def view_of(store: Store, filters: Filters = FILTERS["all"], language: str = "en", term: Period = TERM) -> View:
    return View(filters, language, False, Programme(term, date(2018, 1, 1)), store.version, store)


def finding(figure: Figure, view: View) -> str:
    return figure.say_title(figure.data(view), view)


def note(figure: Figure, view: View) -> str:
    assert figure.note
    return figure.note(figure.data(view), view)


def test_what_is_not_there_says_how_to_bring_it(projects) -> None:
    view = view_of(projects((date(2015, 1, 1), "H2020", [("a", "JP"), ("b", "DE")])), Filters())
    assert who.COMPARED.data(view).empty
    for one in (who.COMPARED, who.COMPARED_YEARS):
        assert "import-cordis FILE.zip --country KR" in loosen(one, view)
    assert "euroSciVoc.csv" in loosen(what.FIELDS_OF_SCIENCE, view)
    later = Filters(Period(Month(2016, 1), Month(2016, 12)), sides=("japan",), countries=("DE",))
    # No filter hides what was never imported; a side selects no project, so that loosening it would not help.
    assert "euroSciVoc.csv" in loosen(what.FIELDS_OF_SCIENCE, replace(view, filters=later))
    assert loosen(when.BY_YEAR, replace(view, filters=later)) == "Loosen the filter: period, country."


@pytest.fixture
def projects(sqlite_url: str, insert: Insert) -> Callable[..., Store]:
    """`projects((start, framework, [(organisation, country), …]), …)`: a store on a record of these."""

    def make(*rows: tuple[date | None, str, list[tuple[str, str]]]) -> Store:
        insert(sqlite_url, programme, P)
        for number, (start, framework_, members) in enumerate(rows):
            own = {"framework": framework_, "code": str(number), "start": start, "record_number": f"9{number}"}
            (key,) = insert(sqlite_url, eu_project, own)
            taking_part = [{"eu_project_id": key, "organisation_code": one, "country": of} for one, of in members]
            insert(sqlite_url, eu_participation, *taking_part)
            insert(sqlite_url, eu_project_focus, {"eu_project_id": key, "country": "JP"})
        return Store(take(sqlite_url))

    return make


BOTH = [("t", "JP"), ("p", "FR")]


@filtered
@languages
def test_every_figure_of_any_selection_has_words_and_a_picture(
    record: Record,  # noqa: F811
    filters: Filters,
    language: str,
) -> None:
    view = view_of(record.store, filters, language)
    for figure in FIGURES.values():
        frame = figure.data(view)
        assert len(localised(frame, language, codes=True)) == len(frame)
        if frame.empty:
            continue
        words = [figure.say_title(frame, view), figure.alt(frame, view)]
        words += [figure.note(frame, view)] if figure.note else []
        assert all(words)
        assert not {"nan", "none", "<na>"} & {word.casefold() for one in words for word in one.split()}, words
        if figure.deck:  # whose still picture takes a second
            assert len(figure.deck(frame, view).layers) == 3
        elif figure.draw:
            assert specification(figure, frame, view)["$schema"]
        if figure.records:
            assert len(localised(view.frame(figure.records), language))


@filtered
def test_brokers_are_those_of_the_selections_network(record: Record, filters: Filters) -> None:  # noqa: F811
    members = {
        project["id"]: [row["organisation_code"] for row in record.members(project["id"])]
        for project in record.counted(filters)
    }
    expected = [one for one in standings(members) if one.brokerage > 0]
    frame = network.BROKERS.data(view_of(record.store, filters))
    assert list(frame["organisation_code"]) == [one.organisation for one in expected]
    assert list(frame["brokerage"]) == pytest.approx([100 * one.brokerage for one in expected])
    assert list(frame["cut_off"]) == [one.cut_off for one in expected]
    assert list(frame["projects"]) == [one.projects for one in expected]


@filtered
def test_leaders_and_partners_are_on_their_side_of_the_border(record: Record, filters: Filters) -> None:  # noqa: F811
    taking_part: dict[str, set[int]] = {}
    home = {row["organisation_code"]: row["country"] for row in record.rows}
    for project in record.counted(filters):
        for row in record.members(project["id"]):
            taking_part.setdefault(row["organisation_code"], set()).add(project["id"])
    for figure, japanese in ((who.LEADERS, True), (who.PARTNERS, False)):
        frame = figure.data(view_of(record.store, filters))
        expected = {
            code: len(keys) for code, keys in taking_part.items() if home[code] and (home[code] == "JP") == japanese
        }
        assert dict(zip(frame["organisation_code"], frame["projects"], strict=True)) == expected
        assert list(frame["projects"]) == sorted(expected.values(), reverse=True)


@filtered
def test_both_sums_are_those_of_the_record(record: Record, filters: Filters) -> None:  # noqa: F811
    found = table.sums(view_of(record.store, filters))
    counted = list(record.counted(filters))
    assert len(found) == len(counted)
    assert found["of_project"].sum() == sum(float(one["eu_contribution"] or 0) for one in counted)
    given = sum(record.given(one["id"]) or 0 for one in counted)
    assert found["of_participants"].sum() == pytest.approx(given)


def test_the_sums_of_both_tables_are_told_apart(sqlite_url: str, insert: Insert) -> None:
    insert(sqlite_url, programme, P)
    whole = [Decimal(100), Decimal(50), None]
    for number, (own, parts) in enumerate(zip(whole, ([60, 40], [30, None], [None]), strict=True)):
        (key,) = insert(sqlite_url, eu_project, {"framework": "H2020", "code": str(number), "eu_contribution": own})
        rows = [
            {"eu_project_id": key, "organisation_code": str(place), "country": "JP", "eu_contribution": part}
            for place, part in enumerate(parts)
        ]
        insert(sqlite_url, eu_participation, *rows)
    said = note(table.PROJECTS, view_of(Store(take(sqlite_url))))
    assert "EUR 150." in said
    assert "EUR 130." in said
    assert "differ in 1 of 3 projects" in said
    assert "come to the same" not in said
    assert note(table.PARTICIPATIONS, view_of(Store(take(sqlite_url)))) == said


@pytest.mark.parametrize(
    ("amount", "said"), [(Decimal(100), " In these projects the two come to the same."), (None, "")]
)
def test_sums_that_agree_are_said_to_where_any_is_known(
    sqlite_url: str, insert: Insert, amount: Decimal | None, said: str
) -> None:
    insert(sqlite_url, programme, P)
    (key,) = insert(sqlite_url, eu_project, {"framework": "H2020", "code": "1", "eu_contribution": amount})
    own = {"organisation_code": "9", "country": "JP", "eu_contribution": amount}
    insert(sqlite_url, eu_participation, {"eu_project_id": key} | own)
    told = note(table.PROJECTS, view_of(Store(take(sqlite_url))))
    assert "differ in" not in told
    assert told.endswith(f"EUR {100 if amount else 0}.{said}")


def test_before_and_after_are_equally_long(projects: Any) -> None:
    """Term of 36 months from January 2014; dated from June 2012 (19 months before) to December 2016."""
    store = projects(
        (date(2012, 6, 1), "FP7", BOTH),  # the first month: left boundary, counted
        (date(2013, 12, 31), "FP7", BOTH),  # the last before
        (date(2014, 1, 1), "H2020", BOTH),  # the first after
        (date(2015, 7, 31), "H2020", BOTH),  # the 19th month: right boundary, counted
        (date(2015, 8, 1), "H2020", BOTH),  # beyond it
        (date(2016, 12, 1), "H2020", BOTH),
        (None, "FP7", BOTH),
    )
    view = view_of(store)
    found = when.compare(view)
    assert (found.months, found.before, found.after) == (19, 2, 2)
    assert found.ratio is not None
    assert found.ratio.ratio == 1
    assert finding(when.AROUND, view).startswith("No clear difference between projects that start before and after Jan")
    said = note(when.AROUND, view)
    assert "19 months on each side: 2 projects started before, 2 after" in said
    assert "1 project has no start date" in said
    frame = when.AROUND.data(view)
    assert list(zip(frame["start"].dt.strftime("%Y-%m"), frame["phase"], frame["projects"], strict=True)) == [
        ("2012-01", "before", 1), ("2013-01", "before", 1), ("2014-01", "after", 1), ("2015-01", "after", 2),
        ("2016-01", "after", 1),
    ]  # fmt: skip


def test_a_clear_change_is_called_one(projects: Any) -> None:
    before = [(date(2012, 1, 1), "FP7", BOTH)]
    after = [(date(2014, month, 1), "H2020", BOTH) for month in range(1, 13)] * 2 + [(date(2015, 12, 1), "H2020", BOTH)]
    view = view_of(projects(*before, *after))
    # 1 before, 25 after in 24 months each: the interval of 25 is that of 25 of 26, as odds
    found = when.compare(view)
    assert (found.months, found.before, found.after) == (24, 1, 25)
    assert finding(when.AROUND, view).startswith("25 times as many projects start after January 2014 as before (95%")
    # a term that starts a year later has 13 months of dated projects on its right side
    assert when.compare(view_of(view.store, term=Period(Month(2014, 12), Month(2016, 12)))).months == 13


@pytest.mark.parametrize(
    ("dated", "undated", "drawn"),
    [
        ([date(2014, 3, 1), date(2016, 5, 1)], "FP7", [(2014, "after", 1), (2015, "after", 0), (2016, "after", 1)]),
        ([date(2012, 1, 1)], "H2020", [(2012, "before", 1)]),
    ],
    ids=["none dated before", "none dated after"],
)
def test_a_side_without_dated_projects_is_not_drawn_as_none(
    projects: Any, dated: list[date], undated: str, drawn: list[tuple[int, str, int]]
) -> None:
    """How many undated ones began there is not known, so there is no column of 0 for it."""
    frame = when.AROUND.data(view_of(projects((None, undated, BOTH), *((day, "H2020", BOTH) for day in dated))))
    assert list(zip(frame["start"].dt.year, frame["phase"], frame["projects"], strict=True)) == drawn


@pytest.mark.parametrize(
    "starts",
    [[], [None], [date(2014, 3, 1)], [date(2013, 6, 1), date(2014, 3, 1)], [date(2012, 1, 1)]],
    ids=["none", "undated", "after only", "half a year before", "before only"],
)
def test_without_a_year_on_both_sides_nothing_is_compared(projects: Any, starts: list[date | None]) -> None:
    view = view_of(projects(*((start, "H2020", BOTH) for start in starts)))
    assert when.compare(view).ratio is None
    frame = when.AROUND.data(view)
    if len(frame):
        assert "cannot be compared" in finding(when.AROUND, view)
        assert "There is no rate to compare" in note(when.AROUND, view)


def test_before_and_after_obey_no_period_and_say_so(projects: Any) -> None:
    store = projects((date(2012, 6, 1), "FP7", BOTH), (date(2015, 1, 1), "H2020", BOTH))
    narrow = view_of(store, Filters(period=Period(Month(2015, 1), Month(2015, 6))))
    assert when.AROUND.data(narrow).equals(when.AROUND.data(view_of(store)))
    assert when.AROUND.origin
    assert when.AROUND.origin.shown(narrow) == "projects of all years · not selected by period"
    assert when.AROUND.records
    assert len(narrow.frame(when.AROUND.records)) == 2


def test_a_projects_page_is_by_its_number_or_else_by_its_record(projects: Any) -> None:
    frame = table.PROJECTS.data(view_of(projects((None, "H2020", BOTH))))
    assert list(frame["cordis_page"]) == ["https://cordis.europa.eu/project/id/0"]
    assert table.page("641185", "193462") == "https://cordis.europa.eu/project/id/641185"
    assert table.page("193462", "193462") == "https://cordis.europa.eu/project/rcn/193462"
    assert table.page("641185", None) == "https://cordis.europa.eu/project/id/641185"


def test_cities_are_in_the_readers_language(sqlite_url: str, insert: Insert) -> None:
    insert(sqlite_url, programme, P)
    (key,) = insert(sqlite_url, eu_project, {"framework": "H2020", "code": "1"})
    rows = [("t", "JP", "KYOTO", 35.0, 135.8), ("p", "FR", "Paris", 48.9, 2.3)]
    insert(sqlite_url, eu_participation, *(
        {"eu_project_id": key, "organisation_code": code, "name": code, "country": country, "city": city,
         "latitude": north, "longitude": east, "located": "city"}
        for code, country, city, north, east in rows
    ))  # fmt: skip
    view = view_of(Store(take(sqlite_url)), language="ja")
    frame = framework.BY_CITY.data(view)
    assert list(frame.columns) == ["japan_city", "country", "projects"]
    assert list(localised(frame, "ja")["日本の都市"]) == ["京都"]
    assert "京都" in finding(framework.BY_CITY, view)
    assert "京都" in str(specification(framework.BY_CITY, frame, view))
    pairs = localised(framework_map.ORGANISATION_MAP.data(view), "ja")
    assert {"京都", "パリ"} <= set(pairs.to_numpy().ravel())


def test_what_cannot_be_placed_leaves_an_empty_map(projects: Any) -> None:
    view = view_of(projects((None, "H2020", BOTH)))
    for figure in (framework_map.COUNTRY_MAP, framework_map.COUNTRY_GLOBE, framework_map.ORGANISATION_MAP):
        frame = figure.data(view)
        assert len(frame) == 1
        assert figure.deck
        assert len(figure.deck(frame, view).layers) == 3
    assert specification(framework_map.COUNTRY_MAP, framework_map.COUNTRY_MAP.data(view), view)["$schema"]


@languages
def test_words_of_parts_and_fields(record: Record, language: str) -> None:  # noqa: F811
    view = view_of(record.store, language=language)
    assert what.part_name("H2020-EU.1.3.", view) != "H2020-EU.1.3."
    assert what.part_name("H2020-NEW", view) == "H2020-NEW"  # we have no words for it: as it is written
    field = "electrical engineering, electronic engineering, information engineering"
    assert what.field_name(field, view) == {"en": "Electrical, electronic, information engineering",
                                            "ja": "電気・電子・情報工学"}[language]  # fmt: skip
    assert what.field_name("alchemy", view) == "alchemy"


def test_a_broad_field_stands_above_its_narrow_ones(record: Record) -> None:  # noqa: F811
    frame = what.FIELDS_OF_SCIENCE.data(view_of(record.store))
    broad = frame["narrow_field"].isna()
    assert broad.iloc[0]
    assert frame["broad_field"].is_unique is False
    for _, group in frame.groupby("broad_field", sort=False):
        assert list(group["narrow_field"].isna()) == [True] + [False] * (len(group) - 1)
        assert group["projects"].iloc[0] >= group["projects"].max()
    assert list(frame["projects"][broad]) == sorted(frame["projects"][broad], reverse=True)


@pytest.fixture
def page(visit: Visit) -> Any:  # noqa: F811
    return lambda url, **query: visit(url, PAGE, **query)


@languages
def test_the_page_shows_every_figure(page: Any, record: Record, language: str) -> None:  # noqa: F811
    network.work_out(view_of(record.store))
    visitor = page(record.url, lang=language)
    for _ in range(50):
        if len(visitor.get("vega_lite_chart")) == 9:
            break
        time.sleep(0.1)
        visitor = visitor.run()
    assert not visitor.exception
    assert markup(visitor).count("<h1>") == 1
    # matrix, two by year, around, parts, fields, compared, leading, brokers; the table is a table
    assert len(visitor.get("vega_lite_chart")) == 9
    assert len(visitor.get("deck_gl_json_chart")) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("map", "organisations"), ("matrix", "organisations"), ("compared", "years"), ("leading", "partners"),
     ("table", "participations")],
)  # fmt: skip
def test_the_choices_of_the_page(page: Any, record: Record, key: str, value: str) -> None:  # noqa: F811
    visitor = page(record.url)
    visitor.segmented_control(key=f"framework-{key}").set_value(value).run()
    assert not visitor.exception


@languages
def test_without_cordis_data_the_one_command_is_told(page: Any, demo_url: str, language: str) -> None:
    visitor = page(demo_url, lang=language)
    assert not visitor.exception
    assert [code.value for code in visitor.code] == ["python -m dashboard import-cordis FILE.zip --country JP"]
    assert said(visitor, "empty") == []


def test_another_countrys_projects_alone_are_none_of_japans(page: Any, sqlite_url: str, insert: Insert) -> None:
    insert(sqlite_url, programme, P)
    (key,) = insert(sqlite_url, eu_project, {"framework": "H2020", "code": "1"})
    insert(sqlite_url, eu_participation, {"eu_project_id": key, "organisation_code": "1", "country": "KR"})
    visitor = page(sqlite_url)
    assert not visitor.exception
    assert [code.value for code in visitor.code] == ["python -m dashboard import-cordis FILE.zip --country JP"]


def test_a_network_that_takes_time_is_waited_for(
    page: Any,
    record: Record,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "PATIENCE", 0.01)
    slow = network.standings

    def standings(members: Any) -> Any:
        time.sleep(1.5)
        return slow(members)

    monkeypatch.setattr(network, "standings", standings)
    network._found.clear()
    visitor = page(record.url)
    assert not visitor.exception
    assert "The network is being worked out." in markup(visitor)
    time.sleep(2)
    visitor.run()
    assert "The network is being worked out." not in markup(visitor)
    assert "stands between most others" in markup(visitor)


def test_work_beside_requests_is_begun_once_and_tells_its_faults() -> None:
    begun = []

    def slow() -> None:
        begun.append(1)
        time.sleep(0.6)

    assert [background.done("slow", slow) for _ in range(2)] == [False, False]
    time.sleep(0.6)
    assert background.done("slow", slow)
    assert begun == [1]

    def faulty() -> None:
        raise ValueError("no network")

    for _ in range(2):  # it is begun anew
        with pytest.raises(ValueError, match="no network"):
            background.done("faulty", faulty)


def test_what_is_worked_out_is_kept_by_version_and_filters(record: Record, monkeypatch: Any) -> None:  # noqa: F811
    network._found.clear()
    view = view_of(record.store)
    assert not network.worked_out(view)
    first = network.work_out(view)
    assert network.worked_out(view)
    assert network.work_out(view) is first
    assert not network.worked_out(view_of(record.store, FILTERS["half-year"]))
    monkeypatch.setattr(network, "KEPT", 1)
    network.work_out(view_of(record.store, FILTERS["half-year"]))
    assert not network.worked_out(view)


def test_the_record_of_these_tests_says_enough(record: Record) -> None:  # noqa: F811
    view = view_of(record.store)
    assert all(len(figure.data(view)) for figure in FIGURES.values())
