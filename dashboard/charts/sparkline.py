"""A trend line so small that it needs no axes, as a picture in the page's own colour."""

from collections.abc import Sequence
from itertools import groupby


def sparkline(values: Sequence[float | None], width: int = 168, height: int = 34) -> str:
    """An SVG of the values from zero up, one an equal step; a gap where one is None. Empty without two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top, step = max(*known, 0) or 1, width / (len(values) - 1)
    points = [(place * step, value) for place, value in enumerate(values)]
    lines = []
    for is_known, run in groupby(points, key=lambda point: point[1] is not None):
        if is_known:
            lines.append(" ".join(f"{x:.1f},{height - 2 - (value or 0) / top * (height - 4):.1f}" for x, value in run))
    drawn = "".join(
        f'<polyline points="{line}"/>'
        if " " in line
        else f'<circle cx="{line.split(",")[0]}" cy="{line.split(",")[1]}" r="1.6"/>'
        for line in lines
    )
    return f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
