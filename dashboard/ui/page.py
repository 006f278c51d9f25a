"""The frame of every page: styles, badge, headings, as-of, and the pages shown when the record cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts.theme import DARK, LIGHT, Palette
from dashboard.database.engine import DatabaseProblem
from dashboard.figures.captions import explained, in_words, is_illustrative
from dashboard.figures.model import View
from dashboard.queries.programme import programmes
from dashboard.store import remembered
from dashboard.text import format, text
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.printing import PRINT, TURNED
from dashboard.ui.session import view as current_view
from dashboard.ui.style import STYLE

SAID_ALREADY = ("no_programme", "running")
"""Faults whose name leaves nothing to add."""


def style(dark: bool) -> None:
    """The product's own styles, in the viewer's colours."""
    colours: Palette = DARK if dark else LIGHT
    put(STYLE.substitute(vars(colours)), PRINT, TURNED if dark else "")


def title(headline: Callable[[View], str]) -> None:
    """The page's first heading and, below it, in words, what is shown and as of when."""
    view = current_view()
    put(remembered(("title", headline, view.identity), lambda: titled(headline(view), view)))


def titled(heading: str, view: View) -> str:
    """The same as markup."""
    programme = view.select(programmes()).iloc[0]
    read_at = format.moment(view.store.read_at, view.language)
    shown = tag("span", view.words("page.showing", shown=in_words(view), read_at=read_at))
    below = wrap("p", tag("strong", str(programme["acronym"])) + shown, "showing")
    # Knowing the language, the browser breaks Japanese lines between words.
    return wrap("div", tag("h1", heading) + below, lang=view.language)


def badge(view: View) -> None:
    """The badge that stands on every page while the records are illustrative."""
    if is_illustrative(view):
        put(
            wrap(
                "div",
                tag("strong", view.words("badge.illustrative")) + tag("span", explained(view)),
                "badge",
                role="note",
            )
        )


def away(problem: DatabaseProblem, view: View) -> None:
    """A notice that the record cannot be read now and older figures are shown."""
    said = view.words("problem.away", read_at=format.moment(view.store.read_at, view.language))
    put(
        wrap(
            "div",
            tag("strong", said) + tag("div", text(f"problem.{problem.kind}", view.language, address=problem.address)),
            "notice",
            role="status",
        )
    )


def broken(problem: DatabaseProblem, language: str) -> None:
    """The one page shown while there is nothing to show: what is wrong, and the remedy."""
    put(
        tag("h1", text("problem.title", language)),
        tag("p", text(f"problem.{problem.kind}", language, address=problem.address)),
        tag("p", text(f"remedy.{problem.kind}", language)),
        technical(problem.kind, problem.detail, language),
    )


def technical(kind: str, detail: str, language: str) -> str:
    """What a program said of a fault, for whoever mends it: in English, and marked as that in every language."""
    return "" if kind in SAID_ALREADY else tag("p", text("problem.technical", language, detail=detail), "foot")
