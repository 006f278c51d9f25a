"""What stands out on a page: the rules at their limits, and what they find in the demonstration."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.database.snapshot import Snapshot
from dashboard.figures.area import SEVERAL, judge_interval, judge_results
from dashboard.figures.findings import standing_out
from dashboard.figures.model import Tone
from dashboard.figures.register import FIGURES, PAGES
from tests.figures.conftest import Look, view_on

DAY = pd.Timestamp


def judged(name: str, snapshot: Snapshot, **columns: list) -> Tone | None:
    judge = FIGURES[name].judge
    assert judge
    return judge(pd.DataFrame(columns), view_on(snapshot))


@pytest.mark.parametrize(("page", "tones"), [
    ("events", {"newcomers_country": "bad", "followed": "bad", "tile-presentations": "good"}),
    ("helpdesk", {"standard_in_time": "bad", "ageing": "bad", "success": "good", "satisfaction": "good"}),
    ("training", {"follow_up": "bad", "training_origins": "bad", "tile-training_gain": "good",
                  "seminar_satisfaction": "good", "seminar_recommendation": "good", "seminar_scores": "good",
                  "scores_by_side": "plain"}),
    ("dialogue", {"tile-reports_used": "bad", "report_timeline": "bad", "membership": "good", "service_use": "plain"}),
])  # fmt: skip
def test_the_demonstrations_strengths_and_weaknesses(look: Look, page: str, tones: dict[str, str]) -> None:
    for language in ("en", "ja"):
        view = look(language=language)
        found = standing_out(page, view)
        assert [(one.figure, one.tone) for one in found] == list(tones.items())
        said = {one.figure: one.said for one in found}
        for name in said.keys() & FIGURES.keys() - {"success"}:  # which stands for its indicator
            assert said[name] == FIGURES[name].say_title(FIGURES[name].frame(view), view)


def test_what_a_figure_says_is_a_headline_without_a_stop(look: Look) -> None:
    for language, stop in (("en", "."), ("ja", "。")):
        found = [one for page in PAGES for one in standing_out(page, look(language=language))]
        assert found
        assert not [one for one in found if one.said.endswith(stop)]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_stands_out_of_nothing(nothing: Snapshot, page: str) -> None:
    assert standing_out(page, view_on(nothing)) == []


@pytest.mark.parametrize("page", PAGES)
def test_one_row_of_each_is_judged(one_row: Snapshot, page: str) -> None:
    assert all(one.said for one in standing_out(page, view_on(one_row)))


@pytest.mark.usefixtures("faulty")
def test_a_figure_that_cannot_be_judged_leaves_the_rest(look: Look, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    broken = tuple(replace(one, judge=fail) if one.name == "followed" else one for one in PAGES["events"])
    monkeypatch.setitem(PAGES, "events", broken)
    found = [one.figure for one in standing_out("events", look())]
    assert found == ["newcomers_country", "tile-presentations"]


@pytest.mark.parametrize(("low", "high", "tone"), [
    (0.51, 0.6, Tone.GOOD), (0.5, 0.6, None), (0.4, 0.6, None), (0.4, 0.5, None), (0.4, 0.49, Tone.BAD),
    (float("nan"), float("nan"), None),
])  # fmt: skip
def test_an_interval_beside_a_level(low: float, high: float, tone: Tone | None) -> None:
    assert judge_interval(low, high, 0.5) is tone


@pytest.mark.parametrize(("activities", "partnerships", "funded", "tone"), [
    (SEVERAL, 0, 0, Tone.BAD), (SEVERAL - 1, 0, 0, None), (1, 1, 0, Tone.GOOD), (1, 0, 1, Tone.GOOD),
])  # fmt: skip
def test_results_that_name_activities(
    demo_snapshot: Snapshot, activities: int, partnerships: int, funded: int, tone: Tone | None
) -> None:
    rest = [0] * (activities - 1)
    frame = pd.DataFrame({"partnerships": [partnerships, *rest], "funded_applications": [funded, *rest]})
    assert judge_results(frame, view_on(demo_snapshot)) is tone


@pytest.mark.parametrize(("new", "tone"), [
    ([7, 9, 0, 0], Tone.BAD), ([7, 9, 1, 0], None), ([0, 0, 0], Tone.BAD), ([0, 0], None), ([7, 0], None),
])  # fmt: skip
def test_nobody_new_for_a_year(demo_snapshot: Snapshot, new: list[int], tone: Tone | None) -> None:
    assert judged("newcomers_country", demo_snapshot, groups_new=new) is tone


@pytest.mark.parametrize(("ratios", "tone"), [
    ([(1.1, 1.5), (1.1, 1.4)], Tone.GOOD), ([(1.1, 1.5), (0.7, 1.2)], None), ([(1.1, 1.5), (0.7, 0.9)], None),
    ([(0.9, 1.5), (0.7, 1.2)], None), ([(0.5, 0.9), (0.4, 0.8)], Tone.BAD),
])  # fmt: skip
def test_cases_around_events(demo_snapshot: Snapshot, ratios: list[tuple[float, float]], tone: Tone | None) -> None:
    low, high = ([one[end] for one in ratios] for end in (0, 1))
    assert judged("cases_around", demo_snapshot, ratio_low=low, ratio_high=high) is tone


@pytest.mark.parametrize("name", ["within_standard", "standard_in_time"])
def test_a_group_clearly_below_all(demo_snapshot: Snapshot, name: str) -> None:
    assert judged(name, demo_snapshot, apart=["same", "below"]) is Tone.BAD
    assert judged(name, demo_snapshot, apart=["same", "above"]) is None


def test_cases_open_for_long(demo_snapshot: Snapshot) -> None:
    assert judged("ageing", demo_snapshot, age=["days", "over"], open_cases=[3, 1]) is Tone.BAD
    assert judged("ageing", demo_snapshot, age=["days"], open_cases=[3]) is None


@pytest.mark.parametrize(("unknown", "known", "tone"), [([1], [4], None), ([2], [7], Tone.BAD), ([0], [9], None)])
def test_a_fifth_unknown(demo_snapshot: Snapshot, unknown: list[int], known: list[int], tone: Tone | None) -> None:
    assert judged("follow_up", demo_snapshot, applied_unknown=unknown, known_answers=known) is tone


@pytest.mark.parametrize(("published", "use", "tone"), [
    ("2015-01-01", "discussed", Tone.GOOD), ("2015-01-01", "tabled", None),
    ("2015-01-01", "not_tabled", Tone.BAD), ("2015-07-01", "not_tabled", None),  # after the last dialogue
])  # fmt: skip
def test_reports_and_dialogues(demo_snapshot: Snapshot, published: str, use: str, tone: Tone | None) -> None:
    assert judged(
        "report_timeline", demo_snapshot, code=["R1", None], published_on=[DAY(published), pd.NaT],
        dialogue_code=["D1", "D1"], held_on=[DAY("2015-06-01")] * 2, use=[use, None],
    ) is tone  # fmt: skip


@pytest.mark.parametrize(("members", "tone"), [([7, 9], Tone.GOOD), ([9, 8], Tone.BAD), ([9, 10, 9], None)])
def test_members_at_both_ends(demo_snapshot: Snapshot, members: list[int], tone: Tone | None) -> None:
    assert judged("membership", demo_snapshot, members=members) is tone


@pytest.mark.parametrize(("subscribers", "visits", "tone"), [
    ((100, 200), (10, 20), Tone.GOOD), ((200, 100), (20, 10), Tone.BAD), ((100, 200), (20, 10), Tone.PLAIN),
    ((100, 100), (10, 10), None),
])  # fmt: skip
def test_use_of_services(
    demo_snapshot: Snapshot, subscribers: tuple[int, int], visits: tuple[int, int], tone: Tone | None
) -> None:
    months = [*pd.date_range("2014-01-01", periods=24, freq="MS")]
    values = [*([subscribers[0]] * 12 + [subscribers[1]] * 12), *([visits[0]] * 12 + [visits[1]] * 12)]
    measures = ["subscribers"] * 24 + ["visits"] * 24
    assert judged("service_use", demo_snapshot, month=months * 2, measure=measures, value=values) is tone


def test_two_sides_apart_are_told_as_neither_good_nor_bad(demo_snapshot: Snapshot) -> None:
    pair = {"scope": ["one", "one", "all"], "interval_high": [6.0, 9.0, 7.0]}
    assert judged("scores_by_side", demo_snapshot, interval_low=[3.0, 7.0, 4.0], **pair) is Tone.PLAIN
    assert judged("scores_by_side", demo_snapshot, interval_low=[3.0, 5.0, 4.0], **pair) is None


def test_where_success_stands_is_a_figure_and_not_a_tile(look: Look) -> None:
    assert "success" in [one.figure for one in standing_out("helpdesk", look())]
    assert "success" in {one.name for one in PAGES["helpdesk"]}
