"""The CSV tables of a CORDIS bulk file, read row by row and by the names of their columns."""

import codecs
import csv
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any
from zipfile import BadZipFile

LONGEST_FIELD = 4 << 20
_ROWS_BETWEEN_REPORTS = 2000

Columns = Mapping[str, tuple[str, ...]]

# A column's meaning, and the names it has had, spelt without case and signs; the first one present is read.
PROJECT_COLUMNS: Columns = {
    "code": ("id", "projectid", "reference", "projectreference", "rcn", "projectrcn"),
    "record_number": ("rcn", "projectrcn"),
    "acronym": ("acronym", "projectacronym"),
    "title": ("title",),
    "start": ("startdate",),
    "end": ("enddate",),
    "cost": ("totalcost",),
    "eu_contribution": ("ecmaxcontribution", "eccontribution"),
    "programme_part": ("legalbasis", "programme"),
    "call": ("subcall", "call", "mastercall"),
    "topics": ("topics", "topic"),
    "framework": ("frameworkprogramme",),
}
ORGANISATION_COLUMNS: Columns = {
    "project": ("projectid", "projectreference", "projectrcn"),
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
_PROJECT = ORGANISATION_COLUMNS["project"]
FIELD_COLUMNS: Columns = {"project": _PROJECT, "path": ("euroscivocpath", "path")}
PART_COLUMNS: Columns = {"project": _PROJECT, "part": ("legalbasis", "programme"), "main": ("uniqueprogrammepart",)}
TOPIC_COLUMNS: Columns = {"project": _PROJECT, "topic": ("topic", "topics", "code")}
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
        with self._begun() as (raw, records, names):
            places = self._places(columns, names)
            for number, record in enumerate(filter(None, records)):
                if len(record) != len(names):
                    if irregular:
                        irregular(f"{self.name}, line {records.line_num}")
                    record += [""] * (len(names) - len(record))
                yield {key: record[place].strip() if place is not None else "" for key, place in places}
                if read and number % _ROWS_BETWEEN_REPORTS == 0:
                    read(raw.tell())
        if read:
            read(self.size)

    def has(self, *spellings: str) -> bool:
        """Whether the table has a column of one of these names."""
        with self._begun() as (_, _, names):
            return not {*spellings}.isdisjoint(names)

    @contextmanager
    def _begun(self) -> Iterator[tuple[IO[bytes], Any, list[str]]]:
        """The bytes, the records below the header and the header's names, spelt without case and signs.

        The header also shows what parts fields. Whatever goes wrong within is told as a CordisProblem.
        """
        with self.open() as raw:
            text, records = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="windows-1252", newline=""), None
            try:
                header = text.readline()
                records = csv.reader(chain([header], text), delimiter=max(";,\t", key=header.count))
                yield raw, records, [re.sub(r"[^a-z]", "", name.casefold()) for name in next(records, [])]
            except csv.Error as error:
                line = records.line_num if records else 1
                raise CordisProblem(f"{self.name}, line {line}: {error}; is a quote left open?") from error
            except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
                raise CordisProblem(f"{self.name} cannot be read ({error}); download the file again") from error

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


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
csv.field_size_limit(LONGEST_FIELD)
