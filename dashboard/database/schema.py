"""The one description of the programme database.

Codes are the natural keys that imports match on. Dates are calendar dates; the three moments of a help-desk case
are UTC. What is shown in words has an optional Japanese twin (`…_ja`); what is quoted, as the title of a published
source, has none. No column holds personal data: people appear only as counts, and a training result carries no
identifier.
"""

from typing import Any

import sqlalchemy as sa

PROGRAMME_DATASETS = ("illustrative", "recorded")
ORGANISATION_KINDS = (
    "university", "research_organisation", "company", "funding_agency", "ministry", "association", "other",
)  # fmt: skip
ACTIVITY_KINDS = (
    "event", "presentation", "partnership_building", "training", "dialogue", "interest_group_meeting",
)  # fmt: skip
ACTIVITY_FORMATS = ("on_site", "online", "hybrid")
OBJECTIVES = ("horizon_2020_in_japan", "japanese_programmes_in_europe", "mobility_and_staff_exchange")
SIDES = ("eu", "japan")
PARTNERSHIP_STATUSES = ("active", "concluded", "discontinued")
PARTNERSHIP_ROLES = ("coordinator", "partner")
PARTNERSHIP_STEPS = ("contact", "agreement", "proposal", "funded", "concluded")
APPLICATION_STATUSES = ("submitted", "reserve", "funded", "rejected")
DESKS = ("eu", "japan", "h2020_contact_point")
CHANNELS = ("email", "telephone", "web_form", "in_person")
TOPICS = (
    "calls_and_topics", "eligibility_and_funding", "partner_search", "proposal_writing", "intellectual_property",
    "mobility", "financial_rules", "japanese_programmes",
)  # fmt: skip
AFTER_SIX_MONTHS = ("yes", "no", "unknown")
SERVICE_KINDS = ("newsletter", "web_pages", "guide", "funding_database")
USE_MEASURES = ("subscribers", "visits", "downloads")
QUALIFIERS = ("exactly", "nearly", "over")
FRAMEWORKS = ("FP7", "H2020", "HORIZON")
LOCATED = ("address", "city", "country")
CHANGES = ("changed", "removed")

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Item = sa.Column[Any] | sa.Constraint | sa.Index


def _table(name: str, *items: Item, imported: bool = True) -> sa.Table:
    batch: list[Item] = [sa.Column("import_batch_id", sa.ForeignKey("import_batch.id"), index=True)] if imported else []
    return sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *items, *batch)


def _text(name: str, required: bool = True, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required, **options)


def _code() -> sa.Column[Any]:
    return _text("code", unique=True)


def _date(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=not required)


def _count(name: str, required: bool = True, least: int = 0) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, _check(f'"{name}" >= {least}', f"{name}_least"), nullable=not required)


def _euro(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Numeric(16, 2), _check(f'"{name}" >= 0', f"{name}_least"))


def _one_of(name: str, values: tuple[str, ...], required: bool = True) -> sa.Column[Any]:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.Column(name, sa.Text, _check(f'"{name}" IN ({listed})', f"{name}_known"), nullable=not required)


def _country(name: str = "country", required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, _check(f'length("{name}") = 2', f"{name}_alpha_2"), nullable=not required)


def _score(name: str, low: int, high: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, _check(f'"{name}" BETWEEN {low} AND {high}', f"{name}_range"))


def _place() -> list[Item]:
    return [
        sa.Column("latitude", sa.Double, _check("latitude BETWEEN -90 AND 90", "latitude_range")),
        sa.Column("longitude", sa.Double, _check("longitude BETWEEN -180 AND 180", "longitude_range")),
    ]


def _source() -> list[Item]:
    return [_text("source", False), _text("source_ja", False)]


