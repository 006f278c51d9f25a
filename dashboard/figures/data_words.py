"""What the dashboard's words mean: every indicator's definition, and a glossary."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.captions import DEFINED
from dashboard.figures.data import whole
from dashboard.figures.model import View
from dashboard.indicators.catalogue import INDICATORS
from dashboard.text import words

TERMS = (
    "record", "as_of", "indicator", "target", "status", "published", "illustrative", "suppression", "batch", "theme",
    "side", "event", "presentation", "partnership_building", "partnership", "training", "case", "first_response",
    "service_standard", "supported_application", "dialogue", "interest_group", "information_service", "framework",
    "contradiction",
)  # fmt: skip
"""The glossary's terms in their order; their words stand under `glossary.<term>`."""


def _definitions(view: View) -> pd.DataFrame:
    known = words(view.language)
    rows = [
        {"indicator": one.key, "stage": one.stage.value, "strand": one.strand.value, "unit": one.unit.value}
        | {part: known.get(f"indicator.{one.key}.{part}") for part in DEFINED}
        | {"direction": view.words("definition.lower" if one.lower_is_better else "definition.higher")}
        for one in INDICATORS
    ]
    return pd.DataFrame(rows)


def _glossary(view: View) -> pd.DataFrame:
    said = [(view.words(f"glossary.{term}.term"), view.words(f"glossary.{term}.meaning")) for term in TERMS]
    return pd.DataFrame(said, columns=["term", "meaning"])


DEFINITIONS = whole(
    "data_definitions",
    _definitions,
    lambda frame, view: view.words("figure.data_definitions.finding", count=view.number(len(frame))),
    prose=("indicator", "stage", "strand", "definition"),
)
GLOSSARY = whole(
    "data_glossary",
    _glossary,
    lambda frame, view: view.words("figure.data_glossary.finding", count=view.number(len(frame))),
    prose=("term", "meaning"),
)
