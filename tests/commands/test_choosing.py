"""The options that every command about a selection shares, and the view they give."""

from __future__ import annotations

from typing import Any

import click
import pytest
from click.testing import CliRunner

from dashboard.commands.choosing import chosen_view, filter_options
from dashboard.filters import Filters, Month, Period

NOTHING: dict[str, Any] = {"first": None, "last": None, "theme": (), "side": (), "country": (), "programme": None}


@pytest.fixture(autouse=True)
def record(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", demo_url)


def test_the_options_arrive_by_name_in_the_order_of_the_help() -> None:
    @click.command()
    @filter_options
    def told(**chosen: Any) -> None:
        click.echo(chosen)

    options = "--from 2014-01 --to 2014-12 --theme biotechnology --side eu --country de --programme JEUPISTE"
    assert CliRunner().invoke(told, options.split()).stdout == (
        "{'first': '2014-01', 'last': '2014-12', 'theme': ('biotechnology',), 'side': ('eu',), 'country': ('de',), "
        "'programme': 'JEUPISTE'}\n"
    )
    assert CliRunner().invoke(told).stdout == f"{NOTHING}\n"
    shown = CliRunner().invoke(told, ["--help"]).stdout
    assert shown.index("--from") < shown.index("--to") < shown.index("--theme") < shown.index("--programme")


def test_the_view_has_language_filters_and_record_on_light_ground() -> None:
    view = chosen_view("ja", **NOTHING | {"first": "2014-01", "last": "2014-12", "country": ("de",)})
    year = Period(Month(2014, 1), Month(2014, 12))
    assert (view.language, view.dark, view.filters) == ("ja", False, Filters(period=year, countries=("DE",)))
    assert str(view.programme.term.first) == "2013-09"


def test_what_the_record_does_not_hold_is_a_wrong_use() -> None:
    with pytest.raises(click.UsageError, match="--theme tea: unknown; --country XX: unknown"):
        chosen_view("en", **NOTHING | {"theme": ("tea",), "country": ("XX",)})
