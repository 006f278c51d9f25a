"""Japanese organisations and their partners in the EU's framework programmes, as CORDIS publishes them."""

from dashboard.figures import framework, framework_table, framework_what, framework_when, framework_who
from dashboard.ui.figure_card import section, show
from dashboard.ui.framework import framework_choice, framework_map, framework_network, framework_title


def projects() -> None:
    section("framework.where")
    framework_map()
    framework_choice("matrix", cities=framework.BY_CITY, organisations=framework.BY_ORGANISATION)

    section("framework.when")
    show(framework_when.BY_YEAR)
    show(framework_when.CONTRIBUTION)
    show(framework_when.AROUND)

    section("framework.what")
    show(framework_what.PARTS_OF_PROGRAMMES)
    show(framework_what.FIELDS_OF_SCIENCE)

    section("framework.beside")
    framework_choice("compared", total=framework_who.COMPARED, years=framework_who.COMPARED_YEARS)

    section("framework.who")
    framework_choice("leading", japan=framework_who.LEADERS, partners=framework_who.PARTNERS)
    framework_network()

    section("framework.table")
    framework_choice("table", projects=framework_table.PROJECTS, participations=framework_table.PARTICIPATIONS)


if framework_title():
    projects()
