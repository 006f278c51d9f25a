"""Policy dialogue: reports and their use, the interest group, the contact point in Japan, information services."""

from dashboard.figures import dialogue, dialogue_contact, dialogue_group, dialogue_services
from dashboard.figures.overview import progress_of
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.ui.figure_card import section, show
from dashboard.ui.map_card import show_map
from dashboard.ui.member_card import open_member
from dashboard.ui.milestones import milestones
from dashboard.ui.opening import open_area

open_area("dialogue", dialogue.headline, keys_of(Strand.DIALOGUE))

section("dialogue.reports")
show(dialogue.TIMELINE)
show(progress_of("reports"))
milestones()

section("dialogue.group")
show_map(
    dialogue_group.MEMBER_MAP, dialogue_group.MEMBER_GLOBE, open_member, themes=False, help_key="dialogue.map_help"
)
show(dialogue_group.MEMBERSHIP)
show(dialogue_group.MEMBER_SPANS)
show(dialogue_group.JOINT_CALLS)

section("dialogue.contact_point")
show(dialogue_contact.CONTACT_POINT)
milestones()

section("dialogue.services")
show(dialogue_services.SERVICES)
show(dialogue_services.SERVICE_USE)

section("dialogue.tables")
show(dialogue.TABLE)
show(dialogue_group.MEMBER_TABLE)
show(dialogue_group.CALL_TABLE)
show(dialogue_services.TABLE)
