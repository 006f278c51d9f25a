"""The figures of the programme's partnerships: where, between whom, how far, from what."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.charts import bars, flow, grid, native, pipeline
from dashboard.charts.flatmap import flatmap
from dashboard.figures.leading import as_many, city_pairs, tied
from dashboard.figures.model import Figure, View
from dashboard.maps.links import links
from dashboard.queries import partnerships as ask
from dashboard.queries.common import Query
from dashboard.settings import STATIC
from dashboard.text import format

INDICATOR = "partnerships"


def _asked(query: Query) -> Any:
    return lambda view: view.frame(query)


@cache
def land() -> dict[str, Any]:
    """The countries of the land file as GeoJSON; each has an outline, so that the lines between them are left out."""
    read: dict[str, Any] = json.loads((STATIC / "land.geojson").read_text(encoding="utf-8"))
    return {**read, "features": [one for one in read["features"] if "country" in one["properties"]]}


def hover(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _map_arcs(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    placed = view.localise(frame, "title", "theme", "eu_name", "japan_name").dropna(
        subset=["eu_latitude", "eu_longitude", "japan_latitude", "japan_longitude"]
    )
    return pd.DataFrame(
        {
            **{name: placed[name].astype("float64").round(4) for name in
               ("eu_latitude", "eu_longitude", "japan_latitude", "japan_longitude")},
            "group": placed["theme_code"],
            "code": placed["code"],
            "hover": [
                hover(row.title, f"{row.theme}", f"{row.eu_name} – {row.japan_name}")
                for row in placed.itertuples(index=False)
            ],
        }
    )  # fmt: skip


def _map_places(view: View) -> pd.DataFrame:
    placed = view.localise(view.frame(ask.organisations), "name").dropna(subset=["latitude", "longitude"])
    return pd.DataFrame(
        {
            "longitude": placed["longitude"].astype("float64").round(4),
            "latitude": placed["latitude"].astype("float64").round(4),
            "side": placed["side"],
            "size": placed["partnerships"].astype("float64"),
            "code": placed["code"],
            "hover": [
                hover(
                    row.name,
                    f"{view.city(row.city, row.country)}, {format.country(row.country, view.language)}",
                    view.words("partnerships.hover_count", count=view.number(row.partnerships)),
                )
                for row in placed.itertuples(index=False)
            ],
        }
    )


def _deck(globe: bool) -> Any:
    def make(frame: pd.DataFrame, view: View) -> pdk.Deck:
        return links(
            _map_arcs(frame, view),
            _map_places(view),
            dict(view.colours.themes) | _unknown(frame, view),
            view.colours,
            globe,
        )

    return make


def _unknown(frame: pd.DataFrame, view: View) -> dict[str, str]:
    """The muted colour for themes that the palette does not know, as in another programme's database."""
    return {code: view.colours.theme(code) for code in frame["theme_code"].unique()}


def _still(frame: pd.DataFrame, view: View) -> Any:
    fills = _unknown(frame, view)
    names = dict(zip(frame["theme_code"], view.localise(frame, "theme")["theme"], strict=True))
    return flatmap(land(), _map_arcs(frame, view), _map_places(view), fills, view.colours, names=names)


def _say_map(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.partnership_map.alt",
        partnerships=view.number(frame["code"].nunique()),
        eu=view.number(frame["eu_code"].nunique()),
        countries=view.number(frame["eu_country"].nunique()),
        japan=view.number(frame["japan_code"].nunique()),
        cities=view.number(frame["japan_city"].nunique()),
    )


PARTNERSHIP_MAP, PARTNERSHIP_GLOBE = (
    Figure(
        "partnership_map", _asked(ask.arcs), _still, _say_map, ask.members, INDICATOR,
        title=_say_map, deck=_deck(globe), height=520, variant="globe" if globe else "",
    )
    for globe in (False, True)
)  # fmt: skip


def _draw_matrix(frame: pd.DataFrame, view: View) -> Any:
    cells = pd.DataFrame(
        {
            "row": [format.country(code, view.language) for code in frame["country"]],
            "column": [view.city(name, "JP") for name in frame["japan_city"]],
            "value": frame["partnerships"],
            "label": [view.number(count) for count in frame["partnerships"]],
        }
    )
    totals = cells.groupby("row")["value"].sum().sort_values(ascending=False, kind="stable")
    return grid.grid(
        cells.set_index("row").loc[totals.index].reset_index(), view.colours, view.words("column.partnerships")
    )


def _say_matrix(frame: pd.DataFrame, view: View) -> str:
    top = frame.loc[frame["partnerships"].idxmax()]
    said = view.words(
        "figure.partnership_matrix.alt",
        countries=view.number(frame["country"].nunique()), cities=view.number(frame["japan_city"].nunique()),
        country=format.country(top["country"], view.language), city=view.city(top["japan_city"], "JP"),
        count=view.number(top["partnerships"]),
    )  # fmt: skip
    return as_many(said, city_pairs(frame.loc[tied(frame["partnerships"])], view), view)


MATRIX = Figure("partnership_matrix", _asked(ask.matrix), _draw_matrix, _say_matrix, ask.members, INDICATOR)


