"""Monthly use of the information services."""

from __future__ import annotations

from random import Random

from dashboard.demonstration import script

FIRST, LAST = (2013, 9), (2017, 2)
QUIET = {8: 0.62, 12: 0.85, 1: 0.95, 4: 0.9}


def months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    return [(first[0] + (first[1] - 1 + step) // 12, (first[1] - 1 + step) % 12 + 1) for step in range(count)]


def use(draw: Random) -> list[tuple[object, ...]]:
    """Service, month, measure, value: subscribers grow steadily, visits and downloads dip in quiet months."""
    rows: list[tuple[object, ...]] = []
    for code, _, _, _, start, end, _, _, course in script.rows(script.SERVICES):
        measure, low, high = course.split()
        last = (int(end[:4]), int(end[5:7])) if end else LAST
        running = months((int(start[:4]), int(start[5:7])), last)
        for step, (year, month) in enumerate(running):
            level = int(low) + (int(high) - int(low)) * step / (len(running) - 1)
            noise = 1 if measure == "subscribers" else QUIET.get(month, 1) * (0.88 + 0.24 * draw.random())
            rows.append((code, f"{year}-{month:02d}-01", measure, round(level * noise)))
    return rows
