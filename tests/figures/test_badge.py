"""What is said of illustrative records is true of the record as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.database.snapshot import take
from dashboard.figures.captions import explained
from dashboard.figures.model import View
from dashboard.filters import Filters
from dashboard.indicators.model import Programme
from dashboard.store import Store
from dashboard.text import LANGUAGES, text
from tests.figures.conftest import ENDED, WHOLE, Look


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstrations_totals_are_the_published_ones(look: Look, language: str) -> None:
    assert explained(look(language=language)) == text("badge.explained", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM partnership_step WHERE partnership_id = 1",  # ten partnerships of eleven published
        "DELETE FROM published_figure",  # nothing to be equal to
    ],
)
def test_totals_that_are_not_are_not_said_to_be(sqlite, demo_url: str, elsewhere, change: str, language: str) -> None:
    url = sqlite.copy(Path(demo_url).stem)
    elsewhere(url, change)
    snapshot = take(url)
    view = View(Filters(), language, False, Programme(WHOLE, ENDED), snapshot.version, Store(snapshot))
    assert explained(view) == text("badge.invented", language)
