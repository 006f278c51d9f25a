"""The register of addresses: served by `serving`, described by `description`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dashboard.api import dataset, description, embed, figures, indicators, tables
from dashboard.api.answers import Answer, Asked, Resource, answer
from dashboard.api.parameters import FILTERS, GROUND, GROUNDS, LANGUAGE, LIMIT, OFFSET, WHOLE
from dashboard.exports.formats import FORMATS
from dashboard.figures.register import FIGURES
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.queries.public import TABLES

CHOSEN = (*FILTERS, LANGUAGE)
DRAWN = tuple(name for name, figure in FIGURES.items() if figure.draw)


def index(asked: Asked) -> Callable[[], Answer]:
    """Where everything is."""
    lists = [one for one in API if not one.names and one.path != "/"]
    return lambda: answer(
        asked,
        [{"address": f"{asked.root}/api{one.path}", "media": one.media,
          "description": asked.view.words(f"api.operation.{one.key}")} for one in lists],
    )  # fmt: skip


def describe(asked: Asked) -> Callable[[], Answer]:
    return description.document(asked, API, EMBED)


def _files() -> list[Resource]:
    """The files of figures, a format each."""
    return [
        Resource(
            f"figure_{suffix}", f"/figures/{{name}}.{suffix}", (*CHOSEN, GROUND) if form.is_picture else CHOSEN,
            partial(figures.as_file, suffix=suffix), form.mime, DRAWN if form.is_picture else tuple(FIGURES),
            may_be_empty=form.is_picture,
        )
        for suffix, form in FORMATS.items()
    ]  # fmt: skip


API = (
    Resource("index", "/", (LANGUAGE,), index, schema="Index"),
    Resource("openapi", "/openapi.json", (LANGUAGE,), describe, schema="Description"),
    Resource("dataset", "/dataset.jsonld", (LANGUAGE,), dataset.describe, dataset.MEDIA, schema="Dataset"),
    Resource("indicators", "/indicators", CHOSEN, indicators.as_json, schema="Indicators"),
    Resource("indicators_json", "/indicators.json", CHOSEN, indicators.as_json, schema="Indicators"),
    Resource("indicators_csv", "/indicators.csv", CHOSEN, indicators.as_csv, "text/csv"),
    Resource("indicator", "/indicators/{name}", CHOSEN, indicators.one, names=tuple(CATALOGUE), schema="Indicator"),
    Resource("tables", "/tables", CHOSEN, tables.index, schema="Tables"),
    Resource("table_json", "/tables/{name}.json", (*CHOSEN, LIMIT, OFFSET), tables.as_json, names=TABLES,
             schema="Table"),
    Resource("table_csv", "/tables/{name}.csv", (*CHOSEN, WHOLE, OFFSET), tables.as_csv, "text/csv", TABLES),
    Resource("table", "/tables/{name}", (*CHOSEN, LIMIT, OFFSET), tables.as_json, names=TABLES, schema="Table"),
    Resource("figures", "/figures", CHOSEN, figures.index, schema="Figures"),
    Resource("figure_json", "/figures/{name}.json", CHOSEN, figures.as_json, names=tuple(FIGURES), schema="Figure"),
    *_files(),
    Resource("figure", "/figures/{name}", CHOSEN, figures.as_json, names=tuple(FIGURES), schema="Figure"),
)  # fmt: skip
"""Below /api; of two that fit an address the first is meant."""

EMBED = Resource("embed", "/{name}", (*CHOSEN, GROUNDS), embed.page, "text/html", tuple(FIGURES))
"""Below /embed."""
