"""Export records as FollowTheMoney entities, for Aleph, OpenAleph and similar platforms.

Events and statements become ``Event`` entities, sources become ``Article`` entities, and actors
become ``Person``, ``PublicBody``, ``Organization`` or ``Company`` entities. A ``Documentation``
entity links each source to the entities that cite it. FollowTheMoney's software drops values that
it cannot parse, so the writer leaves out such values and counts them as losses.

Source: https://followthemoney.tech/docs/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any
from urllib.parse import urlsplit

from airspace_events.errors import UnknownNameError
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Format, Losses
from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.partial_dates import PartialDate, partial_dates
from airspace_events.formats.revisions import current_records
from airspace_events.formats.summaries import Summaries, add_summarized, claim_text, place_text
from airspace_events.formats.tables.definitions import marking_text
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.alliances import alliances
from airspace_events.reference.states import states
from airspace_events.safe_text import safe
from airspace_events.values import edtf
from airspace_events.values.periods import Period
from airspace_events.values.time import ReportedTime

_SCHEMATA: Mapping[type, str] = MappingProxyType(
    {
        Source: "Article",
        State: "PublicBody",
        Alliance: "Organization",
        Official: "Person",
        Incursion: "Event",
        Series: "Event",
        Finding: "Event",
        Statement: "Event",
    }
)
_SCHEMATA_OF_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "government_body": "PublicBody",
        "armed_force": "PublicBody",
        "agency": "PublicBody",
        "company": "Company",
        "class": "LegalEntity",
    }
)
_KEPT = ("type", "id", "title", "name", "note", "publisher", "kind", "alpha_2")
_KEPT_TEXTS: Mapping[str, str] = MappingProxyType(
    {"title": "name", "name": "name", "note": "description", "publisher": "publisher"}
)
"""A mapping from text fields to the FollowTheMoney properties that keep their text."""

_LONGEST: Mapping[str, int] = MappingProxyType(
    {"name": 384, "location": 250, **dict.fromkeys(("description", "notes", "summary"), 65_000)}
)
"""The maximum number of characters in a value of each property."""

_LONGEST_OTHER = 1_024

_NOT_KEPT = (
    "FollowTheMoney has no property for the value, or no property that can hold the whole value"
)
_NO_HEADER = "a file of entities cannot hold the header of a feed"
_NO_ENTITY = "the feed has no record of the actor or event, so no entity can be linked"

_CUT = "FollowTheMoney does not allow text of this length, so the text was shortened"

Entity = dict[str, Any]


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write one entity per line.

    The latest revision of each record becomes an entity, unless it is retracted. States and
    built-in alliances that records refer to are entities too. All records are held in memory.
    """
    losses = Losses()
    if header is not None:
        losses.add("", "", _NO_HEADER)
    graph = _Graph(current_records(records, losses), losses)
    for entity in graph.entities():
        stream.write(compact_json(entity) + b"\n")
    return losses


