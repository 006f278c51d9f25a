"""Every figure of the register: its data and words, and the files that its card offers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from dashboard.api.answers import Answer, Asked, answer, dataset_of, rows
from dashboard.api.files import attachment
from dashboard.api.pictures import file_of
from dashboard.api.problems import Problem, unknown_name
from dashboard.exports.formats import FORMATS
from dashboard.figures.files import file_name
from dashboard.figures.model import Figure
from dashboard.figures.register import FIGURES, page_of
from dashboard.figures.talk import Slide, slide, slide_title
from dashboard.sitemap import PAGES

PATHS = {page.key: page.path for page in PAGES}


def suffixes(figure: Figure) -> list[str]:
    """The formats of a figure's files; a table alone has no picture."""
    return [suffix for suffix, form in FORMATS.items() if figure.draw is not None or not form.is_picture]


def page_address(asked: Asked, name: str) -> str:
    """The page that explains a figure, with the same filters and in the same language."""
    view = asked.view
    query = urlencode([*view.filters.query(), ("lang", view.language)])
    return f"{asked.root}/{PATHS[page_of(name)]}?{query}#{name}"


def require(asked: Asked, name: str) -> Figure:
    """The figure of a name; raises Problem where there is none."""
    if name not in FIGURES:
        raise unknown_name(name, [*FIGURES], f"{asked.root}/api/figures", asked.view.language)
    return FIGURES[name]


def index(asked: Asked) -> Callable[[], Answer]:
    """Every figure with what it is called and where its data, files and page are."""
    return lambda: answer(asked, [_entry(asked, name) for name in FIGURES])


def _entry(asked: Asked, name: str) -> dict[str, Any]:
    address = f"{asked.root}/api/figures/{name}"
    return {
        "name": name, "title": slide_title(name, asked.view), "page": page_of(name), "json": f"{address}.json",
        **{suffix: f"{address}.{suffix}" for suffix in suffixes(FIGURES[name])},
        "embed": f"{asked.root}/embed/{name}", "shown": page_address(asked, name),
    }  # fmt: skip


def as_json(asked: Asked, name: str) -> Callable[[], Answer]:
    figure = require(asked, name)
    return lambda: answer(asked, _whole(asked, name), **origin(asked, figure))


def origin(asked: Asked, figure: Figure) -> dict[str, Any]:
    """What is said otherwise of figures that do not show the programme's own records."""
    if not figure.origin:
        return {}
    view = asked.view
    return {"source": figure.origin.line(view), "dataset": dataset_of(view, False),
            "licence": view.words("framework.about.source")}  # fmt: skip


def _whole(asked: Asked, name: str) -> dict[str, Any]:
    shown = slide(name, asked.view)
    assert shown.frame is not None
    return {
        "name": name, "page": page_of(name), "title": shown.title, "subtitle": shown.subtitle,
        "notes": [*shown.notes], "alternative_text": shown.alt,
        "definition": [{"label": label, "text": said} for label, said in shown.about],
        "rows": _rows(shown), "shown": page_address(asked, name),
    }  # fmt: skip


def _rows(shown: Slide) -> list[dict[str, Any]]:
    """What is drawn; a row of which a count of people is not told names the columns, as in tables."""
    assert shown.frame is not None
    assert shown.figure is not None
    said = rows(shown.frame)
    hidden = ([name for name in shown.figure.people if row[name] is None] for row in said)
    return [row | {"withheld": names} if names else row for row, names in zip(said, hidden, strict=True)]


def as_file(asked: Asked, name: str, suffix: str) -> Callable[[], Answer]:
    figure = require(asked, name)
    if suffix not in suffixes(figure):
        raise Problem(HTTPStatus.NOT_FOUND, asked.view.words("api.no_picture", name=name))
    return lambda: _file(asked, figure, suffix)


def _file(asked: Asked, figure: Figure, suffix: str) -> Answer:
    view, form = asked.view, FORMATS[suffix]
    frame = figure.frame(view)
    if frame.empty and form.is_picture:
        raise Problem(HTTPStatus.NOT_FOUND, view.words("api.nothing_drawn"))
    media = f"{form.mime}; charset=utf-8" if suffix == "csv" else form.mime
    named = {} if form.is_picture else attachment(f"{file_name(figure, view)}.{suffix}")
    return Answer(file_of(figure, frame, view, suffix), media, named)
