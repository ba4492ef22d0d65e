"""Assessments: graded judgements by the desk itself.

Likelihood and confidence are two separate scales (ICD 203) and are never combined into one number.
As with claims, each aspect has its own class.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.field_names import (
    ClaimedName,
    check_countable,
    claimed_field,
    list_without_item,
    shape_in,
    typed_value,
)
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ActorRef, EventRef
from airspace_events.values.scalars import FieldName, Text
from airspace_events.values.structure import FieldShape
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.terms import (
    Aspect,
    Cause,
    Characterisation,
    Confidence,
    Intent,
    Involvement,
    Legality,
    Likelihood,
)


class Assessment(FamilyValue, frozen=True):
    """A judgement by the desk itself, with its likelihood and confidence.

    >>> Assessment(aspect="intent", value="unintentional", likelihood="likely").likelihood
    'likely'
    """

    aspect: Aspect
    """The question that the assessment answers; it determines the type of the value."""
    fields: tuple[ClaimedName, ...] = ()
    """The fields of this record that are assessed, such as ``effects.house.cause``."""
    value: Any
    """The assessed value, of the type that the aspect requires."""
    likelihood: Likelihood | None = None
    """The likelihood of the value (ICD 203)."""
    confidence: Confidence | None = None
    """The confidence in the judgement, separate from its likelihood (ICD 203)."""
    by: ActorRef | None = None
    """The actor that makes the assessment; if absent, the publisher of the feed."""
    at: DateOrInstant | None = None
    """The date or instant of the assessment."""
    basis: Text | None = None
    """The evidence for the assessment, in words."""


class FieldAssessment(Assessment, frozen=True):
    """An assessment of the recorded value of a field, or of a different value for the field."""

    aspect: Literal["field"] = TAG
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]  # pyright: ignore[reportGeneralTypeIssues] (required here)
    """The fields of this record that are assessed; at least one is required."""
    value: Any = None
    """A different value for the named field; for a list field, a single item."""
    count: ReportedCount | None = None
    """The number of items or objects that the assessment is about; absent if about all of them."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None:
            for name in self.fields:
                if claimed_field(name).kind == "list":
                    raise list_without_item(name)
        else:
            vars(self)["value"] = typed_value(self.fields, self.value)
        if self.count is not None:
            check_countable(self.fields)
        return self

    def shape_of_value(self) -> FieldShape | None:
        """Return the shape of the named field, which determines the type of the value."""
        return claimed_field(self.fields[0]).shape

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return the shape of the field named in the JSON, or None if the name is invalid."""
        return shape_in(given)


class AttributionAssessment(Assessment, frozen=True):
    """An assessment of the actor behind the event and of the actor's part in it."""

    aspect: Literal["attribution"] = TAG
    value: ActorRef
    """The actor behind the event."""
    involvement: Involvement | None = None
    """The actor's part, for example whether it operated, launched or tolerated the object."""


class IntentAssessment(Assessment, frozen=True):
    """An assessment of the intent behind the event."""

    aspect: Literal["intent"] = TAG
    value: Intent
    """The assessed intent."""


class CauseAssessment(Assessment, frozen=True):
    """An assessment of the technical cause of the event."""

    aspect: Literal["cause"] = TAG
    value: Cause
    """The assessed cause."""


class LinkAssessment(Assessment, frozen=True):
    """An assessment that the event is connected with another event."""

    aspect: Literal["link"] = TAG
    value: EventRef
    """The id of the other event."""


class CrossingLegalityAssessment(Assessment, frozen=True):
    """An assessment of the legality of the crossing."""

    aspect: Literal["legality_of_crossing"] = TAG
    value: Legality
    """The assessed legality: permitted, not permitted, or permitted under a condition."""


class EngagementLegalityAssessment(Assessment, frozen=True):
    """An assessment of the legality of engaging the object."""

    aspect: Literal["legality_of_engagement"] = TAG
    value: Legality
    """The assessed legality: permitted, not permitted, or permitted under a condition."""


class CharacterisationAssessment(Assessment, frozen=True):
    """An assessment of the correct term for the event."""

    aspect: Literal["characterisation"] = TAG
    value: Characterisation
    """The term for the event."""
