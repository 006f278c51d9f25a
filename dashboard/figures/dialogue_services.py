"""The figures of the bilateral information services: which ran when, for whom, and how much they were used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
from babel import Locale

from dashboard.charts import native
from dashboard.charts.panels import Panel, panels
from dashboard.charts.spans import spans
from dashboard.database.schema import USE_MEASURES
from dashboard.figures.dialogue_words import day, from_records, months, shown_period
from dashboard.figures.model import Figure, Tone, View
from dashboard.filters import Month
from dashboard.queries import services as ask
from dashboard.text import format

SERVICES_OBEY = from_records("services", "side")
USE_OBEYS = from_records("service_use", "side")


def _in_words(codes: str, view: View) -> str:
    """Languages by name, from codes with commas between them; a code that has no name stays as it is."""
    names = Locale.parse(view.language).languages
    return format.listing([str(names.get(code.strip(), code.strip())) for code in codes.split(",")], view.language)


def _services(view: View) -> pd.DataFrame:
    frame = view.frame(ask.services)
    return frame.assign(languages=[_in_words(codes, view) for codes in frame["languages"]])


def _end(view: View) -> pd.Timestamp:
    """Up to when it is known that a service ran: the last day of the period, or today before that."""
    period = shown_period(view)
    last = min(period.last.after_last_day - pd.Timedelta(days=1), view.programme.today)
    return pd.Timestamp(max(last, period.first.first_day))


def _runs_on(frame: pd.DataFrame, view: View) -> pd.Series:
    return frame["ended"].isna() | (frame["ended"] > _end(view))


def _label(row: Any, view: View) -> str:
    return view.words(
        f"figure.services.{'since' if pd.isna(row.ended) else 'from_to'}",
        kind=view.words(f"code.service_kind.{row.service_kind}"), side=view.words(f"code.side.{row.side}"),
        languages=row.languages, started=day(row.started, view), ended=day(row.ended, view),
    )  # fmt: skip


def _draw_services(frame: pd.DataFrame, view: View) -> Any:
    first, last = pd.Timestamp(shown_period(view).first.first_day), _end(view)
    shown = view.localise(frame, "title")
    labels = [_label(row, view) for row in shown.itertuples(index=False)]
    return spans(
        pd.DataFrame(
            {
                "name": shown["title"], "group": shown["side"], "start": shown["started"].clip(lower=first, upper=last),
                "end": shown["ended"].fillna(last).clip(upper=last), "open": _runs_on(shown, view), "label": labels,
                "hover": [view.pair(name, label) for name, label in zip(shown["title"], labels, strict=True)],
            }
        ),
        view.colours,
        {side: view.colours.side(side) for side in shown["side"].unique()},
        months(view),
    )  # fmt: skip


def _say_services(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.services.finding",
        services=view.number(len(frame)), japan=view.number((frame["side"] == "japan").sum()),
        eu=view.number((frame["side"] == "eu").sum()), running=view.number(_runs_on(frame, view).sum()),
    )  # fmt: skip


def _tell_services(frame: pd.DataFrame, view: View) -> str:
    shown = view.localise(frame, "title")
    return "; ".join(view.pair(row.title, _label(row, view)) for row in shown.itertuples(index=False))


SERVICES = Figure(
    "services", _services, _draw_services, _tell_services, ask.services, "", title=_say_services,
    loosens=("period", "place"), origin=SERVICES_OBEY,
)  # fmt: skip


def _measures(frame: pd.DataFrame) -> list[str]:
    return [measure for measure in USE_MEASURES if (frame["measure"] == measure).any()]


def _unfinished(frame: pd.DataFrame, view: View) -> list[bool]:
    return [view.programme.unfinished(Month.of(month)) for month in frame["month"]]


def _draw_use(frame: pd.DataFrame, view: View, form: Any = panels) -> Any:
    frame = frame.dropna(subset=["value"])
    shown = view.localise(frame, "title")
    return form(
        pd.DataFrame(
            {
                "panel": shown["measure"], "start": shown["month"], "group": shown["side"], "series": shown["code"],
                "name": shown["title"], "value": shown["value"].astype("float64"), "faint": _unfinished(shown, view),
                "label": [
                    view.words(
                        "figure.service_use.hover",
                        title=row.title, month=format.month_of(row.month, view.language), count=view.number(row.value),
                        measure=view.words(f"code.measure.{row.measure}"),
                    )
                    for row in shown.itertuples(index=False)
                ],
            }
        ),
        [Panel(measure, view.words(f"figure.service_use.{measure}")) for measure in _measures(frame)],
        view.colours,
        {side: view.colours.side(side) for side in ("eu", "japan")},
        months(view),
    )  # fmt: skip


def _trend(totals: pd.Series) -> tuple[int, int] | None:
    """A measure's sums over its last twelve months and the twelve before, if it goes back so far."""
    last = totals.index.max()
    year = pd.DateOffset(months=12)
    if last - 2 * year + pd.DateOffset(months=1) < totals.index.min():
        return None
    recent = totals.index > last - year
    return int(totals[recent].sum()), int(totals[~recent & (totals.index > last - 2 * year)].sum())


