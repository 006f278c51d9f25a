"""The command line: serve the dashboard (default), keep its database, print and check its indicators."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from dashboard.commands import records, slides
from dashboard.commands.choosing import chosen_filters, filter_options, open_record
from dashboard.commands.saying import say
from dashboard.database import engine
from dashboard.filters import Filters
from dashboard.settings import DEMO, settings

P = ParamSpec("P")
R = TypeVar("R")
FAULT = 2


def one_line(command: Callable[P, R]) -> Callable[P, R]:
    """End with exit code 2 and one line, no traceback, when the database cannot be used."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (engine.DatabaseProblem, engine.AlreadyThere) as problem:
            click.echo(f"dashboard: {problem}", err=True)
            sys.exit(FAULT)

    return guarded


class ServeByDefault(click.Group):
    """Without a command, or with streamlit's flags alone, serves the dashboard."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        serves = not args or (args[0].startswith("-") and args[0] != "--help")
        return super().parse_args(ctx, ["serve", *args] if serves else args)


@click.group(cls=ServeByDefault)
def main() -> None:
    """Serve the dashboard, or do what the command says. Streamlit's own flags are passed on to the server."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@one_line
def serve(arguments: tuple[str, ...]) -> None:
    """Serve the dashboard; builds the demonstration database first when the default database is not there yet."""
    from dashboard.server import serve as run

    build_default()
    run(list(arguments))


def build_default() -> None:
    """Build the demonstration database at the default address where there is no file yet."""
    url = settings().database_url
    default = type(settings()).model_fields["database_url"].default
    path = Path(url.removeprefix("sqlite:///"))
    if url == default and not path.exists():
        click.echo(f"Building the demonstration database at {path}")
        engine.create(url, DEMO)


@main.group()
def database() -> None:
    """Create, upgrade and describe the programme database (DASHBOARD_DATABASE_URL)."""


@database.command()
@click.option("--empty", is_flag=True, help="The schema alone, for a programme's own records.")
@one_line
def create(empty: bool) -> None:
    """Create the database: with the demonstration records, or empty. An existing one is never overwritten."""
    url = settings().database_url
    engine.create(url, None if empty else DEMO)
    click.echo(f"Created {engine.public_address(url)}")


@database.command()
@one_line
def upgrade() -> None:
    """Bring the database's schema up to date."""
    old, new = engine.upgrade(settings().database_url)
    click.echo(f"Already at revision {new}" if old == new else f"Upgraded from {old or 'nothing'} to {new}")


@database.command()
@one_line
def info() -> None:
    """Address (without password), revision, dataset, last import and rows a table."""
    found = engine.info(settings().database_url)
    datasets = ", ".join(f"{code}: {kind}" for code, kind in found.datasets.items())
    batch = found.last_import
    imported = f"{batch.file} at {batch.imported_at:%Y-%m-%d %H:%M} UTC" if batch else "-"
    click.echo(f"address      {found.address}\nrevision     {found.revision}")
    click.echo(f"dataset      {datasets or '-'}\nlast import  {imported}")
    for table, rows in found.rows.items():
        click.echo(f"{table:24}{rows:>9}")


@main.command()
@one_line
def check() -> None:
    """Compare every published figure with what the database gives; exit code 1 when one does not agree."""
    from dashboard.indicators.reconciliation import reconcile

    store, programme = open_record()
    found = reconcile(store, Filters(), programme)
    if not found:
        click.echo("The database holds no published figures.")
    for one in found:
        said = one.published
        recorded = f"{one.recorded:g}"
        verdict = "agrees" if one.agrees else "DIFFERS"
        click.echo(f"{said.indicator:34}{said.qualifier:>8}{said.value:>8g}{recorded:>10}  {verdict}")
    sys.exit(not all(one.agrees for one in found))


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--country", default="JP", show_default=True, metavar="ISO", help="Whose projects to keep.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this CSV or XLSX.")
@one_line
def import_cordis(source: Path, country: str, report: Path | None) -> None:
    """Import CORDIS bulk files (a ZIP, or a folder of some): the projects with a participant from a country, whole."""
    from dashboard.commands.cordis import checked, write_report
    from dashboard.imports import cordis

    checked(report)
    build_default()
    url = settings().database_url
    engine.check_revision(url)
    record = engine.writing_engine(url)
    try:
        unseen = not sys.stderr.isatty()
        with (
            engine.faults(url),
            click.progressbar(length=1, label=source.name, file=sys.stderr, hidden=unseen) as bar,
        ):

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            brought = cordis.import_cordis(record, source, country, progress)
    except cordis.CordisProblem as problem:
        click.echo(f"dashboard: {problem}", err=True)
        sys.exit(FAULT)
    finally:
        record.dispose()
    say(brought.lines())
    if report:
        write_report(brought, report)
        click.echo(f"Wrote {report}")


@main.command()
@filter_options
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@one_line
def indicators(form: str, **chosen: Any) -> None:
    """Print every headline indicator: key, value, target, status, period. The same numbers as the pages."""
    from dashboard.indicators.catalogue import INDICATORS
    from dashboard.indicators.model import measure, row

    store, programme = open_record()
    filters = chosen_filters(store, chosen)
    rows = [row(measure(indicator, filters, store, programme)) for indicator in INDICATORS]
    _print(rows, form)


def _print(rows: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        click.echo(f"{'key':34}{'value':>10}{'target':>10}  {'status':10}period")
        for row in rows:
            value, target = ("–" if row[name] is None else f"{row[name]:.6g}" for name in ("value", "target"))
            click.echo(f"{row['key']:34}{value:>10}{target:>10}  {row['status'] or '–':10}{row['period']}")


records.export.add_command(slides.slides)
for command in (records.template, records.import_, records.export):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
