"""Bringing records in by the page: the files as they were read, everything that is wrong with them, then the import.

The page itself writes nothing: a process of its own does (`imports.apart`), and says how far it is.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from string import Template
from typing import Any

import pandas as pd
import streamlit as st
from streamlit import config

from dashboard.exports.formats import FORMATS
from dashboard.figures.model import View
from dashboard.imports.apart import Job, Preview, Result, Work
from dashboard.imports.dates import Order
from dashboard.imports.form import sheets
from dashboard.imports.load import Options
from dashboard.imports.report import Counts, Problem, Report, letter, shortened
from dashboard.settings import settings
from dashboard.text import format
from dashboard.ui.access import kept_out
from dashboard.ui.html import plain, put, tag, wrap
from dashboard.ui.page import technical
from dashboard.ui.session import keeper
from dashboard.ui.session import view as current_view
from dashboard.ui.take_back import forget

STATE = "_bringing"
DATES: tuple[Order, ...] = ("dmy", "mdy")
ENCODINGS = ("utf-8", "utf-16", "shift-jis", "windows-1252")
COUNTS = ("added", "changed", "removed", "unchanged", "refused")
MATTER = ("added", "changed", "removed", "refused")
MOST_TOLD = 200
LOOK_AGAIN = 0.5
LONGEST_NAME = 80
MARKED = "checked.xlsx"

UPLOADER = Template("""
.st-key-bring-files button p, [data-testid=stFileUploaderDropzoneInstructions] span { font-size: 0; }
.st-key-bring-files button p::after { font-size: .9rem; content: "$browse"; }
[data-testid=stFileUploaderDropzoneInstructions] span::after { font-size: .9rem; content: "$limit"; }
""")


@dataclass
class Bringing:
    """A visitor's files on their way in: where they lie, what was asked of them, and the work on them."""

    folder: tempfile.TemporaryDirectory[str]
    source: Path
    asked: tuple[Any, ...]
    options: Options
    work: Work
    imports: bool = False
    confirming: bool = False

    @property
    def marked(self) -> Path:
        return Path(self.folder.name) / MARKED


def bring_in() -> None:
    """The whole of it for those who may; for others, why not and how else."""
    view = current_view()
    if reason := kept_out():
        put(wrap("div", tag("strong", view.words("bring.title_out")) + tag("div", view.words(f"bring.out.{reason}"))
                 + tag("div", view.words("bring.by_command")), "notice on-screen", role="note"))  # fmt: skip
        return
    put(_uploader(view))
    with st.container(border=True, key="bring"):
        files = st.file_uploader(
            view.words("bring.files"), accept_multiple_files=True, key="bring-files",
            help=plain(view.words("bring.files_help")),
        )  # fmt: skip
        options = _options(view)
        asked = (tuple(one.file_id for one in files), options)
        state: Bringing | None = st.session_state.get(STATE)
        busy = state is not None and state.work.result is None
        st.button(view.words("bring.check"), type="primary", disabled=not files or busy, key="bring-check",
                  on_click=_check, args=(files, options, asked))  # fmt: skip
        if state is None:
            return
        if state.work.result is None:
            _progress()
        elif state.imports:
            _imported(state.work.result, view)
        elif state.asked != asked:
            put(tag("p", view.words("bring.asked_other"), "foot"))
        else:
            _checked(state, state.work.result, view)


def _uploader(view: View) -> str:
    """The uploader's own two English lines in the viewer's words: streamlit has no setting for them."""
    limit = view.words("bring.limit", size=view.number(config.get_option("server.maxUploadSize")))
    return wrap("style", UPLOADER.substitute(browse=view.words("bring.browse"), limit=limit))


def _options(view: View) -> Options:
    """What a file may leave open, with what is meant where nothing is chosen."""
    with st.expander(view.words("bring.options")):
        dates = st.selectbox(view.words("bring.dates"), (None, *DATES), key="bring-dates", width=420,
                             format_func=lambda order: view.words(f"bring.dates_{order or 'shown'}"))  # fmt: skip
        table = st.selectbox(view.words("bring.table"), (None, *sheets()), key="bring-table", width=420,
                             format_func=lambda name: _title(name, view))  # fmt: skip
        encoding = st.selectbox(view.words("bring.encoding"), (None, *ENCODINGS), key="bring-encoding", width=420,
                                format_func=lambda name: name or view.words("bring.told"))  # fmt: skip
        partial = st.checkbox(view.words("bring.partial"), key="bring-partial")
    return Options(partial=partial, dates=dates, table=table, encoding=encoding)


