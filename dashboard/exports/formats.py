"""The file formats, by suffix: what each is called by a browser and how it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd

DANGEROUS = re.compile(r"^[=+\-@\t\r]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FONT = "DejaVu Sans, sans-serif"
EAST_ASIAN_FONT = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, sans-serif"
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
WESTERN_EUROPEAN = re.compile(r"[\x20-\xff\u2000-\u22ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
TEXT = re.compile(r"(<text [^>]*>)([^<]*)(</text>)")
PICTURE_WIDTH = 960
PICTURE_SCALE = 2
SLIDE_SHAPE = 2.6
"""Width for height of the room that a slide has for a picture."""


@dataclass(frozen=True)
class Content:
    """What a file is made of: the table, where it was taken from and what else is said about it (label, value), and
    the picture's Vega-Lite form."""

    frame: pd.DataFrame
    source: tuple[str, str]
    about: Sequence[tuple[str, str]]
    sheets: tuple[str, str]
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
    return _safe(content.frame.assign(**{label: source})).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def xlsx(content: Content) -> bytes:
    """A workbook: the data on the first sheet, definition and source on the second."""
    out = BytesIO()
    about = pd.DataFrame([*content.about, content.source], columns=["", " "])
    with pd.ExcelWriter(out, engine="openpyxl", date_format="YYYY-MM-DD") as book:
        for name, frame in zip(content.sheets, (_safe(content.frame), _safe(about)), strict=True):
            frame.to_excel(book, sheet_name=name[:31], index=False)
            for number, column in enumerate(frame.columns, start=1):
                longest = (
                    max([len(str(column)), *frame[column].astype(str).str.len()]) if len(frame) else len(str(column))
                )
                letter = book.sheets[name[:31]].cell(1, number).column_letter
                book.sheets[name[:31]].column_dimensions[letter].width = min(max(10, longest + 2), 70)
    return out.getvalue()


def png(content: Content) -> bytes:
    """The picture at twice its size, its title and foot written into it."""
    return rendered(content.picture or {})


def svg(content: Content) -> bytes:
    return _drawn(content.picture).encode()


def _drawn(picture: dict[str, Any] | None) -> str:
    """The picture as SVG, with East Asian characters in a font that has them."""
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(json.dumps(picture, default=str)))
    return TEXT.sub(lambda found: found[1] + _in_fonts(found[2]) + found[3], drawn)


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


def rendered(picture: dict[str, Any]) -> bytes:
    """A Vega-Lite form as PNG at twice its size."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(_drawn(picture), scale=PICTURE_SCALE))


def plain(spec: dict[str, Any], ground: str) -> dict[str, Any]:
    """A chart's Vega-Lite form without words around it, as wide as a slide is for its height."""
    height = spec.get("height")
    across = max(PICTURE_WIDTH, round(height * SLIDE_SHAPE)) if isinstance(height, int | float) else PICTURE_WIDTH
    sized: dict[str, Any] = json.loads(json.dumps(spec, default=str).replace('"container"', str(across)))
    kept = {key: value for key, value in spec.get("config", {}).items() if key != "autosize"}
    sized["config"] = {**kept, "font": FONT}
    return {**sized, "background": ground, "padding": 8}


def picture(
    spec: dict[str, Any], title: str, subtitle: Sequence[str], foot: str, text: str, muted: str, ground: str
) -> dict[str, Any]:
    """A chart's Vega-Lite form made to stand alone: a fixed width, title and period on top, source below."""
    inner = {
        key: value
        for key, value in spec.items()
        if key not in ("config", "$schema", "background", "padding", "datasets", "autosize")
    }
    sized = json.loads(json.dumps(inner, default=str).replace('"container"', str(PICTURE_WIDTH)))
    return {
        "$schema": spec["$schema"],
        "datasets": spec.get("datasets", {}),
        "config": {**{key: value for key, value in spec.get("config", {}).items() if key != "autosize"}, "font": FONT},
        "background": ground,
        "padding": 24,
        "title": {
            "text": title, "subtitle": list(subtitle), "anchor": "start", "color": text, "subtitleColor": muted,
            "fontSize": 18, "subtitleFontSize": 13, "offset": 16, "subtitlePadding": 6,
        },
        "vconcat": [
            sized,
            {
                "data": {"values": [{"foot": foot}]},
                "mark": {"type": "text", "align": "left", "x": 0, "color": muted, "fontSize": 11},
                "encoding": {"text": {"field": "foot"}},
                "width": PICTURE_WIDTH,
                "height": 14,
                "view": {"stroke": None},
            },
        ],
    }  # fmt: skip
