"""Great circles as lines: deck.gl's arcs do not show on its globe."""

from __future__ import annotations

import math

STEPS = 24
LIFT = 0.06
"""Height of a line's middle over the ground, in lengths of the line."""
EARTH = 6_371_000
"""Mean radius of the Earth in metres (IUGG)."""

Point = tuple[float, float]


def great_circle(start: Point, end: Point) -> list[list[float]]:
    """Points [longitude, latitude, height in metres] from start to end (longitude, latitude) along the shortest way,
    lifted in the middle so that land does not hide them."""
    first, last = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(first, last, strict=True)))))
    return [_point(first, last, angle, step / STEPS) for step in range(STEPS + 1)]


def _vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = (math.radians(value) for value in point)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def _point(
    first: tuple[float, float, float], last: tuple[float, float, float], angle: float, share: float
) -> list[float]:
    if angle < 1e-9:
        before, after = 1 - share, share
    else:
        before, after = (math.sin(part * angle) / math.sin(angle) for part in (1 - share, share))
    x, y, z = (before * a + after * b for a, b in zip(first, last, strict=True))
    height = LIFT * angle * EARTH * math.sin(math.pi * share)
    return [
        round(math.degrees(math.atan2(y, x)), 2),
        round(math.degrees(math.atan2(z, math.hypot(x, y))), 2),
        round(height),
    ]
