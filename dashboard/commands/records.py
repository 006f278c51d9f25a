"""Bringing records in and out: `template`, `import`, `export workbook`, `export brief`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from dashboard.commands.choosing import chosen_view, end_if_unmade, filter_options
from dashboard.commands.saying import say
from dashboard.database import engine
from dashboard.settings import settings
from dashboard.text import DEFAULT_LANGUAGE, LANGUAGES

P = ParamSpec("P")
R = TypeVar("R")
REFUSED, FAULT = 1, 2
ENCODINGS = ("utf-8", "utf-16", "shift-jis", "windows-1252")


def one_line(command: Callable[P, R]) -> Callable[P, R]:
    """End with exit code 2 and one line, no traceback, when the database or a file cannot be used."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        from dashboard.imports.report import Running
        from dashboard.imports.template import CannotWrite
        from dashboard.imports.undo import CannotUndo

        try:
            return command(*args, **kwargs)
        except Running:
            said = "another import is running on this database; try again when it has ended"
        except (engine.DatabaseProblem, CannotUndo, CannotWrite) as problem:
            said = str(problem)
        except OSError as error:
            said = f"{error.filename or 'a file'}: {error.strerror or error}"
        click.echo(f"dashboard: {said}", err=True)
        sys.exit(FAULT)

    return guarded


@click.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@one_line
def template(out: Path) -> None:
    """Write an empty workbook for a programme's records: a sheet a table, with notes, lists and examples."""
    from dashboard.imports.template import write_template

    write_template(_xlsx(out))
    click.echo(f"Wrote {out}")


@click.group()
def export() -> None:
    """Write what the record holds to files."""


@export.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@one_line
def workbook(out: Path) -> None:
    """Write the whole record as a workbook in the template's form: edit it, and import it again."""
    from dashboard.imports.template import write_record

    counts = write_record(settings().database_url, _xlsx(out))
    click.echo(f"Wrote {sum(counts.values()):,} rows to {out}")


@export.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@filter_options
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True)
@one_line
def brief(out: Path, language: str, **chosen: Any) -> None:
    """Write two to four pages to file: findings, indicators against targets, main figures, method and sources.

    A tagged PDF (PDF/UA-1) of what the filters choose; the whole programme without any.
    """
    from dashboard.exports.brief import NoFont
    from dashboard.figures.briefing import brief as made

    if out.suffix.lower() != ".pdf":
        raise click.BadParameter("the name of a brief ends in .pdf", param_hint="OUT")
    view, unmade = chosen_view(language, **chosen), list[str]()
    try:
        with click.progressbar(length=1, label=out.name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            written = made(view, progress, unmade.append)
    except NoFont as problem:
        click.echo(f"dashboard: {problem}", err=True)
        sys.exit(FAULT)
    out.write_bytes(written)
    click.echo(f"Wrote {out}")
    end_if_unmade(unmade)


def _xlsx(out: Path, hint: str = "OUT") -> Path:
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter("the name of a workbook ends in .xlsx", param_hint=hint)
    return out


@click.command("import")
@click.argument("source", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option("--report", "marked", type=click.Path(path_type=Path, dir_okay=False), metavar="REPORT.xlsx",
              help="The file as a workbook, with the wrong cells marked and all problems listed.")  # fmt: skip
@click.option("--partial", is_flag=True, help="Import the good rows and list the refused ones.")
@click.option("--replace", multiple=True, metavar="SHEET", help="Delete the rows of this sheet's table that are not in "
              "the file; repeat for several.")  # fmt: skip
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Read 05/06/2014 day first, or month first.")
@click.option("--table", metavar="SHEET", help="Which table a CSV file holds, where neither name nor headings say it.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="How a CSV file's letters are written, if not told.")
@click.option("--undo", "batch", type=int, metavar="BATCH", help="Take exactly this batch back.")
@one_line
def import_(source: Path | None, batch: int | None, marked: Path | None, **chosen: Any) -> None:
    """Import records from SOURCE: a workbook (.xlsx, .ods), a CSV file, or a folder of them.

    Everything comes in, in one transaction, or nothing does. Exit code 1 when rows were refused, 2 when the database
    cannot be used.
    """
    url = settings().database_url
    if batch is not None:
        if source or marked or any(chosen.values()):
            raise click.UsageError("--undo stands alone")
        _undo(url, batch)
        return
    if source is None:
        raise click.UsageError("name the file or folder to import, or --undo BATCH")
    _import(url, source, marked and _xlsx(marked, "--report"), chosen)


def _undo(url: str, batch: int) -> None:
    from dashboard.imports.form import sheets
    from dashboard.imports.report import several
    from dashboard.imports.undo import undo

    touched = undo(url, batch)
    for name, rows in touched.items():
        click.echo(f"{sheets()[name].title('en')}: {several(rows, 'row')} as before")
    click.echo(f"Batch {batch} is taken back")


def _import(url: str, source: Path, marked: Path | None, chosen: dict[str, Any]) -> None:
    from dashboard.imports.load import Options, import_records
    from dashboard.imports.marked import write_marked

    if chosen["partial"] and chosen["replace"]:
        raise click.UsageError("--partial and --replace do not go together: refused rows would be deleted")
    chosen["replace"] = tuple(_table(name, "--replace") for name in chosen["replace"])
    chosen["table"] = chosen["table"] and _table(chosen["table"], "--table")
    engine.check_revision(url)
    unseen = not sys.stderr.isatty()
    with click.progressbar(length=1, label=source.name, file=sys.stderr, hidden=unseen) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        report = import_records(url, source, Options(**chosen), progress)
    if marked:
        write_marked(report, source, marked, chosen["encoding"])
    say(report.lines())
    if marked:
        click.echo(f"Wrote {marked}")
    sys.exit(REFUSED if report.problem_count else 0)


def _table(name: str, option: str) -> str:
    from dashboard.imports.form import sheets
    from dashboard.imports.load import table_of

    found = table_of(name)
    if found is None:
        known = ", ".join(sheet.title("en") for sheet in sheets().values())
        raise click.BadParameter(f"there is no sheet {name!r}; there are {known}", param_hint=option)
    return found
