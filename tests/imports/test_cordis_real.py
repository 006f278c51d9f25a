"""Imports of real CORDIS files beside a reading of them by nothing but Python's csv."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from dashboard.database.schema import eu_participation, eu_project, eu_project_field
from dashboard.database.snapshot import take
from dashboard.filters import Filters
from dashboard.imports import values
from dashboard.imports.cordis import import_cordis
from dashboard.queries import framework as ask
from dashboard.settings import ROOT
from dashboard.store import Store

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


def test_fields_and_programme_parts_are_those_of_the_smaller_tables(tables: sa.Engine) -> None:
    folder = REAL / "horizon-europe-first-100"
    report = import_cordis(tables, folder, "ES")
    read = {}
    for name in ("organization", "euroSciVoc", "project"):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            read[name] = list(csv.DictReader(file))
    projects = {row["projectID"] for row in read["organization"] if row["country"] == "ES"}
    paths = {(row["projectID"], row["euroSciVocPath"]) for row in read["euroSciVoc"] if row["projectID"] in projects}
    parts = {row["id"]: row["legalBasis"] for row in read["project"] if row["id"] in projects}
    with tables.connect() as connection:
        own, field = eu_project.c, eu_project_field.c
        found = connection.execute(sa.select(own.code, field.path).join_from(eu_project, eu_project_field))
        assert {tuple(row) for row in found} == paths
        known = connection.execute(sa.select(own.code, own.programme_part)).all()
    assert dict(row for row in map(tuple, known) if row[0] in parts) == parts
    assert report.fields == len(paths)


def test_topics_tell_the_same_programme_part_as_the_legal_basis() -> None:
    with (REAL / "horizon-europe-first-100" / "project.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(values.part_of_call(row["topics"], "HORIZON"), row["legalBasis"]) for row in rows]
    assert len(told) == 100
    assert [pair for pair in told if not (pair[0] and pair[1].startswith(pair[0]))] == []


@pytest.mark.parametrize("source", [H2020, FP7])
def test_country_pairs_are_those_of_an_independent_reading(tables: sa.Engine, sqlite_url: str, source: Path) -> None:
    with ZipFile(source) as archive, archive.open("organization.csv") as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""), delimiter=";"))
    countries: dict[str, set[str]] = {}
    for row in rows:
        code = {"UK": "GB", "EL": "GR"}.get(row["country"], row["country"])
        countries.setdefault(row["projectID"], set()).add(code)
    expected = Counter(one for held in countries.values() if "JP" in held for one in held - {"JP", ""})
    import_cordis(tables, source)
    store = Store(take(sqlite_url))
    frame = store.frame(ask.country_pairs(Filters()))
    assert dict(zip(frame["country"], frame["projects"], strict=True)) == expected
    assert len(expected) > 20


def test_everything_beside_each_other_in_one_command(tables: sa.Engine) -> None:
    report = import_cordis(tables, REAL, "JP")
    expected = [independent(source, "JP") for source in (H2020, FP7)]
    assert report.frameworks == ("FP7", "H2020")
    assert report.projects == sum(one[0] for one in expected)
    assert report.participations == sum(one[1] for one in expected)
    assert report.contribution == sum(one[3] for one in expected)


def test_the_cities_of_japans_organisations_are_found(tables: sa.Engine) -> None:
    import_cordis(tables, FP7)
    row = eu_participation.c
    places = sa.select(row.organisation_code, row.city, row.located).where(row.country == "JP").distinct()
    with tables.connect() as connection:
        found = connection.execute(places).all()
    assert len({code for code, _, _ in found}) == 57
    assert [city for _, city, located in found if located != "city"] == ["ROKKASHO MURA"]
