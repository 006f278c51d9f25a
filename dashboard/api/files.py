"""Tables as files for programs: codes in columns that keep their names in every language."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.api.answers import Answer, Asked
from dashboard.exports.formats import FORMATS, Content
from dashboard.figures.captions import records_line

SOURCE = "taken_from"
"""The column that says of each row where it was taken from, as a file may be read without anything around it."""


UNNAMEABLE = re.compile(r"[^A-Za-z0-9._-]")
LONGEST_NAME = 180


def csv_of(frame: pd.DataFrame, asked: Asked, name: str, source: str | None = None) -> Answer:
    """A frame as CSV to be kept under a name; `source` is said where the programme's own records are not it."""
    content = Content(frame, (SOURCE, source or records_line(asked.view)), "")
    return Answer(FORMATS["csv"].write(content), f"{FORMATS['csv'].mime}; charset=utf-8", attachment(f"{name}.csv"))


def attachment(name: str) -> dict[str, str]:
    """Lets a browser keep the answer under a name, without what a header or a file system could not take."""
    return {"Content-Disposition": f'attachment; filename="{UNNAMEABLE.sub("-", name)[-LONGEST_NAME:]}"'}
