"""Which organisations link others that nobody else links, in the network of framework projects."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from threading import Lock
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.ladder import ladder
from dashboard.figures.framework import figure, fills, names, placed, side
from dashboard.figures.model import View
from dashboard.filters import Filters
from dashboard.network import Standing, standings
from dashboard.queries import framework as ask
from dashboard.queries import framework_more as more
from dashboard.text import format

SHOWN, KEPT = 15, 32
COLUMNS = ("organisation_code", "name", "country", "city", "projects", "brokerage", "cut_off")

_found: OrderedDict[tuple[str, Filters], list[Standing]] = OrderedDict()
_lock = Lock()


def worked_out(view: View) -> bool:
    """Whether the network of this version and these filters has been worked out: until then it takes seconds."""
    return (view.version, view.filters) in _found


def work_out(view: View) -> list[Standing]:
    """Every organisation's standing, kept by version and filters; the longest unused are forgotten."""
    key = view.version, view.filters
    with _lock:
        if key in _found:
            _found.move_to_end(key)
            return _found[key]
    rows = view.frame(more.members)
    made = standings({project: list(codes) for project, codes in rows.groupby("eu_project_id")["organisation_code"]})
    with _lock:
        _found[key] = made
        while len(_found) > KEPT:
            _found.popitem(last=False)
    return made


def _brokers(view: View) -> pd.DataFrame:
    """Organisations that stand between others, the strongest first; `brokerage` in per cent."""
    made = [one for one in work_out(view) if one.brokerage > 0]
    stood = pd.DataFrame(
        {
            "organisation_code": [one.organisation for one in made],
            "brokerage": [one.brokerage * 100 for one in made], "cut_off": [one.cut_off for one in made],
        }
    ).astype({"organisation_code": "str"})  # fmt: skip
    known = view.frame(ask.organisations)
    known = known.assign(name=names(known, view))
    return stood.merge(known, on="organisation_code", how="left")[[*COLUMNS]]


def _percent(value: float, view: View) -> str:
    return format.share(value / 100, view.language, 1)


def _draw(frame: pd.DataFrame, view: View, form: Any = ladder) -> Any:
    first = frame.head(SHOWN)
    drawn = pd.DataFrame(
        {
            "key": first["organisation_code"],
            "name": [
                placed(row.name, row.country, view)
                for row in first.itertuples(index=False)
            ],
            "value": first["brokerage"],
            "group": [side(country) for country in first["country"]],
            "label": [
                view.words("framework.broker_label", share=_percent(row.brokerage, view),
                           projects=view.number(row.projects))
                for row in first.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    return form(drawn, view.colours, fills(view), view.words("column.brokerage"))


def _say(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    return view.words(
        "figure.framework_brokers.finding", name=top["name"], share=_percent(top["brokerage"], view),
        projects=view.number(top["projects"]),
    )  # fmt: skip


def _note(frame: pd.DataFrame, view: View) -> str:
    parts = [view.words("framework.brokers_note", shown=view.number(min(SHOWN, len(frame))),
                        all=view.number(len(frame)), organisations=view.number(len(work_out(view))))]  # fmt: skip
    alone = frame[frame["cut_off"] > 0].sort_values("cut_off", ascending=False, kind="stable")
    if len(alone):
        top = alone.iloc[0]
        parts.append(
            view.words("framework.brokers_alone", count=view.number(len(alone)), name=top["name"],
                       cut_off=view.number(top["cut_off"]))
        )  # fmt: skip
    parts.append(view.words("framework.brokers_caveat"))
    return view.words("punctuation.space").join(parts)


BROKERS = figure(
    "framework_brokers", _brokers, _draw, _say, note=_note, native=partial(_draw, form=native.ladder)
)
