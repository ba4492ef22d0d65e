"""The types of input that test functions accept as a feed."""

from collections.abc import Iterable
from io import BytesIO, TextIOBase
from os import PathLike
from typing import Any, cast

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.header import Feed
from airspace_events.feeds.streams import FeedInput
from airspace_events.feeds.writing import feed_lines
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record

GivenFeed = FeedInput | bytes | Feed | Record | Iterable[Record]
"""A path, a stream of bytes, the bytes themselves, a feed, a record, or several records."""


def as_input(given: GivenFeed) -> FeedInput:
    """Return a feed in a form that the reader and the validator accept.

    Raises:
        TypeError: the argument cannot be read as a feed.
    """
    value: Any = given
    is_stream = hasattr(value, "read") and not isinstance(value, TextIOBase)
    if is_stream or isinstance(value, str | PathLike):
        return cast("FeedInput", value)
    if isinstance(value, bytes):
        return BytesIO(value)
    if not isinstance(value, Feed):
        is_several = isinstance(value, Iterable) and not isinstance(value, BaseRecord | TextIOBase)
        several = cast("Iterable[Any]", value if is_several else [value])
        value = Feed.of(map(_record, several))
    return BytesIO(b"".join(feed_lines(value.header, value.records)))


def _record(value: object) -> Record:
    if not isinstance(value, BaseRecord):
        msg = (
            "a feed must be a path, a stream of bytes, bytes, a Feed, a record or an iterable "
            f"of records, not {with_article(type(value).__name__)}"
        )
        raise TypeError(msg)
    return cast("Record", value)
