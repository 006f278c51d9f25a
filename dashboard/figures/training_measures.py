"""What the figures of training share: answers by group as estimates, their names, and what is said of small groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pandas as pd

from dashboard import statistics
from dashboard.charts import answers
from dashboard.figures.area import judge_interval
from dashboard.figures.model import Judge, Tone, View
from dashboard.queries import training as ask
from dashboard.queries.common import EU_SIDE, JAPAN, Statement
from dashboard.settings import suppression_threshold
from dashboard.text import format

Ask = Callable[..., Statement]
Row = Any


@dataclass(frozen=True)
class Estimate:
    """The names of an estimate's numbers, and how they are reckoned from a row; None where nothing can be said."""

    names: tuple[str, ...]
    reckon: Callable[[Row], tuple[float | None, ...] | None]


SEMINAR = ("code", "title", "title_ja", "start", "city", "country", "side")
POINTS_DIGITS = 1
NAN = float("nan")
results = ask.results_by_seminar
"""The records behind every figure of answers."""


def rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)


def answered(view: View, query: Ask, by: str, n: str, estimate: Estimate | None = None) -> pd.DataFrame:
    """The sums of a query by group, and of all groups where there are several, with an estimate of each.

    How many answered stands in column `n`. `scope` says what a row is: one group, small groups put together, or all.
    Seminars stand in the order of time.
    """
    frame = view.select(query(view.filters, suppression_threshold(), by)).rename(columns={"n": n})
    sums = [str(name) for name in frame.columns if name != "key"]
    found = [{"scope": "one" if isinstance(row["key"], str) else "together", **row} for row in frame.to_dict("records")]
    found = with_all(found, sums)
    if by != "seminar":
        return framed([{by: row["key"], **row} for row in found], ["scope", by, *sums], estimate)
    seminars = {row["code"]: row for row in view.frame(ask.seminars).to_dict("records")}
    places = {code: place for place, code in enumerate(seminars)}
    found.sort(key=lambda row: places.get(row["key"], len(places)))
    placed = [{**dict.fromkeys(SEMINAR), **seminars.get(row["key"], {}), **row} for row in found]
    return framed(placed, ["scope", *SEMINAR, *sums], estimate)


def with_all(found: list[Any], sums: list[str]) -> list[Any]:
    """The rows and, where there are several, one of all of them."""
    if len(found) < 2:
        return found
    return [*found, {"scope": "all", "key": None, **{name: sum(row[name] for row in found) for name in sums}}]


def framed(found: list[Any], columns: list[str], estimate: Estimate | None = None) -> pd.DataFrame:
    """Rows as a frame with the numbers of an estimate each, all of them empty where it gives none.

    They are reckoned before there is a frame: on a handful of rows each step in pandas takes a millisecond.
    """
    names = estimate.names if estimate else ()
    told = {name: [row.get(name) for row in found] for name in columns} | {name: [] for name in names}
    if "start" in told:
        told["start"] = [pd.NaT if day is None else day for day in told["start"]]
    if estimate:
        for row in found:
            numbers = estimate.reckon(SimpleNamespace(**row)) or (None,) * len(names)
            for name, number in zip(names, numbers, strict=True):
                told[name].append(NAN if number is None else number)
    return pd.DataFrame(told)


def _ends(interval: statistics.Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)


def _gain(row: Row) -> tuple[float | None, ...] | None:
    """Mean scores before and after of the same people, the mean of their differences with its interval, Hedges' g."""
    if not row.paired_scores > 0:
        return None
    n = int(row.paired_scores)
    spread = (
        statistics.deviation_from_sums(n, row.before_sum, row.before_squares)
        + statistics.deviation_from_sums(n, row.after_sum, row.after_squares)
    ) / 2
    gain = statistics.paired_gain_from_sums(n, row.gain_sum, row.gain_squares, spread)
    assert gain is not None
    return row.before_sum / n, row.after_sum / n, gain.mean_difference, *_ends(gain.interval), gain.hedges_g


