"""Impact at a glance."""

from dashboard.figures.overview import HEADLINE_INDICATORS, RECONCILIATION, RESULTS_CHAIN, headline, progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Stage
from dashboard.ui.choose import choose_progress
from dashboard.ui.figure_card import section, show
from dashboard.ui.milestones import milestones
from dashboard.ui.opening import open_overview
from dashboard.ui.tile import leading_tiles

open_overview(headline)

for stage in Stage:
    section(f"overview.{stage}")
    leading_tiles(*keys_of(stage))

section("overview.chain")
show(RESULTS_CHAIN)

section("overview.progress")
show(progress_of(choose_progress()))
milestones()

section("overview.reconciliation")
show(RECONCILIATION)

section("overview.table")
show(HEADLINE_INDICATORS)
