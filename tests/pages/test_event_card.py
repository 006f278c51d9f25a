"""The card of an event: what it tells against plain SQL, and of groups of people as the figures do."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pandas as pd
import pytest
from babel import Locale

from dashboard.database.snapshot import Snapshot
from dashboard.figures.model import View
from dashboard.filters import Filters, Month, Period
from dashboard.indicators.model import Programme
from dashboard.queries import events
from dashboard.store import Store
from dashboard.text import text
from dashboard.ui import event_card
from dashboard.ui.event_card import _groups
from tests.figures.conftest import Look, Rows, look, plain  # noqa: F401 - fixtures
from tests.figures.test_event_figures import REACH, SQL

LINE = re.compile(r"<li>(.*?)</li>")


@pytest.fixture
def view(demo_snapshot: Snapshot) -> View:
    term = Period(Month(2013, 9), Month(2017, 2))
    return View(Filters(), "en", False, Programme(term, date(2018, 1, 1)), "1", Store(demo_snapshot))


def came(**counts: int) -> pd.DataFrame:
    rows = [(country, "company", count) for country, count in counts.items()]
    return pd.DataFrame(rows, columns=["country", "organisation_kind", "participants"])


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"FR": 9, "DE": 5}, ["France: 9", "Germany: 5"]),
        ({"FR": 30, "DE": 9, "IT": 2}, ["France: 30", "Number hidden: Germany, Italy"]),  # 41 less 30 less 9 is 2
        ({"FR": 30, "DE": 4, "IT": 2}, ["France: 30", "Number hidden: Germany, Italy"]),
    ],
)
def test_a_small_group_is_not_told_by_the_others(view: View, counts: dict[str, int], said: list[str]) -> None:
    assert _groups(came(**counts), "country", True, view) == said


def test_an_event_whose_number_is_hidden_tells_none(view: View) -> None:
    assert _groups(came(FR=30, DE=9), "organisation_kind", False, view) == ["Number hidden: Company"]
    assert _groups(came(FR=30, DE=9), "organisation_kind", True, view) == ["39 people", "Company: 39"]
    assert _groups(came(), "country", True, view) == ["Not recorded"]


def card(code: str, view: View, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The lines of an event's card by their heading, none where the selection does not hold the event."""
    written: list[str] = []
    monkeypatch.setattr(event_card, "put", lambda *parts: written.extend(parts))
    event_card.event_card(code, view)
    parts = re.findall(r"<h4>(.*?)</h4>(.*?)</div>", "".join(written))
    return {unescape(label): [unescape(line) for line in LINE.findall(inner)] for label, inner in parts}


@pytest.mark.parametrize("filters", list(SQL), ids=["whole", "theme", "half-year", "Japan", "DE and FR"])
def test_a_card_against_plain_sql(
    look: Look, plain: Rows, monkeypatch: pytest.MonkeyPatch, filters: Filters,  # noqa: F811 - fixtures
) -> None:  # fmt: skip
    """Of every event and presentation: who came, what followed; the people as far as they are told."""
    view = look(filters)
    chosen = plain(f"SELECT a.id, a.code, a.start, a.end, a.country FROM activity a WHERE {SQL[filters]} ORDER BY 1")
    told = dict(view.select(events.activities(filters, *events.REACH))[["code", "participants"]].values)
    cases = plain("SELECT brussels(opened), enquirer_country, activity_id FROM help_desk_case")
    for key, code, first, last, country in chosen:
        said = card(code, view, monkeypatch)
        for heading, column, name in (
            ("Who came, by kind", "stakeholder_kind", lambda one: text(f"code.organisation_kind.{one}", "en")),
            ("Who came, by country", "country", lambda one: str(Locale("en").territories[one])),
        ):
            counted = dict(plain(f"""SELECT {column}, sum(participants) FROM attendance
                                     WHERE activity_id = {key} AND participants > 0 GROUP BY 1"""))
            sizes = {name(one): count for one, count in counted.items()}
            lines = said[heading]
            hidden = [one for line in lines if line.startswith("Number hidden: ") for one in line[15:].split(", ")]
            numbers = {one: int(count.replace(",", "")) for one, count in (
                line.rsplit(": ", 1) for line in lines if ": " in line and not line.startswith("Number hidden"))}
            assert numbers == {one: count for one, count in sizes.items() if one not in hidden}, (code, heading)
            assert set(hidden) <= set(sizes)
            assert len(hidden) != 1 or pd.isna(told[code])
            assert all(one in hidden for one, count in sizes.items() if count < 5)
            total = [f"{sum(sizes.values())} people"] if column != "country" and not pd.isna(told[code]) else []
            assert [line for line in lines if ": " not in line] == total
        assert said["Satisfaction"] == ["Not recorded"]
        assert plain(f"SELECT count(*) FROM training_result WHERE activity_id = {key}") == [(0,)]
        naming = sum(named == key for _, _, named in cases)
        near = [date.fromisoformat(day) for day, enquirer, named in cases if named == key or enquirer == country]
        before = sum(1 <= (date.fromisoformat(first) - day).days <= 30 for day in near)
        after = sum(1 <= (day - date.fromisoformat(last)).days <= 30 for day in near)
        assert said["What followed"][0] == f"Help-desk cases that name it: {naming}"
        around = f"Cases from it or its country: {before} in the 30 days before, {after} in the 30 days after"
        assert said["What followed"][1].startswith(around)
        named = [f"Partnership: {title}" for (title,) in plain(
            f"SELECT title FROM partnership WHERE origin_activity_id = {key} ORDER BY code")]
        named += [
            f"Application {one} ({of}, {part}): {text(f'code.application_status.{status}', 'en')}"
            for one, of, part, status in plain(f"""SELECT code, funding_programme, part, status FROM application
                WHERE origin_activity_id = {key} ORDER BY submitted_on, code""")
        ]  # fmt: skip
        assert said["What followed"][2:] == (named or ["No partnership or application names it as its origin"])
    outside = plain(f"SELECT code FROM activity a WHERE {REACH} AND id NOT IN "
                    f"(SELECT a.id FROM activity a WHERE {SQL[filters]})")  # fmt: skip
    assert all(card(code, view, monkeypatch) == {} for (code,) in outside[:2])
