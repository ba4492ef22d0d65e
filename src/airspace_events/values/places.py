"""Places and airspace zones, as reported."""

from airspace_events.values.base import Value
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import Distance, Duration, ReportedCount
from airspace_events.values.references import ItemId, StateRef
from airspace_events.values.scalars import LocationIndicator, Name
from airspace_events.vocabulary.terms import (
    AirspaceZone,
    EventStatus,
    PlaceMethod,
    PlacePrecision,
    PlaceRole,
)


class Zone(Value, frozen=True):
    """A published or declared airspace zone, with the desk's judgement on whether it was entered.

    A zone is not territory: an entry into a zone is not a border crossing.
    """

    type: AirspaceZone
    """The type of zone (AIXM)."""
    id: ItemId | None = None
    """The id of the zone within this record; a claim that names this id is about entry into the
    zone.
    """
    name: Name | None = None
    """The name in the report, such as "Korea Air Defense Identification Zone"."""
    entry: EventStatus
    """The desk's judgement on whether the zone was entered."""
    count: ReportedCount | None = None
    """The number of objects that entered the zone."""
    duration: Duration | None = None
    """The time that the objects spent in the zone."""


class Place(Value, frozen=True):
    """A place, described only as precisely as the report allows."""

    id: ItemId | None = None
    """The id of the place within this record, for effects, responses, fates and claims."""
    name: Name | None = None
    """The name in the report."""
    role: PlaceRole | None = None
    """The role of the place in the event."""
    facility: LocationIndicator | None = None
    """The ICAO location indicator of the aerodrome (Doc 7910)."""
    state: StateRef | None = None
    """The state where the place is located."""
    admin1: Name | None = None
    """The first-level division, such as a county, voivodeship or region."""
    admin2: Name | None = None
    """The second-level division, such as a commune, powiat or municipality."""
    geometry: Geometry | None = None
    """The location as GeoJSON (RFC 7946): longitude first, WGS 84."""
    radius: Distance | None = None
    """The radius around the geometry within which the true position lies."""
    distance: Distance | None = None
    """The closest distance of the object to this place."""
    precision: PlacePrecision | None = None
    """The precision of the place (UCDP GED where_prec)."""
    method: PlaceMethod | None = None
    """The method that was used to find the geometry."""
