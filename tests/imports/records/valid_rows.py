"""Strategies of valid rows for every sheet of the form, and how they get into a record, a CSV file or a workbook."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from dashboard.database import engine
from dashboard.database.schema import metadata
from dashboard.imports.form import Field, Kind, Sheet, sheets
from dashboard.imports.template import records

Row = dict[str, Any]
Record = dict[str, list[Row]]

TERM = date(2013, 9, 1), date(2017, 2, 28)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"), min_size=1, max_size=40
).map(str.strip)  # fmt: skip


def only_western(text: str) -> bool:
    """Whether no UTF-8 is the same bytes: "ß–" in Windows-1252 is a letter of N'Ko in UTF-8 too."""
    return text.isascii() or "\ufffd" in text.encode("cp1252").decode("utf-8", "replace")


WESTERN = (
    st.text(string.ascii_letters + "éèüßñ €–;,\"'0123456789=+-@", min_size=1, max_size=30)
    .map(str.strip)
    .filter(only_western)
)
JAPANESE = st.text("日本語東京大学エネルギー技術ひらがなかたかな協力、。", min_size=2, max_size=30)

few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def values(one: Field, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    match one.kind:
        case Kind.TEXT:
            made: st.SearchStrategy[Any] = text.filter(bool)
        case Kind.CHOICE:
            made = st.sampled_from(one.choices)
        case Kind.COUNTRY:
            made = st.sampled_from(("JP", "DE", "GR", "GB", "NA"))
        case Kind.INTEGER:
            made = st.integers(one.low or 0, one.high if one.high is not None else 2**31 - 1)
        case Kind.AMOUNT:
            made = st.decimals(0, Decimal("9999999999999.99"), places=2)
        case Kind.NUMBER:
            low, high = (-1e300, 1e300) if one.low is None else (one.low, one.high)
            made = st.floats(low, high, allow_nan=False).map(lambda number: number + 0.0)
        case Kind.DATE:
            made = st.dates(*TERM)
        case Kind.MOMENT:
            made = st.datetimes(datetime(2013, 9, 2), datetime(2017, 2, 27))  # noqa: DTZ001
        case _:
            made = st.booleans()
    return made if one.required else st.none() | made


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Record:
    """A few valid rows of every sheet."""
    made: Record = {}
    for sheet in sheets().values():
        rows: dict[Any, Row] = {}
        for number in range(draw(st.integers(1, 2))):
            row = {one.name: None if one.target else draw(values(one, text)) for one in sheet.fields}
            for one in sheet.fields:
                if one.kind is Kind.CODE:
                    row[one.name] = f"{sheet.name} {number}"
                elif one.target:
                    others = made[one.target]
                    some = st.sampled_from(others)
                    chosen = draw(some if one.required else st.none() | some)
                    row[one.name] = chosen and reference(chosen)
            for first, second in sheet.in_order:
                if row[first] is not None and row[second] is not None:
                    row[second] = max(row[first], row[second])
            if sheet.name == "programme":
                row |= {"start": TERM[0], "end": TERM[1], "time_zone": "Asia/Tokyo"}
            if (row.get("latitude") is None) != (row.get("longitude") is None):
                row["latitude"] = row["longitude"] = None
            if sheet.name in ("organisation", "activity") and row["latitude"] is None:
                row["city"] = None  # else its place would be looked up
            rows[tuple(row[name] for name in sheet.key) or number] = row
        made[sheet.name] = list(rows.values())
    return made


def reference(row: Row) -> str:
    """What other rows call this one."""
    return f"{row['framework']}:{row['code']}" if "framework" in row else str(row["code"])


def fill(url: str, made: Record) -> None:
    """Put rows into a record without our import."""
    ids: dict[tuple[str, str], int] = {}
    with engine.writing(url) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for sheet in sheets().values():
            for row in made[sheet.name]:
                plain = {
                    one.column.name: ids[one.target, row[one.name]] if one.target and row[one.name] else row[one.name]
                    for one in sheet.fields
                }
                entered = connection.execute(sheet.table.insert(), plain).inserted_primary_key
                if "code" in row:
                    ids[sheet.name, reference(row)] = entered[0]


def read(url: str) -> Record:
    with engine.reading(url) as connection:
        return {name: list(records(connection, one)) for name, one in sheets().items()}


def empty(url: str) -> None:
    fill(url, {name: [] for name in sheets()})


def written(value: Any) -> str:
    """A value as a CSV file has it."""
    return "" if value is None else value.isoformat(" ") if isinstance(value, datetime) else str(value)


def lines(sheet: Sheet, fields: Sequence[Field], rows: Sequence[Row], language: str = "en") -> Iterator[list[Any]]:
    """The headings of a sheet's fields, in this order, and the rows under them."""
    yield [sheet.heading(one, language) for one in fields]
    for row in rows:
        yield [row[one.name] for one in fields]
