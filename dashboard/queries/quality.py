"""What the record holds and lacks: rows, the dates they reach from and to, columns filled, and rows that contradict
one another or lie far outside the others.

A rule looks only for what the database's own checks do not rule out. It is about the whole record, whatever is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import (
    PARTNERSHIP_STEPS,
    activity,
    application,
    eu_participation,
    eu_project,
    help_desk_case,
    import_batch,
    information_service,
    information_use,
    interest_group_member,
    joint_call,
    metadata,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    programme,
    published_figure,
    report,
    report_use,
    target,
    training_result,
)
from dashboard.filters import Filters
from dashboard.queries import training
from dashboard.queries.common import Column, Condition, Statement, constant, query
from dashboard.queries.common import side as side_of
from dashboard.queries.events import COUNTED, REACH, REACHED
from dashboard.queries.helpdesk import CASES, OPENED, RESPONSE_DAYS
from dashboard.queries.partnerships import FIRST
from dashboard.queries.suppression import told
from dashboard.settings import suppression_threshold

NOTHING = sa.null()
ALL = sa.true()
RECORD = tuple(table for table in metadata.tables.values() if table.name not in ("import_batch", "import_change"))
KEPT_APART = ("id", "import_batch_id")
DATED = {
    "activity": "start", "application": "submitted_on", "help_desk_case": "opened", "information_use": "month",
    "interest_group_member": "joined", "joint_call": "opened", "partnership_step": "reached_on",
    "report": "published_on", "eu_project": "start",
}  # fmt: skip
"""The date by which a table's rows are known to be new; milestones, which are planned ahead, have none."""
FAR = 3.5
"""How far is far: a modified z-score beyond 3.5 (Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers)."""
AS_NORMAL = 1.4826
"""What makes the median distance from the median as wide as a standard deviation of normal values."""
FENCE = 3
"""Tukey's outer fence: so many interquartile ranges beyond the upper quartile."""
LONG_DAYS = 31
APART_DEGREES = 1.0


def _told(column: sa.Column[Any], value: Column | None = None) -> Column:
    """How many rows of a column's table there are, or hold a value; empty where they are the answers of few people."""
    counted = sa.func.count(column if value is None else value)
    of_people = column.table is training_result or column is help_desk_case.c.satisfaction
    return told(counted, suppression_threshold()) if of_people else counted


def holdings() -> Statement:
    """One row a table: table_name, rows, first_date and last_date of its own date, imported_at of its newest row from
    an import. The last two are empty for tables without dates, and for rows that no import brought; rows are empty
    where they are few people's."""
    parts = []
    for place, table in enumerate(RECORD):
        day = table.c[DATED[table.name]] if table.name in DATED else sa.null()
        newest = (
            sa.select(sa.func.max(import_batch.c.imported_at))
            .select_from(table.join(import_batch, import_batch.c.id == table.c.import_batch_id))
            .scalar_subquery()
        )
        parts.append(
            sa.select(
                constant(place).label("place"), constant(table.name).label("table_name"),
                _told(table.c.id).label("rows"),
                sa.func.min(sa.cast(day, sa.Date)).label("first_date"),
                sa.func.max(sa.cast(day, sa.Date)).label("last_date"), newest.label("imported_at"),
            )
        )  # fmt: skip
    every = sa.union_all(*parts).subquery("every")
    return sa.select(*(column for column in every.c if column.name != "place")).order_by(every.c.place)


def filled() -> Statement:
    """One row a column that may stay empty: table_name, column_name, filled and rows; an empty text is not filled. What
    counts few people's answers is empty."""
    parts: list[Statement] = []
    for table in RECORD:
        for column in table.columns:
            if not column.nullable or column.name in KEPT_APART:
                continue
            value = sa.func.nullif(column, constant("")) if isinstance(column.type, sa.Text) else column
            parts.append(
                sa.select(
                    constant(len(parts)).label("place"), constant(table.name).label("table_name"),
                    constant(column.name).label("column_name"), _told(column, value).label("filled"),
                    _told(table.c.id).label("rows"),
                )
            )  # fmt: skip
    every = sa.union_all(*parts).subquery("every")
    return sa.select(*(column for column in every.c if column.name != "place")).order_by(every.c.place)


