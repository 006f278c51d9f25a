"""A small record written by hand, the form as workbooks and CSV files, and what a database holds, as data."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from dashboard.database import engine
from dashboard.database.schema import TABLES
from dashboard.imports.form import sheets
from dashboard.imports.load import Options, import_records
from dashboard.imports.report import Report
from dashboard.imports.template import records

Table = Sequence[Sequence[Any]]

FOREIGN, STAND_IN = "\ufffe", "\uf8fe"
"""A character that no XML may hold and that openpyxl cannot write where lxml is there; strangers' files do hold it."""

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
by_office = pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine to save workbooks with")

# Row numbers in the tests count the row of headings as 1.
SMALL: dict[str, list[list[Any]]] = {
    "Programme": [
        ["Code", "Acronym", "Title", "Start", "End", "Service standard (working days)", "Time zone", "Records are"],
        ["P", "PRO", "A programme", "2013-09-01", "2017-02-28", 3, "Europe/Brussels", "recorded"],
    ],
    "Themes": [["Code", "Name", "Name in Japanese"], ["energy", "Energy", "エネルギー"], ["health", "Health", None]],
    "Organisations": [
        ["Code", "Name", "Kind", "Country", "City", "Latitude", "Longitude"],
        ["kobe", "Kobe University", "university", "JP", "Kobe", 34.6913, 135.183],
        ["apre", "APRE", "association", "IT", "Rome", 41.8919, 12.5113],
    ],
    "Activities": [
        ["Programme", "Code", "Kind", "Title", "Start", "End", "City", "Country", "Latitude", "Longitude", "Format",
         "Theme", "Organiser"],
        ["P", "E1", "event", "Seminar in Kobe", "2014-05-29", "2014-05-29", "Kobe", "JP", 34.6913, 135.183, "on_site",
         "energy", "kobe"],
        ["P", "T1", "training", "Training in Rome", "2015-06-01", "2015-06-02", "Rome", "IT", 41.8919, 12.5113,
         "hybrid", "health", None],
    ],
    "Attendance": [
        ["Activity", "Country of the people", "Kind of stakeholder", "Participants"],
        ["E1", "JP", "university", 40], ["E1", "DE", "company", 0],
    ],
    "Help-desk cases": [
        ["Programme", "Code", "Opened (UTC)", "First response (UTC)", "Closed (UTC)", "Desk", "Channel", "Topic",
         "Country of the enquirer", "Kind of enquirer", "Theme", "Satisfaction", "Came from activity"],
        ["P", "H1", "2014-06-01 08:30", "2014-06-02 09:00", "2014-06-03 10:00", "eu", "email", "partner_search", "DE",
         "company", "energy", 5, "E1"],
        ["P", "H2", "2014-06-02 23:59:59", None, None, "japan", "web_form", "mobility", "JP", "university", "health",
         None, None],
    ],
    "Training results": [
        ["Activity", "Kind of institution", "Country of the institution", "Score before", "Score after",
         "Satisfaction", "Applied after six months"],
        ["T1", "university", "IT", 40, 70, 4, "yes"], ["T1", "university", "IT", 40, 70, 4, "yes"],
        ["T1", "company", "IT", None, 55, None, "unknown"],
    ],
}  # fmt: skip


@pytest.fixture
def small() -> dict[str, list[list[Any]]]:
    """The small record, this test's own to change."""
    return {title: [list(row) for row in rows] for title, rows in SMALL.items()}


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """`xlsx({title: rows}, name)`: a workbook written by openpyxl."""

    def write(tables: Mapping[str, Table], name: str = "records.xlsx") -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in tables.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append([one.replace(FOREIGN, STAND_IN) if isinstance(one, str) else one for one in row])
        book.save(tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            members = {member: archive.read(member) for member in archive.namelist()}
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as out:
            for member, content in members.items():
                for written in (STAND_IN.encode(), f"&#{ord(STAND_IN)};".encode()):
                    content = content.replace(written, FOREIGN.encode())
                out.writestr(member, content)
        return tmp_path / name

    return write


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """`text_file(rows, name, encoding, delimiter)`: a CSV file."""

    def write(rows: Table, name: str, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> Path:
        with (tmp_path / name).open("w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
        return tmp_path / name

    return write


@pytest.fixture
def ods(tmp_path: Path) -> Callable[..., Path]:
    """`ods({title: rows})`: an OpenDocument spreadsheet with texts and numbers, written by hand."""

    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int | float):
            return (f'<table:table-cell office:value-type="float" office:value="{value}">'
                    f"<text:p>{value}</text:p></table:table-cell>")  # fmt: skip
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'

    def write(tables: Mapping[str, Table], name: str = "records.ods") -> Path:
        body = "".join(
            f'<table:table table:name="{title}">'
            + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
            + "</table:table>"
            for title, rows in tables.items()
        )
        names = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
            for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
        )
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            out.writestr("META-INF/manifest.xml", "<manifest/>")
            out.writestr(
                "content.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
                f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
            )
        return tmp_path / name

    return write


@pytest.fixture
def held() -> Callable[[str], dict[str, list[tuple[Any, ...]]]]:
    """`held(url)`: the rows of every sheet of the form, references as codes."""

    def read(url: str) -> dict[str, list[tuple[Any, ...]]]:
        with engine.reading(url) as connection:
            found = {name: [tuple(row.values()) for row in records(connection, one)] for name, one in sheets().items()}
        return {name: rows for name, rows in found.items() if rows}

    return read


@pytest.fixture
def whole() -> Callable[[str], dict[str, list[tuple[Any, ...]]]]:
    """`whole(url)`: every row of every table, numbers and batches included."""

    def read(url: str) -> dict[str, list[tuple[Any, ...]]]:
        with engine.reading(url) as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(table.c.id))]
                for table in TABLES
            }

    return read


@pytest.fixture
def bring() -> Callable[..., Report]:
    """`bring(url, path, partial=True, …)` imports a file."""

    def run(url: str, path: Path, **options: Any) -> Report:
        return import_records(url, path, Options(**options))

    return run


@pytest.fixture
def accepted(bring: Callable[..., Report]) -> Callable[..., Report]:
    """The same; everything must be accepted."""

    def run(url: str, path: Path, **options: Any) -> Report:
        report = bring(url, path, **options)
        assert [problem.line() for problem in report.problems] == []
        return report

    return run


@pytest.fixture(scope="session")
def saved_anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """`saved_anew(workbook, "ods")`: the workbook as LibreOffice saves it after opening it; the name of one of its
    filters may follow the form, after a colon."""
    profile = tmp_path_factory.mktemp("office").as_uri()

    def save(workbook: Path, form: str) -> Path:
        suffix = form.partition(":")[0]
        folder = workbook.parent / suffix
        command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", form,
                   "--outdir", str(folder), str(workbook)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
        made = folder / f"{workbook.stem}.{suffix}"
        assert made.is_file(), done.stdout + done.stderr
        return made

    return save
