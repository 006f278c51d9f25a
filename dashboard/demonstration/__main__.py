"""Writes data/demo/*.csv and data/published.csv anew."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from random import Random

from dashboard.demonstration import cases, learning, people, script, services
from dashboard.settings import DEMO

PROGRAMME = "JEUPISTE"
SEED = 609585
OBJECTIVES = {
    "h": "horizon_2020_in_japan", "j": "japanese_programmes_in_europe", "m": "mobility_and_staff_exchange", "": "",
}  # fmt: skip
KINDS = {
    "E": "event", "P": "presentation", "B": "partnership_building", "T": "training", "D": "dialogue",
    "G": "interest_group_meeting",
}  # fmt: skip
PLACES = {city: tuple(rest) for city, *rest in script.rows(script.CITIES)}
ACTIVITIES = [
    [*row, ""][:10]
    for part in (script.EVENTS, script.PRESENTATIONS, script.BUILDING, script.TRAININGS, script.DIALOGUES)
    for row in script.rows(part)
]
STEPS = ("contact", "agreement", "proposal", "funded", "concluded")
SUMMARY = (
    "Policy dialogues, networking events, a help desk, a Horizon 2020 contact point in Japan, training seminars and "
    "partnerships between European and Japanese organisations."
)
SUMMARY_JA = "政策対話、交流イベント、ヘルプデスク、日本のHorizon 2020連絡窓口、研修セミナー、日欧機関の連携。"

Rows = Iterable[Iterable[object]]


def sources(cell: str) -> tuple[str, str]:
    """Where a row is from, in English and Japanese: what is published, or that it is invented."""
    return in_both(cell.removeprefix("fact: ") or script.INVENTED)


def in_both(said: str) -> tuple[str, str]:
    return said, script.JAPANESE[said]


def programme() -> Rows:
    yield (
        PROGRAMME, "JEUPISTE", "Japan–EU Partnership in Innovation, Science and Technology",
        "日EUイノベーション・科学技術パートナーシップ", "609585", "2013-09-01", "2017-02-28", 3, "Europe/Brussels",
        SUMMARY, SUMMARY_JA, *in_both(script.FINAL_REPORT), "illustrative",
    )  # fmt: skip


def organisations() -> Rows:
    for code, name, japanese, kind, city in script.rows(script.CONSORTIUM):
        yield (code, name, japanese, kind, PLACES[city][0], city, *PLACES[city][1:], *in_both(script.CORDIS_TABLE))
    for code, name, japanese, kind, city in script.rows(script.FICTIONAL_ORGANISATIONS):
        yield (code, name, japanese, kind, PLACES[city][0], city, *PLACES[city][1:], *in_both(script.FICTIONAL))
    for code, name, japanese, city, *_ in script.rows(script.AGENCIES):
        country, *coordinates = PLACES[city]
        yield (code, name, japanese, "funding_agency", country, city, *coordinates, *in_both(script.FICTIONAL))


def activities() -> Rows:
    for code, day, city, theme, objective, form, _, title, japanese, source in ACTIVITIES:
        country, *coordinates = PLACES[city]
        known = source.startswith(("fact: Kobe", "fact: Kobe University's"))
        organiser = "kobe-university" if known else f"office-{'japan' if country == 'JP' else 'europe'}"
        yield (
            PROGRAMME, code, KINDS[code[0]], title, japanese, day, day, city, country, *coordinates, form, theme,
            OBJECTIVES[objective], organiser, *sources(source),
        )  # fmt: skip


def partnerships() -> Rows:
    for code, theme, status, origin, _, _, title, japanese in script.rows(script.PARTNERSHIPS):
        yield (PROGRAMME, code, title, japanese, theme, status, origin)


def partnership_members() -> Rows:
    for code, _, _, _, members, *_ in script.rows(script.PARTNERSHIPS):
        for place, member in enumerate(members.split(",")):
            yield (code, member.strip(), "partner" if place else "coordinator")


def partnership_steps() -> Rows:
    for code, _, _, _, _, dates, *_ in script.rows(script.PARTNERSHIPS):
        for step, day in zip(STEPS, dates.split(","), strict=True):
            if day.strip():
                yield (code, step, day.strip())


def reports() -> Rows:
    for code, day, topic, title, japanese, _, *source in script.rows(script.REPORTS):
        yield (PROGRAMME, code, title, japanese, *in_both(topic), day, *sources("".join(source)))


def report_uses() -> Rows:
    for code, _, _, _, _, uses, *_ in script.rows(script.REPORTS):
        for use in filter(None, uses.split(", ")):
            dialogue, marks = use.split()
            yield (code, dialogue, *(str(mark in marks).lower() for mark in "tda"))


def targets() -> Rows:
    for indicator, *values in script.rows(script.TARGETS):
        for due, value in zip(script.TARGET_DATES, values, strict=True):
            yield (PROGRAMME, indicator, due, value)


def published() -> Rows:
    for indicator, value, qualifier, statement, japanese in script.rows(script.PUBLISHED):
        yield (PROGRAMME, indicator, value, qualifier, statement, japanese, script.ARTICLE, script.PROJECT_ADDRESS)
    for row in script.rows(script.PUBLISHED_BESIDE):
        yield (PROGRAMME, *row)


def milestones() -> Rows:
    for row in script.rows(script.MILESTONES):
        day, words, japanese, source = (*row, "")[:4]
        yield (PROGRAMME, day, words, japanese, *sources(source))


def services_run() -> Rows:
    for code, kind, side, languages, start, end, title, japanese, _ in script.rows(script.SERVICES):
        yield (code, title, japanese, kind, side, languages, start, end)


def joint_calls() -> Rows:
    for code, theme, opened, closed, proposals, funded, title, japanese in script.rows(script.JOINT_CALLS):
        yield (code, title, japanese, theme, opened, closed, proposals, funded)


def members() -> Rows:
    for code, _, _, _, joined, left in script.rows(script.AGENCIES):
        yield (code, joined, left)


def write(folder: Path) -> None:
    """Write every table's file into `folder`, and the published figures beside it. The same bytes every time."""
    draw = Random(SEED)
    made = cases.applications(draw)
    place, source = ("city", "country", "latitude", "longitude"), ("source", "source_ja")
    files: dict[str, tuple[tuple[str, ...], Rows]] = {
        "programme": (("code", "acronym", "title", "title_ja", "grant_agreement", "start", "end", "service_standard",
                       "time_zone", "summary", "summary_ja", *source, "dataset"), programme()),
        "theme": (("code", "name", "name_ja"), script.rows(script.THEMES)),
        "organisation": (("code", "name", "name_ja", "kind", "country", "city", "latitude", "longitude", *source),
                         organisations()),
        "activity": (("programme", "code", "kind", "title", "title_ja", "start", "end", *place, "format", "theme",
                      "objective", "organiser", *source), activities()),
        "attendance": (("activity", "country", "stakeholder_kind", "participants"),
                       people.attendance(ACTIVITIES, draw)),
        "partnership": (("programme", "code", "title", "title_ja", "theme", "status", "origin_activity"),
                        partnerships()),
        "partnership_member": (("partnership", "organisation", "role"), partnership_members()),
        "partnership_step": (("partnership", "step", "reached_on"), partnership_steps()),
        "application": (("programme", "funding_programme", *made[0]),
                        [(PROGRAMME, "Horizon 2020", *one.values()) for one in made]),
        "help_desk_case": (("programme", "code", "opened", "first_response", "closed", "desk", "channel", "topic",
                            "enquirer_country", "enquirer_kind", "theme", "satisfaction", "activity", "application"),
                           [(PROGRAMME, *row) for row in cases.cases(made, draw)]),
        "training_result": (("activity", "institution_kind", "institution_country", "before_score", "after_score",
                             "satisfaction", "would_recommend", "applied_after_six_months"), learning.results(draw)),
        "information_service": (("code", "title", "title_ja", "kind", "side", "languages", "from", "to"),
                                services_run()),
        "information_use": (("information_service", "month", "measure", "value"), services.use(draw)),
        "report": (("programme", "code", "title", "title_ja", "topic", "topic_ja", "published_on", *source), reports()),
        "report_use": (("report", "activity", "tabled", "discussed", "recommendation_adopted"), report_uses()),
        "interest_group_member": (("organisation", "joined", "left"), members()),
        "joint_call": (("code", "title", "title_ja", "theme", "opened", "closed", "proposals", "funded"),
                       joint_calls()),
        "target": (("programme", "indicator", "due_on", "value"), targets()),
        "milestone": (("programme", "date", "text", "text_ja", *source), milestones()),
    }  # fmt: skip
    for name, (header, rows) in files.items():
        save(folder / f"{name}.csv", header, rows)
    said = ("indicator", "value", "qualifier", "statement", "statement_ja", "source_title", "source_address")
    save(folder.parent / "published.csv", ("programme", *said), published())


def save(path: Path, header: tuple[str, ...], rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    write(DEMO)