@dataclass(frozen=True)
class Rule:
    """What is looked for: rows of `source` that are `wrong`, of those that the rule can be asked `of`; `code` names
    one, `found` is what it says and `against` what it is held against. Its words stand under `rule.<key>`."""

    key: str
    table: sa.Table
    source: sa.FromClause
    code: Column
    wrong: Condition
    found: Column = NOTHING
    against: Column = NOTHING
    of: Condition = ALL


def rules(threshold: int, indicators: tuple[str, ...]) -> Iterator[Rule]:
    """Every rule, in the order of the record's tables. Counts of people below the threshold are not told; `indicators`
    are the keys that the catalogue knows."""
    yield from _activities(threshold)
    yield from _partnerships()
    yield from _applications()
    yield from _cases()
    yield from _training(threshold)
    yield from _dialogue()
    yield from _others(indicators)


def _term(day: Column) -> Condition:
    """Whether a day is outside the term of its row's programme."""
    return sa.not_(sa.cast(day, sa.Date).between(programme.c.start, programme.c.end))


def _to(first: Column, last: Column) -> Column:
    return sa.func.concat(sa.cast(first, sa.String), constant(" – "), sa.cast(last, sa.String))


TERM = _to(programme.c.start, programme.c.end)


def _activities(threshold: int) -> Iterator[Rule]:
    one = activity.c
    dated = activity.join(programme, programme.c.id == one.programme_id)
    outside = sa.or_(_term(one.start), _term(one.end))
    yield Rule("activity_outside_term", activity, dated, one.code, outside, _to(one.start, one.end), TERM)
    days = one.end - one.start
    yield Rule("activity_long", activity, activity, one.code, days > LONG_DAYS, _to(one.start, one.end))
    uncounted = sa.and_(COUNTED.c.participants.is_(None), one.end < sa.func.current_date())
    yield Rule("activity_uncounted", activity, REACHED, one.code, uncounted, one.start, of=one.kind.in_(
        (*REACH, "training")))  # fmt: skip
    yield Rule("activity_unplaced", activity, activity, one.code, one.latitude.is_(None), one.city,
               of=one.format != "online")  # fmt: skip
    size = sa.func.ln(COUNTED.c.participants)
    sized = (
        sa.select(
            one.code, COUNTED.c.participants, size.label("size"),
            sa.func.median(size).over(partition_by=one.kind).label("middle"),
            (sa.func.mad(size).over(partition_by=one.kind) * AS_NORMAL).label("spread"),
        )
        .select_from(REACHED)
        .where(COUNTED.c.participants > 0)
        .subquery("sized")
    )  # fmt: skip
    far = sa.func.abs(sized.c.size - sized.c.middle) > sized.c.spread * FAR
    usual = sa.cast(sa.func.round(sa.func.exp(sized.c.middle)), sa.Integer)
    yield Rule("activity_size_far", activity, sized, sized.c.code, far, told(sized.c.participants, threshold), usual,
               sized.c.spread > 0)  # fmt: skip
    twin = activity.alias("twin")
    same = sa.and_(
        twin.c.title == one.title, twin.c.start == one.start, twin.c.city.is_not_distinct_from(one.city),
        twin.c.id < one.id,
    )  # fmt: skip
    twins = activity.outerjoin(twin, same)
    yield Rule("activity_twice", activity, twins, one.code, twin.c.id.is_not(None), one.title, twin.c.code)
    here, there = organisation.alias("here"), organisation.alias("there")
    near = sa.and_(here.c.city == there.c.city, here.c.country == there.c.country, here.c.id < there.c.id)
    apart = sa.or_(
        sa.func.abs(here.c.latitude - there.c.latitude) > APART_DEGREES,
        sa.func.abs(here.c.longitude - there.c.longitude) > APART_DEGREES,
    )
    yield Rule("organisation_unplaced", organisation, organisation, organisation.c.code,
               organisation.c.latitude.is_(None), organisation.c.city)  # fmt: skip
    yield Rule("organisation_apart", organisation, here.join(there, near), here.c.code, apart, here.c.city,
               there.c.code)  # fmt: skip


