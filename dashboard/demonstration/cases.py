"""The help desk: cases that come in bursts before deadlines and after events, and the applications they led to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dashboard.demonstration import script

CASES = 987
BRUSSELS, TOKYO = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Tokyo")
ZONES = {"eu": BRUSSELS, "japan": TOKYO, "h2020_contact_point": TOKYO}
OPEN, CLOSE = date(2013, 10, 15), date(2017, 2, 28)
DEADLINES = tuple(
    date.fromisoformat(day)
    for day in ("2014-03-20", "2014-09-23", "2015-02-03", "2015-06-04", "2015-09-15", "2016-02-16", "2016-09-13",
                "2017-01-17")
)  # fmt: skip
COUNTRIES = {
    "JP": 46, "DE": 10, "IT": 7, "FR": 6, "GB": 6, "ES": 5, "AT": 4, "HU": 3, "TR": 3, "BE": 3, "NL": 2.5, "GR": 2,
    "PL": 2, "FI": 1.5, "SE": 1.5, "PT": 1, "CZ": 0.8, "CH": 0.8, "US": 0.5, "KR": 0.4,
}  # fmt: skip
KINDS = {
    "university": 44, "research_organisation": 20, "company": 22, "funding_agency": 4, "association": 8, "ministry": 2,
}  # fmt: skip
CHANNELS = {"email": 58, "web_form": 22, "telephone": 13, "in_person": 7}
THEMES = {"cross-cutting": 52, "smart-communities": 17, "power-electronics": 17, "biotechnology": 14}
TOPICS = {
    "calls_and_topics": 24, "eligibility_and_funding": 21, "partner_search": 17, "proposal_writing": 12,
    "mobility": 9, "financial_rules": 8, "intellectual_property": 5, "japanese_programmes": 4,
}  # fmt: skip
FROM_EUROPE = {"japanese_programmes": 6, "eligibility_and_funding": 0.5, "partner_search": 1.4}
BEFORE_DEADLINE = ("proposal_writing", "financial_rules", "eligibility_and_funding", "partner_search")
DAYS_TO_ANSWER = (0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 5, 6, 9)
DELAY = {"eu": 1.15, "japan": 1.0, "h2020_contact_point": 0.7}
SLIP = (date(2015, 8, 24), date(2015, 11, 20))
PARTS = (
    "Excellent Science: Marie Skłodowska-Curie actions", "Excellent Science: Future and emerging technologies",
    "Industrial Leadership: ICT", "Industrial Leadership: Nanotechnologies and materials",
    "Industrial Leadership: Biotechnology", "Societal Challenges: Energy", "Societal Challenges: Transport",
    "Societal Challenges: Food and bioeconomy",
)  # fmt: skip
RESULTS = ("funded",) * 11 + ("reserve",) * 4 + ("rejected",) * 35
AT_DEADLINES = (3, 5, 8, 6, 9, 9, 10, 7)
UNDECIDED = AT_DEADLINES[-1]


@dataclass
class Case:
    day: date
    country: str
    theme: str
    topic: str
    activity: str = ""
    application: str = ""
    code: str = field(default="")


def weighted(draw: Random, weights: Mapping[str, float]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]


def applications(draw: Random) -> list[dict[str, object]]:
    """57 of them, on the calls' deadlines; those of the partnerships that reached a proposal are among them."""
    deadlines = [day for day, count in zip(DEADLINES, AT_DEADLINES, strict=True) for _ in range(count)]
    results = list(RESULTS)
    draw.shuffle(results)
    results += ["submitted"] * UNDECIDED
    found: list[dict[str, object]] = [
        {
            "code": f"A{number:02d}", "submitted_on": day, "status": result, "part": (part := draw.choice(PARTS)),
            "part_ja": script.JAPANESE[part],
            "theme": weighted(draw, THEMES), "japanese_organisations": draw.choice((1, 1, 1, 2, 2, 3)),
            "origin_activity": "", "partnership": "",
        }
        for number, (day, result) in enumerate(zip(deadlines, results, strict=True), 1)
    ]  # fmt: skip
    for code, theme, _, origin, _, steps, *_ in script.rows(script.PARTNERSHIPS):
        _, _, proposed, funded, _ = (step.strip() for step in steps.split(","))
        if not proposed:
            continue
        free = [one for one in found if not one["partnership"]]
        mine = next(one for one in free if str(one["submitted_on"]) == proposed)
        if (mine["status"] == "funded") != bool(funded):
            other = next(
                one for one in free
                if (one["status"] == "funded") == bool(funded) and one["status"] != "submitted"
            )  # fmt: skip
            mine["status"], other["status"] = other["status"], mine["status"]
        mine |= {"partnership": code, "origin_activity": origin, "theme": theme}
    events = [row for row in script.rows(script.EVENTS) if row[4] == "h"]
    for one in found:
        day = one["submitted_on"]
        recent = [row for row in events if timedelta(0) < day - date.fromisoformat(row[1]) < timedelta(150)]  # type: ignore[operator]
        if recent and not one["origin_activity"] and draw.random() < 0.3:
            chosen = draw.choice(recent)
            one |= {"origin_activity": chosen[0], "theme": chosen[3]}
    return found


