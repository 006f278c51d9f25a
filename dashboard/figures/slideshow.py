"""A talk as a slide file: the slides that a page would show, in one language or two on one slide."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.charts.native import COUNT, ONE_DECIMAL, SHARE, Native, Series, month_form, numbers
from dashboard.charts.theme import LIGHT
from dashboard.exports import slides as office
from dashboard.exports.formats import in_fonts, rasterised
from dashboard.exports.slide_parts import (
    Body,
    Charts,
    Deck,
    Entries,
    Entry,
    Headline,
    Message,
    Page,
    Picture,
    Point,
    Points,
    Said,
    Table,
)  # fmt: skip
from dashboard.exports.stage import staged, texts
from dashboard.exports.table import localised
from dashboard.figures import captions, glossary, talk
from dashboard.figures.files import specification
from dashboard.figures.measured import SHAPES, say_change, say_detail, say_published, say_status, say_trend, say_value
from dashboard.figures.model import Figure, Tone, View
from dashboard.figures.overview import RECONCILIATION
from dashboard.figures.surviving import surviving
from dashboard.figures.talk import Slide
from dashboard.indicators.model import Unit
from dashboard.store import remembered
from dashboard.text import format

log = logging.getLogger(__name__)
Failed = Callable[[str], None]
"""Told the name of each slide that could not be made."""

POINTS = {Tone.GOOD: ("▲", LIGHT.eu), Tone.BAD: ("▼", LIGHT.japan), Tone.PLAIN: ("●", LIGHT.muted)}
SAME = 40
"""Letters from which a column that says the same in every row is said once, below the table."""
CRISP = 3
"""Points of a picture for one of its drawing, so that it stands a large screen."""
ROWS_KEPT = 60
"""Of a table, more than any slide has room for."""


def slideshow(
    names: Sequence[str],
    view: View,
    languages: tuple[str, ...],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    template: bytes | None = None,
    failed: Failed = lambda _name: None,
) -> bytes:
    """The named slides of a view as a PPTX file, in one language or in two on each slide, the first leading.

    `progress` is told how many steps of how many are done. A slide that cannot be made says so in its place, `failed`
    is told its name, and the log why. Raises KeyError for a name that is no slide, and
    exports.slide_look.NotATemplate for a template that is none.
    """
    views = tuple(replace(view, language=language, dark=False) for language in languages)
    total = 2 * len(names) + 1
    pages, lost = [], set[str]()

    def unmade(name: str) -> Page:
        failed(name)
        lost.add(name)
        return _page([talk.unmade(name, view) for view in views], views)

    def unwritten(name: str) -> Page:
        log.exception("The slide %s could not be made", name)
        return unmade(name)

    for place, name in enumerate(names, 1):
        page = None
        with surviving("slide", name):
            page = _page([talk.slide(name, view) for view in views], views)
        pages.append(page or unmade(name))
        progress(place, total)
    kept = [name for name in names if name not in lost]
    deck = _deck(tuple(pages) + _sources(kept, views), views)

    def written(done: int, every: int) -> None:
        progress(len(names) + round(done / every * (len(names) + 1)), total)

    return office.write(deck, template, written, unwritten)


def _deck(pages: tuple[Page, ...], views: tuple[View, ...]) -> Deck:
    first, illustrative = views[0], captions.is_illustrative(views[0])
    return Deck(
        tuple(view.language for view in views), talk.programme_title(first)[0],
        tuple(talk.programme_title(view)[1] for view in views),
        (_said(views, captions.in_words), _said(views, captions.records_line)),
        _said(views, lambda view: view.words("badge.illustrative") if illustrative else ""),
        _said(views, captions.explained), first.store.read_at, pages,
    )  # fmt: skip


def _said(views: Sequence[View], say: Callable[[View], str]) -> Said:
    return tuple(say(view) for view in views)


def _page(made: list[Slide], views: tuple[View, ...]) -> Page:
    """A slide in each language as a page."""
    body, notes = _body(made, views)
    return Page(
        tuple(one.title for one in made), tuple(one.subtitle for one in made), notes,
        tuple(one.source for one in made), body, made[0].alt,
        "\n\n".join(_speech(one, view) for one, view in zip(made, views, strict=True)), made[0].name,
    )  # fmt: skip


def _speech(slide: Slide, view: View) -> str:
    """For who speaks: the title, the figures in words, what to know of them, and their definition and source."""
    about = [f"{label}: {said}" for label, said in slide.about]
    return "\n".join([slide.title, slide.subtitle, view.words("slides.in_words", said=slide.alt), *slide.notes, *about,
                      slide.source])  # fmt: skip


def _body(made: list[Slide], views: tuple[View, ...]) -> tuple[Body, Said]:
    """What a slide shows, and its notes."""
    slide, view = made[0], views[0]
    notes = tuple(seen.sentences(*one.notes) for one, seen in zip(made, views, strict=True))
    if slide.problem:
        return Message(tuple(one.problem for one in made), ()), ()
    if slide.findings:
        return _findings(made, views), ()
    if slide.indicator:
        return _headline(made, views), ()
    figure, frame = slide.figure, slide.frame
    assert figure is not None
    assert frame is not None
    if slide.is_empty:
        loosen = _said(views, lambda one: captions.loosen(figure, one))
        return Message(_said(views, lambda one: captions.empty_title(figure, one)), loosen), ()
    if figure.draw is None:
        tables = [_table(one.frame, seen) for one, seen in zip(made, views, strict=True) if one.frame is not None]
        table = replace(tables[0][0], glossary=glossary.listed(glossary.of_tables(*(one for one, _ in tables))))
        return table, tuple(
            seen.sentences(said, *once).strip() for said, (_, once), seen in zip(notes, tables, views, strict=True)
        )
    if figure.native is None or figure.hides_all(frame):
        png, written = picture(figure, frame, view)
        return Picture(png, glossary.listed(glossary.of_picture(written, made, views))), notes
    drawn = [natives(one.figure, one.frame, seen) for one, seen in zip(made, views, strict=True)]
    notes = tuple(said if one[0].note is None else one[0].note for said, one in zip(notes, drawn, strict=True))
    return Charts(drawn[0], glossary.listed(glossary.of_charts(*drawn))), notes


def natives(figure: Figure | None, frame: pd.DataFrame | None, view: View) -> tuple[Native, ...]:
    """A figure's native charts; raises AssertionError for one that has none."""
    assert figure is not None
    assert figure.native is not None
    assert frame is not None
    made = figure.native(frame, view)
    return made if isinstance(made, tuple) else (made,)


