"""A trend line so small that it needs no axes."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

WIDTH, HEIGHT = 168, 38


def sparkline(values: Sequence[float | None], colour: str, area: str) -> str:
    """The address (`data:`) of the trend's picture: streamlit strips drawings from markup. Empty without two values."""
    drawn = trend(values, colour, area)
    return "data:image/svg+xml," + quote(drawn) if drawn else ""


def trend(values: Sequence[float | None], colour: str, area: str) -> str:
    """An SVG of the values from zero up, one an equal step; a gap where one is None. Empty without two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top, step = max(*known, 0) or 1, WIDTH / (len(values) - 1)
    points = [(place * step, value) for place, value in enumerate(values)]
    drawn = ""
    for is_known, run in groupby(points, key=lambda point: point[1] is not None):
        if is_known:
            drawn += _line([(x, HEIGHT - 2 - (value or 0) / top * (HEIGHT - 4)) for x, value in run], colour, area)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f"{drawn}</svg>"
    )


def _line(run: list[tuple[float, float]], colour: str, area: str) -> str:
    if len(run) == 1:
        return f'<circle cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="1.8" fill="{colour}"/>'
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    floor = f"{run[-1][0]:.1f},{HEIGHT} {run[0][0]:.1f},{HEIGHT}"
    return (
        f'<polygon points="{line} {floor}" fill="{area}"/>'
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-linejoin="round" '
        f'vector-effect="non-scaling-stroke"/>'
    )
