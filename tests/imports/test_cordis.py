"""What an import of CORDIS files leaves in the record, on files small enough to follow by eye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database.engine import writing_engine
from dashboard.database.schema import eu_participation, eu_project, eu_project_field, import_batch
from dashboard.imports import cordis_record
from dashboard.imports.cordis import import_cordis

PROJECT = """\
"id";"acronym";"status";"title";"startDate";"endDate";"totalCost";"ecMaxContribution";"legalBasis";\
"frameworkProgramme";"objective";"rcn"
"611";"ALPHA";"SIGNED";"A ""first"" title";"2015-03-01";"2017-02-28";"1000,5";"900";"H2020-EU.1.3.";"H2020";"Line one
line; two";"201"
"612";"BETA";"CLOSED";"No Japanese";"2016-01-01";"2016-12-31";"10";"10";"H2020-EU.1.1.";"H2020";"";"202"
"613";"";"SIGNED";"";"";"";"";"";"";"H2020";"";"203"
"""
ORGANIZATION = """\
"projectID";"organisationID";"name";"activityType";"city";"country";"geolocation";"role";"ecContribution"
"611";"901";"UNIVERSITY OF X";"HES";"LONDON";"UK";"51.5,-0.1";"coordinator";"500,25"
"611";"902";"KOBE UNIVERSITY";"HES";"KOBE-CITY";"JP";"";"participant";""
"612";"903";"JP";"PRC";"BELGRADE";"RS";"";"coordinator";"10"
"613";"904";"";"";"";"JP";"";"";""
"613";"905";"UNIVERSITY OF NAMIBIA";"HES";"Windhoek";"NA";"(-22.57,17.08)";"thirdParty";"7.5"
"613";"906";"CRETE";"REC";"";"EL";"";"Associated Partner";"0"
"""

P, Q = eu_project.c, eu_participation.c
KOBE = (34.6913, 135.183)

Write = Callable[..., Path]
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def h2020(folder: Write) -> Path:
    return folder(project=PROJECT, organization=ORGANIZATION)


def test_projects_of_the_country_come_with_all_their_participants(record_url: str, h2020: Path, rows: Rows) -> None:
    engine = writing_engine(record_url)
    import_cordis(engine, h2020, "JP")
    assert rows(engine, *(column for column in P if column.name not in {"id", "import_batch_id"})) == [
        # 612 is not here: its only organisation is named JP, and lies in Serbia
        ("H2020", "611", "201", "ALPHA", 'A "first" title', date(2015, 3, 1), date(2017, 2, 28),
         Decimal("1000.50"), Decimal("900.00"), "H2020-EU.1.3."),
        ("H2020", "613", "203", None, None, None, None, None, None, None),
    ]  # fmt: skip
    assert rows(engine, Q.organisation_code, Q.name, Q.country, Q.city, Q.kind, Q.role, Q.eu_contribution) == [
        ("901", "UNIVERSITY OF X", "GB", "LONDON", "HES", "coordinator", Decimal("500.25")),  # UK is GB
        ("902", "KOBE UNIVERSITY", "JP", "KOBE-CITY", "HES", "participant", None),  # not known is not 0
        ("904", None, "JP", None, None, None, None),
        ("905", "UNIVERSITY OF NAMIBIA", "NA", "Windhoek", "HES", "third_party", Decimal("7.50")),  # not "missing"
        ("906", "CRETE", "GR", None, "REC", "associated_partner", Decimal("0.00")),  # EL is GR, and 0 is known
    ]
    engine.dispose()


def test_every_participation_is_placed_as_well_as_it_can_be(tables: sa.Engine, h2020: Path, rows: Rows) -> None:
    import_cordis(tables, h2020)
    placed = {code: rest for code, *rest in rows(tables, Q.organisation_code, Q.located, Q.latitude, Q.longitude)}
    assert placed["901"] == ["address", 51.5, -0.1]
    assert placed["905"] == ["address", -22.57, 17.08]  # (lat,lon)
    assert placed["902"] == ["city", *KOBE]
    assert placed["904"][0] == "country"
    assert placed["904"][1:] == [pytest.approx(35.5, abs=1), pytest.approx(137.5, abs=2)]


def test_the_report_counts_what_was_kept_and_each_quirk_of_it(tables: sa.Engine, h2020: Path) -> None:
    report = import_cordis(tables, h2020)
    assert (report.projects, report.participations, report.organisations, report.country_participations) == (2, 5, 5, 2)
    assert report.contribution == Decimal("507.75")
    assert (report.rows_added, report.rows_changed, report.frameworks, report.country) == (9, 0, ("H2020",), "JP")
    assert report.quirks == {
        "no_name": 1, "no_city": 2, "no_role": 1, "no_contribution": 2, "no_dates": 1, "no_title": 1,
        "no_programme_part": 1, "eu_country_code": 2, "decimal_comma": 2,
        "located_address": 2, "located_city": 1, "located_country": 2,
    }  # fmt: skip
    assert report.examples["eu_country_code"] == ("UK is GB", "EL is GR")
    assert "5 participations (2 of JP)" in list(report.lines())


def test_an_import_leaves_one_batch(tables: sa.Engine, h2020: Path, rows: Rows) -> None:
    import_cordis(tables, h2020, imported_by="a test")
    B = import_batch.c
    assert rows(tables, B.imported_by, B.file, B.rows_added, B.rows_changed, B.rows_refused) == [
        ("a test", "cordis-h2020projects-csv", 9, 0, 0)
    ]
    assert {batch for (batch,) in rows(tables, Q.import_batch_id)} == {batch for (batch,) in rows(tables, B.id)}
    assert all(len(digest) == 64 for (digest,) in rows(tables, B.sha256))


def test_the_same_file_again_changes_nothing(record_url: str, h2020: Path, rows: Rows) -> None:
    engine = writing_engine(record_url)
    import_cordis(engine, h2020)
    before = rows(engine, *P), rows(engine, *Q)
    again = import_cordis(engine, h2020)
    assert (rows(engine, *P), rows(engine, *Q)) == before
    assert (again.rows_added, again.rows_changed) == (0, 0)
    engine.dispose()


def test_a_later_file_changes_only_what_differs(tables: sa.Engine, h2020: Path, rows: Rows) -> None:
    import_cordis(tables, h2020)
    ids = dict(rows(tables, Q.organisation_code, Q.id))
    organisations = h2020 / "organization.csv"
    corrected = [
        line.replace("500,25", "600") for line in organisations.read_text().splitlines() if '"906"' not in line
    ]
    organisations.write_text("\n".join(corrected))
    report = import_cordis(tables, h2020)
    assert (report.rows_added, report.rows_changed) == (0, 2)  # 901's contribution, and 906 gone
    assert dict(rows(tables, Q.organisation_code, Q.id)) == {code: ids[code] for code in ids if code != "906"}
    assert (Decimal("600.00"), 2) in rows(tables, Q.eu_contribution, Q.import_batch_id)


def test_another_country_adds_to_what_is_there(tables: sa.Engine, h2020: Path, rows: Rows) -> None:
    import_cordis(tables, h2020, "JP")
    serbian = import_cordis(tables, h2020, "rs")
    assert serbian.projects == 1
    assert [code for (code,) in rows(tables, P.code)] == ["611", "613", "612"]
    british = import_cordis(tables, h2020, "UK")  # the EU's code for GB
    assert (british.country, british.projects, british.rows_added) == ("GB", 1, 1)  # that it was kept for GB too


def test_a_country_without_projects_is_no_error(tables: sa.Engine, h2020: Path) -> None:
    report = import_cordis(tables, h2020, "BR")
    assert (report.projects, report.contribution, report.rows_added) == (0, Decimal(0), 0)


def test_an_import_that_breaks_off_leaves_nothing(
    record_url: str, h2020: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = writing_engine(record_url)
    monkeypatch.setattr(cordis_record, "PROJECTS_A_CHUNK", 1)
    whole = cordis_record._Record.bring

    def break_off(record: Any, projects: list[cordis_record.Project], country: str) -> None:
        whole(record, projects, country)
        if projects[0].code == "613":
            raise KeyboardInterrupt

    with monkeypatch.context() as breaking:
        breaking.setattr(cordis_record._Record, "bring", break_off)
        with pytest.raises(KeyboardInterrupt):
            import_cordis(engine, h2020)
    assert [rows(engine, table.c.id) for table in (eu_project, eu_participation, import_batch)] == [[], [], []]
    assert import_cordis(engine, h2020).rows_added == 9
    engine.dispose()


def test_what_stands_twice_is_one_row_with_what_either_says(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        project="id,title,startDate,frameworkProgramme\n7,,2015-01-01,H2020\n7,Told later,2016-01-01,H2020\n",
        organization=(
            "projectID,organisationID,name,city,country,ecContribution\n"
            "7,1,First,,JP,\n"
            "7,2,Other,Paris,FR,5\n"
            "7,1,Second,Kobe,JP,9\n"  # completes the first; a sum of the two would be our invention
        ),
    )
    report = import_cordis(tables, source)
    assert rows(tables, P.title, P.start) == [("Told later", date(2015, 1, 1))]
    assert rows(tables, Q.name, Q.city, Q.eu_contribution) == [
        ("First", "Kobe", Decimal("9.00")),
        ("Other", "Paris", Decimal("5.00")),
    ]
    assert (report.quirks["duplicate_project"], report.quirks["duplicate_participation"]) == (1, 1)


def test_no_participation_is_refused_for_lack_of_a_code_or_a_project(
    tables: sa.Engine, folder: Write, rows: Rows
) -> None:
    source = folder(
        project="id,frameworkProgramme\n1,FP7\n",
        organization=(
            "projectID,projectAcronym,organisationID,name,country\n"
            "9,NINE,,Kobe Works,JP\n"
            "9,NINE,,,FR\n"
        ),
    )  # fmt: skip
    report = import_cordis(tables, source)
    # The name of the folder says Horizon 2020; the table's own row of another project would say FP7.
    assert rows(tables, P.framework, P.code, P.acronym) == [("H2020", "9", "NINE")]
    assert rows(tables, Q.organisation_code, Q.name) == [("Kobe Works", "Kobe Works"), ("nameless 2", None)]
    assert (report.quirks["no_project_row"], report.quirks["no_organisation_code"]) == (1, 2)
    assert import_cordis(tables, source).rows_added == 0


OTHER = """\
"id","rcn","acronym","status","title","startDate","endDate","ecMaxContribution","frameworkProgramme","nature"
"701","7010","A","TERMINATED","In objectives, ""quotes"" and
breaks","2014-01-01 00:00:00","31/12/2016 23:59","100.10","H2020",""
"702","7020","B","CAN","","2014-02-01T00:00:00","","","H2020","x"
"""
OTHER_ORGANIZATION = """\
"projectID","organisationID","name","city","country","geolocation","role","ecContribution","active"
"701","1","A","Pristina","XK","42.67,21.17","associatedPartner","158121.6","True"
"701","2","B","Athens","GR","(37.98,23.73)","INTERNATIONAL PARTNER","158121,6","False"
"701","3","C","Kobe","JP","","linkedThirdParty","","True"
"""


def test_other_quirks_of_published_files(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    """Commas throughout, times after dates, decimal comma and point in one column, `active` and `nature`, statuses
    that do not matter, Greece by its ISO code, Kosovo, roles by other spellings; and a project of a thousand."""
    many = "".join(f'"702","P{number}","N{number}","Kobe","JP","","partner","1","True"\n' for number in range(1001))
    report = import_cordis(tables, folder(project=OTHER, organization=OTHER_ORGANIZATION + many))
    assert (report.projects, report.participations, report.organisations) == (2, 1004, 1004)
    assert rows(tables, P.code, P.start, P.end, P.title) == [
        ("701", date(2014, 1, 1), date(2016, 12, 31), 'In objectives, "quotes" and breaks'),
        ("702", date(2014, 2, 1), None, None),
    ]
    assert rows(tables, Q.country, Q.role, Q.eu_contribution, Q.latitude)[:3] == [
        ("XK", "associated_partner", Decimal("158121.60"), 42.67),
        ("GR", "partner", Decimal("158121.60"), 37.98),
        ("JP", "third_party", None, pytest.approx(KOBE[0], abs=0.01)),
    ]
    assert report.quirks["decimal_comma"] == 1


def test_values_that_cannot_be_read_are_left_empty_and_shown(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        project=(
            "id,startDate,endDate,totalCost,ecMaxContribution,legalBasis,frameworkProgramme\n"
            '1,31/12/2015,2016-13-01,"1.234.567,89",-5,A;B,H2020\n'
        ),
        organization=(
            "projectID,organisationID,country,geolocation,role,ecContribution\n"
            '1,10,JP,"91,0",consultant,"1,234,567.891"\n'
            "1,11,Japan,nowhere,linkedThirdParty,lots\n"
        ),
    )
    report = import_cordis(tables, source)
    assert rows(tables, P.start, P.end, P.cost, P.eu_contribution) == [
        (date(2015, 12, 31), None, Decimal("1234567.89"), None)
    ]
    assert rows(tables, Q.country, Q.role, Q.eu_contribution) == [
        ("JP", "other", Decimal("1234567.89")),
        (None, "third_party", None),
    ]
    assert report.examples["unreadable"] == (
        "date '2016-13-01'", "amount '-5'", "geolocation '91,0'", "country 'Japan'", "amount 'lots'",
        "geolocation 'nowhere'",
    )  # fmt: skip
    assert report.quirks["unreadable"] == 6
    assert report.quirks["several_programme_parts"] == 1
    assert report.examples["other_role"] == ("consultant",)
    assert report.quirks["located_nowhere"] == 1


def test_fields_of_science_come_along(tables: sa.Engine, folder: Write, rows: Rows) -> None:
    source = folder(
        project=PROJECT,
        organization=ORGANIZATION,
        euroSciVoc=(
            "projectID,euroSciVocCode,euroSciVocPath\n"
            '611,/1,"/agricultural sciences/agriculture, forestry"\n'
            '611,/1,"/agricultural sciences/agriculture, forestry"\n'
            "612,/2,/natural sciences\n"  # not a project of Japan's
        ),
    )
    assert import_cordis(tables, source).rows_added == 10
    assert rows(tables, eu_project_field.c.path) == [("/agricultural sciences/agriculture, forestry",)]
    assert import_cordis(tables, source).rows_added == 0


def test_progress_is_told_in_bytes_up_to_the_whole(tables: sa.Engine, h2020: Path) -> None:
    told: list[tuple[int, int]] = []
    import_cordis(tables, h2020, progress=lambda done, total: told.append((done, total)))
    size = {name: (h2020 / name).stat().st_size for name in ("project.csv", "organization.csv")}
    whole = size["project.csv"] + 2 * size["organization.csv"]  # whose rows are read twice
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (whole, whole)
