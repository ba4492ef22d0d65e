"""Claims: what somebody says is so, or is not so.

The statement or the source that contains a claim says whose claim it is. A claim about a field
of a record names that field; the other aspects are no field of any record. Each aspect is a
class of its own, with its own type of value; ``Claim(aspect="intent", ...)`` makes the right one.
"""

from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import TAG, FamilyValue
from airspace_events.values.effects import Effect
from airspace_events.values.field_names import (
    check_countable,
    check_names,
    claimed_field,
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
from airspace_events.vocabulary.claims import (
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
"""What a claim may say that a field holds: a word or a code, a value, or an item of a list."""


class Claim(FamilyValue, frozen=True):
    """What somebody says is so, or is not so.

    "Suspected", "no indication that", "cannot rule out", "too early to say", "no proof was
    shown" and "not" are six things, and ``polarity`` keeps them apart. A claim that is
    ``undetermined`` may have no value: an actor nobody knows is no actor.

    >>> Claim(aspect="intent", value="intentional_attack", polarity="no_evidence").polarity
    'no_evidence'
    >>> Claim(aspect="field", fields=["totals.crossings"], value={"best": 19}).value.best
    19
    """

    aspect: Aspect
    """What the claim is about; it decides what the value may be."""
    id: ItemId | None = None
    """Its name within the record, so that citations can name it."""
    fields: tuple[FieldName, ...] = ()
    """The fields of the subject that are meant, such as ``objects.first.count``. Several names
    are short for one claim each."""
    value: Any = None
    """What is claimed, as the aspect demands."""
    polarity: Polarity = "affirmed"
    """How it is held: affirmed, suspected, denied, or one of the four ways in between."""
    about: tuple[SubjectRef, ...] = ()
    """What it is said of; in a statement without it, what the statement is about."""
    likelihood: Likelihood | None = None
    """How likely the speaker calls it (ICD 203)."""
    confidence: Confidence | None = None
    """How sure the speaker is of that judgement, apart from how likely the thing is (ICD 203)."""
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
        # What most records consist of is read from the dictionary, and in one call.
        given = self.__dict__
        polarity = given["polarity"]
        if given["value"] is None and polarity != "undetermined":
            msg = 'a claim needs a value, unless its polarity is "undetermined"'
            raise PydanticCustomError("claim_without_value", msg)
        if given["fields"]:
            for name in given["fields"]:
                claimed_field(name)
        if polarity == "suspected" and given["likelihood"] is not None:
            raise _suspected_with_likelihood()
        return self


def _suspected_with_likelihood() -> PydanticCustomError:
    msg = 'a suspicion with a likelihood is "affirmed" with that likelihood'
    return PydanticCustomError("suspected_with_likelihood", msg)


class FieldClaim(Claim, frozen=True):
    """That a field of the subject is as it stands there, or has another value.

    Without a ``value`` the claim affirms, denies or doubts what stands in the fields that it
    names. The name of an item says only that there was such an item; each of its values is
    named itself. ``occurrence``, ``crossing``, ``over`` and the id of a zone name the
    proposition, not the editor's judgement of it.
    """

    aspect: Literal["field"] = TAG
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]  # pyright: ignore[reportGeneralTypeIssues] (required here)
    """The fields of the subject that are claimed, at least one."""
    value: Any = None
    """Another value for the one field named; for a list, one of its items."""
    count: ReportedCount | None = None
    """How many of them, where not all are meant."""

    value_needed: ClassVar[bool] = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = self.__dict__
        polarity = given["polarity"]
        if given["value"] is None:
            check_names(given["fields"], is_open=polarity == "undetermined")
        else:
            given["value"] = typed_value(given["fields"], given["value"])
        if given["count"] is not None:
            check_countable(given["fields"])
        if polarity == "suspected" and given["likelihood"] is not None:
            raise _suspected_with_likelihood()
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
        """Make a claim about fields, with types for what a claimed value may be.

        Raises:
            pydantic.ValidationError: a name is not that of a field, or it cannot hold the value.

        >>> FieldClaim.of("objects.first.nationality", value="RU", polarity="denied").value
        'RU'
        """
        given: dict[str, Any] = {"value": value, "count": count, "note": note}
        others = {name: one for name, one in given.items() if one is not None}
        if about:
            others["about"] = about
        return cls(fields=fields, polarity=polarity, **others)

    def shape_of_value(self) -> FieldShape | None:
        """Return what the named field holds, which a claimed value must be."""
        return claimed_field(self.fields[0]).shape

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return what the field named in JSON holds; None if the names are not valid."""
        return shape_in(given)

    def value_as(self, kind: type[T]) -> T | None:
        """Return the claimed value with its type; None if the claim has no value.

        Raises:
            TypeError: the value is of another class.

        >>> claim = FieldClaim(fields=("totals.crossings",), value=ReportedCount(best=19))
        >>> claim.value_as(ReportedCount).best
        19
        """
        if self.value is None or isinstance(self.value, kind):
            return self.value
        held = type(self.value).__name__
        msg = f"the value of {self.fields[0]} is a {held}, not a {kind.__name__}"
        raise TypeError(msg)


class AttributionClaim(Claim, frozen=True):
    """Who was behind it, and in what way."""

    aspect: Literal["attribution"] = TAG
    value: ActorRef | None = None
    """The actor; absent when the claim is that nobody knows."""
    involvement: Involvement | None = None
    """In what way: operated, launched, ordered, tolerated or made it."""


class IntentClaim(Claim, frozen=True):
    """What was meant by it."""

    aspect: Literal["intent"] = TAG
    value: Intent | None = None
    """The intent."""


class CauseClaim(Claim, frozen=True):
    """Why it came to be there."""

    aspect: Literal["cause"] = TAG
    value: Cause | None = None
    """The cause."""


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
