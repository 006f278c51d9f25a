"""The command line as its user sees it: what it prints, and the exit code that a script can rely on."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.database import engine
from dashboard.database.snapshot import Snapshot
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Programme, measure
from dashboard.settings import ROOT
from dashboard.store import Store

AT_E01 = "(SELECT id FROM activity WHERE code = 'E01')"
AT_A01 = "(SELECT id FROM application WHERE code = 'A01')"
ONE_EVENT = f"""DELETE FROM attendance WHERE activity_id = {AT_E01};
    UPDATE help_desk_case SET activity_id = NULL WHERE activity_id = {AT_E01};
    DELETE FROM activity WHERE code = 'E01'"""
ONE_ATTENDANCE_ROW = f"DELETE FROM attendance WHERE id = (SELECT min(id) FROM attendance WHERE activity_id = {AT_E01})"
ONE_APPLICATION = f"""UPDATE help_desk_case SET application_id = NULL WHERE application_id = {AT_A01};
    DELETE FROM application WHERE code = 'A01'"""
CASES = "DELETE FROM help_desk_case WHERE id IN (SELECT id FROM help_desk_case WHERE application_id IS NULL LIMIT {})"
NOWHERE = "postgresql://reader:opensesame@127.0.0.1:1/programme"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """`run(url, "check")` runs a command on that record."""

    def command(url: str, *arguments: str) -> Result:
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        return CliRunner().invoke(main, arguments)

    return command


def verdicts(result: Result) -> dict[str, tuple[str, ...]]:
    """Qualifier, published, recorded and verdict by indicator, as `check` prints them."""
    lines = [line.split() for line in result.stdout.splitlines()]
    return {key: tuple(cells) for key, *cells in lines}


def one_line_of_fault(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("dashboard: ")
    assert "opensesame" not in line
    return line


def test_check_agrees_on_the_demonstration(run, own_demo_url: str) -> None:
    result = run(own_demo_url, "check")
    assert verdicts(result) == {
        "events": ("exactly", "26", "26", "agrees"),
        "presentations": ("exactly", "22", "22", "agrees"),
        "people_reached": ("exactly", "2700", "2700", "agrees"),
        "partnership_building_activities": ("exactly", "6", "6", "agrees"),
        "partnerships": ("exactly", "11", "11", "agrees"),
        "help_desk_cases": ("nearly", "1000", "987", "agrees"),
        "applications_supported": ("exactly", "57", "57", "agrees"),
        "training_seminars": ("exactly", "6", "6", "agrees"),
        "reports": ("exactly", "9", "9", "agrees"),
    }
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("sql", "differ"),
    [
        (ONE_EVENT, {"events": "25", "people_reached": None}),
        (ONE_ATTENDANCE_ROW, {"people_reached": "2698"}),  # the first row of E01 counts two people
        (ONE_APPLICATION, {"applications_supported": "56"}),
        (CASES.format(10), {}),  # 977 is still nearly 1 000
        (CASES.format(87), {}),  # 900: left boundary, still nearly
        (CASES.format(88), {"help_desk_cases": "899"}),
    ],
)
def test_check_after_records_were_deleted_by_hand(run, own_demo_url: str, elsewhere, sql: str, differ: dict) -> None:
    elsewhere(own_demo_url, sql)
    result = run(own_demo_url, "check")
    found = {key: cells[2] for key, cells in verdicts(result).items() if cells[3] == "DIFFERS"}
    assert found.keys() == differ.keys()
    assert all(recorded in (None, found[key]) for key, recorded in differ.items())
    assert result.exit_code == (1 if differ else 0)


def test_check_as_a_program(sqlite, demo_url: str, elsewhere) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    arguments = [sys.executable, "-m", "dashboard", "check"]
    environment = {"DASHBOARD_DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
    first = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    elsewhere(url, ONE_EVENT)
    second = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (first.returncode, second.returncode) == (0, 1)
    assert "DIFFERS" not in first.stdout
    assert "DIFFERS" in second.stdout
    assert "Traceback" not in first.stderr + second.stderr


HALF_YEAR = Period(Month(2015, 1), Month(2015, 6))
SELECTIONS = [
    ((), Filters(), "2013-09/2017-02"),
    (("--from", "2015-01", "--to", "2015-06", "--theme", "power-electronics"),
     Filters(period=HALF_YEAR, themes=("power-electronics",)), "2015-01/2015-06"),
    (("--from", "2016-09"), Filters(period=Period(Month(2016, 9), Month(2017, 2))), "2016-09/2017-02"),
    (("--side", "japan"), Filters(sides=("japan",)), "2013-09/2017-02"),
    (("--country", "DE", "--country", "at"), Filters(countries=("DE", "AT")), "2013-09/2017-02"),
]  # fmt: skip


def expected(snapshot: Snapshot, filters: Filters, period: str) -> list[dict[str, object]]:
    """What the pages measure, in the form of the command line."""
    programme = Programme(Period(Month(2013, 9), Month(2017, 2)), datetime.now(UTC).date())
    rows = []
    for indicator in INDICATORS:
        measured = measure(indicator, filters, Store(snapshot), programme)
        status = measured.assessment.status.value if measured.assessment else None
        rows.append({"key": indicator.key, "value": measured.now.value, "target": measured.target, "status": status,
                     "period": period})  # fmt: skip
    return rows


@pytest.mark.parametrize(("options", "filters", "period"), SELECTIONS)
def test_indicators_in_every_form(
    run, demo_url: str, demo_snapshot: Snapshot, options: tuple[str, ...], filters: Filters, period: str
) -> None:
    wanted = expected(demo_snapshot, filters, period)
    assert len(wanted) == 17
    as_json = run(demo_url, "indicators", *options, "--format", "json")
    assert as_json.exit_code == 0
    assert json.loads(as_json.stdout) == wanted
    as_csv = run(demo_url, "indicators", *options, "--format", "csv")
    assert list(csv.DictReader(StringIO(as_csv.stdout))) == [
        {key: "" if value is None else str(value) for key, value in row.items()} for row in wanted
    ]
    heading, *lines = (line.split() for line in run(demo_url, "indicators", *options).stdout.splitlines())
    assert heading == ["key", "value", "target", "status", "period"]
    assert lines == [
        [row["key"], *("–" if row[name] is None else f"{row[name]:.6g}" for name in ("value", "target")),
         row["status"] or "–", period]
        for row in wanted
    ]  # fmt: skip


def test_indicators_by_hand(run, demo_url: str) -> None:
    rows = {row["key"]: row for row in json.loads(run(demo_url, "indicators", "--format", "json").stdout)}
    assert list(rows["events"]) == ["key", "value", "target", "status", "period"]
    assert rows["events"]["value"] == 26
    assert rows["people_reached"]["value"] == 2700
    assert rows["applications_supported"]["value"] == 57


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--from", "2015-13"), "Error: --from 2015-13: not a month"),
        (("--to", "May 2015"), "Error: --to May 2015: not a month"),
        (("--from", "2031-01"), "Error: --from 2031-01: outside term"),
        (("--theme", "tea"), "Error: --theme tea: unknown"),
        (("--country", "ZZ", "--from", "2015"), "Error: --from 2015: not a month; --country ZZ: unknown"),
        (("--from", "2016-02", "--to", "2016-01"), "Error: --from 2016-02: reversed; --to 2016-01: reversed"),
        (("--side", "moon"), "Error: Invalid value for '--side': 'moon' is not one of 'eu', 'japan'."),
        (("--format", "xml"), "Error: Invalid value for '--format': 'xml' is not one of 'table', 'json', 'csv'."),
    ],
)
def test_a_wrong_option_is_named(run, demo_url: str, options: tuple[str, ...], line: str) -> None:
    result = run(demo_url, "indicators", *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == line


commands = pytest.mark.parametrize("command", [("check",), ("indicators",), ("database", "info")], ids=" ".join)


@commands
def test_no_database(run, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert "there is no such file" in one_line_of_fault(run(f"sqlite:///{tmp_path / 'none.db'}", *command))
    assert list(tmp_path.iterdir()) == []


@commands
def test_a_file_that_is_no_database(run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "notes.db").write_text("dear diary " * 100)
    assert "not a database" in one_line_of_fault(run(f"sqlite:///{tmp_path / 'notes.db'}", *command))


@commands
def test_a_server_that_does_not_answer(run, command: tuple[str, ...]) -> None:
    assert "postgresql://reader@127.0.0.1:1/programme" in one_line_of_fault(run(NOWHERE, *command))


@commands
def test_an_address_of_nothing_we_know(run, command: tuple[str, ...]) -> None:
    line = one_line_of_fault(run("mysql://reader:opensesame@example.org/x", *command))
    assert "not an address sqlite:///… or postgresql://…" in line


@commands
def test_an_older_database(run, record_url: str, elsewhere, command: tuple[str, ...]) -> None:
    elsewhere(record_url, "DELETE FROM alembic_version")
    assert "there is no schema of the programme database" in one_line_of_fault(run(record_url, *command))


@commands
def test_a_newer_database(run, record_url: str, elsewhere, command: tuple[str, ...]) -> None:
    elsewhere(record_url, "UPDATE alembic_version SET version_num = '9999'")
    line = one_line_of_fault(run(record_url, *command))
    assert f"its revision 9999 is newer than this program's {engine.head()}" in line


@pytest.mark.parametrize("command", ["check", "indicators"])
def test_a_database_without_a_programme(run, record_url: str, command: str) -> None:
    assert "the table programme is empty" in one_line_of_fault(run(record_url, command))


def test_create_and_refuse_to_overwrite(run, bare_url: str) -> None:
    created = run(bare_url, "database", "create")
    assert (created.exit_code, created.stdout) == (0, f"Created {engine.public_address(bare_url)}\n")
    assert "it holds records already" in one_line_of_fault(run(bare_url, "database", "create"))
    assert "it holds records already" in one_line_of_fault(run(bare_url, "database", "create", "--empty"))
    assert run(bare_url, "check").exit_code == 0


def test_create_empty(run, bare_url: str) -> None:
    assert run(bare_url, "database", "create", "--empty").exit_code == 0
    lines = run(bare_url, "database", "info").stdout.splitlines()
    assert lines[1:4] == [f"revision     {engine.head()}", "dataset      -", "last import  -"]
    assert {line.split()[1] for line in lines[4:]} == {"0"}


def test_upgrade_says_from_where_to_where(run, bare_url: str, record_url: str) -> None:
    if bare_url.startswith("sqlite"):
        Path(bare_url.removeprefix("sqlite:///")).touch()  # a database that nothing was ever written to
    assert run(bare_url, "database", "upgrade").stdout == f"Upgraded from nothing to {engine.head()}\n"
    assert run(record_url, "database", "upgrade").stdout == f"Already at revision {engine.head()}\n"


def test_info_of_the_demonstration(run, own_demo_url: str) -> None:
    lines = run(own_demo_url, "database", "info").stdout.splitlines()
    assert lines[0] == f"address      {engine.public_address(own_demo_url)}"
    assert lines[2] == "dataset      JEUPISTE: illustrative"
    rows = dict(line.split() for line in lines[4:])
    assert (rows["activity"], rows["help_desk_case"], rows["partnership"], rows["eu_project"]) == (
        "71",
        "987",
        "11",
        "0",
    )
    assert len(rows) == 26


def test_info_hides_the_password(run, postgresql) -> None:
    url = sa.make_url(postgresql.copy("empty")).set(password="opensesame").render_as_string(hide_password=False)
    assert ":opensesame@" in url
    result = run(url, "database", "info")
    assert result.exit_code == 0
    assert result.stdout.startswith("address      postgresql://postgres@")
    assert "opensesame" not in result.output
