"""Assessments: what the desk itself holds to be so, graded.

How likely something is, and how sure the desk is of that judgement, are two scales (ICD 203)
and never one number. Each aspect is a class of its own, as with claims.
"""

from typing import Any, Literal

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.measures import Distance, Duration, ReportedCount
from airspace_events.values.references import ActorRef, EventRef, StateRef
from airspace_events.values.scalars import Name, Pointer, Text
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.claims import (
    Aspect,
    Cause,
    Characterisation,
    Confidence,
    Intent,
    Involvement,
    Legality,
    Likelihood,
)
from airspace_events.vocabulary.events import Counted, EffectCause
from airspace_events.vocabulary.objects import FateKind, ObjectCategory, Payload
from airspace_events.vocabulary.places import ClaimedAirspaceOver
from airspace_events.vocabulary.responses import ResponseKind
from airspace_events.vocabulary.state_codes import BorderSide


class Assessment(FamilyValue, frozen=True):
    """What the desk itself holds to be so, and how firmly.

    >>> Assessment(aspect="intent", value="unintentional", likelihood="likely").likelihood
    'likely'
    """

    aspect: Aspect
    """What is assessed; it decides what the value may be."""
    value: Any
    """What is held to be so, as the aspect demands."""
    pointer: Pointer | None = None
    """The part of this record that is meant (RFC 6901): "/effects/0"."""
    likelihood: Likelihood | None = None
    """How likely it is (ICD 203)."""
    confidence: Confidence | None = None
    """How sound the judgement is, apart from how likely the thing is (ICD 203)."""
    by: ActorRef | None = None
    """Who assesses; without it, the publisher of the feed."""
    at: DateOrInstant | None = None
    """When it was assessed."""
    basis: Text | None = None
    """On what the assessment rests, in words."""


class OccurrenceAssessment(Assessment, frozen=True):
    """That it happened at all, as likely as said."""

    aspect: Literal["occurrence"] = TAG
    value: None = None
    """Nothing: the likelihood says it."""


class AirspaceCrossingAssessment(Assessment, frozen=True):
    """That it crossed into a state's airspace."""

    aspect: Literal["airspace_crossing"] = TAG
    value: StateRef
    """The state."""


class CountAssessment(Assessment, frozen=True):
    """How many there were."""

    aspect: Literal["count"] = TAG
    value: ReportedCount
    """The count."""
    counted: Counted
    """What was counted: nineteen violations are not nineteen drones."""


class AttributionAssessment(Assessment, frozen=True):
    """Who was behind it, and in what way."""

    aspect: Literal["attribution"] = TAG
    value: ActorRef
    """The actor."""
    involvement: Involvement | None = None
    """In what way: operated, launched, ordered, tolerated or made it."""


class IntentAssessment(Assessment, frozen=True):
    """What was meant by it."""

    aspect: Literal["intent"] = TAG
    value: Intent
    """The intent."""


class ObjectTypeAssessment(Assessment, frozen=True):
    """What kind of object it was."""

    aspect: Literal["object_type"] = TAG
    value: ObjectCategory
    """The category."""


class DesignationAssessment(Assessment, frozen=True):
    """Which make or model it was."""

    aspect: Literal["designation"] = TAG
    value: Name
    """The designation."""


class PayloadAssessment(Assessment, frozen=True):
    """What it carried."""

    aspect: Literal["payload"] = TAG
    value: Payload
    """The payload."""


class EnteredFromAssessment(Assessment, frozen=True):
    """Whence it came in."""

    aspect: Literal["entered_from"] = TAG
    value: BorderSide
    """The state, or international airspace."""


class AirspaceOverAssessment(Assessment, frozen=True):
    """What it flew over."""

    aspect: Literal["airspace_over"] = TAG
    value: ClaimedAirspaceOver
    """Land or which waters."""


class DurationAssessment(Assessment, frozen=True):
    """How long it stayed."""

    aspect: Literal["duration"] = TAG
    value: Duration
    """The duration."""


class DepthAssessment(Assessment, frozen=True):
    """How far it came in."""

    aspect: Literal["depth"] = TAG
    value: Distance
    """The distance from the border."""


class DistanceAssessment(Assessment, frozen=True):
    """How far it was from something."""

    aspect: Literal["distance"] = TAG
    value: Distance
    """The distance; the basis says from what."""


class OutcomeAssessment(Assessment, frozen=True):
    """What became of it."""

    aspect: Literal["outcome"] = TAG
    value: FateKind
    """The fate."""


class CauseAssessment(Assessment, frozen=True):
    """Why it came to be there."""

    aspect: Literal["cause"] = TAG
    value: Cause
    """The cause."""


class DamageCauseAssessment(Assessment, frozen=True):
    """What did the damage."""

    aspect: Literal["damage_cause"] = TAG
    value: EffectCause
    """The cause of the damage."""


class ResponseAssessment(Assessment, frozen=True):
    """What was done in answer."""

    aspect: Literal["response"] = TAG
    value: ResponseKind
    """The response."""


class LinkAssessment(Assessment, frozen=True):
    """That it belongs together with another event."""

    aspect: Literal["link"] = TAG
    value: EventRef
    """The other event."""


class CrossingLegalityAssessment(Assessment, frozen=True):
    """Whether it was allowed to be there."""

    aspect: Literal["legality_of_crossing"] = TAG
    value: Legality
    """Permitted, not permitted, or under a condition."""


class EngagementLegalityAssessment(Assessment, frozen=True):
    """Whether it was allowed to engage it."""

    aspect: Literal["legality_of_engagement"] = TAG
    value: Legality
    """Permitted, not permitted, or under a condition."""


class CharacterisationAssessment(Assessment, frozen=True):
    """What it amounts to."""

    aspect: Literal["characterisation"] = TAG
    value: Characterisation
    """The word for it."""
