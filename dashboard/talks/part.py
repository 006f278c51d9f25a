"""A slide in one language, as the markup of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts.sparkline import trend
from dashboard.exports.slide_parts import Table
from dashboard.exports.stage import texts
from dashboard.exports.table import left_out
from dashboard.figures import captions, glossary, talk
from dashboard.figures.findings import SHAPES as TONES
from dashboard.figures.findings import Finding
from dashboard.figures.measured import SHAPES, say_change, say_detail, say_published, say_status, say_trend, value_parts
from dashboard.figures.model import View
from dashboard.figures.surviving import surviving
from dashboard.indicators.model import Measurement
from dashboard.store import remembered
from dashboard.talks.drawing import picture
from dashboard.talks.table import fitting, in_words, table
from dashboard.text import format
from dashboard.text.markup import tag, wrap


@dataclass(frozen=True)
class Part:
    """`title` is text; `worded` says how many lines of words are shown, 0 where it is a picture or a table; the others
    are markup: what is shown, what a reader must know, and what is said to it."""

    title: str
    subtitle: str
    shown: str
    known: str
    source: str
    badge: str
    spoken: str
    worded: int


def part(name: str, view: View) -> Part:
    """A slide's part in the view's language, made once for all who see the same; its colours are the document's. One
    that cannot be made says so, and is tried again when it is asked for again."""
    light = replace(view, dark=False)
    with surviving("slide", name):
        return remembered(("talk", name, light.identity), lambda: _made(talk.slide(name, light), light))
    return _made(talk.unmade(name, light), light)


def _made(slide: talk.Slide, view: View) -> Part:
    notes = slide.notes if slide.figure else ()
    return Part(
        slide.title, tag("p", slide.subtitle), _shown(slide, view), "".join(tag("p", note) for note in notes),
        tag("p", slide.source),
        tag("strong", view.words("badge.illustrative"), "badge") if captions.is_illustrative(view) else "",
        _spoken(slide, view), 0 if _is_drawn(slide) else max(1, len(slide.findings)),
    )  # fmt: skip


def _is_drawn(slide: talk.Slide) -> bool:
    return slide.figure is not None and not slide.is_empty and not slide.problem


def in_second(name: str, views: Sequence[View]) -> str:
    """What is written in a slide's picture or table, which speak the first view's language, in that of the second: as
    below pictures and tables of a slide file. Empty where the slide shows words, which stand there in both."""
    first, second = (replace(view, dark=False) for view in views)
    with surviving("slide", name):
        return remembered(("talk words", name, first.identity, second.language), lambda: _listed(name, first, second))
    return ""


def _listed(name: str, first: View, second: View) -> str:
    views, made = (first, second), [talk.slide(name, view) for view in (first, second)]
    if not all(map(_is_drawn, made)):
        return ""
    if made[0].figure and made[0].figure.draw is None:
        return _of_table(made, views)
    return glossary.listed(glossary.of_picture(texts(part(name, first).shown), made, views))


def _of_table(made: Sequence[talk.Slide], views: Sequence[View]) -> str:
    """The words of what the first language shows of a table, and what it leaves out, in the second."""
    written = [in_words(one.frame, view) for one, view in zip(made, views, strict=True) if one.frame is not None]
    rows, columns = shown = fitting(written[0]).shape
    tables = [
        Table(tuple(map(str, one)), tuple(one.itertuples(index=False, name=None)), (False,) * columns, rows)
        for one in (all_of_it.iloc[:rows, :columns] for all_of_it in written)
    ]
    said = (glossary.listed(glossary.of_tables(*tables)), left_out(shown, written[0].shape, views[1].language))
    return "\n".join(filter(None, said))


def _shown(slide: talk.Slide, view: View) -> str:
    if slide.is_empty or slide.problem:
        return tag("p", slide.problem or view.words("empty.title"), "empty")
    if slide.findings:
        return wrap("ul", "".join(_finding(one) for one in slide.findings), "findings")
    if slide.indicator:
        return _indicator(slide.indicator, view)
    assert slide.figure is not None
    assert slide.frame is not None
    if slide.figure.draw is None:
        return wrap("div", table(slide.frame, view), "table")
    return wrap("figure", picture(slide, view), role="img", **{"aria-label": slide.alt})


def _finding(one: Finding) -> str:
    shape = tag("span", TONES[one.tone], f"shape {one.tone}", **{"aria-hidden": "true"})
    return wrap("li", shape + tag("span", one.said))


def _indicator(found: Measurement, view: View) -> str:
    """The value, what stands behind it, whether it keeps to its target, what changed, and how it went."""
    lines = [say_detail(found, view), say_change(found, view), say_published(found, view)]
    before, number, after = value_parts(found, view)
    value = tag("small", before) + tag("span", number) + tag("small", after)
    said = wrap("p", value, "value") + _status(found, view)
    said += "".join(tag("p", line, "line") for line in lines if line)
    return wrap("div", wrap("div", said) + _trend(found, view), "indicator")


def _status(found: Measurement, view: View) -> str:
    said = say_status(found, view)
    if found.assessment is None:
        return tag("p", said, "status none")
    status = found.assessment.status
    shape = tag("span", SHAPES[status], "shape", **{"aria-hidden": "true"})
    return wrap("p", f"{shape} {tag('span', said)}", f"status {status}")


def _trend(found: Measurement, view: View) -> str:
    """The value month by month from zero up, with its first and last month and its highest value."""
    values = [value for _, value in found.trend]
    drawn = trend(values, "var(--eu)", "var(--soft)")
    if not drawn:
        return ""
    high = max(value for value in values if value is not None)
    unit, language = found.indicator.unit, view.language
    top = view.words("show.highest", value=format.quantity(high, unit, language))
    ends = [tag("span", format.month(month, language, short=True)) for month in (found.period.first, found.period.last)]
    caption = tag("p", say_trend(found, view), "line") + tag("p", top, "line")
    return wrap("div", caption + drawn + wrap("p", "".join(ends), "ends"), "trend")


def _spoken(slide: talk.Slide, view: View) -> str:
    """The notes of who speaks: the figures in words, then definition and caveats."""
    lines = [(view.words("show.in_words"), slide.alt), *((view.words("file.note"), one) for one in slide.notes),
             *slide.about]  # fmt: skip
    return wrap("dl", "".join(tag("dt", label) + tag("dd", said) for label, said in lines))
