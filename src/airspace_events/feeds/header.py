"""The header of a feed, and a complete feed in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from airspace_events.class_registry import tell
from airspace_events.models.records import Record, checked_records
from airspace_events.values.base import TAG, TaggedValue
from airspace_events.values.scalars import Instant, LanguageTag, Name, SchemaVersion, Text

#: The version of the schema that this library reads and writes.
SCHEMA_VERSION = "1.0"


class FeedHeader(TaggedValue, frozen=True):
    """The header of a feed, with the schema version that the records follow."""

    type: Literal["feed"] = TAG
    schema_version: SchemaVersion
    """The version of the schema that the records follow."""
    publisher: Name | None = None
    """The person or organization that publishes the feed."""
    license: Name | None = None
    """The licence of the feed, as an SPDX expression or as text."""
    generated_at: Instant | None = None
    """The instant at which the feed was written."""
    title: Name | None = None
    """A title for human readers."""
    language: LanguageTag | None = None
    """The language of titles and notes (BCP 47)."""
    note: Text | None = None
    """Other information about the feed."""


@tell
@dataclass(frozen=True, slots=True)
class Feed:
    """A complete feed in memory.

    Attributes:
        header: the header of the feed.
        records: the records, in order.

    Raises:
        TypeError: the header is not a `FeedHeader`, or an item of ``records`` is not a record.
    """

    header: FeedHeader = field(default_factory=lambda: FeedHeader(schema_version=SCHEMA_VERSION))
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.header, FeedHeader):  # pyright: ignore[reportUnnecessaryIsInstance]
            kind = type(self.header).__name__
            msg = (
                f"the header is a {kind}, not a FeedHeader; to create a feed, use Feed.of(records)"
            )
            raise TypeError(msg)
        object.__setattr__(self, "records", tuple(checked_records(self.records)))

    @classmethod
    def of(cls, records: Iterable[Record], **header: Any) -> "Feed":
        """Create a feed from records and the fields of its header.

        Raises:
            TypeError: an item of ``records`` is not a record; the message gives its index.
            pydantic.ValidationError: the header is not valid.
        """
        fields: dict[str, Any] = {"schema_version": SCHEMA_VERSION, **header}
        # The constructor checks the records and converts them to a tuple.
        return cls(FeedHeader(**fields), cast("tuple[Record, ...]", records))
