"""Choosing a talk: its slides and their order, its languages and colours, all held in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.figures import talk as model
from dashboard.figures.model import View
from dashboard.figures.register import PAGES
from dashboard.figures.surviving import surviving
from dashboard.store import remembered
from dashboard.talks.answer import asked
from dashboard.talks.document import COLOURS, MOST_SLIDES, SHOWN, Talk
from dashboard.text import LANGUAGES
from dashboard.ui import address
from dashboard.ui.filter_bar import LANGUAGE_NAMES
from dashboard.ui.html import plain, put, tag, wrap
from dashboard.ui.session import view as current_view

SLIDE, KEPT = "slide", "_talk"
GENERAL = "general"
GROUPS: dict[str, tuple[str, ...]] = {
    GENERAL: tuple(name for name in model.SLIDES if name == model.FINDINGS or name.startswith(model.INDICATOR)),
    **{page: tuple(figure.name for figure in figures) for page, figures in PAGES.items()},
}
"""Slides to choose from, by the page that explains them."""

MINUTES = 1.5
"""That a slide takes, about."""


def headline(view: View) -> str:
    """The page's first heading."""
    return view.words("present.heading")


def held_talk() -> Talk:
    """The talk of this run, from the address's widgets, which are not shown; a visitor who comes back finds theirs."""
    view, forms = current_view(), {"languages": SHOWN, "colours": COLOURS}
    kept: dict[str, object] = st.session_state.setdefault(KEPT, {})
    if not any(key in st.query_params for key in (SLIDE, *forms)):
        for key in (key for key in kept if key not in st.session_state):
            st.session_state[key] = kept[key]
    with st.container(key=f"{address.HELD}-talk"):
        slides = address.held_many(SLIDE, model.SLIDES)
        form = {key: address.held_one(key, known) for key, known in forms.items()}
    kept |= {SLIDE: slides, **form}
    usual = {"languages": view.language, "colours": COLOURS[view.dark]}
    return asked({SLIDE: slides, **{key: [value or usual[key]] for key, value in form.items()}}, view.language)


def choose_talk(talk: Talk) -> None:
    """Ready talks, every slide by page, and the two forms of a talk."""
    view = current_view()
    put(tag("h2", view.words("present.sets"), "on-screen"))
    with st.container(horizontal=True, gap="small", key="talk-sets"):
        for name, slides in model.SETS.items():
            st.button(plain(model.set_title(name, view)), key=f"talk-set-{name}", on_click=_hold, args=(slides,))
    put(tag("h2", view.words("present.add"), "on-screen"))
    full = len(talk.names) >= MOST_SLIDES
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="talk-add"):
        _search(talk, view, full)
        group = st.selectbox(
            view.words("present.group"), list(GROUPS), key="talk-group", format_func=lambda key: _group(key, view),
            width=260,
        )  # fmt: skip
    _group_slides(group, talk, view)
    if full:
        put(tag("p", view.words("present.most", count=view.number(MOST_SLIDES)), "foot on-screen"))


def _group(key: str, view: View) -> str:
    return view.words("present.general") if key == GENERAL else view.words(f"page.{key}")


def _search(talk: Talk, view: View, full: bool) -> None:
    """Every slide that is not chosen, found by typing."""
    page = {name: group for group, names in GROUPS.items() for name in names}

    def name_of(name: str) -> str:
        return f"{_group(page[name], view)} · {model.slide_title(name, view)}"

    def add() -> None:
        name = st.session_state["talk-search"]
        if name:
            _hold((*talk.names, name))
        st.session_state["talk-search"] = None

    st.selectbox(
        view.words("present.search"), [name for name in model.SLIDES if name not in talk.names], index=None,
        key="talk-search", format_func=name_of, placeholder=view.words("present.search_help"), on_change=add,
        disabled=full, width=560,
    )  # fmt: skip


