"""The public view of each table of the record: what anyone may read and take along, row by row.

Rows carry codes with the names beside them and pass the filters as everywhere else: a record by its own date, theme and
place, what belongs to a record with it; a table that knows nothing of a filter is whole. What it does not tell:

- counts of people below the threshold, and beside them the next smallest count of the same activity, or of activities
  of its kind, wherever the sum, which is public, would give a hidden one away (`queries.suppression`); zero is no
  person's count and stays;
- single training results: they come by seminar, and each answer only where enough people gave it;
- when in its month a case was opened, how content the enquirer was, and of which kind the enquirer's organisation is
  where fewer cases than the threshold came from that kind and country: together they would name an enquirer;
- who imported a batch, and what stood in a row before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from dashboard.database import schema
from dashboard.database.schema import (
    activity,
    application,
    attendance,
    eu_participation,
    eu_project,
    eu_project_field,
    eu_project_focus,
    help_desk_case,
    import_batch,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    programme,
    target,
    theme,
)
from dashboard.filters import Filters
from dashboard.queries import dialogue, events, helpdesk, partnerships, services, training
from dashboard.queries import programme as of_programmes
from dashboard.queries.common import (
    Column,
    Condition,
    Statement,
    constant,
    during,
    of_place,
    of_programme,
    of_theme,
    query,
)
from dashboard.queries.suppression import hidden, told

_CASE = help_desk_case.c
_THEMED = (theme.c.code.label("theme_code"), theme.c.name.label("theme"), theme.c.name_ja.label("theme_ja"))
_ACTIVITY = (activity.c.code, activity.c.title, activity.c.title_ja)
_PARTNERSHIP = (partnership.c.code, partnership.c.title, partnership.c.title_ja)
_MEMBER = (organisation.c.code.label("organisation"), organisation.c.name, organisation.c.name_ja)
_PROGRAMME = programme.c.code.label("programme")


def _programmes(filters: Filters, _: int) -> Statement:
    names = ("code", "acronym", "title", "title_ja", "grant_agreement", "start", "end", "eu_contribution",
             "service_standard", "time_zone", "dataset", "summary", "summary_ja", "source", "source_ja")  # fmt: skip
    return (
        sa.select(*(programme.c[name] for name in names))
        .where(*of_programme(programme.c.id, filters))
        .order_by(programme.c.start, programme.c.code)
    )


def _themes(filters: Filters, _: int) -> Statement:
    return of_programmes.themes().where(*of_theme(theme.c.id, filters))


def _organisations(filters: Filters, _: int) -> Statement:
    one = organisation.c
    return (
        sa.select(
            one.code, one.name, one.name_ja, one.kind.label("organisation_kind"), one.city, one.country,
            one.latitude, one.longitude, one.website, one.source, one.source_ja,
        )
        .where(*of_place(one.country, filters))
        .order_by(one.code)
    )  # fmt: skip


def _people(filters: Filters, threshold: int) -> sa.Subquery:
    """The people counted at each chosen activity, empty where they are not told beside the sum of its kind, which is
    public; that of events and presentations is one."""
    people = sa.cast(events.COUNTED.c.participants, sa.Integer)
    summed = sa.case((activity.c.kind.in_(events.REACH), constant("reach")), else_=activity.c.kind)
    is_hidden = hidden(people, activity.c.code, threshold, summed)
    return (
        sa.select(activity.c.id, sa.case((sa.not_(is_hidden), people)).label("participants"))
        .select_from(events.REACHED)
        .where(*events.chosen(filters, schema.ACTIVITY_KINDS))
        .subquery("people")
    )


def _activities(filters: Filters, threshold: int) -> Statement:
    one, people = activity.c, _people(filters, threshold)
    return (
        sa.select(
            _PROGRAMME, one.code, one.kind.label("activity_kind"), one.title, one.title_ja, one.start, one.end,
            one.city, one.country, one.latitude, one.longitude, one.format, *_THEMED, one.objective,
            organisation.c.name.label("organiser"), organisation.c.name_ja.label("organiser_ja"),
            people.c.participants, one.link, one.source, one.source_ja,
        )
        .select_from(
            activity.join(people, people.c.id == one.id)
            .join(programme, programme.c.id == one.programme_id)
            .join(theme, theme.c.id == one.theme_id)
            .outerjoin(organisation, organisation.c.id == one.organiser_id)
        )
        .order_by(one.start, one.code)
    )  # fmt: skip


def _attendance(filters: Filters, threshold: int) -> Statement:
    group = sa.func.concat(attendance.c.country, attendance.c.stakeholder_kind)
    came, people = attendance.c.participants, _people(filters, threshold)
    of_hidden = sa.and_(came > constant(0), people.c.participants.is_(None))
    is_hidden = sa.or_(hidden(came, group, threshold, attendance.c.activity_id), of_hidden)
    return (
        sa.select(
            *_ACTIVITY, activity.c.start, attendance.c.country,
            attendance.c.stakeholder_kind.label("organisation_kind"),
            sa.case((sa.not_(is_hidden), came)).label("participants"),
        )
        .select_from(
            activity.join(people, people.c.id == activity.c.id)
            .join(attendance, attendance.c.activity_id == activity.c.id)
        )
        .order_by(activity.c.start, activity.c.code, attendance.c.country, attendance.c.stakeholder_kind)
    )  # fmt: skip


def _partnerships(filters: Filters, _: int) -> Statement:
    one = partnership.c
    return (
        sa.select(
            _PROGRAMME, *_PARTNERSHIP, *_THEMED, one.status.label("partnership_status"),
            partnerships.COUNTED_ON.label("counted_on"), activity.c.code.label("origin"), one.summary, one.summary_ja,
        )
        .select_from(
            partnerships.PARTNERSHIPS.join(programme, programme.c.id == one.programme_id)
            .outerjoin(activity, activity.c.id == one.origin_activity_id)
        )
        .where(*partnerships.passing(filters))
        .order_by(one.code)
    )  # fmt: skip


def _partnership_members(filters: Filters, _: int) -> Statement:
    return (
        sa.select(
            *_PARTNERSHIP, *_MEMBER, organisation.c.country, partnership_member.c.role.label("partnership_role"),
        )
        .select_from(
            partnerships.PARTNERSHIPS.join(partnership_member, partnership_member.c.partnership_id == partnership.c.id)
            .join(organisation, organisation.c.id == partnership_member.c.organisation_id)
        )
        .where(*partnerships.passing(filters))
        .order_by(partnership.c.code, organisation.c.code)
    )  # fmt: skip


def _partnership_steps(filters: Filters, _: int) -> Statement:
    step = partnership_step.c
    return (
        sa.select(*_PARTNERSHIP, step.step, step.reached_on)
        .select_from(partnerships.PARTNERSHIPS.join(partnership_step, step.partnership_id == partnership.c.id))
        .where(*partnerships.passing(filters))
        .order_by(partnership.c.code, step.reached_on, step.step)
    )


def _applications(filters: Filters, _: int) -> Statement:
    """An application without a case that it could be placed by is in no chosen place."""
    one = application.c
    placed: Iterable[Condition] = ()
    if at := list(of_place(_CASE.enquirer_country, filters)):
        placed = (sa.select(_CASE.id).where(_CASE.application_id == one.id, *at).exists(),)
    return (
        sa.select(
            _PROGRAMME, one.code, one.funding_programme, one.part, one.part_ja, one.submitted_on,
            one.status.label("application_status"), one.requested_eur, one.awarded_eur, one.japanese_organisations,
            *_THEMED, activity.c.code.label("origin"), partnership.c.code.label("partnership"),
        )
        .select_from(
            application.join(programme, programme.c.id == one.programme_id).join(theme, theme.c.id == one.theme_id)
            .outerjoin(activity, activity.c.id == one.origin_activity_id)
            .outerjoin(partnership, partnership.c.id == one.partnership_id)
        )
        .where(
            *of_programme(one.programme_id, filters), *of_theme(one.theme_id, filters),
            *during(one.submitted_on, filters), *placed,
        )
        .order_by(one.submitted_on, one.code)
    )  # fmt: skip


def _cases(filters: Filters, threshold: int) -> Statement:
    found = helpdesk.cases(filters, threshold=threshold)
    return found.with_only_columns(_PROGRAMME, *found.selected_columns, maintain_column_froms=True)


def _training_results(filters: Filters, threshold: int) -> Statement:
    one = training.results_by_seminar(filters, threshold=threshold).subquery("by_seminar")
    counts = ("answers", "paired_scores")
    return sa.select(
        *(told(column, threshold).label(column.name) if column.name in counts else column for column in one.c)
    ).order_by(one.c.start, one.c.code)


def _information_use(filters: Filters, threshold: int) -> Statement:
    return services.use_by_month(filters, threshold=threshold)


def _targets(filters: Filters, _: int) -> Statement:
    return (
        sa.select(_PROGRAMME, target.c.indicator, target.c.due_on, target.c.value)
        .select_from(target.join(programme))
        .where(*of_programme(target.c.programme_id, filters))
        .order_by(programme.c.code, target.c.indicator, target.c.due_on)
    )


def _in_countries(filters: Filters) -> Iterable[Condition]:
    """As on the page of framework programmes: a project in its start's month, with a participant in a country."""
    yield from during(eu_project.c.start, filters)
    if filters.countries:
        found = eu_participation.alias("found")
        yield (
            sa.select(found.c.id)
            .where(found.c.eu_project_id == eu_project.c.id, found.c.country.in_(filters.countries))
            .exists()
        )


