"""Where the tables of CORDIS's bulk files lie: in a folder, in a ZIP, in ZIPs within either, several programmes' beside
each other."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from dashboard.imports import values
from dashboard.imports.tables import CordisProblem, Table

LARGEST_TABLE = 2 << 30
LARGEST_RATIO = 250
DEEPEST = 3
"""Folders and ZIPs within each other that are looked into."""

# What a table's file is called, without its suffix: `project`, `cordis-h2020projects`, `organisations`.
NAMES = {
    "project": r"projects?",
    "organization": r"organi[sz]ations?",
    "euroSciVoc": r"euroscivoc",
    "legalBasis": r"legal-?_?bas[ei]s",
    "topics": r"topics?",
}
NEEDED = ("project", "organization")
_PATTERNS = {key: re.compile(rf"(?!\._).*?{name}\.csv", re.IGNORECASE) for key, name in NAMES.items()}


@dataclass(frozen=True)
class Bulk:
    """One programme's tables by their usual names, and the names of all that they lie in, which may tell it."""

    names: tuple[str, ...]
    tables: dict[str, Table]


@dataclass(frozen=True)
class Source:
    """What was given: its name, its bulk files, and the SHA-256 of the ZIP, or of the folder's tables in turn."""

    name: str
    bulks: list[Bulk]
    sha256: str


@dataclass(frozen=True)
class _Found:
    """A table's file, which table it is, and the names of what it lies in, from the outside."""

    key: str
    inside: tuple[str, ...]
    table: Table

    @property
    def framework(self) -> str | None:
        return next(filter(None, map(values.framework, (self.table.name, *reversed(self.inside)))), None)


@dataclass
class _Search:
    """Every table under a place, and the names of other files that were seen."""

    stack: ExitStack
    found: list[_Found] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def folder(self, path: Path, inside: tuple[str, ...], depth: int = 0) -> None:
        for one in sorted(path.iterdir()):
            if one.is_dir():
                if depth < DEEPEST and not one.name.startswith((".", "__MACOSX")):
                    self.folder(one, (*inside, one.name), depth + 1)
            elif one.suffix.lower() == ".zip" and depth < DEEPEST:
                with one.open("rb") as file:
                    self.zip(self.stack.enter_context(ZipFile(self._copied(file, one.stat().st_size, one.name))),
                             (*inside, one.name), depth + 1)  # fmt: skip
            else:
                self._take(one.name, inside, Table(one.name, one.stat().st_size, lambda one=one: one.open("rb")))  # type: ignore[misc]

    def zip(self, archive: ZipFile, inside: tuple[str, ...], depth: int = 0) -> None:
        for info in archive.infolist():
            *folders, name = Path(info.filename).parts or ("",)
            if info.is_dir() or "__MACOSX" in folders:
                continue
            size, within = _unpacked(info), (*inside, *folders)
            if name.lower().endswith(".zip") and depth < DEEPEST:
                with archive.open(info) as file:
                    self.zip(self.stack.enter_context(ZipFile(self._copied(file, size, name))),
                             (*within, name), depth + 1)  # fmt: skip
            else:
                self._take(name, within, Table(name, size, lambda info=info: archive.open(info)))  # type: ignore[misc]

    def _copied(self, file: IO[bytes], size: int, name: str) -> IO[bytes]:
        """A ZIP within a ZIP as a file of its own, since it is read from its end."""
        if size > LARGEST_TABLE:
            raise CordisProblem(f"{name} is larger, or packed tighter, than any CORDIS file; not read")
        copy = self.stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        shutil.copyfileobj(file, copy)
        return copy

    def _take(self, name: str, inside: tuple[str, ...], table: Table) -> None:
        key = next((key for key, pattern in _PATTERNS.items() if pattern.fullmatch(name)), None)
        if key:
            self.found.append(_Found(key, inside, table))
        elif not name.startswith("._"):
            self.others.append(name)


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The bulk files of a ZIP or folder; raises CordisProblem when it is neither, or lacks a table that is needed."""
    if not path.exists():
        raise CordisProblem(f"{path}: no such file or folder; give the ZIP that CORDIS publishes, or its folder")
    with ExitStack() as stack:
        search, name = _Search(stack), path.resolve().name
        try:
            if path.is_dir():
                search.folder(path, (name,))
            else:
                search.zip(stack.enter_context(ZipFile(path)), (name,))
            bulks = _bulks(path, search)
            tables = (table for bulk in bulks for table in bulk.tables.values())
            files = (table.open() for table in tables) if path.is_dir() else iter([path.open("rb")])
            source = Source(name, bulks, _digest(files))
        except BadZipFile as error:
            remedy = "give the folder that holds it" if path.suffix.lower() == ".csv" else "download it again"
            raise CordisProblem(f"{path}: not a ZIP file; {remedy}") from error
        except OSError as error:
            raise CordisProblem(f"{path}: cannot be read ({error.strerror or error})") from error
        yield source


def _unpacked(info: ZipInfo) -> int:
    # What unpacks beyond reason is given a size that no table may have, and refused when it is chosen.
    swollen = info.file_size > LARGEST_RATIO * max(info.compress_size, 4096)
    return LARGEST_TABLE + 1 if swollen else info.file_size


def _bulks(path: Path, search: _Search) -> list[Bulk]:
    """The tables that belong together: all of them, or those in one place, or those whose names tell one programme."""
    found = search.found
    groupings: tuple[Callable[[_Found], object], ...] = (
        lambda _: None,
        lambda one: one.inside,
        lambda one: one.framework,
    )
    for grouping in groupings:
        groups: dict[object, list[_Found]] = {}
        for one in found:
            groups.setdefault(grouping(one), []).append(one)
        if groups and all(map(_is_whole, groups.values())):
            bulks = [_bulk(group) for group in groups.values()]
            for bulk in bulks:
                _judge(path, bulk)
            return bulks
    raise CordisProblem(f"{path}: {_why_not(search)}")


def _is_whole(group: list[_Found]) -> bool:
    counts = {key: sum(one.key == key for one in group) for key in NAMES}
    return all(counts[key] == 1 for key in NEEDED) and max(counts.values()) == 1


def _bulk(group: list[_Found]) -> Bulk:
    ordered = sorted(group, key=lambda one: list(NAMES).index(one.key))
    around = dict.fromkeys(name for one in ordered for name in reversed(one.inside))
    return Bulk((*(one.table.name for one in ordered), *around), {one.key: one.table for one in ordered})


def _judge(path: Path, bulk: Bulk) -> None:
    for table in bulk.tables.values():
        if table.size > LARGEST_TABLE:
            raise CordisProblem(f"{path}: {table.name} is larger, or packed tighter, than any CORDIS table; not read")


def _why_not(search: _Search) -> str:
    for key in NEEDED:
        found = [one.table.name for one in search.found if one.key == key]
        if not found:
            held = ", ".join([one.table.name for one in search.found] + search.others[:8]) or "no CSV file"
            return f"no {key}.csv in it (it holds {held}); download the CSV form of the data"
    for key in NAMES:
        found = [one.table.name for one in search.found if one.key == key]
        if len(found) > 1:
            return f"more than one {key} table ({', '.join(found)}); keep each programme's files in a folder of its own"
    return "its tables do not belong together"


def _digest(files: Iterable[IO[bytes]]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
