"""Cut lines and areas at the antimeridian, as section 3.1.9 of RFC 7946 requires.

A line or a ring crosses the antimeridian between two neighbouring positions that are more than 180
degrees of longitude apart, because a line takes the shorter way around the globe. Between two
positions, a line is straight in degrees (section 3.1.1). Therefore the crossing is computed in the
plane, not along a great circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isclose

from airspace_events.errors import MissingExtraError

Position = Sequence[float]
"""Longitude, latitude and, if known, elevation."""

Line = Sequence[Position]
"""The positions of a line, or of a closed ring."""

Rings = Sequence[Line]
"""The rings of an area: the outer ring, then its holes."""

_HALF, _WHOLE, _POLE = 180.0, 360.0, 90.0

_ROUNDED = 1e-7
"""The tolerance for a position at the cut, in degrees."""

_SMALL_AREA = 1e-6
"""The largest area, in square degrees, that may have the wrong sign because of rounding."""


def crosses(line: Line) -> bool:
    """Return whether a line or a ring crosses the antimeridian."""
    return any(abs(end[0] - start[0]) > _HALF for start, end in pairwise(line))


def _area_of(ring: Line) -> float:
    """Return the area in square degrees; negative if the ring is clockwise."""
    x, y = ring[0][:2]
    twice = ((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(ring))
    return sum(twice) / 2


def direction_of(ring: Line) -> int:
    """Return 1 for a counterclockwise ring, -1 for a clockwise one, and 0 if it has no area."""
    area = _area_of(ring)
    if abs(area) > _SMALL_AREA:
        return 1 if area > 0 else -1
    points = [(Fraction(position[0]), Fraction(position[1])) for position in ring]
    exact = sum((a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)), Fraction())
    return (exact > 0) - (exact < 0)


def cut_line(line: Line) -> list[Line]:
    """Return the parts of a line on either side of the antimeridian, in order.

    Both parts have a position at the cut, which has an elevation if both neighbouring positions
    have one. No position is rounded.
    """
    parts: list[Line] = []
    part: list[Position] = [line[0]]
    for start, end in pairwise(line):
        if abs(end[0] - start[0]) > _HALF:
            side = _HALF if start[0] > end[0] else -_HALF
            at = _crossing(start, end, side)
            parts.append(part if tuple(part[-1]) == at else [*part, at])
            part = [] if end[0] == -side else [(-side, *at[1:])]
        part.append(end)
    # A part with one position only touches the antimeridian, and the next part has the same
    # position.
    longer = [each for each in (*parts, part) if len(each) > 1]
    # Every position is on the antimeridian, so the line runs around the world along a parallel.
    return longer or [_in_steps(line)]


def _crossing(start: Position, end: Position, side: float) -> Position:
    """Return the position where the line meets the antimeridian, on the side of its start."""
    if end[0] == -side:
        return (side, *end[1:])
    share = (side - start[0]) / (end[0] + 2 * side - start[0])
    between = (
        min(max(one + share * (other - one), min(one, other)), max(one, other))
        for one, other in zip(start[1:], end[1:], strict=False)
    )
    return (side, *between)


def cut_area(rings: Rings) -> list[Rings] | None:
    """Return the parts of an area on either side of the antimeridian, without elevations.

    A ring around a pole encloses the nearer pole, whatever its direction. A box from -180 to 180
    degrees goes around the world. Positions at the cut are computed to seven decimal places.

    Returns:
        The parts, or None if the area cannot be cut because its rings cross themselves or each
        other, or enclose nothing.

    Raises:
        MissingExtraError: the package that cuts areas is not installed.
    """
    flat = [[(position[0], position[1]) for position in ring] for ring in rings]
    outer, *holes = [_Unrolled(ring) for ring in flat]
    if outer.size == 0:
        stepped = [_in_steps(ring) for ring in flat]
        return None if any(map(crosses, stepped)) or direction_of(flat[0]) == 0 else [stepped]
    try:
        from antimeridian import fix_geojson  # noqa: PLC0415 (slow to import, rarely needed)
    except ImportError as error:
        raise MissingExtraError("geojson") from error
    wound = [outer.wound(counterclockwise=True)]
    wound += [hole.wound(counterclockwise=False) for hole in holes]
    polygon = {"type": "Polygon", "coordinates": wound}
    try:
        cut = fix_geojson(polygon, fix_winding=True, great_circle=False)
    except Exception:  # noqa: BLE001 (after any error the area cannot be cut)
        return None
    areas = [cut["coordinates"]] if cut["type"] == "Polygon" else cut["coordinates"]
    parts = [part for part in _as_given(areas, flat) if direction_of(part[0]) != 0]
    # Compare the sizes, because the package does not report rings that enclose no area.
    drawn = sum(abs(_area_of(part[0])) - sum(abs(_area_of(r)) for r in part[1:]) for part in parts)
    size = outer.size - sum(hole.size for hole in holes)
    rounding = _ROUNDED * (outer.length + sum(hole.length for hole in holes))
    is_whole = parts and isclose(drawn, size, rel_tol=1e-6, abs_tol=rounding)
    return parts if is_whole and not any(crosses(r) for part in parts for r in part) else None


class _Unrolled:
    """A ring laid out in the plane, with longitudes that continue past 180 degrees.

    Attributes:
        size: the enclosed area, in square degrees.
        length: the length along the axes, in degrees.
    """

    def __init__(self, ring: Sequence[tuple[float, float]]) -> None:
        self._ring = ring
        turns = 0.0
        plane = [ring[0]]
        for start, end in pairwise(ring):
            if abs(end[0] - start[0]) > _HALF:
                turns += _WHOLE if start[0] > end[0] else -_WHOLE
            plane.append((end[0] + turns, end[1]))
        self.length = sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(plane))
        if turns == 0:
            self._is_counterclockwise = direction_of(plane) > 0
            self.size = abs(_area_of(plane))
            return
        # A ring around a pole is closed along the nearer pole. If the ring runs eastward, north is
        # on its left, like the inside of a counterclockwise ring.
        north, south = (
            abs(_area_of([*plane, (plane[-1][0], pole), (plane[0][0], pole), plane[0]]))
            for pole in (_POLE, -_POLE)
        )
        self._is_counterclockwise = (turns > 0) is (north <= south)
        self.size = min(north, south)

    def wound(self, *, counterclockwise: bool) -> Sequence[tuple[float, float]]:
        """Return the ring in the given direction, counterclockwise or clockwise."""
        is_so = self._is_counterclockwise is counterclockwise
        return self._ring if is_so else self._ring[::-1]


def _as_given(
    areas: Iterable[Sequence[Sequence[tuple[float, float]]]],
    rings: Sequence[Sequence[tuple[float, float]]],
) -> list[Rings]:
    """Restore the original positions that the cut moved slightly."""
    given = {(round(x, 9), round(y, 9)): (x, y) for ring in rings for x, y in ring}
    return [
        [
            _in_steps([given.get((round(x, 9), round(y, 9)), (x, y)) for x, y in ring])
            for ring in area
        ]
        for area in areas
    ]


def _in_steps(line: Line) -> Line:
    """Add a position in the middle of each segment that spans the whole map.

    Otherwise, the segment would look like a crossing of the antimeridian.
    """
    whole = [line[0]]
    for start, end in pairwise(line):
        if abs(end[0] - start[0]) == _WHOLE:
            halfway = ((a + b) / 2 for a, b in zip(start, end, strict=False))
            whole.append(tuple(halfway))
        whole.append(end)
    return whole
