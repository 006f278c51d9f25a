"""The figures of policy dialogue: the reports and what dialogues made of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts.tabled import tabled
from dashboard.figures.area import area_headline, standing
from dashboard.figures.dialogue_words import day, from_records, months, shown_period
from dashboard.figures.model import Figure, Tone, View
from dashboard.indicators.catalogue import keys_of
from dashboard.indicators.model import Strand
from dashboard.queries import dialogue as ask
from dashboard.text import format
from dashboard.text.cities import city

USED = ("discussed", "adopted")
"""What counts as use of a report, as in the indicator reports_used: being tabled alone does not."""


def headline(view: View) -> str:
    """What a reader should take away: how many reports, how far they were used, how large the group is; and whether
    that was the plan."""
    return standing(area_headline(view, Strand.DIALOGUE), view, *keys_of(Strand.DIALOGUE))


def _reports(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(subset=["code"])


def _uses(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in which a dialogue had a report before it."""
    return frame[frame["code"].notna() & frame["dialogue_code"].notna() & (frame["use"] != "not_tabled")]


def _unused(frame: pd.DataFrame) -> list[str]:
    """The codes of reports that no dialogue had."""
    had = set(_uses(frame)["code"])
    return [code for code in _reports(frame)["code"].unique() if code not in had]


def _bounds(frame: pd.DataFrame, view: View) -> tuple[str, str]:
    """The time drawn: the period, and what lies outside it of the reports' uses; some days more at either end."""
    period = shown_period(view)
    days = pd.concat([frame["published_on"], frame["held_on"]]).dropna()
    first = min([pd.Timestamp(period.first.first_day), *days])
    last = max([pd.Timestamp(period.last.after_last_day), *days])
    margin = (last - first) * 0.02
    return (first - margin).strftime("%Y-%m-%d"), (last + margin).strftime("%Y-%m-%d")


def _draw_timeline(frame: pd.DataFrame, view: View) -> Any:
    shown = view.localise(frame, "title", "dialogue")
    reports = _reports(shown).drop_duplicates("code")
    uses, unused = _uses(shown), _unused(shown)
    held = shown.dropna(subset=["dialogue_code"]).drop_duplicates("dialogue_code")
    papers = pd.DataFrame(
        {
            "name": reports["title"], "published": reports["published_on"],
            "word": [view.words("code.use.not_tabled") if code in unused else "" for code in reports["code"]],
            "hover": [
                view.words("figure.report_timeline.published", title=row.title, day=day(row.published_on, view))
                for row in reports.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    links = pd.DataFrame(
        {
            "name": uses["title"], "published": uses["published_on"], "held": uses["held_on"], "use": uses["use"],
            "word": [view.words(f"code.use.{use}") for use in uses["use"]],
            "hover": [
                view.words(
                    "figure.report_timeline.came_to",
                    title=row.title, use=view.words(f"code.use.{row.use}"), dialogue=row.dialogue,
                    day=day(row.held_on, view),
                )
                for row in uses.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    dialogues = pd.DataFrame(
        {
            "held": held["held_on"],
            "label": [
                city(place, country, view.language) or format.country(country, view.language)
                for place, country in zip(held["city"].fillna(""), held["country"], strict=True)
            ],
            "place": held["held_on"].dt.strftime(months(view)),
            "hover": [f"{row.dialogue} ({day(row.held_on, view)})" for row in held.itertuples(index=False)],
        }
    )  # fmt: skip
    return tabled(papers, links, dialogues, view.colours, *_bounds(frame, view), months(view))


def _say_timeline(frame: pd.DataFrame, view: View) -> str:
    reports, uses = _reports(frame)["code"].nunique(), _uses(frame)
    if not reports:
        return view.words("figure.report_timeline.no_report", dialogues=view.number(frame["dialogue_code"].nunique()))
    return view.words(
        "figure.report_timeline.finding",
        used=view.number(uses[uses["use"].isin(USED)]["code"].nunique()), reports=view.number(reports),
        adopted=view.number(uses[uses["use"] == "adopted"]["code"].nunique()), unused=view.number(len(_unused(frame))),
    )  # fmt: skip


def _judge_timeline(frame: pd.DataFrame, _view: View) -> Tone | None:
    """A weakness where no dialogue had a report that was there before one, a strength where they used each."""
    reports, uses, unused = _reports(frame), _uses(frame), _unused(frame)
    if (reports.loc[reports["code"].isin(unused), "published_on"] < frame["held_on"].max()).any():
        return Tone.BAD
    used = uses[uses["use"].isin(USED)]["code"]
    return Tone.GOOD if len(reports) and used.nunique() == reports["code"].nunique() else None


def _tell_timeline(frame: pd.DataFrame, view: View) -> str:
    """The finding, then each report with what came of it."""
    shown = view.localise(frame, "title", "dialogue")
    uses, said = _uses(shown), [_say_timeline(frame, view)]
    for code, report in _reports(shown).groupby("code", sort=False):
        came = [
            f"{view.words(f'code.use.{row.use}')} ({row.dialogue})"
            for row in uses[uses["code"] == code].itertuples(index=False)
        ]
        what = format.listing(came, view.language) or view.words("code.use.not_tabled")
        said.append(view.pair(report["title"].iloc[0], what))
    return "; ".join(said)


TIMELINE = Figure(
    "report_timeline", lambda view: view.frame(ask.timeline), _draw_timeline, _tell_timeline, ask.report_uses, "",
    title=_say_timeline, loosens=("period",), origin=from_records("reports_used"), judge=_judge_timeline,
)  # fmt: skip


def _say_table(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.table_alt", count=view.number(len(frame)))


TABLE = Figure(
    "report_table", lambda view: view.frame(ask.reports), None, _say_table, None, "", loosens=("period",),
    origin=from_records("reports"),
)  # fmt: skip
