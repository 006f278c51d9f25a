"""No word is missing, none is left over, and every language says the same things."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest

import dashboard.figures
from dashboard.database import schema
from dashboard.database.engine import Kind
from dashboard.exports.formats import FORMATS
from dashboard.exports.table import localised
from dashboard.figures.model import Figure, View
from dashboard.figures.overview import PLANNED, progress_of
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import INDICATORS
from dashboard.indicators.model import Programme, Reckoning, Stage, Status, Strand, Unit
from dashboard.settings import ROOT
from dashboard.sitemap import PAGES
from dashboard.store import Store
from dashboard.text import LANGUAGES, words

FIRST = LANGUAGES[0]
languages = pytest.mark.parametrize("language", LANGUAGES)


def placeholders(written: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(written) if name is not None}


@dataclass(frozen=True)
class Use:
    """A call that asks for words: where, the key (a pattern where part of it is reckoned), and the values given."""

    place: str
    key: str
    pattern: re.Pattern[str]
    values: frozenset[str] | None


def pattern(node: ast.expr) -> tuple[str, re.Pattern[str]] | None:
    """A string or f-string as written, and as a pattern whose groups are the reckoned parts."""
    match node:
        case ast.Constant(value=str(written)):
            return written, re.compile(re.escape(written))
        case ast.JoinedStr():
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            written = "".join("{}" if part is None else str(part) for part in parts)
            return written, re.compile("".join("(.+)" if part is None else re.escape(str(part)) for part in parts))
        case ast.IfExp():
            return None
    return None


@cache
def trees() -> dict[Path, ast.Module]:
    """Our sources, but the migrations and the generator of the demonstration, which say nothing to anyone."""
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    said = [file for file in files if not {"migrations", "demonstration"} & set(file.parts)]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(said)}


@cache
def uses() -> tuple[Use, ...]:
    """Every call of `text`, `view.words` and the like, with a key that stands in it."""
    found = []
    for file, tree in trees().items():
        if file.parent.name == "charts":
            continue  # their `text` is a channel
        prefix = {"filter_bar.py": "filter."}.get(file.name, "")
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            local = name == "words" and isinstance(node.func, ast.Name)
            if name not in ("words", "text", "section") or (name == "text" and len(node.args) < 2):
                continue
            options = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else node.args[:1]
            for option in options:
                if (made := pattern(option)) is None:
                    continue
                before = "section." if name == "section" else prefix if local else ""
                values = None if any(given.arg is None for given in node.keywords) else frozenset(
                    str(given.arg) for given in node.keywords
                )  # fmt: skip
                key = before + made[0]
                compiled = re.compile(re.escape(before) + made[1].pattern)
                found.append(Use(f"{file.relative_to(ROOT)}:{node.lineno}", key, compiled, values))
    return tuple(found)


@cache
def strings() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string in our sources, and every f-string as a pattern."""
    constants, patterns = set(), set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (made := pattern(node)):
                patterns.add(made[1])
    return frozenset(constants), tuple(one for one in patterns if re.search(r"\w", one.pattern.replace("(.+)", "")))


def is_said(part: str) -> bool:
    """Whether a part of a key is a string of ours, or made by an f-string from such parts."""
    constants, patterns = strings()
    if part in constants or part.isdigit():
        return True
    return any((found := one.fullmatch(part)) and all(map(is_said, found.groups())) for one in patterns)


def test_every_language_has_the_same_keys() -> None:
    for language in LANGUAGES[1:]:
        assert words(language).keys() ^ words(FIRST).keys() == set(), language


def test_every_language_has_the_same_placeholders() -> None:
    for language in LANGUAGES[1:]:
        differing = {
            key for key, written in words(language).items() if placeholders(written) != placeholders(words(FIRST)[key])
        }
        assert differing == set(), language


@languages
def test_nothing_is_empty_or_left_untranslated(language: str) -> None:
    assert {
        key for key, written in words(language).items() if not written.strip() and "punctuation" not in key
    } == set()
    same = {key for key, written in words(language).items() if language != FIRST and written == words(FIRST)[key]}
    english = {
        key for key in same if re.search("[a-z]{3}", re.sub(r"\{\w+\}|Horizon (2020|Europe)", "", words(FIRST)[key]))
    }
    assert english == set()


def test_every_key_in_the_code_exists() -> None:
    """A key written out is there; one that is partly reckoned fits at least one."""
    missing = [f"{use.place}: {use.key}" for use in uses() if not any(map(use.pattern.fullmatch, words(FIRST)))]
    assert missing == []
    assert len(uses()) > 100


