"""The parts of a merged feed, and the extension data that describe the parts.

A merged feed has a source record for each of its parts. The extension data of that record contain
the header of the part. The extension data of every other record name the parts that contain the
record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple, cast

import pydantic_core
from pydantic import JsonValue, ValidationError

from airspace_events.comparing.located_records import LocatedFeed, LocatedRecord
from airspace_events.errors import FeedError, RecordError
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.digests import identity
from airspace_events.formats.spreadsheets.ids import slug
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.values.base import to_json
from airspace_events.values.structure import NamedRecord, renamed

NAMESPACE = "merge.airspace-events"
"""The key under `extensions` for data about merged feeds."""

_NAME, _DIGEST = 60, 12


class Part(NamedTuple):
    """One of the merged feeds.

    Attributes:
        file: the name of the file that contains the feed.
        header: the header of the feed.
        prefix: the prefix of its ids in the merged feed, with a final hyphen; may be empty.
        records: its records, with their ids in the merged feed.
    """

    file: str
    header: FeedHeader
    prefix: str
    records: list[LocatedRecord]

    def name(self) -> str:
        """Return the id of the part. It depends only on the contents of the part."""
        contents = sha256(to_json(self.header) + self.prefix.encode())
        for text in sorted(identity(one.record) for one in self.records):
            contents.update(text)
        title = slug(self.header.publisher or self.header.title or "")[:_NAME].rstrip("-")
        return "-".join(filter(None, ("feed", title, contents.hexdigest()[:_DIGEST])))

    def renamed(self, prefix: str) -> Part:
        """Return the part with a prefix added to all its ids.

        Raises:
            RecordError: an id becomes too long.
        """
        if not prefix:
            return self
        records = [one._replace(record=_with_prefix(one, f"{prefix}-")) for one in self.records]
        return self._replace(prefix=f"{prefix}-{self.prefix}", records=records)

    def original_records(self) -> Iterator[Record]:
        """Yield the records with the ids that they had before the merge."""
        return (_without_prefix(one.record, self.prefix) for one in self.records)


def source_of(part: Part, name: str) -> Source:
    """Return the source record that represents a part in the merged feed."""
    data: dict[str, JsonValue] = {"header": part.header.model_dump(mode="json", **_AS_WRITTEN)}
    if part.prefix:
        data["prefix"] = part.prefix
    return Source(
        id=name,
        kind="dataset",
        publisher=part.header.publisher or part.header.title or "not recorded",
        title=part.header.title,
        language=part.header.language,
        extensions={NAMESPACE: data},
    )


def with_parts(record: Record, names: Iterable[str]) -> Record:
    """Return a copy of a record whose extension data name the parts that contain it."""
    entry: dict[str, JsonValue] = {"parts": list[JsonValue](sorted(names))}
    if record.extensions == {}:
        entry["had_empty_extensions"] = True
    extensions = {**(record.extensions or {}), NAMESPACE: entry}
    return record.replace(extensions=extensions)


def entry_of(record: Record) -> Mapping[str, Any] | None:
    """Return the data about merged feeds from the extensions of a record, or None.

    Malformed data count as empty.
    """
    entry: Any = (record.extensions or {}).get(NAMESPACE)
    is_there = NAMESPACE in (record.extensions or {})
    return cast("dict[str, Any]", entry) if isinstance(entry, dict) else {} if is_there else None


def parts_of(feed: LocatedFeed) -> list[Part]:
    """Return the parts of a merged feed; a feed that was not merged is its only part.

    Raises:
        RecordError: the extension data of a record do not name its parts.
    """
    parts: dict[str, Part] = {}
    rest: list[LocatedRecord] = []
    for one in feed.records:
        header, prefix = _header_and_prefix(one)
        if header is None:
            rest.append(one)
        else:
            parts[one.record.id] = Part(one.file, header, prefix, [])
    if not parts:
        parts[""] = Part(feed.name, feed.header, "", [])
    for one in rest:
        entry = entry_of(one.record)
        names: Any = [""] if entry is None and "" in parts else (entry or {}).get("parts")
        known = [name for name in _texts(names) if name in parts]
        if not known or len(known) != len(names):
            raise _unclear(one)
        record = one.record if entry is None else _without_parts(one.record, entry)
        for name in dict.fromkeys(known):
            parts[name].records.append(one._replace(record=record))
    return list(parts.values())


_AS_WRITTEN: Mapping[str, Any] = {"exclude_defaults": True, "exclude_none": True}


def _texts(value: Any) -> list[str]:
    items: Any = value
    return [item for item in items if isinstance(item, str)] if isinstance(value, list) else []


def _header_and_prefix(one: LocatedRecord) -> tuple[FeedHeader | None, str]:
    entry = entry_of(one.record) or {}
    if "header" not in entry:
        return None, ""
    prefix: Any = entry.get("prefix", "")
    try:
        header = FeedHeader.model_validate_json(pydantic_core.to_json(entry["header"]))
    except ValidationError:
        raise _unclear(one) from None
    if not isinstance(prefix, str) or not (prefix == "" or slug(prefix) == prefix[:-1]):
        raise _unclear(one)
    return header, prefix


def _unclear(one: LocatedRecord) -> FeedError:
    reason = (
        f"record {shown(one.record.id)} does not say which original feed it comes from; correct "
        f"its extension data {shown(NAMESPACE)}, or remove these data from every record"
    )
    return RecordError(reason, one.file, one.line, "/extensions")


def _without_parts(record: Record, entry: Mapping[str, Any]) -> Record:
    kept = {key: data for key, data in (record.extensions or {}).items() if key != NAMESPACE}
    is_kept = kept or entry.get("had_empty_extensions") is True
    return record.replace(extensions=kept if is_kept else None)


def _is_own(named: NamedRecord) -> bool:
    """Return whether a reference points to a record of the feed, not to a built-in record."""
    return not named.name[0].isupper() and named.name not in RESERVED_ALLIANCES


def _with_prefix(one: LocatedRecord, prefix: str) -> Record:
    def new_name(named: NamedRecord) -> str:
        return f"{prefix}{named.name}" if _is_own(named) else named.name

    try:
        return renamed(one.record, new_name).replace(id=f"{prefix}{one.record.id}")
    except ValidationError as error:
        reason = f"an id becomes too long with the prefix {shown(prefix[:-1])}"
        raise RecordError(reason, one.file, one.line, "/id") from error


def _without_prefix(record: Record, prefix: str) -> Record:
    if not prefix:
        return record

    def old_name(named: NamedRecord) -> str:
        return named.name.removeprefix(prefix) if _is_own(named) else named.name

    return renamed(record, old_name).replace(id=record.id.removeprefix(prefix))
