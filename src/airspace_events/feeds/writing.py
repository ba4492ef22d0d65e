"""Functions that write records in a canonical form, in which equal records have equal bytes.

Keys are in the order of the fields, defaults and nulls are left out, and lines end with LF.
Characters are written in UTF-8, without escapes.
"""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import IO, Literal

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.models.records import Record
from airspace_events.values.base import to_json

FeedForm = Literal["json_lines", "json_document"]


def write_feed(
    feed: Feed, target: str | PathLike[str] | IO[bytes], form: FeedForm = "json_lines"
) -> None:
    """Write a feed.

    An existing file is replaced when the whole feed has been written, and keeps its mode. If
    anything fails, the old file does not change.

    Args:
        feed: the feed to write.
        target: a path, or a stream of bytes; a path that ends with ``.gz`` is gzipped.
        form: JSON Lines, or one JSON document.

    Raises:
        UnwritableError: the file cannot be written.
        TypeError: ``feed`` is not a `Feed`; use `Feed.of` to create a feed from records.
    """
    if not isinstance(feed, Feed):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = (
            f"write_feed expects a Feed, not {with_article(type(feed).__name__)}; to create a "
            "feed, use Feed.of(records)"
        )
        raise TypeError(msg)
    lines = feed_lines(feed.header, feed.records, form)
    if not isinstance(target, str | PathLike):
        target.writelines(lines)
        return
    with atomic_files(target) as (stream,):
        stream.writelines(lines)


def feed_lines(
    header: FeedHeader, records: Iterable[Record], form: FeedForm = "json_lines"
) -> Iterator[bytes]:
    """Yield the lines of a feed with their line breaks, one record at a time."""
    if form == "json_lines":
        yield to_json(header) + b"\n"
        for record in records:
            yield to_json(record) + b"\n"
        return
    yield to_json(header)[:-1] + b',"records":['
    separator = b"\n"
    for record in records:
        yield separator + to_json(record)
        separator = b",\n"
    yield b"\n]}\n"
