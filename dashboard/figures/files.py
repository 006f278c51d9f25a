"""A figure as a file: the table that it draws, or its picture, with everything a reader needs to quote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.charts.sentences import sentences
from dashboard.exports.formats import FORMATS, Content, Lines, picture
from dashboard.exports.table import localised
from dashboard.figures import suppressed
from dashboard.figures.captions import about, empty_title, loosen, notes, source_line, subtitle
from dashboard.figures.model import Figure, View
from dashboard.store import remembered


def specification(figure: Figure, frame: pd.DataFrame, view: View) -> dict[str, Any]:
    """The figure's Vega-Lite form."""
    assert figure.draw is not None
    if figure.hides_all(frame):
        return _in_place(view, suppressed.nothing(view))
    # Altair would check each chart by its own description; a test puts every figure before Vega itself.
    made: dict[str, Any] = json.loads(figure.draw(frame, view).to_json(validate=False, indent=None))
    return made


def drawing(figure: Figure, frame: pd.DataFrame, view: View) -> tuple[dict[str, Any], str]:
    """The figure's Vega-Lite form and what it shows in words, made once for all who see the same. Nobody changes it."""
    return remembered(
        ("figure", figure.name, view.identity), lambda: (specification(figure, frame, view), figure.alt(frame, view))
    )


def file_name(figure: Figure, view: View) -> str:
    """The measure, the period and the filters, then the language."""
    parts = [figure.name, *(value for _, value in view.filters.query()), view.language]
    return "_".join(parts).lower()


def file(figure: Figure, frame: pd.DataFrame, view: View, suffix: str) -> bytes:
    """The figure in a format of `exports.formats.FORMATS`."""
    form = FORMATS[suffix]
    drawn = alone(figure, frame, view) if form.is_picture else None
    source = (view.words("file.source"), source_line(figure, view))
    data = localised(frame, view.language, codes=True)
    return form.write(Content(data, source, view.words("file.data"), _sheets(figure, frame, view, source), drawn))


def _sheets(figure: Figure, frame: pd.DataFrame, view: View, source: tuple[str, str]) -> list[tuple[str, Lines]]:
    """What the figure measures, and what this selection of it is and where it is from."""
    label = view.words("definition.source")
    said = [*about(figure, view), *_indicators(figure, frame, view)]
    shown = [
        (view.words("file.title"), figure.say_title(frame, view)),
        (view.words("file.shown"), subtitle(figure, view)),
        *((view.words("file.note"), note) for note in notes(figure, frame, view)),
        *(line for line in said if line[0] == label),
        source,
    ]
    defined = [line for line in said if line[0] != label]
    return [(view.words("file.definition"), defined), (view.words("file.source_sheet"), shown)]


def _indicators(figure: Figure, frame: pd.DataFrame, view: View) -> Iterator[tuple[str, str]]:
    """Of a figure of several indicators the definition of each."""
    if not figure.indicator and not figure.origin and "indicator" in frame:
        for key in frame["indicator"].unique():
            yield view.words(f"indicator.{key}.name"), view.words(f"indicator.{key}.definition")


def alone(figure: Figure, frame: pd.DataFrame, view: View) -> dict[str, Any]:
    """The figure's Vega-Lite form with title, period, filters, notes and source written into it."""
    colours = view.colours
    return picture(
        nothing(figure, view) if frame.empty else specification(figure, frame, view), figure.say_title(frame, view),
        [subtitle(figure, view), *notes(figure, frame, view)], source_line(figure, view),
        colours.text, colours.muted, colours.page,
    )  # fmt: skip


def nothing(figure: Figure, view: View) -> dict[str, Any]:
    """A Vega-Lite form that says that there is nothing to show, and what to do."""
    return _in_place(view, empty_title(figure, view), loosen(figure, view))


def _in_place(view: View, *lines: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(sentences([*lines], view.colours).to_json())
    return made
