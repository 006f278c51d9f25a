"""Workbooks in forms that are not read, as the programs save them, and under other names: what the command and the page
say of them. (What begins like one is in `test_bad_files.py`.)"""

from __future__ import annotations

import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.imports.apart import Job, Work
from dashboard.imports.load import Options
from dashboard.imports.report import Problem
from tests.imports.records.conftest import SMALL, by_office

SECONDS = 30
FORMS = {"xls": "xls", "xlsm": "xlsm:Calc MS Excel 2007 VBA XML"}
FAULTS = {"xls": "old_form", "xlsm": "macros", "project": "macros"}
SAID = {
    "old_form": ("this is a workbook in the old .xls form. Open it in a spreadsheet program and save it as .xlsx.",
                 "古い.xls形式のブックです。表計算ソフトで開き、.xlsxで保存してください。"),
    "macros": ("the workbook holds macros. Save it as .xlsx without macros.",
               "マクロが含まれています。マクロなしの.xlsxで保存してください。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, saved_anew: Callable[[Path, str], Path]) -> dict[str, Path]:
    """The small record in each form, and with a macro project under the content type of a plain workbook."""
    from openpyxl import Workbook

    book, place = Workbook(), tmp_path_factory.mktemp("programs") / "records.xlsx"
    book.remove(book.active)
    for title, rows in SMALL.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(place)
    made = {form: saved_anew(place, wanted) for form, wanted in FORMS.items()}
    made["project"] = place.with_name("project.xlsx")
    shutil.copy(place, made["project"])
    with zipfile.ZipFile(made["project"], "a") as archive:
        archive.writestr("xl/vbaProject.bin", made["xls"].read_bytes()[:512])  # such a project is of the old container
    return made


@by_office
@pytest.mark.parametrize("suffix", ["xls", "xlsm", "xlsx", "ods", "csv"])
@pytest.mark.parametrize("form", FAULTS)
def test_it_is_refused_by_what_it_is(
    sqlite_url: str, tmp_path: Path, saved: dict[str, Path], bring, whole, form: str, suffix: str
) -> None:
    path, before = tmp_path / f"Themes.{suffix}", whole(sqlite_url)
    shutil.copy(saved[form], path)
    # Of what is called .xls or .xlsm the name alone is believed.
    fault = {"xls": "old_form", "xlsm": "macros"}.get(suffix, FAULTS[form])
    began = time.monotonic()
    (problem,) = bring(sqlite_url, path, partial=True).problems
    assert time.monotonic() - began < SECONDS
    assert (problem.fault, problem.file, problem.sheet) == (fault, path.name, None)
    assert (problem.said(), problem.said("ja")) == SAID[fault]
    assert whole(sqlite_url) == before


@by_office
@pytest.mark.parametrize("form", FAULTS)
def test_the_page_says_the_same(sqlite_url: str, tmp_path: Path, saved: dict[str, Path], form: str) -> None:
    """The page works by a process of its own."""
    path, marked = tmp_path / f"Themes{saved[form].suffix}", tmp_path / "checked.xlsx"
    shutil.copy(saved[form], path)
    result = Work(Job(sqlite_url, str(path), Options(dry_run=True), str(marked))).wait(SECONDS)
    assert result
    assert result.report
    assert result.report.problems == [Problem(FAULTS[form], path.name)]
    assert result.previews == []
    assert marked.is_file()
