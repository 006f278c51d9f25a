"""The figures of policy dialogue."""

from dashboard.figures.area import area_headline, area_table
from dashboard.figures.model import View
from dashboard.indicators.model import Strand
from dashboard.queries import dialogue as ask


def headline(view: View) -> str:
    return area_headline(view, Strand.DIALOGUE)


TABLE = area_table("report_table", ask.reports, "reports")
