"""A page's headline says what went well and what did not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete

from dashboard.database import engine
from dashboard.database.schema import target
from dashboard.database.snapshot import take
from dashboard.figures import dialogue, helpdesk, helpdesk_map, overview, training, training_groups
from dashboard.figures.area import standing
from dashboard.figures.captions import subtitle
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.store import Store

TERM = Period(Month(2013, 9), Month(2017, 2))


@pytest.fixture
def look(demo_snapshot):
    def make(filters: Filters = Filters(), language: str = "en") -> View:  # noqa: B008 - frozen
        programme = Programme(TERM, date(2018, 1, 1))
        return View(filters, language, False, programme, demo_snapshot.version, Store(demo_snapshot))

    return make


@pytest.mark.parametrize(
    ("page", "language", "said"),
    [
        # 5 of 9 reports used, 60 % planned; 9 reports and 12 members as planned
        (dialogue, "en", "9 reports, 56% used in dialogues; 12 members in the interest group; behind plan: "
                         "Reports used in dialogues"),
        (dialogue, "ja", "報告書9件のうち56%が対話で活用、インタレストグループの会員は12機関。"
                         "計画より遅れ：対話で活用された報告書"),
        # 987 of 900, 2 of at most 3 days, 79 % of 80 % (within a twentieth), 57 of 50
        (helpdesk, "en", "987 cases, 79% answered within the service standard, 57 applications supported; all on "
                         "track or ahead of plan"),
        (helpdesk, "ja", "相談987件、79%に対応基準内で回答、支援した申請57件。いずれもほぼ計画どおりか先行"),
        # 6 of 6 seminars, 144 of 150 people (within a twentieth), 17.3 of 15 points, 67 % of 60 %
        (training, "ja", "6回のセミナーで144人が受講、得点の伸びは平均+17.3点、回答者の67%が学んだことを実践。"
                         "いずれもほぼ計画どおりか先行"),
    ],
)  # fmt: skip
def test_a_headline_says_what_is_behind_plan(look, page, language: str, said: str) -> None:
    assert page.headline(look(language=language)) == said


def test_a_selection_without_targets_is_not_said_to_be_on_plan(look) -> None:
    """Targets are set for the whole programme; reports and the group know no theme, and keep theirs."""
    biotechnology = look(Filters(themes=("biotechnology",)))
    assert standing("Said", biotechnology, *helpdesk.TILES) == "Said"
    assert helpdesk.headline(biotechnology).endswith("applications supported")
    assert dialogue.headline(biotechnology).endswith("behind plan: Reports used in dialogues")


def test_several_behind_are_all_named(look) -> None:
    """Of the last half-year neither of its two reports was used, and nobody was trained where 10 were planned."""
    last = look(Filters(period=Period(Month(2016, 9), TERM.last)))
    assert standing("Said", last, "reports_used", "training_seminars", "people_trained") == (
        "Said; behind plan: People trained, Reports used in dialogues"
    )


@pytest.mark.parametrize(
    ("figure", "language", "said"),
    [
        (training_groups.SCORES_BY_SIDE, "en", "The Japanese side gained more than the EU side: "
                                               "+18.6 points (17.0 to 20.3) against +8.4 points (5.3 to 11.6)"),
        (training_groups.SCORES_BY_SIDE, "ja", "日本側の伸びはEU側を上回る：+18.6点（17.0〜20.3）、"
                                               "EU側は+8.4点（5.3〜11.6）"),
        # the small groups are put together, not one group that could be ranked
        (training_groups.SCORES_BY_COUNTRY, "en", "Mean gain in points: Japan +18.6 (17.0 to 20.3); Small groups "
                                                  "together (10) +8.4 (5.3 to 11.6)"),
    ],
)  # fmt: skip
def test_of_two_groups_is_said_which_gained_more(look, figure, language: str, said: str) -> None:
    view = look(language=language)
    assert figure.say_title(figure.data(view), view) == said


def test_two_groups_whose_intervals_overlap_are_not_ranked(look) -> None:
    view, figure = look(), training_groups.SCORES_BY_SIDE
    frame = figure.data(view)
    wide = frame.assign(interval_low=frame["interval_low"].where(frame["side"] != "japan", 11.0))
    assert figure.say_title(wide, view) == (
        "No clear difference in mean gain: Japanese side +18.6 (11.0 to 20.3); EU side +8.4 (5.3 to 11.6)"
    )


def test_where_there_are_no_targets_that_is_said(sqlite, demo_url: str) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    with engine.writing(url) as connection:
        connection.execute(delete(target))
    taken = take(url)
    for chosen in (Filters(), Filters(themes=("biotechnology",))):
        view = View(chosen, "en", False, Programme(TERM, date(2018, 1, 1)), taken.version, Store(taken))
        assert overview.headline(view) == (
            "Results in this selection; the record holds no targets to compare them with"
        )


def test_what_rounds_to_the_plan_is_as_planned(look) -> None:
    """January to June 2015: one report, and 1.5 planned less a hundredth, which the tile calls on track."""
    view = look(Filters(period=Period(Month(2015, 1), Month(2015, 6))))
    figure = overview.progress_of("reports")
    frame = figure.frame(view)
    assert frame["actual"].iloc[-1] == 1
    assert 1 < frame["planned"].iloc[-1] < 1.5
    assert figure.say_title(frame, view) == "Analytical reports: 1, as planned"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Help-desk cases: {}; no target for this selection"),
     ("ja", "ヘルプデスク相談：{}（この選択には目標がありません）")],
)
def test_progress_without_a_plan_says_how_much_there_is(look, language: str, said: str) -> None:
    """A theme has no target of its own, and a slide's title is a finding nevertheless."""
    view = look(Filters(themes=("biotechnology",)), language)
    figure = overview.progress_of("help_desk_cases")
    frame = figure.frame(view)
    assert frame["planned"].isna().all()
    assert figure.say_title(frame, view) == said.format(view.number(frame["actual"].iloc[-1]))


def test_progress_names_no_filter_that_its_indicator_knows_nothing_of(look) -> None:
    view = look(Filters(themes=("biotechnology",), countries=("DE",)))
    shown = {key: subtitle(overview.progress_of(key), view) for key in ("reports", "people_reached")}
    assert shown["reports"].endswith("All themes · EU and Japan")
    assert shown["people_reached"].endswith("Biotechnology · Germany")


def test_cases_of_one_country_are_not_divided_among_sides(look) -> None:
    view = look(Filters(Period(Month(2015, 1), Month(2015, 6)), countries=("DE",)))
    figure = helpdesk_map.RANKING
    assert figure.say_title(figure.frame(view), view) == "Every case came from Germany (cases: 15)"