def _title(name: str | None, view: View) -> str:
    return sheets()[name].title(view.language) if name else view.words("bring.told")


def _check(files: list[Any], options: Options, asked: tuple[Any, ...]) -> None:
    """The files put aside, and the work of checking them begun. They go when the visitor's session does."""
    folder = tempfile.TemporaryDirectory(prefix="dashboard-upload-")
    place = Path(folder.name) / "files"
    place.mkdir()
    names: set[str] = set()
    for one in files:
        name = file_name(one.name, names)
        names.add(name)
        (place / name).write_bytes(one.getbuffer())
    source = place / names.pop() if len(names) == 1 else place
    work = _work(source, options, Path(folder.name) / MARKED, current_view().language, dry_run=True)
    st.session_state[STATE] = Bringing(folder, source, asked, options, work)


def file_name(given: str, taken: set[str]) -> str:
    """A name for a file beside the others: no path, nothing hidden, no longer than file systems bear."""
    plain_name = PurePosixPath(given.replace("\\", "/").replace("\0", "")).name.lstrip(".~") or "file"
    stem, suffix = Path(plain_name).stem[:LONGEST_NAME], Path(plain_name).suffix[:8]
    numbered = (f"{stem} ({number}){suffix}" for number in range(2, 10_000))
    return next(name for name in (f"{stem}{suffix}", *numbered) if name not in taken)


def _work(source: Path, options: Options, marked: Path, language: str, *, dry_run: bool) -> Work:
    chosen = Options(partial=options.partial, dry_run=dry_run, dates=options.dates, table=options.table,
                     encoding=options.encoding)  # fmt: skip
    return Work(Job(settings().database_url, str(source), chosen, str(marked) if dry_run else "", language=language))


@st.fragment(run_every=LOOK_AGAIN)
def _progress() -> None:
    """How far the work is; the page runs anew when it has ended, with what was imported on it."""
    view, state = current_view(), st.session_state[STATE]
    if state.work.result is not None:
        if state.imports:
            keeper().refresh()
        st.rerun()
    st.progress(state.work.share, text=view.words("bring.importing" if state.imports else "bring.checking"))


def _checked(state: Bringing, result: Result, view: View) -> None:
    """What is wrong, what would be written, what was read, and the way on."""
    if result.report is None:
        _failed(result, view)
        return
    report = result.report
    _say("bring.found_none" if not report.problem_count else "bring.found", view, problems=report.problem_count)
    _problems(report.problems, report.problem_count, view)
    if report.note_count:
        put(tag("p", view.words("bring.notes", count=view.number(report.note_count)), "subtitle"))
    _problems(report.notes, report.note_count, view)
    if state.marked.is_file() and any(one.row for one in (*report.problems, *report.notes)):
        st.download_button(
            view.words("bring.marked"), data=state.marked.read_bytes, file_name=MARKED, mime=FORMATS["xlsx"].mime,
            on_click="ignore", key="bring-marked",
        )  # fmt: skip
    _counts(report, view)
    _previews(result.previews, report, view)
    _confirm(state, report, view)


def _previews(previews: list[Preview], report: Report, view: View) -> None:
    """The first rows of the sheet that is chosen, as they were read: at first one with problems, else one in which
    something would be done."""
    if not previews:
        return
    names = [_sheet_name(preview, view) for preview in previews]
    wrong = {(one.file, one.sheet) for one in report.problems}
    faulty = [place for place, one in enumerate(previews) if (one.file, one.sheet) in wrong]
    busy = [place for place, one in enumerate(previews) if _matters(report.tables.get(one.table or ""))]
    first = [*faulty, *busy, 0][0]
    chosen = st.selectbox(view.words("bring.preview"), range(len(previews)), first, format_func=names.__getitem__,
                          key="bring-preview")  # fmt: skip
    rows, numbers = previews[chosen].rows, previews[chosen].numbers
    width = max(map(len, rows), default=0)
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    letters = [letter(place + 1) for place in range(width)]
    st.dataframe(pd.DataFrame(cells, columns=letters, index=numbers), hide_index=False,
                 alt=view.words("bring.preview_alt", name=names[chosen]))  # fmt: skip


def _sheet_name(preview: Preview, view: View) -> str:
    known = view.words("bring.as_table", table=_title(preview.table, view)) if preview.table else ""
    name = preview.file if preview.sheet in (preview.file, Path(preview.file).stem) else (
        f"{preview.file}{view.words('punctuation.dot')}{preview.sheet}"
    )  # fmt: skip
    return view.words("punctuation.pair", name=name, value=known or view.words("bring.no_table"))


