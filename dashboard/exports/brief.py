"""The brief as a tagged PDF (PDF/UA-1): what it says is data, how it is set stands in `brief.typ`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.exports.formats import UNWRITABLE
from dashboard.exports.lines import EAST_ASIAN

FORM = Path(__file__).with_name("brief.typ")
LATIN = "DejaVu Sans"
JAPANESE = ("Noto Sans CJK JP", "Noto Sans JP")

MOST_PAGES = 4
UNSHOWN = "\N{REPLACEMENT CHARACTER}"
MOST_TRIES = 200
LAST_ASCII = 0x7E
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How typst writes a character that cannot be seen."""


class NoFont(Exception):
    """A font that the brief needs is not installed; `package` is Debian's for it."""

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(f"the brief needs a font that is not installed: install Debian's {package}, then try again")


@dataclass(frozen=True)
class Said:
    """One sentence of the summary: its shape and tone (good, bad or plain), and where its figure stands."""

    shape: str
    tone: str
    said: str
    place: str


@dataclass(frozen=True)
class Row:
    """An indicator's row: its name, what stands behind its value, and value, planned by now, target, status, change."""

    name: str
    detail: str
    cells: tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Stage:
    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Picture:
    """A figure as SVG with everything that is said around it."""

    title: str
    subtitle: str
    svg: str
    alt: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Source:
    said: str
    address: str | None = None


@dataclass(frozen=True)
class Brief:
    """All that a brief says, in one language; `words` are its headings, the table's columns and note, `unmade` a
    sentence for each picture that could not be made."""

    language: str
    title: str
    subtitle: str
    author: str
    read_at: datetime
    facts: Sequence[tuple[str, str]]
    badge: tuple[str, str] | None
    foot: str
    words: Mapping[str, Any]
    findings: Sequence[Said]
    stages: Sequence[Stage]
    pictures: Sequence[Picture]
    method: Sequence[tuple[str, str]]
    definitions: Sequence[tuple[str, str]]
    sources: Sequence[Source]
    unmade: Sequence[str] = ()


def pdf(brief: Brief) -> bytes:
    """The brief as PDF, with as many of its pictures, the first first, as four pages hold; raises NoFont."""
    pictures = list(brief.pictures)
    while True:
        made, data = _compiled(replace(brief, pictures=pictures))
        if not pictures or _pages(data) <= MOST_PAGES:
            return made
        pictures.pop()


def _compiled(brief: Brief) -> tuple[bytes, str]:
    """The PDF, and what it was made of: characters that no installed font shows are replaced by a mark."""
    import typst

    data = _data(brief)
    seconds = int(brief.read_at.timestamp())
    for _ in range(MOST_TRIES):
        try:
            return bytes(_compiler(data).compile(format="pdf", pdf_standards=["ua-1"], timestamp=seconds)), data
        except typst.TypstError as error:
            unshown = NOT_SHOWN.search(str(error))
            if unshown is None:
                raise
            data = _without(data, unshown[1])
    raise ValueError(f"more than {MOST_TRIES} characters of the brief are in no installed font")


def _compiler(data: str) -> Any:
    import typst

    return typst.Compiler(FORM.read_bytes(), font_paths=_fonts(), sys_inputs={"brief": data})


def _pages(data: str) -> int:
    return int(_compiler(data).query("<pages>", field="value", one=True))


def _data(brief: Brief) -> str:
    """The brief as JSON with the fonts it is set in; raises NoFont where one is missing."""
    said = _writable(asdict(brief))
    moment = said.pop("read_at")
    said["date"] = {part: getattr(moment, part) for part in ("year", "month", "day")}
    said["fonts"] = fonts(json.dumps(said, ensure_ascii=False), _fonts().families())
    return json.dumps(said, ensure_ascii=False)


def _writable(said: Any) -> Any:
    """The same without characters that no file can hold."""
    if isinstance(said, str):
        return UNWRITABLE.sub("", said)
    if isinstance(said, dict):
        return {key: _writable(one) for key, one in said.items()}
    return [_writable(one) for one in said] if isinstance(said, list | tuple) else said


def fonts(said: str, installed: Collection[str]) -> list[str]:
    """The installed fonts in which to write a text; raises NoFont where one is missing."""
    japanese = [family for family in JAPANESE if family in installed]
    if LATIN not in installed:
        raise NoFont("fonts-dejavu-core")
    if EAST_ASIAN.search(said) and not japanese:
        raise NoFont("fonts-noto-cjk")
    return [LATIN, *japanese]


def _without(data: str, unshown: str) -> str:
    """What no font shows replaced by a mark; of a script beyond Latin, Greek and Cyrillic that is not East Asian,
    its neighbours too, for a font that lacks one of its letters lacks them all. Raises ValueError for plain ASCII."""
    named = ESCAPED.sub(lambda found: chr(int(found[1], 16)), unshown)
    characters = [one for one in named if ord(one) > LAST_ASCII]
    if not characters:
        raise ValueError(f"the brief's fonts do not show {named!r}")
    for character in characters:
        block = ord(character) >> 7
        whole = 0x0E <= block < 0x40 or block >= 0x200
        gone = f"[{chr(block << 7)}-{chr((block << 7) + 127)}]" if whole else re.escape(character)
        data = re.sub(gone, UNSHOWN, data)
    return data


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts()
