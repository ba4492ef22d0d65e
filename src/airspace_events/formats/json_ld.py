"""The JSON-LD 1.1 format: linked data with the terms of schema.org and PROV-O.

Each record is a node of the graph. The node uses the terms of schema.org where a term exists. It
also has the complete record as a JSON literal, so nothing is lost. A claim is a ``Claim`` with its
speakers as authors, never a ``ClaimReview``, because no record judges a claim.

Sources: https://schema.org (Event, Claim, Place), https://www.w3.org/TR/prov-o/ (derivation),
https://www.w3.org/TR/json-ld11/ (JSON literals), https://id.loc.gov/datatypes/edtf.html (EDTF).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Format, Losses
from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values import edtf
from airspace_events.values.base import to_json
from airspace_events.values.claims import Claim
from airspace_events.values.geometry import Point
from airspace_events.values.places import Place
from airspace_events.values.time import ReportedTime

CONTEXT: Mapping[str, Any] = MappingProxyType(
    {
        "@version": 1.1,
        "@vocab": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "ae": "urn:airspace-events:term:",
        "record": "urn:airspace-events:record:",
        "state": "urn:airspace-events:state:",
        "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
        "wasRevisionOf": {"@id": "prov:wasRevisionOf", "@type": "@id"},
        "about": {"@type": "@id"},
        "author": {"@type": "@id"},
        "addressCountry": {"@type": "@id"},
        "subjectOf": {"@type": "@id"},
        "sameAs": {"@type": "@id"},
        "url": {"@type": "@id"},
        "archivedAt": {"@type": "@id"},
        "time": {
            "@id": "ae:time",
            "@type": "http://id.loc.gov/datatypes/edtf/EDTF-level2",
        },
        "timeVerbatim": "ae:timeVerbatim",
        "earliest": {"@id": "ae:earliest", "@type": "DateTime"},
        "latest": {"@id": "ae:latest", "@type": "DateTime"},
        "kinds": {"@id": "ae:kind", "@container": "@set"},
        "occurrence": "ae:occurrence",
        "crossing": "ae:crossing",
        "polarity": "ae:polarity",
        "aspect": "ae:aspect",
        "fields": {"@id": "ae:field", "@container": "@set"},
        "claimedValue": {"@id": "ae:claimedValue", "@type": "@json"},
        "claims": {"@id": "ae:claims", "@container": "@set"},
        "feed": {"@id": "ae:feed", "@type": "@json"},
        "fullRecord": {"@id": "ae:record", "@type": "@json"},
    }
)
"""The JSON-LD context. Each document contains it, so that readers need no other document."""

_TYPES: Mapping[type, Sequence[str]] = MappingProxyType(
    {
        Source: ("CreativeWork", "prov:Entity"),
        State: ("Country",),
        Alliance: ("Organization",),
        Organization: ("Organization",),
        Official: ("Person",),
        Incursion: ("Event", "ae:Incursion"),
        Series: ("Event", "ae:Series"),
        Finding: ("Event", "ae:Finding"),
        Statement: ("CreativeWork", "ae:Statement"),
    }
)
_ISO_8601 = ("year", "month", "day", "instant")
_KINDS_OF_SOURCE = MappingProxyType(
    {
        "news_report": "NewsArticle",
        "agency_wire": "NewsArticle",
        "social_post": "SocialMediaPosting",
        "imagery": "MediaObject",
        "dataset": "Dataset",
    }
)


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write a JSON-LD document with one node per line, in constant memory."""
    stream.write(b'{"@context":' + compact_json(dict(CONTEXT)))
    if header is not None:
        stream.write(b',"feed":' + to_json(header))
    stream.write(b',"@graph":[')
    separator = b"\n"
    for record in records:
        stream.write(separator + _node(record))
        separator = b",\n"
    stream.write(b"\n]}\n")
    return Losses()


def _node(record: Record) -> bytes:
    types = list(_TYPES[type(record)])
    node: dict[str, Any] = {"@id": f"record:{record.id}", "@type": types}
    if record.revision > 1:
        # Each revision is a node of its own; the first has the plain id.
        earlier = f":{record.revision - 1}" if record.revision > 2 else ""  # noqa: PLR2004
        node["@id"] += f":{record.revision}"
        node["wasRevisionOf"] = f"record:{record.id}{earlier}"
    node |= {name: value for name, value in _terms(record) if value not in (None, [], "")}
    if isinstance(record, Source):
        types[0] = _KINDS_OF_SOURCE.get(record.kind, types[0])
    # The record comes last, in its usual JSON form.
    return compact_json(node)[:-1] + b',"fullRecord":' + to_json(record) + b"}"


