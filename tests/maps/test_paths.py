"""Great circles for the globe, against what is known of the sphere."""

import math

from dashboard.maps.paths import EARTH, LIFT, STEPS, great_circle


def test_a_quarter_of_the_equator() -> None:
    path = great_circle((0.0, 0.0), (90.0, 0.0))
    assert len(path) == STEPS + 1
    assert (path[0], path[-1]) == ([0.0, 0.0, 0], [90.0, 0.0, 0])
    assert path[STEPS // 2] == [45.0, 0.0, round(LIFT * math.pi / 2 * EARTH)]


def test_the_shortest_way_from_europe_to_japan_bends_north() -> None:
    # Midpoint of the great circle between 0° E and 140° E on the 50th parallel: cos of half the longitude's
    # difference, 70°, over tan 50° gives a latitude of atan(tan 50° / cos 70°) = 73.99°.
    middle = great_circle((0.0, 50.0), (140.0, 50.0))[STEPS // 2]
    assert middle[:2] == [70.0, 73.99]


def test_a_place_and_itself() -> None:
    assert great_circle((139.69, 35.69), (139.69, 35.69))[STEPS // 2] == [139.69, 35.69, 0]
