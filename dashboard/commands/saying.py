"""Long lines in the terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

INDENT = " " * 4


def say(lines: Iterable[str]) -> None:
    """Print lines: whole, so that each can be searched, but folded between words where a terminal shows them."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        folded = textwrap.wrap(line, width, subsequent_indent=INDENT, break_on_hyphens=False) if width else [line]
        click.echo("\n".join(folded))
