"""What the figures of policy dialogue say alike: where a figure's numbers come from, and which filters apply to it."""

from __future__ import annotations

from dashboard.figures.model import Origin, View
from dashboard.filters import Period
from dashboard.queries.programme import programmes, themes
from dashboard.text import format, words

PARTS = ("definition", "numerator", "denominator", "why", "caveat", "source")


def months(view: View) -> str:
    """How a time axis writes its months."""
    return "%b %Y" if view.language == "en" else "%Y-%m"


def shown_period(view: View) -> Period:
    """The chosen period, or the programme's term."""
    return view.filters.period or view.programme.term


def day(value: object, view: View) -> str:
    """A date of a frame in words; a dash where there is none."""
    return format.day(value.date() if value == value and value is not None else None, view.language)  # type: ignore[attr-defined]


def from_records(definition: str, *obeys: str) -> Origin:
    """The words of a card whose definition is that of an indicator, or stands under `dialogue.about`, and which obeys
    the period and, of "theme", "side" and "country", those in `obeys`."""

    def about(view: View) -> list[tuple[str, str]]:
        known = words(view.language)
        said = {
            part: known.get(f"dialogue.about.{definition}.{part}", known.get(f"indicator.{definition}.{part}"))
            for part in PARTS
        }
        return [(view.words(f"definition.{part}"), written) for part, written in said.items() if written]

    def shown(view: View) -> str:
        parts = [format.period(shown_period(view), view.language)]
        chosen = {"theme": _themes(view), "side": _sides(view), "country": _countries(view)}
        parts += [format.listing(names, view.language) for name, names in chosen.items() if names and name in obeys]
        ignored = [
            view.words(f"dialogue.ignored_{name}") for name, names in chosen.items() if names and name not in obeys
        ]
        if ignored:
            parts.append(view.words("dialogue.ignored", filters=format.listing(ignored, view.language)))
        return view.words("punctuation.dot").join(parts)

    return Origin(about, shown, _line)


def _themes(view: View) -> list[str]:
    names = view.localise(view.select(themes()), "name")
    by_code = dict(zip(names["code"], names["name"], strict=True))
    return [by_code[code] for code in view.filters.themes]


def _sides(view: View) -> list[str]:
    return [view.words(f"filter.side_{side}") for side in view.filters.sides]


def _countries(view: View) -> list[str]:
    return [format.country(code, view.language) for code in view.filters.countries]


def _line(view: View) -> str:
    illustrative = bool((view.select(programmes())["dataset"] == "illustrative").any())
    key = "illustrative" if illustrative else "recorded"
    return view.words(f"figure.foot_{key}", read_at=format.moment(view.store.read_at, view.language))
