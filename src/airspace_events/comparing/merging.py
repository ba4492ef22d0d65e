"""Merge several feeds into one feed, and split a merged feed into its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from airspace_events.comparing.field_changes import field_changes, json_of
from airspace_events.comparing.located_records import LocatedRecord, located
from airspace_events.comparing.parts import Part, parts_of, source_of, with_parts
from airspace_events.diagnostics.wording import with_article
from airspace_events.errors import FeedError, MergeError, RecordError
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.streams import FeedInput
from airspace_events.formats.digests import identity
from airspace_events.models.records import Record
from airspace_events.safe_text import counted, shown
from airspace_events.validation.settings import Settings
from airspace_events.validation.validator import validate
from airspace_events.values.references import RecordId
from airspace_events.values.structure import named_records

# A field of the merged header is left out unless all headers have the same value.
_MAY_DIFFER = ("publisher", "generated_at", "title", "language", "note")

# The maximum number of fields, and of characters of a value, that a message shows.
_MOST_SHOWN, _LONGEST = 5, 60


class _Merged(NamedTuple):
    """A record of the merged feed, with the ids of the parts that contain it."""

    place: LocatedRecord
    parts: set[str]


def merge(
    *feeds: Feed | FeedInput,
    prefixes: Sequence[str] = (),
    license: str | None = None,  # noqa: A002
) -> Feed:
    """Merge feeds into one feed. `split` can turn that feed back into the original feeds.

    A record in several feeds occurs once in the merged feed. All revisions are kept, and the last
    revision is current. Each record names the feeds that it comes from, and a source record
    describes each feed. If all feeds are copies of one feed, the result is that feed. A merged
    feed may be merged again. All feeds are held in memory.

    Args:
        feeds: the feeds, their paths, or streams of bytes.
        prefixes: for each feed, the prefix of its ids in the merged feed, or an empty string.
            References to these ids get the prefix too; free text and extension data do not change.
        license: the licence of the merged feed; required if the licences of the feeds differ.

    Raises:
        MergeError: a feed is not valid, or two feeds contradict each other. The error lists all
            problems, each with its file and line.
        UnreadableError: a feed cannot be opened.
        ValueError: a prefix is not a valid id, or there are too few feeds.
        pydantic.ValidationError: the licence is empty or too long.

    >>> import airspace_events as ae
    >>> folder = "docs/examples"
    >>> merged = ae.merge(f"{folder}/tracker-coast.jsonl", f"{folder}/tracker-north.jsonl")
    >>> len(merged.records), [feed.header.title for feed in ae.split(merged)]
    (7, ['Coast tracker', 'North tracker'])
    """
    for prefix in filter(None, prefixes):
        check_prefix(prefix)
    if not feeds or len(prefixes) > len(feeds):
        msg = (
            "merge needs at least one feed, and at least as many feeds as prefixes; it got "
            f"{counted(len(feeds), 'feed')}"
        )
        raise ValueError(msg)
    problems: list[FeedError] = []
    parts: dict[str, Part] = {}
    headers: list[tuple[str, FeedHeader]] = []
    for number, source in enumerate(feeds):
        prefix = prefixes[number] if number < len(prefixes) else ""
        try:
            feed = located(source, problems.append, f"feeds[{number}]")
            headers.append((feed.name, feed.header))
            for part in parts_of(feed):
                found = part.renamed(prefix)
                parts.setdefault(found.name(), found)
        except FeedError as error:
            problems.append(error)
    problems += _header_problems(headers, has_licence=license is not None)
    merged = _joined(parts, problems)
    problems += chain(_retraction_problems(parts, merged), _merger_problems(merged))
    if not problems:
        problems += _cycles(merged)
    if problems:
        raise MergeError(map(str, problems))
    header = _header([header for _, header in headers], license)
    only = next(iter(parts.values())) if len(parts) == 1 else None
    if only is not None and not only.prefix and only.header == header:
        return Feed(header, tuple(one.place.record for one in merged))
    sources = (source_of(part, name) for name, part in parts.items())
    records = (with_parts(one.place.record, one.parts) for one in merged)
    return Feed(header, (*sources, *records))


def split(feed: Feed | FeedInput) -> tuple[Feed, ...]:
    """Return the feeds that a merged feed was made from, with their original headers and ids.

    A feed that was not merged is returned as the only feed. The records are in the order of the
    merged feed.

    Raises:
        MergeError: the feed is not valid, or a record does not name the feed that it comes from.
        UnreadableError: the feed cannot be opened.
    """
    problems: list[FeedError] = []
    parts: list[Part] = []
    try:
        parts = parts_of(located(feed, problems.append, "feed"))
    except FeedError as error:
        problems.append(error)
    if problems:
        raise MergeError(map(str, problems))
    return tuple(Feed(part.header, tuple(part.original_records())) for part in parts)


def lookalike_ids(feed: Feed) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids that belong to records of one type and differ only in their hyphens."""
    found: dict[tuple[str, str], str] = {}
    for kind, name in dict.fromkeys((record.type, record.id) for record in feed.records):
        first = found.setdefault((kind, name.replace("-", "")), name)
        if first != name:
            yield first, name


def check_prefix(prefix: str) -> None:
    """Reject a prefix that cannot begin an id.

    Raises:
        ValueError: the prefix is not a valid id.
    """
    try:
        TypeAdapter[str](RecordId).validate_python(prefix)
    except ValidationError:
        msg = f"{shown(prefix)} is not a valid prefix; use lower-case letters, digits and hyphens"
        raise ValueError(msg) from None


# Headers.