def _eu_projects(filters: Filters, _: int) -> Statement:
    one = eu_project.c
    return (
        sa.select(
            one.framework, one.code, one.record_number, one.acronym, one.title, one.start, one.end, one.cost,
            one.eu_contribution, one.programme_part,
        )
        .where(*_in_countries(filters))
        .order_by(one.framework, one.code)
    )  # fmt: skip


def _of_eu_project(table: sa.Table, *columns: Column) -> Callable[[Filters, int], Statement]:
    def select(filters: Filters, _: int) -> Statement:
        return (
            sa.select(eu_project.c.framework, eu_project.c.code, *columns)
            .select_from(eu_project.join(table, table.c.eu_project_id == eu_project.c.id))
            .where(*_in_countries(filters))
            .order_by(eu_project.c.framework, eu_project.c.code, columns[0])
        )

    return select


_PARTICIPATION: dict[str, Any] = dict(eu_participation.c)
_PARTICIPANT = (
    *(_PARTICIPATION[name] for name in ("organisation_code", "name", "city", "country", "latitude", "longitude",
                                        "located")),
    eu_participation.c.kind.label("activity_type"), eu_participation.c.role, eu_participation.c.eu_contribution,
)  # fmt: skip


def _batches(_: Filters, __: int) -> Statement:
    one = import_batch.c
    return sa.select(
        one.id.label("batch"), one.imported_at, one.file, one.rows_added, one.rows_changed, one.rows_refused,
        one.sha256,
    ).order_by(one.id)  # fmt: skip


