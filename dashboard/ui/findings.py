"""The findings as a list, each a link to the figure that shows it."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.figures.findings import SHAPES, Finding, findings
from dashboard.figures.model import View
from dashboard.sitemap import PAGES
from dashboard.store import remembered
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view

PATHS = {page.key: page.path for page in PAGES}


def show_findings() -> None:
    """What the record says in the current view, in sentences."""
    view = current_view()
    put(remembered(("findings", view.identity), lambda: _listed(view)))


def _listed(view: View) -> str:
    lines = "".join(_line(one, view) for one in findings(view))
    return wrap("ul", lines, "findings")


def _line(one: Finding, view: View) -> str:
    # The address holds the whole view, so a plain link keeps it.
    query = urlencode([*view.filters.query(), ("lang", view.language)])
    address = f"./{PATHS[one.page]}?{query}#{one.figure}"
    shape = tag("span", SHAPES[one.tone], f"shape {one.tone}")
    return wrap("li", shape + tag("a", one.said, href=address, target="_self"))
