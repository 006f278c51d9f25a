"""Long texts in lines, for pictures, whose renderer does not break them."""

from __future__ import annotations

import re
from collections.abc import Iterator

EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
PIECE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+")
NEVER_FIRST = "、。，．・：；？！）」』】〕々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
NEVER_LAST = "（「『【〔"
LETTER, BOLD_LETTER = 0.58, 0.68
"""Mean width of a letter of DejaVu Sans as a part of its size; an East Asian character is as wide as it is high."""


def wrapped(said: str, width: float, size: float, bold: bool = False) -> list[str]:
    """A text in lines that fit a width in pixels when written in DejaVu Sans and Noto Sans CJK of a size in pixels:
    broken at spaces, and between East Asian characters but for punctuation. A longer word has a line of its own."""
    letter = BOLD_LETTER if bold else LETTER
    lines, line, room = [], "", width / size
    for piece in _pieces(said):
        if line and _width(line + piece.rstrip(), letter) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _width(said: str, letter: float) -> float:
    wide = sum(map(len, EAST_ASIAN.findall(said)))
    return wide + (len(said) - wide) * letter


def _pieces(said: str) -> Iterator[str]:
    """What stays on one line: words with the space after them, characters with the punctuation that clings to them."""
    held = ""
    for piece in PIECE.findall(said):
        if held and not (piece.isspace() or piece[0] in NEVER_FIRST or held[-1] in NEVER_LAST):
            yield held
            held = ""
        held += piece
    yield held
