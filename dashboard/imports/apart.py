"""An import in a process of its own beside a server that goes on reading: `python -m dashboard.imports.apart`.

A server reads the record through another copy of the SQLite library than Python's, and within one process two copies
drop each other's locks on the file. The process is told what to do on its standard input, as one line of JSON, and
tells on its standard output, a line of JSON each, how far it is and what came of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard.database.engine import DatabaseProblem, check_revision
from dashboard.imports.cells import shown
from dashboard.imports.form import is_ours
from dashboard.imports.load import Options, import_records
from dashboard.imports.marked import write_marked
from dashboard.imports.reading import Gathered
from dashboard.imports.report import Counts, Problem, Refused, Report, Running
from dashboard.imports.undo import CannotUndo, undo
from dashboard.text import DEFAULT_LANGUAGE

ROOT = Path(__file__).resolve().parents[2]
PREVIEW_ROWS, PREVIEW_COLUMNS = 8, 40
TOLD = 10_000
"""Bytes of standard error that are kept of a process that failed."""


@dataclass(frozen=True)
class Job:
    """What to do: take `undo`, a batch, back, or import `source`, with its report as a workbook at `marked`. Both
    are told in `language`."""

    url: str
    source: str = ""
    options: Options = field(default_factory=Options)
    marked: str = ""
    undo: int | None = None
    language: str = DEFAULT_LANGUAGE

    def line(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, line: str) -> Job:
        told = json.loads(line)
        options = told.pop("options")
        return cls(**told, options=Options(**options | {"replace": tuple(options["replace"])}))


@dataclass(frozen=True)
class Preview:
    """The first rows of a sheet as they were read, by their numbers there; `table` is the one that they belong to, if
    it is known."""

    file: str
    sheet: str
    table: str | None
    numbers: list[int]
    rows: list[list[str]]


@dataclass
class Result:
    """What came of a job: a report with its previews, the rows that an undo touched by table, or why it failed.

    `failed` is 'running' (another import holds the record), 'undo' (the batch cannot be taken back), 'file' (the disk
    is full, or a file cannot be written), 'stopped' (the process ended before its end), or a DatabaseProblem's kind;
    `detail` says it in a line, in English.
    """

    report: Report | None = None
    previews: list[Preview] = field(default_factory=list)
    touched: dict[str, int] | None = None
    failed: str = ""
    detail: str = ""


class Work:
    """A job under way in its own process; any thread may look at it."""

    def __init__(self, job: Job) -> None:
        self.done, self.total = 0, 1
        self.result: Result | None = None
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "dashboard.imports.apart"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, args=(job,), daemon=True)
        self._listener.start()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    def wait(self, seconds: float | None = None) -> Result | None:
        """The result, or None when it is not there in time."""
        self._listener.join(seconds)
        return self.result

    def stop(self) -> None:
        """End the process where it is; what it has not finished is as if it had not begun."""
        self._process.kill()
        self._listener.join()

    def _listen(self, job: Job) -> None:
        assert self._process.stdin
        assert self._process.stdout
        said: list[str] = []
        drain = threading.Thread(target=lambda: said.append(self._process.stderr.read()[-TOLD:]), daemon=True)  # type: ignore[union-attr]
        drain.start()
        found = Result()
        try:
            self._process.stdin.write(f"{job.line()}\n")
            self._process.stdin.close()
            for line in self._process.stdout:
                self._hear(json.loads(line), found)
        except (OSError, ValueError) as error:
            said.append(str(error))
        self._process.wait()
        drain.join()
        if self._process.returncode and not found.failed:
            last = "".join(said).strip().rpartition("\n")[2]
            found = Result(failed="stopped", detail=last or f"exit code {self._process.returncode}")
        self.result = found

    def _hear(self, told: dict[str, Any], found: Result) -> None:
        match told:
            case {"done": done, "total": total}:
                self.done, self.total = done, total
            case {"preview": preview}:
                found.previews.append(Preview(**preview))
            case {"report": report}:
                found.report = _report(report)
            case {"touched": touched}:
                found.touched = touched
            case {"failed": kind, "detail": detail}:
                found.failed, found.detail = kind, detail


def _report(told: dict[str, Any]) -> Report:
    made = Report(**told)
    made.tables = {name: Counts(**counts) for name, counts in told["tables"].items()}
    made.problems, made.notes = ([Problem(**one) for one in told[name]] for name in ("problems", "notes"))
    return made


def main() -> None:
    """Do the job that stands on standard input."""
    job = Job.read(sys.stdin.readline())
    try:
        _do(job)
    except Running:
        _tell(failed="running", detail="another import is running on this database")
    except CannotUndo as problem:
        _tell(failed="undo", detail=problem.said(job.language))
    except DatabaseProblem as problem:
        _tell(failed=problem.kind, detail=problem.detail)
    except OSError as error:
        _tell(failed="file", detail=f"{error.filename or 'a file'}: {error.strerror or error}")


def _do(job: Job) -> None:
    check_revision(job.url)
    if job.undo is not None:
        _tell(touched=undo(job.url, job.undo))
        return
    source = Path(job.source)
    report = import_records(job.url, source, job.options, lambda done, total: _tell(done=done, total=total), _look)
    if job.marked:
        write_marked(report, source, Path(job.marked), job.options.encoding, job.language)
    _tell(report={one.name: getattr(report, one.name) for one in fields(report)})


def _look(gathered: Gathered) -> None:
    tables = {id(part.raw): name for name, parts in gathered.parts.items() for part in parts}
    for raw in gathered.raws:
        if is_ours(raw.name):
            continue
        rows: dict[int, list[str]] = {}
        with suppress(Refused):  # it is among the problems of the report
            rows.update((row.number, [shown(cell) for cell in row.cells[:PREVIEW_COLUMNS]])
                        for _, row in _first(raw.rows()))  # fmt: skip
        _tell(preview=asdict(Preview(raw.path.name, raw.name, tables.get(id(raw)), [*rows], [*rows.values()])))


def _first(rows: Iterator[Any]) -> Iterator[Any]:
    return islice(rows, PREVIEW_ROWS)


def _tell(**told: Any) -> None:
    print(json.dumps(told, default=_plain), flush=True)


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, Problem | Counts) else str(value)


if __name__ == "__main__":
    main()
