"""GeoJSON (RFC 7946) with incursions, findings and series as map features.

Each feature has a geometry to draw, flat properties for styling, and its complete record, which
the reader uses. The header of the feed is a foreign member of the collection (section 6.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem
from airspace_events.formats.geojson.feature_reading import FeatureReader
from airspace_events.formats.geojson.features import drawing_of, is_drawn, summary_of
from airspace_events.formats.geojson.shapes import BoundingBox
from airspace_events.models.records import Record
from airspace_events.values.base import to_json

NOT_ON_A_MAP = "GeoJSON output contains only incursions, findings and series"


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write a FeatureCollection with one feature per line, in constant memory.

    Raises:
        MissingExtraError: an area crosses the antimeridian, and the package that cuts it is
            not installed.
    """
    losses, box = Losses(), BoundingBox()
    stream.write(b'{"type":"FeatureCollection","feed":' + to_json(header or Feed().header))
    stream.write(b',"features":[')
    separator = b"\n"
    for record in records:
        if not is_drawn(record):
            losses.add(record.id, "", NOT_ON_A_MAP)
            continue
        stream.write(separator + _feature(record, box))
        separator = b",\n"
    stream.write(b"\n]")
    # The bounding box is known only after the last feature, and members may be in any order.
    numbers = box.numbers()
    if numbers is not None:
        stream.write(b',"bbox":' + _json(numbers))
    stream.write(b"}\n")
    return losses


def read(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read the records of a FeatureCollection or of a single Feature, gzipped or not.

    The reader holds one feature in memory at a time. If the geometry or properties of a feature
    differ from its record, the difference is a problem, but the record is still read.
    """
    return FeatureReader(stream, on_problem, on_header).records()


def _feature(record: Record, whole: BoundingBox) -> bytes:
    geometry, note, roles = drawing_of(record)
    start: dict[str, Any] = {"type": "Feature", "id": record.id}
    if geometry is not None:
        whole.add(geometry)
        box = BoundingBox()
        box.add(geometry)
        start["bbox"] = box.numbers()
    start["geometry"] = geometry
    properties = {**summary_of(record), "geometry_roles": roles, "geometry_note": note}
    # The record comes last, in its usual JSON form.
    beginning = _json(start)[:-1] + b',"properties":' + _json(properties)[:-1]
    return beginning + b',"record":' + to_json(record) + b"}}"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


GEOJSON = Format("geojson", "GeoJSON (RFC 7946)", (".geojson", ".geojson.gz"), write, read)
