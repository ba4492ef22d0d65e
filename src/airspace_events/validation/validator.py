"""The validator: one pass over feeds, in which each part says what it finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from airspace_events.feeds.framing import Limits
from airspace_events.feeds.raw_record import RawRecord
from airspace_events.feeds.reading import read_entries
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.safe_text import safe
from airspace_events.validation.notices import Report
from airspace_events.validation.record_check import Inspector, kind_of
from airspace_events.validation.references import Placer, Where
from airspace_events.validation.report_builder import Gathering
from airspace_events.validation.settings import Settings
from airspace_events.validation.workers import Sharing, is_worth_sharing, share

Progress = Callable[[int, int], None]
"""Is told how many bytes and how many records were looked at so far."""

_ENTRIES_BETWEEN_REPORTS = 512


def validate(  # noqa: PLR0913 (each is a choice of its own, and all have defaults)
    *sources: FeedInput,
    now: datetime | None = None,
    limits: Limits | None = None,
    notices_per_code: int = 1_000,
    settings: Settings | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Check feeds, and report everything that is wrong with them.

    Several feeds are checked as one: a record may name another of any of them. Interrupted by
    the keyboard, it returns what it found so far, and the report says that it is not complete.

    Args:
        sources: paths, or streams of bytes; JSON Lines or JSON documents, gzipped or not.
        now: the instant that counts as the present for rules about the future.
        limits: how much is read before it is called too much.
        notices_per_code: how many notices of one code are listed; all are counted.
        settings: which notices are wanted, and how severe they are.
        workers: how many processes share a large file of JSON Lines, at most one for each
            processor; the report is the same.
        progress: is told now and then how many bytes and records were looked at.

    Raises:
        UnreadableError: a feed cannot be opened, or a worker was killed.
        ValueError: no feed is given, or ``now`` has no time zone.
    """
    if not sources:
        msg = "validate needs at least one feed"
        raise ValueError(msg)
    if now is not None and now.tzinfo is None:
        msg = "now needs a time zone"
        raise ValueError(msg)
    settings, limits = settings or Settings(), limits or Limits()
    gathering = Gathering(notices_per_code, settings)
    inspector = Inspector(settings, now)
    names = tuple(safe(name_of(source)) for source in sources)
    try:
        for source, name in zip(sources, names, strict=True):
            before = gathering.records.total()
            ended_early = False
            if workers > 1 and is_worth_sharing(source, limits):
                sharing = Sharing(name, inspector, limits, notices_per_code, settings)
                share(source, workers, sharing, gathering, progress)
            else:
                ended_early = _read(source, name, inspector, gathering, limits, progress)
            gathering.end_feed(name, before, ended_early=ended_early)
        return gathering.report(names, is_complete=True)
    except KeyboardInterrupt:
        return gathering.report(names, is_complete=False)


def _read(  # noqa: PLR0913, PLR0917
    source: FeedInput,
    name: str,
    inspector: Inspector,
    gathering: Gathering,
    limits: Limits,
    progress: Progress | None,
) -> bool:
    """Read a feed from its beginning to its end; whether it ended early."""
    collector, ended_early, size = gathering.collector, False, 0
    for number, entry in enumerate(read_entries(source, limits)):
        notices, told = inspector.inspect(entry, name, collector.has_room)
        for notice in notices:
            collector.add(notice)
        if (kind := kind_of(entry)) is not None:
            gathering.records[kind] += 1
        if told is not None and entry.raw is not None:
            raw = entry.raw
            gathering.take(told, Where(name, raw.line, Placer(partial(_same, raw))))
        if entry.faults:
            ended_early |= any(fault.ends_reading for fault in entry.faults)
        if progress is not None and entry.raw is not None:
            size += len(entry.raw.data)
            if number % _ENTRIES_BETWEEN_REPORTS == 0:
                progress(size, gathering.records.total())
    return ended_early


def _same(raw: RawRecord) -> RawRecord:
    return raw
