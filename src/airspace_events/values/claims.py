"""Claims: assertions and denials by the speaker of a statement or by a source.

The statement or source that contains a claim shows who makes the claim. A claim with the aspect
``field`` names fields of a record. The other aspects are about facts for which records have no
field. Each aspect has its own class and type of value; ``Claim(aspect="intent", ...)`` makes an
instance of that class.
"""

from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.effects import Effect
from airspace_events.values.field_names import (
    ClaimedName,
    check_countable,
    claimed_field,
    list_without_item,
    shape_in,
    typed_value,
)
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.places import Place, Zone
from airspace_events.values.references import ActorRef, EventRef, ItemId, SubjectRef
from airspace_events.values.responses import Response
from airspace_events.values.scalars import FieldName, Text
from airspace_events.values.structure import FieldShape
from airspace_events.values.time import DateOrInstant, ReportedTime
from airspace_events.vocabulary.terms import (
    Aspect,
    Cause,
    Characterisation,
    Confidence,
    Intent,
    Involvement,
    Legality,
    Likelihood,
    Polarity,
)

T = TypeVar("T")

ClaimedValue = (
    str
    | ReportedCount
    | ReportedQuantity
    | ReportedTime
    | Geometry
    | AerialObject
    | Effect
    | Fate
    | Place
    | Response
    | Zone
)
"""The claimed value of a field: a word, a code, a structured value, or an item of a list."""


class Claim(FamilyValue, frozen=True):
    """An assertion or a denial, made by the speaker of a statement or by a source.

    ``polarity`` distinguishes positions such as "suspected", "no indication that", "cannot rule
    out", "too early to say", "no proof was shown" and "not". A claim with the polarity
    ``undetermined`` may omit its value, for example if the actor is unknown.

    >>> Claim(aspect="intent", value="intentional_attack", polarity="no_evidence").polarity
    'no_evidence'
    >>> Claim(aspect="field", fields=["totals.crossings"], value={"best": 19}).value.best
    19
    """

    aspect: Aspect
    """The question that the claim answers; it determines the type of the value."""
    id: ItemId | None = None
    """The id of the claim within the record, for citations."""
    fields: tuple[ClaimedName, ...] = ()
    """The fields of the subject that the claim is about, such as ``objects.first.count``. A claim
    about several fields means the same as a separate claim about each field.
    """
    value: Any = None
    """The claimed value, of the type that the aspect requires."""
    polarity: Polarity = "affirmed"
    """The speaker's position: affirmed, suspected, denied, or one of four positions in between."""
    about: tuple[SubjectRef, ...] = ()
    """The subjects of the claim; if empty, the subjects of the statement."""
    likelihood: Likelihood | None = None
    """The likelihood of the claim, according to the speaker (ICD 203)."""
    confidence: Confidence | None = None
    """The speaker's confidence in the judgement, separate from its likelihood (ICD 203)."""
    time: ReportedTime | None = None
    """The time at which the claimed fact was true, if the claim gives a time."""
    as_of: DateOrInstant | None = None
    """The time at which the speaker held this view, if it is not the time of the statement."""
    evidence_offered: tuple[Text, ...] = ()
    """Descriptions of the evidence that the speaker offers, such as "radar tracks"."""
    note: Text | None = None
    """Free text for anything else about the claim."""

    value_needed: ClassVar[bool] = True

    # Claims are frequent. A validator of a field costs nothing if the field is absent.
    @field_validator("likelihood")
    @classmethod
    def _is_no_suspicion(
        cls, likelihood: Likelihood | None, info: ValidationInfo
    ) -> Likelihood | None:
        if likelihood is not None and info.data.get("polarity") == "suspected":
            msg = 'a claim with a likelihood must have the polarity "affirmed", not "suspected"'
            raise PydanticCustomError("suspected_with_likelihood", msg)
        return likelihood

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None and self.polarity != "undetermined":
            msg = 'a claim needs a value, unless its polarity is "undetermined"'
            raise PydanticCustomError("claim_without_value", msg)
        return self


