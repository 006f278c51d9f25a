"""A record of small groups in two forms that differ in nothing but which of two small groups has two people and which
has three: whatever says something else of the one than of the other tells how many people are in a small group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import islice, repeat
from typing import Any

from dashboard.database.schema import (
    activity,
    attendance,
    help_desk_case,
    information_service,
    information_use,
    programme,
    theme,
    training_result,
)

P = {"code": "P", "acronym": "P", "title": "A programme", "start": date(2014, 1, 1), "end": date(2015, 12, 31),
     "service_standard": 3, "time_zone": "Europe/Brussels", "dataset": "recorded"}  # fmt: skip
TWINS = ((2, 3), (3, 2))
"""How many people are in the first and in the second small group."""
TOKYO, PORTO = ("Tokyo", "JP", 35.7, 139.7), ("Porto", "PT", 41.1, -8.6)
ROME, BERLIN, OSLO = ("Rome", "IT", 41.9, 12.5), ("Berlin", "DE", 52.5, 13.4), ("Oslo", "NO", 59.9, 10.8)
HELD = (
    # code, kind, first day, place, theme, objective, format
    ("B", "event", "2014-02-10", TOKYO, 1, "horizon_2020_in_japan", "on_site"),
    ("A", "event", "2014-03-10", PORTO, 2, "japanese_programmes_in_europe", "online"),
    ("C", "event", "2014-05-10", ROME, 3, "mobility_and_staff_exchange", "hybrid"),
    ("D", "presentation", "2014-06-10", BERLIN, 1, None, "on_site"),
    ("N", "event", "2014-08-10", OSLO, 1, None, "on_site"),  # nobody was counted
    ("T1", "training", "2014-09-10", TOKYO, 1, None, "on_site"),
    ("T2", "training", "2014-10-10", ROME, 1, None, "on_site"),
    ("T3", "training", "2014-11-10", TOKYO, 1, None, "on_site"),
)
ANSWER = {"institution_kind": "university", "institution_country": "JP", "before_score": 40, "after_score": 61,
          "satisfaction": 4, "would_recommend": 9, "applied_after_six_months": "yes"}  # fmt: skip
Insert = Callable[..., list[int]]


def at(day: int, minute: int = 0) -> datetime:
    return datetime.combine(date(2014, 4, day), time(9, minute))


def record(url: str, insert: Insert, first: int, second: int, day: int = 7, kind: str = "ministry") -> str:
    """Fills a database: small are events A and C (and the themes, objectives, formats, months and places of which they
    are the only ones), who came from Germany and Italy, seminars T1 and T2, the subscribers of services S1 and S2, and
    the answers about two desks. Cases come on a day of April 2014, a single one of a kind from Sweden."""
    insert(url, programme, P)
    insert(url, theme, *({"code": f"theme-{name}", "name": f"Theme {name}"} for name in "abc"))
    ids = insert(url, activity, *(
        {"programme_id": 1, "code": code, "kind": kind, "title": f"Meeting {code}", "start": date.fromisoformat(day),
         "end": date.fromisoformat(day), "city": place[0], "country": place[1], "latitude": place[2],
         "longitude": place[3], "theme_id": about, "objective": objective, "format": form}
        for code, kind, day, place, about, objective, form in HELD
    ))  # fmt: skip
    key = {code: one for (code, *_), one in zip(HELD, ids, strict=True)}
    insert(url, attendance, *(
        {"activity_id": key[code], "country": country, "stakeholder_kind": kind, "participants": count}
        for code, country, kind, count in (
            ("B", "FR", "company", 50), ("B", "FR", "university", 20), ("B", "JP", "company", 40),
            ("A", "DE", "company", first), ("C", "IT", "company", second),
            ("D", "JP", "university", 21), ("D", "FR", "company", 25),
            ("T1", "JP", "university", first), ("T2", "JP", "university", second), ("T3", "JP", "university", 40),
        )
    ))  # fmt: skip
    asked: list[dict[str, Any]] = [ANSWER | {"before_score": 30 + 3 * step} for step in range(5)]
    of = iter(asked)
    for code, count in (("T1", first), ("T2", second)):
        insert(url, training_result, *({"activity_id": key[code], **one} for one in islice(of, count)))
    insert(url, training_result, *({"activity_id": key["T3"], **one} for one in repeat(ANSWER, 22)))
    services = insert(url, information_service, *(
        {"code": code, "title": f"News {code}", "kind": "newsletter", "side": side, "languages": "en",
         "from": date(2014, 1, 1)} for code, side in (("S1", "eu"), ("S2", "japan"), ("S3", "eu"))
    ))  # fmt: skip
    insert(url, information_use, *(
        {"information_service_id": service, "month": date(2014, month, 1), "measure": "subscribers", "value": value}
        for month in (3, 4, 5, 6) for service, value in zip(services, (first, second, 30 + month), strict=True)
    ))  # fmt: skip
    rated = {"eu": first, "japan": second, "h2020_contact_point": 9}
    insert(url, help_desk_case, *(
        {"programme_id": 1, "code": f"H-{desk}-{number}", "opened": at(day, number), "desk": desk, "channel": "email",
         "first_response": at(day + 1), "closed": at(day + 2),
         "topic": "mobility", "theme_id": 1, "activity_id": key["B" if number % 2 else "T3"],
         "enquirer_country": "SE" if (desk, number) == ("eu", 10) else "JP",
         "enquirer_kind": kind if (desk, number) == ("eu", 10) else "university",
         "satisfaction": 5 if number < count else None}
        for desk, count in rated.items() for number in range(11)
    ))  # fmt: skip
    return url
