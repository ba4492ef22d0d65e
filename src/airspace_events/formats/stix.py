"""The STIX 2.1 format (OASIS), for OpenCTI, MISP and similar systems.

Each record is a STIX object: an event is an ``incident``, a statement is a ``note``, and an
actor is an ``identity`` or a ``location``. A source is a ``report`` if the instant of its
publication is known, or else a ``grouping``, because STIX requires the instant for a report. The
complete record is in a property extension of the object, so nothing is lost, and the reader uses
only this extension.

STIX has no vague times, no polarities and no counts with bounds, so these are in the extension and
in the text of the notes. The writer uses no ``opinion``, because an opinion judges an object, but
a claim is about an event. It uses no ``confidence``, because a record has a confidence only for
single claims and assessments.

Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html; the markings are those of
https://github.com/oasis-open/cti-stix-common-objects (TLP 2.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import MappingProxyType
from typing import IO, Any, cast
from uuid import NAMESPACE_URL, uuid5

from airspace_events.errors import FormatError, UnreadableError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import entry_of, first_error, read_entries
from airspace_events.feeds.streams import DAMAGE, TooMuch, damage_of, name_of, opened
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem, refuse
from airspace_events.formats.json_texts import compact_json, exact_json
from airspace_events.formats.summaries import claim_text
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.states import states
from airspace_events.values.base import to_json

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:airspace-events:stix")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOREIGN = "the object contains no record; only bundles that this library wrote can be read"
_ADDED = frozenset(
    {"extension-definition", "identity", "location", "marking-definition", "relationship"}
)
_MILLISECOND = timedelta(milliseconds=1)
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP: Mapping[str, str] = MappingProxyType(
    {
        "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
)
_KINDS: Mapping[type, str] = MappingProxyType(
    {
        State: "location",
        Alliance: "identity",
        Organization: "identity",
        Official: "identity",
        Incursion: "incident",
        Series: "incident",
        Finding: "incident",
        Statement: "note",
    }
)


def _id(kind: str, name: str) -> str:
    """Return an id with a version 5 UUID, so that it is the same in every bundle."""
    return f"{kind}--{uuid5(_NAMESPACE, name)}"


_LIBRARY = _id("identity", "airspace-events")
_EXTENSION = _id("extension-definition", "record")


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write a bundle with one object per line.

    All records are held in memory, because an object may refer to a later object. The revisions of
    a record are versions of one object. STIX requires the instants ``created`` and ``modified``,
    which the writer takes from ``recorded_at``. For a revision without ``recorded_at``, it writes
    instants at the beginning of 1970, which are obvious placeholders.
    """
    bundle = _Bundle(list(records), header)
    stream.write(b'{"type":"bundle","id":"' + bundle.id.encode() + b'","objects":[')
    separator = b"\n"
    for one in bundle.objects():
        stream.write(separator + one)
        separator = b",\n"
    stream.write(b"\n]}\n")
    return Losses()


