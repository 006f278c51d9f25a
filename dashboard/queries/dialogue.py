"""Policy dialogue: reports and their use, and the interest group.

Reports and members have no theme or place to filter by; a joint call has a theme, and counts in the month of its
opening.
"""

import sqlalchemy as sa

from dashboard.database.schema import (
    activity,
    interest_group_member,
    joint_call,
    organisation,
    report,
    report_use,
    theme,
)
from dashboard.filters import Filters
from dashboard.queries.common import (
    Condition,
    Statement,
    by_month,
    constant,
    during,
    month,
    of_programme,
    of_theme,
    query,
    side,
)

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
            report.c.code, report.c.title, report.c.title_ja, report.c.topic.label("subject"),
            report.c.topic_ja.label("subject_ja"), report.c.published_on,
            *(
                sa.func.count().filter(flag).label(flag.name)
                for flag in (use.tabled, use.discussed, use.recommendation_adopted)
            ),
            report.c.source, report.c.source_ja,
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
            activity.c.title.label("dialogue"), activity.c.title_ja.label("dialogue_ja"),
            activity.c.start.label("held_on"), report_use.c.tabled.label("was_tabled"),
            report_use.c.discussed.label("was_discussed"),
            report_use.c.recommendation_adopted.label("was_adopted"),
        )
        .select_from(report_use.join(report).join(activity))
        .where(*of_programme(report.c.programme_id, filters), *during(report.c.published_on, filters))
        .order_by(report.c.published_on, activity.c.start)
    )  # fmt: skip


@query
def timeline(filters: Filters) -> Statement:
    """One row a report and dialogue that it came to, with the furthest use there.

    Reports published in the period that no dialogue had, and dialogues of the period that had no such report, stand
    in a row of their own; `use` is 'not_tabled' where nothing came of a report.
    """
    furthest = sa.case(
        (report_use.c.recommendation_adopted, "adopted"),
        (report_use.c.discussed, "discussed"),
        (report_use.c.tabled, "tabled"),
        else_="not_tabled",
    )
    used = (
        sa.select(
            report.c.code, report.c.title, report.c.title_ja, report.c.published_on, report_use.c.activity_id,
            furthest.label("use"),
        )
        .select_from(report.outerjoin(report_use))
        .where(*of_programme(report.c.programme_id, filters), *during(report.c.published_on, filters))
        .cte("used")
    )  # fmt: skip
    held = sa.and_(
        activity.c.kind == "dialogue",
        *of_programme(activity.c.programme_id, filters),
        *during(activity.c.start, filters),
    )
    came_up = activity.c.id.in_(sa.select(used.c.activity_id).where(used.c.activity_id.is_not(None)))
    dialogues = (
        sa.select(
            activity.c.id, activity.c.code.label("dialogue_code"), activity.c.title.label("dialogue"),
            activity.c.title_ja.label("dialogue_ja"), activity.c.start.label("held_on"), activity.c.city,
            activity.c.country,
        )
        .where(sa.or_(held, came_up))
        .subquery("dialogues")
    )  # fmt: skip
    return (
        sa.select(
            *(used.c[name] for name in ("code", "title", "title_ja", "published_on")),
            *(column for column in dialogues.c if column.name != "id"), used.c.use,
        )
        .select_from(used.outerjoin(dialogues, dialogues.c.id == used.c.activity_id, full=True))
        .order_by(used.c.published_on.nulls_last(), used.c.code, dialogues.c.held_on, dialogues.c.dialogue_code)
    )  # fmt: skip


@query
def membership(filters: Filters) -> Statement:
    """How many joined and left on each date up to the end of the period, and how many members there then were."""
    member = interest_group_member.c
    joining = sa.select(member.joined.label("date"), sa.literal(1).label("joined"), sa.literal(0).label("left"))
    leaving = sa.select(member.left, sa.literal(0), sa.literal(1)).where(member.left.is_not(None))
    changes = sa.union_all(joining, leaving).subquery("changes")
    joined, left = sa.func.sum(changes.c.joined), sa.func.sum(changes.c.left)
    return (
        sa.select(
            changes.c.date,
            joined.label("joining"),
            left.label("leaving"),
            sa.func.sum(joined - left).over(order_by=changes.c.date).label("members"),
        )
        .where(*([changes.c.date < filters.period.last.after_last_day] if filters.period else []))
        .group_by(changes.c.date)
        .order_by(changes.c.date)
    )


@query
def member_places(filters: Filters) -> Statement:
    """The members of the period, one row each: who was in the group at some time of it, from when to when, and where.

    `membership` is 'member' for those in the group at the period's end, else 'left'.
    """
    member = interest_group_member.c
    conditions: list[Condition] = []
    gone: Condition = member.left.is_not(None)
    if filters.period:
        first, after = filters.period.first.first_day, filters.period.last.after_last_day
        conditions = [member.joined < after, sa.or_(member.left.is_(None), member.left >= first)]
        gone = member.left < after
    return (
        sa.select(
            organisation.c.code, organisation.c.name, organisation.c.name_ja,
            organisation.c.kind.label("organisation_kind"), organisation.c.country, organisation.c.city,
            side(organisation.c.country).label("side"), organisation.c.latitude, organisation.c.longitude,
            organisation.c.website, member.joined, member.left,
            sa.case((gone, constant("left")), else_=constant("member")).label("membership"),
        )
        .select_from(interest_group_member.join(organisation))
        .where(*conditions)
        .order_by(member.joined, organisation.c.code)
    )  # fmt: skip


@query
def joint_calls(filters: Filters) -> Statement:
    """The joint calls that opened in the period, one row each; what is not recorded is empty."""
    call = joint_call.c
    return (
        sa.select(
            call.code, call.title, call.title_ja, theme.c.code.label("theme_code"), theme.c.name.label("theme"),
            theme.c.name_ja.label("theme_ja"), call.opened.label("opens"), call.closed.label("closes"),
            call.budget_eur, call.proposals, call.funded.label("funded_projects"),
        )
        .select_from(joint_call.join(theme))
        .where(*of_theme(call.theme_id, filters), *during(call.opened, filters))
        .order_by(call.opened, call.code)
    )  # fmt: skip
