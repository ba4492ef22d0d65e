"""Web Mercator: positions in map units, where the world is 65,536 units wide and high."""

from __future__ import annotations

from math import asinh, atan, degrees, pi, radians, sinh, tan

WORLD = 65_536
"""The width and the height of the world in map units."""

EDGE = degrees(atan(sinh(pi)))
"""The latitude of the northern edge of the map, about 85.05 degrees."""


def x_of(longitude: float) -> float:
    """Return the map units to the east of the antimeridian."""
    return (longitude + 180) / 360 * WORLD


def y_of(latitude: float) -> float:
    """Return the map units to the south of the northern edge, cut off at both edges."""
    cut = radians(max(-EDGE, min(EDGE, latitude)))
    return (1 - asinh(tan(cut)) / pi) / 2 * WORLD
