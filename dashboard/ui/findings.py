"""The findings as a list, each a link to the figure that shows it."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.figures.findings import SHAPES, Finding, findings, standing_out
from dashboard.figures.model import Tone, View
from dashboard.sitemap import PAGES
from dashboard.ui.html import tag, wrap

PATHS = {page.key: page.path for page in PAGES}


def listed(view: View) -> str:
    """What the record says in the current view, in sentences, as markup."""
    return wrap("ul", "".join(_line(one, _address(one, view)) for one in findings(view)), "findings")


def outstanding(page: str, view: View) -> str:
    """What went well on a page and what did not, below a heading, as markup; nothing where nothing stands out."""
    found = standing_out(page, view)
    if not found:
        return ""
    mixed = any(one.tone == Tone.PLAIN for one in found)
    heading = tag("h2", view.words("section.standing_out_mixed" if mixed else "section.standing_out"))
    return heading + wrap("ul", "".join(_line(one, f"#{one.figure}") for one in found), "findings")


def _address(one: Finding, view: View) -> str:
    # The address holds the whole view, so a plain link keeps it.
    query = urlencode([*view.filters.query(), ("lang", view.language)])
    return f"./{PATHS[one.page]}?{query}#{one.figure}"


def _line(one: Finding, address: str) -> str:
    shape = tag("span", SHAPES[one.tone], f"shape {one.tone}")
    return wrap("li", shape + tag("a", one.said, href=address, target="_self"))
