"""The OpenAPI 3.1 description of the addresses, made from their register, the catalogue and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dashboard.api.answers import Answer, Asked, Resource, write
from dashboard.api.parameters import Parameter
from dashboard.api.problems import TYPE
from dashboard.api.schemas import SCHEMAS
from dashboard.exports.formats import FORMATS
from dashboard.indicators.choices import choices

BINARY = {FORMATS[suffix].mime for suffix in ("xlsx", "png")}
VERSION = "1"


def document(asked: Asked, api: Sequence[Resource], embed: Resource) -> Callable[[], Answer]:
    return lambda: write(_document(asked, api, embed))


def _document(asked: Asked, api: Sequence[Resource], embed: Resource) -> dict[str, Any]:
    view = asked.view
    paths = {f"/api{one.path}": one for one in api} | {f"/embed{embed.path}": embed}
    return {
        "openapi": "3.1.0",
        "info": {"title": view.words("api.title"), "version": VERSION, "description": view.words("api.description")},
        "servers": [{"url": asked.root}],
        "paths": {path: {"get": _operation(asked, one)} for path, one in paths.items()},
        "components": {"schemas": SCHEMAS},
    }


def _operation(asked: Asked, one: Resource) -> dict[str, Any]:
    return {
        "operationId": one.key,
        "summary": asked.view.words(f"api.operation.{one.key}"),
        "parameters": [*_parameters(asked, one)],
        "responses": {"200": _success(asked, one), **_others(asked, one)},
    }


def _parameters(asked: Asked, one: Resource) -> Iterator[dict[str, Any]]:
    words = asked.view.words
    if one.names:
        yield {"name": "name", "in": "path", "required": True, "description": words("api.parameter.name"),
               "schema": {"type": "string", "enum": [*one.names]}}  # fmt: skip
    for parameter in one.parameters:
        yield {
            "name": parameter.name, "in": "query", "required": False,
            "description": words(f"api.parameter.{parameter.name}"), "schema": _schema(asked, parameter),
            **({"style": "form", "explode": True} if parameter.repeated else {}),
        }  # fmt: skip
    yield {"name": "If-None-Match", "in": "header", "required": False, "description": words("api.parameter.tag"),
           "schema": {"type": "string"}}  # fmt: skip


def _schema(asked: Asked, parameter: Parameter) -> dict[str, Any]:
    default = {} if parameter.default is None else {"default": parameter.default}
    if parameter.bounds:
        low, high = parameter.bounds
        return {"type": "integer", "minimum": low, "maximum": high, **default}
    assert parameter.takes
    taken = [*parameter.takes(choices(asked.view.store))]
    value = {"type": "string", "enum": taken} if taken else {"type": "string", "not": {}}
    return {"type": "array", "items": value} if parameter.repeated else value | default


def _success(asked: Asked, one: Resource) -> dict[str, Any]:
    if one.schema:
        schema: dict[str, Any] = {"$ref": f"#/components/schemas/{one.schema}"}
    else:
        schema = {"type": "string", "format": "binary"} if one.media in BINARY else {"type": "string"}
    words = asked.view.words
    headers = {
        "ETag": {"description": words("api.header.etag"), "required": True, "schema": {"type": "string"}},
        "Cache-Control": {"description": words("api.header.cache"), "required": True, "schema": {"type": "string"}},
    }
    return {"description": words("api.status.ok"), "headers": headers, "content": {one.media: {"schema": schema}}}


def _others(asked: Asked, one: Resource) -> dict[str, Any]:
    words = asked.view.words
    page = one.media == "text/html"
    content = {"text/html": {"schema": {"type": "string"}}} if page else {
        TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
    }  # fmt: skip
    said = {"422": "refused", "503": "no_record"} | ({"404": "not_found"} if one.names else {})
    problems = {
        status: {"description": words(f"api.status.{key}"), "content": content} for status, key in sorted(said.items())
    }
    return {"304": {"description": words("api.status.unchanged")}, **problems}
