"""Slides as an office program's own file (PPTX): titles, charts and tables stay editable, nothing is a screenshot but
what such a program has no chart for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.charts.theme import LIGHT
from dashboard.exports import fitting
from dashboard.exports.slide_charts import Box, add_chart, clean, line_up, rgb
from dashboard.exports.slide_layout import (
    ACROSS,
    BOLD,
    BOTTOM,
    CELL,
    PAD,
    called,
    entry_height,
    is_headed,
    laid_out,
    noted,
    parted,
    readable,
)  # fmt: skip
from dashboard.exports.slide_look import MARGIN, OF_FOOT, WIDTH, Look, look
from dashboard.exports.slide_parts import (
    Charts,
    Deck,
    Entries,
    Headline,
    Message,
    Page,
    Picture,
    Points,
    Said,
    Table,
)
from dashboard.exports.table import left_out

Progress = Callable[[int, int], None]
TAGS = {"en": "en-GB", "ja": "ja-JP"}
FOOT, UNDER = 7.02, 0.08
"""Where the foot begins, and how far below the title what explains it."""
SUBTITLES, SECOND_SUBTITLES = (13.0, 12.0, 11.0, 10.0), (11.0, 10.0, 9.0)
NOTES, SECOND_NOTES = (12.0, 11.0, 10.0, 9.0), (10.0, 9.0, 8.0)
TITLES, SECOND_TITLES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0), (16.0, 14.0, 13.0, 12.0, 11.0)


@dataclass(frozen=True)
class Run:
    """A stretch of text: its size in points, colour (None: the template's), weight and language."""

    said: str
    size: float
    language: str
    colour: str | None = None
    bold: bool = False


def write(
    deck: Deck,
    template: bytes | None = None,
    progress: Progress = lambda _done, _all: None,
    unmade: Callable[[str], Page] | None = None,
) -> bytes:
    """The deck as a PPTX file: a cover, then its pages; raises NotATemplate for a template that is none. For a page
    that cannot be written stands what `unmade` gives for its name, within the handling of its error."""
    writer = _Writer(deck, look(template, len(deck.languages) > 1))
    writer.cover()
    pages = [part for page in deck.pages for part in parted(page, writer.look.top + UNDER + 0.1)]
    for place, page in enumerate(pages, 1):
        try:
            writer.page(page)
        except Exception:
            if unmade is None or not page.name:
                raise
            writer.take_back()
            writer.page(unmade(page.name))
        progress(place, len(pages))
    return writer.saved()


class _Writer:
    def __init__(self, deck: Deck, look: Look) -> None:
        self.deck, self.look = deck, look
        self.languages = deck.languages
        self.number = 1
        self.shapes: Any = None
        self.slide: Any = None

    # The sheet

    def saved(self) -> bytes:
        deck, kept = self.deck, self.look.presentation.core_properties
        kept.title, kept.subject = clean(deck.title[0]), clean(deck.about[0][0])
        kept.author = kept.last_modified_by = clean(deck.acronym)
        kept.language, kept.created, kept.modified = TAGS.get(self.languages[0], ""), deck.created, deck.created
        kept.keywords, kept.comments, kept.revision = "", clean(" ".join(deck.badge[:1])), 1
        out = BytesIO()
        self.look.presentation.save(out)
        return out.getvalue()

    def _new(self, layout: Any) -> None:
        """A slide of a layout, without placeholders that nothing is put into."""
        self.slide = self.look.presentation.slides.add_slide(layout)
        self.shapes = self.slide.shapes

    def take_back(self) -> None:
        """Leave the last slide out again."""
        presentation = self.look.presentation
        last = presentation.slides._sldIdLst[-1]
        presentation.part.drop_rel(last.rId)
        presentation.slides._sldIdLst.remove(last)
        self.number -= 1

    def _tidy(self, used: Sequence[Any]) -> None:
        kept = [shape._element for shape in used]
        for shape in list(self.slide.placeholders):
            if shape._element not in kept and shape.placeholder_format.type not in OF_FOOT:
                shape._element.getparent().remove(shape._element)

    def _box(self, box: Box) -> tuple[Any, ...]:
        across, down = self.look.scale
        return tuple(map(Inches, (box.left * across, box.top * down, box.width * across, box.height * down)))

    def _scaled(self, box: Box) -> Box:
        across, down = self.look.scale
        return Box(box.left * across, box.top * down, box.width * across, box.height * down)

    def _text(self, box: Box, runs: Sequence[Sequence[Run]], align: Any = PP_ALIGN.LEFT, anchor: Any = None) -> Any:
        """A text box: a paragraph for each sequence of runs."""
        shape = self.shapes.add_textbox(*self._box(box))
        self._fill(shape.text_frame, runs, align)
        if anchor is not None:
            shape.text_frame.vertical_anchor = anchor
        return shape

    def _fill(self, frame: Any, paragraphs: Sequence[Sequence[Run]], align: Any = None, bare: bool = True) -> None:
        frame.word_wrap = True
        if bare:
            frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
            if align is not None:
                paragraph.alignment = align
            for run in runs:
                for line, said in enumerate(clean(run.said).split("\n")):
                    if line:
                        paragraph.add_line_break()
                    self._run(paragraph, said, run)

    def _run(self, paragraph: Any, said: str, run: Run) -> None:
        made = paragraph.add_run()
        made.text = said
        made.font.size, made.font.bold = Pt(run.size * min(self.look.scale)), run.bold
        made._r.get_or_add_rPr().set("lang", TAGS.get(run.language, run.language))
        made._r.get_or_add_rPr().set("altLang", "en-GB")
        if run.colour and not self.look.own:
            made.font.color.rgb = rgb(run.colour)

    def _each(self, said: Said, size: float, smaller: float, colour: str, bold: bool = False) -> list[list[Run]]:
        """A paragraph a language, the second smaller."""
        return [
            [Run(one, size if not place else smaller, self.languages[place], colour, bold and not place)]
            for place, one in enumerate(said)
            if one
        ]

    # What stands on every slide

    def cover(self) -> None:
        self._new(self.look.cover)
        deck, title = self.deck, self.shapes.title
        across, two = ACROSS * 0.92, len(self.languages) > 1
        first, size = fitting.fitted(f"{deck.acronym}\n{deck.title[0]}", across / BOLD, 1.25 if two else 1.85, TITLES)
        runs = [[Run(first, size, self.languages[0], LIGHT.text, True)]]
        if two:
            second, small = fitting.fitted(deck.title[1], across, 0.6, SECOND_TITLES)
            runs.append([Run(second, small, self.languages[1], LIGHT.muted)])
        self._titled(title, runs, Box(MARGIN, 2.0, ACROSS, 1.9))
        about = [line for said in deck.about for line in self._each(said, 16, 12, LIGHT.muted)]
        under = next((one for one in self.slide.placeholders if one.placeholder_format.idx == 1), None)
        if under is not None:
            self._fill(under.text_frame, about, bare=not self.look.own)
        else:
            self._text(Box(MARGIN, 4.2, ACROSS, 1.8), about)
        self._tidy([one for one in (title, under) if one is not None])
        if any(deck.badge):
            said = tuple(f"{one}: {more}" for one, more in zip(deck.badge, deck.badge_explained, strict=True))
            self._text(Box(MARGIN, 6.2, ACROSS, 0.7), self._each(said, 12, 11, LIGHT.japan))
        self._badge()
        self._speech("\n".join([deck.acronym, *deck.title, *(line for said in deck.about for line in said)]))

    def page(self, page: Page) -> None:
        self.number += 1
        self._new(self.look.content)
        self._title(page)
        top = self._subtitle(page)
        bottom = self._notes(page)
        box = Box(MARGIN, top, ACROSS, bottom - top)
        draw: dict[type, Callable[[Any, Page, Box], None]] = {
            Charts: self._charts, Picture: self._picture, Table: self._table, Headline: self._headline,
            Points: self._points, Message: self._message, Entries: self._entries,
        }  # fmt: skip
        draw[type(page.body)](page.body, page, box)
        self._foot(page)
        self._badge()
        self._speech(page.speech)

    def _title(self, page: Page) -> None:
        two, title = len(page.title) > 1, self.shapes.title
        across = title.width / Inches(1) / self.look.scale[0] * 0.98 if title is not None else ACROSS
        down = title.height / Inches(1) / self.look.scale[1] * 0.92 if title is not None else 1.0
        first, size = fitting.fitted(page.title[0], across / BOLD, down * (0.61 if two else 1), TITLES)
        runs = [[Run(first, size, self.languages[0], LIGHT.text, True)]]
        if two:
            second, small = fitting.fitted(page.title[1], across, down * 0.39, SECOND_TITLES)
            runs.append([Run(second, small, self.languages[1], LIGHT.muted)])
        self._titled(title, runs, Box(MARGIN, 0.5, ACROSS, 1.0))
        self._tidy([title] if title is not None else [])

    def _titled(self, title: Any, runs: list[list[Run]], box: Box) -> None:
        """Into the layout's title, so that outline and screen readers find it; a text box where it has none."""
        if title is None:
            self._text(box, runs, anchor=MSO_ANCHOR.BOTTOM)
        else:
            self._fill(title.text_frame, runs, bare=not self.look.own)

    def _subtitle(self, page: Page) -> float:
        """Below the title; gives where what is shown begins."""
        top, runs = self.look.top + UNDER, []
        for place, one in enumerate(page.subtitle):
            said, size = fitting.fitted(one, ACROSS, 0.42, SUBTITLES if not place else SECOND_SUBTITLES)
            runs.append([Run(said, size, self.languages[place], LIGHT.muted)])
        if not any(page.subtitle):
            return top + 0.1
        down = sum(fitting.height(one.said, one.size, ACROSS) for line in runs for one in line)
        self._text(Box(MARGIN, top, ACROSS, down), runs)
        return top + down + 0.15

    def _notes(self, page: Page) -> float:
        """Above the foot; gives where what is shown must end."""
        glossary = page.body.glossary if isinstance(page.body, Charts | Picture | Table) else ""
        paragraphs = [*page.notes, glossary]
        most, down, runs = 0.62 if len(page.notes) < 2 else 0.5, 0.0, []
        for place, one in enumerate(paragraphs):
            if one:
                said, size = noted(one, most, NOTES if not place else SECOND_NOTES)
                down += fitting.height(said, size, ACROSS)
                language = self.languages[min(place, len(self.languages) - 1)]
                runs.append([Run(said, size, language, LIGHT.muted)])
        if runs:
            self._text(Box(MARGIN, BOTTOM - down, ACROSS, down), runs)
        return BOTTOM - down - 0.08

    def _foot(self, page: Page) -> None:
        fitted = [fitting.fitted(one, ACROSS - 1.2, 0.38 / len(page.foot), (10.0, 9.0, 8.0, 7.5)) for one in page.foot]
        lines = zip(fitted, self.languages, strict=False)
        runs = [[Run(said, size, language, LIGHT.muted)] for (said, size), language in lines]
        self._text(Box(MARGIN, FOOT, ACROSS - 1.2, 0.38), runs)
        number = self._text(Box(WIDTH - MARGIN - 1, FOOT, 1, 0.25), [[]], PP_ALIGN.RIGHT)
        paragraph = number.text_frame.paragraphs[0]._p
        field = parse_xml(
            '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" type="slidenum" '
            'id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"><a:rPr lang="en-GB" sz="1000"/>'
            f"<a:t>{self.number}</a:t></a:fld>"
        )
        paragraph.append(field)

    def _badge(self) -> None:
        if not any(self.deck.badge):
            return
        said = " · ".join(self.deck.badge)
        across = fitting.width(said, 11 * BOLD) + 0.3
        shape = self.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, *self._box(Box(WIDTH - MARGIN - across, 0.15, across, 0.3))
        )
        shape.name, shape.shadow.inherit = "Badge", False
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(LIGHT.page)
        shape.line.color.rgb, shape.line.width = rgb(LIGHT.japan), Pt(1)
        self._fill(shape.text_frame, [[Run(said, 11, self.languages[0], None, True)]], PP_ALIGN.CENTER)
        shape.text_frame.paragraphs[0].runs[0].font.color.rgb = rgb(LIGHT.japan)
        shape.text_frame.vertical_anchor, shape.text_frame.word_wrap = MSO_ANCHOR.MIDDLE, False

    def _speech(self, said: str) -> None:
        self.slide.notes_slide.notes_text_frame.text = clean(said)

    # What it shows

    def _charts(self, body: Charts, page: Page, box: Box) -> None:
        several, gap = len(body.natives) > 1, 0.1
        down, drawn = (box.height + gap) / len(body.natives), []
        for place, made in enumerate(body.natives):
            own = Box(box.left, box.top + place * down, box.width, down - gap)
            alt = f"{made.measure}: {page.alt}" if several else page.alt
            if is_headed(made, several):
                self._text(Box(own.left, own.top, own.width, 0.24),
                           [[Run(called(made), 11, self.languages[0], LIGHT.text, True)]])  # fmt: skip
                own = Box(own.left, own.top + 0.24, own.width, own.height - 0.24)
            made, size = readable(made, own)
            frame = add_chart(self.shapes, made, self._scaled(own), alt, size, self.look.own)
            drawn.append((frame, made, self._scaled(own), size))
        if several and all(made.months and made.kind == "line" for made in body.natives):
            line_up(drawn)

    def _picture(self, body: Picture, page: Page, box: Box) -> None:
        place = self._scaled(box)
        shape = self.shapes.add_picture(BytesIO(body.png), Inches(place.left), Inches(place.top))
        shrink = min(Inches(place.width) / shape.width, Inches(place.height) / shape.height)
        shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
        shape.left = Inches(place.left) + (Inches(place.width) - shape.width) // 2
        shape._element.nvPicPr.cNvPr.set("descr", clean(page.alt))

    def _table(self, body: Table, page: Page, box: Box) -> None:
        size, widths, heights = laid_out(body, box.height - 0.3)
        columns, rows = len(widths), len(heights) - 1
        holder = self.shapes.add_table(rows + 1, columns, *self._box(Box(box.left, box.top, sum(widths), sum(heights))))
        holder._element.nvGraphicFramePr.cNvPr.set("descr", clean(page.alt))
        table = holder.table
        if not self.look.own:
            holder._element.find(".//" + qn("a:tableStyleId")).text = "{9D7B030F-B1BA-407E-8272-1F4D2D7A4BA8}"
            table.horz_banding = False
        for place, width in enumerate(widths):
            table.columns[place].width = self._box(Box(0, 0, width, 0))[2]
        for place, height in enumerate(heights):
            table.rows[place].height = self._box(Box(0, 0, 0, height))[3]
            written = body.columns if not place else body.rows[place - 1]
            for column in range(columns):
                self._cell(table.cell(place, column), written[column], size, body.numeric[column], not place)
        said = [left_out((rows, columns), (body.count, len(body.columns)), language) for language in self.languages]
        if any(said):
            self._text(Box(box.left, box.top + sum(heights) + 0.06, box.width, 0.24),
                       [[Run(" · ".join(said), 10, self.languages[0], LIGHT.muted)]])  # fmt: skip

    def _cell(self, cell: Any, said: str, size: float, numeric: bool, head: bool) -> None:
        cell.margin_left = cell.margin_right = Inches(CELL)
        cell.margin_top = cell.margin_bottom = Inches(PAD)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        align = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
        self._fill(cell.text_frame, [[Run(said, size, self.languages[0], LIGHT.text, head)]], align, bare=False)

    def _headline(self, body: Headline, page: Page, box: Box) -> None:
        left = 4.6 if body.trend else box.width
        value, size = fitting.fitted(body.value[0], left / BOLD, 1.3, (60.0, 48.0, 40.0, 32.0, 24.0, 18.0))
        runs = [[Run(value, size, self.languages[0], LIGHT.eu, True)]]
        status = tuple(f"{body.shape} {said}".strip() for said in body.status)
        runs += self._each(status, 16, 12, LIGHT.text, True)
        for said in body.said:
            runs += self._each(said, 13, 11, LIGHT.muted)
        self._text(Box(box.left, box.top + 0.1, left, box.height - 0.2), runs)
        if body.trend:
            beside = Box(box.left + left + 0.4, box.top, box.width - left - 0.4, box.height)
            told = [Run(" · ".join(body.trend_said), 11, self.languages[0], LIGHT.muted)]
            self._text(Box(beside.left, beside.top, beside.width, 0.4), [told])
            chart = Box(beside.left, beside.top + 0.45, beside.width, beside.height - 0.45)
            add_chart(self.shapes, body.trend, self._scaled(chart), page.alt, 11.0, self.look.own)

    def _points(self, body: Points, page: Page, box: Box) -> None:  # noqa: ARG002 - as its neighbours
        for size in (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0):
            heights = [self._point_height(point, size, box.width - 0.45) for point in body.points]
            if sum(heights) <= box.height:
                break
        spare = min((box.height - sum(heights)) / max(len(heights), 1), 0.25)
        at = box.top
        for point, height in zip(body.points, heights, strict=True):
            self._text(Box(box.left, at, 0.4, height), [[Run(point.shape, size, self.languages[0], point.colour)]])
            runs = self._each(point.said, size, size * 0.8, LIGHT.text)
            runs.append([Run(" · ".join(point.shown_in), size * 0.7, self.languages[0], LIGHT.muted)])
            self._text(Box(box.left + 0.45, at, box.width - 0.45, height), runs)
            at += height + max(spare, 0)

    def _point_height(self, point: Any, size: float, across: float) -> float:
        said = sum(fitting.height(one, size * (0.8 if place else 1), across) for place, one in enumerate(point.said))
        return said + fitting.height(" · ".join(point.shown_in), size * 0.7, across) + 0.1

    def _message(self, body: Message, page: Page, box: Box) -> None:  # noqa: ARG002 - as its neighbours
        runs = [*self._each(body.title, 22, 18, LIGHT.text, True), *self._each(body.said, 16, 13, LIGHT.muted)]
        self._text(Box(box.left, box.top + box.height * 0.3, box.width, 2.0), runs, PP_ALIGN.CENTER)

    def _entries(self, body: Entries, page: Page, box: Box) -> None:  # noqa: ARG002 - as its neighbours
        at, language = box.top, self.languages[0]
        for entry in body.entries:
            height = entry_height(entry, body.size)
            heading = Run(entry.heading, body.size, language, LIGHT.text, True)
            runs = [[heading], [Run(entry.text, body.size, language, LIGHT.muted)]]
            self._text(Box(box.left, at, box.width, height), runs)
            at += height
