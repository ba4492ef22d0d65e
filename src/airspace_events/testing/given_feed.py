"""The types of input that test functions accept as a feed."""

from collections.abc import Iterable
from io import BytesIO, TextIOBase
from os import PathLike
from typing import IO, Any, cast

from airspace_events.feeds.header import Feed
from airspace_events.feeds.streams import FeedInput
from airspace_events.feeds.writing import feed_lines
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record

GivenFeed = FeedInput | bytes | Feed | Record | Iterable[Record]
"""A path, a stream of bytes, the bytes themselves, a feed, a record, or several records."""


def as_input(given: GivenFeed) -> FeedInput:
    """Return a given feed as input for the reader and the validator.

    Raises:
        TypeError: the argument cannot be read as a feed.
    """
    value: Any = given
    if isinstance(value, str | PathLike):
        return cast("FeedInput", value)
    if isinstance(value, TextIOBase):
        raise _refused(value)
    if hasattr(value, "read"):
        return cast("IO[bytes]", value)
    if isinstance(value, bytes):
        return BytesIO(value)
    if isinstance(value, Feed):
        return _written(value)
    if isinstance(value, BaseRecord):
        return _written(Feed.of([_record(value)]))
    if isinstance(value, Iterable):
        return _written(Feed.of(map(_record, cast("Iterable[object]", value))))
    raise _refused(value)


def _written(feed: Feed) -> BytesIO:
    return BytesIO(b"".join(feed_lines(feed.header, feed.records)))


def _record(value: object) -> Record:
    if not isinstance(value, BaseRecord):
        raise _refused(value)
    return cast("Record", value)


def _refused(value: object) -> TypeError:
    return TypeError(
        "a feed must be a path, a stream of bytes, bytes, a Feed, a record or an iterable "
        f"of records, not a {type(value).__name__}"
    )
