"""Reads one workbook, in a process of its own whose time and memory are limited: `child.py WORKBOOK FOLDER`.

Each sheet becomes a file of JSON lines, `[row, cell, …]`, in the folder, empty rows left out; `index.json` lists the
sheets. Files of strangers are parsed here and nowhere else. It stands alone: nothing of ours is imported.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

SECONDS = 60
MEGABYTES = 1024
MOST_COLUMNS = 256
MOST_MARKED = 20
NO_ROOM = 28
"""The exit code that says that the folder's disk is full."""

_WINDOW = 1 << 20
_OVERLAP = 1 << 12
_AHEAD = 1 << 8
# A formula or an error in a cell; `xm:f` are the ranges of drop-down lists, and LibreOffice writes yes and no as
# formulas of constants.
_XLSX = re.compile(
    rb"<(?:(?!xm:)\w+:)?f(?=[\s>/])(?![^<>]*>(?:TRUE|FALSE)\(\)</)|<(?:\w+:)?c\s[^<>]*\bt=\"e\"[^<>]*>"
)
_ODS = re.compile(rb'\btable:formula="(?!of:=(?:TRUE|FALSE)\(\)")')
_ODS_LINK = re.compile(rb"<table:(?:table-source|cell-range-source|dde-link)[\s>/]")
_TAB = re.compile(rb"<text:tab(?:\s[^<>]*)?/>")
_CELL = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_ODS_SHEET = re.compile(rb'<table:table\s[^<>]*?table:name="([^"]*)"')


def limit() -> None:
    """Give this process its limits, where the system has such."""
    try:
        import resource
    except ImportError:  # not on Windows: there the parent's patience alone limits it
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(workbook: Path, folder: Path) -> None:
    """Write the sheets, or in the index the reason why they cannot be read."""
    index: dict[str, Any] = {"sheets": []}
    try:
        if found := formulas(workbook):
            index["formulas"] = found
        elif has_links(workbook):
            index["links"] = True
        else:
            index["sheets"] = sheets(workbook, folder)
    except MemoryError:
        raise
    except Exception as error:
        if _is_full(error):
            raise
        # Whatever the parsers raise means one thing: the file is not what its name says.
        index["reason"] = f"{type(error).__name__}: {error}".partition("\n")[0][:200]
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def _is_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def sheets(workbook: Path, folder: Path) -> list[dict[str, Any]]:
    """Write each visible or hidden sheet of cells; its name, and its width where that is too much."""
    from python_calamine import load_workbook

    written = []
    with load_workbook(str(with_tabs(workbook, folder))) as book:
        for number, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_name(name)
            if sheet.width > MOST_COLUMNS:
                written.append({"name": name, "width": sheet.width})
                continue
            left = [None] * (sheet.start[1] if sheet.start else 0)
            with (folder / f"{number}.jsonl").open("w", encoding="utf-8") as out:
                for row, cells in enumerate(sheet.iter_rows(), start=1):
                    plain = [*left, *map(cell, cells)]
                    while plain and plain[-1] is None:
                        plain.pop()
                    if plain:
                        out.write(json.dumps([row, *plain], ensure_ascii=False))
                        out.write("\n")
            written.append({"name": name, "file": f"{number}.jsonl"})
    return written


def with_tabs(workbook: Path, folder: Path) -> Path:
    """An OpenDocument spreadsheet whose tabs within texts, which the reader drops, are characters; others as they are.
    """
    with zipfile.ZipFile(workbook) as archive:
        if "content.xml" not in archive.namelist() or not any(_matches(archive, "content.xml", _TAB)):
            return workbook
        copy = folder / "tabs.ods"
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as out:
            for member in archive.namelist():
                with archive.open(member) as source, out.open(member, "w") as target:
                    rest = b""
                    while block := source.read(_WINDOW):
                        whole, tag, begun = (rest + block).rpartition(b"<")
                        target.write(_TAB.sub(b"&#9;", whole))
                        rest = tag + begun
                    target.write(_TAB.sub(b"&#9;", rest))
    return copy


def cell(value: Any) -> Any:
    """A cell's value in JSON: a date and a moment are told from text by standing in a list."""
    if value == "":
        return None
    if isinstance(value, datetime | date):
        return [value.isoformat()]
    return value if isinstance(value, str | int | float) else str(value)


def has_links(workbook: Path) -> bool:
    """Whether an OpenDocument spreadsheet takes sheets or cells from other files or programs."""
    with zipfile.ZipFile(workbook) as archive:
        there = "content.xml" in archive.namelist()
        return there and any(True for _ in _matches(archive, "content.xml", _ODS_LINK))


def formulas(workbook: Path) -> list[tuple[str, str]]:
    """Sheet and cell of the first formulas and errors of a workbook."""
    found: list[tuple[str, str]] = []
    with zipfile.ZipFile(workbook) as archive:
        members = set(archive.namelist())
        if "content.xml" in members:
            for before in _matches(archive, "content.xml", _ODS):
                names = _ODS_SHEET.findall(before)
                found.append((names[-1].decode("utf-8", "replace") if names else "", ""))
        for member, name in _xlsx_sheets(archive, members):
            for before in _matches(archive, member, _XLSX):
                places = _CELL.findall(before)
                found.append((name, places[-1].decode() if places else ""))
    return list(dict.fromkeys(found))[:MOST_MARKED]


def _xlsx_sheets(archive: zipfile.ZipFile, members: set[str]) -> Iterator[tuple[str, str]]:
    parts = sorted(name for name in members if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
    names: dict[str, str] = {}
    with contextlib.suppress(KeyError, ElementTree.ParseError):
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): (one.get("Target") or "").rpartition("/")[2] for one in relations}
        for one in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
            if one.tag.endswith("}sheet"):
                key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
                names[targets.get(key, "")] = one.get("name") or ""
    for part in parts:
        file = part.rpartition("/")[2]
        yield part, names.get(file, file)


def _matches(archive: zipfile.ZipFile, member: str, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """What stands before and in each place where a part of the workbook matches, as far back as it matters."""
    count, rest, taken = 0, b"", 0
    with archive.open(member) as stream:
        while True:
            block = stream.read(_WINDOW)
            window = rest + block
            # What begins at the end of a block is judged with the next one, when all of it is there.
            sure = len(window) - _AHEAD if block else len(window)
            for match in pattern.finditer(window):
                if match.end() > taken and match.start() < sure:
                    yield window[: match.end()]
                    taken = match.end()
                    count += 1
                    if count >= MOST_MARKED:
                        return
            if not block:
                return
            rest = window[-_OVERLAP:]
            taken = max(0, taken - (len(window) - len(rest)))


if __name__ == "__main__":
    limit()
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except OSError as error:
        if _is_full(error):
            sys.exit(NO_ROOM)
        raise
