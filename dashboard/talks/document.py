"""The talk: one document with every slide in every language, light and dark, which fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path

from dashboard.charts.theme import DARK, LIGHT, Palette
from dashboard.figures.model import View
from dashboard.figures.talk import programme_title
from dashboard.filters import Dropped
from dashboard.talks.drawing import variables
from dashboard.talks.part import Part, in_second, part
from dashboard.text import LANGUAGES, format, text
from dashboard.text.markup import tag, wrap

MOST_SLIDES = 40
"""Of one talk; more would take a server's time from its other visitors."""

LONG = 80
"""Characters of a title above which its type is smaller."""

BOTH = "both"
SHOWN = (*LANGUAGES, BOTH)
COLOURS = ("light", "dark")
ACTIONS = ("previous", "next", "overview", "language", "colours", "notes", "full_screen", "help")
KEYS = {
    "next": "→ PageDown Space", "previous": "← PageUp", "ends": "Home End", "full_screen": "F", "language": "L",
    "colours": "T", "overview": "O", "notes": "N", "blank": "B", "help": "?",
}  # fmt: skip
HERE = Path(__file__).parent

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""

_artists = ThreadPoolExecutor(max_workers=2, thread_name_prefix="talk")
"""Draws for all visitors, so that many talks at once leave the server to others."""


@dataclass(frozen=True)
class Talk:
    """What a document shows: slides by name, the languages and colours that it begins with (one of SHOWN and of
    COLOURS), and what of its address was not used. The view's language is the first where both are shown."""

    names: tuple[str, ...]
    shown: str = LANGUAGES[0]
    colours: str = COLOURS[0]
    dropped: tuple[Dropped, ...] = ()

    def languages(self, view: View) -> tuple[str, ...]:
        """The languages that are shown, the first one first."""
        both = view.language, *(language for language in LANGUAGES if language != view.language)
        return both if self.shown == BOTH else (self.shown,)

    def query(self, view: View) -> list[tuple[str, str]]:
        """The talk as an address's query, with the view's filters and language."""
        slides = [("slide", name) for name in self.names]
        return [*view.filters.query(), *slides, ("languages", self.shown), ("colours", self.colours),
                ("lang", view.language)]  # fmt: skip


def warm(names: Sequence[str], view: View, progress: Progress = lambda _done, _all: None) -> bool:
    """Make what a talk's document takes its time for, in every language; what is made is kept."""
    wanted = [(name, replace(view, language=language)) for name in names for language in LANGUAGES]
    for done, future in enumerate([_artists.submit(part, *one) for one in wanted], start=1):
        future.result()
        progress(done, len(wanted))
    return True


def document(talk: Talk, view: View, progress: Progress = lambda _done, _all: None) -> str:
    """The talk as HTML."""
    warm(talk.names, view, progress)
    slides = [_slide(place, len(talk.names), name, view) for place, name in enumerate(talk.names, start=1)]
    first = talk.languages(view)[0]
    body = (
        _notice(talk.dropped) + wrap("main", "".join(slides) or _nothing()) + (_controls() if slides else "")
        + tag("p", "", "aside", id="said", **{"aria-live": "polite"})
    )  # fmt: skip
    title = text("show.document", first, programme=programme_title(view)[0])
    shown = {"data-show": talk.shown, "data-first": view.language, "data-colours": talk.colours}
    return page(title, body, lang=first, **shown)


def page(title: str, body: str, **attributes: str) -> str:
    """A document with our styles and script around markup."""
    inner = _head(title) + wrap("body", body + wrap("script", script()))
    return "<!doctype html>\n" + wrap("html", inner, **attributes)


