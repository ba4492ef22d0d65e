"""The validator, which checks feeds in one pass and builds the report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial
from io import BytesIO
from os import PathLike
from typing import cast

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.framing import Limits, ends_reading
from airspace_events.feeds.header import Feed
from airspace_events.feeds.id_table import IdTable
from airspace_events.feeds.reading import Entry, read_entries
from airspace_events.feeds.repeated_feeds import repeated_feeds
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.feeds.writing import feed_lines
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record
from airspace_events.safe_text import safe
from airspace_events.validation.cross_record.claimed_fields import ClaimedFields
from airspace_events.validation.cross_record.consistency import DatesAcross, Revisions, Routes
from airspace_events.validation.cross_record.denials import Denials
from airspace_events.validation.cross_record.derivation import Cycles, Independence
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import (
    Notice,
    NoticeCollector,
    Report,
    Spot,
    Where,
    joined,
    notice,
)
from airspace_events.validation.record_check import RecordCheck, Unreadable
from airspace_events.validation.references import ReferenceCheck
from airspace_events.validation.settings import Settings
from airspace_events.validation.workers import (
    Sharing,
    Span,
    SpanFindings,
    is_worth_sharing,
    raw_record,
    share,
)

Progress = Callable[[int, int], None]
"""A callback that receives the number of bytes and the number of records checked so far."""

_ENTRIES_BETWEEN_REPORTS = 512


def validate(  # noqa: PLR0913 (each is a choice of its own, and all have defaults)
    *sources: FeedInput | bytes | Feed | Iterable[Record],
    separately: bool = False,
    now: datetime | None = None,
    limits: Limits | None = None,
    notices_per_code: int = 1_000,
    settings: Settings | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Check feeds and report every problem in them.

    Several feeds are checked together: a record may refer to a record in any of the feeds. If a
    feed is given twice, or is a copy of another feed, the copy is reported and not checked again.
    After a keyboard interrupt, the report contains the problems found so far and is marked as
    incomplete.

    Args:
        sources: paths, byte streams or bytes of JSON Lines or JSON documents, gzipped or not; or
            feeds or iterables of records.
        separately: whether each feed is checked by itself. If so, records can refer only to
            records of the same feed, and two feeds may use the same id.
        now: the instant to use as the current time in rules about the future.
        limits: the size limits of the reader.
        notices_per_code: the maximum number of listed notices of one code; all notices are
            counted.
        settings: the selected codes and changed severities.
        workers: the number of processes that share a large file of JSON Lines, at most one for
            each processor. The report does not depend on the number.
        progress: a function that is called regularly with the number of bytes and records checked.

    Raises:
        UnreadableError: a feed cannot be opened, or a worker was killed.
        ValueError: no feed is given, or ``now`` has no time zone.
        TypeError: a source has another type, or an item of an iterable is not a record.
    """
    if not sources:
        msg = "validate needs at least one feed"
        raise ValueError(msg)
    settings, limits = settings or Settings(), limits or Limits()
    options = Sharing("", RecordCheck(settings, now), limits, notices_per_code)
    streams = [_readable(source) for source in sources]
    reports: list[Report] = []
    for group in [[stream] for stream in streams] if separately else [streams]:
        reports.append(_checked_as_one(group, options, workers, progress))
        if not reports[-1].is_complete:
            break
    return joined(reports)


