"""How a slide file looks: our own sheet of 16 : 9, or an organisation's template with its layouts and fonts."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATED
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.charts.theme import LIGHT

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
"""Of our own sheet, in inches; a template's is reckoned in these, scaled."""
TITLE, TWO_TITLES = (0.5, 1.0), (0.45, 1.2)
"""Top and height of the title, in one language or two."""
LATIN, EAST_ASIAN = "Arial", "Yu Gothic"
"""Typefaces that every PowerPoint has; what lacks them falls back on its own."""
MOST_BYTES = 200 * 2**20
OF_TITLE = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
OF_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_A = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


class NotATemplate(ValueError):
    """The file is no PowerPoint presentation that slides can be made from."""


@dataclass(frozen=True)
class Look:
    """A presentation without slides, its layouts for cover and content, and whether it is an organisation's own.
    `scale` is its inches for one of ours, across and down; `top` is where its title ends, in our inches."""

    presentation: Any
    cover: Any
    content: Any
    own: bool
    scale: tuple[float, float]
    top: float


def look(template: bytes | None, two: bool = False) -> Look:
    """Our own look, its title higher for `two` languages, or that of a template; raises NotATemplate for a file that is
    none."""
    presentation = _opened(template) if template is not None else _plain(TWO_TITLES if two else TITLE)
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    cover, content = _cover(layouts), _content(layouts)
    scale = presentation.slide_width / Inches(WIDTH), presentation.slide_height / Inches(HEIGHT)
    return Look(presentation, cover, content, template is not None, scale, _title_end(content, scale[1]))


def _opened(template: bytes) -> Any:
    try:
        with ZipFile(BytesIO(template)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
                raise NotATemplate("it is too large for a template")
        presentation = Presentation(BytesIO(template))
        if not any(master.slide_layouts for master in presentation.slide_masters):
            raise NotATemplate("it has no slide layout")
    except NotATemplate:
        raise
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise NotATemplate("it is no PowerPoint presentation (.pptx)") from error
    _emptied(presentation)
    return presentation


def _emptied(presentation: Any) -> None:
    """Without the template's own slides, and without sections and shows that name them."""
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    root = presentation.part._element
    for found in [*root.iter(qn("p:custShowLst")), *root.iter("{*}sectionLst")]:
        holder = found.getparent()
        holder.remove(found)
        if holder.tag == qn("p:ext"):
            holder.getparent().remove(holder)


def _kinds(layout: Any) -> list[Any]:
    return [one.placeholder_format.type for one in layout.placeholders]


def _has_title(layout: Any) -> bool:
    return any(kind in OF_TITLE for kind in _kinds(layout))


def _cover(layouts: list[Any]) -> Any:
    """A title slide; otherwise whatever has a title, or comes first."""
    with_subtitle = [one for one in layouts if _has_title(one) and PP_PLACEHOLDER.SUBTITLE in _kinds(one)]
    return next(iter(with_subtitle), _content(layouts))


def _content(layouts: list[Any]) -> Any:
    """The layout with a title and least else: 'Title Only' where there is one."""
    titled = [one for one in layouts if _has_title(one) and PP_PLACEHOLDER.CENTER_TITLE not in _kinds(one)]
    others = titled or [one for one in layouts if _has_title(one)] or layouts
    return min(others, key=lambda one: sum(kind not in (*OF_TITLE, *OF_FOOT) for kind in _kinds(one)))


def _title_end(layout: Any, scale: float) -> float:
    """Where the content layout's title ends, in our inches; at most two fifths down the sheet."""
    titles = [one for one in layout.placeholders if one.placeholder_format.type in OF_TITLE]
    end = max(((one.top + one.height) / Inches(1) / scale for one in titles), default=sum(TITLE))
    return float(min(end, HEIGHT * 0.4))


def _plain(title: tuple[float, float]) -> Any:
    """A sheet of our own: two layouts, title on top at the left, our fonts and colours in its theme."""
    presentation: Any = Presentation()
    wider = Inches(WIDTH) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = presentation.slide_layouts
    for layout in list(layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            layouts.remove(layout)
    for shape in [one for sheet in (presentation.slide_master, *layouts) for one in sheet.placeholders]:
        if shape.placeholder_format.type in OF_FOOT:
            shape._element.getparent().remove(shape._element)  # ours says more than date, foot and number
        elif shape._element.spPr.xfrm is not None:
            shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))
    _titled(presentation.slide_master.placeholders[0], *title, 26, MSO_ANCHOR.BOTTOM)
    cover = layouts.get_by_name("Title Slide").placeholders
    _titled(cover[0], 2.0, 1.9, 36, MSO_ANCHOR.BOTTOM)
    _titled(cover[1], 4.1, 1.8, 18, MSO_ANCHOR.TOP)
    _styled(presentation)
    return presentation


def _titled(shape: Any, top: float, height: float, size: float, anchor: Any) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, (MARGIN, top, WIDTH - 2 * MARGIN, height))
    frame = shape.text_frame
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(size)


def _styled(presentation: Any) -> None:
    master = presentation.slide_master
    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "2600")
    style.find(qn("a:defRPr")).set("b", "1")
    for layout in presentation.slide_layouts:
        for found in layout._element.iter(qn("a:lvl1pPr")):
            found.set("algn", "l")
    part = master.part.part_related_by(RELATED.THEME)
    theme = etree.fromstring(part.blob)
    for fonts in theme.iterfind(".//a:fontScheme/*", _A):
        fonts.find("a:latin", _A).set("typeface", LATIN)
        fonts.find("a:ea", _A).set("typeface", EAST_ASIAN)
        for script in fonts.iterfind("a:font[@script='Jpan']", _A):
            script.set("typeface", EAST_ASIAN)
    colours = {
        "dk1": LIGHT.text, "lt1": LIGHT.page, "dk2": LIGHT.muted, "lt2": LIGHT.panel, "accent1": LIGHT.eu,
        "accent2": LIGHT.japan, "hlink": LIGHT.eu, "folHlink": LIGHT.muted,
        **{f"accent{place}": colour for place, (_, colour) in enumerate(LIGHT.themes, 3)},
    }  # fmt: skip
    for name, colour in colours.items():
        found = theme.find(f".//a:clrScheme/a:{name}", _A)
        for child in list(found):
            found.remove(child)
        etree.SubElement(found, f"{{{_A['a']}}}srgbClr").set("val", colour.removeprefix("#"))
    part.blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
