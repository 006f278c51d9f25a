"""The slides of ready talks on the demonstration, read back by another program."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.figures import talk
from dashboard.figures.model import View
from dashboard.figures.slideshow import slideshow
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store

TERM = Period(Month(2013, 9), Month(2017, 2))
WAYS = {"en": ("en",), "ja": ("ja",), "both": ("en", "ja")}


@pytest.fixture(scope="module")
def view(demo_snapshot) -> View:
    return View(Filters(), "en", False, Programme(TERM, date(2018, 1, 1)), demo_snapshot.version, Store(demo_snapshot))


@pytest.fixture(scope="module")
def made(view: View):
    """`made(names, way)`: the file of these slides, read back; made once a module."""

    @cache
    def read(names: tuple[str, ...], way: str) -> Any:
        return Presentation(BytesIO(slideshow(names, view, WAYS[way])))

    return read


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def sheet(chart: Any) -> list[tuple[Any, ...]]:
    """The rows of the workbook that the chart holds."""
    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True)
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]


ready = pytest.mark.parametrize("name", talk.SETS)
ways = pytest.mark.parametrize("way", WAYS)
