"""The figures of Japan's part in the EU's framework programmes, as CORDIS publishes it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10
from typing import Any

import pandas as pd

from dashboard.charts import grid
from dashboard.figures.leading import as_many, city_pairs, joined, tied
from dashboard.figures.model import Figure, Origin, Say, View
from dashboard.queries import framework as ask
from dashboard.queries import framework_matrix as ask_matrix
from dashboard.queries.common import EU_SIDE, JAPAN, Query
from dashboard.text import format

ROWS, COLUMNS = 15, 12
MILLION = 1e6


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """A frame's rows, their columns as attributes."""
    yield from frame.itertuples(index=False)


def is_imported(view: View) -> bool:
    """Whether the record holds projects of a framework programme at all."""
    return not view.select(ask.sources()).empty


def frameworks(view: View) -> str:
    """The framework programmes that were imported, by name."""
    codes = dict.fromkeys(view.select(ask.sources())["framework"])
    return format.listing([view.words(f"code.framework.{code}") for code in codes], view.language)


def imported_on(view: View) -> str:
    """The day of the latest import that brought anything."""
    days = view.select(ask.sources())["imported_at"].dropna()
    return format.day(days.max().date() if len(days) else None, view.language)


def shown(view: View, any_time: bool = False) -> str:
    """The filters that apply to framework projects, and those chosen that do not: with `any_time` nor the period."""
    filters = view.filters
    period, countries = filters.period, [format.country(code, view.language) for code in filters.countries]
    parts = [
        view.words("framework.starting", period=format.period(period, view.language))
        if period and not any_time
        else view.words("framework.all_years")
    ]
    if countries:
        parts.append(view.words("framework.with", countries=format.listing(countries, view.language)))
    chosen = {"period": any_time and period, "theme": filters.themes, "side": filters.sides}
    ignored = [name for name, values in chosen.items() if values]
    if ignored:
        names = format.listing([view.words(f"framework.ignored_{name}") for name in ignored], view.language)
        parts.append(view.words("framework.ignored", filters=names))
    return view.words("punctuation.dot").join(parts)


def about(view: View) -> list[tuple[str, str]]:
    """What is counted and where it comes from, for every figure of the framework programmes."""
    said = [
        (view.words(f"definition.{part}"), view.words(f"framework.about.{part}"))
        for part in ("definition", "numerator", "caveat", "source")
    ]
    files = [
        view.words("framework.about.file", framework=view.words(f"code.framework.{row.framework}"), file=row.file,
                   day=format.day(row.imported_at.date(), view.language))
        for row in rows(view.select(ask.sources()).dropna())
    ]  # fmt: skip
    return [*said, (view.words("framework.about.files"), "; ".join(files) or format.NOTHING)]


def line(view: View) -> str:
    return view.words("framework.line", frameworks=frameworks(view), day=imported_on(view))


CORDIS = Origin(about, shown, line)


def side(country: Any) -> str:
    """The side that colours an organisation or a country."""
    return "japan" if country == JAPAN else "eu" if country in EU_SIDE else "other"


def fills(view: View) -> dict[str, str]:
    return {one: view.colours.side(one) for one in ("eu", "japan", "other")}


def programme_fills(view: View) -> dict[str, str]:
    """A fill for each framework programme, none of them a theme's or Japan's."""
    return {"FP7": view.colours.muted, "H2020": view.colours.eu, "HORIZON": view.colours.text}


def placed(name: str, country: Any, view: View) -> str:
    """An organisation with its country, where that is known."""
    if not isinstance(country, str):
        return name
    return view.words("framework.of_country", name=name, country=format.country(country, view.language))


def names(
    frame: pd.DataFrame,
    view: View,
    name: str = "name",
    code: str = "organisation_code",
    tell_apart: bool = True,
) -> list[str]:
    """Organisations' names; the code helps where CORDIS's file has no name, or the same one for several."""
    several = frame.groupby(frame[name].str.casefold())[code].transform("nunique") > 1
    return [
        view.words("framework.nameless", code=key)
        if pd.isna(said) or said == key
        else view.words("framework.namesake", name=said, code=key)
        if shared and tell_apart
        else said
        for said, key, shared in zip(frame[name], frame[code], several, strict=True)
    ]


def euros(value: float | None, view: View) -> str:
    """Euros in millions."""
    return view.words("framework.million", value=millions(None if value is None else value / MILLION, view))


def millions(value: float | None, view: View) -> str:
    """A number to a tenth; what would then be nothing, to its first digit."""
    small = value is not None and 0 < abs(value) < 0.05
    return view.number(value, -floor(log10(abs(value))) if value and small else 1, fixed=value != 0)


def asked(query: Query) -> Any:
    return lambda view: view.frame(query)


