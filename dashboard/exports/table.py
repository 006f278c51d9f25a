"""A frame of codes as a table to be read: names in the viewer's language, columns in words."""

from functools import cache

import pandas as pd

from dashboard.text import format, text, words
from dashboard.text.cities import city

CITIES = {
    "city": "country", "eu_city": "eu_country", "japan_city": "japan_country", "focus_city": "focus_country",
    "partner_city": "partner_country",
}  # fmt: skip
COUNTRIES = ("country", "eu_country", "partner_country", "focus_country")


def localised(frame: pd.DataFrame, language: str, codes: bool = False) -> pd.DataFrame:
    """The frame with coded values, countries and titles in a language and its columns named in words.

    With `codes`, as in files, a country keeps its ISO code beside its name. Raises KeyError for a column or a code
    that has no words.
    """
    shown: dict[str, pd.Series] = {}
    for column in frame.columns:
        name = str(column)
        if name.endswith("_ja") or name == "theme_code":
            continue
        values = frame[column]
        if f"{name}_ja" in frame:
            values = frame[f"{name}_ja"].where(frame[f"{name}_ja"].notna(), values) if language == "ja" else values
        elif f"code.{name}.other" in words(language) or _is_coded(name, language):
            values = values.map(lambda code, name=name: text(f"code.{name}.{code}", language), na_action="ignore")
        elif name == "indicator":
            values = values.map(lambda key: text(f"indicator.{key}.name", language), na_action="ignore")
        elif name in CITIES:
            values = _cities(frame, name, language)
        elif name in COUNTRIES:
            if codes:
                shown[text("column.country_code", language, country=text(f"column.{name}", language))] = values
            values = values.map(lambda code: format.country(code, language), na_action="ignore")
        shown[text(f"column.{name}", language)] = values
    return pd.DataFrame(shown)


def _cities(frame: pd.DataFrame, column: str, language: str) -> pd.Series:
    """Cities by name and country; those of the Japanese side are in Japan."""
    names = frame[column].astype(object).where(frame[column].notna(), None)
    countries = frame[CITIES[column]] if CITIES[column] in frame else ["JP"] * len(frame)
    return pd.Series(
        [city(name, country, language) for name, country in zip(names, countries, strict=True)], index=frame.index
    )


def _is_coded(column: str, language: str) -> bool:
    return f"code.{column}" in _codes(language)


@cache
def _codes(language: str) -> frozenset[str]:
    return frozenset(key.rpartition(".")[0] for key in words(language) if key.startswith("code."))
