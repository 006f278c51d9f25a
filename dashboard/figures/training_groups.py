"""Training by who took part: Japan apart from Europe, kinds of institution, countries."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import native
from dashboard.figures import training_measures as measures
from dashboard.figures.model import Figure, Tone, View
from dashboard.figures.training_behaviour import draw_applied
from dashboard.figures.training_learning import draw_scores, scores_natively
from dashboard.figures.training_measures import between, interval_words, missing_words, rows, signed
from dashboard.settings import suppression_threshold
from dashboard.text import format

LISTED = 3


def _scores_by(by: str) -> Figure:
    """Scores before and after by a group."""

    def say(frame: pd.DataFrame, view: View) -> str:
        shown = frame[(frame["scope"] != "all") & frame["gain"].notna()]
        names = measures.group_names(shown, by, view)
        if not names:
            return _nothing_to_compare(frame, "paired_scores", view)
        if len(names) == 2 and (shown["scope"] == "one").all() and (shown["paired_scores"] > 1).all():
            return _say_two(shown, names, by, view)
        if len(names) <= LISTED:
            parts = [_said(row, name, view) for row, name in zip(rows(shown), names, strict=True)]
            return view.words(f"figure.scores_by_{by}.finding", parts=view.words("training.and").join(parts))
        alone = shown[shown["scope"] == "one"]
        ranked = sorted(zip(alone["gain"], measures.group_names(alone, by, view), strict=True))
        (least, last), (most, first) = ranked[0], ranked[-1]
        return view.words(
            f"figure.scores_by_{by}.finding_range", least=signed(least, view), last=last, most=signed(most, view),
            first=first,
        )  # fmt: skip

    return Figure(
        f"scores_by_{by}",
        lambda view: measures.scores(view, by),
        lambda frame, view: draw_scores(frame, view, measures.group_names(frame, by, view), by),
        say, measures.results, "training_gain", title=say, note=_note, people=("paired_scores",),
        judge=_judge_sides if by == "side" else None,
        native=lambda frame, view: scores_natively(frame, view, measures.group_names(frame, by, view), by),
    )  # fmt: skip


def _judge_sides(frame: pd.DataFrame, _view: View) -> Tone | None:
    """Neither good nor bad, but to be known, where the intervals of the two sides lie apart."""
    sides = measures.single(frame).dropna(subset=["interval_low"])
    apart = len(sides) > 1 and sides["interval_low"].max() > sides["interval_high"].min()
    return Tone.PLAIN if apart else None


def _said(row: measures.Row, name: str, view: View) -> str:
    interval = interval_words(row.interval_low, row.interval_high, view, 1) if row.paired_scores > 1 else ""
    key = "training.named_gain" if interval else "training.named_gain_alone"
    return view.words(key, name=name, gain=signed(row.gain, view), interval=interval)


def _say_two(shown: pd.DataFrame, names: list[str], by: str, view: View) -> str:
    """Which of two groups gained more, where their intervals lie apart."""
    pair = sorted(zip(rows(shown), names, strict=True), key=lambda one: one[0].gain, reverse=True)
    (first, high), (last, low) = pair
    if first.interval_low <= last.interval_high:
        parts = view.words("training.and").join(_said(row, name, view) for row, name in pair)
        return view.words("figure.scores_by.alike", parts=parts)
    more, less = (
        view.words("training.gain_and_interval", gain=signed(row.gain, view), interval=between(row, view, 1))
        for row, _ in pair
    )
    return view.words(f"figure.scores_by_{by}.apart", first=high, last=low, more=more, less=less)


def _applied_by(by: str) -> Figure:
    """The share that applied what they learned by a group."""

    def say(frame: pd.DataFrame, view: View) -> str:
        shown = measures.single(frame)
        shown = shown[shown["share_percent"].notna()]
        names = measures.group_names(shown, by, view)
        if not names:
            return _nothing_to_compare(frame, "known_answers", view)
        shares = [format.share(share / 100, view.language) for share in shown["share_percent"]]
        lows, highs = shown["low_percent"], shown["high_percent"]
        alike = "overlap" if lows.max() <= highs.min() else "apart"
        key = f"figure.applied_by_{by}.finding_{alike if len(names) > 1 else 'one'}"
        parts = [
            view.words("training.named_share", name=name, share=share)
            for name, share in zip(names, shares, strict=True)
        ]
        return view.words(key, parts=format.listing(parts[:LISTED], view.language))

    return Figure(
        f"applied_by_{by}",
        lambda view: measures.applied(view, by),
        lambda frame, view: draw_applied(frame, view, measures.group_names(frame, by, view), by),
        say, measures.results, "applied_after_six_months", title=say, note=_note, people=("known_answers",),
        native=lambda frame, view: draw_applied(
            frame, view, measures.group_names(frame, by, view), by, native.intervals
        ),
    )  # fmt: skip


def _nothing_to_compare(frame: pd.DataFrame, n: str, view: View) -> str:
    """Where no group is large enough to be shown by itself."""
    return missing_words(measures.whole(frame), n, view) or view.words("training.all_small")


def _note(frame: pd.DataFrame, view: View) -> str:
    """Which groups are put together, where some are."""
    together = frame.loc[frame["scope"] == "together", "together"].sum()
    if not together:
        return view.words("training.note_none", threshold=view.number(suppression_threshold()))
    return view.words(
        "training.note_together", count=view.number(together), threshold=view.number(suppression_threshold())
    )  # fmt: skip


SCORES_BY_SIDE, SCORES_BY_KIND, SCORES_BY_COUNTRY = (
    _scores_by(by) for by in ("side", "organisation_kind", "country")
)  # fmt: skip
APPLIED_BY_SIDE, APPLIED_BY_KIND = (_applied_by(by) for by in ("side", "organisation_kind"))
