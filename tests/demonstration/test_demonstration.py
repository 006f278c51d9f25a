"""The demonstration's files: the same bytes every time, and the programme's published figures, counted from them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.demonstration.__main__ import write
from dashboard.demonstration.people import spread
from dashboard.settings import DEMO

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (DEMO / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    write(tmp_path / "demo")
    made = {path.name: path.read_bytes() for path in (tmp_path / "demo").iterdir()}
    assert made == {path.name: path.read_bytes() for path in DEMO.iterdir()}
    assert (tmp_path / "published.csv").read_bytes() == (DEMO.parent / "published.csv").read_bytes()


def test_the_published_figures_are_in_the_records() -> None:
    kinds = {row["code"]: row["kind"] for row in rows("activity")}
    assert Counter(kinds.values()) == {
        "event": 26, "presentation": 22, "partnership_building": 6, "training": 6, "dialogue": 6,
        "interest_group_meeting": 5,
    }  # fmt: skip
    people = [row for row in rows("attendance") if kinds[row["activity"]] in ("event", "presentation")]
    assert sum(int(row["participants"]) for row in people) == 2700
    themes = Counter(row["theme"] for row in rows("activity") if row["kind"] == "partnership_building")
    assert themes == {"smart-communities": 2, "power-electronics": 2, "biotechnology": 2}
    assert Counter(row["theme"] for row in rows("partnership")) == {
        "smart-communities": 5, "power-electronics": 4, "biotechnology": 2,
    }  # fmt: skip
    assert Counter(row["country"] for row in rows("activity") if row["kind"] == "training") == {"JP": 5, "BE": 1}
    assert len(rows("report")) == 9
    assert len(rows("help_desk_case")) == 987


def test_every_application_has_japanese_organisations_and_an_earlier_case() -> None:
    opened: dict[str, str] = {}
    for case in rows("help_desk_case"):
        if case["application"]:
            opened[case["application"]] = max(opened.get(case["application"], ""), case["opened"])
    made = rows("application")
    assert len(made) == 57
    assert all(int(one["japanese_organisations"]) > 0 and opened[one["code"]] < one["submitted_on"] for one in made)
    assert Counter(one["status"] for one in made) == {"rejected": 35, "funded": 11, "submitted": 7, "reserve": 4}


def test_a_partnership_s_funding_is_an_application_that_was_funded() -> None:
    steps = {(row["partnership"], row["step"]): row["reached_on"] for row in rows("partnership_step")}
    applied = {row["partnership"]: row for row in rows("application") if row["partnership"]}
    proposed = {code for code, step in steps if step == "proposal"}
    assert applied.keys() == proposed
    assert {code for code, row in applied.items() if row["status"] == "funded"} == {
        code for code, step in steps if step == "funded"
    }
    assert all(applied[code]["submitted_on"] == steps[code, "proposal"] for code in proposed)


def test_cases_keep_the_order_of_their_moments_and_the_programme_s_term() -> None:
    for case in rows("help_desk_case"):
        moments = [case["opened"], case["first_response"] or "9", case["closed"] or "99"]
        assert moments == sorted(moments), case["code"]
        assert case["opened"] >= "2013-10"
        assert max(case["opened"], case["first_response"], case["closed"]) < "2017-03-01"


def test_weekends_and_august_are_quiet() -> None:
    days = [datetime.fromisoformat(row["opened"]) for row in rows("help_desk_case")]
    assert sum(day.weekday() >= 5 for day in days) / len(days) < 0.12
    by_month = Counter((day.year, day.month) for day in days)
    assert all(by_month[year, 8] < by_month[year, 9] for year in (2014, 2015, 2016))


def test_what_is_not_published_says_that_it_is_invented() -> None:
    activities = Counter(row["source"].split(":")[0] for row in rows("activity"))
    assert activities["Illustrative"] == 71 - 3
    organisations = Counter(row["source"].split()[0] for row in rows("organisation"))
    assert organisations == {"FP7": 10, "Fictional:": 39}
    assert {row["dataset"] for row in rows("programme")} == {"illustrative"}


@pytest.mark.parametrize(
    ("total", "weights", "counts"),
    [
        (10, {"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 4, "b": 3, "c": 3}),
        (3, {"a": 0.9, "b": 0.1}, {"a": 3}),
        (0, {"a": 1.0}, {}),
    ],
)
def test_spread_adds_up(total: int, weights: dict[str, float], counts: dict[str, int]) -> None:
    assert spread(total, weights) == counts
