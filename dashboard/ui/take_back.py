"""The list of imports, and taking one back, for those who may bring records in."""

from __future__ import annotations

from typing import Any

import pandas as pd
import sqlalchemy as sa
import streamlit as st

from dashboard.database.schema import import_batch
from dashboard.figures.data import BATCHES, table_name
from dashboard.figures.model import View
from dashboard.imports.apart import Job, Work
from dashboard.settings import settings
from dashboard.text import format
from dashboard.ui.access import kept_out
from dashboard.ui.figure_card import around, card, show, table, tools
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.page import technical
from dashboard.ui.session import keeper
from dashboard.ui.session import view as current_view
from dashboard.ui.still import still

STATE, CONFIRMING = "_taking_back", "_confirming_back"
LOOK_AGAIN = 0.5
LISTED = ("batch", "imported_at", "imported_by", "file", "rows_added", "rows_changed", "rows_refused", "sha256")


def imports() -> None:
    """Every import, with who made it for those who may import themselves; they can take one back."""
    view, may = current_view(), not kept_out()
    rows = view.select(sa.select(import_batch).order_by(import_batch.c.id.desc()))
    if rows.empty or not may:
        show(BATCHES)
    else:
        with card(BATCHES, view):
            still("imports", view, lambda: _list(rows, view))
            tools(BATCHES, view)
    if may:
        _take_back(rows, view)


def taken_back() -> None:
    """What became of the last undoing, if one has ended: also where it left the record without a programme, and so
    without the page on which it was asked for."""
    if work := _ended():
        _say(work, current_view())


def forget() -> None:
    """Say no more of it: something else has begun."""
    if _ended():
        del st.session_state[STATE]


def _ended() -> Work | None:
    work: Work | None = st.session_state.get(STATE)
    return work if work is not None and work.result is not None else None


def _take_back(rows: pd.DataFrame, view: View) -> None:
    """The choice of an import, and its undoing, asked for twice; nothing where there is none."""
    work: Work | None = st.session_state.get(STATE)
    if rows.empty and work is None:
        return
    with st.container(border=True, key="take-back"):
        if work is not None and work.result is None:
            _wait()
            return
        taken_back()
        if rows.empty:
            return
        said = {int(row.id): _describe(row, view) for row in rows.itertuples(index=False)}
        chosen = st.selectbox(view.words("back.choose"), list(said), format_func=said.__getitem__, key="back-batch")
        if st.session_state.get(CONFIRMING) != chosen:
            st.button(view.words("back.take"), key="back-take", on_click=_confirm, args=(chosen,))
            return
        put(wrap("div", tag("strong", view.words("back.sure", batch=str(chosen))), "notice", role="status"))
        with st.container(horizontal=True):
            st.button(view.words("back.yes"), key="back-yes", type="primary", on_click=_begin, args=(chosen,))
            st.button(view.words("bring.no"), key="back-no", on_click=_confirm, args=(None,))


def _list(rows: pd.DataFrame, view: View) -> None:
    frame = BATCHES.frame(view)
    around(BATCHES, frame, view)
    put(tag("p", view.words("back.list"), "foot"))
    table(rows.rename(columns={"id": "batch"})[[*LISTED]], view, key="imports", alt=BATCHES.alt(frame, view))


def _describe(row: Any, view: View) -> str:
    return view.words(
        "back.batch", batch=str(row.id), file=row.file, who=row.imported_by,
        when=format.moment(row.imported_at.tz_localize("UTC"), view.language), added=view.number(row.rows_added),
        changed=view.number(row.rows_changed),
    )  # fmt: skip


def _confirm(batch: int | None) -> None:
    forget()
    st.session_state[CONFIRMING] = batch


def _begin(batch: int) -> None:
    st.session_state[CONFIRMING] = None
    st.session_state[STATE] = Work(Job(settings().database_url, undo=batch, language=current_view().language))


@st.fragment(run_every=LOOK_AGAIN)
def _wait() -> None:
    if st.session_state[STATE].result is not None:
        keeper().refresh()
        st.rerun()
    put(tag("p", current_view().words("back.working"), "foot"))


def _say(work: Work, view: View) -> None:
    result = work.result
    assert result is not None
    if result.touched is None:
        undo = result.failed == "undo"
        why = tag("p", result.detail) if undo else technical(result.failed, result.detail, view.language)
        put(wrap("div", tag("strong", view.words(f"bring.failed.{result.failed}")) + why, "notice", role="status"))
        return
    parts = [view.words("back.rows", table=table_name(name, view), rows=view.number(count))
             for name, count in result.touched.items()]  # fmt: skip
    said = view.words("back.done", parts=format.listing(parts, view.language) or view.words("back.no_rows"))
    put(wrap("div", tag("strong", said), "notice", role="status"))