def test_every_call_fills_the_placeholders_of_its_words() -> None:
    """A value that one form of a sentence has no use for is another's."""
    missing = [
        f"{use.place}: {use.key} wants {sorted(wanted)}"
        for use in uses()
        if use.values is not None
        and use.key in words(FIRST)
        and (wanted := placeholders(words(FIRST)[use.key]) - use.values)
    ]
    assert missing == []


def test_no_word_is_unused() -> None:
    """Each key is a string in the code, or an f-string makes it from strings of ours: a column, a code, an enum."""
    assert {key for key in words(FIRST) if not is_said(key)} == set()


KEYS = {
    "page": [page.key for page in PAGES],
    "indicator": [f"{one.key}.{part}" for one in INDICATORS
                  for part in ("name", "short", "definition", "numerator", "why", "caveat", "source")],
    "stage": list(Stage), "strand": list(Strand), "unit": list(Unit), "unit_name": list(Unit),
    "status": [*Status, "none"], "qualifier": list(schema.QUALIFIERS),
    "problem": list(Kind.__args__), "remedy": list(Kind.__args__),
    "dropped": ["unknown", "not_a_month", "outside_term", "reversed", "no_choice", "too_many_slides"],
    "figure": [f"download_{suffix}" for suffix in FORMATS],
    "code.activity_kind": list(schema.ACTIVITY_KINDS), "code.organisation_kind": list(schema.ORGANISATION_KINDS),
    "code.format": list(schema.ACTIVITY_FORMATS), "code.objective": list(schema.OBJECTIVES),
    "code.partnership_status": list(schema.PARTNERSHIP_STATUSES),
    "code.partnership_role": list(schema.PARTNERSHIP_ROLES), "code.step": list(schema.PARTNERSHIP_STEPS),
    "code.application_status": list(schema.APPLICATION_STATUSES), "code.desk": list(schema.DESKS),
    "code.channel": list(schema.CHANNELS), "code.topic": list(schema.TOPICS),
    "code.side": [*schema.SIDES, "other"], "code.strand": list(Strand), "code.stage": list(Stage),
    "code.unit": list(Unit), "code.qualifier": list(schema.QUALIFIERS), "code.framework": list(schema.FRAMEWORKS),
    "code.located": list(schema.LOCATED), "code.verdict": ["agrees", "differs"],
}  # fmt: skip


@languages
@pytest.mark.parametrize("group", KEYS)
def test_every_code_has_words(language: str, group: str) -> None:
    assert {f"{group}.{key}" for key in KEYS[group]} - words(language).keys() == set()


def test_a_ratio_says_its_denominator() -> None:
    ratios = {one.key for one in INDICATORS if one.reckoning in (Reckoning.RATIO, Reckoning.MEAN_GAIN)}
    assert {key for key in ratios if f"indicator.{key}.denominator" not in words(FIRST)} == set()


def figures() -> list[Figure]:
    """Every figure of the pages: those that its modules hold, and the progress of each indicator that has one."""
    found: dict[str, Figure] = {}
    for module in pkgutil.iter_modules(dashboard.figures.__path__):
        held = vars(importlib.import_module(f"dashboard.figures.{module.name}")).values()
        found |= {f"{one.key} {one.variant}": one for one in held if isinstance(one, Figure)}
    return [*found.values(), *map(progress_of, PLANNED)]


@pytest.fixture
def view(language: str, demo_snapshot) -> View:
    programme = Programme(Period(Month(2013, 9), Month(2017, 2)), pd.Timestamp("2018-01-01").date())
    return View(Filters(), language, False, programme, demo_snapshot.version, Store(demo_snapshot))


@languages
def test_every_column_and_code_that_is_shown_has_words(view: View) -> None:
    """Of what is drawn and of the records behind it; `localised` raises for a column or a code without words."""
    found = figures()
    assert len(found) > 20
    for figure in found:
        frames = [figure.data(view), *([view.frame(figure.records)] if figure.records else [])]
        for frame in frames:
            shown = localised(frame, view.language, codes=True)
            assert len(shown) == len(frame)
            assert len(set(shown.columns)) == len(shown.columns), f"{figure.key}: two columns of the same name"


@languages
def test_every_figure_says_what_it_shows(view: View) -> None:
    for figure in figures():
        assert f"figure.{figure.key}.title" in words(view.language), figure.key
        assert f"figure.{figure.key}.measure" in words(view.language), figure.key
        frame = figure.data(view)
        if len(frame):
            for said in (figure.say_title(frame, view), figure.alt(frame, view)):
                assert said.strip()
                assert "{" not in said
                assert "nan" not in said.lower().split()
