"""What a record is on a map: a geometry, and fields that a map tool can style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from airspace_events.formats.geojson.shapes import shape_of
from airspace_events.formats.tables.columns import Cell
from airspace_events.formats.tables.record_tables import TABLES
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.values.base import Value
from airspace_events.values.geometry import Geometry
from airspace_events.values.places import Place

NO_COORDINATES = "no place of this record has coordinates"
ELSEWHERE_ONLY = (
    "only places of its objects, effects or responses have coordinates; they are in the record"
)

_TABLES = {
    kind: TABLES[name]
    for kind, name in (
        ("incursion", "incursions"),
        ("finding", "findings"),
        ("series", "series"),
    )
}


class Drawing(NamedTuple):
    """The geometry of a record.

    Attributes:
        geometry: the geometry of GeoJSON; None if no place of the record has one.
        note: why there is none, or what is drawn otherwise than it was given.
    """

    geometry: Mapping[str, Any] | None
    note: str | None


def is_drawn(record: Record) -> bool:
    """Whether records of this type have a place on a map."""
    return record.type in _TABLES


def drawing_of(record: Record) -> Drawing:
    """The geometry of a record: that of its own places, merged into one.

    Where its objects fell, what it damaged and where somebody answered are other places, and
    stay in the record.

    Raises:
        MissingExtraError: it must be cut, and the package that cuts it is not installed.
    """
    shape = shape_of(place.geometry for place in _places(record) if place.geometry)
    if shape.geometry is None:
        return Drawing(None, ELSEWHERE_ONLY if _has_geometry(record) else NO_COORDINATES)
    return Drawing(shape.geometry, "; ".join(shape.notes) or None)


def summary_of(record: Record) -> Mapping[str, Cell]:
    """The flat fields of a record, as in its table: the same for every record of its type."""
    return next(_TABLES[record.type].rows(record))


def told_fields(record: Record) -> Mapping[str, Cell]:
    """Those flat fields that stand in the record, and are not computed from it."""
    row = summary_of(record)
    columns = _TABLES[record.type].columns
    return {column.name: row[column.name] for column in columns if column.is_read_back}


def _places(record: Record) -> Iterable[Place]:
    if isinstance(record, Finding):
        return (record.place,)
    return record.places if isinstance(record, Incursion | Series) else ()


def _has_geometry(value: Value) -> bool:
    """Whether there is a geometry anywhere in a value."""
    return any(isinstance(inner, Geometry) or _has_geometry(inner) for inner in _values_in(value))


def _values_in(value: Value) -> Iterator[Value]:
    inside: Iterable[object] = value.__dict__.values()
    for inner in inside:
        if isinstance(inner, Value):
            yield inner
        elif isinstance(inner, tuple):
            items = cast("tuple[object, ...]", inner)
            yield from (item for item in items if isinstance(item, Value))
