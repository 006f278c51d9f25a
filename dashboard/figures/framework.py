"""The figures of Japan's part in the EU's framework programmes, as CORDIS publishes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.charts import bars, grid
from dashboard.figures.model import Figure, Origin, Say, View
from dashboard.queries import framework as ask
from dashboard.queries.common import JAPAN, Query
from dashboard.text import format

ROWS, COLUMNS, LEADING = 15, 12, 15
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


def shown(view: View) -> str:
    """The filters that apply to framework projects, and those chosen that do not."""
    filters = view.filters
    period, countries = filters.period, [format.country(code, view.language) for code in filters.countries]
    parts = [
        view.words("framework.starting", period=format.period(period, view.language))
        if period
        else view.words("framework.all_years")
    ]
    if countries:
        parts.append(view.words("framework.with", countries=format.listing(countries, view.language)))
    ignored = [name for name, chosen in (("theme", filters.themes), ("side", filters.sides)) if chosen]
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


def names(frame: pd.DataFrame, view: View, name: str = "name", code: str = "organisation_code") -> list[str]:
    """Organisations' names; the code helps where CORDIS's file has no name, or the same one for several."""
    several = frame.groupby(name)[code].transform("nunique") > 1
    return [
        view.words("framework.nameless", code=key)
        if pd.isna(said) or said == key
        else view.words("framework.namesake", name=said, code=key)
        if shared
        else said
        for said, key, shared in zip(frame[name], frame[code], several, strict=True)
    ]


def euros(value: float | None, view: View) -> str:
    """Euros in millions, to a tenth."""
    return view.words("framework.million", value=view.number(None if value is None else value / MILLION, 1))


def asked(query: Query) -> Any:
    return lambda view: view.frame(query)


def figure(key: str, data: Any, draw: Any, alt: Say, records: Query | None = ask.participations, **more: Any) -> Figure:
    """A figure whose source is CORDIS; what it says is its title too, where none is given."""
    return Figure(
        key, data, draw, alt, records, "", **{"title": alt, "loosens": ("period", "place"), "origin": CORDIS, **more}
    )


def _cities(view: View) -> pd.DataFrame:
    frame = view.frame(ask.matrix)
    return frame.assign(city=frame["city"].str.title())


def _organisations(view: View) -> pd.DataFrame:
    frame = view.frame(ask.organisation_matrix)
    return frame.assign(name=names(frame, view)).drop(columns="organisation_code")


def _strongest(frame: pd.DataFrame, part: str, count: int) -> list[str]:
    """The names with most projects over all cells of a matrix."""
    totals = frame.groupby(part, sort=False)["projects"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index[:count])


def _draw_matrix(row: str, column: str) -> Any:
    def said(values: pd.Series, name: str, view: View) -> list[str]:
        if name == "country":
            return [format.country(code, view.language) for code in values]
        return [view.words("framework.city_unknown") if pd.isna(value) else value for value in values]

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
    known = frame.dropna(subset=["city"])
    if known.empty:
        return view.words("figure.framework_cities.title")
    top = known.nlargest(1, "projects").iloc[0]
    return view.words(
        "figure.framework_cities.finding",
        city=top["city"], country=format.country(top["country"], view.language), count=view.number(top["projects"]),
    )  # fmt: skip


def _say_organisations(frame: pd.DataFrame, view: View) -> str:
    top = frame.nlargest(1, "projects").iloc[0]
    return view.words(
        "figure.framework_matrix.finding",
        name=top["name"], country=format.country(top["country"], view.language), count=view.number(top["projects"]),
    )  # fmt: skip


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
    "framework_cities", _cities, _draw_matrix("country", "city"), _say_cities, note=_note_matrix("country", "city")
)
BY_ORGANISATION = figure(
    "framework_matrix", _organisations, _draw_matrix("name", "country"), _say_organisations,
    note=_note_matrix("name", "country"),
)  # fmt: skip


def _years(view: View) -> pd.DataFrame:
    frame = view.frame(ask.by_year)
    return frame.assign(year=frame["year"].astype("Int64"))


def _draw_years(measure: str, divisor: float, digits: int) -> Any:
    def draw(frame: pd.DataFrame, view: View) -> Any:
        known = frame.dropna(subset=[measure])
        values = (known[measure].astype("float64") / divisor).round(digits)
        order = list(dict.fromkeys(sorted(known["framework"])))
        spoken = {code: view.words(f"code.framework.{code}") for code in order}
        fills = {"FP7": view.colours.muted, "H2020": view.colours.eu, "HORIZON": view.colours.text}
        drawn = pd.DataFrame(
            {
                "column": [
                    view.words("framework.no_year") if pd.isna(year) else str(year) for year in known["year"]
                ],
                "group": known["framework"].map(spoken), "value": values,
                "label": [view.number(value, digits) for value in values],
                "place": known["framework"].map(order.index),
            }
        )  # fmt: skip
        title = view.words(f"column.{measure}" if divisor == 1 else "framework.in_millions")
        return bars.stacked_columns(drawn, view.colours, {spoken[code]: fills[code] for code in order}, title)

    return draw


def _say_years(frame: pd.DataFrame, view: View) -> str:
    totals = frame.dropna(subset=["year"]).groupby("year")["projects"].sum()
    if totals.empty:
        return view.words("figure.framework_years.title")
    return view.words(
        "figure.framework_years.finding",
        year=str(totals.idxmax()), count=view.number(totals.max()), all=view.number(frame["projects"].sum()),
    )  # fmt: skip


def _say_contribution(frame: pd.DataFrame, view: View) -> str:
    totals = frame.dropna(subset=["year", "eu_contribution"]).groupby("year")["eu_contribution"].sum()
    if totals.empty:
        return view.words("figure.framework_contribution.title")
    return view.words(
        "figure.framework_contribution.finding",
        year=str(totals.idxmax()), amount=euros(totals.max(), view), all=euros(frame["eu_contribution"].sum(), view),
    )  # fmt: skip


def _note_contribution(_: pd.DataFrame, view: View) -> str:
    everyone, at_home = view.frame(ask.totals).iloc[0], view.frame(ask.at_home).iloc[0]
    return view.words(
        "framework.contribution_note",
        known=view.number(everyone["contribution_known"]), all=view.number(everyone["participations"]),
        japan_known=view.number(at_home["contribution_known"]), japan=view.number(at_home["participations"]),
    )  # fmt: skip


BY_YEAR = figure("framework_years", _years, _draw_years("projects", 1, 0), _say_years)
CONTRIBUTION = figure(
    "framework_contribution", _years, _draw_years("eu_contribution", MILLION, 1), _say_contribution,
    note=_note_contribution,
)  # fmt: skip


def _leading(view: View) -> pd.DataFrame:
    frame = view.frame(ask.organisations)
    frame = frame[frame["country"] == JAPAN]
    return frame.assign(name=names(frame, view))[["organisation_code", "name", "city", "projects"]]


def _draw_leading(frame: pd.DataFrame, view: View) -> Any:
    first = frame.head(LEADING)
    return bars.ranked(
        pd.DataFrame(
            {
                "name": first["name"], "value": first["projects"], "group": "japan",
                "label": [view.number(count) for count in first["projects"]],
            }
        ),
        view.colours,
        {"japan": view.colours.japan},
        view.words("column.projects"),
    )  # fmt: skip


def _say_leading(frame: pd.DataFrame, view: View) -> str:
    top = frame.iloc[0]
    return view.words("figure.framework_leading.finding", name=top["name"], count=view.number(top["projects"]))


def _note_leading(frame: pd.DataFrame, view: View) -> str:
    first = frame.head(LEADING)
    return view.words("framework.leading_note", shown=view.number(len(first)), all=view.number(len(frame)))


LEADERS = figure("framework_leading", _leading, _draw_leading, _say_leading, note=_note_leading)


def _projects(view: View) -> pd.DataFrame:
    frame = view.frame(ask.projects).rename(columns={"participants": "participations"})
    return frame.drop(columns=[name for name in ("acronym", "title") if frame[name].isna().all()])


def _participations(view: View) -> pd.DataFrame:
    frame = view.frame(ask.participations)
    return frame.assign(name=names(frame, view))


def _say_projects(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.framework_projects.alt",
        projects=view.number(len(frame)), participations=view.number(frame["participations"].sum()),
        euros=view.number(frame["eu_contribution"].sum(), 2), known=view.number(frame["eu_contribution"].count()),
    )  # fmt: skip


def _say_participations(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.framework_participations.alt",
        participations=view.number(len(frame)), organisations=view.number(frame["organisation_code"].nunique()),
        euros=view.number(frame["eu_contribution"].sum(), 2), known=view.number(frame["eu_contribution"].count()),
    )  # fmt: skip


PROJECTS = figure("framework_projects", _projects, None, _say_projects, None)
PARTICIPATIONS = figure("framework_participations", _participations, None, _say_participations, None)


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
