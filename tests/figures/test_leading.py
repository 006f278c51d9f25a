"""Who is named with the first of a ranking, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures import events_where, framework, partnerships
from dashboard.figures.leading import as_many, tied
from tests.figures.conftest import Look


def test_what_is_as_high_as_the_first() -> None:
    assert tied(pd.Series([4, 7, 7, 1, 7])) == [2, 4]
    assert tied(pd.Series([4.0, None, 3.0])) == []
    assert tied(pd.Series({"2014": 3, "2015": 3})) == ["2015"]


@pytest.mark.parametrize(
    ("others", "english", "japanese"),
    [
        ([], "Most: 4", "Most: 4"),
        (["Oita"], "Most: 4; as many: Oita", "Most: 4。同数：Oita"),
        (["Oita", "Tsu"], "Most: 4; as many: Oita, Tsu", "Most: 4。同数：Oita、Tsu"),
        (["Oita", "Tsu", "Nara"], "Most: 4; as many: 3 others", "Most: 4。同数：ほか3件"),
    ],
)
def test_the_others_are_named(look: Look, others: list[str], english: str, japanese: str) -> None:
    assert as_many("Most: 4", others, look()) == english
    assert as_many("Most: 4", others, look(language="ja")) == japanese


def test_pairs_that_share_as_many(look: Look) -> None:
    pairs = pd.DataFrame({"japan_city": ["Tokyo", "Osaka", "Tokyo"], "country": ["DE", "DE", "FR"],
                          "projects": [11, 9, 11]})  # fmt: skip
    assert framework.BY_CITY.alt(pairs, look()) == (
        "Tokyo and Germany share most projects: 11; as many: Tokyo–France"
    )


def test_years_with_as_many_partnerships(look: Look) -> None:
    years = pd.DataFrame({"year": [2014, 2015, 2016, 2016], "theme": ["a", "a", "a", "b"],
                          "partnerships": [3, 1, 2, 1]})  # fmt: skip
    said = partnerships.BY_YEAR.alt(years, look())
    assert said.endswith("; as many: 2016")


def test_countries_that_reached_as_many(look: Look) -> None:
    reached = pd.DataFrame({"country": ["JP", "DE", "FR"], "participants": [40.0, 40.0, 20.0]})
    said = events_where.BY_COUNTRY.alt(reached, look())
    assert said.startswith("Japan comes first with 40 of ")
    assert said.endswith("; as many: Germany")