def intensity(day: date) -> float:
    """How busy a day is: growing over the term, quiet at weekends, in August, over New Year, in Golden Week and at
    the turn of the Japanese fiscal year, busy before deadlines."""
    if day.weekday() >= 5:
        return 0.06
    grown = 0.45 + 0.75 * (day - OPEN) / (CLOSE - OPEN)
    quiet = day.month == 8 or (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 5)
    thin = (day.month == 3 and day.day >= 22) or (day.month == 4 and day.day <= 8) or (day.month == 5 and day.day <= 6)
    burst = sum(2.2 * (1 - (one - day).days / 21) for one in DEADLINES if timedelta(0) <= one - day < timedelta(21))
    return grown * (0.35 if quiet else 0.6 if thin else 1) * (1 + burst)


def moment(day: date, zone: ZoneInfo, hours: tuple[float, float], draw: Random) -> datetime:
    """A moment in the hours of a day somewhere, in UTC, to the minute."""
    minutes = int(60 * (hours[0] + (hours[1] - hours[0]) * draw.random()))
    local = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    return local.astimezone(UTC).replace(tzinfo=None)


def next_working(day: date, count: int) -> date:
    while count or day.weekday() >= 5:
        day += timedelta(1)
        count -= day.weekday() < 5 and count > 0
    return day


def drawn_cases(made: list[dict[str, object]], draw: Random) -> list[Case]:
    """The cases behind applications, those that came from activities, and the rest, until there are enough."""
    found: list[Case] = []
    for one in made:
        submitted: date = one["submitted_on"]  # type: ignore[assignment]
        for _ in range(draw.choice((1, 1, 2, 2, 3))):
            day = max(OPEN, submitted - timedelta(draw.randint(4, 75)))
            country = "JP" if draw.random() < 0.7 else weighted(draw, COUNTRIES)
            about = draw.choice(BEFORE_DEADLINE)
            found.append(Case(day, country, str(one["theme"]), about, application=str(one["code"])))
    hosts = {city: country for city, country, *_ in script.rows(script.CITIES)}
    for row in script.rows(script.EVENTS + script.PRESENTATIONS.lstrip() + script.BUILDING.lstrip()):
        for _ in range(round(int(row[6]) * (0.04 + 0.05 * draw.random()))):
            day = date.fromisoformat(row[1]) + timedelta(1 + min(29, int(draw.expovariate(0.13))))
            if day <= CLOSE:
                country = hosts[row[2]] if draw.random() < 0.8 else weighted(draw, COUNTRIES)
                found.append(Case(day, country, row[3], topic(country, draw), activity=row[0]))
    days = [OPEN + timedelta(step) for step in range((CLOSE - OPEN).days + 1)]
    for day in draw.choices(days, [intensity(day) for day in days], k=CASES - len(found)):
        country = weighted(draw, COUNTRIES)
        found.append(Case(day, country, weighted(draw, THEMES), topic(country, draw)))
    return sorted(found, key=lambda one: (one.day, one.application, one.activity, one.country, one.topic, one.theme))


def topic(country: str, draw: Random) -> str:
    lean = {} if country == "JP" else FROM_EUROPE
    return weighted(draw, {key: weight * lean.get(key, 1) for key, weight in TOPICS.items()})


def desk(case: Case, draw: Random) -> str:
    if case.country in ("JP", "KR"):
        return "h2020_contact_point" if draw.random() < 0.55 else "japan"
    return "japan" if case.topic == "japanese_programmes" and draw.random() < 0.5 else "eu"


def cases(made: list[dict[str, object]], draw: Random) -> list[tuple[object, ...]]:
    """The rows of help_desk_case."""
    rows: list[tuple[object, ...]] = []
    for number, case in enumerate(drawn_cases(made, draw), 1):
        at = desk(case, draw)
        home = TOKYO if case.country in ("JP", "KR") else BRUSSELS
        opened = moment(case.day, home, (8.5, 18.5), draw)
        answered = answer(opened, at, draw)
        unanswered = draw.random() < 0.006 or answered.date() > CLOSE
        last_day = next_working(answered.date(), draw.choice((1, 1, 2, 3, 4, 6, 9, 14, 21)))
        closed = moment(last_day, ZONES[at], (9.5, 17.5), draw)
        still_open = unanswered or closed.date() > CLOSE or draw.random() < 0.004
        satisfaction = draw.choices((1, 2, 3, 4, 5), (2, 4, 14, 42, 38))[0] if draw.random() < 0.42 else ""
        rows.append(
            (
                f"H{number:04d}", opened.isoformat(), "" if unanswered else answered.isoformat(),
                "" if still_open else closed.isoformat(), at, weighted(draw, CHANNELS), case.topic, case.country,
                weighted(draw, KINDS), case.theme, "" if still_open else satisfaction, case.activity, case.application,
            )
        )  # fmt: skip
    return rows


def answer(opened: datetime, at: str, draw: Random) -> datetime:
    """The first response, in the desk's own hours; slower while the autumn of 2015 left the European desk short."""
    zone = ZONES[at]
    here = opened.replace(tzinfo=UTC).astimezone(zone)
    late = here.hour >= 16 or here.weekday() >= 5
    wait = draw.choice(DAYS_TO_ANSWER) * DELAY[at]
    if at == "eu" and SLIP[0] <= here.date() <= SLIP[1]:
        wait = wait * 1.8 + 1
    day = next_working(here.date(), max(round(wait), int(late)))
    first = max(9.5, here.hour + here.minute / 60 + 0.2) if day == here.date() else 9.5
    return moment(day, zone, (first, max(17.5, first + 0.5)), draw)
