"""A native chart on a slide: drawn by the office program itself from the workbook that the file holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.chart import XL_TICK_MARK as TICK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from dashboard.charts.native import COUNT, ONE_DECIMAL, SMALL, Native, Number, Series
from dashboard.charts.theme import LIGHT
from dashboard.exports import fitting
from dashboard.exports.formats import UNWRITABLE

KINDS = {
    ("bar", ""): XL_CHART_TYPE.BAR_CLUSTERED, ("bar", "sum"): XL_CHART_TYPE.BAR_STACKED,
    ("bar", "share"): XL_CHART_TYPE.BAR_STACKED_100, ("column", ""): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", "sum"): XL_CHART_TYPE.COLUMN_STACKED, ("column", "share"): XL_CHART_TYPE.COLUMN_STACKED_100,
    ("line", ""): XL_CHART_TYPE.LINE_MARKERS,
}  # fmt: skip
MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE, "diamond": XL_MARKER_STYLE.DIAMOND,
    "": XL_MARKER_STYLE.NONE,
}  # fmt: skip
SHEET = "Sheet1"
SMALL_SHARE = 6
"""Parts smaller than this, in per cent, are too small to carry their number."""
DARK = 0.45
FEW = 4
"""Things counted below which an axis goes in ones: in halves, every other line would bear its neighbour's number."""
FEW_UNITS = 3
"""Amounts below which an axis goes in parts of one."""
LOW = 2.0
"""Inches of height below which a chart's legend stands beside it."""
KEY = 4.5
"""Of the letters' size, what a legend needs beside its names."""
COLUMN, SMALLEST = 0.9, 8.0
"""Of a column's part of the width, what its name takes; and points below which names are rather broken."""
STEPS = (1, 2, 3, 6, 12, 24, 60)
NAMES, UNASKED, SIDE = 0.46, 0.28, 0.012
"""Of a chart's width, what the names of its bars take at most, what office programs give them unasked, and what is
left beside."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


def rgb(colour: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())  # type: ignore[no-untyped-call]
    return made


def is_dark(colour: str) -> bool:
    """Whether white letters are read better on a colour than black ones."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < DARK


def add_chart(shapes: Any, made: Native, box: Box, alt: str, size: float, themed: bool) -> Any:
    """A chart of `made` in a box, with its alternative text, letters of `size` points; `themed` leaves the letters'
    colour to the template. The workbook behind it holds the numbers, and low and high ends beside them."""
    data: Any = CategoryChartData(number_format=escape(made.form))  # type: ignore[no-untyped-call]
    data.categories = made.months or [clean(name) for name in made.categories]
    for series in made.series:
        data.add_series(clean(series.name), series.values)
    frame = shapes.add_chart(KINDS[made.kind, made.stacked], *map(Inches, (box.left, box.top, box.width, box.height)),
                             data)  # fmt: skip
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(made))
    chart.font.size = Pt(size)
    if not themed:
        chart.font.color.rgb = rgb(LIGHT.text)
    chart.has_title = False
    _legend(chart, made, box, size)
    _axes(chart, made, box, size)
    if made.kind == "bar":
        _room_for_names(chart, made, box, size)
    plot = chart.plots[0]
    plot.vary_by_categories = False
    if made.kind != "line":
        plot.gap_width, plot.overlap = 45, 100 if made.stacked else (0 if len(made.series) == 1 else -5)
        _labels(plot, made, size)
    for place, series in enumerate(made.series):
        _dress(plot.series[place], series, made)
        if any(value is not None for value in series.low):
            _whiskers(plot.series[place], made, place)
    return frame


def clean(text: str) -> str:
    """Without the signs that no office file can hold."""
    return UNWRITABLE.sub("", text)


def _legend(chart: Any, made: Native, box: Box, size: float) -> None:
    chart.has_legend = len(made.series) > 1
    if chart.has_legend:
        beside = box.height < LOW  # above, it would leave the lines no room
        place = XL_LEGEND_POSITION.RIGHT if beside else XL_LEGEND_POSITION.TOP
        chart.legend.position, chart.legend.include_in_layout = place, False
        chart.legend.font.size = Pt(size)


def _axes(chart: Any, made: Native, box: Box, size: float) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.format.line.color.rgb = rgb(LIGHT.border)
    names.major_tick_mark = names.minor_tick_mark = TICK.NONE
    names.has_major_gridlines, names.tick_label_position = False, XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(_of_names(made, box, size))
    if made.kind == "bar":
        names.reverse_order = True
    _months(names, made, box, size) if made.months else _all_names(names)
    values.minimum_scale, values.maximum_scale = made.ends
    if made.stacked == "share":
        values.maximum_scale = 1.0
    elif made.form == COUNT and _highest(made) < FEW:
        values.major_unit = 1.0
        if not _highest(made):
            values.maximum_scale = 1.0
    values.major_tick_mark = values.minor_tick_mark = TICK.NONE
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(size)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = _axis_form(made), False
    labelled = made.labelled and made.kind != "line" and not (made.kind == "column" and made.stacked)
    values.visible = not labelled
    values.has_major_gridlines = not labelled
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
    if made.kind == "bar":
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _of_names(made: Native, box: Box, size: float) -> float:
    """The size of names: below columns such that no line of them is broken, down to the smallest that is read."""
    if made.kind != "column" or not made.categories:
        return size
    widest = max(fitting.width(line, size) for name in made.categories for line in name.split("\n"))
    return max(min(size * COLUMN * box.width / len(made.categories) / max(widest, 0.01), size), min(SMALLEST, size))


