"""Feeds with the file and line of each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from airspace_events.errors import FeedError, RecordError
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.reading import collection_paused, first_error, read_entries
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.formats.digests import identity
from airspace_events.models.records import Record
from airspace_events.safe_text import shown

OnProblem = Callable[[FeedError], None]


class LocatedRecord(NamedTuple):
    """A record with its file and line.

    Attributes:
        record: the record.
        file: the name of its feed.
        line: the 1-based line on which it begins.
    """

    record: Record
    file: str
    line: int

    @property
    def place(self) -> str:
        """The file and the line as text."""
        return f"{self.file}:{self.line}"


class LocatedFeed(NamedTuple):
    """A feed with the file and line of each record.

    Attributes:
        name: the name of the feed.
        header: the header of the feed.
        records: the records, without duplicates.
    """

    name: str
    header: FeedHeader
    records: Sequence[LocatedRecord]


def located(source: Feed | FeedInput, on_problem: OnProblem, name: str = "-") -> LocatedFeed:
    """Return a feed without duplicate records, and with the file and line of each record.

    Args:
        source: the feed, a path, or a stream of bytes.
        on_problem: a function that is called with an error for each invalid record, and for each
            record that has the type, id and revision of an earlier record but different contents.
        name: the name of a feed that is in memory. Its header counts as line 1.

    Raises:
        UnreadableError: the feed cannot be opened.
        FeedError: the source is not a feed, or its schema version is not supported.
    """
    with collection_paused():
        if isinstance(source, Feed):
            header = source.header
            records = enumerate(source.records, 2)
            given = [LocatedRecord(record, name, line) for line, record in records]
        else:
            name = name_of(source)
            header, given = _read(source, name, on_problem)
        return LocatedFeed(name, header, list(_each_once(given, on_problem)))


def _read(
    source: FeedInput, name: str, on_problem: OnProblem
) -> tuple[FeedHeader, list[LocatedRecord]]:
    headers: list[FeedHeader] = []
    found: list[LocatedRecord] = []
    for entry in read_entries(source):
        error = first_error(entry, name)
        if error is not None:
            if entry.is_header or not isinstance(error, RecordError):
                raise error
            on_problem(error)
        elif isinstance(entry.record, FeedHeader):
            headers.append(entry.record)
        elif entry.record is not None and entry.raw is not None:
            found.append(LocatedRecord(entry.record, name, entry.raw.line))
    if not headers:
        msg = "the feed has no header"
        raise FeedError(msg, name)
    return headers[0], found


def _each_once(records: Iterable[LocatedRecord], on_problem: OnProblem) -> Iterator[LocatedRecord]:
    seen: dict[tuple[str, str, int], LocatedRecord] = {}
    for one in records:
        record = one.record
        first = seen.setdefault((record.type, record.id, record.revision), one)
        if first is one:
            yield one
        elif identity(first.record) != identity(record):
            reason = (
                f"revision {record.revision} of {shown(record.id)} already exists with "
                f"different contents, on line {first.line}"
            )
            on_problem(RecordError(reason, one.file, one.line, "/id"))