def _readable(source: FeedInput | bytes | Feed | Iterable[Record]) -> FeedInput:
    if isinstance(source, str | PathLike) or hasattr(source, "read"):
        return cast("FeedInput", source)
    if isinstance(source, bytes | bytearray):
        return BytesIO(source)
    is_one = isinstance(source, Mapping | BaseRecord)
    if is_one or not isinstance(source, Feed | Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        kind = with_article(type(cast("object", source)).__name__)
        msg = (
            "a feed must be a path, a byte stream, bytes, a Feed or a list of records, "
            f"not {kind}; to check one record, call `check()`"
        )
        raise TypeError(msg)
    feed = source if isinstance(source, Feed) else Feed.of(cast("Iterable[Record]", source))
    return BytesIO(b"".join(feed_lines(feed.header, feed.records)))


def _checked_as_one(
    sources: list[FeedInput], options: Sharing, workers: int, progress: Progress | None
) -> Report:
    builder = _ReportBuilder(options.per_code, options.check.settings)
    names = tuple(safe(name_of(source)) for source in sources)
    try:
        repeated = repeated_feeds(sources)
        for at, (source, name) in enumerate(zip(sources, names, strict=True)):
            if at in repeated and builder.has_records(names[repeated[at]]):
                builder.skip(name, names[repeated[at]])
            elif workers > 1 and is_worth_sharing(source, options.limits):
                sharing = options._replace(file=name)
                builder.take_spans(share(source, workers, sharing), sharing, progress)
            else:
                entries = read_entries(source, options.limits)
                builder.take_entries(entries, name, options.check, progress)
        return builder.report(names, is_complete=True)
    except KeyboardInterrupt:
        return builder.report(names, is_complete=False)


class _ReportBuilder:
    """A builder that compares the facts of all records and creates the report.

    Only the facts that later checks need stay in memory. A comparison with a record that has not
    been read yet is stored on disk until the end of the feeds.
    """

    def __init__(self, per_code: int, settings: Settings) -> None:
        self._collector = NoticeCollector(per_code, settings)
        self._files_with_records: set[str] = set()
        self._table = table = IdTable()
        self._references = ReferenceCheck(table)
        self._claimed_fields = ClaimedFields(table)
        self._dates = DatesAcross(table)
        self._denials = Denials(table)
        self._revisions = Revisions(table)
        self._independence = Independence(table)
        self._routes = Routes()
        self._cycles = Cycles(table)

    def has_records(self, file: str) -> bool:
        """Return whether the feed with this name has been checked and has records."""
        return file in self._files_with_records

    def skip(self, file: str, earlier: str) -> None:
        """Report a feed that repeats an earlier feed, and do not check its records again."""
        message = f"the feed is a copy of {earlier}, so it was not checked again"
        if file == earlier:
            message = "the feed was given twice, but it was checked only once"
        self._collector.add([notice("duplicate_id", message, Spot(file, 1))])

    def take_entries(
        self, entries: Iterator[Entry], file: str, check: RecordCheck, progress: Progress | None
    ) -> None:
        """Check the entries of a feed from its beginning to its end."""
        records, before = self._collector.records, self._collector.records.total()
        ended_early, size = False, 0
        checked = check.check(entries, file, self._collector)
        for number, (entry, facts, where) in enumerate(checked):
            if facts is not None:
                self._take(facts, where)
            if entry.raw is None:
                ended_early |= any(ends_reading(problem) for problem in entry.problems)
            elif progress is not None:
                size += len(entry.raw.data)
                if number % _ENTRIES_BETWEEN_REPORTS == 0:
                    progress(size, records.total())
        self._end_feed(file, before, ended_early=ended_early)

    def take_spans(
        self,
        spans: Generator[tuple[Span, SpanFindings]],
        sharing: Sharing,
        progress: Progress | None,
    ) -> None:
        """Add the findings that worker processes yield for the spans of a feed."""
        collector, file, lines = self._collector, sharing.file, 0
        before = collector.records.total()
        with closing(spans):
            for span, findings in spans:
                collector.absorb(findings.gathered, lines)
                for line, facts in findings.facts:
                    raw = partial(raw_record, span, sharing.limits, line)
                    self._take(facts, Where(file, lines + line, raw, lines))
                lines += findings.lines
                if progress is not None:
                    progress(span.end, collector.records.total())
        self._end_feed(file, before)

    def _take(self, facts: Facts | Unreadable, where: Where) -> None:
        if isinstance(facts, Unreadable):
            self._references.see_unreadable(facts.id, facts.kind)
            return
        # The id is added last, so that the checks see a table with only the earlier records.
        row = self._table.row(facts.id)
        for merged in facts.replaces:
            self._table.merge(merged, row)
        self._denials.see(facts, row, where)
        self._claimed_fields.see(facts, row, where)
        self._revisions.see(facts, row, where)
        if facts.above or facts.replaces:
            self._cycles.see(facts, row, where)
        if facts.route is not None or facts.links:
            self._routes.see(facts, where)
        self._collector.add(self._dates.see(facts, where))
        if facts.sources:
            self._collector.add(self._independence.see(facts, where))
        self._collector.add(self._references.see(facts, row, where))

    def _end_feed(self, file: str, records_before: int, *, ended_early: bool = False) -> None:
        if self._collector.records.total() > records_before:
            self._files_with_records.add(file)
        elif not ended_early:
            message = "the feed has a header but no records"
            self._collector.add([notice("no_records", message, Spot(file, 1))])

    def report(self, files: tuple[str, ...], *, is_complete: bool) -> Report:
        """Run the final checks if the feeds were read to the end, and return the report."""
        if is_complete:
            self._collector.add(self._at_the_end())
        return self._collector.report(files, is_complete=is_complete)

    def _at_the_end(self) -> Iterator[Notice]:
        yield from self._references.at_the_end(self._collector.has_room)
        yield from self._dates.at_the_end()
        # Claims come first, because records that claims affirm need fewer independent sources.
        yield from self._claimed_fields.at_the_end()
        yield from self._independence.at_the_end()
        yield from self._denials.at_the_end()
        yield from self._revisions.at_the_end()
        yield from self._routes.at_the_end()
        yield from self._cycles.at_the_end()
