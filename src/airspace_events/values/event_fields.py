"""The fields of incursions, series and findings that a claim can be about.

The record classes add the editor's own fields, such as sources, assessments and ids. The claims
module imports these classes. They cannot be in the record modules, because those import the claims
module.
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
from airspace_events.vocabulary.state_codes import BorderSide
from airspace_events.vocabulary.terms import (
    AirspaceOver,
    EventStatus,
    FindingCondition,
    FindingHandling,
    IncursionScope,
    ObjectCategory,
    Payload,
)


class IncursionFields(Value, frozen=True):
    """The fields of an incursion that a claim can be about."""

    state: StateRef | None = None
    """The state whose airspace, border or zone the incursion concerns."""
    over: AirspaceOver | None = None
    """The surface below the flight, such as land, the territorial sea or another state; absent if
    not reported.
    """
    time: ReportedTime
    """The time of the incursion."""
    scope: IncursionScope | None = None
    """The scope: one incursion, or several recorded as a total; absent if not reported."""
    occurrence: EventStatus | None = None
    """The desk's judgement on whether anything flew; absent if the desk made none."""
    crossing: EventStatus | None = None
    """The desk's judgement on the border crossing; absent if no report mentions a border."""
    zones: tuple[Zone, ...] = ()
    """The zones that the objects entered or reportedly entered."""
    fir: LocationIndicator | None = None
    """The flight information region (ICAO Doc 7910), for orientation only."""
    totals: Totals | None = None
    """The total counts, with a field for each kind of count."""
    distance: Distance | None = None
    """The closest distance to the border."""
    duration: Duration | None = None
    """The time that the objects spent inside the border; without a crossing, the time during which
    they were seen.
    """
    depth: Distance | None = None
    """The greatest distance from the border that the objects reached inside the state."""
    entered_from: tuple[BorderSide, ...] = ()
    """The airspace that the objects came from: a state code or ``international``."""
    exited_to: tuple[BorderSide, ...] = ()
    """The airspace that the objects left for: a state code or ``international``."""
    places: tuple[Place, ...] = ()
    """The reported places, each with its role."""
    detected_by: tuple[ActorRef, ...] = ()
    """The actors that detected the incursion."""
    objects: tuple[AerialObject, ...] = ()
    """The objects that flew."""
    effects: tuple[Effect, ...] = ()
    """The harm and disruption that followed."""
    responses: tuple[Response, ...] = ()
    """The responses that were made or explicitly not made."""


class SeriesFields(Value, frozen=True):
    """The fields of a series that a claim can be about."""

    time: ReportedTime | None = None
    """The time of the whole series; a series that continues has an open end."""
    states: tuple[StateRef, ...] = ()
    """The states concerned."""
    places: tuple[Place, ...] = ()
    """The places concerned."""
    frequency: Name | None = None
    """The frequency in the words of the report, such as "near-daily"."""
    totals: Totals | None = None
    """The total counts, with a field for each kind of count."""
    objects: tuple[AerialObject, ...] = ()
    """The objects that flew."""
    responses: tuple[Response, ...] = ()
    """The responses to the series as a whole, such as a border closure after four nights."""


class FindingFields(Value, frozen=True):
    """The fields of a finding that a claim can be about."""

    found: ReportedTime
    """The time of discovery. It is usually later than the time at which the object fell."""
    place: Place
    """The place where the object or piece was found."""
    count: ReportedCount | None = None
    """The number of objects or pieces found."""
    condition: FindingCondition | None = None
    """The condition of the object when it was found; absent if not reported."""
    category: ObjectCategory | None = None
    """The kind of object that was found, or that the pieces come from."""
    designation: Name | None = None
    """The make or model in the words of the report."""
    payload: Payload | None = None
    """The payload of the object."""
    found_by: tuple[ActorRef, ...] = ()
    """The actors who found the object."""
    handling: tuple[FindingHandling, ...] = ()
    """The steps taken after the discovery."""