@cache
def script() -> str:
    return (HERE / "talk.js").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """What the document may load and run: nothing but its own script."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    allowed = f"style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _head(title: str) -> str:
    own = (HERE / "talk.css").read_text(encoding="utf-8")
    style = f":root {{ {_properties(LIGHT)} }} :root[data-colours=dark] {{ {_properties(DARK)} }}\n{own}"
    return wrap(
        "head",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}">'
        f'<link rel="icon" href="data:,">' + tag("title", title) + wrap("style", style),
    )


def _properties(colours: Palette) -> str:
    return " ".join(f"--{name}: {value};" for name, value in variables(colours).items())


def _each(
    write: Callable[[str], str], css: str, element: str = "div", languages: Sequence[str] = LANGUAGES
) -> str:  # fmt: skip
    """What `write` gives in every language, of which the document shows those chosen."""
    return "".join(wrap(element, write(language), f"in {css}".rstrip(), lang=language) for language in languages)


def _words(key: str, css: str = "", element: str = "span", **values: object) -> str:
    return _each(lambda language: escape(text(key, language, **values)), css, element)


def _slide(place: int, count: int, name: str, view: View) -> str:
    ordered = Talk((), BOTH).languages(view)
    views = [replace(view, language=language) for language in ordered]
    parts = {one.language: part(name, one) for one in views}

    def each(css: str, take: Callable[[Part], str], element: str = "div") -> str:
        return _each(lambda language: take(parts[language]), css, element, ordered)

    is_long = any(format.width(one.title) > LONG for one in parts.values())
    titles = each("pair", lambda one: escape(one.title), "span")
    heading = wrap("h2", titles, "long" if is_long else "", id=f"title-{place}")
    page = tag("span", f"{place} / {count}", "page")
    inner = (
        wrap("header", heading + each("pair subtitle", lambda one: one.subtitle)) + _body(each, parts, ordered)
        + tag("p", in_second(name, views), "second", lang=ordered[1])
        + each("pair known", lambda one: one.known)
        + wrap("footer", wrap("div", each("pair source", lambda one: one.source), "sources")
               + each("pair mark", lambda one: one.badge) + page)
        + each("pair spoken", lambda one: one.spoken)
    )  # fmt: skip
    described = {"aria-roledescription": text("show.slide", view.language), "aria-labelledby": f"title-{place}"}
    return wrap("section", inner, "slide", id=str(place), role="group", **described)


def _body(each: Callable[..., str], parts: dict[str, Part], ordered: Sequence[str]) -> str:
    """What a slide shows: in both languages side by side, line by line, where it is words; else in the first one."""
    if not all(parts[language].worded for language in ordered):
        return wrap("div", each("shown", lambda one: one.shown), "body")
    lines = max(parts[language].worded for language in ordered)
    return wrap("div", each("pair shown", lambda one: one.shown), "body worded", style=f"--lines: {lines}")


def _notice(dropped: Sequence[Dropped]) -> str:
    """What of the address was not used."""
    if not dropped:
        return ""

    def say(language: str) -> str:
        lines = [text(f"dropped.{one.reason}", language, key=one.key, value=one.value[:40]) for one in dropped]
        return tag("strong", text("dropped.title", language)) + "".join(tag("div", line) for line in lines)

    close = wrap("button", _words("dropped.dismiss"), type="button", **{"data-do": "dismiss"})
    return wrap("div", _each(say, "") + close, "notice", id="notice", role="status")


def _nothing() -> str:
    """What a talk without slides says."""
    return wrap("div", _words("show.nothing", element="h1") + _words("show.how", element="p"), "nothing")


def _controls() -> str:
    """The bar of buttons, the list of slides and the help."""
    buttons = "".join(
        wrap("button", _words(f"show.{one}"), type="button", **{"data-do": one}) for one in ACTIONS
    )  # fmt: skip
    keys = "".join(tag("dt", keys) + wrap("dd", _words(f"show.{one}")) for one, keys in KEYS.items())
    close = wrap("form", wrap("button", _words("dropped.dismiss")), method="dialog")
    return (
        wrap("nav", buttons, id="bar")
        + wrap("dialog", _words("show.overview", element="h2") + wrap("ol", "") + close, id="overview")
        + wrap("dialog", _words("show.help", element="h2") + wrap("dl", keys) + close, id="help")
    )