class FieldClaim(Claim, frozen=True):
    """A claim about the value of one or more fields of the subject.

    Without a ``value``, the claim is about the recorded values of the fields that it names. A
    claim that names an item says only that the item existed. To claim a value of the item, name
    the field of the item. A claim about ``occurrence``, ``crossing``, ``over`` or the id of a
    zone is about the event itself, not about the desk's judgement.
    """

    aspect: Literal["field"] = TAG
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]  # pyright: ignore[reportGeneralTypeIssues] (required here)
    """The fields of the subject that the claim is about; at least one is required."""
    value: Any = None
    """A different value for the named field; for a list field, a single item."""
    count: ReportedCount | None = None
    """The number of items or objects that the claim is about; absent if the claim is about all."""

    value_needed: ClassVar[bool] = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        # One access to the dictionary is faster than one to each attribute.
        given: Any = self.__dict__
        names, value = given["fields"], given["value"]
        if value is not None:
            given["value"] = typed_value(names, value)
        else:
            for name in names:
                if claimed_field(name).kind == "list" and given["polarity"] != "undetermined":
                    raise list_without_item(name)
        if given["count"] is not None:
            check_countable(names)
        return self

    @classmethod
    def of(
        cls,
        *fields: str,
        value: ClaimedValue | None = None,
        polarity: Polarity = "affirmed",
        count: ReportedCount | None = None,
        about: tuple[str, ...] = (),
        note: str | None = None,
    ) -> Self:
        """Make a claim about fields, with arguments that type checkers can check.

        Raises:
            pydantic.ValidationError: a field does not exist, or the value does not fit the field.

        >>> FieldClaim.of("objects.first.nationality", value="RU", polarity="denied").value
        'RU'
        """
        given: dict[str, Any] = {"value": value, "count": count, "note": note}
        others = {name: one for name, one in given.items() if one is not None}
        if about:
            others["about"] = about
        return cls(fields=fields, polarity=polarity, **others)

    def shape_of_value(self) -> FieldShape | None:
        """Return the shape of the named field, which determines the type of the claimed value."""
        return claimed_field(self.fields[0]).shape

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return the shape of the field named in the JSON, or None if the name is invalid."""
        return shape_in(given)

    def value_as(self, kind: type[T]) -> T | None:
        """Return the claimed value as an instance of a class, or None if the claim has no value.

        Raises:
            TypeError: the value is an instance of another class.

        >>> claim = FieldClaim(fields=("totals.crossings",), value=ReportedCount(best=19))
        >>> claim.value_as(ReportedCount).best
        19
        """
        if self.value is None or isinstance(self.value, kind):
            return self.value
        held = type(self.value).__name__
        msg = f"the value of {self.fields[0]} has the class {held}, not {kind.__name__}"
        raise TypeError(msg)


class AttributionClaim(Claim, frozen=True):
    """A claim about the actor behind the event and the actor's part in it."""

    aspect: Literal["attribution"] = TAG
    value: ActorRef | None = None
    """The actor behind the event; absent if the claim says that the actor is unknown."""
    involvement: Involvement | None = None
    """The actor's part, for example whether it operated, launched or tolerated the object."""


class IntentClaim(Claim, frozen=True):
    """A claim about the intent behind the event."""

    aspect: Literal["intent"] = TAG
    value: Intent | None = None
    """The claimed intent."""


class CauseClaim(Claim, frozen=True):
    """A claim about the technical cause of the event."""

    aspect: Literal["cause"] = TAG
    value: Cause | None = None
    """The claimed cause."""


class LinkClaim(Claim, frozen=True):
    """A claim that the event is connected with another event."""

    aspect: Literal["link"] = TAG
    value: EventRef | None = None
    """The id of the other event."""


class CrossingLegalityClaim(Claim, frozen=True):
    """A claim about the legality of the crossing."""

    aspect: Literal["legality_of_crossing"] = TAG
    value: Legality | None = None
    """The claimed legality: permitted, not permitted, or permitted under a condition."""


class EngagementLegalityClaim(Claim, frozen=True):
    """A claim about the legality of engaging an object; the subject may also be a state."""

    aspect: Literal["legality_of_engagement"] = TAG
    value: Legality | None = None
    """The claimed legality: permitted, not permitted, or permitted under a condition."""
    condition: Text | None = None
    """The condition under which engaging the object is permitted, such as "in peacetime"."""


class CharacterisationClaim(Claim, frozen=True):
    """A claim about the correct term for the event."""

    aspect: Literal["characterisation"] = TAG
    value: Characterisation | None = None
    """The term closest to the speaker's word; write the word itself in `note`."""
