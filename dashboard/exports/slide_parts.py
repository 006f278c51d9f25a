"""What a slide file is made of, in plain parts: whoever composes a talk fills them, `exports.slides` writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.charts.native import Native

Said = tuple[str, ...]
"""The same words in each language of the file, in its order."""


@dataclass(frozen=True)
class Charts:
    """Native charts, several of them as small multiples. Here and below, `glossary` gives what is written in the second
    language."""

    natives: tuple[Native, ...]
    glossary: str = ""


@dataclass(frozen=True)
class Picture:
    """A PNG, as large as there is room."""

    png: bytes
    glossary: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of a table in words, of which as many are shown as there is room for, and said of how many (`count`)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    count: int
    glossary: str = ""


@dataclass(frozen=True)
class Headline:
    """An indicator: its value, its status with a shape of its own, what else is said, and its trend."""

    value: Said
    shape: str
    status: Said
    said: tuple[Said, ...]
    trend: Native | None
    trend_said: Said


@dataclass(frozen=True)
class Point:
    """A sentence with a shape before it, and where it is shown."""

    shape: str
    colour: str
    said: Said
    shown_in: Said


@dataclass(frozen=True)
class Points:
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Message:
    """What a reader sees where there is nothing to show."""

    title: Said
    said: Said


@dataclass(frozen=True)
class Entry:
    heading: str
    text: str


@dataclass(frozen=True)
class Entries:
    """Headed paragraphs; as many slides as they need."""

    entries: tuple[Entry, ...]
    size: float = 11.0


Body = Charts | Picture | Table | Headline | Points | Message | Entries


@dataclass(frozen=True)
class Page:
    """A slide: what it says, what it shows, in words for those who do not see it (`alt`), and for its speaker; and the
    name it is called by, if it has one."""

    title: Said
    subtitle: Said
    notes: Said
    foot: Said
    body: Body
    alt: str
    speech: str
    name: str = ""


@dataclass(frozen=True)
class Deck:
    """A talk. `languages` are its codes, the first the leading one; `badge` is empty where the records are no
    illustration; `about` stands on the cover below the title."""

    languages: tuple[str, ...]
    acronym: str
    title: Said
    about: tuple[Said, ...]
    badge: Said
    badge_explained: Said
    created: datetime
    pages: tuple[Page, ...]
