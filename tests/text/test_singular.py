"""One of a thing is said in the singular: in the words themselves, and wherever a record of single rows is shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from dashboard.database.schema import TABLES
from dashboard.database.snapshot import take
from dashboard.figures import talk
from dashboard.figures.briefing import said as brief_of
from dashboard.figures.captions import about, notes, subtitle
from dashboard.figures.files import specification
from dashboard.figures.findings import findings
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.sitemap import PAGES
from dashboard.store import Store
from dashboard.text import text, words
from tests.pages.conftest import ROW, markup, one_row_url, visit  # noqa: F401 - fixtures

ONE = re.compile(r"(?<![\d.,–−/] )(?<![\w.,–−-])1 ((?:[a-z]+[ -]){0,2}?\w+s)\b")
SINGULAR = {"series", "news", "was", "is", "has", "joins", "runs", "as"}
"""What ends in s and goes with one."""
MANY = {"threshold", "few", "least", "seminars", "value", "amount", "gain", "later"}
"""Placeholders that hold no bare number, or one that is more than one."""
NO_COUNT = {
    "figure.enquirer_countries.finding", "figure.standard_in_time.finding",  # shares
    "figure.cases_around_training.axis", "figure.cases_around_training.unknown", "present.most",  # numbers of ours
}  # fmt: skip
CHOICE = re.compile(r"\{\w+:(?:[^{}]|\{\w+\})*\}")


def plurals() -> set[str]:
    """The nouns that stand with a singular of theirs somewhere: their last words."""
    forms = re.findall(r"\{\w+:([\w -]+)\|([\w -]+)\}", "\n".join(words("en").values()))
    return {many.split()[-1] for one, many in forms if many == f"{one}s" or many == one[:-1] + "ies"} | {"people"}


def test_the_form_goes_with_the_number() -> None:
    assert text("figure.table_alt", "en", count="1") == "Table with 1 row"
    assert text("figure.table_alt", "en", count="0") == "Table with 0 rows"
    assert text("figure.table_alt", "en", count="1,001") == "Table with 1,001 rows"
    assert text("finding.all_met", "en", count="1").startswith("The one indicator with a target is on track or")
    assert text("finding.all_met", "en", count="2").startswith("Both indicators with a target are on track or")
    assert text("finding.all_met", "en", count="12").startswith("All 12 indicators with a target are on track or")
    assert text("indicator.events.short", "en", count="1") == "event"
    assert text("indicator.people_reached.short", "en", count="1") == "person reached"
    assert text("indicator.events.short", "ja", count="1") == "イベント"
    assert text("finding.all_met", "en", count="3").startswith("All 3 indicators with a target are on track or")


def test_a_noun_that_has_a_singular_is_never_without_it_after_a_number() -> None:
    nouns = "|".join(sorted(plurals()))
    bare = re.compile(rf"\{{(\w+)\}} (?:[a-zA-Z-]+ )?(?:{nouns})\b")
    assert len(plurals()) > 20
    assert {
        key: written
        for key, written in words("en").items()
        if not key.endswith(("_many", "_one")) and not key.startswith("unit.") and key not in NO_COUNT
        for name in bare.findall(CHOICE.sub("", written))
        if name not in MANY
    } == {}


def strings(made: Any) -> list[str]:
    if isinstance(made, dict):
        return [one for value in made.values() for one in strings(value)]
    if isinstance(made, list):
        return [one for value in made for one in strings(value)]
    return [made] if isinstance(made, str) else []


def wrong(said: list[str]) -> list[str]:
    return [one for one in said for found in ONE.findall(one) if found.split()[-1] not in SINGULAR]


@pytest.fixture
def view(one_row_url: str) -> View:  # noqa: F811
    taken = take(one_row_url)
    term = Period(Month(2014, 1), Month(2016, 12))
    return View(Filters(), "en", False, Programme(term, date(2018, 1, 1)), taken.version, Store(taken))


def test_figures_of_single_rows(view: View) -> None:
    found = {}
    for name, figure in FIGURES.items():
        frame = figure.frame(view)
        said = [figure.say_title(frame, view), subtitle(figure, view), *notes(figure, frame, view)]
        said += [definition for _, definition in about(figure, view)]
        if len(frame):
            drawn = strings(specification(figure, frame, view)) if figure.draw else []
            said += [figure.alt(frame, view), *drawn]
        found[name] = wrong(said)
    assert {name: said for name, said in found.items() if said} == {}


def test_findings_slides_and_brief_of_single_rows(view: View) -> None:
    said = [one.said for one in findings(view)]
    for name in talk.SLIDES:
        slide = talk.slide(name, view)
        said += [slide.title, slide.subtitle, slide.alt, *slide.notes]
    written = brief_of(view, [])
    said += [one.said for one in written.findings] + strings([list(vars(row).values()) for stage in written.stages
                                                              for row in stage.rows])  # fmt: skip
    assert wrong(said) == []
    assert len(said) > 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_of_single_rows(visit: Any, one_row_url: str, page: Any) -> None:  # noqa: F811
    visitor = visit(one_row_url, page)
    assert not visitor.exception
    assert wrong([re.sub("<[^>]+>", "\n", markup(visitor))]) == []


def test_the_record_has_a_row_of_everything() -> None:
    assert set(ROW) == {table.name for table in TABLES}
