"""One specification of the snapshot, run on records in SQLite and in PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.engine import DatabaseProblem
from dashboard.database.schema import (
    TABLES,
    activity,
    application,
    help_desk_case,
    information_service,
    organisation,
    programme,
    report,
    report_use,
    theme,
)
from dashboard.database.snapshot import Snapshot, take

EMPTY = 2000  # rows without values that come before the first value: longer than what a driver looks at for a type
P: dict[str, Any] = {
    "code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2016, 12, 31),
    "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "illustrative",
}  # fmt: skip
OFFICE = {"name": "Office", "kind": "association", "country": "JP"}
EVENT = {
    "programme_id": 1, "code": "E", "kind": "event", "title": "Talk", "start": date(2014, 5, 29),
    "end": date(2014, 5, 29), "country": "JP", "format": "on_site", "theme_id": 1,
}  # fmt: skip
CASE = {
    "programme_id": 1, "opened": datetime.fromisoformat("2014-06-01 08:30"), "desk": "eu", "channel": "email",
    "topic": "mobility", "enquirer_country": "DE", "enquirer_kind": "company", "theme_id": 1,
}  # fmt: skip
FORM = {
    "programme_id": 1, "funding_programme": "Horizon 2020", "submitted_on": date(2014, 9, 30), "status": "submitted",
    "japanese_organisations": 0, "theme_id": 1,
}  # fmt: skip
SERVICE = {"title": "News", "kind": "newsletter", "side": "eu", "languages": "en", "from": date(2014, 1, 1)}


@pytest.fixture
def basics(record_url: str, insert) -> str:
    insert(record_url, programme, P)
    insert(record_url, theme, {"code": "bio", "name": "Biotechnology"})
    return record_url


def column(snapshot: Snapshot, of: sa.Column[Any]) -> list[Any]:
    """The values of a column in the order of their rows."""
    return [value for (value,) in snapshot.rows(f'SELECT "{of.name}" FROM {of.table.name} ORDER BY id')]


@pytest.mark.parametrize(
    ("of", "base", "values"),
    [
        (organisation.c.latitude, OFFICE, [35.68, -90.0, 36.0, 0.1 + 0.2]),
        (
            organisation.c.name_ja,
            OFFICE,
            ["日欧産業協力センター", "NA", "null", "", " ", "Ł'ód\"ź\n€ 😀", "007", "1e5"],
        ),
        (application.c.requested_eur, FORM, [Decimal("1234567.89"), Decimal("1500.00"), Decimal("9999999999999.99")]),
        (application.c.part, FORM, ["2014-01-01", "0", "MSCA"]),
        (information_service.c.to, SERVICE, [date(2014, 1, 1), date(2016, 2, 29), date(9999, 12, 31)]),
        (help_desk_case.c.satisfaction, CASE, [1, 5]),
        (
            help_desk_case.c.closed,
            CASE,
            [datetime.fromisoformat(f"2016-02-29 {time}") for time in ("23:59:59.999999", "00:00", "09:30:00.000001")],
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, sa.Column) else "",
)
def test_values_that_come_after_many_empty_cells(
    basics: str, insert, of: sa.Column[Any], base: dict[str, Any], values: list[Any]
) -> None:
    cells = [None] * EMPTY + values + [None]
    insert(basics, of.table, *({**base, "code": f"C{place}", of.name: cell} for place, cell in enumerate(cells)))
    snapshot = take(basics)
    assert column(snapshot, of) == cells
    assert len(column(snapshot, of.table.c.code)) == len(cells)


def test_truth_values(basics: str, insert) -> None:
    insert(basics, activity, *({**EVENT, "code": code} for code in "AB"))
    insert(
        basics,
        report,
        {"programme_id": 1, "code": "R", "title": "R", "topic": "policy", "published_on": date(2015, 2, 28)},
    )
    use = {"report_id": 1, "tabled": True, "recommendation_adopted": False}
    insert(
        basics, report_use, {**use, "activity_id": 1, "discussed": False}, {**use, "activity_id": 2, "discussed": True}
    )
    query = "SELECT tabled, discussed, recommendation_adopted FROM report_use ORDER BY id"
    assert take(basics).rows(query) == [(True, False, False), (True, True, False)]


def test_an_empty_record_gives_every_table_with_the_schemas_columns(record_url: str) -> None:
    snapshot = take(record_url)
    for table in TABLES:
        described = snapshot.rows(f'DESCRIBE "{table.name}"')
        assert [row[0] for row in described] == list(table.columns.keys())
        assert snapshot.rows(f'SELECT count(*) FROM "{table.name}"') == [(0,)]
    kinds = {row[0]: row[1] for row in snapshot.rows("DESCRIBE help_desk_case") + snapshot.rows("DESCRIBE application")}
    assert (kinds["opened"], kinds["satisfaction"], kinds["theme_id"]) == ("TIMESTAMP", "INTEGER", "INTEGER")
    assert (kinds["submitted_on"], kinds["requested_eur"], kinds["part"]) == ("DATE", "DECIMAL(16,2)", "VARCHAR")


def test_frames_have_the_same_types_whatever_they_hold(basics: str, insert) -> None:
    query = """
        SELECT opened, opened::date AS day, topic, satisfaction::decimal(16, 2) AS amount, theme_id,
               timezone('Europe/Brussels', timezone('UTC', opened)) AS there
        FROM help_desk_case
    """
    expected = {
        "opened": "datetime64[us]", "day": "datetime64[us]", "topic": "str", "amount": "float64", "theme_id": "int32",
        "there": "datetime64[us]",
    }  # fmt: skip
    empty = take(basics).frame(query)
    insert(basics, help_desk_case, {**CASE, "code": "C", "satisfaction": 4})
    full = take(basics).frame(query)
    assert empty.dtypes.astype(str).to_dict() == expected
    assert full.dtypes.astype(str).to_dict() == expected
    assert full.to_dict("records") == [
        {
            "opened": datetime.fromisoformat("2014-06-01 08:30"), "day": datetime.fromisoformat("2014-06-01"),
            "topic": "mobility", "amount": 4.0, "theme_id": 1, "there": datetime.fromisoformat("2014-06-01 10:30"),
        }
    ]  # fmt: skip


def test_sums_of_whole_numbers_are_whole(record_url: str) -> None:
    frame = take(record_url).frame("SELECT sum(x) AS total, ?::text AS given FROM range(5) r(x)", ["日本"])
    assert (str(frame.total.dtype), frame.total[0], frame.given[0]) == ("int64", 10, "日本")


def test_the_version_is_made_from_the_content(basics: str, insert, elsewhere) -> None:
    insert(basics, help_desk_case, {**CASE, "code": "C"})
    first = take(basics)
    assert take(basics).version == first.version
    changes = {
        "topic = 'eligibility_and_funding'": "topic = 'mobility'",
        "closed = '2014-06-03 08:00:00.000001'": "closed = NULL",
        "satisfaction = 5": "satisfaction = NULL",
    }
    for change, back in changes.items():
        elsewhere(basics, f"UPDATE help_desk_case SET {change}")
        assert take(basics).version != first.version, change
        elsewhere(basics, f"UPDATE help_desk_case SET {back}")
        assert take(basics).version == first.version, back


def test_the_version_is_the_same_on_both_databases(sqlite, postgresql, insert) -> None:
    def version(url: str) -> str:
        insert(url, programme, {**P, "eu_contribution": Decimal("1500.00")})
        insert(url, theme, {"code": "bio", "name": "B", "name_ja": "バイオ"})
        insert(url, organisation, {**OFFICE, "code": "O", "latitude": 35.1})
        insert(url, help_desk_case, {**CASE, "code": "C"})
        return take(url).version

    assert version(sqlite.copy("empty")) == version(postgresql.copy("empty"))


def test_the_moment_of_the_read_is_utc(record_url: str) -> None:
    before = datetime.now(UTC)
    read_at = take(record_url).read_at
    assert before <= read_at <= datetime.now(UTC)
    assert read_at.utcoffset() == timedelta(0)


def test_nothing_outside_the_snapshot_can_be_reached(record_url: str, tmp_path) -> None:
    snapshot = take(record_url)
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        snapshot.rows(f"SELECT * FROM '{tmp_path}/secret.csv'")
    with pytest.raises(duckdb.PermissionException):
        snapshot.rows(f"COPY theme TO '{tmp_path}/theme.csv'")
    here = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.CatalogException):
        snapshot.rows("SELECT * FROM here")
    assert len(here) == 1
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        snapshot.rows("SET enable_external_access = true")
    assert snapshot.rows("SELECT current_setting('TimeZone')") == [("UTC",)]


WRITER = """
import sys
from dashboard.database import engine
from dashboard.database.schema import theme, organisation
e = engine.writing_engine(sys.argv[1])
for number in range(10**6):
    with e.begin() as c:  # as many organisations as themes after each transaction
        c.execute(organisation.insert(), {"code": f"O{number}", "name": "O", "kind": "company", "country": "JP"})
        c.execute(theme.insert(), {"code": f"T{number}", "name": "T"})
    if number == 0:
        print("writing", flush=True)
