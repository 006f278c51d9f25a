"""How long slides of each ready talk, the brief and every figure's files take, from the record to the bytes.

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
from dashboard.exports.formats import FORMATS
from dashboard.figures.briefing import brief
from dashboard.figures.files import file
from dashboard.figures.register import FIGURES
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


def briefs() -> None:
    """The brief in each language, on a record of its own."""
    for language in LANGUAGES:
        view = chosen_view(language, **NOTHING)
        started = time.perf_counter()
        made = brief(view, lambda *_: None)
        click.echo(f"brief  {language:24}{time.perf_counter() - started:>6.1f} s{len(made) / 1024:>8,.0f} KB")


def figures() -> None:
    """Every figure in each format: all together, and the slowest."""
    view = chosen_view(LANGUAGES[0], **NOTHING)
    for suffix, form in FORMATS.items():
        taken = {}
        for name, figure in FIGURES.items():
            if figure.draw or not form.is_picture:
                started = time.perf_counter()
                file(figure, figure.frame(view), view, suffix)
                taken[name] = time.perf_counter() - started
        slowest = max(taken, key=taken.__getitem__)
        said = f"{len(taken)} figures, the slowest {slowest} {taken[slowest]:.2f} s"
        click.echo(f"figures {suffix:23}{sum(taken.values()):>6.1f} s   {said}")


@click.command()
def main() -> None:
    """Print the seconds that every export takes."""
    with TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'demo.db'}"
        engine.create(os.environ["DASHBOARD_DATABASE_URL"], DEMO)
        slides()
        briefs()
        figures()


if __name__ == "__main__":
    main()
