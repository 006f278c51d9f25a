"""The card of a figure: title, period, picture with its text, and everything that lets a reader check and keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.exports.formats import FORMATS
from dashboard.exports.table import localised
from dashboard.figures.captions import about, empty_title, loosen, notes, source_line, subtitle
from dashboard.figures.files import drawing, file, file_name
from dashboard.figures.model import Figure, View
from dashboard.figures.register import FIGURES
from dashboard.figures.surviving import surviving
from dashboard.store import remembered
from dashboard.talks.table import SHORT, in_words, markup
from dashboard.text import format
from dashboard.ui import open_data
from dashboard.ui.definition import terms
from dashboard.ui.html import plain, put, put_apart, put_around, tag, wrap
from dashboard.ui.printing import on_paper
from dashboard.ui.session import view as current_view
from dashboard.ui.still import still

DEGREES = ("latitude", "longitude")
ROWS_SHOWN = 5000
WHOLE = 20
"""Tables of up to so many rows need no scrolling."""


def show(figure: Figure) -> None:
    """A figure's card for the current view."""
    view = current_view()
    with card(figure, view):
        if still(f"figure {figure.name}", view, lambda: _picture(figure, view)):
            tools(figure, view)


@contextmanager
def card(figure: Figure, view: View) -> Iterator[None]:
    """The frame around a figure, which says so where what is shown in it cannot be made."""
    with st.container(border=True, key=f"figure-{figure.name}"):
        with surviving("figure", figure.name):
            yield
            return
        said = view.words("unmade.figure", title=view.words(f"figure.{figure.key}.title"))
        put(wrap("div", tag("strong", said), "empty", role="alert"))


def _picture(figure: Figure, view: View) -> bool:
    """What of a card takes no input; gives whether there is anything to see."""
    frame = figure.frame(view)
    if frame.empty:
        nothing(figure, frame, view)
        return False
    if figure.prose:
        put_apart(_heading(figure, frame, view), _prose(figure, frame, view), _paper(frame, view) + _foot(figure, view))
    elif figure.draw is None:
        around(figure, frame, view, hidden=())
        _grid(frame, view, key=f"table-{figure.name}", alt=figure.alt(frame, view))
        _told_where_cut(frame, view)
    else:
        around(figure, frame, view)
        spec, said = drawing(figure, frame, view)
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=said, key=f"chart-{figure.name}")
    return True


def show_rows(figure: Figure, open_card: Callable[[str, View], None], hidden: tuple[str, ...] = ()) -> None:
    """A table's card, whose selected row opens the card of its code; `hidden` columns stay in its files."""
    view = current_view()
    with card(figure, view):
        frame = figure.frame(view)
        if frame.empty:
            nothing(figure, frame, view)
            return
        around(figure, frame, view, hidden)
        shown, columns = remembered(
            ("rows", figure.name, view.identity), lambda: _in_words(frame.drop(columns=[*hidden]), view)
        )
        selected = st.dataframe(
            shown, hide_index=True, key=f"rows-{figure.name}", alt=figure.alt(frame, view), on_select="rerun",
            selection_mode="single-row", column_config=columns, placeholder=format.NOTHING, height=_height(frame),
        )  # fmt: skip
        put(tag("p", view.words("table.help"), "foot hint"))
        for place in selected.selection.rows:
            open_card(str(frame["code"].iloc[place]), view)
        tools(figure, view)


def around(figure: Figure, frame: pd.DataFrame, view: View, hidden: tuple[str, ...] | None = None) -> None:
    """What stands above that which is drawn next, and, in the same piece of the page, what stands below it: title,
    subtitle and notes, then the source; before it, where columns are given to hide, the others as a printed table."""

    def parts() -> tuple[str, str]:
        printed = "" if hidden is None else _paper(frame.drop(columns=[*hidden]), view)
        return _heading(figure, frame, view), printed + _foot(figure, view)

    put_around(*remembered(("around", figure.name, view.identity), parts))


def _heading(figure: Figure, frame: pd.DataFrame, view: View) -> str:
    title = view.words(f"figure.{figure.key}.title") if frame.empty else figure.say_title(frame, view)
    said = [tag("p", note, "foot") for note in notes(figure, frame, view)]
    return "".join((tag("h3", title, id=figure.name), tag("p", subtitle(figure, view), "subtitle"), *said))


def nothing(figure: Figure, frame: pd.DataFrame, view: View) -> None:
    """What a reader sees where nothing is counted: which filter to loosen, or that nothing is recorded yet."""
    said = tag("strong", empty_title(figure, view)) + tag("div", loosen(figure, view))
    put_apart(_heading(figure, frame, view), wrap("div", said, "empty", role="status"))


def _foot(figure: Figure, view: View) -> str:
    return tag("p", source_line(figure, view), "foot")


