"""Training: who was trained, what they gained, what they applied. A result counts in the month of its seminar."""

import sqlalchemy as sa

from dashboard.database.schema import AFTER_SIX_MONTHS, activity, training_result
from dashboard.filters import Filters
from dashboard.queries.common import Statement, by_month, query
from dashboard.queries.events import chosen

RESULTS = activity.join(training_result)
GAIN = training_result.c.after_score - training_result.c.before_score


@query
def gain_by_month(filters: Filters) -> Statement:
    """Sum of paired differences (points), their number and the sum of their squares."""
    return by_month(
        activity.c.start,
        sa.func.sum(GAIN),
        *chosen(filters, ("training",)),
        GAIN.is_not(None),
        source=RESULTS,
        denominator=sa.func.count(),
        squares=sa.func.sum(GAIN * GAIN),
    )


@query
def applied_by_month(filters: Filters) -> Statement:
    """Who applied what they learned within six months, of those whose answer is known."""
    applied = training_result.c.applied_after_six_months
    return by_month(
        activity.c.start,
        sa.func.count().filter(applied == "yes"),
        *chosen(filters, ("training",)),
        applied.in_(("yes", "no")),
        source=RESULTS,
        denominator=sa.func.count(),
    )


@query
def results_by_seminar(filters: Filters) -> Statement:
    """One row a seminar: the finest that is shown, as single results tell of single people."""
    applied = training_result.c.applied_after_six_months
    return (
        sa.select(
            activity.c.code, activity.c.title, activity.c.title_ja, activity.c.start, activity.c.city,
            activity.c.country, sa.func.count().label("answers"), sa.func.count(GAIN).label("paired_scores"),
            sa.func.avg(GAIN).label("mean_gain"),
            *(
                sa.func.count().filter(applied == answer).label(f"applied_{answer}")
                for answer in AFTER_SIX_MONTHS
            ),
        )
        .select_from(RESULTS)
        .where(*chosen(filters, ("training",)))
        .group_by(*activity.c)
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip
