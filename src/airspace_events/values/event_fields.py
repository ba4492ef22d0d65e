"""The fields of events that somebody can claim: of incursions, series and findings.

Records add to them what belongs to the editor, such as sources, assessments and ids. They
stand apart from the records so that claims, which records contain, can know them.
"""

from airspace_events.values.base import Value
from airspace_events.values.effects import Effect
from airspace_events.values.measures import Distance, Duration, ReportedCount, Totals
from airspace_events.values.objects import AerialObject
from airspace_events.values.places import Place, Zone
from airspace_events.values.references import ActorRef, StateRef
from airspace_events.values.responses import Response
from airspace_events.values.scalars import LocationIndicator, Name
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.events import (
    EventStatus,
    FindingCondition,
    FindingHandling,
    IncursionScope,
)
from airspace_events.vocabulary.objects import ObjectCategory, Payload
from airspace_events.vocabulary.places import AirspaceOver
from airspace_events.vocabulary.state_codes import BorderSide


class IncursionFields(Value, frozen=True):
    """The fields of an incursion that somebody can claim."""

    state: StateRef | None = None
    """The state concerned: it was entered, flown in, or its zone or border was approached."""
    over: AirspaceOver | None = None
    """What lay below: land, which waters, or another state; absent when nobody said."""
    time: ReportedTime
    """When."""
    scope: IncursionScope | None = None
    """Whether it is one incursion, or several that cannot be told apart; absent when nobody
    said."""
    occurrence: EventStatus | None = None
    """How the desk judges that something flew; absent when not judged."""
    crossing: EventStatus | None = None
    """How the desk judges that it crossed the border; absent when nobody speaks of a border."""
    zones: tuple[Zone, ...] = ()
    """The zones that were entered, or are said to have been."""
    fir: LocationIndicator | None = None
    """The flight information region, for orientation only (ICAO Doc 7910)."""
    totals: Totals | None = None
    """How many there were in all, by what was counted."""
    distance: Distance | None = None
    """How near to the border it came."""
    duration: Duration | None = None
    """How long it was inside the border; without a crossing, how long it was in sight."""
    depth: Distance | None = None
    """How far inside the border it came."""
    entered_from: tuple[BorderSide, ...] = ()
    """Where it entered from: a state code, or ``international``."""
    exited_to: tuple[BorderSide, ...] = ()
    """Where it left to: a state code, or ``international``."""
    places: tuple[Place, ...] = ()
    """The places reported, each with its role."""
    detected_by: tuple[ActorRef, ...] = ()
    """Who detected it."""
    objects: tuple[AerialObject, ...] = ()
    """What flew."""
    effects: tuple[Effect, ...] = ()
    """What harm or disruption followed."""
    responses: tuple[Response, ...] = ()
    """Which responses were and were not made."""


class SeriesFields(Value, frozen=True):
    """The fields of a series that somebody can claim."""

    time: ReportedTime | None = None
    """From when to when; a series that goes on has an open end."""
    states: tuple[StateRef, ...] = ()
    """The states concerned."""
    places: tuple[Place, ...] = ()
    """The places concerned."""
    frequency: Name | None = None
    """How often, in the words of the report: "near-daily"."""
    totals: Totals | None = None
    """How many there were in all, by what was counted."""
    objects: tuple[AerialObject, ...] = ()
    """What flew."""
    responses: tuple[Response, ...] = ()
    """Which responses were made to the whole: a border closes after four nights."""


class FindingFields(Value, frozen=True):
    """The fields of a finding that somebody can claim."""

    found: ReportedTime
    """When it was found, which is not when it fell."""
    place: Place
    """Where it was found."""
    count: ReportedCount | None = None
    """How many were found."""
    condition: FindingCondition | None = None
    """In what condition it was found; absent when nobody said."""
    category: ObjectCategory | None = None
    """What kind of object it comes from."""
    designation: Name | None = None
    """Its make or model as the report names it."""
    payload: Payload | None = None
    """What it carried."""
    found_by: tuple[ActorRef, ...] = ()
    """Who found it."""
    handling: tuple[FindingHandling, ...] = ()
    """What was done with it."""
