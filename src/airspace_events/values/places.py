"""Places and zones of airspace, as reported and as far as they are known."""

from airspace_events.values.base import Value
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import Distance, Duration, ReportedCount
from airspace_events.values.references import ItemId, StateRef
from airspace_events.values.scalars import LocationIndicator, Name
from airspace_events.vocabulary.events import EventStatus
from airspace_events.vocabulary.places import (
    AirspaceZone,
    PlaceMethod,
    PlacePrecision,
    PlaceRole,
)


class Zone(Value, frozen=True):
    """A published or declared zone of airspace, and whether it was entered.

    No zone is territory: entering one crosses no border.
    """

    type: AirspaceZone
    """The kind of zone (AIXM)."""
    id: ItemId | None = None
    """Its name within this record; as the name of a claim, it says that the zone was entered."""
    name: Name | None = None
    """The name that the report gives: "Korea Air Defense Identification Zone"."""
    entry: EventStatus
    """How the desk judges that it was entered."""
    count: ReportedCount | None = None
    """How many objects entered it."""
    duration: Duration | None = None
    """How long they stayed in it."""


class Place(Value, frozen=True):
    """A place, as exactly as it is known and no more."""

    id: ItemId | None = None
    """Its name within this record, so that effects, responses, fates and claims can name it."""
    name: Name | None = None
    """The name that the report gives."""
    role: PlaceRole | None = None
    """What happened there."""
    facility: LocationIndicator | None = None
    """The aerodrome, by its ICAO location indicator (Doc 7910)."""
    state: StateRef | None = None
    """The state in which it lies."""
    admin1: Name | None = None
    """The first-level division in which it lies: county, voivodeship, region."""
    admin2: Name | None = None
    """The second-level division in which it lies: commune, powiat, municipality."""
    geometry: Geometry | None = None
    """Where on Earth, as GeoJSON (RFC 7946): longitude first, WGS 84."""
    radius: Distance | None = None
    """How far around the geometry the place may be."""
    distance: Distance | None = None
    """How near to this place the object came."""
    precision: PlacePrecision | None = None
    """How exact the geometry is (UCDP GED where_prec)."""
    method: PlaceMethod | None = None
    """How the geometry was arrived at."""
