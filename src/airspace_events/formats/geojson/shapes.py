"""Convert the geometries of places to GeoJSON for maps, and compute bounding boxes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from airspace_events.formats.geojson.antimeridian_cuts import (
    Line,
    Rings,
    crosses,
    cut_area,
    cut_line,
    direction_of,
)
from airspace_events.values.geometry import Geometry

_WHOLE = 360.0
_MOST_SPANS = 256


class BoundingBox:
    """The smallest box around geometries, computed in constant memory.

    If the narrowest box spans the antimeridian, its west is greater than its east (RFC 7946,
    section 5.2). The geometries must already be cut at the antimeridian.
    """

    def __init__(self) -> None:
        self._spans: list[tuple[float, float]] = []
        self._latitudes: tuple[float, float] | None = None
        self._elevations: tuple[float, float] | None = None

    def add(self, geometry: Mapping[str, Any]) -> None:
        """Extend the box to include a GeoJSON geometry."""
        for part in parts_of(geometry):
            self._take_longitudes(*_ends(position[0] for position in part))
            self._latitudes = _ends(
                chain(self._latitudes or (), (position[1] for position in part))
            )
            elevations = [position[2] for position in part if len(position) > 2]  # noqa: PLR2004
            if elevations:
                self._elevations = _ends(chain(self._elevations or (), elevations))

    def numbers(self) -> list[float] | None:
        """Return west, south, east and north, with the lowest and highest elevation if known.

        The elevations are the third and the last number.

        Returns:
            The numbers, or None if there was no geometry.
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
            # The box leaves out the widest gap, so the narrowest gap can be dropped.
            gaps = [after[0] - before[1] for before, after in pairwise(spans)]
            at = gaps.index(min(gaps))
            spans[at : at + 2] = [(spans[at][0], spans[at + 1][1])]

    def _longitudes(self) -> tuple[float, float]:
        """Return the west and east of the narrowest box, which leaves out the widest gap."""
        spans = self._spans
        west, east = spans[0][0], spans[-1][1]
        widest = west + _WHOLE - east
        for before, after in pairwise(spans):
            if after[0] - before[1] > widest:
                widest = after[0] - before[1]
                west, east = after[0], before[1]
        return west, east


def parts_of(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Yield the positions of each connected part of a geometry."""
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
    "only the outline of an area that crosses the antimeridian is drawn, because the rings of the "
    "area cross each other or enclose nothing"
)
NO_ELEVATIONS = "an area was cut at the antimeridian and is drawn without elevations"


class Shape(NamedTuple):
    """A geometry to draw.

    Attributes:
        geometry: the GeoJSON geometry.
        notes: the changes to the geometry, except winding and cutting.
    """

    geometry: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def shape_of(geometry: Geometry) -> Shape:
    """Prepare a geometry for drawing: cut it at the antimeridian, and wind its rings.

    A cut line or area becomes a ``MultiLineString`` or a ``MultiPolygon``. An area that cannot be
    cut is replaced by its outline. If the area is part of a MultiPolygon, its outline and the
    other areas form a ``GeometryCollection``.

    Raises:
        MissingExtraError: an area crosses the antimeridian, and the package that cuts it is
            not installed.
    """
    kind, coordinates = geometry.type, geometry.coordinates
    if kind.endswith("Point"):
        return Shape({"type": kind, "coordinates": coordinates})
    return _Cutting(kind, coordinates).shape()


class _Cutting:
    def __init__(self, kind: str, coordinates: Any) -> None:
        self._kind = kind
        self._lines: list[Line] = []
        self._areas: list[Rings] = []
        self._notes: dict[str, None] = {}
        add = self._add_line if kind.endswith("LineString") else self._add_area
        for item in coordinates if kind.startswith("Multi") else (coordinates,):
            add(item)

    def shape(self) -> Shape:
        kinds = (("LineString", self._lines), ("Polygon", self._areas))
        found = [self._whole(kind, items) for kind, items in kinds if items]
        both = {"type": "GeometryCollection", "geometries": found}
        return Shape(found[0] if len(found) == 1 else both, tuple(self._notes))

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
        if len(items) == 1 and self._kind != f"Multi{kind}":
            return {"type": kind, "coordinates": items[0]}
        return {"type": f"Multi{kind}", "coordinates": items}


def _wound(rings: Rings) -> Rings:
    """Wind the outer ring counterclockwise and the holes clockwise (RFC 7946, section 3.1.6)."""
    outer, *holes = rings
    return [
        outer if direction_of(outer) >= 0 else outer[::-1],
        *(hole if direction_of(hole) <= 0 else hole[::-1] for hole in holes),
    ]
