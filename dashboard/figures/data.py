"""What the dashboard stands on: what the record holds, from when to when, how full its columns are, who brought it, and
the public view of each table.

These figures look at the record as a whole, whatever is chosen; the tables alone follow the filters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import bars
from dashboard.charts.spans import spans
from dashboard.exports.table import COUNTS
from dashboard.figures import framework
from dashboard.figures.captions import in_words, records_line
from dashboard.figures.leading import NAMED, as_many, tied
from dashboard.figures.model import Draw, Figure, Origin, Say, View
from dashboard.queries import quality
from dashboard.queries.public import TABLES, public
from dashboard.settings import suppression_threshold
from dashboard.text import format, words


def whole(
    key: str,
    data: Callable[[View], pd.DataFrame],
    say: Say,
    draw: Draw | None = None,
    prose: tuple[str, ...] = (),
) -> Figure:
    """A figure on the whole record; its definition stands under `figure.<key>.about`."""

    def about(view: View) -> list[tuple[str, str]]:
        return [
            (view.words("definition.definition"), view.words(f"figure.{key}.about")),
            (view.words("definition.source"), view.words("data.source")),
        ]

    origin = Origin(about, lambda view: view.words("data.whole"), _whole_line)
    return Figure(key, data, draw, say, None, "", title=say, loosens=(), origin=origin, prose=prose)


def _whole_line(view: View) -> str:
    """Where the record's rows are from: CORDIS's are no illustration."""
    lines = [records_line(view), *([framework.line(view)] if framework.is_imported(view) else [])]
    return view.words("punctuation.stop").join(lines)


def table_name(table: str, view: View) -> str:
    return view.words(f"sheet.{table}") if table != "import_batch" else view.words("data.batches")


def column_name(table: str, column: str, view: View) -> str:
    """A column's heading in the form that records come in by."""
    known, name = words(view.language), column.removesuffix("_id")
    keys = (f"heading.{table}.{name}", f"heading.any.{name}", f"heading.any.{column}")
    return next(known[key] for key in keys if key in known)


def _holdings(view: View) -> pd.DataFrame:
    return view.select(quality.holdings())


def _named_holdings(view: View) -> pd.DataFrame:
    frame = _holdings(view)
    return frame.assign(table_name=[table_name(name, view) for name in frame["table_name"]])


def _say_holdings(frame: pd.DataFrame, view: View) -> str:
    held = frame[frame["rows"] > 0]
    if held.empty:
        return view.words("figure.data_holdings.none")
    largest = held.loc[held["rows"].idxmax()]
    said = view.words(
        "figure.data_holdings.finding", rows=view.number(held["rows"].sum()), tables=view.number(len(held)),
        largest=largest["table_name"], most=view.number(largest["rows"]),
    )  # fmt: skip
    return as_many(said, list(held.loc[tied(held["rows"]), "table_name"]), view)


HOLDINGS = replace(whole("data_holdings", _named_holdings, _say_holdings), people=("rows",))


def _reach(view: View) -> pd.DataFrame:
    frame = _named_holdings(view)
    return frame[frame["first_date"].notna()][["table_name", "rows", "first_date", "last_date"]].sort_values(
        ["first_date", "last_date"], ignore_index=True
    )


def _say_reach(frame: pd.DataFrame, view: View) -> str:
    newest = frame.loc[frame["last_date"].idxmax()]
    days = (pd.Timestamp(view.store.read_at).tz_localize(None) - newest["last_date"]).days
    return view.words(
        "figure.data_reach.finding" if days > 0 else "figure.data_reach.ahead",
        first=format.day(frame["first_date"].min().date(), view.language),
        last=format.day(newest["last_date"].date(), view.language), table=newest["table_name"],
        days=view.number(days),
    )  # fmt: skip


def _draw_reach(frame: pd.DataFrame, view: View) -> Any:
    said = [
        view.words("data.reach_day" if row.first_date == row.last_date else "data.reach", rows=view.number(row.rows),
                   first=format.day(row.first_date.date(), view.language),
                   last=format.day(row.last_date.date(), view.language))
        for row in frame.itertuples(index=False)
    ]  # fmt: skip
    drawn = pd.DataFrame(
        {"name": frame["table_name"], "start": frame["first_date"], "end": frame["last_date"], "group": "all",
         "open": False, "label": said,
         "hover": [f"{name}: {one}" for name, one in zip(frame["table_name"], said, strict=True)]}
    )  # fmt: skip
    return spans(drawn, view.colours, {"all": view.colours.eu}, "%b %Y" if view.language == "en" else "%Y-%m")


REACH = whole("data_reach", _reach, _say_reach, _draw_reach)


