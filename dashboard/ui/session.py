"""The record behind the pages, and the view of the visit that is running."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import BoundedSemaphore

import streamlit as st

from dashboard.database.engine import DatabaseProblem, public_address
from dashboard.database.snapshot import SnapshotKeeper
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.choices import choices
from dashboard.indicators.model import Programme
from dashboard.queries import programme as programme_queries
from dashboard.settings import STATIC, settings
from dashboard.store import Store

VIEW = "_view"
FAVICON = STATIC / "favicon.svg"

TURNS = BoundedSemaphore(2)
"""How many pages are made at a time. Python works at one at a time anyway: many at once only hinder each other. A
second one, so that a page that is still being reckoned does not keep all others waiting."""


@st.cache_resource(show_spinner=False)
def _keeper(url: str, poll_seconds: float) -> SnapshotKeeper:
    return SnapshotKeeper(url, poll_seconds)


def keeper() -> SnapshotKeeper:
    """The one keeper of snapshots of this server; raises DatabaseProblem while there is no first one."""
    configured = settings()
    return _keeper(configured.database_url, configured.poll_seconds)


def open_store() -> tuple[Store, DatabaseProblem | None]:
    """A store on the current snapshot, and what keeps a newer one away, if anything; raises DatabaseProblem when there
    is nothing to show, be it for want of a programme."""
    kept = keeper()
    store = Store(kept.current)
    if store.frame(programme_queries.programmes()).empty:
        raise DatabaseProblem("no_programme", public_address(kept.url), "the table programme is empty")
    return store, kept.problem


def start_view(filters: Filters, language: str, store: Store, term: Period) -> View:
    """Keep the view of this run where the page finds it."""
    dark = getattr(st.context.theme, "type", None) == "dark"
    programme = Programme(term, datetime.now(UTC).date())
    view = View(filters, language, dark, programme, store.version, store)
    st.session_state[VIEW] = view
    return view


def start_empty_view(language: str) -> View:
    """The same while the record holds no programme, and so no term: for words alone."""
    this = Month.of(datetime.now(UTC).date())
    return start_view(Filters(), language, Store(keeper().current), Period(this, this))


def view() -> View:
    """The view of this run."""
    found: View = st.session_state[VIEW]
    return found


__all__ = ["choices"]
