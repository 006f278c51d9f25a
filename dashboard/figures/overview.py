"""The figures of the overview: the results chain, progress against plan, published against recorded."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.chain import chain
from dashboard.charts.progress import progress
from dashboard.figures import suppressed
from dashboard.figures.measured import measured
from dashboard.figures.model import Figure, View
from dashboard.filters import Period
from dashboard.indicators.catalogue import CATALOGUE, INDICATORS
from dashboard.indicators.model import Reckoning, Stage, Status, Strand, measure, months, planned, target_path
from dashboard.indicators.reconciliation import reconcile
from dashboard.queries import programme as programme_queries
from dashboard.text import format

STAGES = tuple(Stage)
PLANNED = tuple(indicator.key for indicator in INDICATORS if indicator.reckoning is Reckoning.SUM)
"""Indicators that add up over time, and so have a cumulative path."""


def headline(view: View) -> str:
    """What a reader should take away: how many indicators are on track or ahead of their path, and which are behind."""
    assessed = {
        indicator.key: measured.assessment.status
        for indicator in INDICATORS
        if (measured := measure(indicator, view.filters, view.store, view.programme)).assessment
    }
    if not assessed:
        is_planned = len(view.frame(programme_queries.targets)) > 0
        return view.words(f"overview.headline.{'unassessed' if is_planned else 'unplanned'}")
    behind = [key for key, status in assessed.items() if status is Status.BEHIND]
    met = len(assessed) - len(behind)
    if not behind:
        return view.words("overview.headline.all", met=met)
    names = format.listing([view.words(f"indicator.{key}.name") for key in behind[:3]], view.language)
    form = "some" if len(behind) <= 3 else "many"
    return view.words(f"overview.headline.{form}", met=met, all=len(assessed), behind=len(behind), names=names)


def _chain(view: View) -> pd.DataFrame:
    rows = []
    for strand in Strand:
        for column, stage in enumerate(STAGES):
            members = [one for one in INDICATORS if one.strand is strand and one.stage is stage]
            for line, indicator in enumerate(members):
                now = measure(indicator, view.filters, view.store, view.programme).now
                rows.append((strand.value, column, line, stage.value, indicator.key, now.value, indicator.unit.value))
    return pd.DataFrame(rows, columns=["strand", "column", "line", "stage", "indicator", "value", "unit"])


def _chain_words(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    values = [
        format.share(value, view.language)
        if unit == "share"
        else format.number(value, view.language, format.digits(unit))
        for value, unit in zip(frame["value"], frame["unit"], strict=True)
    ]
    return frame.assign(
        strand=[view.words(f"strand.{strand}") for strand in frame["strand"]],
        name=[
            view.words(f"indicator.{key}.short", count=value)
            for key, value in zip(frame["indicator"], values, strict=True)
        ],
        value=values,
    )


def _draw_chain(frame: pd.DataFrame, view: View) -> Any:
    stages = [view.words(f"stage.{stage}") for stage in STAGES]
    return chain(_chain_words(frame, view), view.colours, stages)


def _say_chain(frame: pd.DataFrame, view: View) -> str:
    said = [f"{row.name}: {row.value}" for row in _chain_words(frame, view).itertuples(index=False)]
    return view.words("figure.results_chain.alt", parts=format.listing(said, view.language))


RESULTS_CHAIN = Figure("results_chain", _chain, _draw_chain, _say_chain, records=None, indicator="")


@cache
def progress_of(key: str) -> Figure:
    """The cumulative count of an indicator against the path to its target."""
    indicator = CATALOGUE[key]

    def data(view: View) -> pd.DataFrame:
        record = months(indicator, view.filters, view.store)
        path = target_path(indicator, view.filters, view.store)
        period, elapsed = view.filters.period or view.programme.term, view.programme.elapsed
        begun = period.within(elapsed)
        told = {*record.steps(begun)} if begun else set()
        rows = [
            (
                pd.Timestamp(month.first_day),
                record.value(Period(period.first, month)).value if month in told else None,
                planned(indicator, path, Period(period.first, month), month.after_last_day) if path else None,
            )
            for month in period.months()
        ]
        frame = pd.DataFrame(rows, columns=["month", "actual", "planned"])
        return frame.astype({"actual": "float64", "planned": "float64"})

    def draw(frame: pd.DataFrame, view: View, form: Any = progress) -> Any:
        marks = view.localise(view.frame(programme_queries.milestones), "text")
        marks = marks.assign(mark=[str(place) for place in range(1, len(marks) + 1)])
        actual, plan = _last(frame, "actual"), _last(frame, "planned")
        labelled = frame.assign(
            month=frame["month"] + pd.offsets.MonthEnd(0),  # a sum up to a month's end lies behind what is in the month
            label=[
                view.words(
                    "figure.progress.hover",
                    month=format.month_of(row.month, view.language),
                    actual=view.number(row.actual), planned=view.number(row.planned),
                )
                for row in frame.itertuples(index=False)
            ]
        )  # fmt: skip
        return form(
            labelled,
            marks[["date", "text", "mark"]],
            view.colours,
            actual=view.words("figure.progress.actual", value=view.number(actual)),
            planned=view.words("figure.progress.planned", value=view.number(plan)),
            months="%b %Y" if view.language == "en" else "%Y-%m",
        )

    def title(frame: pd.DataFrame, view: View) -> str:
        name = view.words(f"indicator.{key}.name")
        actual, plan = _last(frame, "actual"), _last(frame, "planned")
        if actual is None:
            return view.words("figure.progress.title_plain", name=name)
        if plan is None:
            return view.words("figure.progress.title_alone", name=name, actual=view.number(actual))
        told = view.number(actual), view.number(plan)
        side = "equal" if told[0] == told[1] else "above" if actual > plan else "below"
        return view.words(f"figure.progress.title_{side}", name=name, actual=told[0], planned=told[1])

    def note(frame: pd.DataFrame, view: View) -> str:
        begun = frame["month"] <= pd.Timestamp(view.programme.elapsed.last.first_day)
        return suppressed.note(view) if frame.loc[begun, "actual"].isna().any() else ""

    return Figure(
        "progress", data, draw, title, indicator.records, key, title=title, height=300, variant=key, note=note,
        loosens=("period", *sorted(indicator.obeys)), native=partial(draw, form=native.progress),
    )  # fmt: skip


def _last(frame: pd.DataFrame, column: str) -> float | None:
    known = frame[column].dropna()
    return float(known.iloc[-1]) if len(known) else None


def _reconciliation(view: View) -> pd.DataFrame:
    rows = [
        (
            one.published.indicator, one.published.statement, one.published.statement_ja, one.published.qualifier,
            one.published.value, one.recorded, "agrees" if one.agrees else "differs", one.published.source_title,
        )
        for one in reconcile(view.store, view.filters, view.programme)
    ]  # fmt: skip
    columns = [
        "indicator",
        "statement",
        "statement_ja",
        "qualifier",
        "published",
        "recorded",
        "verdict",
        "published_in",
    ]
    return pd.DataFrame(rows, columns=columns)


def _say_reconciliation(frame: pd.DataFrame, view: View) -> str:
    agreeing = int((frame["verdict"] == "agrees").sum())
    key = "all" if agreeing == len(frame) else "some"
    return view.words(f"figure.reconciliation.title_{key}", agreeing=view.number(agreeing), all=view.number(len(frame)))


RECONCILIATION = Figure(
    "reconciliation", _reconciliation, None, _say_reconciliation, None, "", title=_say_reconciliation, loosens=()
)


def _headline_indicators(view: View) -> pd.DataFrame:
    """Every headline indicator's value beside its plan and target; a withheld value is empty."""
    found = [measured(one, view) for one in INDICATORS]
    return pd.DataFrame(
        {
            "stage": [one.indicator.stage.value for one in found],
            "indicator": [one.indicator.key for one in found],
            "unit": [one.indicator.unit.value for one in found],
            "value": [one.now.value for one in found],
            "planned": [one.assessment.planned if one.assessment else None for one in found],
            "target": [one.target for one in found],
            "status": [one.assessment.status.value if one.assessment else None for one in found],
        }
    ).astype({"value": "float64", "planned": "float64", "target": "float64"})


def _say_headline(_: pd.DataFrame, view: View) -> str:
    return headline(view)


HEADLINE_INDICATORS = Figure(
    "headline_indicators", _headline_indicators, None, _say_headline, None, "", title=_say_headline
)
