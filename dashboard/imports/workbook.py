"""Workbooks (.xlsx, .ods): looked over by their ZIP's own totals, then read by a process whose means are limited."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from dashboard.imports import child
from dashboard.imports.report import Problem, Refused
from dashboard.imports.sheet import RawSheet, Row

MOST_MEGABYTES = 400
MOST_MEMBERS = 5000
PATIENCE = 2 * child.SECONDS
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook with a password holds within the old form's container."""
MACROS = re.compile(r"vbaProject|^(Basic|Scripts)/.", re.IGNORECASE)
_MANIFEST_MOST = 1 << 20


def read(path: Path, folder: Path) -> list[RawSheet]:
    """The sheets of a workbook, their cells written into a folder that must stay as long as they are read.

    Raises Refused when it is no workbook, encrypted, holds macros, links or formulas, or is beyond our means.
    """
    look_over(path)
    limits = {"seconds": child.SECONDS, "megabytes": child.MEGABYTES}
    command = [sys.executable, "-I", "-X", "utf8", str(Path(child.__file__)), str(path), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Refused(Problem("too_much", path.name, details=limits)) from None
    if done.returncode == child.NO_ROOM:
        raise Refused(Problem("no_room", path.name, details={"folder": gettempdir()}))
    index = folder / "index.json"
    if done.returncode or not index.is_file():
        raise Refused(Problem("too_much", path.name, details=limits))
    told = json.loads(index.read_text(encoding="utf-8"))
    if told.get("reason"):
        raise Refused(Problem("no_workbook", path.name))
    if places := told.get("formulas"):
        raise Refused(*(_formula(path, sheet, cell) for sheet, cell in places))
    if told.get("links"):
        raise Refused(Problem("external_links", path.name))
    for sheet in told["sheets"]:
        if width := sheet.get("width"):
            details = {"width": width, "most": child.MOST_COLUMNS}
            raise Refused(Problem("too_wide", path.name, sheet["name"], details=details))
    return [_sheet(path, sheet["name"], folder / sheet["file"]) for sheet in told["sheets"]]


def is_workbook(path: Path) -> bool:
    """Whether a file begins as workbooks do, whatever it is called."""
    with path.open("rb") as stream:
        return stream.read(len(OLE)).startswith((OLE, ZIP))


def look_over(path: Path) -> None:
    """Raise Refused for what can be told of a workbook without unpacking it."""
    with path.open("rb") as stream:
        if stream.read(len(OLE)) == OLE:
            with mmap(stream.fileno(), 0, access=ACCESS_READ) as whole:
                raise Refused(Problem("old_form" if whole.find(PROTECTED) < 0 else "encrypted", path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _weigh(path, members)
            _parts(path, archive, members)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError):
        raise Refused(Problem("no_workbook", path.name)) from None


def _weigh(path: Path, members: list[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    if size > MOST_MEGABYTES << 20 or len(members) > MOST_MEMBERS:
        details = {"size": f"{size / (1 << 20):,.0f}", "most": MOST_MEGABYTES}
        raise Refused(Problem("too_large", path.name, details=details))


def _parts(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise Refused(Problem("encrypted", path.name))
    if any(map(MACROS.search, names)) or b"macroEnabled" in _head(archive, "[Content_Types].xml", names):
        raise Refused(Problem("macros", path.name))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused(Problem("external_links", path.name))
    if b"encryption-data" in _head(archive, "META-INF/manifest.xml", names):
        raise Refused(Problem("encrypted", path.name))
    if not {"xl/workbook.xml", "content.xml"} & set(names):
        raise Refused(Problem("no_workbook", path.name))


def _head(archive: zipfile.ZipFile, member: str, names: list[str]) -> bytes:
    if member not in names:
        return b""
    with archive.open(member) as stream:
        return stream.read(_MANIFEST_MOST)


def _formula(path: Path, sheet: str, cell: str) -> Problem:
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    place = 0
    for sign in match[1] if match else "":
        place = place * 26 + ord(sign) - ord("A") + 1
    return Problem("formula", path.name, sheet or None, int(match[2]) if match else None, place=place or None)


def _sheet(path: Path, name: str, spool: Path) -> RawSheet:
    def rows() -> Iterator[tuple[int, Row]]:
        done = 0
        with spool.open(encoding="utf-8") as lines:
            for line in lines:
                number, *cells = json.loads(line, parse_float=float)
                done += len(line)
                yield done, Row(number, [_cell(cell) for cell in cells])

    return RawSheet(path, name, spool.stat().st_size, rows)


def _cell(cell: Any) -> Any:
    if not isinstance(cell, list):
        return cell
    written = cell[0]
    return date.fromisoformat(written) if len(written) == len("2014-05-29") else datetime.fromisoformat(written)