def _counts(report: Report, view: View) -> None:
    """The rows of each table that the file holds, first of those where something would be done."""
    held = [(name, counts) for name, counts in report.tables.items() if any(getattr(counts, what) for what in COUNTS)]
    held.sort(key=lambda one: not _matters(one[1]))
    rows = [
        {view.words("column.table_name"): _title(name, view)}
        | {view.words(f"bring.count.{what}"): getattr(counts, what) for what in COUNTS}
        for name, counts in held
    ]
    if rows:
        put(tag("p", view.words("bring.would" if report.batch is None else "bring.counts_alt"), "subtitle"))
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="bring-counts", alt=view.words("bring.counts_alt"))
    if examples := report.total("examples"):
        put(tag("p", view.words("bring.examples", count=view.number(examples)), "foot"))


def _matters(counts: Counts | None) -> bool:
    """Whether rows of a table would be written, or were refused."""
    return counts is not None and any(getattr(counts, what) for what in MATTER)


def _problems(found: list[Problem], count: int, view: View) -> None:
    """Problems with their place, what is wrong and how to mend it. They are no grid, whose cells would be cut."""
    if not found:
        return
    names = ("file", "sheet", "row", "column", "value", "wrong", "mend")
    head = wrap("tr", "".join(tag("th", view.words(f"problem_column.{name}"), scope="col") for name in names))
    rows = "".join(wrap("tr", "".join(tag("td", cell) for cell in _told(one, view))) for one in found[:MOST_TOLD])
    put(wrap("table", wrap("thead", head) + wrap("tbody", rows), "problems"))
    if count > MOST_TOLD:
        shown = view.number(min(MOST_TOLD, len(found)))
        put(tag("p", view.words("bring.cut", shown=shown, count=view.number(count)), "foot"))


def _told(one: Problem, view: View) -> tuple[str, ...]:
    column = " ".join(filter(None, (one.letter, one.column and f"({shortened(one.column)})")))
    return (one.file, shortened(one.sheet) or format.NOTHING, str(one.row or format.NOTHING), column or format.NOTHING,
            shortened(one.value) or format.NOTHING, one.wrong(view.language), one.mend(view.language))  # fmt: skip


def _confirm(state: Bringing, report: Report, view: View) -> None:
    """The import itself, asked for twice."""
    writes = sum(report.total(what) for what in ("added", "changed", "removed"))
    if report.problem_count and not (writes and state.options.partial):
        put(tag("p", view.words("bring.mend_first" if writes else "bring.mend"), "foot"))
        return
    if not writes:
        put(tag("p", view.words("bring.nothing_new" if report.total("unchanged") else "bring.no_rows"), "foot"))
        return
    if not state.confirming:
        st.button(view.words("bring.import"), key="bring-import", type="primary",
                  on_click=lambda: setattr(state, "confirming", True))  # fmt: skip
        return
    counts = {what: view.number(report.total(what)) for what in ("added", "changed", "refused")}
    said = view.words("bring.sure", **counts)
    put(wrap("div", tag("strong", said), "notice", role="status"))
    with st.container(horizontal=True):
        st.button(view.words("bring.yes"), key="bring-yes", type="primary", on_click=_begin, args=(state,))
        st.button(view.words("bring.no"), key="bring-no", on_click=lambda: setattr(state, "confirming", False))


def _begin(state: Bringing) -> None:
    forget()
    state.imports, state.confirming = True, False
    state.work = _work(state.source, state.options, state.marked, current_view().language, dry_run=False)


def _imported(result: Result, view: View) -> None:
    report = result.report
    if report is None:
        _failed(result, view)
    elif report.written:
        _say("bring.done", view, batch=report.batch, added=report.total("added"), changed=report.total("changed"),
             refused=report.total("refused"))  # fmt: skip
        _counts(report, view)
    else:
        _say("bring.not_written", view)
        _problems(report.problems, report.problem_count, view)
    st.button(view.words("bring.again"), key="bring-again", on_click=lambda: st.session_state.pop(STATE, None))


def _failed(result: Result, view: View) -> None:
    _say(f"bring.failed.{result.failed}", view)
    if why := technical(result.failed, result.detail, view.language):
        put(why)


def _say(key: str, view: View, **numbers: Any) -> None:
    said = view.words(key, **{name: view.number(value) for name, value in numbers.items()})
    put(wrap("div", tag("strong", said), "notice", role="status"))
