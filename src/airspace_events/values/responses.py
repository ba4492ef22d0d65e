"""Responses to an event, including explicit decisions not to act."""

from airspace_events.values.base import Value
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ActorRef, ItemId
from airspace_events.values.scalars import Name, Text
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.terms import ResponseKind, ResponseStage


class Asset(Value, frozen=True):
    """Equipment used in a response, as the report names it."""

    designation: Name
    """The make or model, such as "F-16"."""
    count: ReportedCount | None = None
    """The number of assets."""
    operator: ActorRef | None = None
    """The actor that operates the asset."""


class Response(Value, frozen=True):
    """A response to an event, with its stage and its actors.

    If the defenders knowingly did not fire at an object, record the response ``not_engaged``.
    """

    kind: ResponseKind
    """The kind of response."""
    id: ItemId | None = None
    """The id of the response within this record, for claims."""
    count: ReportedCount | None = None
    """The number of responses of this kind, such as 2 for two closed crossing points. Give the
    number of jets in `assets`.
    """
    by: tuple[ActorRef, ...] = ()
    """The actors that responded."""
    at_request_of: tuple[ActorRef, ...] = ()
    """The actors that asked for the response."""
    addressed_to: tuple[ActorRef, ...] = ()
    """The actors addressed, for example by a protest."""
    stage: ResponseStage | None = None
    """The stage that the response reached, such as requested or done."""
    assets: tuple[Asset, ...] = ()
    """The equipment used."""
    article: Name | None = None
    """The treaty article invoked, such as "Article 4 of the North Atlantic Treaty"."""
    time: ReportedTime | None = None
    """The time of the response."""
    place: ItemId | None = None
    """The id of the place in this record where the response happened."""
    reason: Text | None = None
    """The reason that the actors gave for the response."""
    note: Text | None = None
    """Free text for anything else about the response."""
