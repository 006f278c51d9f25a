"""The brief: two to four pages that a ministry can file, in sentences, a table and pictures made from the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.exports.formats import drawing, sized
from dashboard.exports.stage import TIGHTEST, is_laid_by_the_point
from dashboard.figures import captions
from dashboard.figures.files import specification
from dashboard.figures.findings import Finding, findings
from dashboard.figures.measured import measured, say_amount, say_detail, say_published, say_since, say_standing
from dashboard.figures.model import Figure, Tone, View
from dashboard.figures.register import FIGURES
from dashboard.figures.surviving import surviving
from dashboard.figures.talk import slide_title
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Indicator, Stage
from dashboard.indicators.reconciliation import published
from dashboard.queries import programme as ask
from dashboard.settings import suppression_threshold
from dashboard.text import format

if TYPE_CHECKING:
    from dashboard.exports import brief as form

Progress = Callable[[int, int], None]

CHOSEN = ("partnership_map", "pipeline", "case_volume", "pathways", "scores_by_side", "membership")
"""A figure a line of work, the first first where four pages cannot hold them all."""

METHOD = ("counted", "people", "change", "signal", "intervals", "small", "cause")
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')
PICTURE_WIDTH = 760
"""Drawn so wide and set two thirds as wide, a chart's smallest words are as large as the brief's own."""

PLACE = 5.7 / 17.6
"""Of its width, how high a picture's place in the brief is (`highest` in its form)."""

SHAPES = {Tone.GOOD: "▲", Tone.BAD: "▼", Tone.PLAIN: "•"}


def brief(view: View, progress: Progress, failed: Callable[[str], None] = lambda _name: None) -> bytes:
    """The brief of a view as a tagged PDF; `progress` is told how many of how many steps are done. For a figure that
    cannot be made the brief says so, `failed` is told its name, and the log why. Raises `exports.brief.NoFont`."""
    from dashboard.exports.brief import pdf

    light = replace(view, dark=False)
    steps = len(CHOSEN) + 2
    progress(0, steps)
    pictures: list[form.Picture] = []
    unmade: list[str] = []
    for done, name in enumerate(CHOSEN, start=1):
        made = None
        with surviving("figure", name):
            made = [*_picture(FIGURES[name], light)]
        if made is None:
            unmade.append(light.words("unmade.figure", title=slide_title(name, light)))
            failed(name)
        pictures += made or []
        progress(done, steps)
    written = replace(said(light, pictures), unmade=unmade)
    progress(steps - 1, steps)
    document = pdf(written)
    progress(steps, steps)
    return document


def said(view: View, pictures: list[form.Picture]) -> form.Brief:
    """All that the brief of a view says."""
    from dashboard.exports.brief import Brief

    acronym, title, facts = _programme(view)
    illustrative = (view.words("badge.illustrative"), captions.explained(view))
    return Brief(
        language=view.language,
        title=view.words("brief.title", acronym=acronym),
        subtitle=title,
        author=acronym,
        read_at=view.store.read_at,
        facts=facts,
        badge=illustrative if captions.is_illustrative(view) else None,
        foot=view.words("brief.foot", title=view.words("brief.title", acronym=acronym),
                        source=captions.records_line(view)),
        words=_headings(view),
        findings=[_said(one, view) for one in findings(view)],
        stages=[_stage(stage, view) for stage in Stage],
        pictures=pictures,
        method=[*_method(view)],
        definitions=[_defined(one, view) for one in INDICATORS],
        sources=[*_sources(view)],
    )  # fmt: skip


def _programme(view: View) -> tuple[str, str, list[tuple[str, str]]]:
    """Acronym, title and facts of the programme; of several, where none is chosen, of all."""
    held = view.localise(view.select(ask.programmes()), "title")
    chosen = held[held["code"] == view.filters.programme] if view.filters.programme else held
    grants = [str(grant) for grant in chosen["grant_agreement"].dropna()]
    facts = [
        ("grant", format.listing(grants, view.language)),
        ("term", format.period(view.programme.term, view.language)),
        ("shown", captions.in_words(view)),
        ("read", format.moment(view.store.read_at, view.language)),
    ]
    return (
        format.listing([*chosen["acronym"]], view.language),
        format.listing([*chosen["title"]], view.language),
        [(view.words(f"brief.fact.{key}"), one) for key, one in facts if one],
    )


