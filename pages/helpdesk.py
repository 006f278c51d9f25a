"""The help desk and the applications it supported."""

from dashboard.figures import helpdesk as figures
from dashboard.figures.overview import progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.figure_card import section, show
from dashboard.ui.page import title
from dashboard.ui.session import view
from dashboard.ui.tile import tiles

title(figures.headline(view()))
tiles(*keys_of(Strand.HELP_DESK))

section("progress")
show(progress_of("help_desk_cases"))

section("records")
show(figures.TABLE)
