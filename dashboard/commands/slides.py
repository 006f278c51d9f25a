"""`export slides`: a talk as a slide file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dashboard.commands.choosing import chosen_view, end_if_unmade, filter_options
from dashboard.commands.records import FAULT, one_line
from dashboard.text import LANGUAGES

BOTH = "both"


@click.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@filter_options
@click.option("--language", type=click.Choice([*LANGUAGES, BOTH]), default=LANGUAGES[0], show_default=True)
@click.option("--set", "ready", metavar="NAME", help="A ready talk: review, interest_group or dialogue.")
@click.option("--slide", "names", multiple=True, metavar="NAME", help="A slide of your choice; repeat for several.")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.pptx",
              help="A presentation whose layouts, fonts and colours are used.")  # fmt: skip
@one_line
def slides(
    out: Path, language: str, ready: str | None, names: tuple[str, ...], template: Path | None, **chosen: Any
) -> None:
    """Write slides (PPTX) with charts that can be edited, speaker notes and sources; the Commission review unless
    a set or slides are named."""
    from dashboard.exports.slide_look import NotATemplate
    from dashboard.figures.slideshow import slideshow

    if out.suffix.lower() != ".pptx":
        raise click.BadParameter("the name of a slide file ends in .pptx", param_hint="OUT")
    shown = _shown(ready, names)
    look = template.read_bytes() if template else None
    languages = LANGUAGES if language == BOTH else (language,)
    view, unmade = chosen_view(languages[0], **chosen), list[str]()
    try:
        with click.progressbar(length=1, label=out.name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            made = slideshow(shown, view, languages, progress, look, unmade.append)
    except NotATemplate as problem:
        click.echo(f"dashboard: {template}: {problem}", err=True)
        sys.exit(FAULT)
    out.write_bytes(made)
    click.echo(f"Wrote {len(shown)} slides, a cover and sources to {out}")
    end_if_unmade(unmade)


def _shown(ready: str | None, names: tuple[str, ...]) -> list[str]:
    """The names of the slides: of the set, then those named one by one."""
    from dashboard.figures.talk import SETS, chosen

    if ready is not None and ready not in SETS:
        raise click.BadParameter(f"there is no set {ready!r}; there are {', '.join(SETS)}", param_hint="--set")
    wanted = [*(SETS[ready] if ready else ()), *names] or [*SETS["review"]]
    known, unknown = chosen(wanted)
    if unknown:
        said = f"there is no slide {unknown[0]!r}; slides are called as figures are, for example pipeline, case_volume"
        raise click.BadParameter(f"{said}, indicator-events, findings", param_hint="--slide")
    return known