class _Graph:
    def __init__(self, records: list[Record], losses: Losses) -> None:
        self._records = records
        self._losses = losses
        self._summaries = Summaries(records)
        self._ids = {one.id: f"ae-{one.type}-{one.id}" for one in records}
        self._ids |= {one.alpha_2: self._ids[one.id] for one in records if isinstance(one, State)}
        self._built_in: dict[str, Entity] = {}

    def entities(self) -> Iterator[Entity]:
        for record in self._records:
            kept = {*_KEPT, *self._kept_addresses(record)}
            add_summarized(self._losses, record, record.id, kept, _NOT_KEPT)
            for field, name in _KEPT_TEXTS.items():
                text = getattr(record, field, None)
                if text is not None and len(safe(text)) > _LONGEST.get(name, _LONGEST_OTHER):
                    self._losses.add(record.id, f"/{field}", _CUT)
            yield self._entity(record)
            yield from self._links(record)
        yield from self._built_in.values()

    def _entity(self, record: Record) -> Entity:
        kind = record.kind if isinstance(record, Organization) else ""
        schema = _SCHEMATA.get(type(record)) or _SCHEMATA_OF_KINDS.get(kind, "Organization")
        return _entity(
            f"ae-{record.type}-{record.id}",
            schema,
            name=self._summaries.headline(record),
            description=record.note,
            **_collected(self._properties(record)),
        )

    def _properties(self, record: Record) -> Iterator[tuple[str, Any]]:
        yield "notes", marking_text(record)
        if isinstance(record, Incursion | Series | Finding | Statement):
            yield "recordId", record.id
            yield from self._event(record)
        elif isinstance(record, Source):
            yield "title", record.title
            yield "publisher", record.publisher
            yield "keywords", record.kind
            addresses = [getattr(record, name) for name in self._kept_addresses(record)]
            yield "sourceUrl", addresses
            published = record.published and edtf.parse(record.published)
            if published and published.parts[0].is_certain:
                time = ReportedTime(value=record.published or "", timezone=record.timezone)
                yield "publishedAt", dict(_dates(time)).get("date")
        elif isinstance(record, State):
            yield "country", record.alpha_2.lower()
        elif isinstance(record, Alliance):
            yield "keywords", record.kind
        elif isinstance(record, Organization):
            is_state = record.of is not None and record.of.isupper()
            yield "country", record.of.lower() if record.of and is_state else None
            yield "keywords", record.kind
        else:
            yield "position", [f"{one.post}, {one.of}" for one in record.tenures]

    def _event(
        self, record: Incursion | Series | Finding | Statement
    ) -> Iterator[tuple[str, Any]]:
        time = record.found if isinstance(record, Finding) else None
        if isinstance(record, Statement):
            time = record.made
            speakers = [self._id_of(one, record, "/speakers") for one in record.speakers]
            yield "involved", [one for one in speakers if one]
            yield "notes", [claim_text(one) for one in record.claims]
        elif isinstance(record, Incursion):
            time = record.time
            yield "country", record.state and record.state.lower()
            yield "keywords", list(record.kinds)
            judged = {"occurrence": record.occurrence, "crossing": record.crossing}
            yield "notes", [f"{name}: {word}" for name, word in judged.items() if word]
        elif isinstance(record, Series):
            time = record.time
            yield "country", [one.lower() for one in record.states]
            yield "keywords", record.kind
        if time is not None:
            yield from _dates(time)
            words = f" ({time.verbatim})" if time.verbatim else ""
            yield "summary", f"time: {time.value}{words}"
        here = [one.place for one in places_of(record) if one.happened_here]
        yield "location", [text for one in here if (text := place_text(one))]

    def _links(self, record: Record) -> Iterator[Entity]:
        own = f"ae-{record.type}-{record.id}"
        for source in dict.fromkeys(citation.source for citation in record.sources):
            document = self._id_of(source, record, "/sources")
            if document is not None:
                yield _link("Documentation", own, document, "entity", "document", role="source")
        if isinstance(record, Statement):
            for subject in dict.fromkeys(record.about):
                other = self._id_of(subject, record, "/about")
                if other is not None:
                    yield _link("UnknownLink", own, other, "subject", "object", role="about")
        if isinstance(record, Alliance):
            for number, one in enumerate(record.memberships):
                member = self._id_of(one.state, record, f"/memberships/{number}")
                yield _link(
                    "Membership", own, f"{member}", "organization", "member",
                    key=str(number), role=one.status, **dict(_period(one)),
                )  # fmt: skip

    def _id_of(self, name: str, record: Record, pointer: str) -> str | None:
        """Return the id of an entity, or count a loss and return None if there is no entity.

        The entities of built-in states and alliances are added when they are needed.
        """
        if name not in self._ids:
            try:
                actor = states.get(name) if name.isupper() else alliances.get(name)
            except UnknownNameError:
                self._losses.add(record.id, pointer, _NO_ENTITY)
                return None
            entity = self._entity(actor)
            self._built_in[name] = entity
            self._ids[name] = entity["id"]
        return self._ids[name]

    def _kept_addresses(self, record: Record) -> list[str]:
        """Return the names of the fields whose URLs FollowTheMoney can parse."""
        names = ("url", "archive_url") if isinstance(record, Source) else ()
        return [name for name in names if _is_address(getattr(record, name))]


def _entity(entity_id: str, schema: str, /, **properties: Any) -> Entity:
    """Return an entity without empty or blank values."""
    texts: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = [value] if isinstance(value, str) else value or []
        found = [_text(name, one.strip()) for one in values if one.strip()]
        if found:
            texts[name] = found
    return {"id": entity_id, "schema": schema, "properties": texts}


def _collected(properties: Iterable[tuple[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in properties:
        values = [value] if isinstance(value, str) else value or []
        found.setdefault(name, []).extend(filter(None, values))
    return found


def _link(  # noqa: PLR0913 (two ends with their names)
    schema: str, own: str, other: str, own_end: str, other_end: str, *, key: str = "", **more: Any
) -> Entity:
    name = ".".join(filter(None, (own, schema.lower(), other, key)))
    return _entity(name, schema, **{own_end: own, other_end: other, **more})


def _text(name: str, text: str) -> str:
    """Return text without control characters, shortened to the limit of the property."""
    lines = "\n".join(map(safe, text.splitlines()))
    longest = _LONGEST.get(name, _LONGEST_OTHER)
    return lines if len(lines) <= longest else lines[: longest - 1] + "…"


def _dates(time: ReportedTime) -> Iterator[tuple[str, str]]:
    """Yield one ``date`` if a time begins and ends on it, or else the ends that are certain."""
    first, last = partial_dates(time)
    start, end = time.expression.start, time.expression.end
    days = [
        _iso(found) if found is not None and point is not None and point.is_certain else None
        for found, point in ((first, start), (last, end))
    ]
    if days[0] is not None and days[0] == days[1]:
        yield "date", days[0]
        return
    yield from (
        (name, day) for name, day in zip(("startDate", "endDate"), days, strict=True) if day
    )


def _period(period: Period) -> Iterator[tuple[str, str]]:
    ends = {"startDate": period.since, "endDate": period.last_day}
    for name, value in ends.items():
        if value is not None:
            yield from (
                (name, day) for key, day in _dates(ReportedTime(value=value)) if key == "date"
            )


def _iso(found: PartialDate) -> str:
    year, *rest = list(found.values())[:3]
    return "-".join([f"{year:04}", *(f"{one:02}" for one in rest)])


def _is_address(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
        return bool(parts.hostname) and parts.port != 0 and safe(url or "") == url
    except ValueError:
        return False


FOLLOWTHEMONEY = Format(
    "followthemoney", "FollowTheMoney entities", (".ftm.jsonl", ".ftm.jsonl.gz"), write
)
