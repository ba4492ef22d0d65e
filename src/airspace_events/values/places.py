"""Places and airspace, as reported and as far as they are known."""

from airspace_events.values.base import Value
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import Distance
from airspace_events.values.references import StateRef
from airspace_events.values.scalars import LocationIndicator, Name
from airspace_events.vocabulary.places import (
    AirspaceOver,
    AirspaceZone,
    PlaceMethod,
    PlacePrecision,
    PlaceRole,
)


class Airspace(Value, frozen=True):
    """The sovereign airspace that was entered.

    A flight information region is no territory, and near a border is no violation. That it
    "was over international waters" is a claim, and stands in ``claims``.
    """

    state: StateRef
    """The state whose airspace it is."""
    over: AirspaceOver = "unknown"
    """What lies below: land or which waters."""
    fir: LocationIndicator | None = None
    """The flight information region, for orientation only (ICAO Doc 7910)."""
    zone: AirspaceZone | None = None
    """A zone that the report names, by its AIXM type."""


class Place(Value, frozen=True):
    """A place, as exactly as it is known and no more."""

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
    precision: PlacePrecision | None = None
    """How exact the geometry is (UCDP GED where_prec)."""
    method: PlaceMethod | None = None
    """How the geometry was arrived at."""
