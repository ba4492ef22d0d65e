"""GeoJSON features of records, and detection of edits in features."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from airspace_events.errors import MissingExtraError
from airspace_events.formats.geojson.shapes import shape_of
from airspace_events.formats.geojson.streamed_json import Piece
from airspace_events.formats.tables.columns import SEPARATOR, Cell
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.events import ELSEWHERE, Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.safe_text import shown
from airspace_events.values.places import Place

NO_COORDINATES = "no place of this record has coordinates"
ELSEWHERE_ONLY = (
    "only places where the event did not happen, such as its origin, have coordinates; the "
    "record contains the coordinates"
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
        geometry: the GeoJSON geometry, or None if no place of the event has a geometry.
        note: the reason for a missing geometry, or the difference between the drawing and the
            record.
        roles: the roles of its points, lines and areas, in this order, as one cell; None if no
            drawn place has a role.
    """

    geometry: Mapping[str, Any] | None
    note: str | None = None
    roles: str | None = None


def is_drawn(record: Record) -> bool:
    """Return whether records of this type have a place on a map."""
    return record.type in _TABLES


def drawing_of(record: Record) -> Drawing:
    """Return the geometry of a record, merged from the places of the event.

    The origin, the destination and the base of a response are only in the record.

    Raises:
        MissingExtraError: an area must be cut, and the package that cuts it is not installed.
    """
    located = [place for place in _places(record) if place.geometry is not None]
    # The place of a finding is where the find was made, in any role for an incursion.
    is_found = isinstance(record, Finding)
    drawn = [place for place in located if is_found or place.role not in ELSEWHERE]
    shape = shape_of(place.geometry for place in drawn if place.geometry is not None)
    if shape.geometry is None:
        return Drawing(None, ELSEWHERE_ONLY if located else NO_COORDINATES)
    roles = [drawn[number].role or "" for number in shape.parts]
    reported = SEPARATOR.join(roles) if any(roles) else None
    return Drawing(shape.geometry, "; ".join(shape.notes) or None, reported)


def summary_of(record: Record) -> Mapping[str, Cell]:
    """Return the flat fields of a record, with the same keys for each record type."""
    return next(_TABLES[record.type].rows(record))


def _places(record: Record) -> Iterable[Place]:
    if isinstance(record, Finding):
        return (record.place,)
    return record.places if isinstance(record, Incursion | Series) else ()


# Map tools write coordinates with at least six digits, which is a tenth of a metre.
_SAME_DEGREES = 1e-6
_MOST_NAMED = 3

_READ = json.JSONDecoder(parse_int=float)

OTHER_GEOMETRY = (
    "the geometry differs from the record, so the record was used; change properties.record to "
    "match the map"
)
EXCHANGED = (
    "longitude and latitude are swapped in the geometry, so the record was used; longitude "
    "comes first (RFC 7946, section 3.1.1)"
)


def edits_of(
    record: Record, feature: Mapping[str, Piece], properties: Mapping[str, Piece]
) -> Iterator[str]:
    """Yield a message for each difference between a feature and its record.

    Args:
        record: the record.
        feature: the members of the feature.
        properties: the members of its properties.
    """
    if not is_drawn(record):
        return
    given_id = _read(feature.get("id"))
    if isinstance(given_id, str) and given_id != record.id:
        yield f"the id {shown(given_id)} differs from the id of the record, {shown(record.id)}"
    reason = _geometry_edit(record, feature.get("geometry"))
    if reason is not None:
        yield reason
    changed = [
        name
        for name, cell in summary_of(record).items()
        if name in properties and not _is_date(cell) and _read(properties[name]) != cell
    ]
    if changed:
        more = " and others" if len(changed) > _MOST_NAMED else ""
        names = ", ".join(changed[:_MOST_NAMED]) + more
        yield f"these properties differ from the record, so the record was used: {names}"


def _is_date(cell: Cell) -> bool:
    """Return whether a cell begins like a date, which map tools may rewrite."""
    return isinstance(cell, str) and cell[:4].isdecimal()


def _geometry_edit(record: Record, piece: Piece | None) -> str | None:
    try:
        drawn = drawing_of(record).geometry
    except MissingExtraError:
        # Without the package that cuts areas, the geometry cannot be compared.
        return None
    expected, given = _positions(drawn), _positions(_read(piece))
    if _are_same(expected, given):
        return None
    return EXCHANGED if _are_same(expected, [(y, x) for x, y in given]) else OTHER_GEOMETRY


def _read(piece: Piece | None) -> Any:
    """Return the value of a piece; NaN equals no value, so it counts as a difference."""
    return None if piece is None else _READ.decode(piece.text)


def _are_same(some: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    return len(some) == len(others) and all(
        abs(x - a) <= _SAME_DEGREES and abs(y - b) <= _SAME_DEGREES
        for (x, y), (a, b) in zip(some, others, strict=True)
    )


def _positions(geometry: object) -> list[tuple[float, float]]:
    """Return the longitude and latitude of every position in a geometry, in order."""
    found: list[tuple[float, float]] = []
    todo: list[object] = [geometry]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            members = cast("dict[str, object]", value)
            todo += [members.get("coordinates"), members.get("geometries")]
        elif isinstance(value, list | tuple):
            items = cast("list[object]", value)
            if len(items) > 1 and all(isinstance(item, float | int) for item in items):
                x, y = cast("list[float]", items[:2])
                found.append((x, y))
            else:
                todo += reversed(items)
    return found
