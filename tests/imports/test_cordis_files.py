"""The shapes that CORDIS files come in, and what is said of files that are none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, import_batch
from dashboard.imports.cordis import CordisProblem, import_cordis
from dashboard.imports.tables import LONGEST_FIELD
from tests.imports.test_cordis import ORGANIZATION, PROJECT

P, Q = eu_project.c, eu_participation.c

Write = Callable[..., Path]
Rows = Callable[..., list[tuple[Any, ...]]]


def test_a_zip_gives_what_its_folder_gives(tables: sa.Engine, folder: Write, archive: Write, rows: Rows) -> None:
    import_cordis(tables, folder(project=PROJECT, organization=ORGANIZATION))
    members = {
        "csv/project.csv": PROJECT,
        "csv/organization.csv": ORGANIZATION,
        "csv/projectDeliverables.csv": "not ours",
        "__MACOSX/csv/._project.csv": "nor this",
    }
    again = import_cordis(tables, archive(members))
    assert (again.projects, again.rows_added, again.rows_changed) == (2, 0, 0)
    assert [file for (file,) in rows(tables, import_batch.c.file)][1] == "cordis-h2020projects-csv.zip"


def test_columns_are_read_by_name_as_they_were_before_2021(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        "before",
        cordis_h2020projects=(
            "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;projectUrl;objective;"
            "totalCost;ecMaxContribution;call;fundingScheme;coordinator;coordinatorCountry;participants;"
            "participantCountries;subjects\n"
            "197;661;OLD;CLOSED;H2020-EU.1.;T;H2020;Before;2015-01-01;2016-01-01;;;5;4;C;RIA;LSE;UK;KOBE;JP;\n"
        ),
        cordis_h2020organizations=(
            "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;endOfParticipation;ecContribution;"
            "country;street;city;postCode;organizationUrl;vatNumber;contactForm;contactType\n"
            "197;661;OLD;participant;999;KOBE;;HES;false;158121,6;JP;;Kobe;;;;;\n"
        ),
    )
    import_cordis(tables, source)
    assert rows(tables, P.framework, P.code, P.record_number, P.programme_part) == [
        ("H2020", "661", "197", "H2020-EU.1.")
    ]
    assert rows(tables, Q.organisation_code, Q.role, Q.eu_contribution) == [
        ("999", "participant", Decimal("158121.60"))
    ]


def test_siblings_may_differ_in_separator_mark_and_letters(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        "HORIZON",
        project="\ufeffid,title\r\n1,Ångström\r\n".encode(),
        organisations="projectID;organisationID;name;country;ecContribution;netEcContribution\n"
        "1;2;K\xf6ln;JP;;12,5\n".encode("windows-1252"),
    )
    report = import_cordis(tables, source)
    assert rows(tables, P.framework, P.title) == [("HORIZON", "Ångström")]
    assert rows(tables, Q.name, Q.eu_contribution) == [("Köln", Decimal("12.50"))]  # the net one where it is alone
    assert report.frameworks == ("HORIZON",)


def test_rows_of_another_length_are_kept_and_counted(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        project="id;title\n1;One;too many\n",
        organization="projectID;organisationID;country;city\n1;2;JP\n\n1;3;FR;Paris\n",
    )
    report = import_cordis(tables, source)
    assert rows(tables, Q.country, Q.city) == [("JP", None), ("FR", "Paris")]
    assert report.examples["irregular_row"] == ("project.csv, line 2", "organization.csv, line 2")


@pytest.mark.parametrize(
    ("name", "field", "framework"),
    [
        ("cordis-fp7projects-csv", "", "FP7"),
        ("cordis-h2020projects-csv", "", "H2020"),
        ("cordis-HORIZONprojects-csv", "", "HORIZON"),
        ("horizon-2020", "", "H2020"),
        ("download", "Horizon 2020", "H2020"),
        ("cordis-h2020projects-csv", "HORIZON", "HORIZON"),  # the row knows better than the file's name
    ],
)
def test_the_framework_is_the_rows_or_else_the_files(
    tables: sa.Engine, folder: Write, rows: Rows, name: str, field: str, framework: str
) -> None:
    organization = "projectID,organisationID,country\n1,2,JP\n"
    import_cordis(tables, folder(name, project=f"id,frameworkProgramme\n1,{field}\n", organization=organization))
    assert rows(tables, P.framework) == [(framework,)]


def problem(engine: sa.Engine, source: Path, country: str = "JP") -> str:
    """The one line that is said of a file, after which nothing is in the record."""
    with pytest.raises(CordisProblem) as caught:
        import_cordis(engine, source, country)
    with engine.connect() as connection:
        for table in (import_batch, eu_project, eu_participation):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_no_file(tables: sa.Engine, tmp_path: Path) -> None:
    said = problem(tables, tmp_path / "nowhere.zip")
    assert (
        said == f"{tmp_path / 'nowhere.zip'}: no such file or folder; give the ZIP that CORDIS publishes, or its folder"
    )


def test_no_zip(tables: sa.Engine, folder: Write) -> None:
    source = folder(project=PROJECT, organization=ORGANIZATION) / "project.csv"
    assert problem(tables, source) == f"{source}: not a ZIP file; give the folder that holds it"
    source.rename(source.with_suffix(".zip"))
    assert "not a ZIP file; download it again" in problem(tables, source.with_suffix(".zip"))


def test_a_table_missing_or_twice(tables: sa.Engine, folder: Write, archive: Write) -> None:
    assert "no organization.csv in it (it holds project.csv)" in problem(tables, folder("one", project=PROJECT))
    assert "no project.csv in it (it holds project.xlsx)" in problem(tables, archive({"xlsx/project.xlsx": ""}))
    assert "no project.csv in it (it holds no CSV file)" in problem(tables, folder("none"))
    both = folder("two", cordis_fp7projects=PROJECT, cordis_h2020projects=PROJECT, organization=ORGANIZATION)
    said = "more than one project table (cordis-fp7projects.csv, cordis-h2020projects.csv); keep each programme's files"
    assert said in problem(tables, both)


def test_a_needed_column_missing(tables: sa.Engine, folder: Write) -> None:
    source = folder(project=PROJECT, organization="projectID,name\n1,X\n")
    assert problem(tables, source).startswith("organization.csv has no column for the country (country)")
    assert "project.csv has no column for the code" in problem(
        tables, folder("empty", project="", organization=ORGANIZATION)
    )


def test_a_country_that_is_no_code(tables: sa.Engine, folder: Write) -> None:
    source = folder(project=PROJECT, organization=ORGANIZATION)
    assert problem(tables, source, "Japan").startswith("'Japan' is not a country's code")


def test_a_framework_that_nothing_tells(tables: sa.Engine, folder: Write) -> None:
    organization = "projectID,organisationID,country\n1,2,JP\n"
    source = folder("download", project="id,frameworkProgramme\n1,FP6\n", organization=organization)
    assert "name the file after it, with FP7, H2020 or HORIZON in the name" in problem(tables, source)


def test_a_zip_that_unpacks_beyond_reason_is_not_read(tables: sa.Engine, archive: Write) -> None:
    source = archive({"project.csv": PROJECT, "organization.csv": "\0" * 20_000_000})
    assert "organization.csv is larger, or packed tighter, than any CORDIS table" in problem(tables, source)


def test_a_broken_zip(tables: sa.Engine, tmp_path: Path) -> None:
    source = tmp_path / "cordis-h2020projects-csv.zip"
    with ZipFile(source, "w", ZIP_STORED) as made:
        made.writestr("project.csv", PROJECT)
        made.writestr("organization.csv", ORGANIZATION)
    source.write_bytes(source.read_bytes().replace(b"UNIVERSITY OF X", b"UNIVERSITY OF Y"))
    assert "organization.csv cannot be read" in problem(tables, source)


def test_a_quote_left_open(tables: sa.Engine, folder: Write) -> None:
    rest = '1;"left open;JP\n' + "2;3;FR\n" * (LONGEST_FIELD // 6)
    source = folder(project=PROJECT, organization="projectID;organisationID;country\n" + rest)
    assert "is a quote left open?" in problem(tables, source)