def _highest(made: Native) -> float:
    """The end of the longest bar with its interval, or the highest point."""
    ends = [[one for one in (*series.values, *series.high) if one is not None] for series in made.series]
    return (sum if made.stacked else max)(max(one, default=0.0) for one in ends)


def _axis_form(made: Native) -> str:
    if made.stacked == "share":
        return "0%"
    largest = max((value for series in made.series for value in series.values if value is not None), default=0)
    if made.form == SMALL or (made.form == ONE_DECIMAL and largest < FEW_UNITS):
        return "General"  # an office program writes what "0.##" makes of a whole number as "1."
    return COUNT if made.form == ONE_DECIMAL else made.form


def _all_names(names: Any) -> None:
    """Every name is written, level."""
    _level(names)
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.SubElement(names._element, qn(name))
        skip.set("val", "1")
        names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _level(names: Any) -> None:
    turned = names._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    turned.set("rot", "0")
    turned.set("vert", "horz")


def _room_for_names(chart: Any, made: Native, box: Box, size: float) -> None:
    """Long names get the width that their size was chosen for: of themselves, office programs give them a third and
    break them there, one over another."""
    across = max((fitting.width(line, size) for name in made.categories for line in name.split("\n")), default=0)
    if across <= box.width * UNASKED:
        return
    line = size * 2 / 72 / box.height
    above, below = line * (len(made.series) > 1), line * bool(chart.value_axis.visible)
    left = min(across / box.width, NAMES) + SIDE
    _place(chart, left, above, 1 - left - SIDE, 1 - above - below)


def _place(chart: Any, left: float, above: float, across: float, down: float) -> None:
    """What a chart draws in, without axes, in shares of its box."""
    place = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": left, "y": above, "w": across, "h": down}
    area = chart._chartSpace.chart.plotArea
    for automatic in area.findall(qn("c:layout")):
        area.remove(automatic)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for name, value in place.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", value if isinstance(value, str) else f"{value:.4f}")
    area.insert(0, layout)


def line_up(charts: Sequence[tuple[Any, Native, Box, float]]) -> None:
    """Lines over the same months, one chart below another: each month stands in one place down the slide, whatever
    numbers stand on the left of a chart and names on its right."""
    numbers = max(fitting.width(f"{_highest(made) * 10:,.0f}", size) for _, made, _, size in charts)
    named = [(max(fitting.width(one.name, size) for one in made.series), size) for _, made, _, size in charts
             if len(made.series) > 1]  # fmt: skip
    names = max((across + size * KEY / 72 for across, size in named), default=0.0)
    for frame, _, box, size in charts:
        line = size / 72 / box.height
        left, right = numbers / box.width + SIDE, min(names / box.width, NAMES) + SIDE
        _place(frame.chart, left, line * 0.7, 1 - left - right, max(1 - line * 2.7, 0.2))


def _months(names: Any, made: Native, box: Box, size: float) -> None:
    """Only so many months along the foot as there is room for, in steps that years are made of."""
    _level(names)
    names.tick_labels.number_format, names.tick_labels.number_format_is_linked = made.month_form, False
    room = max(int(box.width * 72 / (size * 7.5)), 1)
    step = next((one for one in STEPS if len(made.months) <= one * room), STEPS[-1])
    element = names._element
    element.find(qn("c:baseTimeUnit")).set("val", "months")
    for name, value in (("c:majorTimeUnit", "months"), ("c:majorUnit", str(step))):
        made_unit = etree.SubElement(element, qn(name))
        made_unit.set("val", value)
        element.find(qn("c:baseTimeUnit")).addnext(made_unit)


def _labels(plot: Any, made: Native, size: float) -> None:
    plot.has_data_labels = made.labelled
    if not made.labelled:
        return
    labels = plot.data_labels
    labels.show_value, labels.font.size = True, Pt(size)
    labels.number_format, labels.number_format_is_linked = _label_form(made), False
    labels.position = XL_LABEL_POSITION.CENTER if made.stacked else XL_LABEL_POSITION.OUTSIDE_END


def _label_form(made: Native) -> str:
    """Parts of a stack that are nothing, or too small, carry no number."""
    if made.stacked == "share":
        return f'[<{SMALL_SHARE}]"";{made.form}'
    if made.stacked and made.form == SMALL:
        return SMALL.replace("[=0]0", '[=0]""')
    return f'{made.form};-{made.form};""' if made.stacked else made.form


