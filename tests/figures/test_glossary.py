"""The second language of a slide whose chart, picture or table speaks the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts.native import Native, Series
from dashboard.exports.slide_parts import Table
from dashboard.figures import glossary, talk
from dashboard.figures.model import View
from dashboard.figures.slideshow import picture
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store


@pytest.fixture
def views(demo_snapshot) -> tuple[View, View]:
    term = Period(Month(2013, 9), Month(2017, 2))
    first = View(Filters(), "en", False, Programme(term, date(2018, 1, 1)), demo_snapshot.version, Store(demo_snapshot))
    return first, replace(first, language="ja")


def pairs(name: str, views: tuple[View, View]) -> dict[str, str]:
    made = [talk.slide(name, view) for view in views]
    assert made[0].figure is not None
    assert made[0].frame is not None
    return glossary.of_picture(picture(made[0].figure, made[0].frame, views[0])[1], made, views)


def test_a_picture_s_words(views: tuple[View, View]) -> None:
    chain = pairs("results_chain", views)
    assert chain["Outputs"] == "アウトプット"
    assert chain["people reached"] == "到達人数"
    assert (chain["events"], chain["training seminars"]) == ("イベント", "研修セミナー")
    assert "26" not in chain
    origins = pairs("origins", views)
    assert origins["Biotechnology matchmaking"] == "バイオテクノロジー商談会"
    timeline = pairs("report_timeline", views)
    assert (timeline["Tokyo"], timeline["tabled"]) == ("東京", "提出")


def test_one_language_needs_no_words(views: tuple[View, View]) -> None:
    assert glossary.of_picture(["Outputs"], [talk.slide("results_chain", views[0])], views[:1]) == {}
    assert glossary.of_charts(()) == {}


def test_a_table_s_heads_and_kinds_but_not_its_single_names() -> None:
    kinds = ("Ahead", "Behind", "Ahead", "Ahead", "Ahead")
    first = Table(("Name", "Value", "Status"), tuple((f"N{n}", str(n), one) for n, one in enumerate(kinds)),
                  (False, True, False), 5)  # fmt: skip
    second = Table(("名", "値", "状況"), tuple(("名", str(n), "先行" if one == "Ahead" else "遅れ")
                   for n, one in enumerate(kinds)), (False, True, False), 5)  # fmt: skip
    found = glossary.of_tables(first, second)
    assert found == {"Name": "名", "Value": "値", "Status": "状況", "Ahead": "先行", "Behind": "遅れ"}
    assert glossary.listed(found) == "Name = 名 · Value = 値 · Status = 状況 · Ahead = 先行 · Behind = 遅れ"
    assert glossary.listed({"same": "same", "x" * 41: "long", "": "none"}) == ""
    assert glossary.listed({"events": "イベント", "Events": "イベント"}) == "events = イベント"


def test_the_only_series_of_a_chart_without_a_heading_is_named_nowhere() -> None:
    def line(name: str, measure: str, *more: Series) -> Native:
        return Native("line", ("a",), (Series(name, (1.0,), "#000000"), *more), measure)

    assert glossary.of_charts([line("7 reached", "")], [line("実績 7", "")]) == {}
    assert glossary.of_charts([line("People", "People")], [line("人数", "人数")]) == {}
    assert glossary.of_charts([line("people", "People")], [line("人", "人数")]) == {"People": "人数", "people": "人"}
    assert glossary.of_charts([line("A", "A")] * 2, [line("甲", "甲")] * 2) == {"A": "甲"}
    planned = [Series(name, (2.0,), "#000000") for name in ("planned", "計画")]
    both = [line("reached", "", planned[0])], [line("実績", "", planned[1])]
    assert glossary.of_charts(*both) == {"reached": "実績", "planned": "計画"}
