"""The one filter bar: what is chosen, in the address, in words, and what of an address was not used."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import filters as model
from dashboard.filters import Choices, Dropped, Filters, Month, Period
from dashboard.queries import programme as programme_queries
from dashboard.store import Store, remembered
from dashboard.talks.answer import asked
from dashboard.text import LANGUAGES, format, pick, text
from dashboard.ui import address
from dashboard.ui.html import plain, put, tag, wrap

DROPPED, CUSTOM, READ = "_dropped", "_custom_period", "_address_read"
YEAR = 12
LANGUAGE_NAMES = {"en": "English", "ja": "日本語"}


def language() -> str:
    """The viewer's language: the address's, else the browser's, else English."""
    held = address.held_one("lang", LANGUAGES)
    asked = (st.context.locale or "").partition("-")[0]
    return held or (asked if asked in LANGUAGES else LANGUAGES[0])


def note_address(choices: Choices) -> None:
    """Remember, on a visit's first run, what of its address cannot be used: the widgets drop it without a word."""
    if st.session_state.get(READ):
        return
    st.session_state[READ] = True
    query = address.query_of_address()
    _, dropped = model.read(query, choices)
    dropped += [Dropped("lang", code, "unknown") for code in query.get("lang", ()) if code not in LANGUAGES]
    dropped += asked(query, LANGUAGES[0]).dropped
    st.session_state[DROPPED] = dropped
    if any(drop.reason == "reversed" for drop in dropped):
        address.forget("from", "to")


def held_filters(choices: Choices) -> Filters:
    """The filters of this run, from the address's widgets, which are not shown."""
    months = [str(month) for month in choices.period.months()]
    one = {key: address.held_one(key, months) for key in ("from", "to")}
    if len(choices.programmes) > 1:
        one["programme"] = address.held_one("programme", choices.programmes) or choices.programmes[0]
    query = {key: [value] for key, value in one.items() if value}
    query |= {
        "theme": address.held_many("theme", choices.themes),
        "side": address.held_many("side", choices.sides),
        "country": address.held_many("country", choices.countries),
    }
    return model.read(query, choices)[0]


