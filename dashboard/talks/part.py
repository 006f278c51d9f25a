"""A slide in one language, as the markup of its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.charts.sparkline import trend
from dashboard.figures import captions, talk
from dashboard.figures.findings import SHAPES as TONES
from dashboard.figures.findings import Finding
from dashboard.figures.measured import SHAPES, say_change, say_detail, say_published, say_status, say_trend, value_parts
from dashboard.figures.model import View
from dashboard.figures.surviving import surviving
from dashboard.indicators.model import Measurement
from dashboard.store import remembered
from dashboard.talks.drawing import picture
from dashboard.talks.table import table
from dashboard.text import format
from dashboard.text.markup import tag, wrap


@dataclass(frozen=True)
class Part:
    """`title` is text; the others are markup: what is shown, what a reader must know, and what is said to it."""

    title: str
    subtitle: str
    shown: str
    known: str
    source: str
    badge: str
    spoken: str


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
        _spoken(slide, view),
    )  # fmt: skip


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
