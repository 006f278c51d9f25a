"""Where things stand on a slide: months below each other, whole names, and no word of what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pptx.oxml.ns import qn

from dashboard.exports import fitting
from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from tests.exports.conftest import charts, sheet, ways


@ways
def test_lines_below_each_other_share_their_months_and_their_place(made, way: str) -> None:
    """What is seen one above another was not of the same month: each chart began and ended elsewhere."""
    drawn = charts(made(("service_use",), way).slides[1])
    assert len(drawn) == 3
    assert len({tuple(row[0] for row in sheet(chart)) for chart in drawn}) == 1
    places = [chart._chartSpace.chart.plotArea.find(qn("c:layout")).find(qn("c:manualLayout")) for chart in drawn]
    assert len({tuple(place.find(qn(f"c:{side}")).get("val") for side in ("x", "w")) for place in places}) == 1
    for place in places:
        assert float(place.find(qn("c:x")).get("val")) + float(place.find(qn("c:w")).get("val")) < 1


@ways
def test_names_below_columns_are_not_broken(made, way: str) -> None:
    for slide in made(("contact_point", "standard_in_time"), way).slides:
        for shape in (one for one in slide.shapes if one.has_chart):
            axis = shape.chart.category_axis
            size, across = axis.tick_labels.font.size.pt, shape.width / 914400 / len(shape.chart.plots[0].categories)
            lines = [line for name in shape.chart.plots[0].categories for line in str(name).split("\n")]
            assert size >= 8
            assert max(fitting.width(line, size) for line in lines) <= across


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_slide_does_not_point_to_a_table_that_it_has_not(view: View, language: str) -> None:
    said = {
        figure.name: figure.note(figure.frame(seen), seen)
        for seen in [replace(view, language=language)]
        for figure in FIGURES.values()
        if figure.draw and figure.note and len(figure.frame(seen))
    }
    word = {"en": "table", "ja": "表にあ"}[language]
    assert len(said) > 20
    assert [name for name, note in said.items() if word in note] == []
