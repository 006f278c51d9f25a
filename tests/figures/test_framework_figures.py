"""The framework programmes' figures in words and pictures, from a few projects whose figures are known by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.database.schema import (
    eu_participation,
    eu_project,
    eu_project_field,
    eu_project_focus,
    import_batch,
    programme,
)
from dashboard.database.snapshot import take
from dashboard.exports.table import localised
from dashboard.figures import data, framework_network, framework_table, framework_what, framework_when, framework_who
from dashboard.figures import framework as figures
from dashboard.figures import framework_map as maps
from dashboard.figures.captions import source_line, subtitle
from dashboard.figures.files import file, specification
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import LANGUAGES
from tests.pages.conftest import P, Visit, markup, said, visit  # noqa: F401

TOKYO, PARIS, BOSTON = (35.69, 139.69), (48.85, 2.35), (42.36, -71.06)
PROJECTS = [("H2020", "1", date(2015, 1, 1)), ("H2020", "2", date(2016, 5, 1)), ("FP7", "3", None)]
PARTICIPATIONS = [
    # project, organisation, name, country, city, place, located, contribution
    ("1", "T", "Tokyo U", "JP", "TOKYO", TOKYO, "city", None),
    ("1", "F", "Paris U", "FR", "PARIS", PARIS, "city", Decimal(1_500_000)),
    ("2", "T", "Tokyo U", "JP", "TOKYO", TOKYO, "city", Decimal(100_000)),
    ("2", "F", "Paris U", "FR", "PARIS", PARIS, "city", None),
    ("2", "B", None, "US", "BOSTON", BOSTON, "city", None),  # its code stands in for its name
    ("3", "K", None, "JP", None, (36.0, 138.0), "country", None),
    ("3", "F", "Paris U", "FR", "PARIS", PARIS, "city", None),
]
ALL, ITALY = Filters(), Filters(countries=("IT",))
FIGURES = [
    one
    for one in chain.from_iterable(vars(module).values() for module in (
        figures, maps, framework_network, framework_table, framework_what, framework_when, framework_who,
    ))
    if isinstance(one, Figure)
]  # fmt: skip
RECORDS = {
    "framework_parts": 3, "framework_fields": 3, "framework_around": 3,  # projects
    "framework_compared": 3, "framework_compared_years": 3,  # Horizon 2020's participations of Japan and the US
}  # fmt: skip
languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def url(shared_sqlite_url: str, insert: Any) -> str:
    """A programme and three framework projects."""
    insert(shared_sqlite_url, programme, P)
    (batch,) = insert(
        shared_sqlite_url, import_batch,
        {"imported_at": datetime.fromisoformat("2020-12-24 08:00"), "imported_by": "us", "file": "h2020.zip",
         "sha256": "0", "rows_added": 10, "rows_changed": 0, "rows_refused": 0},
    )  # fmt: skip
    ids = insert(
        shared_sqlite_url, eu_project,
        *({"framework": one, "code": code, "start": start, "import_batch_id": batch} for one, code, start in PROJECTS),
    )  # fmt: skip
    key = {code: one for (_, code, _), one in zip(PROJECTS, ids, strict=True)}
    insert(
        shared_sqlite_url,
        eu_participation,
        *(
            {
                "eu_project_id": key[project], "organisation_code": code, "name": name, "country": country,
                "city": city, "latitude": place[0], "longitude": place[1], "located": located,
                "eu_contribution": euros, "kind": "HES", "role": "participant",
            }
            for project, code, name, country, city, place, located, euros in PARTICIPATIONS
        ),
    )  # fmt: skip
    kept_for = [("1", "JP"), ("2", "JP"), ("3", "JP"), ("2", "US")]
    insert(shared_sqlite_url, eu_project_focus, *({"eu_project_id": key[one], "country": of} for one, of in kept_for))
    path = "/natural sciences/physical sciences/optics"
    insert(shared_sqlite_url, eu_project_field, {"eu_project_id": key["1"], "path": path})
    return shared_sqlite_url


@pytest.fixture(scope="module")
def see(url: str) -> Any:
    store = Store(take(url))

    def make(filters: Filters = ALL, language: str = "en", dark: bool = False) -> View:
        term = Programme(Period(Month(2014, 1), Month(2016, 12)), date(2017, 1, 1))
        return View(filters, language, dark, term, store.version, store)

    return make


def finding(figure: Figure, view: View) -> str:
    return figure.say_title(figure.data(view), view)


@languages
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key}-{figure.variant}")
def test_every_figure_has_its_words_its_picture_and_its_table(see: Any, figure: Figure, language: str) -> None:
    view = see(language=language, dark=language == "ja")
    frame = figure.data(view)
    assert len(frame)
    for words in (figure.say_title(frame, view), figure.alt(frame, view), subtitle(figure, view)):
        assert words
        assert "nan" not in words.lower()
    assert "CORDIS" in source_line(figure, view)
    assert len(localised(frame, language)) == len(frame)
    if figure.records:
        assert len(localised(view.frame(figure.records), language)) == RECORDS.get(figure.key, len(PARTICIPATIONS))
    if figure.draw:
        assert specification(figure, frame, view)["$schema"]
    if figure.deck:
        assert [layer.id for layer in figure.deck(frame, view).layers] == ["land", "arcs", "places"]
    assert figure.data(see(ITALY, language)).empty
    assert figure.draw is None or figure.note is None or figure.note(frame, view)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.key}-{figure.variant}")
def test_a_file_says_where_its_figures_come_from(see: Any, figure: Figure) -> None:
    view = see()
    written = file(figure, figure.data(view), view, "csv").decode("utf-8-sig")
    assert "llustrative" not in written
    assert "CORDIS" in written


def test_the_headline_counts(see: Any) -> None:
    assert (
        figures.headline(see()) == "3 EU framework projects join 2 Japanese organisations with partners in 2 countries"
    )
    assert figures.counted(see()) == (
        "7 participations (3 of them Japanese) by 4 organisations; "
        "known EU contribution EUR 1,600,000, for 2 participations (1 of them Japanese)."
    )
    assert figures.headline(see(ITALY)) == "No EU framework projects with Japanese organisations in this selection"


@pytest.mark.parametrize(
    ("amount", "english", "japanese"),
    [
        (1_550_000, "EUR 1.6 million", "1.6百万ユーロ"),
        (58_000_000, "EUR 58.0 million", "58.0百万ユーロ"),  # as exact as those beside it
        (50_000, "EUR 0.1 million", "0.1百万ユーロ"),
        (49_999, "EUR 0.05 million", "0.05百万ユーロ"),
        (42_500, "EUR 0.04 million", "0.04百万ユーロ"),
        (-42_500, "EUR −0.04 million", "−0.04百万ユーロ"),
        (310, "EUR 0.0003 million", "0.0003百万ユーロ"),
        (0, "EUR 0 million", "0百万ユーロ"),
        (None, "EUR – million", "–百万ユーロ"),
    ],
)
def test_no_amount_is_rounded_away(see: Any, amount: float | None, english: str, japanese: str) -> None:
    assert [figures.euros(amount, see(language=language)) for language in LANGUAGES] == [english, japanese]


def test_a_small_contribution_is_drawn_and_said(url: str, see: Any, sqlite: Any, elsewhere: Any) -> None:
    own = sqlite.copy(Path(url).stem)
    elsewhere(own, "UPDATE eu_participation SET eu_contribution = 42500 WHERE eu_contribution = 100000")
    store = Store(take(own))
    view = View(ALL, "en", False, see().programme, store.version, store)
    frame = framework_when.CONTRIBUTION.data(view)
    assert frame.dropna(subset=["eu_contribution"])["eu_contribution"].tolist() == [1_500_000, 42_500]
    spec = framework_when.CONTRIBUTION.draw(frame, view).to_dict()
    drawn = [row for rows in spec["datasets"].values() for row in rows]
    assert {row["label"] for row in drawn if "label" in row} == {"1.5", "0.04"}
    assert {row["value"] for row in drawn if "label" in row} == {1.5, 0.0425}
    assert {row["said"] for row in drawn if "said" in row} == {"1.5", "0.04"}
    made = framework_when.CONTRIBUTION.native(frame, view)
    assert [one.values for one in made.series] == [(1.5, 0.0425)]
    assert made.form == '[=0]0;[<0.0005]"<0.001";#,##0.0##'  # not "0.0" of EUR 400


def test_titles_state_what_was_found(see: Any) -> None:
    view = see()
    assert finding(maps.COUNTRY_MAP, view) == "3 projects join Japan with 2 countries, most often France (3)"
    assert finding(maps.ORGANISATION_MAP, view) == "Tokyo U and Paris U share most projects: 2"
    pairs = maps.ORGANISATION_MAP.frame(view)
    equal = pairs[pairs["projects"] == 1]
    assert (len(pairs), len(equal)) == (3, 2)
    cut = maps.ORGANISATION_MAP.alt(equal.reset_index(drop=True), view)  # the pair that is left out may be as close
    assert cut.endswith(" and Paris U share most projects: 1; as many: at least 1 other")
    assert finding(figures.BY_CITY, view) == "Tokyo and France share most projects: 2"
    assert finding(figures.BY_ORGANISATION, view) == "Tokyo U shares most projects with France: 2"
    assert finding(framework_when.BY_YEAR, view) == (
        "Most projects started in 2015: 1 of the 2 whose start is known; as many: 2016"
    )
    contribution, leaders = finding(framework_when.CONTRIBUTION, view), finding(framework_who.LEADERS, view)
    assert contribution.endswith("that started in 2015: EUR 1.5 million of EUR 1.6 million")
    assert leaders == "Tokyo U takes part in most projects (2), most often with Paris U (2)"
    assert finding(framework_table.PARTICIPATIONS, view).startswith(
        "7 participations by 4 organisations; EU contribution EUR 1,6"
    )


def test_what_is_not_drawn_or_not_known_is_said(see: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    view = see()
    monkeypatch.setattr(maps, "ARCS", 2)
    pairs = maps.ORGANISATION_MAP
    assert pairs.note is not None
    assert pairs.note(pairs.data(view), view).startswith("Drawn: the 2 closest of 3 pairs")
    assert framework_when.CONTRIBUTION.note is not None
    said = framework_when.CONTRIBUTION.note(framework_when.CONTRIBUTION.data(view), view)
    assert said.endswith("at 2 of 7 participations, and at 1 of the 3 Japanese ones.")


@pytest.mark.parametrize(("period", "stands"), [
    (None, True),
    (Period(Month(2016, 1), Month(2016, 12)), True),  # the year of the latest start in the record
    (Period(Month(2014, 6), Month(2015, 12)), True),  # the year before: projects are signed up to a year ahead
    (Period(Month(2014, 1), Month(2014, 12)), False),
])  # fmt: skip
def test_open_years_are_told_only_where_they_are_shown(see: Any, period: Period | None, stands: bool) -> None:
    view = see(Filters(period))
    assert framework_when.years_note(["H2020"], view).startswith("The last years hold only") is stands
    assert framework_when.years_note([], view) == ""


def test_the_years_of_a_framework_that_is_over_are_closed(see: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert framework_when.years_note(["FP7"], see()) == ""
    assert framework_when.years_note(["FP7", "H2020"], see())
    monkeypatch.setitem(framework_when.SETTLED, "H2020", 2016)  # as if its grants had been signed by 2015
    assert framework_when.years_note(["H2020"], see()) == ""


def test_every_figure_by_year_tells_of_open_years(see: Any) -> None:
    told = see().words("framework.years_note")
    by_year = (framework_when.BY_YEAR, framework_when.CONTRIBUTION, framework_when.AROUND, framework_who.COMPARED_YEARS)
    for figure in by_year:
        assert figure.note is not None
        assert told in figure.note(figure.data(see()), see()), figure.key
        closed = see(Filters(Period(Month(2014, 1), Month(2014, 12))))
        held = told in figure.note(figure.data(closed), closed)
        assert held is (figure is framework_when.AROUND), figure.key  # which no period narrows


@pytest.fixture
def without_amounts(sqlite_url: str, insert: Any) -> Callable[[str], View]:
    """Three projects: one of a programme part, one of that and another, one of an unknown one; no contribution."""
    insert(sqlite_url, programme, P)
    for code, part in (("1", "H2020-EU.1.3."), ("2", "H2020-EU.1.3.;H2020-EU.3.5."), ("3", None)):
        (key,) = insert(sqlite_url, eu_project, {"framework": "H2020", "code": code, "programme_part": part})
        insert(sqlite_url, eu_participation, {"eu_project_id": key, "organisation_code": "T", "country": "JP"})
    store = Store(take(sqlite_url))
    term = Programme(Period(Month(2014, 1), Month(2016, 12)), date(2017, 1, 1))
    return lambda language: View(ALL, language, False, term, store.version, store)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The largest programme part is Marie Skłodowska-Curie actions, Horizon 2020: 2 of the 2 projects "
           "whose part is known"),
    ("ja", "最も多い区分はHorizon 2020のマリー・スクウォドフスカ＝キュリー・アクション（区分が分かる2件中2件）"),
])  # fmt: skip
def test_a_share_is_of_the_projects_that_can_be_told_apart(
    without_amounts: Callable[[str], View], language: str, words: str
) -> None:
    assert finding(framework_what.PARTS_OF_PROGRAMMES, without_amounts(language)) == words


def test_what_is_coordinated_is_told_only_where_roles_are_known(sqlite_url: str, insert: Any) -> None:
    insert(sqlite_url, programme, P)
    for code, framework, country, role in (
        ("1", "FP7", "JP", None), ("2", "FP7", "KR", None),
        ("3", "H2020", "JP", "participant"), ("4", "H2020", "JP", None), ("5", "H2020", "KR", "coordinator"),
    ):  # fmt: skip
        (key,) = insert(sqlite_url, eu_project, {"framework": framework, "code": code})
        insert(sqlite_url, eu_participation,
               {"eu_project_id": key, "organisation_code": code, "country": country, "role": role})  # fmt: skip
        insert(sqlite_url, eu_project_focus, {"eu_project_id": key, "country": country})
    store = Store(take(sqlite_url))
    term = Programme(Period(Month(2014, 1), Month(2016, 12)), date(2017, 1, 1))
    view = View(ALL, "en", False, term, store.version, store)
    figure = framework_who.COMPARED
    frame = figure.data(view)
    assert [None if one is pd.NA else one for one in frame["coordinated"]] == [None, None, 0, 1]
    drawn = str(specification(figure, frame, view))
    assert "'1 project'" in drawn
    assert "2 projects, 0 of them coordinated" in drawn
    assert figure.note is not None
    assert "tells no roles" in figure.note(frame, view)
    assert finding(figure, view) == (
        "In Horizon 2020, Japan takes part in 2 projects, more than any other of the 2 imported countries; "
        "next South Korea (1)"
    )


@pytest.mark.parametrize(("language", "labels"), [("en", ["2", "1", "1"]), ("ja", ["2件", "1件", "1件"])])
def test_a_count_without_an_amount_has_its_counter(
    without_amounts: Callable[[str], View], language: str, labels: list[str]
) -> None:
    figure, view = framework_what.PARTS_OF_PROGRAMMES, without_amounts(language)
    drawn = specification(figure, figure.data(view), view)
    (rows,) = drawn["datasets"].values()
    assert [row["label"] for row in rows] == labels


def test_a_nameless_organisation_is_called_by_its_code(see: Any) -> None:
    assert list(framework_who.LEADERS.data(see())["name"]) == ["Tokyo U", "Not named in the file (K)"]
    assert list(framework_who.LEADERS.data(see(language="ja"))["name"]) == ["Tokyo U", "名称の記載なし（K）"]


def test_the_filters_that_do_not_apply_are_named(see: Any) -> None:
    chosen = Filters(Period(Month(2015, 1), Month(2015, 12)), themes=("bio",), sides=("eu",), countries=("FR",))
    assert figures.shown(see()) == "projects of all years"
    assert figures.shown(see(chosen)) == (
        "projects that start January 2015 – December 2015 · with a participant in France · not selected by theme, side"
    )
    assert len(framework_table.PROJECTS.data(see(chosen))) == 1


def test_the_import_is_dated(see: Any) -> None:
    assert figures.line(see()) == (
        "Source: CORDIS, © European Union (FP7 (2007–2013), Horizon 2020), imported 24 December 2020"
    )


@pytest.fixture
def page(visit: Visit) -> Any:  # noqa: F811
    from dashboard.sitemap import PAGES

    partnerships = next(page for page in PAGES if page.key == "partnerships")
    return lambda url, **query: visit(url, partnerships, **query)


@languages
def test_the_switch_shows_framework_projects(page: Any, url: str, language: str) -> None:
    visitor = page(url, show="framework", lang=language)
    assert not visitor.exception
    assert visitor.query_params == {"show": "framework", "lang": language}
    assert markup(visitor).count("<h1>") == 1
    assert len(visitor.get("vega_lite_chart")) == 4
    assert len(visitor.get("deck_gl_json_chart")) == 1
    shown = visitor.segmented_control(key="shown-show")
    assert shown.value == "framework"
    shown.set_value("programme").run()
    assert "show" not in visitor.query_params
    assert not visitor.exception


@pytest.mark.parametrize(("key", "value"), [("map", "organisations"), ("matrix", "organisations"),
                                            ("table", "participations")])  # fmt: skip
def test_the_choices_of_the_view(page: Any, url: str, key: str, value: str) -> None:
    visitor = page(url, show="framework")
    visitor.segmented_control(key=f"framework-{key}").set_value(value).run()
    assert not visitor.exception


def test_a_selection_without_projects_is_no_fault(page: Any, url: str) -> None:
    visitor = page(url, show="framework", **{"from": "2014-02", "to": "2014-03"})
    assert not visitor.exception
    assert "No EU framework projects" in markup(visitor)
    assert len(said(visitor, "empty")) == 6


@languages
def test_without_cordis_data_the_command_is_told(page: Any, demo_url: str, language: str) -> None:
    visitor = page(demo_url, show="framework", lang=language)
    assert not visitor.exception
    assert [code.value for code in visitor.code] == ["python -m dashboard import-cordis FILE.zip --country JP"]


def test_an_unknown_view_is_dropped_and_named(page: Any, url: str) -> None:
    visitor = page(url, show="moon")
    assert not visitor.exception
    assert "show" not in visitor.query_params
    assert any("show = moon" in notice for notice in said(visitor, "notice"))


def test_the_data_page_names_cordis_where_its_rows_are_from_there(see: Any) -> None:
    view = see()
    assert source_line(data.PUBLIC["eu_project"], view).startswith("Source: CORDIS, © European Union")
    assert source_line(data.PUBLIC["activity"], view).startswith("Source: programme database")
    both = source_line(data.HOLDINGS, view)
    assert both.startswith("Source: programme database")
    assert "Source: CORDIS" in both
