"""The register of figures: every figure of every page by its name, in the order of the pages.

A figure stands here to be had beyond its page: on a slide, in a brief, by address. Other looks at the same data (a
globe beside a flat map) do not.
"""

from __future__ import annotations

from dashboard.figures import (
    data,
    data_checks,
    data_words,
    dialogue,
    dialogue_contact,
    dialogue_group,
    dialogue_services,
    events,
    events_after,
    events_audience,
    events_where,
    framework,
    framework_map,
    framework_network,
    framework_table,
    framework_what,
    framework_when,
    framework_who,
    helpdesk,
    helpdesk_applications,
    helpdesk_demand,
    helpdesk_map,
    helpdesk_open,
    helpdesk_satisfaction,
    helpdesk_service,
    overview,
    partnerships,
    training,
    training_behaviour,
    training_groups,
    training_learning,
    training_reaction,
    training_results,
)
from dashboard.figures.model import Figure

PAGES: dict[str, tuple[Figure, ...]] = {
    "overview": (
        overview.RESULTS_CHAIN,
        *(overview.progress_of(key) for key in overview.PLANNED),
        overview.RECONCILIATION,
        overview.HEADLINE_INDICATORS,
    ),
    "partnerships": (
        partnerships.PARTNERSHIP_MAP, partnerships.MATRIX, partnerships.PIPELINE, partnerships.BY_THEME,
        partnerships.BY_YEAR, partnerships.ORIGINS, partnerships.TABLE,
    ),
    "framework": (
        framework_map.COUNTRY_MAP, framework_map.ORGANISATION_MAP, framework.BY_CITY, framework.BY_ORGANISATION,
        framework_when.BY_YEAR, framework_when.CONTRIBUTION, framework_when.AROUND,
        framework_what.PARTS_OF_PROGRAMMES, framework_what.FIELDS_OF_SCIENCE,
        framework_who.COMPARED, framework_who.COMPARED_YEARS, framework_who.LEADERS, framework_who.PARTNERS,
        framework_network.BROKERS, framework_table.PROJECTS, framework_table.PARTICIPATIONS,
    ),
    "events": (
        events_where.EVENT_MAP, events.MONTHS, events_where.BY_OBJECTIVE, events_where.BY_THEME,
        events_where.BY_FORMAT, events_where.BY_COUNTRY, events_where.BY_CITY, events.SPREAD,
        events_audience.AUDIENCE, events_audience.NEW_COUNTRIES, events_audience.NEW_KINDS,
        events_after.CASES_AROUND, events_after.AROUND_EVENTS, events_after.AROUND_PRESENTATIONS,
        events_after.FOLLOWED, events.TABLE,
    ),
    "helpdesk": (
        helpdesk_demand.VOLUME, *helpdesk_demand.BY.values(), *helpdesk_demand.ARRIVALS.values(), helpdesk_map.MAP,
        helpdesk_map.RANKING, helpdesk_service.STANDARD, helpdesk_service.IN_TIME, helpdesk_service.TIMES,
        helpdesk_open.BACKLOG, helpdesk_open.AGEING, helpdesk_satisfaction.SATISFACTION,
        helpdesk_applications.PATHWAYS, helpdesk_applications.SUCCESS, helpdesk.TABLE,
    ),
    "training": (
        training.PARTICIPANTS, training_reaction.SATISFACTION, training_reaction.RECOMMENDATION,
        training_learning.SCORES, training_behaviour.BEHAVIOUR, training_behaviour.FOLLOW_UP,
        training_results.ORIGINS, training_results.AROUND, training_groups.SCORES_BY_SIDE,
        training_groups.APPLIED_BY_SIDE, training_groups.SCORES_BY_KIND, training_groups.APPLIED_BY_KIND,
        training_groups.SCORES_BY_COUNTRY, training.TABLE,
    ),
    "dialogue": (
        dialogue.TIMELINE, dialogue_group.MEMBER_MAP, dialogue_group.MEMBERSHIP, dialogue_group.MEMBER_SPANS,
        dialogue_group.JOINT_CALLS, dialogue_contact.CONTACT_POINT, dialogue_services.SERVICES,
        dialogue_services.SERVICE_USE, dialogue.TABLE, dialogue_group.MEMBER_TABLE, dialogue_group.CALL_TABLE,
        dialogue_services.TABLE,
    ),
    "data": (
        data.HOLDINGS, data.REACH, data.COMPLETENESS, data.COLUMNS, data_checks.CHECKS, data_checks.BROKEN,
        *data.PUBLIC.values(), data.BATCHES, data_words.DEFINITIONS, data_words.GLOSSARY,
    ),
}  # fmt: skip
"""Page key to its figures, in the order in which the page shows them."""

FIGURES: dict[str, Figure] = {figure.name: figure for figures in PAGES.values() for figure in figures}
"""Every figure by its name."""


def page_of(name: str) -> str:
    """The key of the page that explains a figure; raises StopIteration for a name that no figure has."""
    return next(page for page, figures in PAGES.items() if any(one.name == name for one in figures))
