"""The help desk: what is asked, how well it is answered, and the applications that it supported."""

from dashboard.figures import helpdesk as figures
from dashboard.figures import helpdesk_applications as applications
from dashboard.figures import helpdesk_demand as demand
from dashboard.figures import helpdesk_map as where
from dashboard.figures import helpdesk_open as backlog
from dashboard.figures import helpdesk_satisfaction as satisfaction
from dashboard.figures import helpdesk_service as service
from dashboard.figures.overview import progress_of
from dashboard.ui.figure_card import section, show
from dashboard.ui.helpdesk import open_country, show_one_of
from dashboard.ui.map_card import show_map
from dashboard.ui.milestones import milestones
from dashboard.ui.opening import open_area

open_area("helpdesk", figures.headline, figures.TILES)

section("helpdesk.demand")
show(demand.VOLUME)
show_one_of("dimension", demand.BY)
show_one_of("clock", demand.ARRIVALS)
show(progress_of("help_desk_cases"))
milestones()

section("helpdesk.where")
show_map(where.MAP, where.GLOBE, open_country, themes=False, sides=where.SIDES, help_key="helpdesk.map_help")
show(where.RANKING)

section("helpdesk.service")
show(service.STANDARD)
show(service.IN_TIME)
show(service.TIMES)
show(backlog.BACKLOG)
show(backlog.AGEING)

section("helpdesk.satisfaction")
show(satisfaction.SATISFACTION)

section("helpdesk.applications")
show(applications.PATHWAYS)
show(applications.SUCCESS)

section("records")
show(figures.TABLE)
