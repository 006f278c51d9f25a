"""What became of the applications that the help desk supported.

An application counts as in `queries.helpdesk`: in the month of its submission, when at least one case supported it and
it names a Japanese organisation.
"""

import sqlalchemy as sa

from dashboard.database.schema import application, help_desk_case
from dashboard.filters import Filters
from dashboard.queries.common import Statement, constant, query
from dashboard.queries.helpdesk import supported


@query
def pathways(filters: Filters) -> Statement:
    """Supported applications by the desk whose cases supported them (`several` where desks worked together) and by
    result, with how many cases supported them."""
    case, one = help_desk_case.c, application.c
    desk = sa.case(
        (sa.func.count(case.desk.distinct()) == constant(1), sa.func.min(case.desk)), else_=constant("several")
    )
    support = (
        sa.select(case.application_id, desk.label("supported_by"), sa.func.count().label("cases"))
        .where(case.application_id.is_not(None))
        .group_by(case.application_id)
        .subquery()
    )
    return (
        sa.select(
            support.c.supported_by, one.status.label("application_status"),
            sa.func.count().label("applications"), sa.func.sum(support.c.cases).label("supporting_cases"),
        )
        .select_from(application.join(support, support.c.application_id == one.id))
        .where(*supported(filters))
        .group_by(support.c.supported_by, one.status)
        .order_by(support.c.supported_by, one.status)
    )  # fmt: skip


@query
def by_part(filters: Filters) -> Statement:
    """Supported applications by part of the funding programme (empty where it is not recorded): all, those whose
    result is known, and the funded."""
    one = application.c
    known = one.status != constant("submitted")
    return (
        sa.select(
            one.part, sa.func.min(one.part_ja).label("part_ja"), sa.func.count().label("applications"),
            sa.func.count().filter(known).label("decided"),
            sa.func.count().filter(one.status == constant("funded")).label("funded"),
        )
        .where(*supported(filters))
        .group_by(one.part)
        .order_by(one.part.nulls_last())
    )  # fmt: skip
