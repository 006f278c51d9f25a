"""Imports of real CORDIS files beside a reading of them by nothing but Python's csv."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project
from dashboard.imports.cordis import import_cordis
from dashboard.settings import ROOT

REAL = ROOT.parent / "shared" / "cordis"
H2020, FP7 = REAL / "cordis-h2020projects-csv.zip", REAL / "cordis-fp7projects-csv.zip"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real CORDIS files are not beside this project")

Figures = tuple[int, int, int, Decimal]


def independent(source: Path, country: str) -> Figures:
    """Projects, participations, distinct organisations and contribution (cents) of a country's projects."""
    with ZipFile(source) as archive, archive.open("organization.csv") as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""), delimiter=";"))
    projects = {row["projectID"] for row in rows if row["country"] == country}
    amounts = {}
    for row in rows:
        if row["projectID"] in projects:
            amount = row["ecContribution"].replace(",", ".") or "0"
            amounts[row["projectID"], row["organisationID"]] = round(Decimal(amount), 2)
    return len(projects), len(amounts), len({code for _, code in amounts}), sum(amounts.values(), Decimal(0))


@pytest.mark.parametrize(("source", "country"), [(H2020, "JP"), (H2020, "KR"), (FP7, "JP")])
def test_an_import_gives_what_an_independent_reading_gives(tables: sa.Engine, source: Path, country: str) -> None:
    told: list[tuple[int, int]] = []
    report = import_cordis(tables, source, country, lambda done, total: told.append((done, total)))
    expected = independent(source, country)
    assert (report.projects, report.participations, report.organisations, report.contribution) == expected
    row = eu_participation.c
    counts = sa.select(
        sa.func.count(row.eu_project_id.distinct()),
        sa.func.count(row.id),
        sa.func.count(row.organisation_code.distinct()),
        sa.func.coalesce(sa.func.sum(row.eu_contribution), 0),
    )
    with tables.connect() as connection:
        *found, contribution = connection.execute(counts).one()
        assert connection.scalar(sa.select(sa.func.count()).select_from(eu_project)) == report.projects
    assert (*found, round(Decimal(contribution), 2)) == expected
    assert told[-1][0] == told[-1][1]


def test_the_same_real_file_again_changes_nothing(tables: sa.Engine) -> None:
    import_cordis(tables, H2020)
    again = import_cordis(tables, H2020)
    assert (again.rows_added, again.rows_changed) == (0, 0)


def test_what_is_published_and_saved_again_with_commas_is_read(tables: sa.Engine) -> None:
    report = import_cordis(tables, REAL / "horizon-europe-first-100", "NL")
    with (REAL / "horizon-europe-first-100" / "organization.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    projects = {row["projectID"] for row in rows if row["country"] == "NL"}
    kept = [row for row in rows if row["projectID"] in projects]
    assert (report.projects, report.participations, report.frameworks) == (len(projects), len(kept), ("HORIZON",))
    assert report.quirks["located_address"] == sum(bool(row["geolocation"]) for row in kept)


def test_the_cities_of_japans_organisations_are_found(tables: sa.Engine) -> None:
    import_cordis(tables, FP7)
    row = eu_participation.c
    places = sa.select(row.organisation_code, row.city, row.located).where(row.country == "JP").distinct()
    with tables.connect() as connection:
        found = connection.execute(places).all()
    assert len({code for code, _, _ in found}) == 57
    assert [city for _, city, located in found if located != "city"] == ["ROKKASHO MURA"]
