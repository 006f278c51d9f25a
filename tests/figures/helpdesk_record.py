"""The help desk's record reckoned apart from the dashboard: rows from SQLite, days by numpy, clocks by zoneinfo."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.filters import Filters, Month, Period

BRUSSELS, TOKYO = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Tokyo")
STANDARD = 3
SQL = """
SELECT c.opened, c.first_response, c.closed, c.desk, c.channel, c.topic, c.enquirer_country, c.enquirer_kind, t.code,
       c.satisfaction, c.application_id
FROM help_desk_case AS c JOIN theme AS t ON t.id = c.theme_id
"""
HALF = Filters(period=Period(Month(2015, 1), Month(2015, 6)))
THEME = Filters(themes=("biotechnology",))
JAPAN = Filters(sides=("japan",))
MIXED = Filters(period=Period(Month(2014, 7), Month(2016, 12)), themes=("cross-cutting",), countries=("DE", "IT", "GB"))
SELECTIONS = {"whole": Filters(), "half-year": HALF, "theme": THEME, "Japan": JAPAN, "mixed": MIXED}


def moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None


@dataclass(frozen=True)
class Case:
    opened: datetime
    first_response: datetime | None
    closed: datetime | None
    desk: str
    channel: str
    topic: str
    country: str
    organisation_kind: str
    theme: str
    satisfaction: int | None
    application: int | None

    @property
    def month(self) -> Month:
        return Month.of(self.opened.astimezone(BRUSSELS).date())

    def days_to(self, end: datetime | date | None) -> int | None:
        """Weekdays after the day of opening up to and with the last day, in Brussels."""
        if end is None:
            return None
        last = end.astimezone(BRUSSELS).date() if isinstance(end, datetime) else end
        first = self.opened.astimezone(BRUSSELS).date()
        return int(np.busday_count(np.datetime64(first) + 1, np.datetime64(last) + 1))

    @property
    def response_days(self) -> int | None:
        return self.days_to(self.first_response)

    @property
    def closing_days(self) -> int | None:
        return self.days_to(self.closed)


def cases(path: str, filters: Filters, any_time: bool = False) -> list[Case]:
    """The cases of a selection; with `any_time` those of every month."""
    record = sqlite3.connect(path)
    rows = [(*map(moment, row[:3]), *row[3:]) for row in record.execute(SQL)]
    record.close()
    found = [Case(*row) for row in rows]
    return [
        case
        for case in found
        if (not filters.themes or case.theme in filters.themes)
        and (not filters.countries or case.country in filters.countries)
        and (not filters.sides or (case.country == "JP" and filters.sides == ("japan",)))
        and (any_time or not filters.period or filters.period.first <= case.month <= filters.period.last)
    ]
