"""Speech acts, such as requests, warnings, promises and condemnations."""

from airspace_events.values.base import Value
from airspace_events.values.references import ActorRef, ItemId, SubjectRef
from airspace_events.values.scalars import Name, Text
from airspace_events.vocabulary.terms import (
    Modality,
    ProposedAction,
    Quotation,
    RequestForce,
    SpeechActKind,
)


class SpeechAct(Value, frozen=True):
    """An act performed by speaking, such as a request or a warning.

    Record an assertion or a denial as a claim instead. Use `force` to distinguish "asked to
    explore" from "asked", and `modality` to distinguish "would, if" from "will".
    """

    act: SpeechActKind
    """The kind of act."""
    id: ItemId | None = None
    """The id of the act within this statement, for citations."""
    content: Text
    """The content of the request, promise or announcement, in the desk's own words."""
    force: RequestForce | None = None
    """The strength of a request: explore, invite, urge or demand."""
    modality: Modality | None = None
    """The modality: actual, conditional or hypothetical; absent if the report does not say."""
    condition: Text | None = None
    """The condition attached to the act, such as "if drones deliberately target the territory"."""
    addressed_to: tuple[ActorRef, ...] = ()
    """The actors addressed, if the report names them."""
    addressed_as: Name | None = None
    """The report's words for the addressees, such as "neighbours", if no actors are listed."""
    about: tuple[SubjectRef, ...] = ()
    """The subjects of the act; if empty, the subjects of the statement."""
    proposed_action: ProposedAction | None = None
    """The action that the speaker asks for, promises or rejects."""
    quotation: Quotation | None = None
    """The kind of quotation: direct, indirect or paraphrase; absent if the wording is unknown."""
    note: Text | None = None
    """Free text for anything else about the act."""
