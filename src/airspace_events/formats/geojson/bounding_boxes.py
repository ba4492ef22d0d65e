"""Bounding boxes of geometries, as RFC 7946 says in section 5."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

_WHOLE = 360.0
_MOST_SPANS = 256


class BoundingBox:
    """The smallest box round geometries, in memory that does not grow with them.

    Where the narrowest box spans the antimeridian, its west is greater than its east (section
    5.2). Geometries must have been cut there before.
    """

    def __init__(self) -> None:
        self._spans: list[tuple[float, float]] = []
        self._latitudes: tuple[float, float] | None = None
        self._elevations: tuple[float, float] | None = None

    def add(self, geometry: Mapping[str, Any]) -> None:
        """Take in a geometry of GeoJSON."""
        for part in parts_of(geometry):
            self._take_longitudes(*_ends(position[0] for position in part))
            self._latitudes = _ends(
                chain(self._latitudes or (), (position[1] for position in part))
            )
            elevations = [position[2] for position in part if len(position) > 2]  # noqa: PLR2004
            if elevations:
                self._elevations = _ends(chain(self._elevations or (), elevations))

    def numbers(self) -> list[float] | None:
        """West, south, east, north; lowest and highest stand third and last if any are known.

        Returns:
            The numbers; None if there was no geometry.
        """
        if self._latitudes is None:
            return None
        west, east = self._longitudes()
        south, north = self._latitudes
        if self._elevations is None:
            return [west, south, east, north]
        lowest, highest = self._elevations
        return [west, south, lowest, east, north, highest]

    def _take_longitudes(self, west: float, east: float) -> None:
        spans = self._spans
        first = bisect_left(spans, west, key=itemgetter(1))
        behind = bisect_right(spans, east, key=itemgetter(0))
        if first < behind:
            west, east = min(west, spans[first][0]), max(east, spans[behind - 1][1])
        spans[first:behind] = [(west, east)]
        if len(spans) > _MOST_SPANS:
            # The narrowest gap is hardly the one that the box will leave out.
            gaps = [after[0] - before[1] for before, after in pairwise(spans)]
            at = gaps.index(min(gaps))
            spans[at : at + 2] = [(spans[at][0], spans[at + 1][1])]

    def _longitudes(self) -> tuple[float, float]:
        """West and east of all but the widest gap; the antimeridian is in it if it may be."""
        spans = self._spans
        west, east = spans[0][0], spans[-1][1]
        widest = west + _WHOLE - east
        for before, after in pairwise(spans):
            if after[0] - before[1] > widest:
                widest = after[0] - before[1]
                west, east = after[0], before[1]
        return west, east


def parts_of(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """The positions of each part of a geometry that hangs together."""
    kind: str = geometry["type"]
    if kind == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from parts_of(one)
        return
    coordinates: Any = geometry["coordinates"]
    if kind == "Point":
        yield [coordinates]
    elif kind == "MultiPoint":
        yield from ([position] for position in coordinates)
    elif kind == "LineString":
        yield coordinates
    elif kind == "MultiLineString":
        yield from coordinates
    else:
        areas = [coordinates] if kind == "Polygon" else coordinates
        yield from (list(chain.from_iterable(rings)) for rings in areas)


def _ends(numbers: Iterator[float]) -> tuple[float, float]:
    values = list(numbers)
    return min(values), max(values)
