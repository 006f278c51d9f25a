"""The figures of the help desk."""

from dashboard.figures.area import area_headline, area_table
from dashboard.figures.model import View
from dashboard.indicators.model import Strand
from dashboard.queries import helpdesk as ask


def headline(view: View) -> str:
    return area_headline(view, Strand.HELP_DESK)


TABLE = area_table("case_table", ask.cases, "help_desk_cases")
