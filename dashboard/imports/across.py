"""What is checked of a row beside others: duplicates, references, the programme's term; and where its place lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dashboard.database.schema import metadata, programme
from dashboard.imports.checking import SEPARATOR, Checked
from dashboard.imports.form import IN_TERM, PLACED, Kind
from dashboard.imports.places import locate
from dashboard.imports.report import Report
from dashboard.imports.scratch import Scratch
from dashboard.imports.sheet import Column, Part

MOST_REMEMBERED = 20_000
REFERENCE_SEPARATOR = ":"


class Across:
    """Looks at rows of one part after the other, within the transaction that also writes them."""

    def __init__(self, connection: sa.Connection, scratch: Scratch, report: Report, partial: bool) -> None:
        self.connection, self.scratch, self.report, self.partial = connection, scratch, report, partial
        self.known: dict[str, dict[str, int]] = {}
        self.part: Part
        self.references: list[Column] = []
        self.terms: dict[int, tuple[date, date, ZoneInfo]] = {}

    def start(self, part: Part) -> None:
        """Turn to the rows of a part."""
        self.part = part
        self.references = [column for column in part.columns if column.field.kind is Kind.REFERENCE]
        self.known.clear()
        self.terms = {}
        if part.sheet.name in IN_TERM:
            own = programme.c
            rows = self.connection.execute(sa.select(own.id, own.start, own.end, own.time_zone))
            self.terms = {number: (start, end, ZoneInfo(zone)) for number, start, end, zone in rows}

    def look(self, rows: Sequence[Checked]) -> None:
        """Check rows; their references become the ids of rows of the record."""
        self._duplicates(rows)
        for column in self.references:
            self._resolve(column, rows)
        for row in rows:
            self._in_term(row)
            row.refused = row.refused or bool(row.problems)
        if refused := [row.key for row in rows if row.refused and row.key]:
            self.scratch.refuse(self.part.sheet.name, refused)

    def _duplicates(self, rows: Sequence[Checked]) -> None:
        keyed = [(row, row.key) for row in rows if row.key is not None]
        name = self.part.sheet.name
        place = self.part.raw.name
        earlier = self.scratch.enter(name, place, [(key, row.row.number) for row, key in keyed])
        named = self.part.named
        for index, (sheet, number) in earlier.items():
            row = keyed[index][0]
            key = " + ".join(named[one].heading for one in self.part.sheet.key)
            details = {"key": key, "row": number, "sheet": sheet}
            row.problems.append(self.part.problem("duplicate", row.row, named[self.part.sheet.key[-1]], **details))
            row.refused = True
            row.key = None  # the row that stood first keeps the key

    def _resolve(self, column: Column, rows: Sequence[Checked]) -> None:
        name, target = column.field.name, str(column.field.target)
        known = self.known.setdefault(target, {})
        asked = {code for row in rows if (code := row.values.get(name)) is not None and code not in known}
        if asked:
            if len(known) > MOST_REMEMBERED:
                known.clear()
                asked = {code for row in rows if (code := row.values.get(name)) is not None}
            known.update(self._ids(target, asked))
        missing = asked - known.keys()
        refused = self._refused(target, missing) if missing else set()
        for row in rows:
            code = row.values.get(name)
            if code is None:
                continue
            if code in known:
                row.values[name] = known[code]
                continue
            row.refused = True
            if code not in refused:
                row.problems.append(self.part.problem("no_reference", row.row, column, target=target))
            elif self.partial:
                # Otherwise nothing is written anyway, and one mistake is said once.
                row.problems.append(self.part.problem("refused_reference", row.row, column, target=target))

    def _ids(self, target: str, codes: set[str]) -> dict[str, int]:
        table = metadata.tables[target]
        own = table.c
        if "framework" not in own:
            rows = self.connection.execute(sa.select(own.code, own.id).where(own.code.in_(codes)))
            return {row.code: row.id for row in rows}
        pairs = [tuple(code.split(REFERENCE_SEPARATOR, 1)) for code in codes if REFERENCE_SEPARATOR in code]
        query = sa.select(own.framework, own.code, own.id).where(sa.tuple_(own.framework, own.code).in_(pairs))
        found = self.connection.execute(query) if pairs else ()
        return {f"{framework}{REFERENCE_SEPARATOR}{code}": number for framework, code, number in found}

    def _refused(self, target: str, codes: set[str]) -> set[str]:
        keys = {code: code for code in codes}
        if "framework" in metadata.tables[target].c:
            keys = {code.replace(REFERENCE_SEPARATOR, SEPARATOR, 1): code for code in codes}
        return {keys[key] for key in self.scratch.refused(target, list(keys))}

    def _in_term(self, row: Checked) -> None:
        term = self.terms.get(row.values.get("programme") or 0)
        if term is None:
            return
        start, end, zone = term
        for name in IN_TERM[self.part.sheet.name]:
            when = row.values.get(name)
            if when is None:
                continue
            day = when.replace(tzinfo=UTC).astimezone(zone).date() if isinstance(when, datetime) else when
            if not start <= day <= end:
                details: dict[str, Any] = {"start": start.isoformat(), "end": end.isoformat()}
                row.problems.append(self.part.problem("outside_term", row.row, self.part.named[name], **details))

    def place(self, rows: Sequence[Checked]) -> None:
        """Look up the places of rows that give a city and no coordinates; what is not found is noted."""
        if self.part.sheet.name not in PLACED:
            return
        has_columns = "latitude" in self.part.named
        for row in rows:
            values = row.values
            city = values.get("city")
            if not city or values.get("latitude") is not None:
                continue
            found = locate(city, values.get("country"))
            if found.located != "city" or found.latitude is None or found.longitude is None:
                self.report.note(self.part.problem("no_place", row.row, self.part.named["city"]))
            elif has_columns:
                values["latitude"], values["longitude"] = found.latitude, found.longitude
            else:
                row.found = found.latitude, found.longitude
