"""Contradictions and outliers that rules find in the record."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.data import HOLDINGS, table_name, whole
from dashboard.figures.model import View
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.reconciliation import AVERAGES
from dashboard.queries import quality
from dashboard.settings import suppression_threshold

OF_KINDS = ("training_other_kind", "report_other_kind")
"""Rules whose rows say a kind of activity."""
KNOWN = (*CATALOGUE, *AVERAGES.values())


def _in_words(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    return frame.assign(
        rule=[view.words(f"rule.{key}") for key in frame["rule"]],
        table_name=[table_name(name, view) for name in frame["table_name"]],
    )


def _checks(view: View) -> pd.DataFrame:
    return _in_words(view.select(quality.asked(suppression_threshold(), KNOWN)), view)


def _broken(view: View) -> pd.DataFrame:
    frame = view.select(quality.broken(suppression_threshold(), KNOWN))
    kinds = frame["rule"].isin(OF_KINDS)
    said = [view.words(f"code.activity_kind.{says}") if kind else says
            for says, kind in zip(frame["says"], kinds, strict=True)]  # fmt: skip
    return _in_words(frame.assign(says=said), view)


def _say_checks(frame: pd.DataFrame, view: View) -> str:
    finding = int((frame["found"] > 0).sum())
    return view.words(
        "figure.data_checks.finding" if finding else "figure.data_checks.none",
        finding=view.number(finding), rules=view.number(len(frame)), found=view.number(frame["found"].sum()),
    )  # fmt: skip


def _say_broken(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.data_broken.finding", found=view.number(len(frame)))


CHECKS = whole("data_checks", _checks, _say_checks, prose=("rule", "table_name", "examined", "found"))
BROKEN = whole("data_broken", _broken, _say_broken)


def headline(view: View) -> str:
    """How much the record holds, and how much of it breaks a rule."""
    held, asked = HOLDINGS.frame(view), CHECKS.frame(view)
    found = int(asked["found"].sum())
    return view.words(
        "data.headline" if found else "data.headline_none",
        rows=view.number(held["rows"].sum()), tables=view.number((held["rows"] > 0).sum()), found=view.number(found),
        rules=view.number(len(asked)),
    )  # fmt: skip
