"""Starting a talk, and taking it along as a file: each is prepared first, with a bar that says how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.figures.briefing import brief
from dashboard.figures.model import View
from dashboard.figures.slideshow import slideshow
from dashboard.talks.document import Progress, Talk, document, warm
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view

log = logging.getLogger(__name__)
T = TypeVar("T")
PREPARED = "_prepared_talk"
MEGABYTE = 2**20


@dataclass(frozen=True)
class File:
    """A form in which a talk is taken along; its words stand under `present.prepare_<suffix>` and `.save_<suffix>`."""

    mime: str
    make: Callable[[Talk, View, Progress], bytes]
    name: str = "talk"


FILES: dict[str, File] = {
    "html": File("text/html", lambda talk, view, progress: document(talk, view, progress).encode()),
    "pptx": File(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        lambda talk, view, progress: slideshow(talk.names, view, talk.languages(view), progress),
    ),
    "pdf": File("application/pdf", lambda _, view, progress: brief(view, progress), "brief"),
}
"""By suffix."""


def start(talk: Talk) -> None:
    """The link that opens the talk, once its slides are drawn, so that it opens at once."""
    if not talk.names:
        return
    view = current_view()
    place = st.empty()
    if not _watched(place, "drawing", lambda progress: warm(talk.names, view, progress)):
        return
    link = tag("a", view.words("present.start"), "start", href=f"./talk?{urlencode(talk.query(view))}", target="_blank")
    place.html(wrap("p", link + tag("span", view.words("present.start_help"), "foot"), "starting on-screen"))


def files(talk: Talk) -> None:
    """The files of the talk: a button that prepares each, then one that saves it."""
    if not talk.names:
        return
    view = current_view()
    put(tag("h2", view.words("present.take"), "on-screen"))
    kept: dict[str, tuple[Hashable, bytes]] = st.session_state.setdefault(PREPARED, {})
    key = talk, view.identity
    for suffix, form in FILES.items():
        place = st.empty()
        made = kept.get(suffix)
        if (not made or made[0] != key) and place.button(view.words(f"present.prepare_{suffix}"), key=f"talk-{suffix}"):
            content = _watched(place, "preparing", partial(form.make, talk, view))
            if content:
                kept[suffix] = made = key, content
        if made and made[0] == key:
            size = view.number(max(0.1, len(made[1]) / MEGABYTE), 1)
            place.download_button(
                view.words(f"present.save_{suffix}", size=size), made[1], _name(talk, view, suffix), form.mime,
                key=f"talk-save-{suffix}", on_click="ignore", type="primary",
            )  # fmt: skip


def _watched(place: DeltaGenerator, key: str, work: Callable[[Progress], T]) -> T | None:
    """What `work` gives, with a bar that fills in its place meanwhile; or None, and what to do is said there."""
    view = current_view()

    def progress(done: int, steps: int) -> None:
        place.progress(done / steps, view.words(f"present.{key}", done=view.number(100 * done / steps)))

    progress(0, 1)
    try:
        made = work(progress)
    except Exception:
        log.exception("A talk could not be made")
        place.error(view.words(f"present.{key}_failed"))
        return None
    place.empty()
    return made


def _name(talk: Talk, view: View, suffix: str) -> str:
    parts = [FILES[suffix].name, *(value for _, value in view.filters.query()), talk.shown]
    return f"{'_'.join(parts).lower()}.{suffix}"
