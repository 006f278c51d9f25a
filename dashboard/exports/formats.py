"""The file formats, by suffix: what each is called by a browser and how it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd

from dashboard.exports.lines import EAST_ASIAN, wrapped

DANGEROUS = re.compile(r"^[=+\-@\t\r]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FONT = "DejaVu Sans, sans-serif"
EAST_ASIAN_FONT = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, sans-serif"
WESTERN_EUROPEAN = re.compile(r"[\x20-\xff○●◇◆□■△▲▽▼\u2000-\u22ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
TEXT = re.compile(r"(<(?:text|tspan)\b[^>]*>)([^<]+)(?=</)")
PICTURE_WIDTH = 960
PICTURE_SCALE = 2
OUTER = ("config", "$schema", "background", "padding", "datasets", "autosize")
"""What of a chart's form belongs to the whole picture, not to a part of it."""

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Content:
    """What a file is made of: the table and the name of its sheet, where it was taken from (label, value), the further
    sheets (name, lines of label and value) and the picture's Vega-Lite form."""

    frame: pd.DataFrame
    source: tuple[str, str]
    sheet: str
    sheets: Sequence[tuple[str, Lines]] = ()
    picture: dict[str, Any] | None = None


@dataclass(frozen=True)
class Format:
    mime: str
    write: Callable[[Content], bytes]
    is_picture: bool = False


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, and characters that no file can
    hold are left out; numbers stay as they are."""
    if not isinstance(value, str):
        return value
    written = UNWRITABLE.sub("", value)
    return f"'{written}" if DANGEROUS.match(written) else written


def _safe(frame: pd.DataFrame) -> pd.DataFrame:
    safe = frame.map(safe_cell, na_action="ignore")
    return safe.rename(columns=safe_cell)


def csv(content: Content) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets read Japanese and accents right; the last column says of each
    row where it was taken from, as nothing else in the file can."""
    label, source = content.source
    table = _safe(content.frame.assign(**{label: source}))
    return table.to_csv(index=False, lineterminator="\r\n", float_format=plain).encode("utf-8-sig")


def plain(number: float) -> str:
    """A number with all its digits, whole ones as such: a count beside an unknown one is a float to pandas."""
    return repr(float(number)).removesuffix(".0")


def xlsx(content: Content) -> bytes:
    """A workbook: the data on the first sheet, what else is said of it on the others."""
    out = BytesIO()
    said = [(name, pd.DataFrame([*lines], columns=["", " "])) for name, lines in content.sheets]
    with pd.ExcelWriter(out, engine="openpyxl", date_format="YYYY-MM-DD") as book:
        for name, frame in ((content.sheet, content.frame), *said):
            _safe(frame).to_excel(book, sheet_name=name[:31], index=False)
            _widen(book.sheets[name[:31]], _safe(frame))
    return out.getvalue()


def _widen(sheet: Any, frame: pd.DataFrame) -> None:
    """Columns as wide as what they hold, up to 70 characters."""
    for number, column in enumerate(frame.columns, start=1):
        longest = max([len(str(column)), *frame[column].astype(str).str.len()])
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = min(max(10, longest + 2), 70)


def png(content: Content) -> bytes:
    """The picture at twice its size, its title and foot written into it."""
    return rendered(content.picture or {})


def svg(content: Content) -> bytes:
    return drawing(content.picture or {}).encode()


def drawing(spec: dict[str, Any]) -> str:
    """A Vega-Lite form as SVG, with East Asian characters in a font that has them."""
    return in_fonts(outline(spec))


def outline(spec: dict[str, Any]) -> str:
    """A Vega-Lite form as SVG, with every text in the form's own font."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(spec, default=str)))


def in_fonts(svg: str) -> str:
    """An SVG with East Asian characters in a font that has them."""
    return TEXT.sub(lambda found: found[1] + _in_fonts(found[2]), svg)


def _in_fonts(written: str) -> str:
    """A text in an East Asian font where it has all its characters, otherwise only its East Asian stretches: there
    are boxes in either font where Polish or Greek stands beside Japanese."""
    parts = WESTERN_EUROPEAN if WESTERN_EUROPEAN.fullmatch(written) and EAST_ASIAN.search(written) else EAST_ASIAN
    return parts.sub(lambda found: f'<tspan font-family="{EAST_ASIAN_FONT}">{found[0]}</tspan>', written)


FORMATS = {
    "csv": Format("text/csv", csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "png": Format("image/png", png, is_picture=True),
    "svg": Format("image/svg+xml", svg, is_picture=True),
}


def sized(spec: dict[str, Any], width: int) -> dict[str, Any]:
    """A chart's Vega-Lite form as wide as said instead of as its place on a page, in fonts that a file may count on."""
    made: dict[str, Any] = json.loads(json.dumps(spec, default=str).replace('"container"', str(width)))
    settings = {key: value for key, value in made.get("config", {}).items() if key != "autosize"}
    return {**made, "config": {**settings, "font": FONT}}


def rendered(picture: dict[str, Any]) -> bytes:
    """A Vega-Lite form as PNG at twice its size."""
    return rasterised(drawing(picture), PICTURE_SCALE)


def rasterised(svg: str, scale: int) -> bytes:
    """An SVG as PNG at so many times its size."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=scale))


def still(spec: dict[str, Any], width: int) -> str:
    """A chart's Vega-Lite form as SVG by itself: a fixed width, no title, on whatever ground it is put."""
    return drawing({**sized(spec, width), "background": "transparent", "padding": 8})


def picture(
    spec: dict[str, Any], title: str, subtitle: Sequence[str], foot: str, text: str, muted: str, ground: str
) -> dict[str, Any]:
    """A chart's Vega-Lite form made to stand alone: a fixed width, title and period on top, source below."""
    chart = sized(spec, PICTURE_WIDTH)
    inner = {key: value for key, value in chart.items() if key not in OUTER}
    foot_lines = wrapped(foot, PICTURE_WIDTH, 11)
    return {
        **{key: chart[key] for key in ("$schema", "datasets", "config") if key in chart},
        "background": ground,
        "padding": 24,
        "title": {
            "text": wrapped(title, PICTURE_WIDTH, 18, bold=True),
            "subtitle": [line for said in subtitle for line in wrapped(said, PICTURE_WIDTH, 13)],
            "anchor": "start", "color": text, "subtitleColor": muted,
            "fontSize": 18, "subtitleFontSize": 13, "offset": 16, "subtitlePadding": 6,
        },
        "vconcat": [
            inner,
            {
                "data": {"values": [{"foot": line, "line": number} for number, line in enumerate(foot_lines)]},
                "mark": {"type": "text", "align": "left", "x": 0, "color": muted, "fontSize": 11},
                "encoding": {
                    "text": {"field": "foot"},
                    "y": {"field": "line", "type": "ordinal", "axis": None, "scale": {"paddingOuter": 0.5}},
                },
                "width": PICTURE_WIDTH,
                "height": 14 * len(foot_lines),
                "view": {"stroke": None},
            },
        ],
    }  # fmt: skip
