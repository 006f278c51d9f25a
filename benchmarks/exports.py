"""How long an export of each ready talk takes, from the record to the file's bytes.

python -m benchmarks.exports
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from dashboard.commands.choosing import chosen_view
from dashboard.database import engine
from dashboard.figures.slideshow import slideshow
from dashboard.figures.talk import SETS
from dashboard.settings import DEMO
from dashboard.text import LANGUAGES

NOTHING = {"first": None, "last": None, "theme": (), "side": (), "country": (), "programme": None}


def slides() -> None:
    """Each set in each language and in both, on a record of its own; what was drawn before is remembered, as it is
    for the visitors of a page."""
    for name, shown in SETS.items():
        for languages in (*((one,) for one in LANGUAGES), LANGUAGES):
            view = chosen_view(languages[0], **NOTHING)
            started = time.perf_counter()
            made = slideshow(shown, view, languages)
            seconds = time.perf_counter() - started
            click.echo(f"slides {name:16}{'+'.join(languages):8}{seconds:>6.1f} s{len(made) / 1024:>8,.0f} KB")


@click.command()
def main() -> None:
    """Print the seconds that every export takes."""
    with TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'demo.db'}"
        engine.create(os.environ["DASHBOARD_DATABASE_URL"], DEMO)
        slides()


if __name__ == "__main__":
    main()
