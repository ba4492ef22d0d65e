"""The KML 2.2 format (OGC 07-147r2), for Google Earth, QGIS and other maps.

Each place has a placemark, with the time span of its event. A position that represents a whole
state is not drawn, because a point would look precise.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import IO, Any

from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Format, Losses
from airspace_events.formats.html_texts import paragraphs, tagged
from airspace_events.formats.revisions import current_records
from airspace_events.formats.summaries import (
    Summaries,
    add_summarized,
    place_text,
    quantity_text,
)
from airspace_events.formats.tables.scenes import LocatedPlace, places_of
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.values.geometry import (
    Geometry,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from airspace_events.values.places import Place
from airspace_events.values.time import ReportedTime

_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:atom="http://www.w3.org/2005/Atom">\n<Document>\n'
)
_ONLY_WHOLE_AREAS = frozenset({"country", "international", "withheld"})
_KEPT = ("type", "id", "title")
_KEPT_OF_HEADER = ("type", "title", "publisher", "license", "note")
_NOT_AN_EVENT = "a map can show only incursions, series and findings"
_NOT_DRAWN = "a point that represents a large area is not drawn"


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write a KML document with one placemark per line.

    The latest revision of each incursion, series and finding has a placemark, unless it is
    retracted. All records are held in memory.
    """
    losses = Losses()
    if header is not None:
        add_summarized(losses, header, "", _KEPT_OF_HEADER)
    current = current_records(records, losses)
    summaries = Summaries(current)
    here: list[str] = []
    elsewhere: list[str] = []
    for record in current:
        if not isinstance(record, Incursion | Series | Finding):
            losses.add(record.id, "", _NOT_AN_EVENT)
            continue
        add_summarized(losses, record, record.id, _KEPT)
        name, summary = summaries.headline(record), summaries.html(record)
        drawn = list(_drawn(record, losses))
        if not any(one.happened_here for one in drawn):
            here.append(_placemark(record, name, summary, None))
        for one in drawn:
            folder = here if one.happened_here else elsewhere
            folder.append(_placemark(record, name, summary, one))
    stream.write((_START + "".join(_about(header))).encode())
    folders = (("Places where the event happened", here), ("Other places", elsewhere))
    for name, placemarks in folders:
        stream.write(f"<Folder>\n{tagged('name', name)}\n".encode())
        stream.writelines(f"{one}\n".encode() for one in placemarks)
        stream.write(b"</Folder>\n")
    stream.write(b"</Document>\n</kml>\n")
    return losses


def _about(header: FeedHeader | None) -> Iterator[str]:
    if header is None:
        return
    if header.title:
        yield tagged("name", header.title) + "\n"
    if header.publisher:
        yield f"<atom:author>{tagged('atom:name', header.publisher)}</atom:author>\n"
    if text := paragraphs((header.license, header.note)):
        yield f"<description>{html.escape(text)}</description>\n"


def _drawn(record: Record, losses: Losses) -> Iterator[LocatedPlace]:
    for one in places_of(record):
        geometry = one.place.geometry
        if geometry is None:
            continue
        is_point = isinstance(geometry, Point | MultiPoint)
        if is_point and one.place.precision in _ONLY_WHOLE_AREAS:
            losses.add(record.id, f"{one.pointer}/geometry", _NOT_DRAWN)
        else:
            yield one


def _placemark(
    record: Incursion | Series | Finding, name: str, summary: str, located: LocatedPlace | None
) -> str:
    """Return the placemark of a place, or of a record that has no place to draw."""
    place = None if located is None else located.place
    time = record.found if isinstance(record, Finding) else record.time
    if located is not None and not located.happened_here:
        name = f"{name}: {located.place.name or located.place.role or 'another place'}"
        summary = tagged("p", f"Not the place of the event: {place_text(located.place)}") + summary
    data = {
        "id": record.id,
        "type": record.type,
        "kinds": ", ".join(record.kinds) if isinstance(record, Incursion) else None,
        "time": time and time.value,
        **(_place_data(place) if place else {}),
    }
    rows = "".join(
        f'<Data name="{key}">{tagged("value", value)}</Data>'
        for key, value in data.items()
        if value
    )
    # The description is HTML, which is escaped once more as the text of an XML element.
    return (
        f"<Placemark>{tagged('name', name)}<description>{html.escape(summary)}</description>"
        f"{_time_span(time)}<ExtendedData>{rows}</ExtendedData>"
        f"{_geometry(place.geometry) if place and place.geometry else ''}</Placemark>"
    )


def _place_data(place: Place) -> Mapping[str, str | None]:
    return {
        "place": place.name,
        "role": place.role,
        "precision": place.precision,
        "radius": quantity_text(place.radius),
        "method": place.method,
    }


def _time_span(time: ReportedTime | None) -> str:
    """Return the bounds in UTC, without bounds that are open or unknown."""
    bounds = {} if time is None else {"begin": time.earliest, "end": time.latest}
    ends = "".join(tagged(name, _instant(one)) for name, one in bounds.items() if one is not None)
    return f"<TimeSpan>{ends}</TimeSpan>" if ends else ""


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _geometry(geometry: Geometry) -> str:
    positions: Any = geometry.coordinates
    if isinstance(geometry, Point):
        return _point(positions)
    if isinstance(geometry, LineString):
        return _line(positions)
    if isinstance(geometry, Polygon):
        return _polygon(positions)
    inside = "".join(map(_PARTS[type(geometry)], positions))
    return f"<MultiGeometry>{inside}</MultiGeometry>"


def _point(position: Sequence[float]) -> str:
    return f"<Point>{_coordinates([position])}</Point>"


def _line(positions: Sequence[Sequence[float]]) -> str:
    return f"<LineString><tessellate>1</tessellate>{_coordinates(positions)}</LineString>"


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> str:
    outer, *inner = (f"<LinearRing>{_coordinates(ring)}</LinearRing>" for ring in rings)
    holes = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in inner)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{holes}</Polygon>"


_PARTS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {MultiPoint: _point, MultiLineString: _line, MultiPolygon: _polygon}
)


def _coordinates(positions: Sequence[Sequence[float]]) -> str:
    # Heights are left out: in records they are above the ellipsoid, in KML above the sea.
    texts = (f"{longitude},{latitude}" for longitude, latitude, *_ in positions)
    return f"<coordinates>{' '.join(texts)}</coordinates>"


KML = Format("kml", "KML 2.2 (OGC)", (".kml", ".kml.gz"), write)
