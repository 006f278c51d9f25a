"""What a page opens with: its heading, then what is worth knowing first. One piece of the page: a rerun costs by
pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.figures.model import View
from dashboard.store import remembered
from dashboard.ui.findings import listed, outstanding
from dashboard.ui.html import put_apart, tag
from dashboard.ui.page import titled
from dashboard.ui.session import view as current_view
from dashboard.ui.tile import tiles

Say = Callable[[View], str]


def open_overview(headline: Say) -> None:
    """The heading of the whole programme, and the findings."""
    _open(headline, lambda view: tag("h2", view.words("section.overview.findings")), listed)


def open_area(area: str, headline: Say, indicators: Sequence[str]) -> None:
    """The heading of an area, the tiles of its indicators, what went well and what did not."""
    _open(headline, lambda view: tiles(indicators, view), lambda view: outstanding(area, view))


def _open(headline: Say, *below: Say) -> None:
    view = current_view()
    put_apart(
        *remembered(
            ("opening", headline, view.identity),
            lambda: [titled(headline(view), view), *(part(view) for part in below)],
        )
    )
