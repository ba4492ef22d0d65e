"""The validator: one pass over feeds, in which each part says what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from airspace_events.feeds.framing import Limits, ends_reading
from airspace_events.feeds.reading import Entry, read_entries
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.safe_text import safe
from airspace_events.validation.notices import Report
from airspace_events.validation.record_check import RecordCheck
from airspace_events.validation.report_builder import ReportBuilder
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
    builder = ReportBuilder(notices_per_code, settings)
    check = RecordCheck(settings, now)
    names = tuple(safe(name_of(source)) for source in sources)
    try:
        for source, name in zip(sources, names, strict=True):
            before = builder.collector.records.total()
            ended_early = False
            if workers > 1 and is_worth_sharing(source, limits):
                sharing = Sharing(name, check, limits, notices_per_code, settings)
                share(source, workers, sharing, builder, progress)
            else:
                entries = read_entries(source, limits)
                ended_early = _read(entries, name, check, builder, progress)
            builder.end_feed(name, before, ended_early=ended_early)
        return builder.report(names, is_complete=True)
    except KeyboardInterrupt:
        return builder.report(names, is_complete=False)


def _read(
    entries: Iterator[Entry],
    name: str,
    check: RecordCheck,
    builder: ReportBuilder,
    progress: Progress | None,
) -> bool:
    """Check a feed from its beginning to its end; return whether it ended early."""
    ended_early, size = False, 0
    checked = check.check(entries, name, builder.collector)
    for number, (entry, told, where) in enumerate(checked):
        if told is not None:
            builder.take(told, where)
        if entry.raw is None:
            ended_early |= any(ends_reading(problem) for problem in entry.problems)
        elif progress is not None:
            size += len(entry.raw.data)
            if number % _ENTRIES_BETWEEN_REPORTS == 0:
                progress(size, builder.collector.records.total())
    return ended_early
