"""The figures of the European Interest Group for Japan: its members, where and when, and its joint calls."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard import statistics
from dashboard.charts import native
from dashboard.charts.flatmap import flatmap
from dashboard.charts.shares import shares
from dashboard.charts.spans import spans
from dashboard.charts.stair import stair
from dashboard.figures.area import judge_interval
from dashboard.figures.dialogue_words import day, from_records, months, shown_period
from dashboard.figures.model import Figure, Tone, View
from dashboard.figures.partnerships import hover, land
from dashboard.maps.members import members
from dashboard.queries import dialogue as ask
from dashboard.text import format

NO_ARCS = pd.DataFrame(columns=["eu_longitude", "eu_latitude", "japan_longitude", "japan_latitude", "group"])
MEMBERS = from_records("interest_group_members")
CALLS = from_records("joint_calls", "theme")


def _end(view: View) -> pd.Timestamp:
    """Up to when membership is known: the last day of the period, or today in a period that has not ended."""
    period = shown_period(view)
    last = min(period.last.after_last_day - pd.Timedelta(days=1), view.programme.today)
    return pd.Timestamp(max(last, period.first.first_day))


def _members(view: View) -> pd.DataFrame:
    """Who was in the group at some time of the period."""
    return view.select(ask.member_places(view.filters.during(shown_period(view))))


def since(row: Any, view: View) -> str:
    """When a member joined and, if it has, left."""
    key = "since" if pd.isna(row.left) else "from_to"
    return view.words(f"dialogue.{key}", joined=day(row.joined, view), left=day(row.left, view))


def _places(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = view.localise(frame, "name").dropna(subset=["latitude", "longitude"])
    return pd.DataFrame(
        {
            "longitude": placed["longitude"].round(4), "latitude": placed["latitude"].round(4),
            "side": placed["side"], "member": placed["membership"] == "member", "code": placed["code"],
            "hover": [
                hover(row.name, format.country(row.country, view.language), since(row, view))
                for row in placed.itertuples(index=False)
            ],
        }
    )  # fmt: skip


def _deck(frame: pd.DataFrame, view: View, globe: bool) -> pdk.Deck:
    return members(_places(frame, view), view.colours, globe)


def _still(frame: pd.DataFrame, view: View) -> Any:
    places = _places(frame, view).assign(size=1.0).sort_values("member").drop_duplicates("code", keep="last")
    return flatmap(land(), NO_ARCS, places, {}, view.colours)


def _say_map(frame: pd.DataFrame, view: View) -> str:
    now = frame[frame["membership"] == "member"]
    return view.words(
        "figure.member_map.finding",
        members=view.number(now["code"].nunique()), countries=view.number(now["country"].nunique()),
        japan=view.number(now[now["side"] == "japan"]["code"].nunique()),
        left=view.number(len(set(frame["code"]) - set(now["code"]))),
    )  # fmt: skip


def _note_map(frame: pd.DataFrame, view: View) -> str:
    missing = int(frame["latitude"].isna().sum())
    said = view.words("figure.member_map.rings")
    unplaced = view.words("figure.member_map.unplaced", count=view.number(missing))
    return view.sentences(said, unplaced) if missing else said


MEMBER_MAP, MEMBER_GLOBE = (
    Figure(
        "member_map", _members, _still, _say_map, ask.members, "", title=_say_map, deck=partial(_deck, globe=globe),
        height=460, loosens=("period",), variant="globe" if globe else "", note=_note_map, origin=MEMBERS,
    )
    for globe in (False, True)
)  # fmt: skip


def _membership(view: View) -> pd.DataFrame:
    """The number of members at the period's start, after each change in it, and at its end."""
    first = pd.Timestamp(shown_period(view).first.first_day)
    found = view.select(ask.membership(view.filters.during(shown_period(view))))
    if found.empty:
        return found
    found = found[found["date"] <= _end(view)]
    before, after = found[found["date"] < first], found[found["date"] >= first]
    start = int(before["members"].iloc[-1]) if len(before) else 0
    now = int(found["members"].iloc[-1]) if len(found) else 0
    ends = [pd.DataFrame({"date": [date], "joining": 0, "leaving": 0, "members": count})
            for date, count in ((first, start), (_end(view), now))]  # fmt: skip
    return pd.concat([ends[0], after, ends[1]], ignore_index=True).astype({"members": "int64"})