def picture(figure: Figure, frame: pd.DataFrame, view: View) -> tuple[bytes, list[str]]:
    """The figure's picture (PNG) without title and foot, which the slide has, and what is written in it; made once for
    all who see the same."""

    def make() -> tuple[bytes, list[str]]:
        svg = staged({**specification(figure, frame, view), "background": LIGHT.page})
        return rasterised(in_fonts(svg), CRISP), texts(svg)

    return remembered(("slide picture", figure.name, view.identity), make)


def _table(frame: pd.DataFrame, view: View) -> tuple[Table, list[str]]:
    """The table, and what it would say in every row."""
    shown = frame.head(ROWS_KEPT)
    units = list(shown["unit"]) if {"unit", "value"} <= set(shown) else None
    status = list(shown["status"]) if "status" in shown and units else None
    shown = shown.drop(columns=["unit"]) if units else shown
    words = localised(shown, view.language)
    columns, numeric = [], []
    for place, name in enumerate(words):
        values = words.iloc[:, place]
        number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        numeric.append(bool(number))
        columns.append([_cell(value, units[row] if units and number else None, str(name), view)
                        for row, value in enumerate(values)])  # fmt: skip
    if status and view.words("column.status") in words:
        at = list(words).index(view.words("column.status"))
        columns[at] = [f"{SHAPES[code]} {said}" if code in SHAPES else said
                       for code, said in zip(status, columns[at], strict=True)]  # fmt: skip
    heads = [str(name) for name in words]
    same = {at for at, cells in enumerate(columns) if len(cells) > 2 and len(cells[0]) > SAME and len(set(cells)) == 1}
    kept = [at for at in range(len(columns)) if at not in same]
    table = Table(tuple(heads[at] for at in kept), tuple(zip(*(columns[at] for at in kept), strict=True)),
                  tuple(numeric[at] for at in kept), len(frame))  # fmt: skip
    return table, [f"{heads[at]}: {columns[at][0]}" for at in sorted(same)]


