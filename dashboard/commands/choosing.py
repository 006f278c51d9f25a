"""The record and what of it a command is about: the same filters for every command, in the address's own terms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dashboard.database import engine
from dashboard.database.snapshot import take
from dashboard.filters import Filters, Month, Period, read
from dashboard.indicators.choices import choices
from dashboard.indicators.model import Programme
from dashboard.queries import programme as ask
from dashboard.settings import settings
from dashboard.store import Store

if TYPE_CHECKING:
    from dashboard.figures.model import View

C = TypeVar("C", bound=Callable[..., Any])
OPTIONS = (
    click.option("--from", "first", metavar="YYYY-MM", help="First month."),
    click.option("--to", "last", metavar="YYYY-MM", help="Last month, included."),
    click.option("--theme", multiple=True, metavar="CODE", help="Repeat for several."),
    click.option("--side", multiple=True, type=click.Choice(["eu", "japan"])),
    click.option("--country", multiple=True, metavar="ISO", help="ISO 3166 alpha-2; repeat for several."),
    click.option("--programme", metavar="CODE", help="Only where the database holds several."),
)


def filter_options(command: C) -> C:
    """Give a command the filters as options: first, last, theme, side, country and programme."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def open_record() -> tuple[Store, Programme]:
    """A store on a snapshot taken now, and the programme that its measurements need; raises DatabaseProblem."""
    url = settings().database_url
    store = Store(take(url))
    frame = store.frame(ask.programmes())
    if frame.empty:
        raise engine.DatabaseProblem("no_programme", engine.public_address(url), "the table programme is empty")
    term = Period(Month.of(frame["start"].min()), Month.of(frame["end"].max()))
    return store, Programme(term, datetime.now(UTC).date())


def chosen_filters(store: Store, chosen: Mapping[str, Any]) -> Filters:
    """The filters that the options of `filter_options` ask for; raises click.UsageError naming each that the record
    does not hold."""
    query = {"from": [chosen["first"]], "to": [chosen["last"]], "programme": [chosen["programme"]]}
    query = {key: values for key, values in query.items() if values[0]}
    query |= {key: list(chosen[key]) for key in ("theme", "side", "country")}
    filters, dropped = read(query, choices(store))
    if dropped:
        raise click.UsageError(
            "; ".join(f"--{drop.key} {drop.value}: {drop.reason.replace('_', ' ')}" for drop in dropped)
        )
    return filters


def end_if_unmade(names: Sequence[str]) -> None:
    """End with exit code 2 where figures could not be made, of which the file says so too."""
    if names:
        named = ", ".join(dict.fromkeys(names))
        click.echo(f"dashboard: could not be made: {named}; the file says so, the lines above say why", err=True)
        sys.exit(2)


def chosen_view(language: str, **chosen: Any) -> View:
    """The record as it is now, seen in a language with the filters of `filter_options`, on light ground; raises
    click.UsageError as `chosen_filters` does, and DatabaseProblem."""
    from dashboard.figures.model import View

    store, programme = open_record()
    return View(chosen_filters(store, chosen), language, False, programme, store.version, store)
