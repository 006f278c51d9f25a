"""Where records come in: the template to fill in, then the files."""

from __future__ import annotations

from dashboard.ui.data import template_download
from dashboard.ui.figure_card import section
from dashboard.ui.upload import bring_in


def bring_records() -> None:
    """The section of it: on the page Data, and wherever the record is still without a programme."""
    section("data.bring", "on-screen")
    template_download()
    bring_in()