def _promoted(row: Row) -> tuple[float | None, ...] | None:
    """The net promoter score, −100 to 100, with its interval."""
    if not row.answers > 0:
        return None
    found = statistics.net_promoter_from_counts(int(row.promoters), int(row.passives), int(row.detractors))
    assert found is not None
    return found.score, *_ends(found.interval)


def _share(count: int, n: int) -> tuple[float, float, float] | None:
    """A share in per cent, with Wilson's interval."""
    interval = statistics.wilson(int(count), int(n)) if n > 0 else None
    return (100 * count / n, 100 * interval.low, 100 * interval.high) if interval else None


def _satisfied(row: Row) -> tuple[float | None, ...] | None:
    """How many gave 4 or 5, and their share."""
    count = row.rated_4 + row.rated_5
    share = _share(count, row.answers)
    return (count, *share) if share else None


SHARE = ("share_percent", "low_percent", "high_percent")
SATISFIED = Estimate(("satisfied", *SHARE), _satisfied)
APPLIED = Estimate(SHARE, lambda row: _share(row.applied_yes, row.known_answers))
PROMOTED = Estimate(("net_promoter", "interval_low", "interval_high"), _promoted)
GAIN = Estimate(("before", "after", "gain", "interval_low", "interval_high", "hedges_g"), _gain)


def scores(view: View, by: str) -> pd.DataFrame:
    frame = answered(view, ask.scores, by, "paired_scores", GAIN)
    return frame[[name for name in frame.columns if not name.endswith(("_sum", "_squares"))]]


def applied(view: View, by: str) -> pd.DataFrame:
    return answered(view, ask.applied, by, "known_answers", APPLIED)


def whole(frame: pd.DataFrame) -> Row:
    """The last row: of all groups, or the only one."""
    return next(rows(frame.tail(1)))


