"""A file or folder as parts of the form: which sheets and CSV files hold rows of which table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.imports import delimited, workbook
from dashboard.imports.form import is_ours, sheets
from dashboard.imports.report import Problem, Refused
from dashboard.imports.sheet import Part, RawSheet, recognise

Reader = Callable[[Path, Path, str | None], list[RawSheet]]


def _delimited(path: Path, _folder: Path, encoding: str | None) -> list[RawSheet]:
    if workbook.is_workbook(path):
        workbook.look_over(path)
        raise Refused(Problem("workbook_as_text", path.name, details={"suffix": path.suffix}))
    return [delimited.read(path, encoding)]


def _workbook(path: Path, folder: Path, _encoding: str | None) -> list[RawSheet]:
    return workbook.read(path, folder)


def _macros(path: Path, _folder: Path, _encoding: str | None) -> list[RawSheet]:
    raise Refused(Problem("macros", path.name))


def _old(path: Path, _folder: Path, _encoding: str | None) -> list[RawSheet]:
    raise Refused(Problem("old_form", path.name))


# The file formats; the last ones are known only to say what to do about them.
READERS: dict[str, Reader] = {
    ".xlsx": _workbook, ".ods": _workbook, ".csv": _delimited, ".tsv": _delimited,
    ".xlsm": _macros, ".xltm": _macros, ".xls": _old,
}  # fmt: skip


@dataclass
class Gathered:
    """What a file or folder holds: every sheet as read, parts by table, what was left out, what is wrong, and the
    digest of it all."""

    name: str
    sha256: str = ""
    raws: list[RawSheet] = field(default_factory=list)
    parts: dict[str, list[Part]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes to read once over."""
        return sum(part.raw.size for parts in self.parts.values() for part in parts)

    def in_order(self) -> Iterator[Part]:
        """Every part, each after those that it refers to."""
        for name in sheets():
            yield from self.parts.get(name, ())

    def changed(self) -> list[Problem]:
        """A problem for each file that is not as it was when it was opened."""
        return [Problem("file_changed", path.name) for path, mark in self.marks.items() if _mark(path) != mark]


def gather(source: Path, folder: Path, table: str | None = None, encoding: str | None = None) -> Gathered:
    """Look through a file or folder; what cannot be read is among the problems. `folder` is for passing files."""
    gathered = Gathered(source.resolve().name or str(source))
    try:
        files = _files(source)
        gathered.marks = {path: _mark(path) for path in files}
        digests = [delimited.digest(path) for path in files]
    except Refused as refused:
        gathered.problems.extend(refused.problems)
        return gathered
    except OSError as error:
        details = {"reason": error.strerror or str(error)}
        gathered.problems.append(Problem("unreadable", gathered.name, details=details))
        return gathered
    single = digests[0] if len(digests) == 1 and source.is_file() else None
    gathered.sha256 = single or hashlib.sha256("".join(digests).encode()).hexdigest()
    for number, path in enumerate(files):
        own = folder / str(number)
        own.mkdir()
        try:
            if not path.stat().st_size:
                raise Refused(Problem("empty", path.name))
            _add(gathered, READERS[path.suffix.lower()](path, own, encoding), path, table)
        except Refused as refused:
            gathered.problems.extend(refused.problems)
        except OSError as error:
            details = {"reason": error.strerror or str(error)}
            gathered.problems.append(Problem("unreadable", path.name, details=details))
    return gathered


def _files(source: Path) -> Sequence[Path]:
    if source.is_file():
        if not source.suffix:
            raise Refused(Problem("no_ending", source.name))
        if source.suffix.lower() not in READERS:
            raise Refused(Problem("other_format", source.name, details={"suffix": source.suffix}))
        return [source]
    if not source.is_dir():
        raise Refused(Problem("no_such_file", str(source)))
    found = [path for path in sorted(source.iterdir()) if path.suffix.lower() in READERS and path.is_file()]
    # Spreadsheet programs leave `~$book.xlsx` and `.~lock` beside an open file.
    files = [path for path in found if not path.name.startswith((".", "~$"))]
    if not files:
        raise Refused(Problem("nothing_there", str(source)))
    return files


def _mark(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _add(gathered: Gathered, raws: list[RawSheet], path: Path, table: str | None) -> None:
    unknown: list[RawSheet] = []
    known = False
    gathered.raws.extend(raws)
    for raw in raws:
        try:
            part = recognise(raw, table)
        except Refused as refused:
            gathered.problems.extend(refused.problems)
            known = True
            continue
        if part:
            gathered.parts.setdefault(part.sheet.name, []).append(part)
            known = True
        elif not is_ours(raw.name) and _holds_something(raw):
            unknown.append(raw)
    if not known and not unknown:
        gathered.problems.append(Problem("empty", path.name))
    elif not known:
        names = ", ".join(raw.name for raw in unknown if raw.name != path.stem)
        problem = Problem("unknown_sheet", path.name, value=names or None, details={"target": "activity"})
        gathered.problems.append(problem)
    else:
        gathered.notes.extend(Problem("left_out", path.name, raw.name) for raw in unknown)


def _holds_something(raw: RawSheet) -> bool:
    return any(row.says_something for _, row in raw.rows())