def figure(key: str, data: Any, draw: Any, alt: Say, records: Query | None = ask.participations, **more: Any) -> Figure:
    """A figure whose source is CORDIS; what it says is its title too, where none is given."""
    return Figure(
        key, data, draw, alt, records, "", **{"title": alt, "loosens": ("period", "country"), "origin": CORDIS, **more}
    )


def _cities(view: View) -> pd.DataFrame:
    frame = view.frame(ask_matrix.matrix)
    return frame.assign(japan_city=frame["japan_city"].str.title())


def _organisations(view: View) -> pd.DataFrame:
    frame = view.frame(ask_matrix.organisation_matrix)
    return frame.assign(name=names(frame, view)).drop(columns="organisation_code")


def _strongest(frame: pd.DataFrame, part: str, count: int) -> list[str]:
    """The names with most projects over all cells of a matrix."""
    totals = frame.groupby(part, sort=False)["projects"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index[:count])


def _draw_matrix(row: str, column: str) -> Any:
    def said(values: pd.Series, name: str, view: View) -> list[str]:
        if name == "country":
            return [format.country(code, view.language) for code in values]
        if name == "japan_city":
            return [
                view.words("framework.city_unknown") if pd.isna(city) else view.city(city, JAPAN) or city
                for city in values
            ]
        return list(values)

    def draw(frame: pd.DataFrame, view: View) -> Any:
        named = frame.assign(row=said(frame[row], row, view), column=said(frame[column], column, view))
        placed = named[frame[column].notna()]
        down, across = _strongest(named, "row", ROWS), _strongest(placed, "column", COLUMNS)
        if len(placed) < len(named):
            across.append(view.words("framework.city_unknown"))
        counts = named.groupby(["row", "column"])["projects"].sum().to_dict()
        cells = [(one, other, counts.get((one, other), 0)) for one in down for other in across]
        drawn = pd.DataFrame(cells, columns=["row", "column", "value"])
        labels = [view.number(count) if count else "" for count in drawn["value"]]
        return grid.grid(drawn.assign(label=labels), view.colours, view.words("column.projects"))

    return draw


def _say_cities(frame: pd.DataFrame, view: View) -> str:
    known = frame.dropna(subset=["japan_city"])
    if known.empty:
        return view.words("figure.framework_cities.title")
    top = known.loc[known["projects"].idxmax()]
    said = view.words(
        "figure.framework_cities.finding",
        city=view.city(top["japan_city"], JAPAN), country=format.country(top["country"], view.language),
        count=view.number(top["projects"]),
    )  # fmt: skip
    return as_many(said, city_pairs(known.loc[tied(known["projects"])], view), view)


def _say_organisations(frame: pd.DataFrame, view: View) -> str:
    top = frame.loc[frame["projects"].idxmax()]
    said = view.words(
        "figure.framework_matrix.finding",
        name=top["name"], country=format.country(top["country"], view.language), count=view.number(top["projects"]),
    )  # fmt: skip
    others = frame.loc[tied(frame["projects"])]
    countries = [format.country(code, view.language) for code in others["country"]]
    return as_many(said, [*map(joined, others["name"], countries)], view)


def _note_matrix(row: str, column: str) -> Say:
    def note(frame: pd.DataFrame, view: View) -> str:
        all_rows, all_columns = frame[row].nunique(), frame[column].nunique()
        return view.words(
            f"framework.matrix_note_{column}",
            rows=view.number(min(ROWS, all_rows)), all_rows=view.number(all_rows),
            columns=view.number(min(COLUMNS, all_columns)), all_columns=view.number(all_columns),
        )  # fmt: skip

    return note


BY_CITY = figure(
    "framework_cities", _cities, _draw_matrix("country", "japan_city"), _say_cities,
    note=_note_matrix("country", "japan_city"),
)  # fmt: skip
BY_ORGANISATION = figure(
    "framework_matrix", _organisations, _draw_matrix("name", "country"), _say_organisations,
    note=_note_matrix("name", "country"),
)  # fmt: skip


def headline(view: View) -> str:
    """What a reader should take away: how many projects, whose, and with whom."""
    everyone, at_home = view.frame(ask.totals).iloc[0], view.frame(ask.at_home).iloc[0]
    if not everyone["projects"]:
        return view.words("framework.headline_none")
    return view.words(
        "framework.headline",
        projects=view.number(everyone["projects"]), japan=view.number(at_home["organisations"]),
        countries=view.number(everyone["partner_countries"]),
    )  # fmt: skip


def counted(view: View) -> str:
    """The counts behind the headline in one line, and for how many participations a contribution is known."""
    everyone, at_home = view.frame(ask.totals).iloc[0], view.frame(ask.at_home).iloc[0]
    return view.words(
        "framework.counted",
        participations=view.number(everyone["participations"]), organisations=view.number(everyone["organisations"]),
        japan=view.number(at_home["participations"]), known=view.number(everyone["contribution_known"]),
        euros=view.number(everyone["eu_contribution"], 0), japan_known=view.number(at_home["contribution_known"]),
    )  # fmt: skip
