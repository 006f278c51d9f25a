"""What a slide's chart holds in its workbook against the frame that came from the database, for every native chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.figures.model import View
from dashboard.figures.register import FIGURES
from dashboard.figures.slideshow import slideshow
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store
from tests.figures.test_framework_figures import see, url  # noqa: F401 - a record with CORDIS's projects

NATIVE = [name for name, figure in FIGURES.items() if figure.native]
OURS = [name for name in NATIVE if not name.startswith("framework")]
THEIRS = [name for name in NATIVE if name.startswith("framework")]
SCALES = (1.0, 100.0, 1e-6)
"""A share in per cent, and euros in millions."""

RATED = [f"rated_{stars}" for stars in range(1, 6)]


def _by_age(frame: pd.DataFrame) -> list[pd.Series]:
    open_cases = frame.pivot_table(index="age", columns="waiting", values="open_cases", aggfunc="sum", fill_value=0)
    return [open_cases[one] for one in open_cases]


def _by_rating(frame: pd.DataFrame) -> list[pd.Series]:
    """Per cent of each row's answers; the desks' row and the topics' row of all are their sums."""
    counts = frame.pivot_table(index=["desk", "topic"], columns="rating", values="answers", aggfunc="sum", dropna=False)
    return [100 * counts[one] / counts.sum(axis="columns") for one in counts]


DERIVED: dict[str, Callable[[pd.DataFrame], list[pd.Series]]] = {
    "newcomers_country": lambda frame: [frame["groups_new"], frame["groups_present"] - frame["groups_new"]],
    "newcomers_kind": lambda frame: [frame["groups_new"], frame["groups_present"] - frame["groups_new"]],
    "ageing": _by_age,
    "satisfaction": _by_rating,
    "seminar_participants": lambda frame: [frame["answers"], frame["participants"] - frame["answers"]],
    "seminar_satisfaction": lambda frame: [100 * frame[one] / frame["answers"] for one in RATED],
}
"""What is drawn where it is no column of the frame: sums, differences and shares, reckoned here a second time."""


def columns(frame: pd.DataFrame, name: str) -> Iterator[Counter[float]]:
    if name in DERIVED:
        yield from (counted(one) for one in DERIVED[name](frame))
        return
    for one in frame:
        values = pd.to_numeric(frame[one], errors="coerce") if frame[one].dtype != "datetime64[us]" else pd.Series()
        yield from (counted(values * scale) for scale in SCALES)


def counted(values: Iterable[Any]) -> Counter[float]:
    return Counter(round(float(value), 6) for value in values if not pd.isna(value))


def series(slide: Any) -> Iterator[tuple[str, Counter[float]]]:
    """Each series of each chart of a slide, from the workbook that PowerPoint opens."""
    for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
        sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True).active
        shown = len(list(chart.plots[0].series))
        for column in list(sheet.iter_cols(min_col=2, max_col=1 + shown, values_only=True)):
            yield str(column[0]), counted(column[1:])


def unequal(names: list[str], view: View) -> list[str]:
    """The series whose numbers are, as often as they stand there, in no one column of their figure's frame."""
    slides = list(Presentation(BytesIO(slideshow(names, view, ("en",)))).slides)[1:]
    found = []
    for name, slide in zip(names, slides, strict=False):
        held, drawn = list(columns(FIGURES[name].frame(view), name)), list(series(slide))
        assert drawn, name
        found += [f"{name}: {said}" for said, values in drawn if not any(values <= one for one in held)]
    return found


def test_every_native_chart_holds_the_frame_s_numbers(demo_snapshot) -> None:
    term = Programme(Period(Month(2013, 9), Month(2017, 2)), date(2018, 1, 1))
    view = View(Filters(), "en", False, term, demo_snapshot.version, Store(demo_snapshot))
    assert len(OURS) >= 40
    assert unequal(OURS, view) == []


def test_those_of_the_framework_programmes_too(see: Any) -> None:  # noqa: F811
    view = see()
    full = [name for name in THEIRS if not FIGURES[name].frame(view).empty]
    assert {"framework_years", "framework_parts", "framework_fields", "framework_leading"} <= set(full)
    assert unequal(full, view) == []
