"""Where on Earth each state lies, roughly: to see coordinates that cannot be meant."""

from __future__ import annotations

from functools import cache
from math import cos, radians
from typing import NamedTuple

from airspace_events.reference.tables import table
from airspace_events.reference.territories import territories_of

# Near the poles a degree of longitude is next to nothing.
_LEAST_WIDTH = 0.1


class Box(NamedTuple):
    """A box of longitudes and latitudes, in degrees.

    Attributes:
        west: its western edge.
        south: its southern edge.
        east: its eastern edge, never less than the western one.
        north: its northern edge.
    """

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float, margin: float) -> bool:
        """Whether a position is in the box, or near it.

        Args:
            longitude: the position's longitude.
            latitude: its latitude.
            margin: how far outside is still near, in degrees of a great circle.
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
    """The boxes in which a state lies, with the territories that depend on it.

    Returns:
        The boxes; none for a territory that the table only has as a part of its state.

    >>> extent_of("RO")
    (Box(west=20.2, south=43.6, east=29.7, north=48.3),)
    """
    boxes = table_of_boxes()
    return tuple(box for code in (state, *territories_of(state)) for box in boxes.get(code, ()))


@cache
def table_of_boxes() -> dict[str, tuple[Box, ...]]:
    """The boxes of every state and territory that has some, by its code."""
    rows: dict[str, list[list[float]]] = table("extents")["boxes"]
    return {code: tuple(Box(*edges) for edges in boxes) for code, boxes in rows.items()}
