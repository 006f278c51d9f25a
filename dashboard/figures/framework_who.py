"""Who takes part in framework projects: Japanese organisations, their partners, and Japan beside other countries."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import native
from dashboard.charts.grid import grid
from dashboard.charts.ladder import ladder
from dashboard.figures.framework import figure, fills, names, placed, side
from dashboard.figures.framework_when import note_years
from dashboard.figures.leading import as_many, tied
from dashboard.figures.model import View
from dashboard.queries import framework as ask
from dashboard.queries import framework_more as more
from dashboard.queries.common import JAPAN
from dashboard.text import format

LEADING = 15


def _leading(view: View, japanese: bool) -> pd.DataFrame:
    """Organisations by projects, each with how many it works with across Japan's border, and the closest of these."""
    frame = view.frame(ask.organisations)
    frame = frame[(frame["country"] == JAPAN) == japanese].dropna(subset=["country"])
    frame = frame.assign(name=names(frame, view))
    across = view.frame(more.partners)
    across = across.assign(closest_name=names(across, view, "closest_name", "closest_code", tell_apart=False))
    kept = ["organisation_code", "partners", "closest_name", "shared"]
    found = frame[["organisation_code", "name", "country", "city", "projects"]].merge(
        across[kept], on="organisation_code", how="left"
    )
    return found.assign(partners=found["partners"].fillna(0).astype(int), shared=found["shared"].astype("Int64"))


