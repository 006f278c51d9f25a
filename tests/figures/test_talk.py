"""What a slide says is what the page says, for any selection and in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.figures import captions, talk
from dashboard.figures.files import specification
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store

TERM = Period(Month(2013, 9), Month(2017, 2))


@pytest.fixture(params=["en", "ja"])
def view(request: pytest.FixtureRequest, demo_snapshot) -> View:
    return seen(demo_snapshot, request.param)


def seen(snapshot, language: str, **filters) -> View:
    programme = Programme(TERM, date(2018, 1, 1))
    return View(Filters(**filters), language, False, programme, snapshot.version, Store(snapshot))


@pytest.mark.parametrize("name", talk.SETS)
def test_a_ready_talk_has_a_name_and_its_slides_exist(name: str, view: View) -> None:
    assert talk.set_title(name, view)
    assert talk.chosen(talk.SETS[name]) == (list(talk.SETS[name]), [])


@pytest.mark.parametrize("name", talk.SLIDES)
def test_every_slide_has_a_name_of_its_own_in_a_list(name: str, view: View) -> None:
    titles = [talk.slide_title(one, view) for one in talk.SLIDES]
    assert titles.count(talk.slide_title(name, view)) == 1


def test_names_that_are_no_slides_are_told_apart_and_none_stands_twice() -> None:
    assert talk.chosen(["pipeline", "cake", "findings", "pipeline"]) == (["pipeline", "findings"], ["cake"])


def test_an_indicator_by_hand(demo_snapshot) -> None:
    """11 partnerships are published and recorded."""
    made = talk.slide("indicator-partnerships", seen(demo_snapshot, "en"))
    assert made.title == "EU–Japan partnerships: 11"
    assert made.subtitle == "September 2013 – February 2017 · All themes · EU and Japan"
    assert made.indicator is not None
    assert made.indicator.now.value == 11
    assert made.source.startswith("Source: programme database, illustrative records, read ")
    assert talk.slide("indicator-partnerships", seen(demo_snapshot, "ja")).title == "日欧パートナーシップ：11"


def test_a_figure_carries_what_its_card_says(view: View) -> None:
    made, figure = talk.slide("case_volume", view), FIGURES["case_volume"]
    frame = figure.frame(view)
    assert made.title == figure.say_title(frame, view)
    assert made.frame is not None
    assert made.frame["cases"].sum() == 987
    assert figure.note is not None
    assert made.notes == (figure.note(frame, view),)
    assert not made.is_empty


def test_findings_are_those_of_the_overview_the_most_pressing_first(view: View) -> None:
    from dashboard.figures.findings import findings

    made = talk.slide("findings", view)
    assert list(made.findings) == findings(view)[: talk.MOST_FINDINGS]
    assert made.alt.startswith(findings(view)[0].said)


def test_a_slide_without_rows_says_what_it_would_show(demo_snapshot) -> None:
    first = Period(Month(2013, 9), Month(2013, 9))
    made = talk.slide("pipeline", seen(demo_snapshot, "en", period=first, themes=("biotechnology",)))
    assert made.is_empty
    assert made.alt == "Nothing to show in this selection"


def test_the_results_chain_says_what_it_is_shown_for(demo_snapshot) -> None:
    """Its numbers follow the filters, so its subtitle does; what was published is of the whole programme."""
    term = Period(Month(2013, 9), Month(2017, 2))
    chosen = Filters(period=Period(Month(2015, 1), Month(2015, 12)), themes=("biotechnology",))
    store = Store(demo_snapshot)
    view = View(chosen, "en", False, Programme(term, date(2018, 1, 1)), store.version, store)
    shown = "January 2015 – December 2015 · Biotechnology · EU and Japan"
    assert talk.slide("results_chain", view).subtitle.endswith(shown)
    assert talk.slide("reconciliation", view).subtitle.endswith("September 2013 – February 2017")


def test_countries_say_themselves_on_which_side_they_are(demo_snapshot) -> None:
    """"EU and Japan · Japan" read as two choices."""
    for chosen, shown in (
        (Filters(countries=("JP",)), "All themes · Japan"), (Filters(sides=("eu",)), "All themes · EU"),
        (Filters(sides=("eu",), countries=("DE", "FR")), "All themes · EU · Germany, France"),
        (Filters(), "All themes · EU and Japan"),
    ):  # fmt: skip
        view = replace(seen(demo_snapshot, "en"), filters=chosen)
        assert captions.in_words(view) == f"September 2013 – February 2017 · {shown}"


def test_the_chain_writes_a_share_as_everything_else_does(demo_snapshot) -> None:
    """"100 %" with a space stood outside its box."""
    view, figure = seen(demo_snapshot, "en"), FIGURES["results_chain"]
    spec = specification(figure, figure.frame(view), view)
    values = {row["value"] for rows in spec["datasets"].values() for row in rows if "value" in row}
    assert {"22%", "79%", "2,700", "17.3"} <= values