def _to(table: str, name: str | None = None, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", sa.ForeignKey(f"{table}.id"), nullable=not required, index=True)


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _in_order(first: str, second: str) -> sa.CheckConstraint:
    return _check(f'"{second}" >= "{first}"', f"{second}_after_{first}")


import_batch = _table(
    "import_batch",
    sa.Column("imported_at", sa.DateTime, nullable=False),
    _text("imported_by"), _text("file"), _text("sha256"),
    _count("rows_added"), _count("rows_changed"), _count("rows_refused"),
    imported=False,
)  # fmt: skip

import_change = _table(
    "import_change",
    _to("import_batch"), _text("table_name"), sa.Column("row_id", sa.Integer, nullable=False),
    _one_of("kind", CHANGES), _to("import_batch", "earlier_batch_id", False), _text("before"),
    sa.UniqueConstraint("import_batch_id", "table_name", "row_id"),
    imported=False,
)  # fmt: skip

programme = _table(
    "programme",
    _code(), _text("acronym"), _text("title"), _text("title_ja", False), _text("grant_agreement", False),
    _date("start"), _date("end"), _euro("eu_contribution"),
    _count("service_standard", least=1), _text("time_zone"),
    _text("summary", False), _text("summary_ja", False), *_source(),
    _one_of("dataset", PROGRAMME_DATASETS), _in_order("start", "end"),
)  # fmt: skip

theme = _table("theme", _code(), _text("name"), _text("name_ja", False))

organisation = _table(
    "organisation",
    _code(), _text("name"), _text("name_ja", False), _one_of("kind", ORGANISATION_KINDS),
    _country(), _text("city", False), *_place(), _text("website", False), *_source(),
)  # fmt: skip

activity = _table(
    "activity",
    _to("programme"), _code(), _one_of("kind", ACTIVITY_KINDS), _text("title"), _text("title_ja", False),
    _date("start"), _date("end"), _text("city", False), _country(), *_place(),
    _one_of("format", ACTIVITY_FORMATS), _to("theme"), _one_of("objective", OBJECTIVES, False),
    _to("organisation", "organiser_id", False), _text("link", False), *_source(),
    _in_order("start", "end"),
)  # fmt: skip

attendance = _table(
    "attendance",
    _to("activity"), _country(), _one_of("stakeholder_kind", ORGANISATION_KINDS), _count("participants"),
    sa.UniqueConstraint("activity_id", "country", "stakeholder_kind"),
)  # fmt: skip

partnership = _table(
    "partnership",
    _to("programme"), _code(), _text("title"), _text("title_ja", False), _to("theme"),
    _one_of("status", PARTNERSHIP_STATUSES), _to("activity", "origin_activity_id", False),
    _text("summary", False), _text("summary_ja", False),
)  # fmt: skip

partnership_member = _table(
    "partnership_member",
    _to("partnership"), _to("organisation"), _one_of("role", PARTNERSHIP_ROLES),
    sa.UniqueConstraint("partnership_id", "organisation_id"),
)  # fmt: skip

partnership_step = _table(
    "partnership_step",
    _to("partnership"), _one_of("step", PARTNERSHIP_STEPS), _date("reached_on"),
    sa.UniqueConstraint("partnership_id", "step"),
)  # fmt: skip

application = _table(
    "application",
    _to("programme"), _code(), _text("funding_programme"), _text("part", False), _text("part_ja", False),
    _date("submitted_on"), _one_of("status", APPLICATION_STATUSES), _euro("requested_eur"), _euro("awarded_eur"),
    _count("japanese_organisations"), _to("theme"),
    _to("activity", "origin_activity_id", False), _to("partnership", required=False),
)  # fmt: skip

help_desk_case = _table(
    "help_desk_case",
    _to("programme"), _code(), sa.Column("opened", sa.DateTime, nullable=False, index=True),
    sa.Column("first_response", sa.DateTime), sa.Column("closed", sa.DateTime),
    _one_of("desk", DESKS), _one_of("channel", CHANNELS), _one_of("topic", TOPICS),
    _country("enquirer_country"), _one_of("enquirer_kind", ORGANISATION_KINDS), _to("theme"),
    _score("satisfaction", 1, 5), _to("activity", required=False), _to("application", required=False),
    _in_order("opened", "first_response"), _in_order("opened", "closed"),
)  # fmt: skip

training_result = _table(
    "training_result",
    _to("activity"), _one_of("institution_kind", ORGANISATION_KINDS), _country("institution_country"),
    _score("before_score", 0, 100), _score("after_score", 0, 100), _score("satisfaction", 1, 5),
    _score("would_recommend", 0, 10), _one_of("applied_after_six_months", AFTER_SIX_MONTHS),
)  # fmt: skip

information_service = _table(
    "information_service",
    _code(), _text("title"), _text("title_ja", False), _one_of("kind", SERVICE_KINDS), _one_of("side", SIDES),
    _text("languages"), _date("from"), _date("to", False), _text("link", False), _in_order("from", "to"),
)  # fmt: skip

information_use = _table(
    "information_use",
    _to("information_service"), _date("month"), _one_of("measure", USE_MEASURES), _count("value"),
    sa.UniqueConstraint("information_service_id", "month", "measure"),
)  # fmt: skip

report = _table(
    "report",
    _to("programme"), _code(), _text("title"), _text("title_ja", False), _text("topic"), _text("topic_ja", False),
    _date("published_on"), _text("link", False), *_source(),
)  # fmt: skip

report_use = _table(
    "report_use",
    _to("report"), _to("activity"), sa.Column("tabled", sa.Boolean, nullable=False),
    sa.Column("discussed", sa.Boolean, nullable=False),
    sa.Column("recommendation_adopted", sa.Boolean, nullable=False),
    sa.UniqueConstraint("report_id", "activity_id"),
)  # fmt: skip

interest_group_member = _table(
    "interest_group_member",
    _to("organisation"), _date("joined"), _date("left", False),
    sa.UniqueConstraint("organisation_id", "joined"), _in_order("joined", "left"),
)  # fmt: skip

joint_call = _table(
    "joint_call",
    _code(), _text("title"), _text("title_ja", False), _to("theme"), _date("opened"), _date("closed", False),
    _euro("budget_eur"), _count("proposals", False), _count("funded", False), _in_order("opened", "closed"),
)  # fmt: skip

target = _table(
    "target",
    _to("programme"), _text("indicator"), _date("due_on"), sa.Column("value", sa.Double, nullable=False),
    sa.UniqueConstraint("programme_id", "indicator", "due_on"),
)  # fmt: skip

published_figure = _table(
    "published_figure",
    _to("programme"), _text("indicator"), sa.Column("value", sa.Double, nullable=False),
    _one_of("qualifier", QUALIFIERS), _text("statement"), _text("statement_ja", False),
    _text("source_title"), _text("source_address", False), _date("date", False),
    sa.UniqueConstraint("programme_id", "indicator"),
)  # fmt: skip

milestone = _table(
    "milestone",
    _to("programme"), _date("date"), _text("text"), _text("text_ja", False), *_source(),
)  # fmt: skip

eu_project = _table(
    "eu_project",
    _one_of("framework", FRAMEWORKS), _text("code"), _text("record_number", False), _text("acronym", False),
    _text("title", False), _date("start", False), _date("end", False), _euro("cost"), _euro("eu_contribution"),
    _text("programme_part", False),
    sa.UniqueConstraint("framework", "code"),
)  # fmt: skip

eu_participation = _table(
    "eu_participation",
    _to("eu_project"), _text("organisation_code"), _text("name", False), _country(required=False),
    _text("city", False), *_place(), _one_of("located", LOCATED, False), _text("kind", False),
    _text("role", False), _euro("eu_contribution"),
    sa.UniqueConstraint("eu_project_id", "organisation_code"),
    sa.Index(None, "country"),
)  # fmt: skip

eu_project_field = _table(
    "eu_project_field",
    _to("eu_project"), _text("path"),
    sa.UniqueConstraint("eu_project_id", "path"),
)  # fmt: skip

eu_project_focus = _table(
    "eu_project_focus",
    _to("eu_project"), _country(),
    sa.UniqueConstraint("eu_project_id", "country"),
)  # fmt: skip
"""For which countries a project was imported: of those, and of no other, all projects are here."""

TABLES = tuple(metadata.sorted_tables)
