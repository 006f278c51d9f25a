"""A talk: what each of its slides says, the same on the screen, in a slide file and read aloud.

A slide is named after the figure that it shows, `indicator-<key>` for a headline indicator, or `findings`; a talk is a
list of names, so that it can stand in an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.figures import captions
from dashboard.figures.data import table_name
from dashboard.figures.findings import Finding, findings
from dashboard.figures.measured import measured, say_change, say_detail, say_published, say_status, say_value
from dashboard.figures.model import Figure, View
from dashboard.figures.register import FIGURES, PAGES
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Measurement
from dashboard.queries import programme as ask

FINDINGS, INDICATOR = "findings", "indicator-"
MOST_FINDINGS = 6
"""On one slide; the most pressing come first."""

SETS: dict[str, tuple[str, ...]] = {
    "review": (
        FINDINGS, "results_chain", "headline_indicators", "progress-people_reached", "progress-help_desk_cases",
        "partnership_map", "pipeline", "case_volume", "within_standard", "success", "seminar_scores", "behaviour",
        "report_timeline", "reconciliation",
    ),
    "interest_group": (
        FINDINGS, "indicator-interest_group_members", "member_map", "membership", "joint_calls", "report_timeline",
        "partnership_map", "origins", "enquirer_countries", "service_use", "contact_point",
    ),
    "dialogue": (
        FINDINGS, "indicator-people_reached", "event_map", "reach_by_objective", "indicator-partnerships",
        "partnership_map", "partnerships_by_theme", "pipeline", "indicator-applications_supported", "pathways",
        "seminar_scores", "report_timeline",
    ),
}  # fmt: skip
"""The ready talks: for a Commission review, for the interest group, for an EU–Japan dialogue."""

SLIDES: tuple[str, ...] = (
    FINDINGS,
    *(f"{INDICATOR}{key}" for key in CATALOGUE),
    *(figure.name for page, figures in PAGES.items() if page != "data" for figure in figures),
)
"""Every slide there can be: what the record stands on is no finding to show."""


@dataclass(frozen=True)
class Slide:
    """One finding: its title, what it is shown for, what a reader must know, what it shows in words, where it is from
    and its definition. It shows a figure with what is drawn, an indicator, or findings; what of these it does not is
    None or empty. One that could not be made has a `problem`, which says so."""

    name: str
    title: str
    subtitle: str
    notes: tuple[str, ...]
    alt: str
    source: str
    about: tuple[tuple[str, str], ...]
    figure: Figure | None = None
    frame: pd.DataFrame | None = None
    indicator: Measurement | None = None
    findings: tuple[Finding, ...] = ()
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw in this selection; its title then says what would be."""
        return self.frame is not None and self.frame.empty


def chosen(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of the names in an address those that are slides, each once and in the given order, and the others."""
    known = list(dict.fromkeys(name for name in names if name in SLIDES))
    return known, [name for name in names if name not in SLIDES]


def set_title(name: str, view: View) -> str:
    """What a ready talk is called."""
    return view.words(f"talk.set.{name}")


def slide_title(name: str, view: View) -> str:
    """What a slide is called in a list to choose from."""
    if name == FINDINGS:
        return view.words("talk.findings")
    if name.startswith(INDICATOR):
        return view.words("talk.indicator", name=view.words(f"indicator.{name.removeprefix(INDICATOR)}.name"))
    figure = FIGURES[name]
    title = view.words(f"figure.{figure.key}.title")
    return view.words("talk.of", title=title, name=_variant(figure, view)) if figure.variant else title


def _variant(figure: Figure, view: View) -> str:
    if figure.key == "progress":
        return view.words(f"indicator.{figure.variant}.name")
    if figure.key == "public_table":
        return table_name(figure.variant, view)
    return view.words(f"talk.variant.{figure.variant}")


def slide(name: str, view: View) -> Slide:
    """A slide in a view; raises KeyError for a name that is none."""
    if name == FINDINGS:
        return _of_findings(view)
    if name.startswith(INDICATOR):
        return _of_indicator(name, view)
    figure = FIGURES[name]
    frame = figure.frame(view)
    title = view.words(f"figure.{figure.key}.title") if frame.empty else figure.say_title(frame, view)
    return Slide(
        name, title, captions.subtitle(figure, view), tuple(captions.notes(figure, frame, view)),
        view.words("empty.title") if frame.empty else figure.alt(frame, view), captions.source_line(figure, view),
        tuple(captions.about(figure, view)), figure, frame,
    )  # fmt: skip


def unmade(name: str, view: View) -> Slide:
    """What stands in for a slide that could not be made: that it could not, and the remedy."""
    title, remedy = view.words("unmade.slide", title=slide_title(name, view)), view.words("unmade.remedy")
    return Slide(name, title, captions.in_words(view), (), remedy, captions.records_line(view), (), problem=remedy)


def _of_findings(view: View) -> Slide:
    found = tuple(findings(view)[:MOST_FINDINGS])
    said = view.sentences(*(one.said for one in found))
    return Slide(
        FINDINGS, view.words("talk.findings"), captions.in_words(view), (), said, captions.records_line(view),
        tuple(captions.about_indicator("", view)), findings=found,
    )  # fmt: skip


def _of_indicator(name: str, view: View) -> Slide:
    key = name.removeprefix(INDICATOR)
    found = measured(CATALOGUE[key], view)
    value = say_value(found, view)
    title = view.words("talk.measured", name=view.words(f"indicator.{key}.name"), value=value)
    said = [say_detail(found, view), say_status(found, view), say_change(found, view), say_published(found, view)]
    notes = tuple(one for one in said if one)
    return Slide(
        name, title, captions.in_words(view), notes, view.words("punctuation.dot").join((title, *notes)),
        captions.records_line(view), tuple(captions.about_indicator(key, view)), indicator=found,
    )  # fmt: skip


def programme_title(view: View) -> tuple[str, str]:
    """Acronym and full title of the programme, for a cover."""
    programme = view.localise(view.select(ask.programmes()), "title").iloc[0]
    return str(programme["acronym"]), str(programme["title"])
