"""Policy dialogue, reports and the interest group."""

from dashboard.figures import dialogue as figures
from dashboard.figures.overview import progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.figure_card import section, show
from dashboard.ui.page import title
from dashboard.ui.session import view
from dashboard.ui.tile import tiles

title(figures.headline(view()))
tiles(*keys_of(Strand.DIALOGUE))

section("progress")
show(progress_of("reports"))

section("records")
show(figures.TABLE)
