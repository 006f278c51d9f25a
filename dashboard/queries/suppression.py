"""Which counts of people are not told: small ones, and those that a public sum would give a small one away by.

Counts that stand in rows beside a public sum are looked at here, in the database; tables with totals of rows and
columns in `dashboard.disclosure`, by the same rule: whoever sees what is told can say of a hidden small count no more
than that it is from one up to the threshold. A count of nobody hides nobody and is told.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import sqlalchemy as sa

from dashboard.filters import Filters
from dashboard.queries.common import Column, Condition, Statement, constant, query
from dashboard.settings import suppression_threshold


def about_people(select: Callable[..., Statement]) -> Callable[..., Statement]:
    """Makes of `select(filters, threshold, …)` a query that is asked without the threshold, which is read then; one
    that is given, as `threshold=`, is used instead (1 hides nothing)."""
    kept = query(select)

    @wraps(select)
    def asked(filters: Filters, *rest: Any, threshold: int | None = None) -> Statement:
        return kept(filters, threshold or suppression_threshold(), *rest)

    return asked


def told(count: Column, threshold: int) -> Column:
    """A count of people, empty where it is of fewer than the threshold but of some."""
    return sa.case((sa.not_(count.between(constant(1), constant(threshold - 1))), count))


def hidden(count: Column, order: Column, threshold: int, *whole: Column) -> Condition:
    """Whether one of several counts, whose sum over `whole` (over all rows where nothing is named) is public, is not
    told; `order` decides between counts that are equal.

    Counts from one up to the threshold are hidden. From the smallest on, further ones join them as long as there is
    only one, or as long as the most that one of them can be (their sum, less a person for each of the others) is less
    than what a hidden count can be anyway: five single persons would be told by their sum, five.
    """
    over: dict[str, Any] = {"partition_by": whole or None}
    smallest = sa.func.min(count).filter(count > constant(0)).over(**over)
    before: dict[str, Any] = over | {"order_by": (count, order), "rows": (None, -1)}
    people = sa.func.coalesce(sa.func.sum(count).over(**before), constant(0))
    groups = sa.func.coalesce(sa.func.count().filter(count > constant(0)).over(**before), constant(0))
    exposed = sa.or_(groups < constant(2), people - groups + constant(2) < constant(threshold))
    return sa.and_(count > constant(0), smallest < constant(threshold), sa.or_(count < constant(threshold), exposed))


def protected(counted: Statement, threshold: int, *key: str, count: str = "participants") -> Statement:
    """The rows of a select whose `count` has a public sum, the count empty in those in which it is not told. `key` are
    the columns that tell one row from another. The order is the caller's to ask for again: that of the counts would
    tell which hidden one is larger."""
    one = counted.order_by(None).subquery("counted")
    name = sa.func.concat_ws(constant(" "), *(one.c[part] for part in key))
    is_hidden = hidden(one.c[count], name, threshold)
    return sa.select(
        *(sa.case((sa.not_(is_hidden), column)).label(count) if column.name == count else column for column in one.c)
    )
