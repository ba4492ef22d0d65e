"""Aerial objects, as reported: what they were said to be, and what became of them."""

from airspace_events.values.base import Value
from airspace_events.values.measures import Altitude, ReportedCount
from airspace_events.values.places import Place
from airspace_events.values.references import ActorRef, ObjectId, ObjectRef
from airspace_events.values.scalars import AircraftType, Name, Text
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.claims import Likelihood
from airspace_events.vocabulary.objects import (
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
    count: ReportedCount | None = None
    """How many of the group; absent when nobody said how many."""
    by: tuple[ActorRef, ...] = ()
    """Who brought it about or found it."""
    place: Place | None = None
    """Where."""
    time: ReportedTime | None = None
    """When."""


class PossibleObject(Value, frozen=True):
    """That an object may be the same as one of another incursion."""

    object: ObjectRef
    """The other object."""
    likelihood: Likelihood | None = None
    """How likely it is the same (ICD 203)."""


class AerialObject(Value, frozen=True):
    """An object in the air, or a group of them that is told of as one.

    It holds what the object was, never what that means: no verdict stands in the category.
    How identification changed over time is told by dated ``object_type`` claims.
    """

    category: ObjectCategory
    """What kind of object it was."""
    id: ObjectId | None = None
    """Its name within this incursion, so that others can refer to it."""
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
    note: Text | None = None
    """Anything else about it."""
