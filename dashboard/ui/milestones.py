"""The programme's milestones by the numbers that mark them on a time line."""

from dashboard.figures.model import View
from dashboard.queries.programme import milestones as ask
from dashboard.store import remembered
from dashboard.text import format
from dashboard.ui.html import put, tag, wrap
from dashboard.ui.session import view as current_view


def milestones() -> None:
    """An ordered list: date and event of each milestone in the period."""
    view = current_view()
    if listed := remembered(("milestones", view.identity), lambda: _listed(view)):
        put(listed)


def _listed(view: View) -> str:
    frame = view.localise(view.frame(ask), "text")
    if frame.empty:
        return ""
    lines = [tag("li", f"{format.day(row.date, view.language)} – {row.text}") for row in frame.itertuples(index=False)]
    return tag("p", view.words("overview.milestones"), "subtitle") + wrap("ol", "".join(lines), "milestones")
