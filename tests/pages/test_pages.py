"""Every page, in every language, on records of every size: it runs, says what it left out, and writes nothing."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor, wait
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard.sitemap import PAGES
from dashboard.text import LANGUAGES, text, words
from dashboard.ui import figure_card, map_card, session
from dashboard.ui.style import STYLE
from tests.pages.conftest import Visit, markup, said

BY_KEY = {page.key: page for page in PAGES}
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
languages = pytest.mark.parametrize("language", LANGUAGES)


@pages
@languages
@pytest.mark.parametrize("record", ["demo_url", "empty_url", "one_row_url"])
def test_a_page_runs(visit: Visit, request: pytest.FixtureRequest, record: str, page, language: str) -> None:
    visitor = visit(request.getfixturevalue(record), page, lang=language)
    assert not visitor.exception
    assert markup(visitor).count("<h1>") == 1


def test_no_more_than_two_pages_are_made_at_a_time(visit: Visit, demo_url: str) -> None:
    page = BY_KEY["partnerships"]
    visit(demo_url, page)
    with ThreadPoolExecutor(1) as pool:
        with session.TURNS, session.TURNS:
            third = pool.submit(visit, demo_url, page)
            assert not wait([third], timeout=3).done
        assert not third.result(timeout=60).exception
    assert all(session.TURNS.acquire(blocking=False) for _ in range(2))  # and each gave its turn back
    session.TURNS.release(2)


def test_what_is_drawn_is_sent_with_one_piece_of_words(visit: Visit, demo_url: str) -> None:
    bodies = [part.proto.body for part in visit(demo_url, BY_KEY["helpdesk"]).get("html")]
    [volume] = [body for body in bodies if 'id="case_volume"' in body]
    assert volume.startswith('<div class="part"><h3 id="case_volume">')
    assert re.search(r'</div><div class="part below"><p class="foot">Source: programme[^<]*</p></div>$', volume)


AREAS = ("events", "helpdesk", "training", "dialogue")


@languages
@pytest.mark.parametrize("key", AREAS)
def test_a_page_opens_with_what_went_well_and_what_did_not(visit: Visit, demo_url: str, key: str, language) -> None:
    told = markup(visit(demo_url, BY_KEY[key], lang=language))
    first = re.search(r"<h2[^>]*>(.*?)</h2>(.*?</ul>)", told, re.DOTALL)
    assert first
    mixed = 'class="shape plain"' in first[2]
    assert first[1] == text("section.standing_out_mixed" if mixed else "section.standing_out", language)
    assert set(re.findall(r">([▲▼•])<", first[2])) <= set(first[1])
    assert told.index('class="value"') < first.start()
    assert {'class="shape bad"', 'class="shape good"'} <= set(re.findall(r'class="shape \w+"', first[2]))
    ids = set(re.findall(r'id="([^"]+)"', told))
    assert {*re.findall(r'href="#([^"]+)"', first[2])} <= ids


def test_partnerships_open_with_what_is_behind_plan(visit: Visit, demo_url: str) -> None:
    told = markup(visit(demo_url, BY_KEY["partnerships"], lang="en"))
    assert re.findall(r'href="#([^"]+)" target="_self">([^<]+)</a>', told) == [
        ("tile-partnerships", "EU–Japan partnerships: behind plan, 11 against 12 planned")
    ]
    assert 'id="tile-partnerships"' in told


@pytest.mark.parametrize("key", [*AREAS, "partnerships"])
def test_where_nothing_stands_out_nothing_is_said_of_it(visit: Visit, empty_url: str, key: str) -> None:
    assert text("section.standing_out", "en") not in markup(visit(empty_url, BY_KEY[key]))


def test_numbers_on_a_picture_are_explained_below_it(visit: Visit, demo_url: str) -> None:
    for key, lists in (("events", 1), ("helpdesk", 1), ("dialogue", 2)):
        assert markup(visit(demo_url, BY_KEY[key])).count(text("overview.milestones", "en")) == lists


@pages
@languages
def test_a_record_without_a_programme_says_so(visit: Visit, sqlite_url: str, page, language: str) -> None:
    visitor = visit(sqlite_url, page, lang=language)
    address = f"sqlite:///{Path(sqlite_url.removeprefix('sqlite:///'))}"
    assert not visitor.exception
    assert text("problem.title", language) in markup(visitor)
    assert text("problem.no_programme", language, address=address) in markup(visitor)
    assert said(visitor, "foot") == []  # what a program said of it, in English, adds nothing


@pages
@languages
def test_what_an_address_asks_for_in_vain_is_dropped_and_named(visit: Visit, demo_url: str, page, language) -> None:
    wrong = {"from": "2031-01", "to": "2015-13", "theme": ["tea", "biotechnology"], "side": "moon", "country": "ZZ"}
    visitor = visit(demo_url, page, lang=language, **wrong)
    assert not visitor.exception
    reasons = {
        ("from", "2031-01"): "outside_term", ("to", "2015-13"): "not_a_month", ("theme", "tea"): "unknown",
        ("side", "moon"): "unknown", ("country", "ZZ"): "unknown",
    }  # fmt: skip
    (notice,) = said(visitor, "notice")
    for (key, value), reason in reasons.items():
        note = words(language)[f"dropped.{reason}"].replace("{key}", key).replace("{value}", value)
        assert note in notice
    assert visitor.query_params == {"lang": language, "theme": "biotechnology"}


def test_a_period_that_ends_before_it_starts_is_dropped(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, BY_KEY["overview"], **{"from": "2016-02", "to": "2016-01"})
    (notice,) = said(visitor, "notice")
    assert notice.count("the period ends before it starts") == 2
    assert visitor.query_params == {"lang": "en"}


def test_an_unknown_language_is_named_and_the_page_is_in_english(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, BY_KEY["overview"], lang="xx")
    assert "lang = xx: the database does not hold this value." in said(visitor, "notice")[0]
    assert "Outcomes: what changed" in markup(visitor)


def test_a_usable_address_has_no_notice(visit: Visit, demo_url: str) -> None:
    query = {"from": "2015-01", "to": "2015-06", "theme": "biotechnology", "side": "japan", "country": "JP"}
    visitor = visit(demo_url, BY_KEY["partnerships"], **query)
    assert said(visitor, "notice") == []


def test_an_empty_figure_names_the_filters_to_loosen(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, BY_KEY["partnerships"], **{"from": "2013-09", "to": "2013-09", "theme": "biotechnology"})
    assert not visitor.exception
    nothing = "Nothing to show in this selection Loosen the filter: period, theme."
    assert said(visitor, "empty") == [nothing] * 7  # map, matrix, pipeline, by theme, by year, origins, table


def test_an_empty_figure_names_no_filter_that_was_not_chosen(visit: Visit, demo_url: str) -> None:
    visitor = visit(demo_url, BY_KEY["partnerships"], country="GR")
    assert set(said(visitor, "empty")) == {"Nothing to show in this selection Loosen the filter: side or country."}


def test_an_empty_record_asks_for_no_loosening(visit: Visit, empty_url: str) -> None:
    visitor = visit(empty_url, BY_KEY["partnerships"])
    nothing = "Nothing to show yet The programme database holds no such records yet."
    assert said(visitor, "empty") == [nothing] * 7


def test_no_page_writes(visit: Visit, sqlite, demo_url: str) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    record = Path(url.removeprefix("sqlite:///"))
    before = sha256(record.read_bytes()).hexdigest(), record.stat().st_mtime_ns
    for page in PAGES:
        visitor = visit(url, page)
        for choice in visitor.multiselect:
            if choice.key and choice.key.startswith("shown-"):
                choice.select(choice.options[0])
        assert not visitor.run().exception
    assert (sha256(record.read_bytes()).hexdigest(), record.stat().st_mtime_ns) == before
    assert [path.name for path in record.parent.glob(f"{record.name}*")] == [record.name]


@pytest.mark.usefixtures("faulty")
def test_a_figure_that_cannot_be_made_leaves_the_page_whole(
    visit: Visit, demo_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any) -> Any:
        raise ZeroDivisionError("a figure's fault")

    page, draw = BY_KEY["partnerships"], figure_card.drawing
    whole = len(visit(demo_url, page).get("vega_lite_chart"))
    st.cache_resource.clear()
    monkeypatch.setattr(figure_card, "drawing", lambda figure, *rest: breaks() if figure.name == "pipeline"
                        else draw(figure, *rest))  # fmt: skip
    visitor = visit(demo_url, page)
    assert not visitor.exception
    assert len(visitor.get("vega_lite_chart")) == whole - 1
    assert "This figure could not be made: From contact to funding." in " ".join(said(visitor, "empty"))
    assert "The figure pipeline could not be made" in caplog.text


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("name", "title"),
    [("partnership_map", "Map of partnerships"), ("partnership_table", "All partnerships with their steps")],
)
def test_a_map_and_a_table_of_rows_are_guarded_alike(
    visit: Visit, demo_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    name: str, title: str,
) -> None:  # fmt: skip
    def tools(figure: Any, view: Any) -> None:
        if figure.name == name:
            raise ZeroDivisionError("a figure's fault")
        whole(figure, view)

    whole = figure_card.tools
    for module in (figure_card, map_card):
        monkeypatch.setattr(module, "tools", tools)
    st.cache_resource.clear()
    visitor = visit(demo_url, BY_KEY["partnerships"])
    assert not visitor.exception
    assert f"This figure could not be made: {title}." in " ".join(said(visitor, "empty"))
    assert "Of 11 contacts, 10 led to an agreement, 8 to a proposal, 4 to funding" in markup(visitor)
    assert f"The figure {name} could not be made" in caplog.text


def test_what_a_link_leads_to_stands_below_the_bar_at_the_top() -> None:
    assert "h3[id], .value[id] { scroll-margin-top: 5.5rem; }" in STYLE.template
