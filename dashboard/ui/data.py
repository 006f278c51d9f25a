"""The parts of the Data page that are no figures: the programme, the choice of a table, the template, definitions."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.exports.formats import FORMATS
from dashboard.figures.captions import is_illustrative
from dashboard.figures.data import PUBLIC, table_name
from dashboard.figures.data_checks import BROKEN
from dashboard.figures.model import View
from dashboard.imports.template import write_template
from dashboard.indicators.catalogue import INDICATORS
from dashboard.queries.programme import programmes
from dashboard.text import format
from dashboard.ui.definition import folded, terms
from dashboard.ui.figure_card import show
from dashboard.ui.html import put, put_apart, tag
from dashboard.ui.session import view as current_view
from dashboard.ui.still import still


def programme_card() -> None:
    """What is known of each programme itself, and when the record was read."""
    view = current_view()
    still("programmes", view, lambda: _programmes(view))


def _programmes(view: View) -> None:
    frame = view.localise(view.select(programmes()), "title", "summary", "source").astype(object)
    for row in frame.where(frame.notna(), None).to_dict("records"):
        with st.container(border=True, key=f"programme-{row['id']}"):
            known = [(view.words(f"data.programme.{key}"), said) for key, said in _said(row, view).items() if said]
            known.append((view.words("data.as_of"), format.moment(view.store.read_at, view.language)))
            foot = tag("p", view.words("data.illustrative"), "foot") if is_illustrative(view) else ""
            put_apart(tag("h3", str(row["acronym"])), terms(known), foot)


def _said(row: dict[str, object], view: View) -> dict[str, str]:
    start, end = (format.day(row[name].date(), view.language) for name in ("start", "end"))  # type: ignore[attr-defined]
    given = row["eu_contribution"]
    return {
        "title": str(row["title"]),
        "term": f"{start}{view.words('punctuation.range')}{end}",
        "grant_agreement": str(row["grant_agreement"] or ""),
        "eu_contribution": "" if given is None else view.number(float(str(given))),
        "service_standard": view.words("data.programme.days", days=row["service_standard"]),
        "time_zone": str(row["time_zone"]),
        "dataset": view.words(f"code.dataset.{row['dataset']}"),
        "summary": str(row["summary"] or ""),
        "source": str(row["source"] or ""),
    }


def broken_rows() -> None:
    """The rows that rules found, where they found any."""
    if not BROKEN.frame(current_view()).empty:
        show(BROKEN)


def choose_table() -> None:
    """The public view of one table after the other, as the viewer chooses."""
    view = current_view()
    chosen = st.selectbox(
        view.words("data.choose"), list(PUBLIC), index=list(PUBLIC).index("activity"), key="public-table", width=360,
        format_func=lambda table: table_name(table, view),
    )  # fmt: skip
    show(PUBLIC[chosen])


def definitions() -> None:
    """Every indicator's definition, each behind its name."""
    view = current_view()
    still("definitions", view, lambda: _definitions(view))


def _definitions(view: View) -> None:
    # One piece of markup: a rerun costs by the pieces that it sends.
    put(tag("p", view.words("data.definitions_help"), "foot on-screen"), *(folded(one.key, view) for one in INDICATORS))


def template_download() -> None:
    """The empty workbook that records come in by."""
    view = current_view()
    put(tag("p", view.words("data.template_said"), "on-screen"))
    st.download_button(
        view.words("data.template"), data=template, file_name="template.xlsx", mime=FORMATS["xlsx"].mime,
        on_click="ignore", key="template",
    )  # fmt: skip


@cache
def template() -> bytes:
    """The template workbook: the same for everyone, in both languages."""
    with tempfile.TemporaryDirectory(prefix="dashboard-template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        return path.read_bytes()