class _Bundle:
    def __init__(self, records: list[Record], header: FeedHeader | None) -> None:
        self._records = records
        self._header = header
        self._dated = {record.id for record in records if isinstance(record, Source)}
        self._dated -= {
            one.id for one in records if isinstance(one, Source) and not _instant_of(one)
        }
        self._ids = {record.id: self._id_of(record) for record in records}
        self._about: dict[str, list[str]] = {}
        self._created: dict[str, str] = {}
        for record in records:
            name, stamp = self._id_of(record), _stamp(record)
            self._created[name] = min(stamp, self._created.get(name, stamp))
            for citation in record.sources:
                cited = self._about.setdefault(citation.source, [])
                if name not in cited:
                    cited.append(name)
        content = b"\n".join(map(to_json, records))
        self.id = _id("bundle", content.decode())

    def _kind(self, record: Record) -> str:
        """Return the type of object, which is the same for all revisions of a record."""
        if isinstance(record, Source):
            return "report" if record.id in self._dated else "grouping"
        return _KINDS[type(record)]

    def _id_of(self, record: Record) -> str:
        return _id(self._kind(record), f"{record.type} {record.id}")

    def objects(self) -> Iterator[bytes]:
        """Yield every object of the bundle as JSON."""
        yield compact_json(_library(self._header))
        yield compact_json(_extension_definition())
        markings = {one.marking.tlp for one in self._records if one.marking and one.marking.tlp}
        yield from (compact_json(_marking(tlp)) for tlp in sorted(markings))
        incursions = [one for one in self._records if isinstance(one, Incursion) and one.state]
        spoken_of = (
            name for one in self._records if isinstance(one, Statement) for name in one.about
        )
        codes = {*filter(str.isupper, spoken_of), *(str(one.state) for one in incursions)}
        yield from (compact_json(_location(code)) for code in sorted(codes))
        for record in self._records:
            # The record comes last, in its usual JSON form.
            yield (
                compact_json(self._object(record))[:-3] + b',"record":' + to_json(record) + b"}}}"
            )
        for name, state in dict.fromkeys((one.id, str(one.state)) for one in incursions):
            yield compact_json(self._located(name, state))

    def _object(self, record: Record) -> dict[str, Any]:
        kind, name = self._kind(record), self._id_of(record)
        common: dict[str, Any] = {
            "type": kind,
            "spec_version": "2.1",
            "id": name,
            "created": self._created[name],
            "modified": _stamp(record),
        }
        if record.retracted is not None:
            common["revoked"] = True
        if record.marking is not None and record.marking.tlp is not None:
            common["object_marking_refs"] = [_tlp_id(record.marking.tlp)]
        if record.note is not None and kind != "note":
            common["description"] = record.note
        extension = {_EXTENSION: {"extension_type": "property-extension"}}
        return {**common, **dict(self._own(record)), "extensions": extension}

    def _own(self, record: Record) -> Iterator[tuple[str, Any]]:
        if isinstance(record, Source):
            yield "name", record.title or f"{record.publisher}, {record.id}"
            if record.id in self._dated:
                yield "published", _instant_of(record)
            else:
                yield "context", "unspecified"
            yield "object_refs", self._about.get(record.id) or [_LIBRARY]
            if record.url is not None:
                link: dict[str, Any] = {"source_name": record.publisher, "url": record.url}
                if record.sha256 is not None:
                    link["hashes"] = {"SHA-256": record.sha256}
                yield "external_references", [link]
        elif isinstance(record, Statement):
            yield "content", "\n".join(_content(record))
            yield "authors", list(record.speakers)
            known = [self._ids.get(name) or _state_id(name) for name in record.about]
            yield "object_refs", [*filter(None, known)] or [_LIBRARY]
        elif isinstance(record, State):
            yield "name", record.name
            yield "country", record.alpha_2
        elif isinstance(record, Alliance | Organization | Official):
            yield "name", record.name
            yield "identity_class", _class_of(record)
        else:
            yield "name", getattr(record, "title", None) or record.id

    def _located(self, incursion: str, state: str) -> dict[str, Any]:
        name = self._ids[incursion]
        return {
            "type": "relationship",
            "spec_version": "2.1",
            "id": _id("relationship", f"{incursion} {state}"),
            "created": self._created[name],
            "modified": self._created[name],
            "relationship_type": "related-to",
            "source_ref": name,
            "target_ref": _state_id(state),
        }


def _class_of(record: Alliance | Organization | Official) -> str:
    if isinstance(record, Official):
        return "individual"
    if isinstance(record, Alliance):
        return "group"
    return "class" if record.kind == "class" else "organization"


def _content(statement: Statement) -> Iterator[str]:
    speakers = ", ".join(statement.speakers)
    yield f"Statement by {speakers}, made {statement.made.verbatim or statement.made.value}"
    yield from map(claim_text, statement.claims)
    for act in statement.acts:
        yield f"{act.act}: {act.content}" if act.content else act.act


def _stamp(record: Record) -> str:
    """Return the instant of a revision, or a placeholder that is later for a later revision."""
    return _instant(record.recorded_at or _EPOCH + record.revision * _MILLISECOND)


