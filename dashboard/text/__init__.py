"""Every word on screen and in files, by key and language, and numbers and dates in the language's form."""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ja")
DEFAULT_LANGUAGE = "en"


@cache
def words(language: str) -> dict[str, str]:
    """All texts of a language by dotted key; raises FileNotFoundError for a language without a file."""
    tree = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flatten(tree))


def text(key: str, language: str, /, **values: object) -> str:
    """The text of a key, its placeholders filled; raises KeyError for a key or placeholder that is missing."""
    written = words(language)[key]
    return written.format(**values) if values else written


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
