"""The figures of event reach."""

from dashboard.figures.area import area_headline, area_table
from dashboard.figures.model import View
from dashboard.indicators.model import Strand
from dashboard.queries import events as ask


def headline(view: View) -> str:
    return area_headline(view, Strand.REACH)


TABLE = area_table("event_table", lambda filters: ask.activities(filters, *ask.REACH), "people_reached")
