"""Policy dialogue: reports and their use, and the interest group. Neither has a theme or a place to filter by."""

import sqlalchemy as sa

from dashboard.database.schema import activity, interest_group_member, organisation, report, report_use
from dashboard.filters import Filters
from dashboard.queries.common import Statement, by_month, during, month, of_programme, query

USED = (
    sa.select(report_use.c.id)
    .where(report_use.c.report_id == report.c.id, sa.or_(report_use.c.discussed, report_use.c.recommendation_adopted))
    .exists()
)


@query
def reports_by_month(filters: Filters) -> Statement:
    return by_month(
        report.c.published_on,
        sa.func.count(),
        *of_programme(report.c.programme_id, filters),
        source=report,
    )


@query
def used_reports_by_month(filters: Filters) -> Statement:
    """Of the reports published in a month, those discussed at a dialogue or with a recommendation adopted there."""
    return by_month(
        report.c.published_on,
        sa.func.count().filter(USED),
        *of_programme(report.c.programme_id, filters),
        source=report,
        denominator=sa.func.count(),
    )


@query
def membership_changes_by_month(filters: Filters) -> Statement:  # noqa: ARG001 - the same for every filter
    """Members that joined less members that left."""
    member = interest_group_member.c
    changes = sa.union_all(
        sa.select(month(member.joined).label("month"), sa.literal(1).label("change")),
        sa.select(month(member.left).label("month"), sa.literal(-1).label("change")).where(member.left.is_not(None)),
    ).subquery()
    return (
        sa.select(changes.c.month, sa.func.sum(changes.c.change).label("numerator"))
        .group_by(changes.c.month)
        .order_by(changes.c.month)
    )


@query
def reports(filters: Filters) -> Statement:
    """The reports, one row each, with how often each was tabled, discussed and had a recommendation adopted."""
    use = report_use.c
    return (
        sa.select(
            report.c.code, report.c.title, report.c.title_ja, report.c.topic.label("subject"), report.c.published_on,
            *(
                sa.func.count().filter(flag).label(flag.name)
                for flag in (use.tabled, use.discussed, use.recommendation_adopted)
            ),
            report.c.source,
        )
        .select_from(report.outerjoin(report_use))
        .where(*of_programme(report.c.programme_id, filters), *during(report.c.published_on, filters))
        .group_by(*report.c)
        .order_by(report.c.published_on, report.c.code)
    )  # fmt: skip


@query
def members(filters: Filters) -> Statement:
    """The interest group's members that had joined by the end of the period, with when they joined and left."""
    member = interest_group_member.c
    joined_by = [member.joined < filters.period.last.after_last_day] if filters.period else []
    return (
        sa.select(
            organisation.c.code, organisation.c.name, organisation.c.name_ja,
            organisation.c.kind.label("organisation_kind"), organisation.c.country, organisation.c.city,
            member.joined, member.left,
        )
        .select_from(interest_group_member.join(organisation))
        .where(*joined_by)
        .order_by(member.joined, organisation.c.code)
    )  # fmt: skip


@query
def report_uses(filters: Filters) -> Statement:
    """Each time a report was tabled: the report, the dialogue, and what came of it."""
    return (
        sa.select(
            report.c.code, report.c.title, report.c.title_ja, report.c.published_on,
            activity.c.title.label("dialogue"), activity.c.title_ja.label("dialogue_ja"), activity.c.start,
            report_use.c.tabled, report_use.c.discussed, report_use.c.recommendation_adopted,
        )
        .select_from(report_use.join(report).join(activity))
        .where(*of_programme(report.c.programme_id, filters), *during(report.c.published_on, filters))
        .order_by(report.c.published_on, activity.c.start)
    )  # fmt: skip
