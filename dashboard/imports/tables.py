"""The CSV tables of a CORDIS bulk file, ZIP or folder, read row by row and by the names of their columns."""

import codecs
import csv
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

LARGEST_TABLE = 2 << 30
LARGEST_RATIO = 250
LONGEST_FIELD = 4 << 20
_ROWS_BETWEEN_REPORTS = 2000

Columns = Mapping[str, tuple[str, ...]]

# What a table's file is called, without its suffix: `project`, `cordis-h2020projects`, `organisations`.
NAMES = {"project": r"projects?", "organization": r"organi[sz]ations?", "euroSciVoc": r"euroscivoc"}

# A column's meaning, and the names it has had, spelt without case and signs; the first one present is read.
PROJECT_COLUMNS: Columns = {
    "code": ("id", "projectid", "reference"),
    "record_number": ("rcn", "projectrcn"),
    "acronym": ("acronym", "projectacronym"),
    "title": ("title",),
    "start": ("startdate",),
    "end": ("enddate",),
    "cost": ("totalcost",),
    "eu_contribution": ("ecmaxcontribution", "eccontribution"),
    "programme_part": ("legalbasis", "programme"),
    "framework": ("frameworkprogramme",),
}
ORGANISATION_COLUMNS: Columns = {
    "project": ("projectid", "projectreference"),
    "country": ("country",),
    "organisation_code": ("organisationid", "organizationid", "pic", "id"),
    "name": ("name", "legalname"),
    "city": ("city",),
    "geolocation": ("geolocation",),
    "kind": ("activitytype",),
    "role": ("role",),
    "eu_contribution": ("eccontribution",),
    "net_eu_contribution": ("neteccontribution",),
    "acronym": ("projectacronym", "acronym"),
}
FIELD_COLUMNS: Columns = {"project": ("projectid",), "path": ("euroscivocpath",)}
NEEDED = {"code", "project", "country", "path"}


class CordisProblem(Exception):
    """What is wrong with an input file, where, and what to do about it, in one line."""


@dataclass(frozen=True)
class Table:
    """One CSV file: its name, its bytes (unpacked), and a way to open it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]

    def rows(
        self,
        columns: Columns,
        read: Callable[[int], None] | None = None,
        irregular: Callable[[str], None] | None = None,
    ) -> Iterator[dict[str, str]]:
        """Each record by the meaning of its columns, trimmed; "" where the table has no such column.

        `read` is told the bytes read so far, `irregular` the line of a record that is longer or shorter than the
        header. Separators are told from the header; stray bytes that are not UTF-8 are read as Windows-1252. Raises
        CordisProblem for a missing column that is needed and for a file that cannot be read on.
        """
        with self.open() as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="windows-1252", newline="")
            try:
                header = text.readline()
                separator = max(";,\t", key=header.count)
                records = csv.reader(chain([header], text), delimiter=separator)
                names = [re.sub(r"[^a-z]", "", name.casefold()) for name in next(records, [])]
                places = self._places(columns, names)
                for number, record in enumerate(filter(None, records)):
                    if len(record) != len(names):
                        if irregular:
                            irregular(f"{self.name}, line {records.line_num}")
                        record += [""] * (len(names) - len(record))
                    yield {key: record[place].strip() if place is not None else "" for key, place in places}
                    if read and number % _ROWS_BETWEEN_REPORTS == 0:
                        read(raw.tell())
            except csv.Error as error:
                raise CordisProblem(f"{self.name}, line {records.line_num}: {error}; is a quote left open?") from error
            except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
                raise CordisProblem(f"{self.name} cannot be read ({error}); download the file again") from error
        if read:
            read(self.size)

    def _places(self, columns: Columns, header: list[str]) -> list[tuple[str, int | None]]:
        places: list[tuple[str, int | None]] = []
        for meaning, spellings in columns.items():
            name = next((spelling for spelling in spellings if spelling in header), None)
            if name is None and meaning in NEEDED:
                raise CordisProblem(
                    f"{self.name} has no column for the {meaning} ({' or '.join(spellings)}); "
                    "its first line must name the columns as CORDIS does"
                )
            places.append((meaning, header.index(name) if name else None))
        return places


@dataclass(frozen=True)
class Bulk:
    """A bulk file's tables by their usual names, and the SHA-256 of the ZIP, or of the folder's tables in turn."""

    name: str
    tables: dict[str, Table]
    sha256: str


@contextmanager
def open_bulk(source: Path) -> Iterator[Bulk]:
    """The tables of a ZIP or folder; raises CordisProblem when it is neither, or lacks a table that is needed."""
    if not source.exists():
        raise CordisProblem(f"{source}: no such file or folder; give the ZIP that CORDIS publishes, or its folder")
    if source.is_dir():
        paths = [*source.glob("*.*"), *source.glob("*/*.*")]
        tables = _choose(source, [_file(path) for path in sorted(paths) if path.is_file()])
        yield Bulk(source.resolve().name, tables, _digest(table.open() for table in tables.values()))
        return
    try:
        with ZipFile(source) as archive:
            tables = _choose(source, [_member(archive, info) for info in archive.infolist() if not info.is_dir()])
            yield Bulk(source.name, tables, _digest([source.open("rb")]))
    except BadZipFile as error:
        remedy = "give the folder that holds it" if source.suffix.lower() == ".csv" else "download it again"
        raise CordisProblem(f"{source}: not a ZIP file; {remedy}") from error
    except OSError as error:
        raise CordisProblem(f"{source}: cannot be read ({error.strerror or error})") from error


def _file(path: Path) -> Table:
    return Table(path.name, path.stat().st_size, lambda: path.open("rb"))


def _member(archive: ZipFile, info: ZipInfo) -> Table:
    # A table that unpacks beyond reason is refused when it is chosen, by a size that no table may have.
    swollen = info.file_size > LARGEST_RATIO * max(info.compress_size, 4096)
    return Table(Path(info.filename).name, LARGEST_TABLE + 1 if swollen else info.file_size, lambda: archive.open(info))


def _choose(source: Path, files: list[Table]) -> dict[str, Table]:
    chosen: dict[str, Table] = {}
    for key, pattern in NAMES.items():
        named = re.compile(rf"(?!\._).*?{pattern}\.csv", re.IGNORECASE)
        found = [table for table in files if named.fullmatch(table.name)]
        if len(found) > 1:
            listed = ", ".join(table.name for table in found)
            raise CordisProblem(f"{source}: more than one {key} table ({listed}); keep one programme's files there")
        if found:
            chosen[key] = found[0]
        elif key != "euroSciVoc":
            held = ", ".join(table.name for table in files[:8]) or "no CSV file"
            raise CordisProblem(f"{source}: no {key}.csv in it (it holds {held}); download the CSV form of the data")
    for table in chosen.values():
        if table.size > LARGEST_TABLE:
            raise CordisProblem(f"{source}: {table.name} is larger, or packed tighter, than any CORDIS table; not read")
    return chosen


def _digest(files: Iterable[IO[bytes]]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
csv.field_size_limit(LONGEST_FIELD)
