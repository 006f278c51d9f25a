"""The form in which records come and go: a sheet a table, a heading a column, told from the schema itself.

What a cell may hold (its type, whether it is required, known codes, ranges, what it refers to) is read from the
table's columns and checks, so that the template, the import and the export cannot disagree with the database. Words
are in `text/`: `[sheet]`, `[heading]` and `[about]`, by table and column, or by column alone under `any`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa

from dashboard.database.schema import import_batch, metadata
from dashboard.text import DEFAULT_LANGUAGE, LANGUAGES, words

EXAMPLE = "EXAMPLE-"
GUIDE, LISTS, PROBLEMS = "Read me", "Lists", "Problems"
NOT_RECORDS = (import_batch.name, "import_change")
# Tables whose rows nothing but their content tells apart: a row is matched when all of it is equal.
NATURAL_KEYS = {"milestone": ("programme", "date", "text"), "training_result": ()}
# The dates that must lie within the term of the row's programme.
IN_TERM = {
    "activity": ("start", "end"),
    "application": ("submitted_on",),
    "help_desk_case": ("opened",),
    "report": ("published_on",),
    "target": ("due_on",),
}
# Where a missing place is looked up; the coordinates of the EU's projects come with them.
PLACED = ("organisation", "activity")


class Kind(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    CODE = "code"
    REFERENCE = "reference"
    CHOICE = "choice"
    COUNTRY = "country"
    INTEGER = "integer"
    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Field:
    """A column of the form; `name` is the database column's, but a reference's stands without `_id`."""

    name: str
    column: sa.Column[Any]
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    target: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A table of the form: its fields in order, those that tell its rows apart, and dates that must be in order."""

    table: sa.Table
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    in_order: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def marker(self) -> str:
        """The field by whose beginning an example row is known: the code, else the first reference."""
        marked = (field.name for kind in (Kind.CODE, Kind.REFERENCE) for field in self.fields if field.kind is kind)
        return next(marked)

    def title(self, language: str) -> str:
        return words(language)[f"sheet.{self.name}"]

    def heading(self, field: Field, language: str) -> str:
        known = words(language)
        own = known.get(f"heading.{self.name}.{field.name}") or known.get(f"heading.any.{field.name}")
        return own or known[f"heading.any.{field.column.name}"]

    def about(self, field: Field, language: str) -> str:
        """What the column means."""
        known = words(language)
        own = known.get(f"about.{self.name}.{field.name}") or known.get(f"about.any.{field.name}")
        return own or known[f"about.any.{field.column.name}"]


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet by the name of its table, in an order in which each refers only to those before it."""
    tables = (table for table in metadata.tables.values() if table.name not in NOT_RECORDS)
    return {table.name: _sheet(table) for table in tables}


def _sheet(table: sa.Table) -> Sheet:
    constraints = [*table.constraints, *(check for column in table.columns for check in column.constraints)]
    checks = [str(check.sqltext) for check in constraints if isinstance(check, sa.CheckConstraint)]
    columns = [column for column in table.columns if column.name not in ("id", "import_batch_id")]
    fields = tuple(_field(column, checks) for column in columns)
    names = {field.column.name: field.name for field in fields}
    unique = [
        tuple(names[column.name] for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    ]
    key = ("code",) if "code" in names and table.c.code.unique else (*unique, NATURAL_KEYS.get(table.name, ()))[0]
    orders = (re.fullmatch(r'"(\w+)" >= "(\w+)"', check) for check in checks)
    return Sheet(table, fields, key, tuple((match[2], match[1]) for match in orders if match))


def _field(column: sa.Column[Any], checks: Iterable[str]) -> Field:
    low = high = None
    choices: tuple[str, ...] = ()
    is_country = False
    for check in checks:
        if match := re.fullmatch(rf'"{column.name}" IN \((.*)\)', check):
            choices = tuple(re.findall(r"'([^']*)'", match[1]))
        elif match := re.fullmatch(rf'"{column.name}" >= (\d+)', check):
            low = int(match[1])
        elif match := re.fullmatch(rf'"?{column.name}"? BETWEEN (-?\d+) AND (-?\d+)', check):
            low, high = int(match[1]), int(match[2])
        elif check == f'length("{column.name}") = 2':
            is_country = True
    if column.name == "indicator":
        choices = _indicators()
    target = next((key.column.table.name for key in column.foreign_keys), None)
    name = column.name.removesuffix("_id") if target else column.name
    kind = Kind.COUNTRY if is_country else Kind.CHOICE if choices else _kind(column)
    return Field(name, column, kind, not column.nullable, choices, low, high, target)


def _indicators() -> tuple[str, ...]:
    """The keys of the indicators that have words: the others could never be shown."""
    known = (key.split(".") for key in words(DEFAULT_LANGUAGE) if key.startswith("indicator."))
    return tuple(dict.fromkeys(parts[1] for parts in known if parts[2:] == ["name"]))


def _kind(column: sa.Column[Any]) -> Kind:
    if column.foreign_keys:
        return Kind.REFERENCE
    match column.type:
        case sa.Boolean():
            return Kind.YES_NO
        case sa.Integer():
            return Kind.INTEGER
        case sa.Double():
            return Kind.NUMBER
        case sa.Numeric():
            return Kind.AMOUNT
        case sa.DateTime():
            return Kind.MOMENT
        case sa.Date():
            return Kind.DATE
    return Kind.CODE if column.name == "code" else Kind.TEXT


def fold(written: str) -> str:
    """A heading, name or code as it is compared: width, case, spaces and a star for "required" do not matter."""
    plain = unicodedata.normalize("NFKC", written).casefold().strip().rstrip("*")
    return re.sub(r"[\s_\-‐–]+", " ", plain).strip()


def is_ours(sheet: str) -> bool:
    """Whether a sheet of that name is one of those with which we help, and holds no records."""
    return fold(sheet) in map(fold, (GUIDE, LISTS, PROBLEMS))


@cache
def headings(table: str) -> Mapping[str, Field]:
    """The fields of a sheet by every folded heading that they may have."""
    sheet = sheets()[table]
    known: dict[str, Field] = {}
    for field in sheet.fields:
        for spelling in (field.name, field.column.name, *(sheet.heading(field, language) for language in LANGUAGES)):
            known.setdefault(fold(spelling), field)
    return known


@cache
def titles() -> Mapping[str, str]:
    """The tables by every folded name that a sheet or file of theirs may have."""
    return {
        fold(spelling): sheet.name
        for sheet in sheets().values()
        for spelling in (sheet.name, *(sheet.title(language) for language in LANGUAGES))
    }


@cache
def labels(choices: tuple[str, ...]) -> Mapping[str, str]:
    """The codes of a list by their folded spellings: the code itself, and its words where the pages have some."""
    spellings = {fold(choice): choice for choice in choices}
    for language in LANGUAGES:
        groups: dict[str, dict[str, str]] = {}
        for key, said in words(language).items():
            if key.startswith("code."):
                name, _, code = key.rpartition(".")
                groups.setdefault(name, {})[code] = said
        # Words may be said of more codes than a column may hold; the group with the fewest others is the column's.
        fitting = [group for group in groups.values() if group.keys() >= set(choices)]
        for code in choices if fitting else ():
            spellings.setdefault(fold(min(fitting, key=len)[code]), code)
    return spellings
