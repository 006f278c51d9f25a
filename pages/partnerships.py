"""Partnerships between EU and Japanese organisations."""

from dashboard.figures import partnerships as figures
from dashboard.ui.figure_card import section, show
from dashboard.ui.map_card import show_map
from dashboard.ui.page import title
from dashboard.ui.partnership_card import open_selected, partnership_table
from dashboard.ui.session import view
from dashboard.ui.tile import tiles

title(figures.headline(view()))
tiles("partnership_building_activities", "partnerships")

section("partnerships.where")
show_map(figures.PARTNERSHIP_MAP, figures.PARTNERSHIP_GLOBE, open_selected)
show(figures.MATRIX)

section("partnerships.progress")
show(figures.PIPELINE)
show(figures.BY_THEME)
show(figures.BY_YEAR)

section("partnerships.origins")
show(figures.ORIGINS)

section("partnerships.table")
partnership_table(figures.TABLE)
