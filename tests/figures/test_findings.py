"""Findings on records small enough to know the right sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from dashboard.database.schema import (
    activity,
    attendance,
    help_desk_case,
    organisation,
    partnership,
    partnership_member,
    partnership_step,
    programme,
    target,
    theme,
)
from dashboard.database.snapshot import take
from dashboard.figures.findings import findings
from dashboard.figures.model import View
from dashboard.figures.register import PAGES
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.model import Programme
from dashboard.store import Store

Insert = Callable[..., list[int]]
LATER = date(2018, 1, 1)
TERM = Period(Month(2014, 1), Month(2015, 12))


@pytest.fixture
def empty(sqlite_url: str, insert: Insert) -> str:
    insert(
        sqlite_url, programme,
        {"code": "P", "acronym": "P", "title": "P", "start": date(2014, 1, 1), "end": date(2015, 12, 31),
         "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"},
    )  # fmt: skip
    insert(sqlite_url, theme, {"code": "t", "name": "Theme"})
    return sqlite_url


def said(url: str, language: str) -> list[str]:
    snapshot = take(url)
    store = Store(snapshot)
    view = View(Filters(), language, False, Programme(TERM, LATER), store.version, store)
    return [one.said for one in findings(view)]


def event(code: str, day: date, city: str, country: str) -> dict[str, Any]:
    return {
        "programme_id": 1, "code": code, "kind": "event", "title": code, "start": day, "end": day, "city": city,
        "country": country, "format": "on_site", "theme_id": 1,
    }  # fmt: skip


def case(code: str, opened: datetime) -> dict[str, Any]:
    return {
        "programme_id": 1, "code": code, "opened": opened, "first_response": opened, "desk": "eu",
        "channel": "email", "topic": "mobility", "enquirer_country": "DE", "enquirer_kind": "company", "theme_id": 1,
    }  # fmt: skip


def test_nothing_happened(empty: str) -> None:
    assert said(empty, "en") == ["No records in this selection."]
    assert said(empty, "ja") == ["この選択には記録がありません。"]


def test_all_behind(empty: str, insert: Insert) -> None:
    # One event of ten planned, no report of two: the report is further behind, by its whole plan.
    insert(empty, activity, event("E1", date(2014, 5, 1), "Vienna", "AT"))
    insert(
        empty, target,
        {"programme_id": 1, "indicator": "events", "due_on": date(2015, 12, 31), "value": 10},
        {"programme_id": 1, "indicator": "events", "due_on": date(2014, 1, 1), "value": 0},
        {"programme_id": 1, "indicator": "reports", "due_on": date(2015, 12, 31), "value": 2},
        {"programme_id": 1, "indicator": "reports", "due_on": date(2014, 1, 1), "value": 0},
    )  # fmt: skip
    assert said(empty, "en") == [
        "Analytical reports: behind plan, 0 against 2 planned.",
        "Events: behind plan, 1 against 10 planned.",
    ]
    assert said(empty, "ja") == [
        "分析報告書は計画より遅れています：計画2に対し0。",
        "イベントは計画より遅れています：計画10に対し1。",
    ]


def test_no_target_gives_no_sentence_about_plans(empty: str, insert: Insert) -> None:
    first, second = insert(
        empty, activity, event("E1", date(2014, 5, 1), "Vienna", "AT"), event("E2", date(2014, 6, 1), "Tokyo", "JP")
    )
    insert(
        empty, attendance,
        {"activity_id": first, "country": "AT", "stakeholder_kind": "company", "participants": 10},
        {"activity_id": second, "country": "JP", "stakeholder_kind": "company", "participants": 30},
    )  # fmt: skip
    assert said(empty, "en") == ["Tokyo alone accounts for 75% of the people reached."]
    assert said(empty, "ja") == ["到達人数の75%は東京だけで占められています。"]


def test_one_month_is_an_outlier_and_one_case_waits(empty: str, insert: Insert) -> None:
    # Two cases a month from January 2014 to December 2015 but for nine in July 2014. The mean is 55 / 24 = 2.29, the
    # mean moving range 14 / 23 = 0.609, the upper limit 2.29 + 2.66 × 0.6087 = 3.9108.
    months = [(year, month) for year in (2014, 2015) for month in range(1, 13)]
    cases = [
        case(f"{year}-{month}-{number}", datetime.fromisoformat(f"{year}-{month:02d}-10T12:0{number}"))
        for year, month in months
        for number in range(9 if (year, month) == (2014, 7) else 2)
    ]  # fmt: skip
    cases[-1]["first_response"] = None
    insert(empty, help_desk_case, *cases)
    assert said(empty, "en") == [
        "July 2014 brought 9 help-desk cases, above the upper limit 3.91 of their usual variation.",
        "Without an answer: 1 of 55 help-desk cases.",
    ]
    assert said(empty, "ja") == [
        "2014年7月のヘルプデスク相談は9件で、通常の変動の上限（3.91）を超えました。",
        "未回答の相談：55件中1件。",
    ]


def test_a_single_partner_and_a_rise_beyond_chance(empty: str, insert: Insert) -> None:
    # Six partnerships in the last six months of the term and none before: at even odds each would fall in the last
    # half with 1/2, so all six with 1/64; the two-sided interval excludes 1.
    hub, *others = insert(
        empty, organisation,
        {"code": "HUB", "name": "Hub", "kind": "company", "country": "DE"},
        *({"code": f"J{n}", "name": f"J{n}", "kind": "company", "country": "JP"} for n in range(6)),
    )  # fmt: skip
    made = insert(
        empty, partnership,
        *({"programme_id": 1, "code": f"S{n}", "title": f"S{n}", "theme_id": 1, "status": "active"} for n in range(6)),
    )  # fmt: skip
    for one, other in zip(made, others, strict=True):
        insert(
            empty, partnership_member,
            {"partnership_id": one, "organisation_id": hub, "role": "coordinator"},
            {"partnership_id": one, "organisation_id": other, "role": "partner"},
        )  # fmt: skip
        insert(empty, partnership_step, {"partnership_id": one, "step": "agreement", "reached_on": date(2015, 9, 1)})
    assert said(empty, "en") == [
        "EU–Japan partnerships: up from 0 to 6 in the 6 months after June 2015, by more than chance explains.",
        "Hub takes part in 6 of 6 partnerships.",
    ]
    assert said(empty, "ja") == [
        "日欧パートナーシップは2015年6月の後の6か月で0から6へ、偶然では説明できないほど増えました。",
        "Hubは6件中6件のパートナーシップに参加しています。",
    ]


@pytest.mark.parametrize("filters", [
    Filters(), Filters(Period(Month(2015, 1), Month(2015, 6))), Filters(themes=("biotechnology",)),
    Filters(sides=("japan",)),
])  # fmt: skip
def test_every_sentence_leads_to_a_figure_or_a_tile_of_its_page(demo_snapshot, filters: Filters) -> None:
    store = Store(demo_snapshot)
    term = Period(Month(2013, 9), Month(2017, 2))
    found = findings(View(filters, "en", False, Programme(term, LATER), store.version, store))
    shown = {page: {one.name for one in figures} for page, figures in PAGES.items()}
    tiles = {f"tile-{key}" for key in CATALOGUE}
    assert found
    assert [one for one in found if one.figure not in shown[one.page] | tiles] == []


def test_a_change_that_chance_explains_is_called_so(empty: str, insert: Insert) -> None:
    # Three events in the first half of 2015 and five in the second: of eight at even odds three or fewer, or five or
    # more, fall to one half in 2 × 93 / 256 of all tries.
    days = [date(2015, month, 5) for month in (1, 2, 3, 7, 8, 9, 10, 11)]
    insert(empty, activity, *(event(f"E{n}", day, "Vienna", "AT") for n, day in enumerate(days)))
    assert said(empty, "en") == [
        "Events: from 3 to 5 in the 6 months after June 2015, no more than chance explains.",
    ]
    assert said(empty, "ja") == [
        "イベントは2015年6月の後の6か月で3から5へ変わりましたが、偶然で説明できる範囲です。",
    ]


def monthly(*counts: int) -> list[dict[str, Any]]:
    """So many answered cases in each month from January 2014."""
    return [
        case(f"{place}-{number}", datetime(2014 + place // 12, place % 12 + 1, 10, 12, number))  # noqa: DTZ001 - UTC
        for place, count in enumerate(counts)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "english", "japanese"),
    [
        # 1 and 3 by turns: mean 2, moving range 2, limits 0 and 7.3; from 12 to 11 with a last month of 2.
        (
            (*(1, 3) * 11, 1, 2),
            ["Help-desk cases: from 12 to 11 in the 6 months after June 2015, within their usual variation."],
            ["ヘルプデスク相談は2015年6月の後の6か月で12から11へ変わりましたが、通常の変動の範囲内です。"],
        ),
        # The same with 9 in December 2015: mean 54 / 24 = 2.25, mean moving range 52 / 23 = 2.26, upper limit 8.26.
        (
            (*(1, 3) * 11, 1, 9),
            [
                "Help-desk cases: up from 12 to 18 in the 6 months after June 2015, beyond their usual variation.",
                "December 2015 brought 9 help-desk cases, above the upper limit 8.26 of their usual variation.",
            ],
            [
                "ヘルプデスク相談は2015年6月の後の6か月で12から18へ、通常の変動を超えて増えました。",
                "2015年12月のヘルプデスク相談は9件で、通常の変動の上限（8.26）を超えました。",
            ],
        ),
        # 7 and 8 by turns, then 1 and 2 from May 2015: the last eight months are a run below the mean, 5.5;
        # mean moving range 29 / 23 = 1.26, lower limit 5.5 − 2.66 × 1.26 = 2.15.
        (
            (*(7, 8) * 8, *(1, 2) * 4),
            [
                "Help-desk cases: down from 33 to 9 in the 6 months after June 2015, beyond their usual variation.",
                "May 2015 brought only 1 help-desk case, below the lower limit 2.15 of their usual variation.",
            ],
            [
                "ヘルプデスク相談は2015年6月の後の6か月で33から9へ、通常の変動を超えて減りました。",
                "2015年5月のヘルプデスク相談は1件にとどまり、通常の変動の下限（2.15）を下回りました。",
            ],
        ),
    ],
)
def test_whether_a_change_of_cases_is_signal_or_noise(
    empty: str, insert: Insert, counts: tuple[int, ...], english: list[str], japanese: list[str]
) -> None:
    insert(empty, help_desk_case, *monthly(*counts))
    assert said(empty, "en") == english
    assert said(empty, "ja") == japanese


def test_while_a_month_is_running_nothing_is_called_fewer(empty: str, insert: Insert) -> None:
    days = [date(2015, month, 5) for month in (1, 2, 3, 4, 5, 6, 1, 2, 3, 7)]
    insert(empty, activity, *(event(f"E{n}", day, "Vienna", "AT") for n, day in enumerate(days)))
    store = Store(take(empty))
    for today, expected in (
        (date(2015, 12, 15), []),
        (date(2016, 1, 1), ["Events: down from 9 to 1 in the 6 months after June 2015, by more than chance explains."]),
    ):
        view = View(Filters(), "en", False, Programme(TERM, today), store.version, store)
        assert [one.said for one in findings(view) if one.said.startswith("Events")] == expected
