"""CSV files, read as a stream: which letters, which separator, and then row by row."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from dashboard.imports import child
from dashboard.imports.form import fold, headings, sheets
from dashboard.imports.report import Problem, Refused
from dashboard.imports.sheet import RawSheet, Row

SEPARATORS = (",", ";", "\t")
NOTHING = " \r\n" + "".join(SEPARATORS)
ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "shift-jis": "cp932", "windows-1252": "cp1252"}
LONGEST_LINE = 1_000_000
MOST_BLANK = 100_000
"""Lines that may hold nothing, one after the other: what is more is no table."""

_BLOCK = 1 << 20
_SAMPLE = 1 << 22
_ROWS_BETWEEN_REPORTS = 500
_LEAST_NUL_SHARE = 0.02
# Runs of what Shift-JIS would take for Japanese signs: two bytes each, or one of the half-width kana.
_RUN = re.compile(rb"(?:[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf])+")
# First bytes of punctuation, kana and the kanji in everyday use (level 1 of JIS X 0208).
_COMMON = range(0x81, 0x99)
# First bytes of signs that each user defines; nobody's file holds them, but ñ, ò and ö before a letter are the same.
_PRIVATE = range(0xF0, 0xFA)
_SIGN = re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf]")


@dataclass(frozen=True)
class Format:
    """How a CSV file is written."""

    encoding: str
    separator: str


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read(path: Path, encoding: str | None = None) -> RawSheet:
    """A CSV file as a sheet of its name; `encoding` is one of ENCODINGS where the user says it.

    Raises Refused when it is no text that we can read, and so does reading on.
    """
    written = tell(path, encoding)

    def rows() -> Iterator[tuple[int, Row]]:
        with path.open("rb") as raw, io.TextIOWrapper(raw, written.encoding, newline="") as text:
            records = csv.reader(lines(path, text), delimiter=written.separator, strict=True)
            number = done = 0
            try:
                for number, record in enumerate(records, start=1):
                    if number % _ROWS_BETWEEN_REPORTS == 0:
                        done = raw.tell()
                    if len(record) > child.MOST_COLUMNS:
                        _measure(path, number, record)
                    yield done, Row(number, record)
            except csv.Error:
                problem = Problem("long_line", path.name, None, number + 1, details={"most": LONGEST_LINE})
                raise Refused(problem) from None
            except UnicodeError:
                raise Refused(Problem("no_encoding", path.name, None, number + 1)) from None

    return RawSheet(path, path.stem, path.stat().st_size, rows)


def lines(path: Path, text: IO[str]) -> Iterator[str]:
    """Lines of a bearable length: a gigabyte on one line is refused before it fills the memory, and one of lines that
    hold nothing before it takes minutes."""
    number = blank = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            raise Refused(Problem("long_line", path.name, None, number, details={"most": LONGEST_LINE}))
        blank = 0 if line.strip(NOTHING) else blank + 1
        if blank > MOST_BLANK:
            raise Refused(Problem("blank_lines", path.name, None, number, details={"most": MOST_BLANK}))
        yield line


def _measure(path: Path, number: int, record: list[str]) -> None:
    width = max((place for place, cell in enumerate(record, start=1) if cell.strip()), default=0)
    if width > child.MOST_COLUMNS:
        details = {"width": width, "most": child.MOST_COLUMNS}
        raise Refused(Problem("too_wide", path.name, None, number, details=details))


def tell(path: Path, encoding: str | None = None) -> Format:
    """Find out how a file is written; raises Refused."""
    found = ENCODINGS[encoding] if encoding else _encoding(path)
    with path.open("rb") as raw, io.TextIOWrapper(raw, found, newline="") as text:
        try:
            line = next((line for line in lines(path, text) if line.strip(NOTHING)), "")
        except UnicodeError:
            raise Refused(Problem("no_encoding", path.name)) from None
    if match := re.fullmatch(r"sep=([,;\t])\s*", line):
        return Format(found, match[1])
    return Format(found, max(SEPARATORS, key=lambda separator: _fit(line, separator)))


def _fit(line: str, separator: str) -> tuple[int, int]:
    """How well a separator parts the first line: into how many of our headings, and into how many cells."""
    try:
        cells = next(csv.reader([line], delimiter=separator))
    except (csv.Error, StopIteration):
        return 0, 0
    return sum(fold(cell) in _all_headings() for cell in cells), len(cells)


@cache
def _all_headings() -> frozenset[str]:
    return frozenset(heading for name in sheets() for heading in headings(name))


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _wide(head):
        return wide
    if _decodes(path, "utf-8"):
        return "utf-8-sig"
    japanese = _decodes(path, "cp932")
    western = _decodes(path, "cp1252")
    if japanese and (not western or _looks_japanese(path)):
        return "cp932"
    if western:
        return "cp1252"
    raise Refused(Problem("no_encoding", path.name))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: its separators and line ends have zeros, on one side; other signs may have some on the
    other, and then our headings tell that it is text."""
    sides = [head[side::2].count(0) for side in (0, 1)]
    if max(sides) < _LEAST_NUL_SHARE * len(head) or not head:
        return None
    encoding = "utf-16-be" if sides[0] > sides[1] else "utf-16-le"
    text = head.decode(encoding, "replace")
    if not set(text) & {"\n", "\r", *SEPARATORS}:
        return None
    line = text.lstrip().splitlines()[0]
    return encoding if not min(sides) or any(_fit(line, separator)[0] for separator in SEPARATORS) else None


def _decodes(path: Path, encoding: str) -> bool:
    """Whether all of a file can be read so; raises Refused where it holds zero bytes, which no text does."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:
                raise Refused(Problem("no_text", path.name))
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_japanese(path: Path) -> bool:
    """Whether bytes that can be read both ways are Shift-JIS: then they stand in runs, as Japanese signs do, whereas
    accents and quotes of Windows-1252 stand alone among plain letters."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    header = sample.partition(b"\n")[0].decode("cp932", "replace")
    for separator in SEPARATORS:
        for cell in next(csv.reader([header.strip()], delimiter=separator), []):
            if not cell.isascii() and fold(cell) in _all_headings():
                return True
    alone = together = 0
    for run in _RUN.findall(sample):
        signs = _SIGN.findall(run)
        wide = [sign[0] for sign in signs if len(sign) == 2]
        if any(first in _PRIVATE for first in wide):
            return False
        common = sum(first in _COMMON for first in wide)
        # Two half-width kana may as well be two accented capitals, and a rare sign an accent before a letter.
        if common >= max(2, len(signs) / 2) if wide else len(signs) > 2:
            together += len(signs)
        else:
            alone += len(signs)
    return together > alone
