"""Events and the people they reached."""

from dashboard.figures import events as figures
from dashboard.figures.overview import progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.figure_card import section, show
from dashboard.ui.page import title
from dashboard.ui.session import view
from dashboard.ui.tile import tiles

title(figures.headline(view()))
tiles(*keys_of(Strand.REACH))

section("progress")
show(progress_of("people_reached"))

section("records")
show(figures.TABLE)