def _draw_pipeline(frame: pd.DataFrame, view: View, form: Any = pipeline.pipeline) -> Any:
    return form(
        pd.DataFrame(
            {
                "name": [view.words(f"code.step.{step}") for step in frame["step"]],
                "value": frame["partnerships"],
                "label": [view.number(count) for count in frame["partnerships"]],
                "since": [
                    view.words("figure.pipeline.since", months=view.number(months, 1), count=view.number(count))
                    if months == months and months is not None
                    else ""
                    for months, count in zip(frame["median_months"], frame["dated_pairs"], strict=True)
                ],
            }
        ),
        view.colours,
        view.words("column.partnerships"),
    )


def _pipeline(view: View) -> pd.DataFrame:
    frame = view.frame(ask.pipeline)
    return frame if frame["partnerships"].sum() else frame.iloc[:0]


def _say_pipeline(frame: pd.DataFrame, view: View) -> str:
    reached = {step: view.number(count) for step, count in zip(frame["step"], frame["partnerships"], strict=True)}
    return view.words("figure.pipeline.finding", **reached)


PIPELINE = Figure(
    "pipeline",
    _pipeline,
    _draw_pipeline,
    _say_pipeline,
    ask.steps,
    INDICATOR,
    title=_say_pipeline,
    native=partial(_draw_pipeline, form=native.pipeline),
    loosens=("period", "theme", "place"),
)


def _draw_themes(frame: pd.DataFrame, view: View, form: Any = bars.ranked) -> Any:
    shown = view.localise(frame, "theme")
    return form(
        pd.DataFrame(
            {
                "name": shown["theme"], "value": shown["partnerships"], "group": shown["theme_code"],
                "label": [view.number(count) for count in shown["partnerships"]],
            }
        ),
        view.colours,
        _unknown(frame, view),
        view.words("column.partnerships"),
    )  # fmt: skip


def _say_themes(frame: pd.DataFrame, view: View) -> str:
    shown = view.localise(frame, "theme")
    top = shown.loc[shown["partnerships"].idxmax()]
    said = view.words(
        "figure.partnerships_by_theme.finding",
        theme=top["theme"], count=view.number(top["partnerships"]), all=view.number(shown["partnerships"].sum()),
    )  # fmt: skip
    return as_many(said, list(shown["theme"][tied(shown["partnerships"])]), view)


BY_THEME = Figure(
    "partnerships_by_theme",
    _asked(ask.by_theme),
    _draw_themes,
    _say_themes,
    ask.partnerships,
    INDICATOR,
    title=_say_themes,
    native=partial(_draw_themes, form=native.ranked),
)


def _draw_years(frame: pd.DataFrame, view: View, form: Any = bars.stacked_columns) -> Any:
    shown = view.localise(frame, "theme")
    names = dict(zip(shown["theme_code"], shown["theme"], strict=True))
    order = list(names)
    return form(
        pd.DataFrame(
            {
                "column": shown["year"].astype(str), "group": shown["theme"], "value": shown["partnerships"],
                "label": [view.number(count) for count in shown["partnerships"]],
                "place": [order.index(code) for code in shown["theme_code"]],
            }
        ),
        view.colours,
        {name: view.colours.theme(code) for code, name in names.items()},
        view.words("column.partnerships"),
    )  # fmt: skip


def _say_years(frame: pd.DataFrame, view: View) -> str:
    totals = frame.groupby("year")["partnerships"].sum()
    said = view.words(
        "figure.partnerships_by_year.finding",
        year=str(totals.idxmax()), count=view.number(totals.max()), all=view.number(totals.sum()),
    )  # fmt: skip
    return as_many(said, [*map(str, tied(totals))], view)


BY_YEAR = Figure(
    "partnerships_by_year", _asked(ask.by_year), _draw_years, _say_years, ask.partnerships, INDICATOR, title=_say_years,
    native=partial(_draw_years, form=native.stacked_columns),
)


def _draw_origins(frame: pd.DataFrame, view: View) -> Any:
    shown = view.localise(frame, "origin_title", "title", "theme")
    return flow.flow(
        pd.DataFrame(
            {
                "source": shown["origin_title"], "target": shown["title"], "group": shown["theme_code"],
                "hover": [
                    f"{row.origin_title} ({format.month_of(row.start, view.language)}) → {row.title}"
                    for row in shown.itertuples(index=False)
                ],
            }
        ),
        view.colours,
        _unknown(frame, view),
    )  # fmt: skip


def _say_origins(frame: pd.DataFrame, view: View) -> str:
    return view.words(
        "figure.origins.finding",
        activities=view.number(frame["origin"].nunique()), partnerships=view.number(frame["code"].nunique()),
    )  # fmt: skip


ORIGINS = Figure(
    "origins", _asked(ask.origins), _draw_origins, _say_origins, ask.origins, INDICATOR, title=_say_origins
)


def _say_table(frame: pd.DataFrame, view: View) -> str:
    return view.words("figure.partnership_table.alt", count=view.number(len(frame)))


TABLE = Figure("partnership_table", _asked(ask.partnerships), None, _say_table, None, INDICATOR)


def headline(view: View) -> str:
    """What a reader should take away: how many partnerships, between whom, and how far they got."""
    arcs, found = view.frame(ask.arcs), view.frame(ask.partnerships)
    if found.empty:
        return view.words("partnerships.headline_none")
    return view.words(
        "partnerships.headline",
        count=view.number(len(found)), countries=view.number(arcs["eu_country"].nunique()),
        cities=view.number(arcs["japan_city"].nunique()), funded=view.number(found["funded"].notna().sum()),
    )  # fmt: skip
