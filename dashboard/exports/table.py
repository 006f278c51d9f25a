"""A frame of codes as a table to be read: names in the viewer's language, columns in words."""

from functools import cache

import pandas as pd

from dashboard.text import format, text, words
from dashboard.text.cities import city

CITIES = {
    "city": "country", "eu_city": "eu_country", "japan_city": "japan_country", "focus_city": "focus_country",
    "partner_city": "partner_country",
}  # fmt: skip
COUNTS = ("participants", "response_days", "answers", "paired_scores", "known_answers", "applied_yes", "applied_no",
          "applied_unknown", "satisfied", "promoters", "detractors", "proposals", "funded_projects", "rows",
          "filled")  # fmt: skip
"""Whole numbers, which stay whole where some of them are hidden or not known."""
COUNTRIES = ("country", "eu_country", "partner_country", "focus_country")


def left_out(shown: tuple[int, int], every: tuple[int, int], language: str) -> str:
    """Of how many rows and columns a shortened table shows how many: of those alone of which it leaves some out."""
    cut = [name for name, one, other in zip(("rows", "columns"), shown, every, strict=True) if one < other]
    if not cut:
        return ""
    counts = dict(zip(("rows", "columns", "all_rows", "all_columns"), (*shown, *every), strict=True))
    said = {name: format.number(count, language) for name, count in counts.items()}
    return text(f"talk.cut.{'rows_and_columns' if len(cut) > 1 else cut[0]}", language, **said)


def localised(frame: pd.DataFrame, language: str, codes: bool = False) -> pd.DataFrame:
    """The frame with coded values, countries and titles in a language and its columns named in words.

    With `codes`, as in files, whatever is shown by a name keeps its code in a column before it. Raises KeyError for a
    column or a code that has no words.
    """
    shown: dict[str, pd.Series] = {}
    for column in frame.columns:
        name = str(column)
        if name.endswith("_ja") or name == "theme_code":
            continue
        label, code = text(f"column.{name}", language), _code(frame, name, language)
        if codes and code is not None:
            shown[text("column.with_code", language, column=label)] = code
        shown[label] = _named(frame, name, language)
    return pd.DataFrame(shown)


def _code(frame: pd.DataFrame, name: str, language: str) -> pd.Series | None:
    """The codes that a column's names stand for; None where it holds no names of codes."""
    if name == "theme":
        return frame.get("theme_code")
    return frame[name] if name == "indicator" or name in COUNTRIES or _is_coded(name, language) else None


def _named(frame: pd.DataFrame, name: str, language: str) -> pd.Series:
    values = frame[name].astype("Int64") if name in COUNTS else frame[name]
    if f"{name}_ja" in frame:
        return frame[f"{name}_ja"].where(frame[f"{name}_ja"].notna(), values) if language == "ja" else values
    if _is_coded(name, language):
        return values.map(lambda code: text(f"code.{name}.{code}", language), na_action="ignore")
    if name == "indicator":
        return values.map(lambda key: words(language).get(f"indicator.{key}.name", key), na_action="ignore")
    if name in CITIES:
        return _cities(frame, name, language)
    if name in COUNTRIES:
        return values.map(lambda code: format.country(code, language), na_action="ignore")
    return values


def _cities(frame: pd.DataFrame, column: str, language: str) -> pd.Series:
    """Cities by name and country; those of the Japanese side are in Japan."""
    names = frame[column].astype(object).where(frame[column].notna(), None)
    countries = frame[CITIES[column]] if CITIES[column] in frame else ["JP"] * len(frame)
    return pd.Series(
        [city(name, country, language) for name, country in zip(names, countries, strict=True)], index=frame.index
    )


def _is_coded(column: str, language: str) -> bool:
    return column in _coded(language)


@cache
def _coded(language: str) -> frozenset[str]:
    """The columns whose values have words under `code`."""
    return frozenset(key.split(".")[1] for key in words(language) if key.startswith("code."))