def single(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of one group each."""
    return frame[frame["scope"] == "one"]


def is_hidden(row: Row, n: str) -> bool:
    """Whether too few answered to say anything of a row."""
    return bool(pd.isna(getattr(row, n)))


def missing_words(row: Row, n: str, view: View) -> str | None:
    """What is said in the place of an estimate: too few answers, or none; None where there is one."""
    if is_hidden(row, n):
        return view.words("training.too_few", threshold=view.number(suppression_threshold()))
    return None if getattr(row, n) else view.words("training.no_answers")


def judge(low: str, high: str, level: float = 0.0) -> Judge:
    """Whether the interval of all groups, in these columns, lies above a level or below it."""

    def judged(frame: pd.DataFrame, _view: View) -> Tone | None:
        every = whole(frame)
        return judge_interval(getattr(every, low), getattr(every, high), level)

    return judged


def short_names(frame: pd.DataFrame, view: View) -> list[str]:
    """Each row's seminar by place and month (with its code where two share them), or what it holds."""
    plain = [_place_and_month(row, view) if row.scope == "one" else scope_name(row, view) for row in rows(frame)]
    return [
        view.words("training.with_code", name=name, code=row.code) if plain.count(name) > 1 else name
        for name, row in zip(plain, rows(frame), strict=True)
    ]


def long_names(frame: pd.DataFrame, view: View) -> list[str]:
    """The same with the seminar's title."""
    shown = view.localise(frame, "title")
    return [
        view.words("training.seminar", name=name, title=row.title) if row.scope == "one" else name
        for name, row in zip(short_names(frame, view), rows(shown), strict=True)
    ]


def group_names(frame: pd.DataFrame, by: str, view: View) -> list[str]:
    """Each row's kind of institution, country or side, or what it holds."""

    def named(code: str) -> str:
        return format.country(code, view.language) if by == "country" else view.words(f"code.{by}.{code}")

    return [
        named(getattr(row, by)) if row.scope == "one" else scope_name(row, view) for row in rows(frame)
    ]  # fmt: skip


def scope_name(row: Row, view: View) -> str:
    return view.words(f"training.{row.scope}", count=view.number(row.together))


def _place_and_month(row: Row, view: View) -> str:
    city = view.city(row.city, row.country) if isinstance(row.city, str) else None
    place = city or format.country(row.country, view.language)
    return view.words("training.place_and_month", place=place, month=format.month_of(row.start, view.language))


def sides(frame: pd.DataFrame, by: str) -> list[str]:
    """The fill of each row: its side's where it has one."""
    if by in ("seminar", "side"):
        found = frame["side"].astype(object).where(frame["scope"] == "one", "all")
        return [str(side) for side in found]
    if by == "country":
        known = {JAPAN: "japan"} | dict.fromkeys(EU_SIDE, "eu")
        return [known.get(code, "other") if code == code else "all" for code in frame["country"]]
    return ["all"] * len(frame)


def fills(view: View) -> dict[str, str]:
    colours = view.colours
    return {"eu": colours.eu, "japan": colours.japan, "other": colours.muted, "all": colours.muted}


def signed(value: float, view: View) -> str:
    return format.number(value, view.language, POINTS_DIGITS, sign=True, fixed=True)


def interval_words(low: float, high: float, view: View, digits: int = 0) -> str:
    ends = {"low": view.number(low, digits, fixed=True), "high": view.number(high, digits, fixed=True)}
    return view.words("training.interval", **ends)


def seminars(count: int, view: View) -> str:
    return view.words("training.seminars_one" if count == 1 else "training.seminars_many", count=view.number(count))


@dataclass(frozen=True)
class Totals:
    """The participants of all chosen seminars and how many answered anything; not a number where they are few."""

    participants: float
    answers: float


def totals(view: View) -> Totals:
    counts = view.frame(ask.totals).astype("float64").iloc[0]
    return Totals(counts["participants"], counts["answers"])


def say_silent(figure: str, frame: pd.DataFrame, n: str, view: View) -> str:
    """What is not known, and of how many participants, where not too few came or answered to say it."""
    people, answers_given = totals(view).participants, getattr(whole(frame), n)
    if pd.isna(people) or pd.isna(answers_given):
        return view.words(f"figure.{figure}.unknown_few")
    missing = view.number(max(people - answers_given, 0))
    return view.words(f"figure.{figure}.unknown", missing=missing, people=view.number(people))


def percents(row: Any, view: View) -> str:
    low, high = (format.share(end / 100, view.language) for end in (row.low_percent, row.high_percent))
    return view.words("training.interval", low=low, high=high)


def between(row: Any, view: View, digits: int = 0) -> str:
    """The interval of a row in words; a single answer has none."""
    if pd.isna(row.interval_low):
        return view.words("training.no_interval")
    return interval_words(row.interval_low, row.interval_high, view, digits)


def estimate_rows(frame: pd.DataFrame, names: list[str], by: str, labels: list[str]) -> pd.DataFrame:
    """What both pictures of estimates need beside the estimates."""
    return pd.DataFrame(
        {
            "key": [f"{place}" for place in range(len(frame))], "name": names, "label": labels,
            "strong": (frame["scope"] == "all").to_numpy(), "group": sides(frame, by),
        }
    )  # fmt: skip


def draw_answers(
    names: list[str], counts: dict[str, pd.Series], fills: dict[str, str], view: View, form: Any = answers.answers
) -> Any:
    """Counts by what was answered, the last of them apart."""
    parts = {part: view.words(f"training.part.{part}") for part in counts}
    drawn = [
        {"name": name, "part": parts[part], "value": count, "label": view.number(count)}
        for part, values in counts.items()
        for name, count in zip(names, values, strict=True)
        if count == count
    ]
    coloured = {parts[part]: fill for part, fill in fills.items()}
    frame = pd.DataFrame(drawn, columns=["name", "part", "value", "label"]).astype({"value": "float64"})
    return form(frame, coloured, names, view.colours)
