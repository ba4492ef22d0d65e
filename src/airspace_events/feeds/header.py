"""The header of a feed, and a feed that was read whole."""

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
    """What a feed says of itself. The version is required, and never guessed."""

    type: Literal["feed"] = TAG
    schema_version: SchemaVersion
    """The version of the schema that the records follow."""
    publisher: Name | None = None
    """Who publishes the feed."""
    license: Name | None = None
    """Under what licence, as an SPDX expression or in words."""
    generated_at: Instant | None = None
    """When the feed was written."""
    title: Name | None = None
    """A title for people."""
    language: LanguageTag | None = None
    """The language of titles and notes (BCP 47)."""
    note: Text | None = None
    """Anything else about the feed."""


@tell
@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is held whole.

    Attributes:
        header: what the feed says of itself.
        records: its records, in their order.

    Raises:
        TypeError: the header is not a `FeedHeader`, or an item of ``records`` is not a record.
    """

    header: FeedHeader = field(default_factory=lambda: FeedHeader(schema_version=SCHEMA_VERSION))
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.header, FeedHeader):  # pyright: ignore[reportUnnecessaryIsInstance]
            kind = type(self.header).__name__
            msg = f"the header is not a FeedHeader but a {kind}; Feed.of(records) makes one"
            raise TypeError(msg)
        object.__setattr__(self, "records", tuple(checked_records(self.records)))

    @classmethod
    def of(cls, records: Iterable[Record], **header: Any) -> "Feed":
        """Make a feed of records, with the fields of a header.

        Raises:
            TypeError: an item of ``records`` is not a record; the message says which one.
            pydantic.ValidationError: the header is not valid.
        """
        fields: dict[str, Any] = {"schema_version": SCHEMA_VERSION, **header}
        # They are checked, and become a tuple, when the feed is made.
        return cls(FeedHeader(**fields), cast("tuple[Record, ...]", records))