def _cell(value: Any, unit: str | None, column: str, view: View) -> str:
    if value is None or value is pd.NaT or value != value:
        return format.NOTHING
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if unit is not None:
        return format.quantity(value, Unit(unit), view.language)
    if isinstance(value, bool) or (not isinstance(value, int | float) and not hasattr(value, "dtype")):
        return str(value)
    if column == view.words("column.year"):
        return str(int(value))
    return view.number(float(value), 2)


def _findings(made: list[Slide], views: tuple[View, ...]) -> Points:
    points = []
    for several in zip(*(one.findings for one in made), strict=True):
        found = several[0]
        name = found.figure.replace("tile-", talk.INDICATOR, 1)
        shown = _said(views, lambda view, name=name: talk.slide_title(name, view))  # type: ignore[misc]
        points.append(Point(*POINTS[found.tone], tuple(one.said for one in several), shown))
    return Points(tuple(points))


def _headline(made: list[Slide], views: tuple[View, ...]) -> Headline:
    found, view = made[0].indicator, views[0]
    assert found is not None
    pairs = [(one.indicator, seen) for one, seen in zip(made, views, strict=True)]
    told = [tuple(say(one, seen) for one, seen in pairs if one) for say in (say_detail, say_change, say_published)]
    known = [value for _, value in found.trend if value is not None]
    forms = {Unit.SHARE: SHARE, Unit.WORKING_DAYS: ONE_DECIMAL, Unit.POINTS: ONE_DECIMAL}
    name = view.words(f"indicator.{found.indicator.key}.name")
    trend = Native(
        "line", tuple(format.month(month, view.language, short=True) for month, _ in found.trend),
        (Series(name, numbers(value for _, value in found.trend), LIGHT.eu),), name,
        forms.get(found.indicator.unit, COUNT), months=tuple(month.first_day for month, _ in found.trend),
        month_form=month_form(view.language), ends=(min(0.0, *known) if known else 0.0, None),
    ) if len(known) > 1 else None  # fmt: skip
    return Headline(
        tuple(say_value(one, seen) for one, seen in pairs if one),
        SHAPES[found.assessment.status] if found.assessment else "",
        tuple(say_status(one, seen) for one, seen in pairs if one), tuple(one for one in told if any(one)), trend,
        tuple(say_trend(one, seen) for one, seen in pairs if one),
    )  # fmt: skip


def _sources(names: Sequence[str], views: tuple[View, ...]) -> tuple[Page, ...]:
    """The closing pages, a language after another: what each slide's numbers mean, where they are from, and what the
    programme has published of itself."""
    return tuple(_sources_in(names, view) for view in views)


def _sources_in(names: Sequence[str], view: View) -> Page:
    found: dict[str, list[str]] = {}
    for name in names:
        slide = talk.slide(name, view)
        lines = [f"{label}: {said}" for label, said in slide.about if label in _kept(view)]
        lines += [slide.source] if slide.source != captions.records_line(view) else []  # which the foot says
        found.setdefault("\n".join(lines), []).append(talk.slide_title(name, view))
    entries = [Entry(format.listing(titles, view.language), said) for said, titles in found.items()]
    published = RECONCILIATION.frame(view)
    if len(published):
        for source, stated in view.localise(published, "statement").groupby("published_in", sort=False):
            said = format.listing([*stated["statement"]], view.language)
            entries.append(Entry(view.words("slides.published", source=source), said))
    title = view.words("slides.sources")
    said = "\n\n".join(f"{one.heading}\n{one.text}" for one in entries)
    return Page((title,), ("",), (), (captions.records_line(view),), Entries(tuple(entries)), title, f"{title}\n{said}")


def _kept(view: View) -> set[str]:
    return {view.words(f"definition.{part}") for part in ("definition", "source")}
