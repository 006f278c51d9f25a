"""Pages run without a browser: records of three sizes, and a visit to a page through streamlit's AppTest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.database.schema import TABLES, programme
from dashboard.database.snapshot import SnapshotKeeper
from dashboard.settings import ROOT
from dashboard.sitemap import Page
from dashboard.ui import session, still

APP = str(ROOT / "dashboard" / "app.py")
TERM = {"start": date(2014, 1, 1), "end": date(2016, 12, 31)}
P = {"code": "P", "acronym": "P", "title": "A programme", **TERM, "service_standard": 3,
     "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
DAY, MOMENT = date(2014, 5, 29), datetime.fromisoformat("2014-06-02 08:30")
ROW: dict[str, dict[str, Any]] = {  # what each table must hold at least; every reference is to the one row there
    "import_batch": {"imported_at": MOMENT, "imported_by": "us", "file": "f.csv", "sha256": "0", "rows_added": 1,
                     "rows_changed": 0, "rows_refused": 0},
    "import_change": {"table_name": "theme", "row_id": 1, "kind": "changed", "before": "{}"},
    "programme": P,
    "theme": {"code": "bio", "name": "Biotechnology"},
    "organisation": {"code": "O", "name": "Office", "kind": "company", "country": "DE"},
    "activity": {"code": "E", "kind": "event", "title": "Talk", "start": DAY, "end": DAY, "country": "JP",
                 "format": "on_site"},
    "attendance": {"country": "DE", "stakeholder_kind": "company", "participants": 7},
    "partnership": {"code": "PS", "title": "Enzymes", "status": "active"},
    "partnership_member": {"role": "partner"},
    "partnership_step": {"step": "contact", "reached_on": DAY},
    "application": {"code": "A", "funding_programme": "Horizon 2020", "submitted_on": DAY, "status": "submitted",
                    "japanese_organisations": 1},
    "help_desk_case": {"code": "H", "opened": MOMENT, "desk": "eu", "channel": "email", "topic": "mobility",
                       "enquirer_country": "DE", "enquirer_kind": "company"},
    "training_result": {"institution_kind": "company", "institution_country": "JP",
                        "applied_after_six_months": "unknown"},
    "information_service": {"code": "N", "title": "News", "kind": "newsletter", "side": "eu", "languages": "en",
                            "from": DAY},
    "information_use": {"month": DAY, "measure": "visits", "value": 3},
    "report": {"code": "R", "title": "Findings", "topic": "policy", "published_on": DAY},
    "report_use": {"tabled": True, "discussed": False, "recommendation_adopted": False},
    "interest_group_member": {"joined": DAY},
    "joint_call": {"code": "J", "title": "Call", "opened": DAY},
    "target": {"indicator": "events", "due_on": DAY, "value": 1.0},
    "published_figure": {"indicator": "events", "value": 1.0, "qualifier": "exactly", "statement": "1 event",
                         "source_title": "Annual report"},
    "milestone": {"date": DAY, "text": "Kick-off"},
    "eu_project": {"framework": "H2020", "code": "1"},
    "eu_participation": {"organisation_code": "9"},
    "eu_project_field": {"path": "/natural sciences"}, "eu_project_focus": {"country": "JP"},
}  # fmt: skip


@pytest.fixture
def empty_url(sqlite_url: str, insert) -> str:
    """A programme from January 2014 to December 2016, and nothing else."""
    insert(sqlite_url, programme, P)
    return sqlite_url


@pytest.fixture
def one_row_url(sqlite_url: str, insert) -> str:
    """One row in every table, with what it must hold and no more."""
    for table in TABLES:
        needed = {column.name: 1 for column in table.columns if column.foreign_keys and not column.nullable}
        insert(sqlite_url, table, needed | ROW[table.name])
    return sqlite_url


Visit = Callable[..., AppTest]


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, demo_url: str, demo_keepers: set[SnapshotKeeper]) -> Iterator[Visit]:
    """`visit(url, page, theme=["a"], lang="ja")`: a new visitor opens a page of a dashboard that reads that record."""
    opened: set[SnapshotKeeper] = set()
    # At each visit streamlit reads about every installed package in search of components: half the time of a page.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)

    def go(url: str, page: Page, **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        (demo_keepers if url == demo_url else opened).add(session.keeper())
        visitor = AppTest.from_file(APP, default_timeout=60)
        visitor.query_params.update({"lang": "en"} | query)
        return visitor.switch_page(page.file).run()

    yield go
    for keeper in opened:
        keeper.stop()
        session._keeper.clear(keeper.url, keeper.poll_seconds)
    still._still.clear()


def markup(visitor: AppTest) -> str:
    """What our own markup on the page says, as it is written."""
    return "\n".join(part.proto.body for part in visitor.get("html") if not part.proto.body.startswith("<style"))


def said(visitor: AppTest, css: str) -> list[str]:
    """The words in each element of a class, in the order of the page."""
    page = ElementTree.fromstring(f"<page>{markup(visitor)}</page>")
    return [" ".join(" ".join(part.itertext()).split()) for part in page.iter() if part.get("class") == css]
