"""Events and the people they reached: where and when, about what, who came, and what followed."""

from dashboard.figures import events as figures
from dashboard.figures import events_after as after
from dashboard.figures import events_audience as who
from dashboard.figures import events_where as where
from dashboard.figures.overview import progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.event_card import choose, event_table, open_place
from dashboard.ui.figure_card import section, show
from dashboard.ui.map_card import show_map
from dashboard.ui.milestones import milestones
from dashboard.ui.opening import open_area

open_area("events", figures.headline, keys_of(Strand.REACH))

section("events.where")
show_map(where.EVENT_MAP, where.EVENT_GLOBE, open_place, themes=False, help_key="events.map_help", more=where.CLOSER)

section("events.when")
show(progress_of(figures.INDICATOR))
milestones()
show(figures.MONTHS)

section("events.what")
choose(
    "reach", objective=where.BY_OBJECTIVE, theme=where.BY_THEME, format=where.BY_FORMAT, country=where.BY_COUNTRY,
    city=where.BY_CITY,
)  # fmt: skip
show(figures.SPREAD)

section("events.who")
show(who.AUDIENCE)
choose("new", country=who.NEW_COUNTRIES, kind=who.NEW_KINDS)

section("events.after")
show(after.CASES_AROUND)
choose("around", event=after.AROUND_EVENTS, presentation=after.AROUND_PRESENTATIONS)
show(after.FOLLOWED)

section("events.table")
event_table(figures.TABLE)
