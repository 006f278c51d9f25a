"""What is said around a figure, on a page and in a file alike: what it is shown for, its notes and its source."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.figures import suppressed
from dashboard.figures.model import Figure, View
from dashboard.filters import Filters
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import ignored_filters, measure
from dashboard.indicators.reconciliation import reconcile
from dashboard.queries import programme as ask
from dashboard.store import remembered
from dashboard.text import format, words

DEFINED = ("definition", "numerator", "denominator", "why", "caveat", "source")


def theme_names(view: View) -> dict[str, str]:
    """Theme names by code in the viewer's language."""
    themes = view.localise(view.select(ask.themes()), "name")
    return dict(zip(themes["code"], themes["name"], strict=True))


def in_words(view: View) -> str:
    """The filters in one line: period, themes, sides, countries."""
    filters, names, language = view.filters, theme_names(view), view.language
    sides = [view.words(f"filter.side_{side}") for side in filters.sides]
    parts = [
        format.period(filters.period or view.programme.term, language),
        format.listing([names[code] for code in filters.themes], language) or view.words("filter.all_themes"),
        format.listing(sides, language),
        format.listing([format.country(code, language) for code in filters.countries], language),
    ]
    if not sides and not filters.countries:
        parts.append(view.words("filter.both_sides"))
    return view.words("punctuation.dot").join(filter(None, parts))


def subtitle(figure: Figure, view: View) -> str:
    """The measure with its unit, and what it is shown for."""
    measured = view.words(f"figure.{figure.key}.measure")
    if figure.origin:
        shown = figure.origin.shown(view)
    else:
        shown = in_words(_obeyed(figure, view)) if figure.loosens else format.period(view.programme.term, view.language)
    return view.words("figure.subtitle", measure=measured, shown=shown)


def _obeyed(figure: Figure, view: View) -> View:
    """The view without the filters that the figure's indicator knows nothing of."""
    ignored = ignored_filters(CATALOGUE[figure.indicator], view.filters) if figure.indicator in CATALOGUE else ()
    filters = view.filters
    if "theme" in ignored:
        filters = replace(filters, themes=())
    if "place" in ignored:
        filters = replace(filters, sides=(), countries=())
    return replace(view, filters=filters)


def notes(figure: Figure, frame: pd.DataFrame, view: View) -> list[str]:
    """What a reader must know of this selection's picture."""
    if frame.empty:
        return []
    said = [figure.note(frame, view)] if figure.note else []
    return [one for one in (*said, suppressed.note(view) if figure.hides(frame) else "") if one]


def loosen(figure: Figure, view: View) -> str:
    """What a reader can do where a figure is empty: which filter to loosen; or, where that would not help, that
    nothing is recorded yet."""
    if parts := _to_loosen(figure, view):
        return view.words("empty.loosen", filters=format.listing(parts, view.language))
    own = f"figure.{figure.key}.nothing"
    return view.words(own if own in words(view.language) else "empty.nothing")


def empty_title(figure: Figure, view: View) -> str:
    """That the selection leaves nothing of a figure, or that there is nothing of it in the record."""
    return view.words("empty.title" if _to_loosen(figure, view) else "empty.title_yet")


def _to_loosen(figure: Figure, view: View) -> list[str]:
    """The chosen filters that can have emptied a figure; none where it is empty without them."""
    filters = view.filters
    chosen = {
        "period": filters.period is not None,
        "theme": bool(filters.themes),
        "place": bool(filters.sides or filters.countries),
        "country": bool(filters.countries),
    }
    parts = [view.words(f"empty.{part}") for part in figure.loosens if chosen.get(part)]
    if not parts or figure.frame(replace(view, filters=Filters(programme=filters.programme))).empty:
        return []
    return parts


def is_illustrative(view: View) -> bool:
    """Whether any programme in the database holds illustrative records."""
    return remembered(
        ("illustrative", view.version), lambda: bool((view.select(ask.programmes())["dataset"] == "illustrative").any())
    )


def explained(view: View) -> str:
    """What illustrative records are; that their totals are the published ones only while they are."""
    key = ("totals as published", view.filters.programme, view.version)
    found = remembered(key, lambda: reconcile(view.store, view.filters, view.programme))
    return view.words("badge.explained" if found and all(one.agrees for one in found) else "badge.invented")


def source_line(figure: Figure, view: View) -> str:
    """Where the figures come from and as of when, with a word on illustrative records."""
    return figure.origin.line(view) if figure.origin else records_line(view)


def records_line(view: View) -> str:
    """The same for whatever is drawn from the programme's own records."""
    read_at = format.moment(view.store.read_at, view.language)
    return view.words(f"figure.foot_{'illustrative' if is_illustrative(view) else 'recorded'}", read_at=read_at)


def about(figure: Figure, view: View) -> list[tuple[str, str]]:
    """A figure's definition and source as label and text."""
    return figure.origin.about(view) if figure.origin else about_indicator(figure.indicator, view)


def about_indicator(key: str, view: View) -> list[tuple[str, str]]:
    """An indicator's definition as label and text; of several indicators ("") where theirs stand."""
    if not key:
        return [(view.words("definition.definition"), view.words("definition.several"))]
    indicator = CATALOGUE[key]
    known = words(view.language)
    lines = [
        (view.words(f"definition.{part}"), known[f"indicator.{key}.{part}"])
        for part in DEFINED
        if f"indicator.{key}.{part}" in known
    ]
    measured = measure(indicator, view.filters, view.store, view.programme)
    direction = view.words("definition.lower" if indicator.lower_is_better else "definition.higher")
    lines += [
        (view.words("definition.unit"), view.words(f"unit_name.{indicator.unit}")),
        (view.words("definition.direction"), direction),
    ]
    if measured.target is not None:
        lines += [
            (view.words(f"definition.{part}"), format.quantity(value, indicator.unit, view.language))
            for part, value in (("baseline", measured.baseline), ("target", measured.target))
        ]
    return [*lines, (view.words("definition.status"), view.words("definition.status_rule"))]
