"""GeoJSON (RFC 7946) with incursions, findings and series as map features.

Each place with a geometry is a feature, with its role and with flat properties for styling. The
first feature of a record also has the complete record, which the reader uses. The header of the
feed is a foreign member of the collection (section 6.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem
from airspace_events.formats.geojson.feature_reading import FeatureReader
from airspace_events.formats.geojson.features import Drawing, drawings_of, is_drawn
from airspace_events.formats.geojson.shapes import BoundingBox, shape_of
from airspace_events.formats.json_texts import compact_json
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
        beginning, *others = (_feature(drawing, box) for drawing in drawings_of(record))
        # Only the first feature has the record, which comes last, in its usual JSON form.
        stream.write(separator + beginning[:-2] + b',"record":' + to_json(record) + b"}}")
        separator = b",\n"
        for one in others:
            stream.write(separator + one)
    stream.write(b"\n]")
    # The bounding box comes last, because it is known only after the last feature.
    numbers = box.numbers()
    if numbers is not None:
        stream.write(b',"bbox":' + compact_json(numbers))
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
    differ from its record, the difference is reported as a problem, but the record is still read.
    """
    return FeatureReader(stream, on_problem, on_header).records()


def _feature(drawing: Drawing, whole: BoundingBox) -> bytes:
    start: dict[str, Any] = {"type": "Feature", "id": drawing.id}
    geometry, note = None, drawing.note
    if drawing.geometry is not None:
        geometry, notes = shape_of(drawing.geometry)
        note = "; ".join(notes) or None
        whole.add(geometry)
        box = BoundingBox()
        box.add(geometry)
        start["bbox"] = box.numbers()
    properties = {**drawing.fields, "geometry_note": note}
    return compact_json({**start, "geometry": geometry, "properties": properties})


GEOJSON = Format("geojson", "GeoJSON (RFC 7946)", (".geojson", ".geojson.gz"), write, read)
