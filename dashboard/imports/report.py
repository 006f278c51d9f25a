"""What an import found and did, as data: for the terminal, for a workbook with its cells marked, and for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.imports.form import sheets
from dashboard.text import DEFAULT_LANGUAGE, text, words

MOST_PROBLEMS = 10_000
MOST_NOTES = 1_000
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, a sheet, a row or a cell: `row` and `place` count from 1, as spreadsheets do.

    `column` is the heading as the file writes it. `details` fill the words of `fault`; a table among them (`target`),
    and a field of that table (`heading`), are shown in the reader's language.
    """

    fault: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    place: int | None = None
    value: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def letter(self) -> str | None:
        """The column's letter in a spreadsheet."""
        return letter(self.place) if self.place else None

    def wrong(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What is wrong."""
        return text(f"fault.{self.fault}", language, **self._details(language))

    def mend(self, language: str = DEFAULT_LANGUAGE) -> str:
        """How to mend it."""
        return text(f"mend.{self.fault}", language, **self._details(language))

    def said(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What is wrong and how to mend it."""
        return f"{self.wrong(language)}{text('punctuation.stop', language)}{self.mend(language)}"

    def _details(self, language: str) -> dict[str, Any]:
        details = dict(self.details)
        if sheet := sheets().get(details.get("target", "")):
            details["target"] = sheet.title(language)
            if field := next((one for one in sheet.fields if one.name == details.get("heading")), None):
                details["heading"] = sheet.heading(field, language)
        return details

    def where(self, language: str = DEFAULT_LANGUAGE) -> str:
        """File, sheet, row and column in a line."""
        known = words(language)
        parts = [self.file]
        if self.sheet and self.sheet != self.file:
            parts.append(f"{known['problem_column.sheet']} {shortened(self.sheet)}")
        if self.row:
            parts.append(f"{known['problem_column.row']} {self.row}")
        if self.column or self.place:
            named = " ".join(filter(None, (self.letter, self.column and f"({shortened(self.column)})")))
            parts.append(f"{known['problem_column.column']} {named}")
        return ", ".join(parts)

    def line(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The whole of it in a line."""
        shown = f"“{shortened(self.value)}”: " if self.value else ""
        return f"{self.where(language)}: {shown}{self.said(language)}"


class Refused(Exception):
    """A file that cannot be read as it is; it holds one problem or several."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.line() for problem in problems))
        self.problems = problems


class Running(Exception):
    """Another import, or another writer, holds the database."""


@dataclass(slots=True)
class Counts:
    """Rows of one table."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    refused: int = 0
    examples: int = 0


@dataclass
class Report:
    """The result of an import. `batch` is the batch's number where something was written, and None where nothing was:
    a dry run, or a file with problems that was not imported partially. The counts say what was, or would be, done."""

    file: str
    sha256: str = ""
    dry_run: bool = False
    batch: int | None = None
    tables: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    notes: list[Problem] = field(default_factory=list)
    note_count: int = 0

    def add(self, problem: Problem) -> None:
        """Keep a problem; beyond ten thousand they are only counted, so that memory stays bounded."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def note(self, problem: Problem) -> None:
        """Keep something that is told but does not keep a row out."""
        self.note_count += 1
        if len(self.notes) < MOST_NOTES:
            self.notes.append(problem)

    def total(self, what: str) -> int:
        """The rows of all tables: `total("added")`."""
        return sum(getattr(counts, what) for counts in self.tables.values())

    @property
    def written(self) -> bool:
        return self.batch is not None

    def lines(self) -> Iterator[str]:
        """The report in words, a line each."""
        yield from (problem.line() for problem in self.problems)
        if self.problem_count > len(self.problems):
            yield f"… and {self.problem_count - len(self.problems):,} problems more"
        yield from (f"Note: {note.line()}" for note in self.notes)
        if self.note_count > len(self.notes):
            yield f"… and {self.note_count - len(self.notes):,} notes more"
        for name, counts in self.tables.items():
            if said := counted(counts):
                yield f"{sheets()[name].title(DEFAULT_LANGUAGE)}: {said}"
        if examples := self.total("examples"):
            yield f"{several(examples, 'example row')} of the template skipped"
        yield self.verdict()

    def verdict(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What became of it, in a line."""
        refused = self.total("refused")
        if self.dry_run or not self.written:
            key = "dry_run" if self.dry_run else "nothing"
        elif any(self.total(what) for what in ("added", "changed", "removed")):
            key = "partly" if refused else "whole"
        else:
            key = "all_refused" if refused else "unchanged"
        counts = {"problems": f"{self.problem_count:,}", "refused": f"{refused:,}", "batch": str(self.batch)}
        return text(f"verdict.{key}", language, **counts)


def counted(counts: Counts) -> str:
    """The counts of a table in words, without those that are nothing, and without the template's examples."""
    said = ("added", "changed", "removed", "unchanged", "refused")
    return ", ".join(f"{number:,} {word}" for word in said if (number := getattr(counts, word)))


def several(count: int, thing: str) -> str:
    """A count and its thing, as one or several."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def shortened(value: str | None) -> str:
    """A value on one line, as long as a line of a report bears; what would steer a terminal is shown as unreadable."""
    words = " ".join((value or "").split())
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words)
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"


def letter(place: int) -> str:
    """The letters of a spreadsheet's column, counted from 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