def _draw_membership(frame: pd.DataFrame, view: View) -> Any:
    names = view.localise(_members(view), "name")
    changes = frame[frame["joining"] + frame["leaving"] > 0]
    return stair(
        frame.rename(columns={"members": "value"})[["date", "value"]],
        pd.DataFrame(
            {
                "date": changes["date"], "value": changes["members"],
                "kind": ["down" if row.leaving > row.joining else "up" for row in changes.itertuples(index=False)],
                "label": [
                    " ".join(
                        [f"+{view.number(row.joining)}"] * bool(row.joining)
                        + [f"−{view.number(row.leaving)}"] * bool(row.leaving)
                    )
                    for row in changes.itertuples(index=False)
                ],
                "hover": [
                    f"{day(date, view)}: "
                    + format.listing([*names[names["joined"].eq(date) | names["left"].eq(date)]["name"]], view.language)
                    for date in changes["date"]
                ],
            }
        ),
        view.colours,
        view.words("figure.membership.end", count=view.number(frame["members"].iloc[-1])),
        months(view),
    )  # fmt: skip


def _say_membership(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.membership.finding",
        first=view.number(frame["members"].iloc[0]), last=view.number(frame["members"].iloc[-1]),
        joined=view.number(frame["joining"].sum()), left=view.number(frame["leaving"].sum()),
    )  # fmt: skip


def _judge_membership(frame: pd.DataFrame, _view: View) -> Tone | None:
    gained = frame["members"].iloc[-1] - frame["members"].iloc[0]
    return judge_interval(gained, gained)


MEMBERSHIP = Figure(
    "membership", _membership, _draw_membership, _say_membership, ask.members, "", title=_say_membership,
    loosens=("period",), origin=MEMBERS, judge=_judge_membership,
)  # fmt: skip


def _draw_spans(frame: pd.DataFrame, view: View) -> Any:
    first, last = pd.Timestamp(shown_period(view).first.first_day), _end(view)
    shown = view.localise(frame, "name")
    return spans(
        pd.DataFrame(
            {
                "name": shown["name"], "group": shown["side"], "start": shown["joined"].clip(lower=first),
                "end": shown["left"].fillna(last).clip(upper=last), "open": shown["membership"] == "member",
                "label": [since(row, view) for row in shown.itertuples(index=False)],
                "hover": [view.pair(row.name, since(row, view)) for row in shown.itertuples(index=False)],
            }
        ),
        view.colours,
        {side: view.colours.side(side) for side in shown["side"].unique()},
        months(view),
    )  # fmt: skip


def _say_spans(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.member_spans.finding",
        members=view.number(frame[frame["membership"] == "member"]["code"].nunique()),
        all=view.number(frame["code"].nunique()),
    )  # fmt: skip


MEMBER_SPANS = Figure(
    "member_spans", _members, _draw_spans, _say_spans, ask.members, "", title=_say_spans, loosens=("period",),
    origin=MEMBERS,
)  # fmt: skip


def _calls(view: View) -> pd.DataFrame:
    """The calls, each with the share of its proposals that were funded, where both are known."""
    frame = view.frame(ask.joint_calls)
    known = (
        frame["proposals"].gt(0) & frame["funded_projects"].notna() & frame["funded_projects"].le(frame["proposals"])
    )
    together = frame[known]
    if len(together) > 1:
        name = view.words("figure.joint_calls.together", count=view.number(len(together)))
        sums = {key: together[key].sum() for key in ("proposals", "funded_projects")}
        frame = pd.concat([frame, pd.DataFrame([{"title": name, "title_ja": name, **sums}])], ignore_index=True)
        known = pd.concat([known, pd.Series([True])], ignore_index=True)
    intervals = [
        statistics.wilson(int(row.funded_projects), int(row.proposals)) if is_known else None
        for row, is_known in zip(frame.itertuples(index=False), known, strict=True)
    ]
    return frame.assign(
        success_share=(frame["funded_projects"] / frame["proposals"]).where(known),
        interval_low=pd.Series([one.low if one else None for one in intervals], dtype="float64"),
        interval_high=pd.Series([one.high if one else None for one in intervals], dtype="float64"),
    )


