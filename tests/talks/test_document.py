"""The talk's document: what its slides say in both languages, and that it needs nothing beside itself."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from sqlalchemy import update

from dashboard.charts.theme import DARK, LIGHT
from dashboard.database import engine
from dashboard.database.schema import activity, theme
from dashboard.database.snapshot import take
from dashboard.exports import stage
from dashboard.exports.table import left_out
from dashboard.figures import talk
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.filters import Choices, Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.talks import answer, drawing
from dashboard.talks.document import MOST_SLIDES, Talk, document, policy, script, warm
from dashboard.talks.table import CELL, CHARACTERS, LINES, fitting, in_words
from dashboard.text import text
from tests.figures.test_talk import TERM, seen

CHOICES = Choices(TERM, ("biotechnology", "power-electronics"), ("DE", "JP"), ("P",))


class Page(HTMLParser):
    """What a document holds: each element's name and attributes, and the text of those that are shown."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] not in ("script", "style"):
            self.said.append(data)


def slides(written: str) -> list[ElementTree.Element]:
    """The slides; they are well formed, or this raises."""
    found = re.findall(r'<section class="slide".*?</section>', written, re.DOTALL)
    return [ElementTree.fromstring(one) for one in found]


def said(element: ElementTree.Element, css: str, language: str) -> list[str]:
    """The words of a slide's parts of a class in a language."""
    return [
        " ".join("".join(part.itertext()).split())
        for part in element.iter()
        if css in part.get("class", "").split() and part.get("lang") == language
    ]


@pytest.fixture(scope="module", params=talk.SETS)
def ready(request: pytest.FixtureRequest, demo_snapshot) -> tuple[str, str]:
    name: str = request.param
    return name, document(Talk(talk.SETS[name]), seen(demo_snapshot, "en"))


def test_a_ready_talk_shows_its_slides_in_order(ready: tuple[str, str], demo_snapshot) -> None:
    name, written = ready
    made = slides(written)
    for language in ("en", "ja"):
        titles = [said(one.find(".//h2"), "pair", language)[0] for one in made]  # type: ignore[arg-type]
        view = seen(demo_snapshot, language)
        assert titles == [" ".join(talk.slide(one, view).title.split()) for one in talk.SETS[name]]
    pages = [part.text for one in made for part in one.iter() if part.get("class") == "page"]
    assert pages == [f"{place} / {len(made)}" for place in range(1, len(made) + 1)]
    assert [one.get("id") for one in made] == [str(place) for place in range(1, len(made) + 1)]


def test_every_slide_names_its_source_and_wears_the_badge(ready: tuple[str, str]) -> None:
    for one in slides(ready[1]):
        for language in ("en", "ja"):
            (source,), (badge,) = said(one, "source", language), said(one, "mark", language)
            assert "2026" in source or "UTC" in source
            assert badge == text("badge.illustrative", language)
            assert len(said(one, "shown", language)) == 1


def test_every_picture_says_what_it_shows(ready: tuple[str, str]) -> None:
    pictures = [part for one in slides(ready[1]) for part in one.iter("figure")]
    assert len(pictures) >= 14
    assert all(one.get("role") == "img" and len(one.get("aria-label", "")) > 10 for one in pictures)
    assert all(part.get("aria-hidden") for one in pictures for part in one.iter("{http://www.w3.org/2000/svg}svg"))


def test_no_name_stands_twice_and_every_reference_finds_one(ready: tuple[str, str]) -> None:
    written = ready[1]
    names = [given["id"] for _, given in Page(written).elements if "id" in given]
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([^)]*)\)", written)) <= set(names)
    assert set(re.findall(r'aria-labelledby="([^"]*)"', written)) <= set(names)