def filter_bar(filters: Filters, choices: Choices, store: Store, language: str) -> None:
    """Period, theme, side, country, language, reset and a link to this view."""

    def words(key: str, **values: object) -> str:
        return text(f"filter.{key}", language, **values)

    theme_names, countries = remembered(
        ("offered", store.version, language), lambda: (_theme_names(store, language), _by_name(choices, language))
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-bar", gap="small"):
        if len(choices.programmes) > 1:
            _one("programme", words("programme"), choices.programmes, filters.programme, str, width=170)
        _period(filters.period, choices.period, language, words)
        _many(
            "theme", words("theme"), words("all_themes"), choices.themes, filters.themes, theme_names.__getitem__, 235
        )
        _many(
            "side",
            words("side"),
            words("both_sides"),
            choices.sides,
            filters.sides,
            lambda side: words(f"side_{side}"),
            200,
        )
        _many(
            "country", words("country"), words("all_countries"),
            countries, filters.countries, lambda code: format.country(code, language), 235,
        )  # fmt: skip
        st.button(
            words("reset"),
            on_click=_reset,
            key="reset",
            type="tertiary",
            disabled=filters == Filters(programme=filters.programme),
        )
        with st.popover(words("share"), key="share", on_change="rerun") as share:
            if share.open:
                st.caption(words("share_help"))
                st.code(address.link(language), language=None, wrap_lines=True)


def _theme_names(store: Store, language: str) -> dict[str, str]:
    themes = store.frame(programme_queries.themes())
    return {row.code: pick(language, row.name, row.name_ja) for row in themes.itertuples(index=False)}


def _by_name(choices: Choices, language: str) -> list[str]:
    return sorted(choices.countries, key=lambda code: format.country(code, language))


def language_switch(language: str) -> None:
    """English or 日本語, each named in itself."""
    st.session_state["shown-lang"] = language
    st.segmented_control(
        text("filter.language", language), LANGUAGES, key="shown-lang", format_func=LANGUAGE_NAMES.__getitem__,
        on_change=lambda: address.hold("lang", st.session_state["shown-lang"] or language),
        label_visibility="collapsed", required=True,
    )  # fmt: skip


def periods(term: Period) -> dict[str, Period | None]:
    """The ready periods by name: the whole programme, each reporting year from the programme's start, the last six
    months. The last reporting year may be shorter."""
    years = range(0, len(term), YEAR)
    ready: dict[str, Period | None] = {"whole": None}
    for number, start in enumerate(years, start=1):
        year = Period(term.first + start, min(term.last, term.first + (start + YEAR - 1)))
        if year != term:
            ready[f"year_{number}"] = year
    if len(term) > 6:
        ready["last_six"] = term.last_months(6)
    return ready


def _period(chosen: Period | None, term: Period, language: str, words: Callable[..., str]) -> None:
    ready = periods(term)
    matching = next((name for name, period in ready.items() if period == chosen), None)
    custom = st.session_state.get(CUSTOM, False) or matching is None
    shown = "custom" if custom else matching

    def name(key: str) -> str:
        if key.startswith("year_"):
            period = ready[key]
            assert period is not None
            return words("year", number=key.removeprefix("year_"), period=format.period(period, language))
        return words(f"period_{key}")

    def choose() -> None:
        picked = st.session_state["shown-period"]
        st.session_state[CUSTOM] = picked == "custom"
        if picked != "custom":
            _hold_period(ready[picked])

    st.session_state["shown-period"] = shown
    st.selectbox(
        words("period"),
        [*ready, "custom"],
        key="shown-period",
        format_func=name,
        on_change=choose,
        width=255,
    )
    if custom:
        period = chosen or term
        _month("from", words("from"), period, term, language)
        _month("to", words("to"), period, term, language)


def _month(key: str, label: str, period: Period, term: Period, language: str) -> None:
    def choose() -> None:
        month = st.session_state[f"shown-{key}"]
        first, last = (month, max(month, period.last)) if key == "from" else (min(month, period.first), month)
        _hold_period(Period(first, last))

    def name(month: Month) -> str:
        return format.month(month, language, short=True)

    st.session_state[f"shown-{key}"] = period.first if key == "from" else period.last
    st.selectbox(label, term.months(), key=f"shown-{key}", format_func=name, on_change=choose, width=130)


def _hold_period(period: Period | None) -> None:
    address.hold("from", str(period.first) if period else None)
    address.hold("to", str(period.last) if period else None)


def _one(
    key: str, label: str, options: tuple[str, ...], chosen: str | None, name: Callable[[str], str], width: int
) -> None:
    st.session_state[f"shown-{key}"] = chosen
    st.selectbox(
        label, options, key=f"shown-{key}", format_func=name, width=width,
        on_change=lambda: address.hold(key, st.session_state[f"shown-{key}"]),
    )  # fmt: skip


def _many(
    key: str, label: str, none: str, options: list[str] | tuple[str, ...], chosen: tuple[str, ...],
    name: Callable[[str], str], width: int,
) -> None:  # fmt: skip
    st.session_state[f"shown-{key}"] = list(chosen)
    st.multiselect(
        label, options, key=f"shown-{key}", format_func=name, placeholder=none, width=width,
        on_change=lambda: address.hold(key, st.session_state[f"shown-{key}"]),
    )  # fmt: skip


def _reset() -> None:
    st.session_state[CUSTOM] = False
    _hold_period(None)
    for key in ("theme", "side", "country"):
        address.hold(key, [])


def dropped_note(language: str) -> None:
    """What of the address was not used, until the viewer has read it."""
    dropped: list[Dropped] = st.session_state.get(DROPPED, [])
    if not dropped:
        return
    lines = [text(f"dropped.{drop.reason}", language, key=drop.key, value=drop.value[:40]) for drop in dropped]
    with st.container(horizontal=True, key="dropped", vertical_alignment="center"):
        put(
            wrap(
                "div",
                tag("strong", text("dropped.title", language)) + "".join(tag("div", line) for line in lines),
                "notice",
                role="status",
            )
        )
        st.button(
            plain(text("dropped.dismiss", language)),
            on_click=lambda: st.session_state.update({DROPPED: []}),
            key="dismiss-dropped",
        )