def _partnerships() -> Iterator[Rule]:
    one = partnership.c
    sided = (
        sa.select(
            one.code,
            *(sa.func.count(organisation.c.id).filter(side_of(organisation.c.country) == side).label(side)
              for side in ("eu", "japan")),
        )
        .select_from(
            partnership.outerjoin(partnership_member, partnership_member.c.partnership_id == one.id)
            .outerjoin(organisation, organisation.c.id == partnership_member.c.organisation_id)
        )
        .group_by(one.code)
        .subquery("sided")
    )  # fmt: skip
    lone = sa.or_(sided.c.eu == 0, sided.c.japan == 0)
    yield Rule("partnership_one_side", partnership, sided, sided.c.code, lone, sided.c.eu, sided.c.japan)
    stepped = partnership.outerjoin(FIRST, FIRST.c.partnership_id == one.id)
    undated = sa.and_(FIRST.c.contact.is_(None), FIRST.c.agreement.is_(None))
    yield Rule("partnership_undated", partnership, stepped, one.code, undated, one.status)
    ended = FIRST.c.concluded.is_not(None) != (one.status == "concluded")
    yield Rule("partnership_status", partnership, stepped, one.code, sa.func.coalesce(ended, one.status == "concluded"),
               one.status, FIRST.c.concluded)  # fmt: skip
    early, late = partnership_step.alias("early"), partnership_step.alias("late")
    place = {name: number for number, name in enumerate(PARTNERSHIP_STEPS)}
    later = sa.case(place, value=late.c.step) > sa.case(place, value=early.c.step)
    ordered = partnership.join(early, early.c.partnership_id == one.id).join(
        late, sa.and_(late.c.partnership_id == one.id, later)
    )
    after, before = (sa.func.concat(step.c.step, constant(" "), sa.cast(step.c.reached_on, sa.String))
                     for step in (late, early))  # fmt: skip
    yield Rule("partnership_steps", partnership, ordered, one.code, late.c.reached_on < early.c.reached_on, after,
               before)  # fmt: skip
    origin = stepped.join(activity, activity.c.id == one.origin_activity_id)
    yield Rule("partnership_before_origin", partnership, origin, one.code, FIRST.c.agreement < activity.c.start,
               FIRST.c.agreement, activity.c.start, FIRST.c.agreement.is_not(None))  # fmt: skip


def _applications() -> Iterator[Rule]:
    one = application.c
    dated = application.join(programme, programme.c.id == one.programme_id)
    yield Rule("application_outside_term", application, dated, one.code, _term(one.submitted_on), one.submitted_on,
               TERM)  # fmt: skip
    yield Rule("application_awarded_more", application, application, one.code, one.awarded_eur > one.requested_eur,
               one.awarded_eur, one.requested_eur, sa.and_(one.awarded_eur.is_not(None),
                                                           one.requested_eur.is_not(None)))  # fmt: skip
    unfunded = sa.and_(one.status != "funded", one.awarded_eur > 0)
    yield Rule("application_awarded_unfunded", application, application, one.code, unfunded, one.awarded_eur,
               one.status)  # fmt: skip
    origin = application.join(activity, activity.c.id == one.origin_activity_id)
    yield Rule("application_before_origin", application, origin, one.code, one.submitted_on < activity.c.start,
               one.submitted_on, activity.c.start)  # fmt: skip


