"""Claims: what somebody says is so, or is not so.

Whose claim it is, the statement or the source says that contains it. Each aspect is a class
of its own, with its own type of value; ``Claim(aspect="intent", ...)`` makes the right one.
"""

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.measures import Distance, Duration, ReportedCount
from airspace_events.values.references import ActorRef, EventRef, StateRef, SubjectRef
from airspace_events.values.scalars import Name, Pointer, Text
from airspace_events.values.time import DateOrInstant, ReportedTime
from airspace_events.vocabulary.claims import (
    Aspect,
    Cause,
    Characterisation,
    Intent,
    Involvement,
    Legality,
    Likelihood,
    Polarity,
)
from airspace_events.vocabulary.events import Counted, EffectCause
from airspace_events.vocabulary.objects import FateKind, ObjectCategory, Payload
from airspace_events.vocabulary.places import ClaimedAirspaceOver
from airspace_events.vocabulary.responses import ResponseKind
from airspace_events.vocabulary.state_codes import BorderSide


class Claim(FamilyValue, frozen=True):
    """What somebody says is so, or is not so.

    "No indication that", "cannot rule out", "too early to say", "no proof was shown" and
    "not" are five things, and ``polarity`` keeps them apart. A claim that is
    ``undetermined`` may have no value: an actor nobody knows is no actor.

    >>> Claim(aspect="intent", value="intentional_attack", polarity="no_evidence").polarity
    'no_evidence'
    """

    aspect: Aspect
    """What the claim is about; it decides what the value may be."""
    value: Any = None
    """What is claimed, as the aspect demands."""
    polarity: Polarity = "affirmed"
    """How it is held: affirmed, denied, or one of the four things in between."""
    about: tuple[SubjectRef, ...] = ()
    """What it is said of; in a statement without it, what the statement is about."""
    pointer: Pointer | None = None
    """The part of that record that is meant (RFC 6901)."""
    likelihood: Likelihood | None = None
    """How likely the speaker calls it (ICD 203)."""
    time: ReportedTime | None = None
    """When it was so, if the claim says that."""
    as_of: DateOrInstant | None = None
    """When the speaker held it so, where that is not when the statement was made."""
    evidence_offered: tuple[Text, ...] = ()
    """What the speaker shows for it, in words: "radar tracks"."""
    note: Text | None = None
    """Anything else about the claim."""

    value_needed: ClassVar[bool] = True

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None and self.value_needed and self.polarity != "undetermined":
            msg = 'a claim needs a value, unless its polarity is "undetermined"'
            raise PydanticCustomError("claim_without_value", msg)
        return self


class OccurrenceClaim(Claim, frozen=True):
    """That it happened at all. The claim needs no value: its polarity says it."""

    aspect: Literal["occurrence"] = TAG
    value: None = None
    """Nothing: that something flew is affirmed, denied or left open."""
    value_needed: ClassVar[bool] = False


class AirspaceCrossingClaim(Claim, frozen=True):
    """That it crossed into a state's airspace."""

    aspect: Literal["airspace_crossing"] = TAG
    value: StateRef | None = None
    """The state; without it, the one of the incursion that the claim is about."""
    value_needed: ClassVar[bool] = False


class CountClaim(Claim, frozen=True):
    """How many there were."""

    aspect: Literal["count"] = TAG
    value: ReportedCount | None = None
    """The count, as given."""
    counted: Counted
    """What was counted: nineteen violations are not nineteen drones."""


class AttributionClaim(Claim, frozen=True):
    """Who was behind it, and in what way."""

    aspect: Literal["attribution"] = TAG
    value: ActorRef | None = None
    """The actor; none when the claim is that nobody knows."""
    involvement: Involvement | None = None
    """In what way: operated, launched, ordered, tolerated or made it."""


class IntentClaim(Claim, frozen=True):
    """What was meant by it."""

    aspect: Literal["intent"] = TAG
    value: Intent | None = None
    """The intent."""


class ObjectTypeClaim(Claim, frozen=True):
    """What kind of object it was; dated, it tells how identification changed."""

    aspect: Literal["object_type"] = TAG
    value: ObjectCategory | None = None
    """The category."""
    count: ReportedCount | None = None
    """How many of the objects were of it."""


class DesignationClaim(Claim, frozen=True):
    """Which make or model it was."""

    aspect: Literal["designation"] = TAG
    value: Name | None = None
    """The designation, as the claim gives it."""
    count: ReportedCount | None = None
    """How many of the objects were of it."""


class PayloadClaim(Claim, frozen=True):
    """What it carried."""

    aspect: Literal["payload"] = TAG
    value: Payload | None = None
    """The payload."""
    count: ReportedCount | None = None
    """How many of the objects carried it."""


class EnteredFromClaim(Claim, frozen=True):
    """Whence it came in."""

    aspect: Literal["entered_from"] = TAG
    value: BorderSide | None = None
    """The state, or international airspace."""
    count: ReportedCount | None = None
    """How many of the objects came from there."""


class AirspaceOverClaim(Claim, frozen=True):
    """What it flew over: that it stayed over international waters is such a claim."""

    aspect: Literal["airspace_over"] = TAG
    value: ClaimedAirspaceOver | None = None
    """Land or which waters."""


class DurationClaim(Claim, frozen=True):
    """How long it stayed."""

    aspect: Literal["duration"] = TAG
    value: Duration | None = None
    """The duration."""


class DepthClaim(Claim, frozen=True):
    """How far it came in."""

    aspect: Literal["depth"] = TAG
    value: Distance | None = None
    """The distance from the border."""


class DistanceClaim(Claim, frozen=True):
    """How far it was from something."""

    aspect: Literal["distance"] = TAG
    value: Distance | None = None
    """The distance; the note says from what."""


class OutcomeClaim(Claim, frozen=True):
    """What became of it."""

    aspect: Literal["outcome"] = TAG
    value: FateKind | None = None
    """The fate."""
    count: ReportedCount | None = None
    """How many of the objects met it."""


class CauseClaim(Claim, frozen=True):
    """Why it came to be there."""

    aspect: Literal["cause"] = TAG
    value: Cause | None = None
    """The cause."""


class DamageCauseClaim(Claim, frozen=True):
    """What did the damage: a house can be hit by the defender."""

    aspect: Literal["damage_cause"] = TAG
    value: EffectCause | None = None
    """The cause of the damage."""


class ResponseClaim(Claim, frozen=True):
    """What was done in answer."""

    aspect: Literal["response"] = TAG
    value: ResponseKind | None = None
    """The response."""
    count: ReportedCount | None = None
    """How many times, or to how many objects."""


class LinkClaim(Claim, frozen=True):
    """That it belongs together with another event."""

    aspect: Literal["link"] = TAG
    value: EventRef | None = None
    """The other event."""


class CrossingLegalityClaim(Claim, frozen=True):
    """Whether it was allowed to be there."""

    aspect: Literal["legality_of_crossing"] = TAG
    value: Legality | None = None
    """Permitted, not permitted, or under a condition."""


class EngagementLegalityClaim(Claim, frozen=True):
    """Whether it was, or is, allowed to engage it; may be about a state."""

    aspect: Literal["legality_of_engagement"] = TAG
    value: Legality | None = None
    """Permitted, not permitted, or under a condition."""
    condition: Text | None = None
    """The condition, or when the position holds: "in peacetime"."""


class CharacterisationClaim(Claim, frozen=True):
    """What it is called."""

    aspect: Literal["characterisation"] = TAG
    value: Characterisation | None = None
    """The word that the speaker's word comes to; the note keeps the speaker's own."""
