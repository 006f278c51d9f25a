"""Training: who was trained, what they gained, what they applied. A result counts in the month of its seminar.

No answer of fewer than `threshold` people is ever given: groups of people who gave fewer answers are put together into
one row without a key. So that such a group can't be told by subtracting the others from the whole either, the next
smallest group joins them where they are still fewer together (secondary suppression, as in statistical disclosure
control; Hundepool et al. (2012), Statistical Disclosure Control, ch. 4). A group without answers hides nothing.
"""

import sqlalchemy as sa

from dashboard.database.schema import AFTER_SIX_MONTHS, activity, attendance, training_result
from dashboard.filters import Filters
from dashboard.queries.common import Column, Condition, Statement, by_month, constant, query, side
from dashboard.queries.events import chosen
from dashboard.queries.suppression import about_people, protected, told

RESULTS = activity.join(training_result)
GAIN = training_result.c.after_score - training_result.c.before_score
LEVELS = range(1, 6)

_result = training_result.c
_applied = _result.applied_after_six_months
GROUPS = {
    "seminar": activity.c.code,
    "organisation_kind": _result.institution_kind,
    "country": _result.institution_country,
    "side": side(_result.institution_country),
}
"""By what answers can be grouped: their seminar, or the kind, country or side of the institution."""


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
    return by_month(
        activity.c.start,
        sa.func.count().filter(_applied == "yes"),
        *chosen(filters, ("training",)),
        _applied.in_(("yes", "no")),
        source=RESULTS,
        denominator=sa.func.count(),
    )


def _counted(condition: Condition) -> Column:
    return sa.func.count().filter(condition)


def _hidden(answers: Column, smaller: Column, threshold: int) -> Condition:
    """Whether a group is not shown by itself, by its answers and those of the groups that are smaller."""
    return sa.or_(answers < constant(threshold), sa.and_(smaller > constant(0), smaller < constant(threshold)))


def _smaller(answers: Column, group: Column) -> Column:
    """How many answers the groups give together that are smaller than this one."""
    summed = sa.func.sum(answers).over(order_by=(answers, group), rows=(None, -1))
    return sa.func.coalesce(summed, constant(0))


def _or_people(answers: Column) -> Column:
    """What the threshold looks at: a group's answers, or its people where nobody has answered."""
    return sa.func.coalesce(sa.func.nullif(answers, constant(0)), sa.func.count())


@about_people
def results_by_seminar(filters: Filters, threshold: int) -> Statement:
    """One row a seminar: the finest that is shown, as single results tell of single people; how many answered anything,
    and with both scores, is empty where they are few, and where it would tell of another seminar's few."""
    paired, known = sa.func.count(GAIN), _counted(_applied.in_(("yes", "no")))
    rated, recommending = sa.func.count(_result.satisfaction), sa.func.count(_result.would_recommend)

    def shown(value: Column, answers: Column) -> Column:
        looked_at = _or_people(answers)
        hidden = _hidden(looked_at, _smaller(looked_at, activity.c.code), threshold)
        return sa.case((sa.not_(hidden), value))

    return (
        sa.select(
            activity.c.code, activity.c.title, activity.c.title_ja, activity.c.start, activity.c.city,
            activity.c.country, shown(sa.func.count(), sa.func.count()).label("answers"),
            shown(paired, paired).label("paired_scores"),
            shown(sa.func.avg(GAIN), paired).label("mean_gain"),
            *(
                shown(_counted(_applied == answer), known).label(f"applied_{answer}")
                for answer in AFTER_SIX_MONTHS
            ),
            shown(_counted(_result.satisfaction >= 4), rated).label("satisfied"),
            shown(_counted(_result.would_recommend >= 9), recommending).label("promoters"),
            shown(_counted(_result.would_recommend <= 6), recommending).label("detractors"),
        )
        .select_from(RESULTS)
        .where(*chosen(filters, ("training",)))
        .group_by(*activity.c)
        .order_by(activity.c.start, activity.c.code)
    )  # fmt: skip


@about_people
def totals(filters: Filters, threshold: int) -> Statement:
    """One row: the participants of all chosen seminars and how many of them answered anything, each empty where few."""
    held = sa.select(activity.c.id).where(*chosen(filters, ("training",)))
    counts = (
        ("participants", sa.func.sum(attendance.c.participants), attendance.c.activity_id),
        ("answers", sa.func.count(), training_result.c.activity_id),
    )

    def summed(count: Column, of: Column) -> Column:
        return sa.func.coalesce(sa.select(count).where(of.in_(held)).scalar_subquery(), constant(0))

    return sa.select(*(told(summed(count, of), threshold).label(name) for name, count, of in counts))


