"""The figure of the Horizon 2020 contact point in Japan: its cases, the applications these supported, its events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import native
from dashboard.charts.panels import Panel, panels
from dashboard.figures.dialogue_words import from_records, months, shown_period
from dashboard.figures.model import Figure, View
from dashboard.queries import contact_point as ask
from dashboard.queries import programme as programme_queries
from dashboard.text import format

MEASURES = ("cases", "applications", "events")
COUNTS = (*MEASURES, "known_results", "funded_applications")
QUARTER = pd.DateOffset(months=3)


def _quarters(view: View) -> pd.DataFrame:
    """Every quarter of the period, with zeros where nothing is counted; one that the period or today cuts is a part."""
    found = view.frame(ask.by_quarter)
    if found.empty:
        return found.assign(quarter_part=pd.Series(dtype="str"))
    period = shown_period(view)
    first, after = pd.Timestamp(period.first.first_day), pd.Timestamp(period.last.after_last_day)
    days = [first, after - pd.Timedelta(days=1), *found["quarter"]]
    quarters = pd.period_range(min(days), max(days), freq="Q").to_timestamp()
    frame = found.set_index("quarter").reindex(quarters, fill_value=0).rename_axis("quarter").reset_index()
    known_until = min(after, pd.Timestamp(view.programme.today) + pd.Timedelta(days=1))
    whole = (frame["quarter"] >= first) & (frame["quarter"] + QUARTER <= known_until)
    return frame.assign(quarter_part=whole.map({True: "whole", False: "part"}))


def _draw(frame: pd.DataFrame, view: View, form: Any = panels) -> Any:
    long = frame.melt(id_vars=["quarter", "quarter_part"], value_vars=list(MEASURES), var_name="panel")
    after = long["quarter"] + QUARTER
    names = {measure: view.words(f"figure.contact_point.{measure}") for measure in MEASURES}
    dated = view.localise(view.frame(programme_queries.milestones), "text")
    return form(
        pd.DataFrame(
            {
                "panel": long["panel"], "start": long["quarter"] + (after - long["quarter"]) * 0.08,
                "end": long["quarter"] + (after - long["quarter"]) * 0.92,
                "middle": long["quarter"] + (after - long["quarter"]) * 0.5, "group": "japan",
                "column": [format.quarter(day, view.language, "\n") for day in long["quarter"]],
                "value": long["value"].astype("float64"), "faint": long["quarter_part"] == "part",
                "count": [view.number(value) for value in long["value"]],
                "label": [
                    view.words(
                        f"figure.contact_point.hover_{row.quarter_part}",
                        quarter=format.quarter(row.quarter, view.language), measure=names[row.panel],
                        count=view.number(row.value),
                    )
                    for row in long.itertuples(index=False)
                ],
            }
        ),
        [Panel(measure, names[measure]) for measure in MEASURES],
        view.colours,
        {"japan": view.colours.japan},
        months(view),
        milestones=dated.assign(mark=[str(place) for place in range(1, len(dated) + 1)])[["date", "text", "mark"]],
    )  # fmt: skip


def _sums(frame: pd.DataFrame, view: View) -> dict[str, str]:
    return {count: view.number(frame[count].sum()) for count in COUNTS}


def _say(frame: pd.DataFrame, view: View) -> str:
    """How many cases supported how many applications, and how these fared where any has a result."""
    key = "finding" if frame["known_results"].sum() else "no_result"
    return view.words(f"figure.contact_point.{key}", **_sums(frame, view))


def _tell(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.contact_point.alt", **_sums(frame, view))


def _note(frame: pd.DataFrame, view: View) -> str:
    """What is known of the cases, and what the numbers on top are."""
    parts = (_known(frame, view), view.words("figure.contact_point.milestones"))
    return view.words("punctuation.space").join(part for part in parts if part)


def _natively(frame: pd.DataFrame, view: View) -> tuple[native.Native, ...]:
    """Without the milestones, which a native chart has no place for."""
    first, *others = _draw(frame, view, native.panels)
    return (replace(first, note=_known(frame, view)), *others)


def _known(frame: pd.DataFrame, view: View) -> str:
    """The share of funded applications with its interval, those without a result, and quarters that are not whole."""
    known, funded = int(frame["known_results"].sum()), int(frame["funded_applications"].sum())
    said = []
    if (interval := statistics.wilson(funded, known)) is not None:
        said.append(
            view.words(
                "figure.contact_point.share",
                share=format.share(funded / known, view.language), low=format.share(interval.low, view.language),
                high=format.share(interval.high, view.language), known=view.number(known),
                unknown=view.number(frame["applications"].sum() - known),
            )
        )  # fmt: skip
    if (frame["quarter_part"] == "part").any():
        said.append(view.words("figure.contact_point.parts"))
    return view.sentences(*said)


CONTACT_POINT = Figure(
    "contact_point", _quarters, _draw, _tell, ask.records, "", title=_say, note=_note,
    origin=from_records("contact_point", "theme", "side", "country"), native=_natively,
)  # fmt: skip
