"""GeoJSON geometries of places: as they are written, and the boxes around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from airspace_events.formats.geojson.antimeridian_cuts import (
    Line,
    Position,
    Rings,
    area_of,
    crosses,
    cut_area,
    cut_line,
)
from airspace_events.values.geometry import Geometry

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


OUTLINE_ONLY = (
    "an area across the antimeridian has rings that cross or enclose nothing,"
    " so only its outline is drawn"
)
NO_ELEVATIONS = "an area is cut at the antimeridian and drawn without its elevations"


class Shape(NamedTuple):
    """Geometries merged into one.

    Attributes:
        geometry: the geometry of GeoJSON; None if there was none.
        notes: what is drawn otherwise than it was given, beyond winding and cutting.
        parts: for each point, line and area of the geometry, in this order, the number of the
            geometry from which it comes.
    """

    geometry: Mapping[str, Any] | None
    notes: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


def shape_of(geometries: Iterable[Geometry]) -> Shape:
    """Merge geometries into one, as plain as it can be (RFC 7946, section 3.1.8).

    One is itself; several of one kind are a ``Multi`` of that kind; others are a
    GeometryCollection of points, lines and areas.

    Raises:
        MissingExtraError: an area crosses the antimeridian, and the package that cuts it is
            not installed.
    """
    merging = _Merging()
    for geometry in geometries:
        merging.add(geometry)
    return merging.shape()


class _Merging:
    """The points, lines and areas of some geometries."""

    def __init__(self) -> None:
        self._points: list[Position] = []
        self._lines: list[Line] = []
        self._areas: list[Rings] = []
        self._sources: tuple[list[int], ...] = ([], [], [])
        self._given: list[str] = []
        self._notes: dict[str, None] = {}

    def add(self, geometry: Geometry) -> None:
        kind, coordinates = geometry.type, geometry.coordinates
        items = coordinates if kind.startswith("Multi") else (coordinates,)
        for item in items:
            if kind.endswith("Point"):
                self._points.append(item)
            elif kind.endswith("LineString"):
                self._add_line(item)
            else:
                self._add_area(item)
        for sources, drawn in zip(self._sources, self._drawn(), strict=True):
            sources.extend([len(self._given)] * (len(drawn) - len(sources)))
        self._given.append(kind)

    def _drawn(self) -> tuple[list[Any], ...]:
        return self._points, self._lines, self._areas

    def shape(self) -> Shape:
        kinds = ("Point", "LineString", "Polygon")
        found = [
            self._whole(kind, items)
            for kind, items in zip(kinds, self._drawn(), strict=True)
            if items
        ]
        if not found:
            return Shape(None)
        one = found[0] if len(found) == 1 else None
        merged = one or {"type": "GeometryCollection", "geometries": found}
        return Shape(merged, tuple(self._notes), tuple(chain.from_iterable(self._sources)))

    def _add_line(self, line: Line) -> None:
        self._lines += cut_line(line) if crosses(line) else [line]

    def _add_area(self, rings: Rings) -> None:
        if not any(crosses(ring) for ring in rings):
            self._areas.append(_wound(rings))
            return
        parts = cut_area(rings)
        if parts is None:
            self._notes[OUTLINE_ONLY] = None
            for ring in rings:
                self._add_line(ring)
            return
        if any(len(position) > 2 for ring in rings for position in ring):  # noqa: PLR2004
            self._notes[NO_ELEVATIONS] = None
        self._areas += map(_wound, parts)

    def _whole(self, kind: str, items: list[Any]) -> dict[str, Any]:
        if len(items) == 1 and self._given != [f"Multi{kind}"]:
            return {"type": kind, "coordinates": items[0]}
        return {"type": f"Multi{kind}", "coordinates": items}


def _wound(rings: Rings) -> Rings:
    """The rings of an area: the outer one counterclockwise, its holes clockwise."""
    outer, *holes = rings
    return [
        outer if area_of(outer) >= 0 else outer[::-1],
        *(hole if area_of(hole) <= 0 else hole[::-1] for hole in holes),
    ]
