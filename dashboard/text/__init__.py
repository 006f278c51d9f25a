"""Every word on screen and in files, by key and language, and numbers and dates in the language's form."""

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter

LANGUAGES = ("en", "ja")
DEFAULT_LANGUAGE = "en"
ONE = ("1", "+1", "−1")
"""Of a number in its written form, what takes the singular."""


class _Numbered(Formatter):
    """Of `{count:case|cases}` the form that goes with the count: the first with one, the last with anything else. Of
    three forms the second goes with two. A language without such forms, where the count stands elsewhere, writes
    `{count:|}`."""

    def format_field(self, value: object, form: str) -> str:
        one, *two, many = form.split("|") if "|" in form else ("", form)
        if many == form:
            return str(super().format_field(value, form))
        return one if str(value) in ONE else two[0] if two and str(value) == "2" else many


_numbered = _Numbered()


@cache
def words(language: str) -> dict[str, str]:
    """All texts of a language by dotted key; raises FileNotFoundError for a language without a file."""
    tree = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flatten(tree))


def text(key: str, language: str, /, **values: object) -> str:
    """The text of a key, its placeholders filled and its nouns in the number that goes with them; raises KeyError for
    a key or placeholder that is missing."""
    written = words(language)[key]
    if not values:
        return written
    return _numbered.vformat(written, (), values) if "|" in written else written.format(**values)


def pick(language: str, plain: str, japanese: object) -> str:
    """A title or name from the data in the viewer's language, in the original where it has no translation (which
    pandas writes NaN)."""
    return japanese if language == "ja" and isinstance(japanese, str) and japanese else plain


def _flatten(tree: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            flat += _flatten(value, f"{prefix}{key}.")
        else:
            flat.append((f"{prefix}{key}", str(value)))
    return flat