def _finding(measure: str, totals: pd.Series, view: View) -> str:
    """A measure over all its services: subscribers are a number at a time, visits and downloads add up."""
    first, last = totals.index.min(), totals.index.max()
    if measure == "subscribers":
        return view.words(
            "figure.service_use.finding_subscribers",
            count=view.number(totals[last]), month=format.month_of(last, view.language),
            first=view.number(totals[first]), since=format.month_of(first, view.language),
        )  # fmt: skip
    trend = _trend(totals)
    if trend is None or trend[1] == 0:
        return view.words(f"figure.service_use.finding_{measure}", count=view.number(totals.sum()))
    now, before = trend
    changed = format.share(abs(now / before - 1), view.language)
    change = view.words(f"figure.service_use.{'fell' if now < before else 'grew'}", share=changed)
    return view.words(f"figure.service_use.trend_{measure}", change=change)


def _say_use(frame: pd.DataFrame, view: View) -> str:
    """Each measure in a few words; a month that has not ended is left out where there are others."""
    said = [_finding(measure, totals, view) for measure, totals in _totals(frame, view)]
    return view.words("punctuation.dot").join(said) or view.words("figure.service_use.title")


def _totals(frame: pd.DataFrame, view: View) -> Iterator[tuple[str, pd.Series]]:
    """Each measure's sums a month over all its services."""
    finished = frame[[not unfinished for unfinished in _unfinished(frame, view)]]
    for measure in _measures(frame):
        rows = finished[finished["measure"] == measure]
        rows = rows if len(rows) else frame[frame["measure"] == measure]
        totals = rows.groupby("month")["value"].sum(skipna=False).dropna()  # a month of which a part is hidden has none
        if len(totals):
            yield measure, totals


def _judge_use(frame: pd.DataFrame, view: View) -> Tone | None:
    """Whether the use of services grew: a strength where all did of which it is told, a weakness where none did."""
    grown = set()
    for measure, totals in _totals(frame, view):
        if measure == "subscribers":
            now, before = totals[totals.index.max()], totals[totals.index.min()]
        else:
            now, before = _trend(totals) or (0, 0)
        if before and now != before:
            grown.add(bool(now > before))
    if not grown:
        return None
    return Tone.PLAIN if len(grown) > 1 else Tone.GOOD if True in grown else Tone.BAD


def _note_use(frame: pd.DataFrame, view: View) -> str:
    said = view.words("figure.service_use.people")
    unfinished = any(_unfinished(frame, view))
    return view.sentences(said, view.words("figure.service_use.unfinished")) if unfinished else said


SERVICE_USE = Figure(
    "service_use", lambda view: view.frame(ask.use_by_month), _draw_use, _say_use, ask.use_by_month, "", title=_say_use,
    loosens=("period", "place"), note=_note_use, origin=USE_OBEYS, native=partial(_draw_use, form=native.panels),
    people=("value",), judge=_judge_use,
)  # fmt: skip


def _say_table(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.table_alt", count=view.number(len(frame)))


TABLE = Figure(
    "service_table", _services, None, _say_table, None, "", loosens=("period", "place"), origin=SERVICES_OBEY
)
