"""The switch of the Partnerships page to the EU's framework projects, and what stands around their figures."""

from __future__ import annotations

import streamlit as st

from dashboard.figures import framework as figures
from dashboard.figures import framework_network as network
from dashboard.figures.captions import is_illustrative
from dashboard.figures.framework_map import COUNTRY_GLOBE, COUNTRY_MAP, ORGANISATION_GLOBE, ORGANISATION_MAP
from dashboard.figures.model import Figure
from dashboard.sitemap import PAGES
from dashboard.text import format
from dashboard.ui import address
from dashboard.ui.background import done
from dashboard.ui.figure_card import show
from dashboard.ui.framework_card import open_country, open_organisation
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.map_card import show_map
from dashboard.ui.session import view as current_view

KEY, PROGRAMME, FRAMEWORK = "show", "programme", "framework"
SIDES = ("eu", "japan", "other")
WAIT = 2.0
COMMAND = "python -m dashboard import-cordis FILE.zip --country JP"


def chooses_framework() -> bool:
    """The switch itself: whether the EU's framework projects are shown, as the address says."""
    view = current_view()
    asked = st.query_params.get(KEY)
    with st.container(key=f"held-{KEY}"):
        put(wrap("style", f".st-key-held-{KEY} {{ display: none; }}"))
        held = address.held_one(KEY, (FRAMEWORK,))
    st.session_state[f"shown-{KEY}"] = held or PROGRAMME
    st.segmented_control(
        view.words("framework.switch"), (PROGRAMME, FRAMEWORK), key=f"shown-{KEY}", required=True,
        format_func=lambda shown: view.words(f"framework.show_{shown}"), label_visibility="collapsed",
        on_change=lambda: address.hold(KEY, FRAMEWORK if st.session_state[f"shown-{KEY}"] == FRAMEWORK else None),
    )  # fmt: skip
    if asked not in (None, FRAMEWORK) and held is None:
        said = view.words("framework.unknown", name=KEY, value=str(asked)[:40])
        put(wrap("div", tag("strong", view.words("dropped.title")) + tag("div", said), "notice", role="status"))
    return held == FRAMEWORK


def framework_title() -> bool:
    """The view's first heading and what is counted; without CORDIS data how to bring them, and then False."""
    view = current_view()
    if not figures.is_imported(view):
        put(wrap("div", tag("h1", view.words("framework.none")) + tag("p", view.words("framework.how")),
                 lang=view.language))  # fmt: skip
        st.code(COMMAND, language=None)  # coloured, its options would be too pale to read
        put(tag("p", view.words("framework.how_more"), "foot"))
        return False
    shown = view.words("framework.showing", shown=figures.shown(view), day=figures.imported_on(view),
                       read_at=format.moment(view.store.read_at, view.language))  # fmt: skip
    below = wrap("p", tag("strong", figures.frameworks(view)) + tag("span", shown), "showing")
    heading = tag("h1", figures.headline(view)) + below + tag("p", figures.counted(view), "showing")
    put(wrap("div", heading, lang=view.language))
    said = [view.words("framework.filters")]
    if is_illustrative(view):
        said.insert(0, view.words("framework.real_explained"))
    put(wrap("div", tag("strong", view.words("framework.real")) + "".join(tag("div", one) for one in said), "notice"))
    return True


def framework_map() -> None:
    """The map, its arcs by country or by organisation."""
    if _choose("map", ("countries", "organisations")) == "countries":
        show_map(COUNTRY_MAP, COUNTRY_GLOBE, open_country, themes=False, sides=SIDES, help_key="framework.map_help")
    else:
        show_map(ORGANISATION_MAP, ORGANISATION_GLOBE, open_organisation, themes=False, sides=SIDES)


def framework_choice(key: str, **offered: Figure) -> None:
    """One of several figures, as the viewer chooses."""
    show(offered[_choose(key, tuple(offered))])


def framework_network() -> None:
    """Who stands between others: seconds of work for a large network, so it is done beside the request."""
    view = current_view()
    if network.worked_out(view) or done(("network", view.version, view.filters), lambda: network.work_out(view)):
        show(network.BROKERS)
        return
    with st.container(border=True, key="figure-waiting"):
        put(tag("h3", view.words(f"figure.{network.BROKERS.key}.title")))
        put(wrap("div", tag("strong", view.words("framework.waiting")), "empty", role="status"))
        _ask_again()


@st.fragment(run_every=WAIT)
def _ask_again() -> None:
    if network.worked_out(current_view()):
        st.rerun()


def framework_page_link() -> None:
    """The way from the switch to the page of its own, the filters kept."""
    view = current_view()
    page = next(page for page in PAGES if page.key == "framework")
    st.page_link(page.file, label=view.words("framework.page"))


def _choose(key: str, options: tuple[str, ...]) -> str:
    view = current_view()
    chosen: str = st.segmented_control(
        view.words(f"framework.choose.{key}"), options, default=options[0], key=f"framework-{key}", required=True,
        format_func=lambda option: view.words(f"framework.choice.{option}"), label_visibility="collapsed",
    )  # fmt: skip
    return chosen