def _group_slides(group: str, talk: Talk, view: View) -> None:
    """The slides of a page, of which those of the talk are marked."""
    key, names = f"talk-slides-{group}", GROUPS[group]

    def choose() -> None:
        marked = st.session_state[key]
        kept = [name for name in talk.names if name not in names or name in marked]
        _hold([*kept, *(name for name in marked if name not in kept)])

    st.session_state[key] = [name for name in talk.names if name in names]
    st.pills(
        _group(group, view), names, selection_mode="multi", key=key, on_change=choose, label_visibility="collapsed",
        format_func=lambda name: plain(model.slide_title(name, view)),
    )  # fmt: skip


def choose_form(talk: Talk) -> None:
    """In which language and which colours the talk begins."""
    view = current_view()
    names = {**{code: LANGUAGE_NAMES[code] for code in LANGUAGES}, "both": view.words("present.language_both")}
    with st.container(horizontal=True, gap="medium", key="talk-form"):
        _form("languages", SHOWN, talk.shown, names, view)
        _form("colours", COLOURS, talk.colours, {key: view.words(f"present.colours_{key}") for key in COLOURS}, view)


def _form(key: str, options: Sequence[str], chosen: str, names: dict[str, str], view: View) -> None:
    st.session_state[f"shown-{key}"] = chosen
    st.segmented_control(
        view.words(f"present.{key}"), options, key=f"shown-{key}", format_func=names.__getitem__, required=True,
        on_change=lambda: address.hold(key, st.session_state[f"shown-{key}"]),
    )  # fmt: skip


def list_slides(talk: Talk) -> None:
    """The slides in their order, each with what it says in this selection, to be moved and removed."""
    view, count = current_view(), len(talk.names)
    put(tag("h2", view.words("present.chosen")))
    if not count:
        put(wrap("div", tag("strong", view.words("present.none")), "empty", role="status"))
        return
    minutes = view.number(-(-count * MINUTES // 1))
    with st.container(horizontal=True, vertical_alignment="center", key="talk-count"):
        form = "present.count_one" if count == 1 else "present.count"
        put(tag("p", view.words(form, count=view.number(count), minutes=minutes), "foot"))
        st.button(view.words("present.clear"), key="talk-clear", type="tertiary", on_click=_hold, args=((),))
    with st.container(key="talk-slides", gap=None):
        for place, name in enumerate(talk.names):
            _line(place, name, talk.names, view)


def _line(place: int, name: str, names: tuple[str, ...], view: View) -> None:
    title, is_empty = _heading(name, view)
    called = plain(model.slide_title(name, view))
    nothing = tag("span", view.words("present.empty"), "nothing") if is_empty else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"talk-line-{name}"):
        put(wrap("p", tag("span", f"{place + 1}", "place") + tag("span", title) + nothing, "talk-line"))
        for key, moved, off in (
            ("up", _moved(names, place, -1), place == 0),
            ("down", _moved(names, place, 1), place == len(names) - 1),
            ("remove", (*names[:place], *names[place + 1 :]), False),
        ):
            said = view.words(f"present.{key}", title=called)  # for screen readers; its sign stands in the style sheet
            st.button(said, key=f"talk-{key}-{name}", help=said, disabled=off, type="tertiary", on_click=_hold,
                      args=(moved,))  # fmt: skip


def _heading(name: str, view: View) -> tuple[str, bool]:
    """What a slide says in this selection, and whether it has nothing to show."""

    def said() -> tuple[str, bool]:
        slide = model.slide(name, view)
        return slide.title, slide.is_empty

    with surviving("slide", name):
        return remembered(("talk line", name, view.identity), said)
    return model.unmade(name, view).title, False


def _moved(names: tuple[str, ...], place: int, by: int) -> tuple[str, ...]:
    rest = [*names[:place], *names[place + 1 :]]
    rest.insert(place + by, names[place])
    return tuple(rest)


def _hold(names: Sequence[str]) -> None:
    address.hold(SLIDE, list(names))