def _headings(view: View) -> dict[str, str | list[str]]:
    columns = ("indicator", "value", "planned", "target", "status")
    change = say_since([measured(one, view) for one in INDICATORS], view)
    parts = ("summary", "indicators", "figures", "method", "definitions", "sources")
    return {
        **{part: view.words(f"brief.heading.{part}") for part in parts},
        "table_note": view.words("brief.table_note"),
        "columns": [*(view.words(f"brief.column.{column}") for column in columns), change],
        "no_figures": view.words("empty.title"),
    }


def _said(found: Finding, view: View) -> form.Said:
    from dashboard.exports.brief import Said

    place = view.words("brief.place", page=view.words(f"page.{found.page}"), figure=_called(found.figure, view))
    return Said(SHAPES[found.tone], found.tone.value, found.said, place)


def _called(name: str, view: View) -> str:
    """A figure's or a tile's name in words."""
    if name in FIGURES:
        return slide_title(name, view)
    return view.words(f"indicator.{name.removeprefix('tile-')}.name")


def _stage(stage: Stage, view: View) -> form.Stage:
    from dashboard.exports import brief as form

    rows = [_row(one, view) for one in INDICATORS if one.stage is stage]
    return form.Stage(view.words(f"stage.{stage}"), rows)


def _row(indicator: Indicator, view: View) -> form.Row:
    from dashboard.exports.brief import Row

    found = measured(indicator, view)
    detail = [one for one in (say_detail(found, view), say_published(found, view)) if one]
    planned = found.assessment.planned if found.assessment else None
    figures = (found.now.value, planned, found.target)
    value, plan, target = (format.quantity(one, indicator.unit, view.language) for one in figures)
    return Row(
        view.words(f"indicator.{indicator.key}.name"), view.words("punctuation.dot").join(detail),
        (value, plan, target, say_standing(found, view), say_amount(found, view)),
    )  # fmt: skip


def _picture(figure: Figure, view: View) -> Iterator[form.Picture]:
    """The figure's picture; none where there is nothing to draw."""
    from dashboard.exports.brief import Picture

    frame = figure.frame(view)
    if frame.empty:
        return
    chart = sized(specification(figure, frame, view), PICTURE_WIDTH)
    yield Picture(
        figure.say_title(frame, view), captions.subtitle(figure, view), _placed(chart), figure.alt(frame, view),
        captions.notes(figure, frame, view),
    )  # fmt: skip


def _placed(chart: dict[str, Any]) -> str:
    """The chart as SVG, lower where it would else be made narrower for its height, and its letters smaller."""
    svg = drawing(chart)
    across, down = (float(side) for side in SIZE.search(svg).groups())  # type: ignore[union-attr]
    height, excess = chart.get("height"), down - across * PLACE
    if excess <= 0 or not isinstance(height, int | float) or height - excess < TIGHTEST * height:
        return svg
    return svg if is_laid_by_the_point(chart) else drawing({**chart, "height": int(height - excess)})


def _method(view: View) -> Iterator[tuple[str, str]]:
    yield view.words("definition.status"), view.words("definition.status_rule")
    for part in METHOD:
        said = view.words(f"brief.method.{part}", threshold=suppression_threshold())
        yield view.words(f"brief.method.{part}_label"), said


def _defined(indicator: Indicator, view: View) -> tuple[str, str]:
    """What an indicator counts, and what it does not say."""
    counted, caveat = (view.words(f"indicator.{indicator.key}.{part}") for part in ("definition", "caveat"))
    return view.words(f"indicator.{indicator.key}.name"), view.words("brief.defined", counted=counted, caveat=caveat)


def _sources(view: View) -> Iterator[form.Source]:
    """What was published of the programme, a source a line with what it says, and the record."""
    from dashboard.exports.brief import Source

    stated: dict[tuple[str, str | None], list[str]] = {}
    for one in published(view.store, view.filters).values():
        name = view.words(f"indicator.{one.indicator}.name")
        value = view.words(f"qualifier.{one.qualifier}", value=view.number(one.value))
        stated.setdefault((one.source_title, one.source_address), []).append(
            view.words("talk.measured", name=name, value=value)
        )
    for (title, address), figures in stated.items():
        said = view.words("brief.published", title=title, figures=format.listing(figures, view.language))
        yield Source(said, address)
    yield Source(captions.records_line(view))