def test_nothing_is_fetched(ready: tuple[str, str]) -> None:
    written = ready[1]
    for name, given in Page(written).elements:
        assert name not in ("img", "image", "iframe", "object", "embed", "video", "audio", "base"), name
        for key in ("src", "href", "xlink:href", "srcset", "action", "data"):
            assert given.get(key, "data:,").startswith(("data:", "#")), (name, given)
    assert set(re.findall(r"https?://[^\s\"'<)]*", written)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in written
    assert set(re.findall(r"url\(([^)]*)\)", written)) == {f"#{one}" for one in re.findall(r"url\(#([^)]*)\)", written)}


def test_the_script_is_the_one_that_the_policy_allows(ready: tuple[str, str]) -> None:
    (inline,) = re.findall(r"<script>(.*?)</script>", ready[1], re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert inline == script()
    assert f"script-src 'sha256-{digest}'" in policy()
    assert "default-src 'none'" in policy()


def test_an_indicator_by_hand(demo_snapshot) -> None:
    """2 700 people are published and recorded, 2 500 were planned."""
    (made,) = slides(document(Talk(("indicator-people_reached",)), seen(demo_snapshot, "en")))
    english, japanese = said(made, "shown", "en")[0], said(made, "shown", "ja")[0]
    assert english.startswith("2,700 people▲ ahead by 200 · target 2,500 people")
    assert "✓ published: 2,700" in english
    assert english.endswith("Sept 2013Feb 2017")
    assert japanese.startswith("2,700人▲ 200先行・目標2,500人")


def test_findings_are_a_list(demo_snapshot) -> None:
    (made,) = slides(document(Talk(("findings",)), seen(demo_snapshot, "en")))
    lines = ["".join(line.itertext()) for line in made.iter("li")]
    assert lines[0] == "▼EU–Japan partnerships: behind plan, 11 against 12 planned."
    assert len(lines) == 2 * len(talk.slide("findings", seen(demo_snapshot, "en")).findings)


def second(slide: ElementTree.Element) -> tuple[str, str]:
    """The language of a slide's list of words in the second language, and the list."""
    (found,) = (part for part in slide.iter("p") if part.get("class") == "second")
    return found.get("lang", ""), found.text or ""


def test_words_stand_in_both_languages_side_by_side(demo_snapshot) -> None:
    made = slides(document(Talk(("findings", "indicator-events"), "both"), seen(demo_snapshot, "ja")))
    for one, lines in zip(made, (6, 1), strict=True):
        (body,) = (part for part in one.iter() if part.get("class") == "body worded")
        assert [(part.get("class"), part.get("lang")) for part in body] == [
            ("in pair shown", "ja"), ("in pair shown", "en")
        ]  # fmt: skip
        assert body.get("style") == f"--lines: {lines}"
        assert second(one) == ("en", "")


def test_a_picture_s_and_a_table_s_words_stand_below_in_the_second_language(demo_snapshot) -> None:
    names = ("pipeline", "headline_indicators", "event_table")
    chart, table, cut = slides(document(Talk(names, "both"), seen(demo_snapshot, "en")))
    assert second(chart) == (
        "ja", "Contact = 接触 · Agreement = 合意 · Proposal = 提案 · Funded = 資金獲得 · Concluded = 完了"
    )  # fmt: skip
    assert "Planned = 計画" in second(table)[1]
    assert "Outputs = アウトプット" in second(table)[1]
    last = second(cut)[1].splitlines()[-1]
    assert re.fullmatch(r"全48行のうち\d+行、全\d+列のうち\d列を示します。残りはダッシュボードにあります。", last)
    (turned,) = slides(document(Talk(("pipeline",), "both"), seen(demo_snapshot, "ja")))
    assert second(turned)[0] == "en"
    assert second(turned)[1].startswith("接触 = Contact · 合意 = Agreement")


def test_notes_hold_the_figures_in_words_and_the_definition(demo_snapshot) -> None:
    (made,) = slides(document(Talk(("success",)), seen(demo_snapshot, "en")))
    (notes,) = said(made, "spoken", "en")
    slide = talk.slide("success", seen(demo_snapshot, "en"))
    assert " ".join(slide.alt.split()) in notes
    assert all(" ".join(value.split()) in notes for _, value in slide.about)


def test_a_slide_without_rows_says_so(demo_snapshot) -> None:
    view = seen(demo_snapshot, "en", period=Period(Month(2013, 9), Month(2013, 9)), themes=("biotechnology",))
    (made,) = slides(document(Talk(("pipeline",)), view))
    assert said(made, "shown", "en") == ["Nothing to show in this selection"]
    assert said(made, "shown", "ja") == [text("empty.title", "ja")]


@pytest.mark.parametrize(
    ("shown", "first", "lang"), [("en", "ja", "en"), ("ja", "en", "ja"), ("both", "ja", "ja"), ("both", "en", "en")]
)
def test_the_document_is_in_the_language_that_is_shown_first(demo_snapshot, shown: str, first: str, lang: str) -> None:
    written = document(Talk(("findings",), shown, "dark"), seen(demo_snapshot, first))
    (root,) = (given for name, given in Page(written).elements if name == "html")
    assert root == {"lang": lang, "data-show": shown, "data-first": first, "data-colours": "dark"}
    languages = [part.get("lang") for part in slides(written)[0].find(".//h2")]  # type: ignore[union-attr]
    assert languages == [first, {"en": "ja", "ja": "en"}[first]]


HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)> id="3" url(#x) &amp;"""


def test_words_from_the_record_are_only_words(sqlite, demo_url: str) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    with engine.writing(url) as connection:
        connection.execute(update(theme).values(name=HOSTILE, name_ja=HOSTILE))
        connection.execute(update(activity).values(title=HOSTILE, title_ja=HOSTILE, city=HOSTILE))
    snapshot = take(url)
    names = ("event_table", "partnerships_by_theme", "seminar_scores", "event_map", "reach_by_city", "origins")
    view = seen(snapshot, "en", themes=("biotechnology", "smart-communities"))
    written = document(Talk(names), view)
    page = Page(written)
    assert [name for name, _ in page.elements].count("script") == 1
    assert not any("onerror" in given or name == "img" for name, given in page.elements)
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    assert sum(HOSTILE[:25] in one for one in page.said) >= 4


def test_an_address_makes_a_talk_and_says_what_it_left_out(demo_snapshot) -> None:
    store = Store(demo_snapshot)
    query = {"slide": ["pipeline", "<b>cake</b>", "findings"], "theme": ["biotechnology", "tea"], "lang": ["xx", "ja"],
             "languages": ["both"], "colours": ["pink"], "from": ["2015-01"]}  # fmt: skip
    made, view = answer.read(query, CHOICES, store)
    assert (made.names, made.shown, made.colours) == (("pipeline", "findings"), "both", "light")
    assert view.language == "ja"
    assert view.filters == Filters(period=Period(Month(2015, 1), Month(2017, 2)), themes=("biotechnology",))
    assert [(one.key, one.value, one.reason) for one in made.dropped] == [
        ("theme", "tea", "unknown"), ("lang", "xx", "unknown"), ("slide", "<b>cake</b>", "no_choice"),
        ("colours", "pink", "no_choice"),
    ]  # fmt: skip
    written = answer.answer(query, CHOICES, store)
    assert "slide = &lt;b&gt;cake&lt;/b&gt;: there is no such choice." in written
    assert len(slides(written)) == 2


def test_a_talks_own_address_gives_the_same_talk(demo_snapshot) -> None:
    view = seen(demo_snapshot, "ja", themes=("biotechnology",), countries=("DE",))
    made = Talk(("success", "findings", "indicator-events"), "both", "dark")
    query: dict[str, list[str]] = {}
    for key, value in made.query(view):
        query.setdefault(key, []).append(value)
    again, seen_again = answer.read(query, CHOICES, Store(demo_snapshot))
    assert again == made
    assert (seen_again.filters, seen_again.language) == (view.filters, "ja")


def test_a_talk_is_not_endless() -> None:
    made = answer.asked({"slide": list(talk.SLIDES)}, "en")
    assert made.names == talk.SLIDES[:MOST_SLIDES]
    assert {one.reason for one in made.dropped} == {"too_many_slides"}
    assert len(made.dropped) == len(talk.SLIDES) - MOST_SLIDES


def test_a_talk_without_slides_says_how_to_choose(demo_snapshot) -> None:
    written = answer.answer({"slide": ["cake"]}, CHOICES, Store(demo_snapshot))
    assert text("show.how", "en") in written
    assert text("show.nothing", "ja") in written
    assert "slide = cake: there is no such choice." in written


def test_progress_is_told_from_nothing_to_all(demo_snapshot) -> None:
    heard: list[tuple[int, int]] = []
    warm(("findings", "pipeline"), seen(demo_snapshot, "en"), lambda *told: heard.append(told))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("name", sorted({name for names in talk.SETS.values() for name in names} & FIGURES.keys()))
def test_a_picture_in_the_documents_colours_is_the_dark_one_in_the_dark(demo_snapshot, name: str) -> None:
    """What is drawn light and coloured by the document equals what is drawn dark."""
    view = seen(demo_snapshot, "en")
    slide = talk.slide(name, view)
    if slide.is_empty or slide.figure is None or slide.figure.draw is None:
        return
    light = drawing.drawn(slide.figure, slide, view)
    if drawing.paints(light) - drawing.NAMES.keys():
        assert "when-dark" in drawing.picture(slide, view)
        return
    dark = drawing.drawn(slide.figure, slide, seen_dark(view))
    colours = drawing.variables(DARK)
    turned = drawing.inlined(light, "x", lambda colour: colours[drawing.NAMES[colour.lower()]])
    assert numbered(turned) == numbered(drawing.inlined(dark, "x", str))


def numbered(svg: str) -> str:
    """A picture without the numbers that Vega gives its clips, which go on from picture to picture."""
    return re.sub(r"clip\d+", "clip", svg)


def seen_dark(view: View) -> View:
    return View(view.filters, view.language, True, view.programme, view.version, view.store)


def test_the_palettes_name_the_same_colours() -> None:
    """Colours that are one in the light are one in the dark: what stands for one may stand for the other."""
    light, dark = drawing.variables(LIGHT), drawing.variables(DARK)
    assert light.keys() == dark.keys()
    for name, colour in light.items():
        assert {dark[other] for other, same in light.items() if same == colour} == {dark[name]}


def test_a_chart_gets_larger_type_as_far_as_its_rows_allow() -> None:
    spec = {"width": "container", "height": 300, "config": {}}
    low = stage.sized(spec, 1.4)
    assert (low["width"], low["height"]) == (847, 279)  # 460 / 1.4 - 50; 1184 / 460 * (279 + 50)
    tall = stage.sized({**spec, "height": 700}, 1.4)
    assert (tall["width"], tall["height"]) == (1120, 385)  # rows at 0.55 of their distance
    fixed = stage.sized({**spec, "encoding": {"y": {"scale": {"range": [0, 300]}}}}, 1.4)
    assert fixed["height"] == 300
    placed = stage.sized({**spec, "width": 960}, 1.4)
    assert (placed["width"], placed["height"]) == (960, 300)


def test_a_table_says_units_and_what_it_left_out(demo_snapshot) -> None:
    view = seen(demo_snapshot, "en")
    headline = in_words(FIGURES["headline_indicators"].frame(view), view)
    row = headline[headline["Indicator"] == "Time to first response"].iloc[0]
    assert list(row) == ["Outputs", "Time to first response", "2 working days", "3 working days", "3 working days",
                         "Ahead"]  # fmt: skip
    assert fitting(headline).shape == headline.shape
    (made,) = slides(document(Talk(("event_table",)), view))
    (shown,) = said(made, "shown", "en")
    assert re.search(r"Shown: \d+ of 48 rows and \d of \d+ columns\. The dashboard holds the others\.$", shown)


def test_only_what_is_left_out_of_a_table_is_said() -> None:
    holds = "The dashboard holds the others."
    assert left_out((9, 7), (9, 7), "en") == ""
    assert left_out((9, 6), (9, 7), "en") == f"Shown: 6 of 7 columns. {holds}"
    assert left_out((17, 7), (1048, 7), "en") == f"Shown: 17 of 1,048 rows. {holds}"
    assert left_out((17, 6), (48, 7), "en") == f"Shown: 17 of 48 rows and 6 of 7 columns. {holds}"
    assert left_out((9, 6), (9, 7), "ja") == "全7列のうち6列を示します。残りはダッシュボードにあります。"


def test_a_table_keeps_to_its_place() -> None:
    wide = pd.DataFrame({f"c{place}": ["x" * 60] * 40 for place in range(9)})
    kept = fitting(wide)
    assert kept.shape == ((LINES - 1) // 2, CHARACTERS // (CELL + 2))  # each cell on two lines
    japanese = fitting(pd.DataFrame({"a": ["あ" * 17], "b": ["い" * 17], "c": ["う" * 17], "d": ["え" * 17]}))
    assert japanese.shape == (1, 3)


def test_the_programmes_months_are_those_of_the_view(demo_snapshot) -> None:
    _, view = answer.read({}, CHOICES, Store(demo_snapshot))
    assert view.programme.term == TERM
    assert isinstance(view.programme, Programme)
    assert view.programme.today >= date(2024, 1, 1)