def tools(figure: Figure, view: View) -> None:
    """Table, records, definition and source, and the files, on demand."""
    parts = [part for part in ("table", "records", "definition", "download") if _has(figure, part)]
    key = figure.name
    chosen = st.pills(
        view.words("figure.more"), parts, key=f"more-{key}", label_visibility="collapsed",
        format_func=lambda part: view.words(f"figure.{part}"),
    )  # fmt: skip
    if chosen == "table":
        table(figure.frame(view), view, key=f"shown-table-{key}")
    elif chosen == "records" and figure.records is not None:
        records = view.frame(figure.records)
        put(tag("p", view.words("figure.records_count", count=view.number(len(records))), "foot"))
        table(records, view, key=f"shown-records-{key}")
    elif chosen == "definition":
        put(terms(about(figure, view)))
    elif chosen == "download":
        _downloads(figure, view)


def _has(figure: Figure, part: str) -> bool:
    return {"table": figure.draw is not None, "records": figure.records is not None}.get(part, True)


def table(frame: pd.DataFrame, view: View, key: str, alt: str | None = None) -> None:
    """A frame in words, as a table that can be searched and sorted, and printed."""
    _grid(frame, view, key, alt)
    put(_paper(frame, view))
    _told_where_cut(frame, view)


def _grid(frame: pd.DataFrame, view: View, key: str, alt: str | None) -> None:
    shown, columns = _in_words(frame.head(ROWS_SHOWN), view)
    st.dataframe(
        shown, hide_index=True, key=key, alt=alt, column_config=columns, placeholder=format.NOTHING,
        height=_height(frame),
    )


def _told_where_cut(frame: pd.DataFrame, view: View) -> None:
    if len(frame) > ROWS_SHOWN:
        put(tag("p", view.words("figure.rows_cut", shown=view.number(ROWS_SHOWN), all=view.number(len(frame))), "foot"))


def _height(frame: pd.DataFrame) -> Literal["content", "auto"]:
    return "content" if len(frame) <= WHOLE else "auto"


def _in_words(frame: pd.DataFrame, view: View) -> tuple[pa.Table, dict[str, Any]]:
    """A table in the form in which streamlit sends it, and how its columns are written."""
    shown = localised(_rounded(frame), view.language)
    return pa.Table.from_pandas(shown, preserve_index=False), _columns(shown, view)


def _prose(figure: Figure, frame: pd.DataFrame, view: View) -> str:
    """A table of sentences that are read in full: no grid, whose cells would be cut. Keys can scroll it."""
    shown = frame[[*figure.prose]]
    written = in_words(shown, view)
    numbers = {name for name, kind in zip(written, shown.dtypes, strict=True) if pd.api.types.is_numeric_dtype(kind)}
    name = {"aria-label": view.words(f"figure.{figure.key}.title")}
    return wrap("div", markup(written, SHORT, numbers), "prose on-screen", tabindex="0", role="region", **name)


def _paper(frame: pd.DataFrame, view: View) -> str:
    return on_paper(_rounded(frame), view)


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Decimals as they are read: two below ten, one below a thousand, then cents; files keep them all."""
    floats = [str(name) for name in frame.select_dtypes("float") if not str(name).endswith(DEGREES)]
    most = {name: frame[name].abs().max() for name in floats}
    return frame.round({name: 1 if 10 <= high < 1000 else 2 for name, high in most.items()})


def _columns(shown: pd.DataFrame, view: View) -> dict[str, Any]:
    """How each column of a table in words is written."""
    columns = {str(column): shape for column, values in shown.items() if (shape := _shape(values))}
    columns |= {view.words("column.year"): st.column_config.NumberColumn(format="%d")}
    columns |= {view.words("column.month"): st.column_config.DateColumn(format="YYYY-MM")}
    return columns | {view.words("column.cordis_page"): st.column_config.LinkColumn(display_text=r"/(?:id|rcn)/(\d+)$")}


def _shape(values: pd.Series) -> Any:
    """How a column is written: days without a time of day, numbers with the viewer's own separators."""
    if pd.api.types.is_datetime64_any_dtype(values):
        if values.dropna().dt.normalize().eq(values.dropna()).all():
            return st.column_config.DateColumn(format="YYYY-MM-DD")
        return st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return st.column_config.NumberColumn(format="localized")
    return None


def _downloads(figure: Figure, view: View) -> None:
    with st.container(horizontal=True, key=f"download-{figure.name}", gap="small"):
        for suffix, form in FORMATS.items():
            if form.is_picture and figure.draw is None:
                continue
            st.download_button(
                view.words(f"figure.download_{suffix}"),
                data=lambda suffix=suffix: file(figure, figure.frame(view), view, suffix),  # type: ignore[misc]
                file_name=f"{file_name(figure, view)}.{suffix}", mime=form.mime, on_click="ignore",
                key=f"download-{figure.name}-{suffix}",
            )  # fmt: skip
        if figure.name in FIGURES:
            open_data.offer(figure, figure.say_title(figure.frame(view), view), view)


def section(key: str, css: str = "") -> None:
    """A heading of the page's second level, with what the section answers."""
    view = current_view()
    put(tag("h2", view.words(f"section.{key}"), css))


__all__ = ["plain", "section", "show"]