def _draw_leading(frame: pd.DataFrame, view: View, form: Any = ladder) -> Any:
    first = frame.head(LEADING)
    drawn = pd.DataFrame(
        {
            "key": first["organisation_code"],
            "name": [
                name if country == JAPAN else placed(name, country, view)
                for name, country in zip(first["name"], first["country"], strict=True)
            ],
            "value": first["projects"], "group": [side(country) for country in first["country"]],
            "label": [
                view.words("framework.leading_label", projects=view.number(row.projects),
                           partners=view.number(row.partners))
                for row in first.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    return form(drawn, view.colours, fills(view), view.words("column.projects"))


def _say_leading(key: str) -> Any:
    def say(frame: pd.DataFrame, view: View) -> str:
        top, others = frame.iloc[0], list(frame["name"][tied(frame["projects"])])
        if not isinstance(top["closest_name"], str):
            said = view.words(f"figure.{key}.alone", name=top["name"], count=view.number(top["projects"]))
            return as_many(said, others, view)
        said = view.words(
            f"figure.{key}.finding", name=top["name"], count=view.number(top["projects"]),
            partner=top["closest_name"], shared=view.number(top["shared"]),
        )  # fmt: skip
        return as_many(said, others, view)

    return say


def _note_leading(frame: pd.DataFrame, view: View) -> str:
    first = frame.head(LEADING)
    return view.words("framework.leading_note", shown=view.number(len(first)), all=view.number(len(frame)))


def _note_partners(frame: pd.DataFrame, view: View) -> str:
    first = frame.head(LEADING)
    return view.words("framework.partners_note", shown=view.number(len(first)), all=view.number(len(frame)))


LEADERS = figure(
    "framework_leading", lambda view: _leading(view, True), _draw_leading, _say_leading("framework_leading"),
    note=_note_leading, native=partial(_draw_leading, form=native.ladder),
)  # fmt: skip
PARTNERS = figure(
    "framework_partners", lambda view: _leading(view, False), _draw_leading, _say_leading("framework_partners"),
    note=_note_partners, native=partial(_draw_leading, form=native.ladder),
)  # fmt: skip


def _compared(view: View) -> pd.DataFrame:
    """A row a framework and country, those with most projects first; nothing where Japan stands alone."""
    frame = view.frame(more.compared)
    sums, of_known = ["projects", "participations", "contribution_known"], ["coordinated", "eu_contribution"]
    if frame.empty:
        return frame.drop(columns="year")
    by = frame.groupby(["framework", "country"], as_index=False)
    totals = by[sums].sum().merge(by[of_known].sum(min_count=1), on=["framework", "country"])
    totals = totals.assign(coordinated=totals["coordinated"].astype("Int64"))
    return totals.sort_values(["framework", "projects", "country"], ascending=[True, False, True], ignore_index=True)


def _row_name(framework: str, country: str, view: View, several: bool) -> str:
    said = format.country(country, view.language)
    if not several:
        return said
    return view.words("framework.part_of", part=said, framework=view.words(f"code.framework.{framework}"))


def _draw_compared(frame: pd.DataFrame, view: View, form: Any = ladder) -> Any:
    several = frame["framework"].nunique() > 1
    drawn = pd.DataFrame(
        {
            "key": frame["framework"] + frame["country"],
            "name": [
                _row_name(row.framework, row.country, view, several) for row in frame.itertuples(index=False)
            ],
            "value": frame["projects"], "group": [side(country) for country in frame["country"]],
            "strong": frame["country"] == JAPAN,
            "label": [
                view.words("framework.compared_alone", projects=view.number(row.projects))
                if pd.isna(row.coordinated)
                else view.words("framework.compared_label", projects=view.number(row.projects),
                                coordinated=view.number(row.coordinated))
                for row in frame.itertuples(index=False)
            ],
        }
    )  # fmt: skip
    return form(drawn, view.colours, fills(view), view.words("column.projects"))


def _say_compared(frame: pd.DataFrame, view: View) -> str:
    """Japan's place in the framework in which it has most projects."""
    own = frame[frame["country"] == JAPAN]
    if own.empty:
        return view.words("figure.framework_compared.without")
    japan = own.nlargest(1, "projects").iloc[0]
    beside = frame[frame["framework"] == japan["framework"]]
    others = beside[beside["country"] != JAPAN]
    second = others.iloc[0] if len(others) else None
    if second is not None and second["projects"] < japan["projects"]:
        return view.words(
            "figure.framework_compared.first",
            framework=view.words(f"code.framework.{japan['framework']}"), count=view.number(japan["projects"]),
            countries=view.number(len(beside)), next=format.country(second["country"], view.language),
            second=view.number(second["projects"]),
        )  # fmt: skip
    return view.words(
        "figure.framework_compared.finding",
        framework=view.words(f"code.framework.{japan['framework']}"), count=view.number(japan["projects"]),
        place=view.number((beside["projects"] > japan["projects"]).sum() + 1), countries=view.number(len(beside)),
        top=format.country(beside.iloc[0]["country"], view.language), most=view.number(beside["projects"].max()),
    )  # fmt: skip


def _note_compared(frame: pd.DataFrame, view: View) -> str:
    known, all_of_them = frame["contribution_known"].sum(), frame["participations"].sum()
    parts = [view.words("framework.compared_note", known=view.number(known), all=view.number(all_of_them))]
    if frame["coordinated"].isna().any():
        parts.append(view.words("framework.compared_roles"))
    return view.words("punctuation.space").join(parts)


COMPARED = figure(
    "framework_compared", _compared, _draw_compared, _say_compared, more.compared_records, note=_note_compared,
    native=partial(_draw_compared, form=native.ladder),
)  # fmt: skip


def _by_year(view: View) -> pd.DataFrame:
    frame = view.frame(more.compared)
    return frame.assign(year=frame["year"].astype("Int64"))[["framework", "country", "year", "projects"]]


def _draw_by_year(frame: pd.DataFrame, view: View) -> Any:
    several = frame["framework"].nunique() > 1
    named = frame.assign(
        row=[_row_name(row.framework, row.country, view, several) for row in frame.itertuples(index=False)],
        column=[view.words("framework.no_year") if pd.isna(year) else str(year) for year in frame["year"]],
    )
    totals = named.groupby("row")["projects"].sum().sort_values(ascending=False, kind="stable")
    years = [*sorted({name for name, year in zip(named["column"], named["year"], strict=True) if not pd.isna(year)}),
             *([view.words("framework.no_year")] if named["year"].isna().any() else [])]  # fmt: skip
    counts = named.groupby(["row", "column"])["projects"].sum().to_dict()
    cells = [(row, year, counts.get((row, year), 0), False) for row in totals.index for year in years]
    cells += [(row, view.words("framework.total"), count, True) for row, count in totals.items()]
    drawn = pd.DataFrame(cells, columns=["row", "column", "value", "total"])
    drawn = drawn.sort_values("row", key=lambda rows: rows.map(list(totals.index).index), kind="stable")
    labels = [view.number(count) if count else "" for count in drawn["value"]]
    return grid(drawn.assign(label=labels), view.colours, view.words("column.projects"), root=True)


def _say_by_year(frame: pd.DataFrame, view: View) -> str:
    own = frame[frame["country"] == JAPAN]
    totals = own.dropna(subset=["year"]).groupby("year")["projects"].sum()
    if totals.empty:
        return view.words("figure.framework_compared_years.title")
    key = "finding" if own["year"].notna().all() else "dated"
    said = view.words(
        f"figure.framework_compared_years.{key}", year=str(totals.idxmax()), count=view.number(totals.max()),
        all=view.number(totals.sum()),
    )  # fmt: skip
    return as_many(said, [*map(str, tied(totals))], view)


COMPARED_YEARS = figure(
    "framework_compared_years", _by_year, _draw_by_year, _say_by_year, more.compared_records,
    note=note_years,
)  # fmt: skip
