"""A figure, and the view for which it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts.native import Native
from dashboard.charts.theme import Palette, palette
from dashboard.filters import Filters, Month
from dashboard.indicators.model import Programme
from dashboard.queries.common import Query, Statement
from dashboard.store import Store, remembered
from dashboard.text import format, text
from dashboard.text.cities import city


@dataclass(frozen=True)
class View:
    """What a viewer has chosen, in which form they see it and of which version of the record: equal views show the
    same."""

    filters: Filters
    language: str
    dark: bool
    programme: Programme
    version: str
    store: Store = field(compare=False, hash=False)

    @property
    def identity(self) -> tuple[Filters, str, bool, Programme, str]:
        """What tells one view from another, to keep things under; unlike the view it does not hold the record."""
        return self.filters, self.language, self.dark, self.programme, self.version

    @property
    def last_month(self) -> Month:
        """The last month of what is chosen that has begun."""
        return min((self.filters.period or self.programme.term).last, self.programme.elapsed.last)

    @property
    def colours(self) -> Palette:
        return palette(self.dark)

    def frame(self, query: Query) -> pd.DataFrame:
        return self.store.frame(query(self.filters))

    def select(self, statement: Statement) -> pd.DataFrame:
        return self.store.frame(statement)

    def words(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)

    def number(self, value: float | None, digits: int = 0, fixed: bool = False) -> str:
        return format.number(value, self.language, digits, fixed=fixed)

    def pair(self, name: str, value: object) -> str:
        """A name and what belongs to it, as a list says it."""
        return self.words("punctuation.pair", name=name, value=value)

    def sentences(self, *said: str) -> str:
        """Sentences one after another."""
        return self.words("punctuation.space").join(said)

    def city(self, name: str | None, country: str | None) -> str | None:
        """A city's name for the viewer; what was written where nothing better is known."""
        return city(name, country, self.language)

    def localise(self, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        """The frame with each column in the viewer's language where its Japanese twin holds something."""
        if self.language != "ja":
            return frame
        return frame.assign(
            **{name: frame[f"{name}_ja"].where(frame[f"{name}_ja"].notna(), frame[name]) for name in columns}
        )


Draw = Callable[[pd.DataFrame, View], Any]
Say = Callable[[pd.DataFrame, View], str]


class Tone(StrEnum):
    """Whether what is said is a strength, a weakness or neither."""

    GOOD = "good"
    BAD = "bad"
    PLAIN = "plain"


Judge = Callable[[pd.DataFrame, View], Tone | None]


@dataclass(frozen=True)
class Origin:
    """What a figure's card says where the programme's own records are not the source: definition and source as label
    and text, which filters apply, and the line at its foot."""

    about: Callable[[View], list[tuple[str, str]]]
    shown: Callable[[View], str]
    line: Callable[[View], str]


@dataclass(frozen=True)
class Figure:
    """One figure; its words stand under `figure.<key>` (title, note) in every language.

    `data` gives what is drawn, in codes; the table and the files show the same frame in words. `draw` makes the
    chart, or is None for a table alone. `deck` makes a map, and `draw` then its still picture. `title` and `alt` say
    in words what the figure shows. `records` gives the rows behind the figure; `indicator` is the one whose
    definition and source the card shows; `loosens` are the filters that can empty the figure; `variant` tells
    apart figures that share a key and its words. `note` says what a reader must know of this selection's picture.
    `people` names the columns of its data that count people: one of theirs that is empty is not told.
    `judge` is the rule by which what the title says is a strength or a weakness of the page (`Tone.PLAIN`: both); None
    where it is neither.
    `origin` stands in for the indicator, which is then empty. `native` gives what `draw` draws as charts that an office
    program draws itself, where it has one that fits without misleading.
    `prose` names the columns that a page shows of a table of sentences, which is to be read in full; files and print
    hold all columns.
    """

    key: str
    data: Callable[[View], pd.DataFrame]
    draw: Draw | None
    alt: Say
    records: Query | None
    indicator: str
    title: Say | None = None
    deck: Callable[[pd.DataFrame, View], pdk.Deck] | None = None
    height: int | None = None
    loosens: tuple[str, ...] = ("period", "theme", "place")
    variant: str = ""
    note: Say | None = None
    origin: Origin | None = None
    native: Callable[[pd.DataFrame, View], Native | tuple[Native, ...]] | None = None
    people: tuple[str, ...] = ()
    judge: Judge | None = None
    prose: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The figure's name in addresses, keys and files."""
        return f"{self.key}-{self.variant}" if self.variant else self.key

    def frame(self, view: View) -> pd.DataFrame:
        """What is drawn in a view, made once for all who see the same."""
        made = remembered(("data", self.name, view.identity), lambda: self.data(view))
        return made.copy(deep=False)

    def hides(self, frame: pd.DataFrame) -> bool:
        """Whether a count of people is not told."""
        return any(frame[name].isna().any() for name in self.people)

    def hides_all(self, frame: pd.DataFrame) -> bool:
        """Whether none is told, so that there is nothing to draw."""
        return bool(self.people) and all(frame[name].isna().all() for name in self.people)

    def say_title(self, frame: pd.DataFrame, view: View) -> str:
        """What the figure shows of this selection; what it would show where there is nothing."""
        if self.title is None or frame.empty:
            return view.words(f"figure.{self.key}.title")
        return self.title(frame, view)