def _instant_of(source: Source) -> str | None:
    published = source.published or ""
    return _instant(datetime.fromisoformat(published)) if "T" in published else None


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fixed(kind: str, object_id: str, **properties: Any) -> dict[str, Any]:
    """Return an object with constant timestamps, so that it is the same in every bundle."""
    stamp = _instant(_EPOCH)
    common = {"type": kind, "spec_version": "2.1", "id": object_id}
    return {**common, "created": stamp, "modified": stamp, **properties}


def _library(header: FeedHeader | None) -> dict[str, Any]:
    """Return the identity of this library, whose extension contains the header of the feed."""
    identity = _fixed("identity", _LIBRARY, name="airspace-events", identity_class="system")
    if header is not None:
        own = {"extension_type": "property-extension", "feed": json.loads(to_json(header))}
        identity["extensions"] = {_EXTENSION: own}
    return identity


def _extension_definition() -> dict[str, Any]:
    return _fixed(
        "extension-definition",
        _EXTENSION,
        created_by_ref=_LIBRARY,
        name="airspace-events record",
        description="The complete record, from which the object was made.",
        schema="urn:airspace-events:schema:1.0:record",
        version="1.0.0",
        extension_types=["property-extension"],
    )


def _marking(tlp: str) -> dict[str, Any]:
    label = tlp.replace("_", "+")
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _tlp_id(tlp),
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{label.upper()}",
        "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label}},
    }


def _tlp_id(tlp: str) -> str:
    return _TLP[tlp.replace("_", "+")]


def _state_id(name: str) -> str | None:
    return _id("location", f"code {name}") if name.isupper() else None


def _location(code: str) -> dict[str, Any]:
    name = states.get(code).name
    return _fixed("location", _state_id(code) or "", name=name, country=code)


def read(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read the records of a bundle that this library wrote, gzipped or not.

    Other objects are reported as problems, because converting them to records would require
    guesswork. Objects that the writer adds, such as locations and relationships, are skipped.
    """
    name = name_of(stream)
    try:
        bundle = _bundle_in(stream, name)
    except FormatError as error:
        refuse(error, on_problem)
        return
    for number, one in enumerate(bundle, 1):
        own = _extension_of(one)
        if own is None:
            if not _is_added(one):
                refuse(FormatError(_FOREIGN, name, place=f"object {number}"), on_problem)
            continue
        if "feed" in own:
            entry = next(read_entries(BytesIO(compact_json(own["feed"]))))
        else:
            entry = entry_of(compact_json(own.get("record")))
        problem = first_error(entry, name)
        if problem is not None:
            place = f"object {number}"
            refuse(FormatError(problem.reason, name, place=place), on_problem)
        elif isinstance(entry.record, FeedHeader):
            if on_header is not None:
                on_header(entry.record)
        elif entry.record is not None:
            yield entry.record


def _bundle_in(stream: IO[bytes], name: str) -> list[Any]:
    limits = Limits()
    try:
        with opened(stream, limits.document_bytes) as given:
            data = given.read()
        bundle = exact_json(data.decode(), "file")
    except TooMuch:
        reason = f"the bundle is longer than {limits.document_bytes} bytes"
        raise FormatError(reason, name) from None
    except UnicodeDecodeError:
        raise FormatError("the bytes are not valid UTF-8", name) from None  # noqa: TRY003
    except UnreadableError:
        raise
    except DAMAGE as error:
        raise FormatError(damage_of(error), name) from None
    except ValueError as error:
        raise FormatError(str(error), name) from None
    members = _members(bundle)
    if not isinstance(members.get("objects"), list) or members.get("type") != "bundle":
        raise FormatError("the file is not a STIX 2.1 bundle", name)  # noqa: TRY003
    return cast("list[Any]", members["objects"])


def _extension_of(one: Any) -> dict[str, Any] | None:
    return _members(_members(_members(one).get("extensions")).get(_EXTENSION)) or None


def _is_added(one: Any) -> bool:
    """Return whether the writer adds objects of this type, which contain no record."""
    return _members(one).get("type") in _ADDED


def _members(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


STIX = Format("stix", "STIX 2.1 bundle (OASIS)", (".stix.json", ".stix.json.gz"), write, read)
