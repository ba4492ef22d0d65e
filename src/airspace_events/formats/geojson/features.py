"""What a record is on a map: a geometry, and fields that a map tool can style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from airspace_events.formats.geojson.shapes import shape_of
from airspace_events.formats.tables.columns import SEPARATOR, Cell
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import ELSEWHERE, Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.values.places import Place

NO_COORDINATES = "no place of this record has coordinates"
ELSEWHERE_ONLY = (
    "only places where it did not happen have coordinates, such as its origin;"
    " they are in the record"
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
        geometry: the geometry of GeoJSON; None if no place where it happened has one.
        note: why there is none, or what is drawn otherwise than it was given.
        roles: the roles of its points, lines and areas, in this order, as one cell; None if no
            place that is drawn has a role.
    """

    geometry: Mapping[str, Any] | None
    note: str | None = None
    roles: str | None = None


def is_drawn(record: Record) -> bool:
    """Whether records of this type have a place on a map."""
    return record.type in _TABLES


def drawing_of(record: Record) -> Drawing:
    """The geometry of a record: that of the places where it happened, merged into one.

    Its origin, its destination and the base of a response are other places, and stay in the
    record.

    Raises:
        MissingExtraError: it must be cut, and the package that cuts it is not installed.
    """
    located = [place for place in _places(record) if place.geometry is not None]
    # What was found was found there, whatever the place is to an incursion.
    is_found = isinstance(record, Finding)
    drawn = [place for place in located if is_found or place.role not in ELSEWHERE]
    shape = shape_of(place.geometry for place in drawn if place.geometry is not None)
    if shape.geometry is None:
        return Drawing(None, ELSEWHERE_ONLY if located else NO_COORDINATES)
    roles = [drawn[number].role or "" for number in shape.parts]
    told = SEPARATOR.join(roles) if any(roles) else None
    return Drawing(shape.geometry, "; ".join(shape.notes) or None, told)


def summary_of(record: Record) -> Mapping[str, Cell]:
    """The flat fields of a record, as in its table: the same for every record of its type."""
    return next(_TABLES[record.type].rows(record))


def _places(record: Record) -> Iterable[Place]:
    if isinstance(record, Finding):
        return (record.place,)
    return record.places if isinstance(record, Incursion | Series) else ()
