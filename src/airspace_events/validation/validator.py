"""The validator: one pass over feeds, in which each part says what it finds."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from airspace_events.feeds.faults import Fault
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.feeds.locating import Locator
from airspace_events.feeds.reading import Entry, model_of, name_of, read_entries
from airspace_events.feeds.streams import FeedInput
from airspace_events.models.records import type_of
from airspace_events.safe_text import safe
from airspace_events.validation.notices import Notice, NoticeCollector, Report
from airspace_events.validation.references import ReferenceCheck
from airspace_events.validation.shape import record_id, shape_notices


def validate(
    *sources: FeedInput,
    now: datetime | None = None,
    limits: Limits | None = None,
    notices_per_code: int = 1_000,
) -> Report:
    """Check feeds, and report everything that is wrong with them.

    Several feeds are checked as one: a record may name another of any of them.

    Args:
        sources: paths, or streams of bytes; JSON Lines or JSON documents, gzipped or not.
        now: the instant that counts as the present for rules about the future.
        limits: how much is read before it is called too much.
        notices_per_code: how many notices of one code are listed; all are counted.

    Raises:
        UnreadableError: a feed cannot be opened.
        ValueError: no feed is given, or ``now`` has no time zone.
    """
    if not sources:
        msg = "validate needs at least one feed"
        raise ValueError(msg)
    if now is not None and now.tzinfo is None:
        msg = "now needs a time zone"
        raise ValueError(msg)
    collector = NoticeCollector(notices_per_code)
    references = ReferenceCheck()
    records: Counter[str] = Counter()
    names = tuple(safe(name_of(source)) for source in sources)
    for source, name in zip(sources, names, strict=True):
        before = records.total()
        ended_early = False
        for entry in read_entries(source, limits):
            for notice in _notices(entry, name, references, collector):
                collector.add(notice)
            ended_early |= any(fault.ends_reading for fault in entry.faults)
            if entry.raw is not None and not entry.is_header:
                records[_type_of(entry)] += 1
        if records.total() == before and not ended_early:
            message = "the feed has a header and no record"
            collector.add(Notice(code="no_records", message=message, file=name, line=1))
    for notice in references.at_the_end(collector.has_room):
        collector.add(notice)
    return collector.report(names, dict(sorted(records.items())))


def _notices(
    entry: Entry, file: str, references: ReferenceCheck, collector: NoticeCollector
) -> Iterator[Notice]:
    if entry.faults:
        record = record_id(entry.raw) if entry.raw else None
        if record is not None and entry.record is None and entry.error is None:
            references.see_unreadable(record, None)
        for fault in entry.faults:
            yield _fault_notice(fault, file, record)
    if entry.error is not None:
        if entry.raw is not None and (name := record_id(entry.raw)):
            model = model_of(entry.raw.data)
            references.see_unreadable(name, type_of(model) if model else None)
        yield from shape_notices(entry, file, collector.has_room)
    elif isinstance(entry.record, FeedHeader):
        yield from _version_notices(entry.record, file, entry)
    elif entry.record is not None and entry.raw is not None:
        yield from references.see(entry.record, entry.raw, file)


def _fault_notice(fault: Fault, file: str, record: str | None) -> Notice:
    return Notice(
        code=fault.code,
        message=safe(fault.message),
        file=file,
        line=fault.line,
        column=fault.column,
        record=record,
        pointer=fault.pointer,
        context=fault.context,
    )


def _version_notices(header: FeedHeader, file: str, entry: Entry) -> Iterator[Notice]:
    given, known = (
        tuple(int(part) for part in version.split("."))
        for version in (header.schema_version, SCHEMA_VERSION)
    )
    if given[0] == known[0] and given <= known:
        return
    newer = given[0] == known[0]
    place = Locator(entry.raw).place_of(("schema_version",)) if entry.raw else (1, 1)
    reads = f"this library reads {SCHEMA_VERSION}"
    yield Notice(
        code="schema_version_newer" if newer else "schema_version_unknown",
        message=f'schema version "{header.schema_version}" is not known; {reads}',
        file=file,
        line=place[0],
        column=place[1],
        pointer="/schema_version",
        context={"given": header.schema_version, "known": SCHEMA_VERSION},
    )


def _type_of(entry: Entry) -> str:
    if entry.record is not None:
        return str(entry.record.type)
    model = model_of(entry.raw.data) if entry.raw else None
    return "unknown" if model is None else type_of(model)
