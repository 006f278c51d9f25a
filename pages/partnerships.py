"""Partnerships between EU and Japanese organisations: the programme's own, or those in EU framework projects."""

from dashboard.figures import framework, framework_table, framework_when, framework_who, partnerships
from dashboard.ui.figure_card import section, show
from dashboard.ui.framework import (
    chooses_framework,
    framework_choice,
    framework_map,
    framework_page_link,
    framework_title,
)
from dashboard.ui.map_card import show_map
from dashboard.ui.opening import open_area
from dashboard.ui.partnership_card import open_selected, partnership_table


def programme_partnerships() -> None:
    open_area("partnerships", partnerships.headline, ("partnership_building_activities", "partnerships"))

    section("partnerships.where")
    show_map(partnerships.PARTNERSHIP_MAP, partnerships.PARTNERSHIP_GLOBE, open_selected)
    show(partnerships.MATRIX)

    section("partnerships.progress")
    show(partnerships.PIPELINE)
    show(partnerships.BY_THEME)
    show(partnerships.BY_YEAR)

    section("partnerships.origins")
    show(partnerships.ORIGINS)

    section("partnerships.table")
    partnership_table(partnerships.TABLE)


def framework_projects() -> None:
    if not framework_title():
        return
    framework_page_link()
    section("framework.where")
    framework_map()
    framework_choice("matrix", cities=framework.BY_CITY, organisations=framework.BY_ORGANISATION)

    section("framework.when")
    show(framework_when.BY_YEAR)
    show(framework_when.CONTRIBUTION)

    section("framework.who")
    show(framework_who.LEADERS)

    section("framework.table")
    framework_choice("table", projects=framework_table.PROJECTS, participations=framework_table.PARTICIPATIONS)


if chooses_framework():
    framework_projects()
else:
    programme_partnerships()
