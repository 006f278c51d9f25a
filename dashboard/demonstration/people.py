"""Who came: each activity's people spread over countries and kinds of stakeholder."""

from __future__ import annotations

from random import Random

from dashboard.demonstration import script

EUROPE = ("DE", "FR", "IT", "ES", "AT", "BE", "NL", "HU", "GR", "PL", "TR", "FI", "SE", "GB", "PT")
KINDS = {
    "university": 38, "research_organisation": 22, "company": 17, "funding_agency": 8, "ministry": 6, "association": 9,
}  # fmt: skip
INDUSTRIAL = {"company": 2.6, "university": 0.7}
HOSTS_SHARE = {"JP": 0.78, "Europe": 0.54}


def spread(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to weights that add up to the total (largest remainders)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    counts = {key: int(value) for key, value in exact.items()}
    for key in sorted(exact, key=lambda key: counts[key] - exact[key])[: total - sum(counts.values())]:
        counts[key] += 1
    return {key: count for key, count in counts.items() if count}


def countries(host: str, draw: Random, later: float) -> dict[str, float]:
    """Weights of the countries that people came from; `later` is the share of the programme's term gone by, with
    which the circle widens."""
    guests = draw.sample(EUROPE, 2 + round(3 * later + 2 * draw.random()))
    if host == "JP":
        return {"JP": HOSTS_SHARE["JP"]} | {guest: 0.22 / len(guests) for guest in guests if guest != host}
    near = {guest: 0.30 / len(guests) for guest in guests if guest != host}
    return {host: HOSTS_SHARE["Europe"], "JP": 0.16} | near


def kinds(theme: str, draw: Random) -> dict[str, float]:
    lean = INDUSTRIAL if theme in ("power-electronics", "smart-communities") else {}
    return {kind: weight * lean.get(kind, 1) * (0.6 + 0.8 * draw.random()) for kind, weight in KINDS.items()}


def attendance(activities: list[list[str]], draw: Random) -> list[tuple[object, ...]]:
    """Activity, country, stakeholder kind, participants."""
    hosts = {city: country for city, country, *_ in script.rows(script.CITIES)}
    found: list[tuple[object, ...]] = []
    for code, day, city, theme, _, _, people, *_ in sorted(activities, key=lambda row: (row[1], row[0])):
        later = (int(day[:4]) - 2013) / 4
        for country, count in sorted(spread(int(people), countries(hosts[city], draw, later)).items()):
            for kind, some in spread(count, kinds(theme, draw)).items():
                found.append((code, country, kind, some))
    return found
