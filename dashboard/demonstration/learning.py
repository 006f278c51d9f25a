"""Training results: scores before and after, satisfaction, and what was applied half a year later."""

from __future__ import annotations

from random import Random

from dashboard.demonstration import script

KINDS = {"university": 72, "research_organisation": 20, "funding_agency": 8}
CONTACT_POINTS = {"funding_agency": 45, "association": 30, "ministry": 15, "university": 10}
EUROPE = ("DE", "FR", "IT", "ES", "AT", "HU", "GR", "PL", "TR", "FI", "BE", "PT")


def score(value: float) -> int:
    return max(0, min(100, round(value)))


def results(draw: Random) -> list[tuple[object, ...]]:
    """The rows of training_result: most of those who came answered, fewer of them after half a year."""
    rows: list[tuple[object, ...]] = []
    for place, (code, _, city, _, _, _, people, *_) in enumerate(script.rows(script.TRAININGS)):
        in_europe = city == "Brussels"
        kinds = CONTACT_POINTS if in_europe else KINDS
        for _ in range(round(int(people) * 0.87)):
            kind = draw.choices(list(kinds), list(kinds.values()))[0]
            before = score(draw.gauss(56 if in_europe else 47, 13))
            after = score(before + draw.gauss(11 if in_europe else 15 + place, 8))
            applied = draw.choices(("yes", "no", "unknown"), (46, 22, 32))[0]
            rows.append(
                (
                    code, kind, draw.choice(EUROPE) if in_europe else "JP", before,
                    after if draw.random() < 0.92 else "", draw.choices((2, 3, 4, 5), (3, 15, 47, 35))[0],
                    min(10, max(0, round(draw.gauss(8.3, 1.5)))), applied,
                )
            )  # fmt: skip
    return rows