def _cases() -> Iterator[Rule]:
    """Of a case no day is told (see `queries.public`), but its month, or how far apart two of its moments are."""
    one = help_desk_case.c
    yield Rule("case_outside_term", help_desk_case, CASES, one.code, _term(OPENED),
               sa.func.strftime(OPENED, constant("%Y-%m")), TERM)  # fmt: skip
    closed = one.closed.is_not(None)
    yield Rule("case_closed_unanswered", help_desk_case, help_desk_case, one.code, one.first_response.is_(None),
               of=closed)  # fmt: skip
    answered = sa.and_(closed, one.first_response.is_not(None))
    yield Rule("case_closed_before_response", help_desk_case, help_desk_case, one.code, one.closed < one.first_response,
               _hours(one.closed, one.first_response), of=answered)  # fmt: skip
    yield Rule("case_rated_open", help_desk_case, help_desk_case, one.code, sa.not_(closed),
               of=one.satisfaction.is_not(None))  # fmt: skip
    opened = sa.cast(OPENED, sa.Date)
    came = CASES.join(activity, activity.c.id == one.activity_id)
    yield Rule("case_before_activity", help_desk_case, came, one.code, opened < activity.c.start,
               activity.c.start - opened, activity.c.code)  # fmt: skip
    supported = CASES.join(application, application.c.id == one.application_id)
    yield Rule("case_after_application", help_desk_case, supported, one.code, opened > application.c.submitted_on,
               opened - application.c.submitted_on, application.c.code)  # fmt: skip
    low, high = (sa.func.quantile_cont(RESPONSE_DAYS, sa.literal_column(share)).over() for share in ("0.25", "0.75"))
    waits = (
        sa.select(one.code, RESPONSE_DAYS.label("days"), programme.c.service_standard.label("standard"),
                  (high + FENCE * (high - low)).label("fence"))
        .select_from(CASES)
        .where(one.first_response.is_not(None))
        .subquery("waits")
    )  # fmt: skip
    far = sa.and_(waits.c.days > waits.c.fence, waits.c.days > waits.c.standard)
    yield Rule("case_waited_far", help_desk_case, waits, waits.c.code, far, waits.c.days, waits.c.standard)


def _hours(first: Column, last: Column) -> Column:
    return sa.func.date_diff(constant("hour"), first, last)


def _training(threshold: int) -> Iterator[Rule]:
    answered = (
        sa.select(training_result.c.activity_id, sa.func.count().label("answers"))
        .group_by(training_result.c.activity_id)
        .subquery("answered")
    )
    held = REACHED.join(answered, answered.c.activity_id == activity.c.id)
    yield Rule("training_other_kind", training_result, held, activity.c.code, activity.c.kind != "training",
               activity.c.kind)  # fmt: skip
    yield Rule("training_more_answers", training_result, held, activity.c.code,
               answered.c.answers > COUNTED.c.participants, told(answered.c.answers, threshold),
               told(COUNTED.c.participants, threshold), COUNTED.c.participants.is_not(None))  # fmt: skip
    gained = training.results_by_seminar(Filters(), threshold=threshold).subquery("gained")
    yield Rule("training_lower_after", training_result, gained, gained.c.code, gained.c.mean_gain < 0,
               sa.func.round(gained.c.mean_gain, constant(1)), of=gained.c.mean_gain.is_not(None))  # fmt: skip


def _dialogue() -> Iterator[Rule]:
    dated = report.join(programme, programme.c.id == report.c.programme_id)
    yield Rule("report_outside_term", report, dated, report.c.code, _term(report.c.published_on),
               report.c.published_on, TERM)  # fmt: skip
    used = report_use.join(report).join(activity, activity.c.id == report_use.c.activity_id)
    yield Rule("report_before_published", report_use, used, report.c.code, activity.c.end < report.c.published_on,
               activity.c.end, report.c.published_on, report_use.c.tabled)  # fmt: skip
    more = sa.or_(report_use.c.discussed, report_use.c.recommendation_adopted)
    yield Rule("report_not_tabled", report_use, used, report.c.code, sa.not_(report_use.c.tabled), activity.c.code,
               of=more)  # fmt: skip
    yield Rule("report_other_kind", report_use, used, report.c.code, activity.c.kind != "dialogue", activity.c.kind,
               activity.c.code)  # fmt: skip
    one, again = interest_group_member.alias("one"), interest_group_member.alias("again")
    joined = organisation.join(one, one.c.organisation_id == organisation.c.id).join(
        again, sa.and_(again.c.organisation_id == organisation.c.id, again.c.joined > one.c.joined)
    )
    both = sa.or_(one.c.left.is_(None), one.c.left > again.c.joined)
    yield Rule("member_twice", interest_group_member, joined, organisation.c.code, both, again.c.joined, one.c.joined)


