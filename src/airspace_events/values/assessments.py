"""Assessments: what the desk itself holds to be so, graded.

How likely something is, and how sure the desk is of that judgement, are two scales (ICD 203)
and never one number. Each aspect is a class of its own, as with claims.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.field_names import (
    check_countable,
    check_names,
    claimed_field,
    shape_in,
    typed_value,
)
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ActorRef, EventRef
from airspace_events.values.scalars import FieldName, Text
from airspace_events.values.structure import FieldShape
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


class Assessment(FamilyValue, frozen=True):
    """What the desk itself holds to be so, and how firmly.

    >>> Assessment(aspect="intent", value="unintentional", likelihood="likely").likelihood
    'likely'
    """

    aspect: Aspect
    """What is assessed; it decides what the value may be."""
    fields: tuple[FieldName, ...] = ()
    """The fields of this record that are meant: ``effects.house.cause``."""
    value: Any
    """What is held to be so, as the aspect demands."""
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

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        for name in self.fields:
            claimed_field(name)
        return self


class FieldAssessment(Assessment, frozen=True):
    """How firmly the desk holds what stands in a field of this record, or another value for it."""

    aspect: Literal["field"] = TAG
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]  # pyright: ignore[reportGeneralTypeIssues] (required here)
    """The fields of this record that are assessed, at least one."""
    value: Any = None
    """Another value for the one field named; for a list, one of its items."""
    count: ReportedCount | None = None
    """How many of them, where not all are meant."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None:
            check_names(self.fields, is_open=False)
        else:
            vars(self)["value"] = typed_value(self.fields, self.value)
        if self.count is not None:
            check_countable(self.fields)
        return self

    def shape_of_value(self) -> FieldShape | None:
        """Return what the named field holds, which a value must be."""
        return claimed_field(self.fields[0]).shape

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return what the field named in JSON holds; None if the names are not valid."""
        return shape_in(given)


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


class CauseAssessment(Assessment, frozen=True):
    """Why it came to be there."""

    aspect: Literal["cause"] = TAG
    value: Cause
    """The cause."""


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
