"""CSV files into tables: every type, references by code, and a wrong cell named."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.schema import application, help_desk_case, published_figure, report_use, target

FILES = {
    "programme": "code,acronym,title,start,end,eu_contribution,service_standard,time_zone,dataset\n"
    "P,P,A programme,2014-01-01,2016-12-31,1500000.5,3,Europe/Brussels,illustrative\n",
    "theme": "code,name,name_ja\nbio,Biotechnology,バイオ\n",
    "organisation": "code,name,kind,country,latitude,longitude\nO,Office,association,JP,35.5,139\n",
    "activity": "programme,code,kind,title,start,end,country,format,theme,organiser\n"
    'P,A1,dialogue,"Talk, with ""quotes""\nand a break",2014-05-29,2014-05-29,JP,on_site,bio,O\n',
    "report": "programme,code,title,topic,published_on\nP,R1,NA,policy,2015-02-28\n",
    "report_use": "report,activity,tabled,discussed,recommendation_adopted\nR1,A1,true,false,true\n",
    "application": "programme,code,funding_programme,part,submitted_on,status,requested_eur,awarded_eur,"
    "japanese_organisations,theme,origin_activity\nP,F1,Horizon 2020,,2014-09-30,funded,1234567.89,,2,bio,A1\n",
    "help_desk_case": "programme,code,opened,first_response,closed,desk,channel,topic,enquirer_country,enquirer_kind,"
    "theme,satisfaction,activity,application\n"
    "P,H1,2014-06-01T08:30:00,2014-06-02 09:00:00,,eu,email,mobility,DE,company,bio,5,A1,F1\n",
    "target": "programme,indicator,due_on,value\nP,events,2014-01-01,0\nP,events,2016-12-31,26.5\n",
}
PUBLISHED = (
    "programme,indicator,value,qualifier,statement,source_title\nP,events,26,exactly,26 events,Results in brief\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "demo"
    made.mkdir()
    for name, text in FILES.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "published.csv").write_text("\ufeff" + PUBLISHED, encoding="utf-8")
    return made


def one(url: str, *columns: sa.ColumnElement[object]) -> tuple[object, ...]:
    with engine.reading(url) as connection:
        return tuple(connection.execute(sa.select(*columns)).one())


def test_every_type_and_reference(bare_url: str, folder: Path) -> None:
    engine.create(bare_url, folder)
    case, form, use = help_desk_case.c, application.c, report_use.c
    assert one(bare_url, case.opened, case.first_response, case.closed, case.satisfaction) == (
        datetime.fromisoformat("2014-06-01 08:30"), datetime.fromisoformat("2014-06-02 09:00"), None, 5,
    )  # fmt: skip
    assert one(bare_url, form.submitted_on, form.requested_eur, form.awarded_eur, form.part, form.theme_id) == (
        date(2014, 9, 30), Decimal("1234567.89"), None, None, 1,
    )  # fmt: skip
    assert one(bare_url, use.report_id, use.tabled, use.discussed, use.recommendation_adopted) == (1, True, False, True)
    assert one(bare_url, sa.func.max(target.c.value)) == (26.5,)
    with engine.reading(bare_url) as connection:
        names = "SELECT name_ja, title, topic FROM theme, activity JOIN report USING (programme_id)"
        assert connection.exec_driver_sql(names.replace("title", "activity.title, report.title")).one() == (
            "バイオ", 'Talk, with "quotes"\nand a break', "NA", "policy",
        )  # fmt: skip


def test_published_figures_come_from_the_folder_above(bare_url: str, folder: Path) -> None:
    engine.create(bare_url, folder)
    assert one(bare_url, published_figure.c.indicator, published_figure.c.value) == ("events", 26.0)


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("activity", ",bio,O", ",tea,O", "line 3, column theme: 'tea' refers to no row"),
        ("application", "2014-09-30", "30.9.2014", "line 2, column submitted_on: '30.9.2014' is not of type DATE"),
        ("application", "1234567.89", "1 million", "line 2, column requested_eur: '1 million' is not of type NUMERIC"),
        ("application", "1234567.89", "NaN", "line 2, column requested_eur: 'NaN' is not of type NUMERIC"),
        ("report_use", "R1,A1,true", "R1,A1,yes", "line 2, column tabled: 'yes' is not of type BOOLEAN"),
        ("help_desk_case", "08:30:00", "8h30", "line 2, column opened: '2014-06-01T8h30' is not of type DATETIME"),
        ("help_desk_case", "08:30:00", "08:30:00+09:00", "column opened: .* is not of type DATETIME"),
        ("target", "26.5", "", "line 3, column value: '' is not allowed here"),
        ("target", "26.5", "26.5,7", "line 3: the line has not 4 cells"),
        ("target", "due_on", "due", "line 1: table target has no column 'due'"),
        ("theme", "Biotechnology,バイオ\n", "B,\nbio,C,\n", r"line 3: .*(UNIQUE|unique)"),
        ("organisation", "association,JP", "club,JP", r"line 2: .*ck_organisation_kind_known"),
    ],
)
def test_a_wrong_cell_is_named(bare_url: str, folder: Path, name: str, before: str, after: str, message: str) -> None:
    path = folder / f"{name}.csv"
    assert before in FILES[name]
    path.write_text(FILES[name].replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{name}.csv, .*{message}"):
        engine.create(bare_url, folder)


def test_a_file_of_no_table_is_refused(bare_url: str, folder: Path) -> None:
    (folder / "themes.csv").write_text("code,name\n")
    with pytest.raises(ValueError, match=r"themes\.csv: there is no table themes"):
        engine.create(bare_url, folder)
