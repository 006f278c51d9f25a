"""The shapes of the answers in JSON, as JSON Schema has them."""

from __future__ import annotations

from typing import Any

from dashboard.database.schema import PROGRAMME_DATASETS, QUALIFIERS
from dashboard.exports.formats import FORMATS
from dashboard.figures.captions import DEFINED
from dashboard.figures.register import FIGURES, PAGES
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Stage, Status, Strand, Unit
from dashboard.queries.public import TABLES
from dashboard.text import LANGUAGES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
MONTH: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
MONTHS: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}/\d{4}-\d{2}$"}
COLUMN_TYPES = ("string", "integer", "number", "boolean", "date", "date-time")


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": [*values]}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def thing(optional: tuple[str, ...] = (), /, **members: Schema) -> Schema:
    """An object with these members and no other."""
    required = [name for name in members if name not in optional]
    return {"type": "object", "properties": members, "required": required, "additionalProperties": False}


CELLS: Schema = {"type": "object", "properties": {"withheld": many(TEXT)},
                 "additionalProperties": {"type": ["string", "number", "boolean", "null", "array"]}}  # fmt: skip
"""A row by column; `withheld` names the columns that are empty so that nobody is told of."""


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def answered(data: Schema) -> Schema:
    return thing(about=named("About"), data=data)


ABOUT = thing(
    (),
    as_of={"type": "string", "format": "date-time"}, version=TEXT, language=one_of(*LANGUAGES),
    filters=thing((), **{
        "from": maybe(MONTH), "to": maybe(MONTH), "theme": many(TEXT), "side": many(TEXT), "country": many(TEXT),
        "programme": maybe(TEXT),
    }),
    dataset=thing(kind=one_of(*PROGRAMME_DATASETS), statement=TEXT),
    source=TEXT, licence=TEXT, suppression_threshold=WHOLE, warning=maybe(TEXT),
)  # fmt: skip

ROW = {
    "key": one_of(*CATALOGUE), "value": maybe(NUMBER), "target": maybe(NUMBER),
    "status": maybe(one_of(*Status)), "period": MONTHS, "unit": one_of(*Unit), "withheld": TRUTH,
}  # fmt: skip

INDICATOR = thing(
    (), **ROW,
    numerator=maybe(NUMBER), denominator=maybe(NUMBER), interval=maybe(thing(low=NUMBER, high=NUMBER, level=NUMBER)),
    baseline=maybe(NUMBER), planned=maybe(NUMBER), gap=maybe(NUMBER),
    change=maybe(thing(amount=NUMBER, period=MONTHS, before=MONTHS)),
    ignored_filters=many(TEXT), lower_is_better=TRUTH, stage=one_of(*Stage), strand=one_of(*Strand),
    published=maybe(thing(value=NUMBER, qualifier=one_of(*QUALIFIERS), statement=TEXT, source=TEXT,
                          address=maybe(TEXT))),
    definition=thing(("denominator", "caveat"), name=TEXT, **dict.fromkeys(DEFINED, TEXT)),
    trend=many(thing(month=MONTH, since=MONTH, value=maybe(NUMBER), withheld=TRUTH)),
)  # fmt: skip

TABLE = thing(
    about=named("About"), table=one_of(*TABLES), total=WHOLE, limit=WHOLE, offset=WHOLE, next=maybe(TEXT),
    data=many(CELLS),
)  # fmt: skip

TABLE_ENTRY = thing(
    name=one_of(*TABLES), rows=WHOLE, columns=many(thing(name=TEXT, type=one_of(*COLUMN_TYPES))), json=TEXT, csv=TEXT,
)  # fmt: skip

FIGURE_ENTRY = thing(
    tuple(suffix for suffix, form in FORMATS.items() if form.is_picture),
    name=one_of(*FIGURES), title=TEXT, page=one_of(*PAGES), json=TEXT, **dict.fromkeys(FORMATS, TEXT), embed=TEXT,
    shown=TEXT,
)  # fmt: skip

FIGURE = thing(
    name=one_of(*FIGURES), page=one_of(*PAGES), title=TEXT, subtitle=TEXT, notes=many(TEXT), alternative_text=TEXT,
    definition=many(thing(label=TEXT, text=TEXT)),
    rows=many(CELLS), shown=TEXT,
)  # fmt: skip

PROBLEM = thing(
    ("errors",), type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT,
    errors=many(thing(parameter=TEXT, value=TEXT, detail=TEXT)),
)  # fmt: skip

SCHEMAS: dict[str, Schema] = {
    "About": ABOUT,
    "Index": answered(many(thing(address=TEXT, media=TEXT, description=TEXT))),
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Dataset": {"type": "object", "required": ["@context", "@type"]},
    "Indicators": answered(many(thing((), **ROW))),
    "Indicator": answered(INDICATOR),
    "Tables": answered(many(TABLE_ENTRY)),
    "Table": TABLE,
    "Figures": answered(many(FIGURE_ENTRY)),
    "Figure": answered(FIGURE),
    "Problem": PROBLEM,
}