def _columns(view: View) -> pd.DataFrame:
    """Each column that may stay empty, of tables that hold rows, the emptiest first."""
    frame = view.select(quality.filled())
    frame = frame[frame["rows"] > 0]
    shares = frame["filled"] / frame["rows"]
    names = [column_name(*pair, view) for pair in zip(frame["table_name"], frame["column_name"], strict=True)]
    named = frame.assign(
        table_name=[table_name(name, view) for name in frame["table_name"]], column_name=names,
        share_percent=(shares * 100).round(1),
    )  # fmt: skip
    return named.sort_values("share_percent", kind="stable", ignore_index=True)


def _say_columns(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return view.words("figure.data_columns.none")
    return view.words(
        "figure.data_columns.finding", all=view.number(len(frame)),
        full=view.number((frame["filled"] == frame["rows"]).sum()), empty=view.number((frame["filled"] == 0).sum()),
    )  # fmt: skip


COLUMNS = replace(whole("data_columns", _columns, _say_columns), people=("filled",))


def _completeness(view: View) -> pd.DataFrame:
    """By table: cells that may stay empty, how many of them are filled, and the share of those."""
    frame = _columns(view).dropna(subset=["filled"])
    sums = frame.groupby("table_name", as_index=False, sort=False)[["filled", "rows"]].sum()
    sums = sums.rename(columns={"rows": "cells"})
    sums["share_percent"] = (sums["filled"] / sums["cells"] * 100).round(1)
    return sums.sort_values(["share_percent", "table_name"], ascending=[False, True], ignore_index=True)


def _say_completeness(frame: pd.DataFrame, view: View) -> str:
    least = frame[frame["share_percent"] == frame["share_percent"].min()]
    return view.words(
        "figure.data_completeness.finding", filled=view.number(frame["filled"].sum()),
        cells=view.number(frame["cells"].sum()),
        share=format.share(frame["filled"].sum() / frame["cells"].sum(), view.language),
        least=format.listing([*least["table_name"]], view.language) if len(least) <= NAMED
        else view.words("data.tables_as_low", count=view.number(len(least))),
        least_share=format.share(least["share_percent"].iloc[0] / 100, view.language),
    )  # fmt: skip


def _draw_completeness(frame: pd.DataFrame, view: View) -> Any:
    said = [
        view.words("data.filled", share=format.share(row.share_percent / 100, view.language),
                   filled=view.number(row.filled), cells=view.number(row.cells))
        for row in frame.itertuples(index=False)
    ]  # fmt: skip
    drawn = pd.DataFrame({"name": frame["table_name"], "value": frame["share_percent"], "label": said, "group": "all"})
    fills = {"all": view.colours.eu}
    return bars.ranked(drawn, view.colours, fills, view.words("column.share_percent"))


COMPLETENESS = whole("data_completeness", _completeness, _say_completeness, _draw_completeness)


def _table(view: View, table: str) -> pd.DataFrame:
    frame = view.select(public(table, view.filters, suppression_threshold()))
    frame = frame.astype({name: "Int64" for name in COUNTS if name in frame})
    return frame.assign(name=frame["name"].fillna(frame["organisation_code"])) if table == "eu_participation" else frame


def _say_table(frame: pd.DataFrame, view: View, table: str) -> str:
    return view.words("figure.public_table.finding", table=table_name(table, view), rows=view.number(len(frame)))


def _note_table(_: pd.DataFrame, view: View, table: str) -> str:
    return view.words(f"data.note.{table}", threshold=suppression_threshold()) if table in NOTED else ""


def _table_line(view: View, table: str) -> str:
    return framework.line(view) if table in OF_CORDIS and framework.is_imported(view) else records_line(view)


def _about_table(view: View) -> list[tuple[str, str]]:
    return [
        (view.words("definition.definition"), view.words("figure.public_table.about")),
        (view.words("definition.caveat"),
         view.words("figure.public_table.caveat", threshold=suppression_threshold())),
    ]  # fmt: skip


NOTED = ("activity", "attendance", "help_desk_case", "training_result", "information_use")
"""The tables that tell less than the record, of which a note stands at the table itself."""

OF_CORDIS = ("eu_project", "eu_participation", "eu_project_field", "eu_project_focus")

PUBLIC: dict[str, Figure] = {
    table: Figure(
        "public_table", partial(_table, table=table), None, partial(_say_table, table=table), None, "",
        title=partial(_say_table, table=table), variant=table, note=partial(_note_table, table=table),
        origin=Origin(_about_table, in_words, partial(_table_line, table=table)),
    )
    for table in TABLES
}  # fmt: skip
"""The public view of each table of the record, by the table's name."""

BATCHES = whole(
    "data_batches",
    lambda view: view.select(public("import_batch", view.filters, suppression_threshold())).iloc[::-1],
    lambda frame, view: view.words("figure.data_batches.finding", batches=view.number(len(frame))),
)
