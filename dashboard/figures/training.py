"""The figures of training."""

from dashboard.figures.area import area_headline, area_table
from dashboard.figures.model import View
from dashboard.indicators.model import Strand
from dashboard.queries import training as ask


def headline(view: View) -> str:
    return area_headline(view, Strand.TRAINING)


TABLE = area_table("seminar_table", ask.results_by_seminar, "training_gain")