def _others(indicators: tuple[str, ...]) -> Iterator[Rule]:
    service, use = information_service.c, information_use.c
    before = use.month < sa.func.date_trunc(constant("month"), service["from"])
    outside = sa.or_(before, sa.func.coalesce(use.month > service.to, sa.false()))
    yield Rule("use_outside_service", information_use, information_service.join(information_use), service.code, outside,
               use.month, _to(service["from"], sa.func.coalesce(sa.cast(service.to, sa.String), constant(""))),
               )  # fmt: skip
    call = joint_call.c
    yield Rule("call_funded_more", joint_call, joint_call, call.code, call.funded > call.proposals, call.funded,
               call.proposals, sa.and_(call.funded.is_not(None), call.proposals.is_not(None)))  # fmt: skip
    due = target.join(programme)
    yield Rule("target_outside_term", target, due, target.c.indicator, _term(target.c.due_on), target.c.due_on, TERM)
    for table in (target, published_figure):
        one: dict[str, Any] = dict(table.c)
        unknown = one["indicator"].not_in(indicators)
        yield Rule(f"{table.name}_unknown", table, table, one["indicator"], unknown, one["value"])
    project = eu_project.c
    yield Rule("eu_project_order", eu_project, eu_project, project.code, project.end < project.start, project.end,
               project.start, sa.and_(project.start.is_not(None), project.end.is_not(None)))  # fmt: skip
    yield Rule("eu_project_contribution", eu_project, eu_project, project.code, project.eu_contribution > project.cost,
               project.eu_contribution, project.cost, sa.and_(project.cost > 0,
                                                              project.eu_contribution.is_not(None)))  # fmt: skip
    held = eu_project.join(eu_participation, eu_participation.c.eu_project_id == project.id)
    yield Rule("eu_participation_country", eu_participation, held, project.code, eu_participation.c.country.is_(None),
               eu_participation.c.organisation_code)  # fmt: skip


@query
def asked(threshold: int, indicators: tuple[str, ...]) -> Statement:
    """One row a rule: rule, table_name, examined (rows that it can be asked of) and found (those that break it)."""
    parts = [
        sa.select(
            constant(place).label("place"), constant(rule.key).label("rule"),
            constant(rule.table.name).label("table_name"), sa.func.count().label("examined"),
            sa.func.count().filter(sa.func.coalesce(rule.wrong, sa.false())).label("found"),
        )
        .select_from(rule.source)
        .where(rule.of)
        for place, rule in enumerate(rules(threshold, indicators))
    ]  # fmt: skip
    every = sa.union_all(*parts).subquery("every")
    return sa.select(*(column for column in every.c if column.name != "place")).order_by(
        (every.c.found == 0), every.c.place
    )


@query
def broken(threshold: int, indicators: tuple[str, ...]) -> Statement:
    """One row a row that breaks a rule: rule, table_name, code (of the row, or of the record that it belongs to),
    says (what it says) and against (what that is held against), both as text and each empty where not known."""
    parts = [
        sa.select(
            constant(place).label("place"), constant(rule.key).label("rule"),
            constant(rule.table.name).label("table_name"), sa.cast(rule.code, sa.String).label("code"),
            sa.cast(rule.found, sa.String).label("says"), sa.cast(rule.against, sa.String).label("against"),
        )
        .select_from(rule.source)
        .where(rule.of, rule.wrong)
        for place, rule in enumerate(rules(threshold, indicators))
    ]  # fmt: skip
    every = sa.union_all(*parts).subquery("every")
    return sa.select(*(column for column in every.c if column.name != "place")).order_by(
        every.c.place, every.c.code, every.c.says
    )
