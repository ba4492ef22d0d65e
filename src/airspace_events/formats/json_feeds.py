"""Writers and readers of feeds as JSON Lines or as a JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.reading import first_error, read_entries
from airspace_events.feeds.streams import name_of
from airspace_events.feeds.writing import FeedForm, feed_lines
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem, refuse
from airspace_events.models.records import Record


def write_lines(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write records as JSON Lines, which keep all data."""
    return _write(records, stream, header, "json_lines")


def write_document(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write records as a JSON document, which keeps all data."""
    return _write(records, stream, header, "json_document")


def _write(
    records: Iterable[Record], stream: IO[bytes], header: FeedHeader | None, form: FeedForm
) -> Losses:
    stream.writelines(feed_lines(header or Feed().header, records, form))
    return Losses()


def read(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read JSON Lines or a JSON document, gzipped or not."""
    name = name_of(stream)
    for entry in read_entries(stream):
        if error := first_error(entry, name):
            refuse(error, on_problem)
        elif isinstance(entry.record, FeedHeader):
            if on_header is not None:
                on_header(entry.record)
        elif entry.record is not None:
            yield entry.record


JSON_LINES = Format(
    "jsonl", "JSON Lines", (".jsonl", ".jsonl.gz"), write_lines, read, is_feed=True
)
JSON_DOCUMENT = Format(
    "json", "one JSON document", (".json", ".json.gz"), write_document, read, is_feed=True
)