"""


def test_a_snapshot_is_one_consistent_read_while_another_program_writes(record_url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, record_url], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        query = "SELECT (SELECT count(*) FROM theme), (SELECT count(*) FROM organisation)"
        try:
            seen = [take(record_url).rows(query)[0] for _ in range(12)]
        finally:
            writer.kill()
    assert [themes for themes, organisations in seen if themes != organisations] == []
    assert len(set(seen)) > 3, "the writer should have got on between the snapshots"


def test_a_value_that_is_not_of_its_columns_type_is_a_problem(sqlite_url: str, insert, elsewhere) -> None:
    insert(sqlite_url, programme, P)
    elsewhere(sqlite_url, "UPDATE programme SET start = '1 May 2014'")
    with pytest.raises(DatabaseProblem, match="table programme") as caught:
        take(sqlite_url)
    assert caught.value.kind == "unreachable"
    assert "\n" not in str(caught.value)
    elsewhere(sqlite_url, "UPDATE programme SET start = '2014-01-01', service_standard = 'three'")
    with pytest.raises(DatabaseProblem, match="table programme"):
        take(sqlite_url)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer"),
        ("DELETE FROM alembic_version", "older"),
        ("DROP TABLE alembic_version", "older"),
        ("DROP TABLE milestone", "unreachable"),
    ],
)
def test_a_record_that_does_not_fit_the_program_is_a_problem(record_url: str, elsewhere, sql: str, kind: str) -> None:
    elsewhere(record_url, sql)
    with pytest.raises(DatabaseProblem) as caught:
        take(record_url)
    assert caught.value.kind == kind
    assert "\n" not in str(caught.value)


def test_a_record_that_is_not_there_is_a_problem(tmp_path) -> None:
    with pytest.raises(DatabaseProblem) as missing:
        take(f"sqlite:///{tmp_path}/none.db")
    assert missing.value.kind == "missing"
    with pytest.raises(DatabaseProblem) as away:
        take("postgresql://reader:secret@127.0.0.1:1/programme")
    assert away.value.kind == "unreachable"
    assert "secret" not in str(away.value)
    assert "\n" not in str(away.value)
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_signs_that_mean_something_in_addresses(tmp_path) -> None:
    (tmp_path / "年 100%#1").mkdir()
    url = f"sqlite:///{tmp_path}/年 100%25#1/programme.db"
    engine.create(url)
    assert [path.name for path in (tmp_path / "年 100%#1").iterdir()] == ["programme.db"]
    assert take(url).rows("SELECT count(*) FROM theme") == [(0,)]
