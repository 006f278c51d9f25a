"""What is said in the place of a count of people that is not told."""

from __future__ import annotations

import pandas as pd

from dashboard.disclosure import hidden_counts
from dashboard.figures.model import View
from dashboard.settings import suppression_threshold


def hidden(view: View) -> str:
    """What stands where the count would."""
    return view.words("suppressed.cell")


def counted(count: float | None, view: View) -> str:
    """A count, or that it is hidden."""
    return hidden(view) if pd.isna(count) else view.number(count)


def groups(sizes: pd.Series) -> frozenset[str]:
    """Which of several groups, whose sum is told, have a number that is not."""
    return hidden_counts(sizes.to_dict(), suppression_threshold())


def nothing(view: View) -> str:
    """What is said where every count of a figure is hidden."""
    return view.words("suppressed.nothing")


def note(view: View) -> str:
    return view.words("suppressed.note", threshold=view.number(suppression_threshold()))