def _terms(record: Record) -> Iterator[tuple[str, Any]]:
    yield "name", getattr(record, "title", None) or getattr(record, "name", None)
    yield "description", record.note
    yield "subjectOf", [f"record:{one.source}" for one in record.sources]
    if isinstance(record, Source):
        yield "publisher", {"@type": "Organization", "name": record.publisher}
        yield "inLanguage", record.language
        yield "url", record.url
        yield "archivedAt", record.archive_url
        yield "datePublished", _plain_date(record.published)
        yield "wasDerivedFrom", [f"record:{one.source}" for one in record.derived_from]
        yield "claims", [_claim(claim, f"record:{record.id}", ()) for claim in record.claims]
    elif isinstance(record, Statement):
        yield from _times(record.made)
        authors = [_node_id(one) for one in record.speakers]
        yield "author", authors
        yield "about", [_node_id(one) for one in record.about]
        yield "claims", [_claim(one, authors, record.about) for one in record.claims]
    elif isinstance(record, Incursion):
        yield from _times(record.time)
        yield "kinds", list(record.kinds)
        yield "occurrence", record.occurrence
        yield "crossing", record.crossing
        yield "about", [_node_id(record.state)] if record.state else []
        yield "location", _scenes(record)
    elif isinstance(record, Series):
        yield from _times(record.time)
        yield "about", [_node_id(one) for one in record.states]
        yield "location", _scenes(record)
    elif isinstance(record, Finding):
        yield from _times(record.found)
        yield "location", _place(record.place)
    elif isinstance(record, State):
        yield "sameAs", _node_id(record.alpha_2)


def _times(time: ReportedTime | None) -> Iterator[tuple[str, Any]]:
    """Yield the terms of a time, with a ``startDate`` only for a single, certain date.

    The first possible moment of an interval need not be the start of the event.
    """
    if time is None:
        return
    yield "time", time.value
    yield "timeVerbatim", time.verbatim
    if time.earliest is not None:
        yield "earliest", time.earliest.isoformat()
    if time.latest is not None:
        yield "latest", time.latest.isoformat()
    yield "startDate", _plain_date(time.value)


def _plain_date(value: str | None) -> str | None:
    """Return the text if it is a single, certain date or instant in ISO 8601, or else None."""
    if value is None:
        return None
    expression = edtf.parse(value)
    start = expression.start
    is_plain = expression.is_point and start is not None and start.is_certain
    return value if is_plain and expression.precision in _ISO_8601 and "X" not in value else None


def _node_id(name: str) -> str:
    return f"state:{name}" if name.isupper() else f"record:{name}"


def _claim(claim: Claim, author: Sequence[str] | str, about: Sequence[str]) -> dict[str, Any]:
    value = json.loads(to_json(claim)).get("value")
    terms: dict[str, Any] = {
        "@type": "Claim",
        "author": author,
        "about": [_node_id(one) for one in claim.about or about],
        "aspect": claim.aspect,
        "polarity": claim.polarity,
        "fields": list(claim.fields),
        "claimedValue": value,
        "description": claim.note,
    }
    return {name: value for name, value in terms.items() if value not in (None, [])}


def _scenes(event: Incursion | Series) -> list[dict[str, Any]]:
    return [_place(one.place) for one in places_of(event) if one.happened_here]


def _place(place: Place) -> dict[str, Any]:
    terms: dict[str, Any] = {"@type": "Place", "name": place.name}
    if place.state is not None:
        country = {"@type": "PostalAddress", "addressCountry": _node_id(place.state)}
        region = {"addressRegion": place.admin1} if place.admin1 else {}
        terms["address"] = {**country, **region}
    if isinstance(place.geometry, Point):
        longitude, latitude = place.geometry.coordinates[:2]
        terms["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {name: value for name, value in terms.items() if value is not None}


JSON_LD = Format("jsonld", "JSON-LD 1.1 (schema.org, PROV-O)", (".jsonld", ".jsonld.gz"), write)
