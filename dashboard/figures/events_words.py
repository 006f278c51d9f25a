"""What the figures of event reach say alike: activities, half-years, sides, and lists of what is drawn."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.model import View
from dashboard.text import format

KINDS = ("event", "presentation")
SIDES = ("eu", "japan", "other")


def months(view: View) -> str:
    """How a time axis writes its months."""
    return "%b %Y" if view.language == "en" else "%Y-%m"


def sides(frame: pd.DataFrame, view: View) -> dict[str, tuple[str, str]]:
    """Name and colour of each side that is in the frame."""
    present = set(frame["side"])
    return {side: (view.words(f"code.side.{side}"), view.colours.side(side)) for side in SIDES if side in present}


def named(kinds: pd.Series, view: View) -> list[str]:
    return [view.words(f"code.activity_kind.{kind}") for kind in kinds]


def place(city: object, country: str, view: View) -> str:
    """City, if it is known, and country."""
    known = view.city(city, country) if isinstance(city, str) else None
    return format.place(known, format.country(country, view.language), view.language)


def held(events: int, presentations: int, view: View) -> str:
    """How many of which kind, those of which there are none left out."""
    counts = {"event": int(events), "presentation": int(presentations)}
    parts = [
        view.words(f"events.{kind}_{'one' if count == 1 else 'many'}", count=view.number(count))
        for kind, count in counts.items()
        if count
    ]
    return view.words("events.held", events=parts[0], presentations=parts[1]) if len(parts) > 1 else "".join(parts)


def people(count: float, view: View) -> str:
    return format.quantity(count, "people", view.language)


def half_year(first_day: pd.Timestamp, view: View) -> str:
    return view.words(f"events.half_{1 if first_day.month < 7 else 2}", year=str(first_day.year))