def _call_words(row: Any, view: View) -> str:
    """A call's outcome and budget in words; what is not recorded is said so."""
    share, low, high = (
        format.share(value, view.language) for value in (row.success_share, row.interval_low, row.interval_high)
    )
    if row.success_share == row.success_share:
        said = view.words(
            "figure.joint_calls.funded", funded=view.number(row.funded_projects), proposals=view.number(row.proposals),
            share=share, low=low, high=high,
        )  # fmt: skip
    elif pd.notna(row.proposals):
        said = view.words("figure.joint_calls.unknown", proposals=view.number(row.proposals))
    else:
        said = view.words("figure.joint_calls.no_proposals")
    if pd.isna(row.code):
        return said
    budget = (
        view.words("figure.joint_calls.no_budget")
        if pd.isna(row.budget_eur)
        else view.words("figure.joint_calls.budget", euros=view.number(row.budget_eur))
    )
    return view.words("punctuation.dot").join((said, budget))


def _draw_calls(frame: pd.DataFrame, view: View, form: Any = shares) -> Any:
    shown = view.localise(frame, "title")
    return form(
        pd.DataFrame(
            {
                "name": shown["title"], "share": shown["success_share"], "low": shown["interval_low"],
                "high": shown["interval_high"], "total": shown["code"].isna(),
                "group": ["all" if pd.isna(code) else "call" for code in shown["code"]],
                "label": [_call_words(row, view) for row in shown.itertuples(index=False)],
            }
        ),
        view.colours,
        {"call": view.colours.eu, "all": view.colours.text},
    )  # fmt: skip


def _calls_natively(frame: pd.DataFrame, view: View) -> native.Native:
    made: native.Native = _draw_calls(frame, view, partial(native.shares, measure=view.words("column.success_share")))
    return made


def _say_calls(frame: pd.DataFrame, view: View) -> str:
    calls = frame.dropna(subset=["code"])
    known = calls.dropna(subset=["success_share"])
    if known.empty:
        return view.words("figure.joint_calls.none_known", calls=view.number(len(calls)))
    return view.words(
        "figure.joint_calls.finding",
        funded=view.number(known["funded_projects"].sum()), proposals=view.number(known["proposals"].sum()),
        share=format.share(known["funded_projects"].sum() / known["proposals"].sum(), view.language),
        known=view.number(len(known)), unknown=view.number(len(calls) - len(known)),
    )  # fmt: skip


def _tell_calls(frame: pd.DataFrame, view: View) -> str:
    shown = view.localise(frame, "title")
    return "; ".join(view.pair(row.title, _call_words(row, view)) for row in shown.itertuples(index=False))


JOINT_CALLS = Figure(
    "joint_calls", _calls, _draw_calls, _tell_calls, ask.joint_calls, "", title=_say_calls, loosens=("period", "theme"),
    origin=CALLS, native=_calls_natively,
)  # fmt: skip


def _say_table(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.table_alt", count=view.number(len(frame)))


MEMBER_TABLE = Figure(
    "member_table",
    lambda view: view.frame(ask.members),
    None,
    _say_table,
    None,
    "",
    loosens=("period",),
    origin=MEMBERS,
)
CALL_TABLE = Figure(
    "call_table", lambda view: view.frame(ask.joint_calls), None, _say_table, None, "", loosens=("period", "theme"),
    origin=CALLS,
)  # fmt: skip
