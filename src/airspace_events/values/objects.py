"""Aerial objects, as reported: what they were said to be, and what became of them."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.measures import Altitude, ReportedCount
from airspace_events.values.references import ActorRef, ItemId, ObjectRef, StateRef
from airspace_events.values.scalars import AircraftType, Name, Text
from airspace_events.values.time import DateOrInstant, ReportedTime
from airspace_events.vocabulary.claims import Likelihood
from airspace_events.vocabulary.objects import (
    CheckResult,
    FateKind,
    ObjectCategory,
    ObjectRole,
    ObjectSubcategory,
    Payload,
    YesNo,
)


class Fate(Value, frozen=True):
    """What became of an object, or of some of a group."""

    fate: FateKind
    """What became of it."""
    id: ItemId | None = None
    """Its name within the object, so that claims can point at it."""
    count: ReportedCount | None = None
    """How many of the group; absent when nobody said how many."""
    by: tuple[ActorRef, ...] = ()
    """Who brought it about or found it."""
    place: ItemId | None = None
    """Where: the id of a place of this record."""
    time: ReportedTime | None = None
    """When."""


class PossibleObject(Value, frozen=True):
    """That an object may be the same as one of another incursion."""

    object: ObjectRef
    """The other object."""
    likelihood: Likelihood | None = None
    """How likely it is the same (ICD 203)."""


ONLY_CHECKED = frozenset({"bird", "celestial", "light", "vessel", "nothing"})
"""The categories that only a check can show."""


class Check(Value, frozen=True):
    """What a sighting turned out to be when somebody checked it."""

    result: CheckResult
    """Whether it was borne out, was something else, or stayed unresolved."""
    reported_as: ObjectCategory | None = None
    """What it was first reported to be, where the check corrected `category`."""
    by: tuple[ActorRef, ...] = ()
    """Who checked it."""
    at: DateOrInstant | None = None
    """When it was checked."""


class AerialObject(Value, frozen=True):
    """An object in the air, or a group of them that is reported as one.

    The category is the editor's current view of what the object was, and no verdict on what
    it was for. A corrected sighting keeps what was first reported in `checked`.

    >>> AerialObject(
    ...     category="crewed_aircraft",
    ...     subcategory="helicopter",
    ...     checked=Check(result="something_else", reported_as="uncrewed_aircraft"),
    ... ).checked.reported_as
    'uncrewed_aircraft'
    """

    category: ObjectCategory | None = None
    """What kind of object it was; absent when nobody said."""
    id: ItemId | None = None
    """Its name within this record, so that others can refer to it."""
    nationality: StateRef | None = None
    """The state that its marks or its identification show, never who was behind it. That a
    drone is merely called "Russian" is a claim of attribution."""
    same_as: tuple[ObjectRef, ...] = ()
    """Objects of other incursions that are this one: it left there and came here."""
    possibly_same_as: tuple[PossibleObject, ...] = ()
    """Objects of other incursions that may be this one."""
    count: ReportedCount | None = None
    """How many objects are told of together; absent when nobody said how many."""
    subcategory: ObjectSubcategory | None = None
    """A finer kind: the NATO class of an uncrewed aircraft, the type of a missile."""
    role: ObjectRole | None = None
    """What it was for, as reported."""
    designation: Name | None = None
    """Its make or model as the report names it: "Geran-2"."""
    icao_type: AircraftType | None = None
    """The type designator of a crewed aircraft (ICAO Doc 8643)."""
    payload: Payload | None = None
    """What it carried, as reported."""
    transponder_on: YesNo | None = None
    """Whether its transponder was on."""
    flight_plan: YesNo | None = None
    """Whether a flight plan had been filed."""
    radio_contact: YesNo | None = None
    """Whether there was radio contact."""
    altitude: Altitude | None = None
    """How high it flew."""
    fates: tuple[Fate, ...] = ()
    """What became of it, or of parts of the group."""
    checked: Check | None = None
    """What it turned out to be, if somebody checked the sighting."""
    note: Text | None = None
    """Anything else about it."""

    @model_validator(mode="after")
    def _was_checked(self) -> Self:
        if self.category in ONLY_CHECKED and self.checked is None:
            msg = '"{category}" needs `checked`: only a check shows that it was no aircraft'
            raise PydanticCustomError("unchecked_category", msg, {"category": self.category})
        return self
