"""Series: what is told of many events together."""

from typing import Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.values.base import TAG, Value
from airspace_events.values.measures import ReportedCount
from airspace_events.values.objects import AerialObject
from airspace_events.values.places import Place
from airspace_events.values.references import SeriesRef, StateRef
from airspace_events.values.responses import Response
from airspace_events.values.scalars import Name
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.events import Counted, SeriesKind


class Total(Value, frozen=True):
    """How many of something there were in a series."""

    counted: Counted
    """What was counted."""
    count: ReportedCount
    """How many."""


class Series(SourcedRecord, frozen=True):
    """Events that are spoken of together: "repeated incursions", "any of the incidents"."""

    type: Literal["series"] = TAG
    kind: SeriesKind
    """What kind of events."""
    title: Name
    """A title for people."""
    time: ReportedTime
    """From when to when; a series that goes on has an open end."""
    states: tuple[StateRef, ...] = ()
    """The states concerned."""
    places: tuple[Place, ...] = ()
    """The places concerned."""
    frequency: Name | None = None
    """How often, in the words of the report: "near-daily"."""
    totals: tuple[Total, ...] = ()
    """How many, as told of the whole."""
    objects: tuple[AerialObject, ...] = ()
    """What flew."""
    responses: tuple[Response, ...] = ()
    """What was done in answer to the whole: a border closes after four nights."""
    part_of: SeriesRef | None = None
    """The series of which this one is a part."""
