"""The catalogue: one entry an indicator, in the order of the results chain.

A new indicator is an entry here, its select in `queries`, and its words under `indicator.<key>` in every language.
"""

from dashboard.indicators.model import Indicator, Reckoning, Stage, Strand, Unit
from dashboard.queries import dialogue, events, helpdesk, partnerships, training
from dashboard.queries.common import Query

NO_FILTER: frozenset[str] = frozenset()


def _activities(*kinds: str) -> Query:
    return lambda filters: events.activities_by_month(filters, *kinds)


def _people(*kinds: str) -> Query:
    return lambda filters: events.people_by_month(filters, *kinds)


def _held(*kinds: str) -> Query:
    return lambda filters: events.activities(filters, *kinds)


INDICATORS = (
    Indicator(
        "events", Stage.ACTIVITY, Strand.REACH, Unit.NUMBER, Reckoning.SUM, _activities("event"), _held("event"),
    ),
    Indicator(
        "presentations", Stage.ACTIVITY, Strand.REACH, Unit.NUMBER, Reckoning.SUM,
        _activities("presentation"), _held("presentation"),
    ),
    Indicator(
        "partnership_building_activities", Stage.ACTIVITY, Strand.PARTNERING, Unit.NUMBER, Reckoning.SUM,
        _activities("partnership_building"), _held("partnership_building"),
    ),
    Indicator(
        "training_seminars", Stage.ACTIVITY, Strand.TRAINING, Unit.NUMBER, Reckoning.SUM,
        _activities("training"), _held("training"),
    ),
    Indicator(
        "help_desk_cases", Stage.ACTIVITY, Strand.HELP_DESK, Unit.NUMBER, Reckoning.SUM,
        helpdesk.cases_by_month, helpdesk.cases,
    ),
    Indicator(
        "people_reached", Stage.OUTPUT, Strand.REACH, Unit.PEOPLE, Reckoning.SUM,
        _people(*events.REACH), _held(*events.REACH), about_people=True,
    ),
    Indicator(
        "people_trained", Stage.OUTPUT, Strand.TRAINING, Unit.PEOPLE, Reckoning.SUM,
        _people("training"), _held("training"), about_people=True,
    ),
    Indicator(
        "reports", Stage.OUTPUT, Strand.DIALOGUE, Unit.NUMBER, Reckoning.SUM,
        dialogue.reports_by_month, dialogue.reports, obeys=NO_FILTER,
    ),
    Indicator(
        "applications_supported", Stage.OUTPUT, Strand.HELP_DESK, Unit.NUMBER, Reckoning.SUM,
        helpdesk.applications_by_month, helpdesk.applications,
    ),
    Indicator(
        "first_response_days", Stage.OUTPUT, Strand.HELP_DESK, Unit.WORKING_DAYS, Reckoning.MEDIAN,
        helpdesk.response_days_by_month, helpdesk.cases, lower_is_better=True,
    ),
    Indicator(
        "cases_within_standard", Stage.OUTPUT, Strand.HELP_DESK, Unit.SHARE, Reckoning.RATIO,
        helpdesk.within_standard_by_month, helpdesk.cases,
    ),
    Indicator(
        "partnerships", Stage.OUTCOME, Strand.PARTNERING, Unit.NUMBER, Reckoning.SUM,
        partnerships.partnerships_by_month, partnerships.partnerships,
    ),
    Indicator(
        "application_success_rate", Stage.OUTCOME, Strand.HELP_DESK, Unit.SHARE, Reckoning.RATIO,
        helpdesk.application_results_by_month, helpdesk.applications,
    ),
    Indicator(
        "training_gain", Stage.OUTCOME, Strand.TRAINING, Unit.POINTS, Reckoning.MEAN_GAIN,
        training.gain_by_month, training.results_by_seminar, about_people=True,
    ),
    Indicator(
        "applied_after_six_months", Stage.OUTCOME, Strand.TRAINING, Unit.SHARE, Reckoning.RATIO,
        training.applied_by_month, training.results_by_seminar, about_people=True,
    ),
    Indicator(
        "reports_used", Stage.OUTCOME, Strand.DIALOGUE, Unit.SHARE, Reckoning.RATIO,
        dialogue.used_reports_by_month, dialogue.reports, obeys=NO_FILTER,
    ),
    Indicator(
        "interest_group_members", Stage.OUTCOME, Strand.DIALOGUE, Unit.NUMBER, Reckoning.STOCK,
        dialogue.membership_changes_by_month, dialogue.members, obeys=NO_FILTER,
    ),
)  # fmt: skip

CATALOGUE = {indicator.key: indicator for indicator in INDICATORS}


def keys_of(part: Stage | Strand) -> list[str]:
    """The keys of a stage or a strand, in the catalogue's order."""
    return [indicator.key for indicator in INDICATORS if part in (indicator.stage, indicator.strand)]