@about_people
def seminars(filters: Filters, threshold: int) -> Statement:
    """The seminars with the people counted at each and how many of them answered anything, in the order of time."""

    def summed(value: Column, table: sa.FromClause) -> Column:
        of_seminar = sa.select(value).where(table.c.activity_id == activity.c.id).correlate(activity)
        return sa.func.coalesce(of_seminar.scalar_subquery(), 0)

    counted = sa.select(
        activity.c.code, activity.c.title, activity.c.title_ja, activity.c.start, activity.c.city,
        activity.c.country, side(activity.c.country).label("side"),
        summed(sa.func.sum(attendance.c.participants), attendance).label("participants"),
        summed(sa.func.count(), training_result).label("answers"),
    ).where(*chosen(filters, ("training",)))  # fmt: skip
    found = protected(protected(counted, threshold, "code"), threshold, "code", count="answers")
    return found.order_by(found.selected_columns.start, found.selected_columns.code)


def _grouped(filters: Filters, threshold: int, by: str, answered: Condition, **sums: Column) -> Statement:
    """Rows `key, together, n, …`: the sums over the answers of each group, small groups put together.

    `key` is the group's code, empty where several are put together; `together` how many groups the row holds; `n` how
    many answers are `answered`, which is what the threshold looks at. Everything else is empty where n is below it.
    """
    n = _counted(answered)
    counted = (
        sa.select(
            GROUPS[by].label("group_key"), n.label("n"), _or_people(n).label("looked_at"),
            *(column.label(name) for name, column in sums.items()),
        )
        .select_from(RESULTS)
        .where(*chosen(filters, ("training",)))
        .group_by("group_key")
        .subquery()
    )  # fmt: skip
    groups = sa.select(
        *counted.c, _smaller(counted.c.looked_at, counted.c.group_key).label("smaller")
    ).subquery()  # fmt: skip
    hidden = _hidden(groups.c.looked_at, groups.c.smaller, threshold)
    joined = (
        sa.select(
            sa.case((sa.not_(hidden), groups.c.group_key)).label("key"), sa.func.count().label("together"),
            *(sa.func.sum(groups.c[name]).label(name) for name in ("n", "looked_at", *sums)),
        )
        .group_by("key")
        .subquery()
    )  # fmt: skip
    enough = sa.and_(
        joined.c.looked_at >= constant(threshold), sa.or_(joined.c.n == constant(0), joined.c.n >= constant(threshold))
    )
    return sa.select(
        joined.c.key, joined.c.together, *(sa.case((enough, joined.c[name])).label(name) for name in ("n", *sums))
    ).order_by(joined.c.key.is_(None), joined.c.n.desc(), joined.c.key)


@query
def scores(filters: Filters, threshold: int, by: str) -> Statement:
    """Sums of the scores (points, 0 to 100) before and after of those who have both, of their squares, and of the
    differences and theirs."""
    before, after, paired = _result.before_score, _result.after_score, GAIN.is_not(None)

    def summed(value: Column) -> Column:
        return sa.func.coalesce(sa.func.sum(value).filter(paired), 0)

    return _grouped(
        filters, threshold, by, paired,
        before_sum=summed(before), before_squares=summed(before * before), after_sum=summed(after),
        after_squares=summed(after * after), gain_sum=summed(GAIN), gain_squares=summed(GAIN * GAIN),
    )  # fmt: skip


@query
def satisfaction(filters: Filters, threshold: int, by: str) -> Statement:
    """How many gave each level of satisfaction, 1 (worst) to 5."""
    levels = {f"rated_{level}": _counted(_result.satisfaction == level) for level in LEVELS}
    return _grouped(filters, threshold, by, _result.satisfaction.is_not(None), **levels)


@query
def recommendation(filters: Filters, threshold: int, by: str) -> Statement:
    """Would you recommend it, 0 to 10: how many promote (9, 10), are passive (7, 8) and detract (0 to 6)."""
    answer = _result.would_recommend
    parts = {"promoters": answer >= 9, "passives": answer.in_((7, 8)), "detractors": answer <= 6}
    counts = {part: _counted(condition) for part, condition in parts.items()}
    return _grouped(filters, threshold, by, answer.is_not(None), **counts)


@query
def applied(filters: Filters, threshold: int, by: str) -> Statement:
    """Who applied what they learned within six months, who did not, and of whom it is not known (not among n)."""
    answers = {f"applied_{answer}": _counted(_applied == answer) for answer in AFTER_SIX_MONTHS}
    return _grouped(filters, threshold, by, _applied.in_(("yes", "no")), **answers)
