"""Web Mercator: positions in map units, where the world is 65,536 units wide and high.

Maps draw copies of the world to the east and to the west, so lines and areas continue past the
antimeridian. Between two positions, a line is straight in degrees and takes the shorter way
(RFC 7946, sections 3.1.1 and 3.1.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, asinh, atan, atan2, ceil, cos, degrees, pi, radians, sin, sinh, tan
from typing import NamedTuple

from airspace_events.reference.geography import EARTH_RADIUS

WORLD = 65_536
"""The width and the height of the world in map units."""

EDGE = degrees(atan(sinh(pi)))
"""The latitude of the northern edge of the map, about 85.05 degrees."""

_HALF, _WHOLE = 180.0, 360.0
_LONGEST_STEP = 2.0
"""The largest difference in latitude between two points of a slanting line, in degrees. Such a
line is curved on the map."""

_CORNERS = 90
"""The number of corners of a large circle."""

_DISTORTION = 0.02
"""The largest change of scale, from centre to edge, at which a circle is drawn as a circle."""

Positions = Sequence[Sequence[float]]
"""The positions of a line or a ring, each with longitude, latitude and possibly elevation."""

Plane = list[tuple[float, float]]
"""Pairs of longitude and latitude along a line, which may continue past 180 degrees."""


class Drawn(NamedTuple):
    """Lines or areas in map units.

    Attributes:
        path: the SVG path, for the fill rule ``evenodd``.
        x: the x coordinate of a point that represents the path.
        y: the y coordinate of this point.
        is_area: whether the path encloses areas.
    """

    path: str
    x: float
    y: float
    is_area: bool


def x_of(longitude: float) -> float:
    """Return a longitude as map units to the east of the antimeridian."""
    return (longitude + _HALF) / _WHOLE * WORLD


def y_of(latitude: float) -> float:
    """Return a latitude as map units to the south of the northern edge, cut off at both edges."""
    cut = radians(max(-EDGE, min(EDGE, latitude)))
    return (1 - asinh(tan(cut)) / pi) / 2 * WORLD


def units_of(kilometres: float, latitude: float) -> float:
    """Return the length in map units of a short distance at a given latitude."""
    return kilometres / (2 * pi * EARTH_RADIUS * cos(radians(latitude))) * WORLD


def is_round(kilometres: float, latitude: float) -> bool:
    """Return whether a circle on the earth is a circle on the map too."""
    edge = abs(radians(latitude)) + kilometres / EARTH_RADIUS
    is_on_map = edge < radians(EDGE)
    return is_on_map and kilometres / EARTH_RADIUS * tan(edge) < _DISTORTION


def ring_around(longitude: float, latitude: float, kilometres: float) -> Plane:
    """Return a closed ring of positions at the same distance from a centre, on a sphere."""
    distance, north = kilometres / EARTH_RADIUS, radians(latitude)
    ring: Plane = []
    for corner in range(_CORNERS):
        bearing = 2 * pi * corner / _CORNERS
        sine = sin(north) * cos(distance) + cos(north) * sin(distance) * cos(bearing)
        turn = atan2(sin(bearing) * sin(distance) * cos(north), cos(distance) - sin(north) * sine)
        east = (longitude + degrees(turn) + _HALF) % _WHOLE - _HALF
        ring.append((east, degrees(asin(max(-1, min(1, sine))))))
    return [*ring, ring[0]]


def draw_lines(lines: Iterable[Positions]) -> Drawn | None:
    """Return lines in map units, or None if they are beyond the edges of the map.

    The part of a line that crosses the antimeridian is drawn on both sides of the world.
    """
    parts = [part for line in lines for part in _parts(line)]
    return _drawn(parts, is_area=False)


def draw_areas(areas: Iterable[Sequence[Positions]]) -> Drawn | None:
    """Return areas in map units, or None if they are beyond the edges of the map.

    A ring around a pole encloses the nearer pole. Only the outline is drawn if a ring goes around
    the world several times.

    Args:
        areas: the rings of each area, the outer ring first.
    """
    areas = list(areas)
    rings: list[Plane] = []
    for area in areas:
        outer: float | None = None
        for positions in area:
            ring = _ring(positions)
            if ring is None:
                return draw_lines(ring for area in areas for ring in area)
            middle = _middle(ring)
            turn = _WHOLE * round((middle - (0.0 if outer is None else outer)) / _WHOLE)
            outer = middle - turn if outer is None else outer
            rings.append([(x - turn, y) for x, y in ring])
    return _drawn(rings, is_area=True)


def _parts(line: Positions) -> list[Plane]:
    parts: list[Plane] = []
    part: Plane = [(line[0][0], line[0][1])]
    for (x, y, *_), (x2, y2, *_) in pairwise(line):
        if abs(x2 - x) > _HALF:
            side = _WHOLE if x > x2 else -_WHOLE
            parts.append([*part, (x2 + side, y2)])
            part = [(x - side, y)]
        part.append((x2, y2))
    parts.append(part)
    # A line from -180 to 180 degrees goes around the world.
    is_point = all(len(set(part)) == 1 for part in parts)
    return [[(x, y) for x, y, *_ in line]] if is_point else parts


def _ring(positions: Positions) -> Plane | None:
    """Return a closed ring in the plane, or None if it goes around the world several times."""
    turn = 0.0
    ring: Plane = [(positions[0][0], positions[0][1])]
    for (x, _, *_), (x2, y2, *_) in pairwise(positions):
        if abs(x2 - x) > _HALF:
            turn += _WHOLE if x > x2 else -_WHOLE
        ring.append((x2 + turn, y2))
    if len({x for x, _ in ring}) == 1:
        # A box from -180 to 180 degrees goes around the world.
        return [(position[0], position[1]) for position in positions]
    if max(x for x, _ in ring) - min(x for x, _ in ring) > 2 * _WHOLE or abs(turn) > _WHOLE:
        return None
    return _with_pole(ring, turn) if turn else ring


def _with_pole(ring: Plane, turn: float) -> Plane:
    """Cut a ring around a pole at the antimeridian, and close it through the pole."""
    twice = sum((b[0] - a[0]) * (a[1] + b[1]) for a, b in pairwise(ring)) / turn
    pole = 90.0 if twice >= 0 else -90.0
    west = min(ring[0][0], ring[-1][0])
    cut = _WHOLE * ceil((west + _HALF) / _WHOLE) - _HALF
    at = next(at for at, (a, b) in enumerate(pairwise(ring)) if (a[0] - cut) * (b[0] - cut) <= 0)
    (x, y), (x2, y2) = ring[at : at + 2]
    between = y if x == x2 else y + (y2 - y) * (cut - x) / (x2 - x)
    first, last = (cut, between), (cut + turn, between)
    around = [first, *ring[at + 1 : -1], *((x + turn, y) for x, y in ring[: at + 1]), last]
    return [*around, (last[0], pole), (cut, pole), first]


def _middle(line: Plane) -> float:
    return (min(x for x, _ in line) + max(x for x, _ in line)) / 2


def _drawn(lines: list[Plane], *, is_area: bool) -> Drawn | None:
    points = [_on_map(line) for line in lines]
    heights = {y for line in points for _, y in line}
    if heights <= {0.0} or heights <= {float(WORLD)}:
        return None
    end = "z" if is_area else ""
    # A line of one point needs two to be drawn.
    texts = ([f"{x:.8g} {y:.8g}" for x, y in (line if line[1:] else line * 2)] for line in points)
    path = "".join(f"M{' '.join(text)}{end}" for text in texts)
    first = points[0]
    x, y = first[len(first) // 2]
    if is_area:
        x, y = ((min(numbers) + max(numbers)) / 2 for numbers in zip(*first, strict=True))
    return Drawn(path, round(x % WORLD, 1), round(y, 1), is_area)


def _on_map(line: Plane) -> Plane:
    """Return the points of a line in map units, without repeated points."""
    points: Plane = [_point(*line[0])]
    for (x, y), (x2, y2) in pairwise(line):
        steps = max(1, ceil(abs(y2 - y) / _LONGEST_STEP)) if x != x2 else 1
        shares = (step / steps for step in range(1, steps + 1))
        for share in shares:
            point = _point(x + (x2 - x) * share, y + (y2 - y) * share)
            if point != points[-1]:
                points.append(point)
    return points


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    return round(x_of(longitude), 1), round(y_of(latitude), 1)
