"""What was done in answer to an event, or expressly not done."""

from airspace_events.values.base import Value
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ActorRef, ItemId
from airspace_events.values.scalars import Name, Text
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.responses import ResponseKind, ResponseStage


class Asset(Value, frozen=True):
    """What was used in a response, as the report names it."""

    designation: Name
    """What it was: "F-16"."""
    count: ReportedCount | None = None
    """How many."""
    operator: ActorRef | None = None
    """Whose it was."""


class Response(Value, frozen=True):
    """What was done in answer, how far it got, and by whom.

    That an object was watched and not engaged is a response, ``not_engaged``, and no gap.
    """

    kind: ResponseKind
    """What was done."""
    id: ItemId | None = None
    """Its name within this record, so that claims can point at it."""
    count: ReportedCount | None = None
    """How many such responses: two crossing points closed. The count of an asset counts jets."""
    by: tuple[ActorRef, ...] = ()
    """Who did it."""
    at_request_of: tuple[ActorRef, ...] = ()
    """Who had asked for it."""
    addressed_to: tuple[ActorRef, ...] = ()
    """Whom it addresses: a protest, a consultation."""
    stage: ResponseStage | None = None
    """How far it got: requested is not done."""
    assets: tuple[Asset, ...] = ()
    """What was used."""
    article: Name | None = None
    """The article of a treaty that is invoked: "Article 4 of the North Atlantic Treaty"."""
    time: ReportedTime | None = None
    """When."""
    place: ItemId | None = None
    """Where: the id of a place of this record."""
    reason: Text | None = None
    """The reason given."""
    note: Text | None = None
    """Anything else about it."""
