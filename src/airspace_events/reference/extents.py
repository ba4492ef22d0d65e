"""The approximate extents of states, for detecting coordinates that are clearly wrong."""

from __future__ import annotations

from functools import cache
from math import cos, radians
from typing import NamedTuple

from airspace_events.reference.tables import table
from airspace_events.reference.territories import territories_of

# Near the poles, a degree of longitude is a very short distance.
_LEAST_WIDTH = 0.1


class Box(NamedTuple):
    """A box of longitudes and latitudes, in degrees.

    Attributes:
        west: the western edge.
        south: the southern edge.
        east: the eastern edge, which is not less than the western edge.
        north: the northern edge.
    """

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float, margin: float) -> bool:
        """Return whether a position is in the box or near it.

        Args:
            longitude: the longitude of the position.
            latitude: the latitude of the position.
            margin: the maximum distance from the box, in degrees of a great circle.
        """
        if not self.south - margin <= latitude <= self.north + margin:
            return False
        wider = margin / max(cos(radians(latitude)), _LEAST_WIDTH)
        west, east = self.west - wider, self.east + wider
        return any(
            west <= turned <= east for turned in (longitude, longitude - 360, longitude + 360)
        )


@cache
def extent_of(state: str) -> tuple[Box, ...]:
    """Return the boxes that contain a state and its dependent territories.

    Returns:
        The boxes; empty for a territory that is included in the boxes of its state.

    >>> extent_of("RO")
    (Box(west=20.2, south=43.6, east=29.7, north=48.3),)
    """
    boxes = table_of_boxes()
    return tuple(box for code in (state, *territories_of(state)) for box in boxes.get(code, ()))


@cache
def table_of_boxes() -> dict[str, tuple[Box, ...]]:
    """Return a mapping from the codes of states and territories to their boxes."""
    rows: dict[str, list[list[float]]] = table("extents")["boxes"]
    return {code: tuple(Box(*edges) for edges in boxes) for code, boxes in rows.items()}
