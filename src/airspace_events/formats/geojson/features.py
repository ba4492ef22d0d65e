"""GeoJSON features of records, and detection of edits in features."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from airspace_events.errors import MissingExtraError
from airspace_events.formats.geojson.shapes import shape_of
from airspace_events.formats.streamed_json import Piece
from airspace_events.formats.tables.columns import Cell
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.records import Record
from airspace_events.safe_text import shown
from airspace_events.values.geometry import Geometry

NO_COORDINATES = "no place of this record has coordinates"
ELSEWHERE_ONLY = (
    "only places where the event did not happen, such as its origin or a closed airport, have "
    "coordinates; these places are features of their own"
)

_TABLES = {
    kind: TABLES[name]
    for kind, name in (
        ("incursion", "incursions"),
        ("finding", "findings"),
        ("series", "series"),
    )
}


_SHARED = ("kinds", "occurrence", "crossing", "kind", "state", "time", "earliest", "latest")
"""The fields of a record that are repeated in each of its features."""


class Drawing(NamedTuple):
    """One feature of a record: a place with a geometry, or the record if it has no such place.

    Attributes:
        id: the id of the record. In all features but the first, the pointer to the place follows
            the id.
        geometry: the geometry of the place, or None.
        fields: the flat fields, with the role of the place, its pointer in the record, and whether
            the event happened there.
        note: the reason for a missing geometry.
    """

    id: str
    geometry: Geometry | None
    fields: Mapping[str, Cell]
    note: str | None = None


def is_drawn(record: Record) -> bool:
    """Return whether GeoJSON output contains records of this type."""
    return record.type in _TABLES


def drawings_of(record: Record) -> Iterator[Drawing]:
    """Yield the features of a record.

    The first feature has all flat fields of the record, and the first place with a geometry where
    the event happened; without such a place, it has no geometry. Each other place with a geometry
    has a feature with the fields of the place.
    """
    (row,) = _TABLES[record.type].rows(record)
    places = [one for one in places_of(record) if one.place.geometry is not None]
    located = {one.pointer: one.place.geometry for one in places}
    scenes = [one.pointer for one in places if one.happened_here]
    first = next(iter(scenes), None)
    if first is not None:
        yield Drawing(record.id, located.pop(first), _with_place(row, first, happened_here=True))
    else:
        note = ELSEWHERE_ONLY if located else NO_COORDINATES
        yield Drawing(record.id, None, _with_place(row, None, happened_here=None), note)
    shared = {name: row[name] for name in _SHARED if name in row}
    for fields in TABLES["places"].rows(record) if located else ():
        at = str(fields["pointer"])
        if at in located:
            all_fields = _with_place(fields | shared, at, happened_here=at in scenes)
            yield Drawing(record.id + at, located[at], all_fields)


def _with_place(
    fields: Mapping[str, Cell], pointer: str | None, *, happened_here: bool | None
) -> Mapping[str, Cell]:
    return {**fields, "pointer": pointer, "happened_here": happened_here}


# Map tools write coordinates with at least six digits, which is a tenth of a metre.
_SAME_DEGREES = 1e-6
_MOST_NAMED = 3

_READ = json.JSONDecoder(parse_int=float)

OTHER_GEOMETRY = (
    "the geometry differs from the record and was ignored; change properties.record to match the "
    "map"
)
EXCHANGED = (
    "longitude and latitude are swapped in the geometry, so the position in the record was used; "
    "in GeoJSON, longitude comes first (RFC 7946, section 3.1.1)"
)


def edits_of(
    drawing: Drawing, feature: Mapping[str, Piece], properties: Mapping[str, Piece]
) -> Iterator[str]:
    """Yield a message for each difference between a feature and its record.

    Args:
        drawing: the feature that the record would produce.
        feature: the members of the given feature.
        properties: the members of its properties.
    """
    given_id = _read(feature.get("id"))
    if isinstance(given_id, str) and given_id != drawing.id:
        yield f"the id {shown(given_id)} differs from the id of the record, {shown(drawing.id)}"
    reason = _geometry_edit(drawing.geometry, feature.get("geometry"))
    if reason is not None:
        yield reason
    changed = [
        name
        for name, cell in drawing.fields.items()
        if name in properties and not _is_date(cell) and _read(properties[name]) != cell
    ]
    if changed:
        more = " and others" if len(changed) > _MOST_NAMED else ""
        names = ", ".join(changed[:_MOST_NAMED]) + more
        if len(changed) == 1:
            yield f"the property {names} differs from the record and was ignored"
        else:
            yield f"the properties {names} differ from the record and were ignored"


def _is_date(cell: Cell) -> bool:
    """Return whether a cell looks like a date, which map tools may rewrite."""
    return isinstance(cell, str) and cell[:4].isdecimal()


def _geometry_edit(geometry: Geometry | None, piece: Piece | None) -> str | None:
    try:
        drawn = None if geometry is None else shape_of(geometry).geometry
    except MissingExtraError:
        # Without the package that cuts areas, the geometry cannot be compared.
        return None
    expected, given = _positions(drawn), _positions(_read(piece))
    if _are_same(expected, given):
        return None
    return EXCHANGED if _are_same(expected, [(y, x) for x, y in given]) else OTHER_GEOMETRY


def _read(piece: Piece | None) -> Any:
    """Parse JSON, and accept NaN, which is never equal to a value of a record."""
    return None if piece is None else _READ.decode(piece.text)


def _are_same(some: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    return len(some) == len(others) and all(
        abs(x - a) <= _SAME_DEGREES and abs(y - b) <= _SAME_DEGREES
        for (x, y), (a, b) in zip(some, others, strict=True)
    )


def _positions(geometry: object) -> list[tuple[float, float]]:
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