def _plain(found: Callable[[Filters], Statement]) -> Callable[[Filters, int], Statement]:
    """A select that tells nothing about people as it is."""
    return lambda filters, _: found(filters)


_VIEWS: dict[str, Callable[[Filters, int], Statement]] = {
    "programme": _programmes,
    "theme": _themes,
    "organisation": _organisations,
    "activity": _activities,
    "attendance": _attendance,
    "partnership": _partnerships,
    "partnership_member": _partnership_members,
    "partnership_step": _partnership_steps,
    "application": _applications,
    "help_desk_case": _cases,
    "training_result": _training_results,
    "information_service": _plain(services.services),
    "information_use": _information_use,
    "report": _plain(dialogue.reports),
    "report_use": _plain(dialogue.report_uses),
    "interest_group_member": _plain(dialogue.members),
    "joint_call": _plain(dialogue.joint_calls),
    "target": _targets,
    "published_figure": _plain(of_programmes.published_figures),
    "milestone": _plain(of_programmes.milestones),
    "eu_project": _eu_projects,
    "eu_participation": _of_eu_project(eu_participation, *_PARTICIPANT),
    "eu_project_field": _of_eu_project(eu_project_field, eu_project_field.c.path),
    "eu_project_focus": _of_eu_project(eu_project_focus, eu_project_focus.c.country),
    "import_batch": _batches,
}

TABLES = tuple(_VIEWS)
"""The tables that have a public view, in the record's order: all but what stood in rows before (`import_change`)."""


@query
def public(table: str, filters: Filters, threshold: int) -> Statement:
    """The public view of a table, in an order that stays the same; every column has words under `column.<name>`.

    `threshold` is the least count of people that is told; an empty count is one that is hidden. Raises KeyError for a
    table that has no public view.
    """
    return _VIEWS[table](filters, threshold)
