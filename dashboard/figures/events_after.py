"""After the event: help-desk cases before and after each, and what names an event as its origin."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import grid, native
from dashboard.charts.pairs import pairs
from dashboard.charts.ranges import ranges
from dashboard.figures.area import judge_results
from dashboard.figures.events import held_at
from dashboard.figures.events_origin import recorded
from dashboard.figures.events_words import KINDS, SIDES, sides
from dashboard.figures.model import Figure, Tone, View
from dashboard.filters import Filters
from dashboard.queries import aftermath as ask
from dashboard.text import format

AROUND = recorded("around")
ORIGIN = recorded("origin")
ROWS_DRAWN = 15


def _around(view: View) -> pd.DataFrame:
    """Only activities whose windows are over and lie in the programme's term: the others cannot be compared."""
    frame = view.frame(ask.around)
    return frame[frame["whole"]].drop(columns="whole").reset_index(drop=True)


def _compared(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    """A group's cases before and after: sums, means an activity and their ratio, each with its 95 % interval."""
    row: dict[str, Any] = {"compared": name, "activities": len(frame)}
    for when in ("before", "after"):
        counts = frame[f"cases_{when}"]
        mean = statistics.mean_interval(counts)
        row |= {
            f"cases_{when}": int(counts.sum()), f"mean_{when}": mean.value if mean else None,
            f"{when}_low": max(mean.interval.low, 0.0) if mean and mean.interval else None,
            f"{when}_high": mean.interval.high if mean and mean.interval else None,
        }  # fmt: skip
    ratio = statistics.poisson_rate_ratio(row["cases_before"], row["cases_after"])
    if ratio is None or not row["cases_before"]:
        return row | {"rate_ratio": None, "ratio_low": None, "ratio_high": None}
    return row | {"rate_ratio": ratio.ratio, "ratio_low": ratio.interval.low, "ratio_high": ratio.interval.high}


def _groups(view: View) -> pd.DataFrame:
    """A row for all activities, for all without the cases that name them, and for each kind and each side."""
    frame = _around(view)
    if frame.empty:
        return frame
    unnamed = frame.assign(
        cases_before=frame["cases_before"] - frame["naming_before"],
        cases_after=frame["cases_after"] - frame["naming_after"],
    )
    rows = [_compared("all", frame), _compared("unnamed", unnamed)]
    for column, names in (("activity_kind", KINDS), ("side", SIDES)):
        present = [name for name in names if (frame[column] == name).any()]
        if len(present) > 1:
            rows += [_compared(name, frame[frame[column] == name]) for name in present]
    made = pd.DataFrame(rows)
    numbers = [name for name in made if name not in ("compared", "activities", "cases_before", "cases_after")]
    return made.astype(dict.fromkeys(numbers, "float64"))


def _ratio(row: Any, view: View) -> str:
    if row.rate_ratio != row.rate_ratio:
        return view.words("figure.cases_around.no_ratio")
    ratio, low, high = (view.number(one, 2, fixed=True) for one in (row.rate_ratio, row.ratio_low, row.ratio_high))
    return view.words("figure.cases_around.ratio", ratio=ratio, low=low, high=high)


def _draw_groups(frame: pd.DataFrame, view: View, form: Any = ranges) -> Any:
    before, after = (view.words(f"events.{when}") for when in ("before", "after"))
    rows = []
    for row in frame.itertuples(index=False):
        name = view.words(
            "events.compared", name=view.words(f"code.compared.{row.compared}"), n=view.number(row.activities)
        )
        less, more = (view.number(mean, 1, fixed=True) for mean in (row.mean_before, row.mean_after))
        rows += [
            (name, before, row.mean_before, row.before_low, row.before_high, less),
            (name, after, row.mean_after, row.after_low, row.after_high,
             view.words("events.mean_and_ratio", mean=more, ratio=_ratio(row, view))),
        ]  # fmt: skip
    drawn = pd.DataFrame(rows, columns=["name", "series", "value", "low", "high", "label"])
    return form(drawn, view.colours, {before: view.colours.muted, after: view.colours.text})


def _say_groups(frame: pd.DataFrame, view: View) -> str:
    every, unnamed = frame.iloc[0], frame.iloc[1]
    said = {"before": view.number(every["cases_before"]), "after": view.number(every["cases_after"]),
            "n": view.number(every["activities"])}  # fmt: skip
    if every["rate_ratio"] != every["rate_ratio"] or unnamed["rate_ratio"] != unnamed["rate_ratio"]:
        return view.words("figure.cases_around.counts", **said)
    said |= {"ratio": view.number(every["rate_ratio"], 2), "unnamed": view.number(unnamed["rate_ratio"], 2)}
    return view.words(f"figure.cases_around.{_turn(frame)}", **said)


def _turn(frame: pd.DataFrame) -> str:
    """How cases after compare with those before, and whether those that name no activity do so too."""
    every, unnamed = frame.iloc[0], frame.iloc[1]
    if every["ratio_low"] > 1:
        return "more" if unnamed["ratio_low"] > 1 else "reversed" if unnamed["ratio_high"] < 1 else "named_only"
    return "fewer" if every["ratio_high"] < 1 else "alike"


def _judge_groups(frame: pd.DataFrame, _view: View) -> Tone | None:
    return {"more": Tone.GOOD, "fewer": Tone.BAD}.get(_turn(frame))


def _note_groups(frame: pd.DataFrame, view: View) -> str:
    left_out = len(view.frame(ask.around)) - int(frame["activities"].iloc[0])
    said = view.words("figure.cases_around.proof")
    missing = view.words("events.left_out", count=view.number(left_out))
    return view.sentences(said, missing) if left_out else said


CASES_AROUND = Figure(
    "cases_around", _groups, _draw_groups, _say_groups, ask.cases_around, "", title=_say_groups, note=_note_groups,
    origin=AROUND, native=partial(_draw_groups, form=native.ranges), judge=_judge_groups,
)  # fmt: skip


def _each(view: View, kind: str) -> pd.DataFrame:
    frame = _around(view)
    return frame[frame["activity_kind"] == kind].reset_index(drop=True)


def _dated(frame: pd.DataFrame, view: View) -> list[str]:
    """Activities by month, place and code."""
    return [
        view.words(
            "events.dated", month=format.month_of(row.start, view.language), code=row.code,
            place=view.city(row.city if isinstance(row.city, str) else None, row.country)
            or format.country(row.country, view.language),
        )
        for row in frame.itertuples(index=False)
    ]  # fmt: skip


def _draw_each(frame: pd.DataFrame, view: View) -> Any:
    shown = view.localise(frame, "title")
    drawn = pd.DataFrame(
        {
            "name": _dated(shown, view),
            "side": shown["side"], "before": shown["cases_before"], "after": shown["cases_after"],
            "label": [
                view.words("events.naming", count=view.number(count)) if count else ""
                for count in shown["naming_after"]
            ],
            "hover": [
                view.words("events.pair_hover", title=row.title, before=view.number(row.cases_before),
                           after=view.number(row.cases_after), naming=view.number(row.naming_after))
                for row in shown.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    return pairs(drawn, sides(frame, view), view.colours)


def _say_each(frame: pd.DataFrame, view: View, kind: str) -> str:
    rose, fell = frame["cases_after"] > frame["cases_before"], frame["cases_after"] < frame["cases_before"]
    return view.words(
        f"figure.cases_around_{kind}.finding", all=view.number(len(frame)), more=view.number(rose.sum()),
        fewer=view.number(fell.sum()), same=view.number((~rose & ~fell).sum()),
    )  # fmt: skip


def _note_each(frame: pd.DataFrame, view: View, kind: str) -> str:
    held = view.frame(ask.around)
    left_out = int((held["activity_kind"] == kind).sum()) - len(frame)
    said = view.words("events.ring_and_dot")
    missing = view.words("events.left_out", count=view.number(left_out))
    return view.sentences(said, missing) if left_out else said


def _cases_of_kind(filters: Filters, kind: str) -> Any:
    return ask.cases_around(filters, kind)


AROUND_EVENTS, AROUND_PRESENTATIONS = (
    Figure(
        f"cases_around_{kind}", partial(_each, kind=kind), _draw_each, partial(_say_each, kind=kind),
        partial(_cases_of_kind, kind=kind), "", title=partial(_say_each, kind=kind),
        note=partial(_note_each, kind=kind), origin=AROUND,
    )
    for kind in KINDS
)  # fmt: skip

NAMED = ("cases", "applications", "funded_applications", "partnerships")


def _followed(view: View) -> pd.DataFrame:
    """Activities that something names, those with most applications, partnerships and cases first."""
    frame = view.frame(ask.followed)
    named = frame[frame[list(NAMED)].sum(axis=1) > 0]
    by = ["applications", "partnerships", "cases", "start"]
    return named.sort_values(by, ascending=[False, False, False, True], ignore_index=True)


def _draw_followed(frame: pd.DataFrame, view: View) -> Any:
    shown = frame.head(ROWS_DRAWN)
    rows = _dated(shown, view)
    cells = pd.concat(
        [
            pd.DataFrame({"row": rows, "column": view.words(f"events.named_{name}"),
                          "value": shown[name] / max(shown[name].max(), 1),
                          "label": [view.number(count) for count in shown[name]]})
            for name in NAMED
        ],
        ignore_index=True,
    )  # fmt: skip
    return grid.grid(cells, view.colours, view.words("figure.followed.count"))


def _say_followed(frame: pd.DataFrame, view: View) -> str:
    sums = {name: frame[name].sum() for name in NAMED}
    key = "with" if sums["partnerships"] else "without"
    return view.words(
        f"figure.followed.{key}", activities=view.number(len(frame)), all=view.number(len(view.frame(ask.followed))),
        **{name: view.number(count) for name, count in sums.items()},
    )  # fmt: skip


def _note_followed(frame: pd.DataFrame, view: View) -> str:
    said = view.words("figure.followed.columns")
    if len(frame) <= ROWS_DRAWN:
        return said
    drawn = view.words("figure.followed.drawn", shown=view.number(ROWS_DRAWN), all=view.number(len(frame)))
    return view.sentences(said, drawn)


FOLLOWED = Figure(
    "followed", _followed, _draw_followed, _say_followed, held_at, "", title=_say_followed, note=_note_followed,
    origin=ORIGIN, judge=judge_results,
)  # fmt: skip
