"""The description of the whole as a dataset, for catalogues: DCAT-AP and schema.org in one JSON-LD document.

It says what the record knows and nothing more: no publisher and no licence are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.api.answers import Answer, Asked, dataset_of, moment, write
from dashboard.figures.captions import is_illustrative, theme_names
from dashboard.queries import programme as ask
from dashboard.queries.public import TABLES
from dashboard.text import LANGUAGES, text
from dashboard.text.format import listing

MEDIA = "application/ld+json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
EU_LANGUAGE = {"en": "ENG", "ja": "JPN"}


def describe(asked: Asked) -> Callable[[], Answer]:
    return lambda: write(_dataset(asked), MEDIA)


def _dataset(asked: Asked) -> dict[str, Any]:
    view, home = asked.view, f"{asked.root}/api"
    programmes = view.localise(view.select(ask.programmes()), "title", "summary")
    term, titles = view.programme.term, listing([*programmes["title"]], view.language)
    summaries = [one for one in programmes["summary"] if isinstance(one, str)]
    kind = dataset_of(view, is_illustrative(view))["statement"]
    described = view.words("punctuation.space").join([*summaries, view.words("api.dataset"), kind])
    title = view.words("api.dataset_title", programme=titles)
    rights = view.words("api.licence")
    first, last = term.first.first_day.isoformat(), (term.last.after_last_day - term.last.after_last_day.resolution)
    return {
        "@context": CONTEXT, "@id": f"{home}/dataset.jsonld", "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:identifier": view.version,
        "dct:title": _said(view.language, title), "schema:name": title,
        "dct:description": _said(view.language, described), "schema:description": described,
        "dct:language": [{"@id": f"http://publications.europa.eu/resource/authority/language/{EU_LANGUAGE[one]}"}
                         for one in LANGUAGES],
        "dct:accessRights": {"@id": PUBLIC}, "schema:isAccessibleForFree": True,
        "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _said(view.language, rights)},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime", "dcat:startDate": _day(first), "dcat:endDate": _day(last.isoformat()),
        },
        "schema:temporalCoverage": f"{first}/{last.isoformat()}",
        "dcat:keyword": [_said(view.language, name) for name in theme_names(view).values()],
        "dcat:landingPage": {"@id": f"{asked.root}/"}, "schema:url": f"{asked.root}/",
        "schema:version": view.version,
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _said(
            view.language, view.words("api.as_of", read_at=moment(view.store.read_at)))},
        "dcat:distribution": _distributions(asked, home),
    }  # fmt: skip


def _distributions(asked: Asked, home: str) -> list[dict[str, Any]]:
    named = {"indicators": "indicators", **{table: f"tables/{table}" for table in TABLES}}
    return [
        _distribution(asked, f"{home}/{path}.{suffix}", f"{name}.{suffix}", media)
        for name, path in named.items()
        for suffix, media in (("json", "application/json"), ("csv", "text/csv"))
    ]


def _distribution(asked: Asked, address: str, name: str, media: str) -> dict[str, Any]:
    language = asked.view.language
    rights = text("framework.about.source" if name.startswith("eu_") else "api.licence", language)
    return {
        "@id": address, "@type": ["dcat:Distribution", "schema:DataDownload"],
        "dct:title": _said("en", name), "schema:name": name,
        "dcat:accessURL": {"@id": address}, "dcat:downloadURL": {"@id": address}, "schema:contentUrl": address,
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "schema:encodingFormat": media,
        "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _said(language, rights)},
    }  # fmt: skip


def _said(language: str, written: str) -> dict[str, str]:
    return {"@value": written, "@language": language}


def _day(written: str) -> dict[str, str]:
    return {"@value": written, "@type": "xsd:date"}
