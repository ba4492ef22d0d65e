"""The one geometry that stands for the places of a record on a map.

Its rings are wound by the right-hand rule (RFC 7946, section 3.1.6) and it is cut at the
antimeridian (3.1.9). The places themselves stay in the record as they were given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
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
