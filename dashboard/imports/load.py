"""Importing records: everything that a file holds is checked, and written in one transaction or not at all.

The file is passed over twice, as a stream: once to learn how each column of dates is written, once to check and write
its rows, a thousand at a time, within the transaction. Checks that concern other rows (references, duplicates) are
thus asked of the record itself, which already holds what the file has brought so far.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from dashboard.imports import batch as batches
from dashboard.imports.across import Across
from dashboard.imports.checking import DATED, Checked, RowCheck, is_example, observe
from dashboard.imports.dates import Evidence, Order
from dashboard.imports.form import sheets
from dashboard.imports.merge import Merge
from dashboard.imports.reading import Gathered, gather
from dashboard.imports.removal import remove_others
from dashboard.imports.report import Counts, Problem, Refused, Report
from dashboard.imports.scratch import Scratch
from dashboard.imports.sheet import Part, Row, named
from dashboard.text import DEFAULT_LANGUAGE

CHUNK = 1000
ROOM = "free some space there, or name a folder with more of it in TMPDIR"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """How to import. `replace` names the tables of which other rows are deleted; `dates` is the order of all dates that
    do not show it; `table` and `encoding` say of CSV files what they do not tell themselves."""

    partial: bool = False
    dry_run: bool = False
    replace: tuple[str, ...] = ()
    dates: Order | None = None
    table: str | None = None
    encoding: str | None = None
    imported_by: str | None = None


def import_records(
    url: str,
    source: Path,
    options: Options | None = None,
    progress: Progress | None = None,
    look: Callable[[Gathered], None] | None = None,
) -> Report:
    """Import a file or folder, and say what came of it. `progress` is told the bytes done and to do; `look` is shown
    what the file holds, as long as it is there to be read.

    With problems nothing is written, unless `partial` is asked for: then the good rows are. Raises Running when
    another import holds the database, DatabaseProblem when it cannot be used, OSError when the disk for passing files
    is full.
    """
    chosen = options or Options()
    if chosen.partial and chosen.replace:
        raise ValueError("a partial import cannot replace: refused rows would be deleted")
    with tempfile.TemporaryDirectory(prefix="dashboard-import-") as folder:
        place = Path(folder)
        gathered = gather(source, place, chosen.table, chosen.encoding)
        if look:
            look(gathered)
        report = Report(gathered.name, gathered.sha256, chosen.dry_run)
        report.extend(gathered.problems)
        for note in gathered.notes:
            report.note(note)
        report.extend(_not_there(gathered, chosen.replace))
        if gathered.parts:
            run = _Run(gathered, chosen, report, _Meter(2 * gathered.size, progress), bool(report.problems))
            scratch = Scratch(place)
            try:
                run.run(url, scratch)
            except sqlite3.OperationalError as error:  # of the notes; the record's own are DatabaseProblems
                raise OSError(errno.ENOSPC, f"{error}; {ROOM}", tempfile.gettempdir()) from error
            finally:
                scratch.close()
    return report


def table_of(name: str) -> str | None:
    """The table that a user means by a sheet's name."""
    return name if name in sheets() else named(name)


def _not_there(gathered: Gathered, replace: Sequence[str]) -> Iterator[Problem]:
    for name in replace:
        if name not in gathered.parts:
            yield Problem("not_in_file", gathered.name, sheets()[name].title(DEFAULT_LANGUAGE))


@dataclass
class _Meter:
    total: int
    progress: Progress | None
    before: int = 0

    def at(self, done: int) -> None:
        if self.progress:
            self.progress(min(self.before + done, self.total), self.total)

    def past(self, part: Part) -> None:
        self.before += part.raw.size
        self.at(0)


@dataclass
class _Run:
    gathered: Gathered
    options: Options
    report: Report
    meter: _Meter
    blocked: bool = False

    def _block(self, problems: Sequence[Problem]) -> None:
        """Problems of more than single rows: nothing is written then, not even partially."""
        self.report.extend(problems)
        self.blocked = self.blocked or bool(problems)

    def run(self, url: str, scratch: Scratch) -> None:
        dates = [(part, self._evidence(part)) for part in self.gathered.in_order()]
        with batches.transaction(url) as connection:
            who = self.options.imported_by or batches.user()
            batch = batches.begin(connection, who, self.gathered.name, self.gathered.sha256)
            across = Across(connection, scratch, self.report, self.options.partial)
            merges: dict[str, Merge] = {}
            for part, shown in dates:
                name = part.sheet.name
                if name not in merges:
                    counts = self.report.tables.setdefault(name, Counts())
                    merges[name] = Merge(connection, part.sheet, batch, scratch, counts)
                if shown is not None:
                    try:
                        self._part(part, shown, across, merges[name])
                    except Refused as refused:
                        self._block(refused.problems)
            for name in reversed(list(sheets())):
                if name in self.options.replace and name in merges:
                    self.report.extend(remove_others(connection, merges[name], scratch, self.gathered.name))
            self._block(self.gathered.changed())
            self._decide(connection, batch)
            self.report.batch = batch

    def _decide(self, connection: sa.Connection, batch: int) -> None:
        """End the transaction here where nothing of it may stay."""
        wrong = self.report.problem_count and not self.options.partial
        if self.options.dry_run or wrong or self.blocked:
            raise batches.Discard
        changed = self.report.total("changed") + self.report.total("removed")
        batches.finish(connection, batch, self.report.total("added"), changed, self.report.total("refused"))

    def _evidence(self, part: Part) -> dict[str, Evidence] | None:
        """How the dates of a part are written; None where it cannot be read to its end."""
        shown = {column.field.name: Evidence() for column in part.columns if column.field.kind in DATED}
        try:
            for number, done in enumerate(observe(part, shown)):
                if number % CHUNK == 0:
                    self.meter.at(done)
        except Refused as refused:
            self._block(refused.problems)
            return None
        self.meter.past(part)
        return shown

    def _part(self, part: Part, shown: dict[str, Evidence], across: Across, merge: Merge) -> None:
        check = RowCheck(part, shown, self.options.dates)
        example = is_example(part)
        rows = part.rows()
        across.start(part)
        while chunk := list(islice(rows, CHUNK)):
            kept = [row for _, row in chunk if not example(row)]
            merge.counts.examples += len(chunk) - len(kept)
            self._chunk(kept, check, across, merge)
            self.meter.at(chunk[-1][0])
        self.meter.past(part)

    def _chunk(self, rows: list[Row], check: RowCheck, across: Across, merge: Merge) -> None:
        checked = [check.read(row) for row in rows]
        if not checked:
            return
        across.look(checked)
        good = [one for one in checked if not one.refused]
        merge.counts.refused += len(checked) - len(good)
        for one in checked:
            self.report.extend(one.problems)
        if good:
            across.place(good)
            found = {index: one.found for index, one in enumerate(good) if one.found}
            merge.write([_values(check.part, one) for one in good], found)


def _values(part: Part, checked: Checked) -> dict[str, object]:
    fields = {field.name: field.column.name for field in part.sheet.fields}
    return {fields[name]: value for name, value in checked.values.items()}
