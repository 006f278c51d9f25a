"""Programmes beside each other, the smaller tables, numbers that change, and countries that add up."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.database.engine import writing_engine
from dashboard.database.schema import (
    eu_participation,
    eu_project,
    eu_project_field,
    eu_project_focus,
    import_batch,
)
from dashboard.imports import values
from dashboard.imports.cordis import CordisProblem, import_cordis
from dashboard.imports.undo import undo

P, Q, F, C = eu_project.c, eu_participation.c, eu_project_field.c, eu_project_focus.c
ORGANISATION = "projectID;organisationID;country\n{};1;JP\n"

Write = Callable[..., Path]
Rows = Callable[..., list[tuple[Any, ...]]]


def zipped(members: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()


def tables_of(code: str) -> dict[str, str | bytes]:
    return {"csv/project.csv": f"id;title\n{code};T\n", "csv/organization.csv": ORGANISATION.format(code)}


def test_zips_in_a_zip_are_programmes_beside_each_other(tables: sa.Engine, tmp_path: Path, rows: Rows) -> None:
    source = tmp_path / "all.zip"
    source.write_bytes(
        zipped(
            {
                "cordis-fp7projects-csv.zip": zipped(tables_of("7")),
                "cordis-h2020projects-csv.zip": zipped(tables_of("2020")),
                "more/cordis-HORIZONprojects-csv.zip": zipped(tables_of("9")),
            }
        )
    )
    report = import_cordis(tables, source)
    assert rows(tables, P.framework, P.code) == [("FP7", "7"), ("H2020", "2020"), ("HORIZON", "9")]
    assert (report.frameworks, report.projects) == (("FP7", "H2020", "HORIZON"), 3)
    assert rows(tables, import_batch.c.file) == [("all.zip",)]  # one import, one batch


def test_a_folder_of_zips_and_folders(tables: sa.Engine, tmp_path: Path, rows: Rows) -> None:
    source = tmp_path / "downloads"
    (source / "h2020").mkdir(parents=True)
    (source / "cordis-fp7projects-csv.zip").write_bytes(zipped(tables_of("7")))
    for name, text in tables_of("2020").items():
        (source / "h2020" / Path(name).name).write_text(str(text))
    import_cordis(tables, source)
    assert rows(tables, P.framework, P.code) == [("FP7", "7"), ("H2020", "2020")]
    assert import_cordis(tables, source).rows_added == 0


def test_files_of_two_programmes_in_one_folder_are_told_by_their_names(
    tables: sa.Engine, folder: Write, rows: Rows
) -> None:
    source = folder(
        "mixed",
        cordis_fp7projects="id,title\n7,Old\n", cordis_fp7organizations="projectID;organisationID;country\n7;1;JP\n",
        cordis_h2020projects="id;title\n8;New\n",
        cordis_h2020organizations="projectID,organisationID,country\n8,1,JP\n",
    )  # fmt: skip
    import_cordis(tables, source)
    assert rows(tables, P.framework, P.code, P.title) == [("FP7", "7", "Old"), ("H2020", "8", "New")]


def test_a_programme_that_is_there_twice_is_imported_once(tables: sa.Engine, tmp_path: Path, rows: Rows) -> None:
    source = tmp_path / "twice"
    source.mkdir()
    (source / "cordis-h2020projects-csv.zip").write_bytes(zipped(tables_of("8")))
    (source / "cordis-h2020projects-csv (1).zip").write_bytes(zipped(tables_of("8")))
    report = import_cordis(tables, source)
    assert (report.projects, report.quirks["duplicate_project"]) == (1, 1)
    assert len(rows(tables, Q.id)) == 1


def test_the_smaller_tables_fill_fields_and_programme_parts(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        "HORIZON",
        project=(
            "id;legalBasis;topics\n"
            "1;HORIZON.1.1;\n"  # its own row says it: nothing else counts
            "2;;\n"  # told by the part marked as its own, after one that is not
            "3;;\n"  # none is marked: all of them
            "4;;HORIZON-CL5-2021-D1-01-01\n"  # told by its topic
            "5;;\n"  # told by a topic of the other table
            "6;;SOMETHING-2021\n"  # told by nothing
        ),
        organization="projectID;organisationID;country\n" + "".join(f"{code};9;JP\n" for code in range(1, 7)),
        legalBasis=(
            "projectID,legalBasis,title,uniqueProgrammePart\n"
            "1,HORIZON.3.2,Not asked,True\n"
            '2,HORIZON.3.2.3,"A part, of it",\n'
            "2,HORIZON.3.2,Innovation,True\n"
            "3,HORIZON.2.4,One,\n3,HORIZON.2.5,Two,false\n"
            "99,HORIZON.1.3,Of no project of Japan's,True\n"
        ),
        topics="projectID\ttopic\ttitle\n5\tERC-2023-STG\tStarting grants\n1\tERC-2023-STG\tSame\n",
        euroSciVoc=(
            '"projectID";"euroSciVocCode";"euroSciVocPath";"euroSciVocTitle"\n'
            '"1";"/23/43";"/natural sciences/physical sciences";"physical sciences"\n'
            '"1";"/23/43";" natural sciences / physical  sciences/";"physical sciences"\n'  # the same, written badly
            '"2";"/29";"/29/89";"law"\n'  # a code where a path should be
        ),
    )
    report = import_cordis(tables, source)
    assert rows(tables, P.code, P.programme_part) == [
        ("1", "HORIZON.1.1"), ("2", "HORIZON.3.2"), ("3", "HORIZON.2.4;HORIZON.2.5"), ("4", "HORIZON.2.5"),
        ("5", "HORIZON.1.1"), ("6", None),
    ]  # fmt: skip
    assert rows(tables, F.path) == [("/natural sciences/physical sciences",)]
    quirks = ("part_by_legal_basis", "part_by_call", "several_programme_parts", "no_programme_part", "irregular_field")
    assert [report.quirks[quirk] for quirk in quirks] == [2, 2, 1, 1, 1]
    assert report.examples["part_by_call"][0] == "HORIZON-CL5-2021-D1-01-01 is of HORIZON.2.5"
    assert report.fields == 1


@pytest.mark.parametrize(
    ("call", "framework", "part"),
    [
        ("FP7-ICT-2011-7", "FP7", "FP7-ICT"), ("FP7-PEOPLE-IOF-2008", "FP7", "FP7-PEOPLE"),
        ("FP7-SCIENCE-IN-SOCIETY-2009-1", "FP7", "FP7-SIS"), ("ERC-2010-StG_20091209", "FP7", "FP7-IDEAS-ERC"),
        ("MSCA-IF-2014-EF", "H2020", "H2020-EU.1.3."), ("ICT-01-2014", "H2020", None),
        ("horizon-eic-2022", "HORIZON", "HORIZON.3.1"), ("HORIZON-CL60", "HORIZON", None), ("", "FP7", None),
    ],
)  # fmt: skip
def test_a_call_tells_its_programme_part_where_that_is_beyond_doubt(
    call: str, framework: str, part: str | None
) -> None:
    assert values.part_of_call(call, framework) == part


def numbered(folder: Write, place: str, code: str, title: str) -> Path:
    return folder(
        place,
        project=f"id;rcn;title;frameworkProgramme\n{code};221856;{title};H2020\n",
        organization=ORGANISATION.format(code),
    )


def test_a_project_is_found_by_its_record_number(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    import_cordis(tables, numbered(folder, "only-record-numbers", "221856", ""))
    report = import_cordis(tables, numbered(folder, "as-published", "870355", "Told"))
    assert rows(tables, P.id, P.code, P.record_number, P.title) == [(1, "870355", "221856", "Told")]
    assert (report.rows_added, report.rows_changed) == (0, 1)
    assert report.examples["other_number"] == ("221856 is 870355",)
    assert len(rows(tables, Q.id)) == 1


def test_a_file_that_knows_record_numbers_only_changes_no_number(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    import_cordis(tables, numbered(folder, "as-published", "870355", "Told"))
    import_cordis(tables, numbered(folder, "only-record-numbers", "221856", "Again"))
    assert rows(tables, P.code, P.record_number, P.title) == [("870355", "221856", "Again")]


def test_organisations_may_name_projects_by_record_number_alone(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        project="rcn;reference;acronym;programme\n100;200;OLD;FP7-ICT\n200;300;OTHER;FP7-ICT\n",
        organization="projectRcn;id;name;country\n100;1;Kobe;JP\n",
        place="fp7",
    )
    import_cordis(tables, source)
    assert rows(tables, P.code, P.record_number, P.acronym) == [("200", "100", "OLD")]


def test_countries_one_after_another_add_up(record_url: str, folder: Write, rows: Rows) -> None:
    engine = writing_engine(record_url)
    source = folder(
        project="id\n1\n2\n3\n",
        organization="projectID;organisationID;country\n1;1;JP\n1;2;KR\n2;3;KR\n3;4;FR\n",
    )
    import_cordis(engine, source, "JP")
    korea = import_cordis(engine, source, "KR")
    assert rows(engine, P.code) == [("1",), ("2",)]
    assert rows(engine, C.eu_project_id, C.country) == [(1, "JP"), (1, "KR"), (2, "KR")]
    assert (korea.rows_added, korea.rows_changed) == (4, 0)  # project 2, its participation, and two for whom
    again = [import_cordis(engine, source, country) for country in ("JP", "KR")]
    assert [(one.rows_added, one.rows_changed) for one in again] == [(0, 0), (0, 0)]
    engine.dispose()


def test_an_import_can_be_taken_back(record_url: str, folder: Write, rows: Rows) -> None:
    engine = writing_engine(record_url)
    import_cordis(engine, numbered(folder, "first", "221856", ""))
    everything = (P, Q, C)
    before = [rows(engine, *table) for table in everything]
    changed = folder(
        "second",
        project="id;rcn;title;startDate;frameworkProgramme\n870355;221856;Told;2015-01-01;H2020\n",
        organization="projectID;organisationID;country\n870355;2;JP\n",  # 1 is gone
    )
    second = import_cordis(engine, changed)
    assert rows(engine, P.code, P.start) == [("870355", date(2015, 1, 1))]
    assert rows(engine, Q.organisation_code) == [("2",)]
    assert (second.rows_added, second.rows_changed) == (1, 2)
    undo(record_url, second.batch)
    assert [rows(engine, *table) for table in everything] == before
    engine.dispose()


def test_a_zip_within_that_unpacks_beyond_reason_is_not_read(
    tables: sa.Engine, archive: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.imports.bulk.LARGEST_TABLE", 10_000)
    source = archive({"cordis-h2020projects-csv.zip": "\0" * 20_000_000})
    with pytest.raises(CordisProblem, match="is larger, or packed tighter, than any CORDIS file"):
        import_cordis(tables, source)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_report_is_written_to_a_file(
    sqlite_url: str, folder: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", sqlite_url)
    source = folder(
        project="id;title\n1;One\n",
        organization="projectID;organisationID;name;country;role\n1;1;A;JP;=cmd\n1;2;;UK;\n",
    )
    path = tmp_path / f"report.{suffix}"
    result = CliRunner().invoke(main, ["import-cordis", str(source), "--report", str(path)])
    assert result.exit_code == 0, result.output
    assert f"Wrote {path}" in result.output
    if suffix == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = [tuple(row.values())[:4] for row in csv.DictReader(file)]
    else:
        sheet = openpyxl.load_workbook(path)["Report"]
        cells = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        written = [tuple(row[:4]) for row in cells[1:]]
    assert ("brought", "projects", "1", "") in written
    assert ("brought", "participations of JP", "1", "") in written
    assert ("quirk", "EU country codes made ISO's", "1", "") in written
    assert ("value", "EU country codes made ISO's", "", "UK is GB") in written
    assert ("value", "roles that are none of the known five", "", "'=cmd") in written  # no formula


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    sqlite_url: str, folder: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", sqlite_url)
    source = folder(project="id\n1\n", organization=ORGANISATION.format(1))
    for path in (tmp_path / "report.pdf", tmp_path / "nowhere" / "report.csv"):
        assert CliRunner().invoke(main, ["import-cordis", str(source), "--report", str(path)]).exit_code == 2
    engine = writing_engine(sqlite_url)
    assert rows(engine, P.id) == []
    engine.dispose()