def _dress(drawn: Any, series: Series, made: Native) -> None:
    if made.kind == "line":
        _line(drawn, series)
        return
    drawn.invert_if_negative = False
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(series.fill)
    for place, fill in enumerate(series.fills):
        if fill != series.fill:
            point = drawn.points[place].format.fill
            point.solid()
            point.fore_color.rgb = rgb(fill)
    if made.stacked and made.labelled:
        labels = drawn.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.CENTER
        labels.number_format, labels.number_format_is_linked = _label_form(made), False
        labels.font.color.rgb = rgb(LIGHT.page if is_dark(series.fill) else LIGHT.text)


def _line(drawn: Any, series: Series) -> None:
    drawn.smooth = False
    drawn.marker.style = MARKERS[series.marker]
    if series.marker:
        drawn.marker.size = 7 if series.marker != "diamond" else 9
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(series.fill)
        drawn.marker.format.line.color.rgb = rgb(series.fill)
    if series.line == "none":
        drawn.format.line.fill.background()
        return
    drawn.format.line.color.rgb, drawn.format.line.width = rgb(series.fill), Pt(1.5 if series.line == "dashed" else 2.5)
    if series.line == "dashed":
        drawn.format.line.dash_style = MSO_LINE.DASH


def columns(made: Native, place: int) -> tuple[int, ...]:
    """Of a series with ranges, the workbook's columns (0 is the names') of low, high, and the distances to them."""
    ranged = [at for at, series in enumerate(made.series) if any(value is not None for value in series.low)]
    first = 1 + len(made.series) + 4 * ranged.index(place)
    return tuple(range(first, first + 4))


def workbook(made: Native) -> bytes:
    """The chart's data as a workbook: names, a column a series, and for ranges their ends with the distances to them.
    Text stays text: none is run as a formula."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, text = book.add_worksheet(SHEET), book.add_format({"quote_prefix": True})
    number = book.add_format({"num_format": made.form})
    sheet.set_column(0, 0, 40)
    day = book.add_format({"num_format": made.month_form})
    for row, name in enumerate(made.categories, 1):
        if made.months:
            sheet.write_datetime(row, 0, datetime.combine(made.months[row - 1], time()), day)
        else:
            sheet.write_string(row, 0, clean(name), text)
    for place, series in enumerate(made.series):
        sheet.write_string(0, place + 1, clean(series.name), text)
        _numbers(sheet, place + 1, series.values, number)
        if any(value is not None for value in series.low):
            _ranges(sheet, columns(made, place), place + 1, series, number, text)
    book.close()
    return out.getvalue()


def _numbers(sheet: Any, column: int, values: tuple[Number, ...], form: Any) -> None:
    for row, value in enumerate(values, 1):
        if value is not None:
            sheet.write_number(row, column, value, form)


def _ranges(sheet: Any, places: tuple[int, ...], own: int, series: Series, form: Any, text: Any) -> None:
    low, high, under, over = places
    for column, sign in zip(places, ("≥", "≤", "−", "+"), strict=True):
        sheet.write_string(0, column, clean(f"{series.name} {sign}"), text)
    _numbers(sheet, low, series.low, form)
    _numbers(sheet, high, series.high, form)
    for row, (value, least, most) in enumerate(zip(series.values, series.low, series.high, strict=True), 1):
        if value is not None and least is not None and most is not None:
            at = [f"{xl_col_to_name(column)}{row + 1}" for column in (own, low, high)]
            sheet.write_formula(row, under, f"={at[0]}-{at[1]}", form, value - least)
            sheet.write_formula(row, over, f"={at[2]}-{at[0]}", form, most - value)


def _whiskers(drawn: Any, made: Native, place: int) -> None:
    """Bars of error from the workbook's distances, so that changed numbers move them."""
    series = made.series[place]
    _, _, under, over = columns(made, place)
    bars = etree.Element(qn("c:errBars"))
    for name, value in (("c:errBarType", "both"), ("c:errValType", "cust"), ("c:noEndCap", "0")):
        etree.SubElement(bars, qn(name)).set("val", value)
    for name, column, ends in (("c:plus", over, series.high), ("c:minus", under, series.low)):
        distances = [
            None if end is None or value is None else abs(value - end)
            for value, end in zip(series.values, ends, strict=True)
        ]
        bars.append(_reference(name, column, distances, made.form))
    line = etree.fromstring(
        f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:ln w="15875"><a:solidFill>'
        f'<a:srgbClr val="{rgb(LIGHT.text)}"/></a:solidFill></a:ln></c:spPr>'
    )
    bars.append(line)
    drawn._element.find(qn("c:cat")).addprevious(bars)


_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _reference(name: str, column: int, values: list[Number], form: str) -> Any:
    """Numbers as a chart refers to them: their cells, and a copy of what these hold."""
    letter, rows = xl_col_to_name(column), len(values) + 1
    found = etree.Element(qn(name))
    reference = etree.SubElement(found, qn("c:numRef"))
    etree.SubElement(reference, qn("c:f")).text = f"{SHEET}!${letter}$2:${letter}${rows}"
    cache = etree.SubElement(reference, qn("c:numCache"))
    etree.SubElement(cache, qn("c:formatCode")).text = form
    etree.SubElement(cache, qn("c:ptCount")).set("val", str(len(values)))
    for place, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, qn("c:pt"))
            point.set("idx", str(place))
            etree.SubElement(point, qn("c:v")).text = repr(value)
    return found
