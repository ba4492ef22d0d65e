"""Series: events that are reported together."""

from typing import ClassVar, Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.models.items import check_items
from airspace_events.values.base import TAG
from airspace_events.values.event_fields import SeriesFields
from airspace_events.values.references import SeriesRef
from airspace_events.values.scalars import Name
from airspace_events.vocabulary.events import SeriesKind


class Series(SeriesFields, SourcedRecord, frozen=True):
    """Events that are reported together: "repeated incursions", "any of the incidents"."""

    type: Literal["series"] = TAG
    title: Name
    """A title for people."""
    kind: SeriesKind
    """What kind of events."""
    part_of: SeriesRef | None = None
    """The series of which this one is a part."""

    fields_in_front: ClassVar[tuple[str, ...]] = ("kind", "title")

    def _check(self) -> None:
        check_items(self)
        super()._check()