def _header(headers: Sequence[FeedHeader], licence: str | None) -> FeedHeader:
    first = headers[0]
    same = {
        name: getattr(first, name)
        for name in _MAY_DIFFER
        if all(getattr(one, name) == getattr(first, name) for one in headers)
    }
    fields = {name: value for name, value in same.items() if value is not None}
    if licence is None:
        licence = first.license
    return FeedHeader(schema_version=first.schema_version, license=licence, **fields)


def _header_problems(
    headers: Sequence[tuple[str, FeedHeader]], *, has_licence: bool
) -> Iterator[FeedError]:
    for name, header in headers[1:]:
        first, other = headers[0]
        if header.schema_version != other.schema_version:
            reason = (
                f"the schema version is {header.schema_version}, but the version of {first} is "
                f"{other.schema_version}; merge only feeds with the same version"
            )
            yield FeedError(reason, name, 1)
        if header.license != other.license and not has_licence:
            given, before = (_licence(one) for one in (header, other))
            reason = (
                f"the feed has {given}, but {first} has {before}; give the licence of the merged "
                "feed with `license`"
            )
            yield FeedError(reason, name, 1)


def _licence(header: FeedHeader) -> str:
    return "no licence" if header.license is None else f"the licence {shown(header.license)}"


# Records.


def _joined(parts: dict[str, Part], problems: list[FeedError]) -> list[_Merged]:
    """Return each record once, and append a problem for each record that contradicts another."""
    found: dict[tuple[str, int], _Merged] = {}
    firsts: dict[str, tuple[Part, LocatedRecord]] = {}
    for name, part in parts.items():
        for one in part.records:
            record = one.record
            first_part, first = firsts.setdefault(record.id, (part, one))
            same = found.setdefault((record.id, record.revision), _Merged(one, set()))
            if reason := _contradiction(first, same.place, record):
                problems.append(_at(one, reason))
            elif first_part.prefix != part.prefix:
                reason = f"{shown(record.id)} is also the id of the record at {first.place}"
                problems.append(_at(one, f"{reason}; use another prefix"))
            else:
                same.parts.add(name)
    return list(found.values())


def _contradiction(first: LocatedRecord, same: LocatedRecord, record: Record) -> str:
    """Return the reason for rejecting a record, or an empty string."""
    if first.record.type != record.type:
        kind, before = with_article(record.type), with_article(first.record.type)
        return (
            f"{shown(record.id)} is the id of {kind} here, but the id of {before} at {first.place}"
        )
    if same.record is record or identity(same.record) == identity(record):
        return ""
    changes = list(field_changes(same.record, record))
    fields = [
        f"{one.name} ({_brief(one.new)}, not {_brief(one.old)})" for one in changes[:_MOST_SHOWN]
    ]
    if len(changes) > _MOST_SHOWN:
        fields.append(f"{len(changes) - _MOST_SHOWN} more fields")
    name = f"revision {record.revision} of {shown(record.id)}"
    return f"{name} differs from {same.place} in {', '.join(fields)}"


def _brief(value: Any) -> str:
    if value is None:
        return "none"
    text = json_of(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _last_revisions(records: Iterable[LocatedRecord]) -> dict[str, LocatedRecord]:
    last: dict[str, LocatedRecord] = {}
    for one in records:
        if one.record.revision >= last.setdefault(one.record.id, one).record.revision:
            last[one.record.id] = one
    return last


def _retraction_problems(parts: dict[str, Part], merged: Sequence[_Merged]) -> Iterator[FeedError]:
    """Yield a problem for each record that one feed retracts and another feed revises later."""
    has = {(one.place.record.id, one.place.record.revision): one.parts for one in merged}
    last = {name: _last_revisions(part.records) for name, part in parts.items()}
    withdrawn = [
        one
        for lasts in last.values()
        for one in lasts.values()
        if one.record.retracted is not None
    ]
    for one in {(each.record.id, each.record.revision): each for each in withdrawn}.values():
        record = one.record
        for name, lasts in last.items():
            other = lasts.get(record.id)
            if (
                other is not None
                and other.record.retracted is None
                and other.record.revision > record.revision
                and name not in has[record.id, record.revision]
            ):
                reason = (
                    f"{shown(record.id)} is retracted at {one.place}, but this later revision is "
                    "not retracted"
                )
                yield _at(other, reason)


def _merger_problems(merged: Sequence[_Merged]) -> Iterator[FeedError]:
    """Yield a problem for each record that two feeds merge into different records."""
    parts = {(one.place.record.id, one.place.record.revision): one.parts for one in merged}
    successors: dict[str, LocatedRecord] = {}
    for one in _last_revisions(each.place for each in merged).values():
        for name in one.record.replaces:
            other = successors.setdefault(name, one)
            keys = [(each.record.id, each.record.revision) for each in (one, other)]
            if other is not one and parts[keys[0]].isdisjoint(parts[keys[1]]):
                reason = f"{shown(one.record.id)} replaces {shown(name)}, but so does"
                yield _at(one, f"{reason} {shown(other.record.id)} at {other.place}")


def _cycles(merged: Sequence[_Merged]) -> Iterator[FeedError]:
    """Yield a problem for each reference that is part of a cycle in the merged feed."""
    linked = [one.place for one in merged if _names_its_type(one.place.record)]
    if linked:
        feed = Feed.of(one.record for one in linked)
        for notice in validate(feed, settings=Settings(select=frozenset({"cycle"}))).notices:
            # The first record is on the line after the header.
            yield _at(linked[notice.line - 2], notice.message)


def _names_its_type(record: Record) -> bool:
    """Return whether a reference of the record may point to a record of the same type."""
    own = {"same", record.type}
    return any(not own.isdisjoint(one.reference.kinds) for one in named_records(record))


def _at(one: LocatedRecord, reason: str) -> RecordError:
    return RecordError(reason, one.file, one.line)
