"""What is done by saying something: asking, warning, promising, condemning."""

from airspace_events.values.base import Value
from airspace_events.values.references import ActorRef, ItemId, SubjectRef
from airspace_events.values.scalars import Name, Text
from airspace_events.vocabulary.statements import (
    Modality,
    ProposedAction,
    Quotation,
    RequestForce,
    SpeechActKind,
)


class SpeechAct(Value, frozen=True):
    """What a speaker does by a statement. Plain assertions and denials are claims, not acts.

    "Asked to explore" is not "asked", and "would, if" is not "will".
    """

    act: SpeechActKind
    """What is done."""
    id: ItemId | None = None
    """Its name within this statement, so that citations can name it."""
    content: Text
    """What is asked, promised, announced: in the desk's own words."""
    force: RequestForce | None = None
    """How strongly a request is made: explore, invite, urge or demand."""
    modality: Modality | None = None
    """Whether it is meant as it stands, under a condition, or as a supposition; absent when the
    report leaves that open."""
    condition: Text | None = None
    """The condition: "drones that deliberately target the territory"."""
    addressed_to: tuple[ActorRef, ...] = ()
    """Whom it addresses, where they are named."""
    addressed_as: Name | None = None
    """The words for those addressed: "neighbours" is not a list of states."""
    about: tuple[SubjectRef, ...] = ()
    """What it is about; without it, what the statement is about."""
    proposed_action: ProposedAction | None = None
    """What is to be done."""
    quotation: Quotation | None = None
    """How near the content is to the speaker's words; absent when the words are not known."""
    note: Text | None = None
    """Anything else about it."""
