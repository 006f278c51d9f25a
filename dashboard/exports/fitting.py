"""How much room a text takes: an estimate, somewhat too large, since the reader's fonts are not known here."""

from __future__ import annotations

import unicodedata

POINTS = 72.0
LINE = 1.22
"""Height of a line, of the letters' size."""
SLIM, SLENDER = frozenset("frt"), frozenset("cksvxyz")
NARROW, WIDE = frozenset("iljI.,:;'|!()[] ·-"), frozenset("mwMW@%—…＋−→")
DOTS = "…"
APART = 0.25
"""Of the letters' size, what office programs put between an East Asian sign and a letter or digit."""


def width(text: str, size: float) -> float:
    """Inches that a line takes in a sans serif as wide as DejaVu Sans, in points of `size`."""
    return (sum(map(_em, text)) + APART * sum(map(_apart, text, text[1:]))) * size / POINTS


def _apart(before: str, after: str) -> bool:
    return before != " " and after != " " and _is_asian(before) != _is_asian(after)


def _is_asian(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _em(sign: str) -> float:
    if _is_asian(sign):
        return 1.0
    if unicodedata.combining(sign):
        return 0.0
    if sign in NARROW:
        return 0.4
    if sign in WIDE:
        return 1.0
    if sign in SLIM:
        return 0.45
    if sign in SLENDER:
        return 0.61
    return 0.72 if sign.isupper() else 0.65


def _breaks(text: str) -> list[str]:
    """The pieces that a line can be broken between: words with their space, and single East Asian signs."""
    pieces: list[str] = []
    for sign in text:
        if not pieces or _is_asian(sign) or pieces[-1][-1] == " " or _is_asian(pieces[-1][-1]):
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces


def lines(text: str, size: float, room: float) -> int:
    """Into how many lines a text breaks in a width of `room` inches."""
    return sum(_lines(part, size, room) for part in text.split("\n"))


def _lines(text: str, size: float, room: float) -> int:
    count, at, before = 1, 0.0, " "
    for piece in _breaks(text):
        needed = width(piece.rstrip(), size)
        at += _apart(before, piece[0]) * APART * size / POINTS if at else 0.0
        before = piece[-1]
        if at and at + needed > room:
            count, at = count + 1, 0.0
        count += int(max(needed - room, 0) // room) + (needed > room)
        at = (at + width(piece, size)) % room if needed > room else at + width(piece, size)
    return count


def height(text: str, size: float, room: float) -> float:
    """Inches that a text takes down a width of `room` inches."""
    return lines(text, size, room) * size * LINE / POINTS


def fitted(text: str, across: float, down: float, sizes: tuple[float, ...]) -> tuple[str, float]:
    """The text and the first of the sizes at which it fits; at the last it is cut where it still does not, and an
    ellipsis says so."""
    for size in sizes:
        if height(text, size, across) <= down:
            return text, size
    size, low, high = sizes[-1], 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if height(text[:middle].rstrip() + DOTS, size, across) <= down:
            low = middle
        else:
            high = middle - 1
    return (text[:low].rstrip() + DOTS if text else ""), size
