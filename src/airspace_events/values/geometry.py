"""The geometries of GeoJSON (RFC 7946): longitude first, WGS 84."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.scalars import Form

Longitude = TypeAliasType(
    "Longitude",
    Annotated[float, Field(strict=True, ge=-180, le=180), Form("longitude", "26.1", "RFC 7946")],
)
"""Degrees east, -180 to 180."""

Latitude = TypeAliasType(
    "Latitude",
    Annotated[float, Field(strict=True, ge=-90, le=90), Form("latitude", "44.4", "RFC 7946")],
)
"""Degrees north, -90 to 90."""

Elevation = TypeAliasType(
    "Elevation",
    Annotated[float, Field(strict=True, ge=-1e5, le=1e5), Form("elevation", "1200", "RFC 7946")],
)
"""Metres above the WGS 84 ellipsoid."""


def _position_length(value: Sequence[float]) -> str | None:
    is_list = isinstance(value, list | tuple)
    return {2: "flat", 3: "elevated"}.get(len(value)) if is_list else None


Position = TypeAliasType(
    "Position",
    Annotated[
        Annotated[tuple[Longitude, Latitude], Tag("flat")]
        | Annotated[tuple[Longitude, Latitude, Elevation], Tag("elevated")],
        Discriminator(
            _position_length,
            custom_error_type="malformed_position",
            custom_error_message="a position is [longitude, latitude], with an optional elevation",
        ),
    ],
)
"""A position, as [longitude, latitude] or [longitude, latitude, elevation in metres]."""

Line = TypeAliasType("Line", Annotated[tuple[Position, ...], Field(min_length=2)])
"""The positions of a line, at least two."""

Ring = TypeAliasType("Ring", Annotated[tuple[Position, ...], Field(min_length=4)])
"""The positions of a closed ring: at least four, and the last equals the first."""


class Geometry(FamilyValue, frozen=True):
    """A GeoJSON geometry; ``type`` determines its kind."""

    type: Literal[
        "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"
    ]
    """The kind of geometry."""
    coordinates: Any
    """The positions, nested as the type requires."""


class Point(Geometry, frozen=True):
    """A single position."""

    type: Literal["Point"] = TAG
    coordinates: Position
    """The position."""


class LineString(Geometry, frozen=True):
    """A line through several positions, in order."""

    type: Literal["LineString"] = TAG
    coordinates: Line
    """The positions, at least two."""


class Polygon(Geometry, frozen=True):
    """An area with an outer ring and possibly inner rings for holes."""

    type: Literal["Polygon"] = TAG
    coordinates: Annotated[tuple[Ring, ...], Field(min_length=1)]
    """The rings, with the outer ring first."""

    @model_validator(mode="after")
    def _is_closed(self) -> Self:
        _check_closed(self.coordinates)
        return self


class MultiPoint(Geometry, frozen=True):
    """Several positions."""

    type: Literal["MultiPoint"] = TAG
    coordinates: Annotated[tuple[Position, ...], Field(min_length=1)]
    """The positions."""


class MultiLineString(Geometry, frozen=True):
    """Several lines."""

    type: Literal["MultiLineString"] = TAG
    coordinates: Annotated[tuple[Line, ...], Field(min_length=1)]
    """The lines."""


class MultiPolygon(Geometry, frozen=True):
    """Several areas."""

    type: Literal["MultiPolygon"] = TAG
    coordinates: Annotated[
        tuple[Annotated[tuple[Ring, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    """The areas, each a list of rings."""

    @model_validator(mode="after")
    def _is_closed(self) -> Self:
        for rings in self.coordinates:
            _check_closed(rings)
        return self


def _check_closed(rings: tuple[tuple[Any, ...], ...]) -> None:
    for ring in rings:
        if ring[0] != ring[-1]:
            msg = "a ring must end at the position where it begins"
            raise PydanticCustomError("ring_not_closed", msg)


def positions_in(geometry: Geometry) -> Iterator[tuple[float, ...]]:
    """Yield the positions of a geometry, at any depth of nesting."""
    due: list[tuple[Any, ...]] = [geometry.coordinates]
    while due:
        coordinates = due.pop()
        if isinstance(coordinates[0], tuple):
            due.extend(reversed(coordinates))
        else:
            yield coordinates
