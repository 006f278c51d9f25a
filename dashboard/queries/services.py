"""Bilateral information services: which ran when, and their use a month.

A service is for one side, which the side filter selects by; it has no theme, no country and no programme.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from dashboard.database.schema import information_service, information_use
from dashboard.filters import Filters
from dashboard.queries.common import Condition, Statement, constant, during, query
from dashboard.queries.suppression import about_people, told

service, use = information_service.c, information_use.c


def chosen(filters: Filters) -> Iterable[Condition]:
    """Conditions that a service ran at some time of the period and is for a chosen side."""
    if filters.sides:
        yield service.side.in_(filters.sides)
    if filters.period:
        yield service["from"] < filters.period.last.after_last_day
        yield sa.or_(service.to.is_(None), service.to >= filters.period.first.first_day)


@query
def services(filters: Filters) -> Statement:
    """The services that ran in the period, one row each; `ended` is empty while one still runs."""
    return (
        sa.select(
            service.code, service.title, service.title_ja, service.kind.label("service_kind"), service.side,
            service.languages, service["from"].label("started"), service.to.label("ended"), service.link,
        )
        .where(*chosen(filters))
        .order_by(service["from"], service.code)
    )  # fmt: skip


@about_people
def use_by_month(filters: Filters, threshold: int) -> Statement:
    """One row a service, measure and month: subscribers at the time, visits and downloads within the month. Subscribers
    are people: where they are few their number is empty; visits and downloads are not counted by person."""
    value = sa.case((use.measure == constant("subscribers"), told(use.value, threshold)), else_=use.value)
    return (
        sa.select(
            service.code, service.title, service.title_ja, service.side, use.measure, use.month,
            value.label("value"),
        )
        .select_from(information_service.join(information_use))
        .where(*during(use.month, filters), *([service.side.in_(filters.sides)] if filters.sides else []))
        .order_by(use.measure, service.code, use.month)
    )  # fmt: skip
