"""Aerial objects as reported: their kind, their count and their fates."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.measures import Altitude, ReportedCount
from airspace_events.values.references import ActorRef, ItemId, ObjectRef, StateRef
from airspace_events.values.scalars import AircraftType, Name, Text
from airspace_events.values.time import DateOrInstant, ReportedTime
from airspace_events.vocabulary.terms import (
    CheckResult,
    FateKind,
    Likelihood,
    ObjectCategory,
    ObjectRole,
    ObjectSubcategory,
    Payload,
    YesNo,
)


class Fate(Value, frozen=True):
    """The fate of an object, or of part of a group."""

    fate: FateKind
    """The kind of fate."""
    id: ItemId | None = None
    """The id of the fate within the object, for claims."""
    count: ReportedCount | None = None
    """The number of objects in the group that met this fate; absent if not reported."""
    by: tuple[ActorRef, ...] = ()
    """The actors that caused the fate or found the object."""
    place: ItemId | None = None
    """The id of the place in this record where the fate occurred."""
    time: ReportedTime | None = None
    """The time of the fate."""


class PossibleObject(Value, frozen=True):
    """A possible match with an object of another incursion."""

    object: ObjectRef
    """The object of the other incursion."""
    likelihood: Likelihood | None = None
    """The likelihood that the two objects are the same (ICD 203)."""


ONLY_CHECKED = frozenset({"bird", "celestial", "light", "vessel", "nothing"})
"""The categories that require a recorded check of the sighting."""


class Check(Value, frozen=True):
    """A check of a sighting, with its result."""

    result: CheckResult
    """The result: the sighting was confirmed, was something else, or remains unresolved."""
    reported_as: ObjectCategory | None = None
    """The category first reported, if the check led to a different `category`."""
    by: tuple[ActorRef, ...] = ()
    """The actors that made the check."""
    at: DateOrInstant | None = None
    """The date or instant of the check."""


class AerialObject(Value, frozen=True):
    """An object in the air, or a group of objects that a report describes as one.

    The category is the desk's current view of the kind of object. It says nothing about the
    purpose of the object. For a corrected sighting, `checked` contains the category first
    reported.

    >>> AerialObject(
    ...     category="crewed_aircraft",
    ...     subcategory="helicopter",
    ...     checked=Check(result="something_else", reported_as="uncrewed_aircraft"),
    ... ).checked.reported_as
    'uncrewed_aircraft'
    """

    category: ObjectCategory | None = None
    """The kind of object; absent if not reported."""
    id: ItemId | None = None
    """The id of the object within this record, for references and claims."""
    nationality: StateRef | None = None
    """The state that the object's markings or identification indicate. If a report only calls a
    drone "Russian", record a claim with the aspect `attribution` instead.
    """
    same_as: tuple[ObjectRef, ...] = ()
    """The same object in the records of other incursions, if it flew from one state to another."""
    possibly_same_as: tuple[PossibleObject, ...] = ()
    """Objects in other incursions that may be this same object."""
    count: ReportedCount | None = None
    """The number of objects in the group; absent if not reported."""
    subcategory: ObjectSubcategory | None = None
    """A more specific kind, such as the NATO class of an uncrewed aircraft or the type of a
    missile.
    """
    role: ObjectRole | None = None
    """The reported purpose of the object."""
    designation: Name | None = None
    """The make or model in the words of the report, such as "Geran-2"."""
    icao_type: AircraftType | None = None
    """The type designator of a crewed aircraft (ICAO Doc 8643)."""
    payload: Payload | None = None
    """The reported payload."""
    transponder_on: YesNo | None = None
    """`yes` if the transponder was on; absent if not reported."""
    flight_plan: YesNo | None = None
    """`yes` if a flight plan had been filed; absent if not reported."""
    radio_contact: YesNo | None = None
    """`yes` if there was radio contact; absent if not reported."""
    altitude: Altitude | None = None
    """The reported altitude."""
    fates: tuple[Fate, ...] = ()
    """The fates of the object, or of parts of the group."""
    checked: Check | None = None
    """The check of the sighting and its result; absent if nobody checked it."""
    note: Text | None = None
    """Free text for anything else about the object."""

    @model_validator(mode="after")
    def _was_checked(self) -> Self:
        if self.category in ONLY_CHECKED and self.checked is None:
            msg = (
                '"{category}" needs `checked`, because only a check can show that the object '
                "was not an aircraft"
            )
            raise PydanticCustomError("unchecked_category", msg, {"category": self.category})
        return self
