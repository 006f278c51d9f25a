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


def open_overview(headline: Callable[[View], str]) -> None:
    """The heading of the whole programme, and the findings."""
    view = current_view()
    put_apart(
        *remembered(
            ("opening", headline, view.identity),
            lambda: (titled(headline(view), view), tag("h2", view.words("section.overview.findings")), listed(view)),
        )
    )


def open_area(area: str, headline: Callable[[View], str], indicators: Sequence[str]) -> None:
    """The heading of an area, the tiles of its indicators, what went well and what did not."""
    view = current_view()
    put_apart(
        *remembered(
            ("opening", headline, view.identity),
            lambda: (titled(headline(view), view), tiles(indicators, view), outstanding(area, view)),
        )
    )
