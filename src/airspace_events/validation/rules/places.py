"""Rules about places, coordinates and borders."""

from __future__ import annotations

import json
from collections.abc import Iterator

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.events import Incursion
from airspace_events.reference.geography import Box, extent_of, sovereign_of
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.geometry import Geometry, Point, positions_in
from airspace_events.values.measures import KILOMETRES
from airspace_events.values.places import Place, Zone

RULES = Rules()
rule = RULES.rule

# Distances in degrees of a great circle: 2 degrees are about 220 km, 5 degrees about 560 km.
_SWAP_MARGIN, _FAR_MARGIN = 2.0, 5.0
# The airspace of a state extends over the sea along its coast.
_COAST = 0.5
_IN_THE_AIRSPACE = frozenset(("overflown", "deepest"))
_AT_THE_AIRSPACE = _IN_THE_AIRSPACE | {"entry", "exit"}
_AT_A_BORDER = frozenset(("entry", "exit", "deepest"))
_ELSEWHERE = frozenset(("origin", "destination", "response_base"))
_OUTSIDE = frozenset(("international_waters", "another_state"))

_SIZE_OF_A_TOWN, _VICINITY = 10, 25
_COARSE_DECIMALS = 1


@rule(Place, "coordinates_at_zero", field="geometry")
def coordinates_at_zero(place: Place, _: Surroundings) -> Problem | None:
    """A point must not be at 0, 0, which usually means a missing value."""
    if isinstance(place.geometry, Point) and place.geometry.coordinates[:2] == (0, 0):
        return Problem(
            "coordinates_at_zero",
            "the position is 0, 0, a point in the Gulf of Guinea that often means a missing value",
            ("geometry", "coordinates"),
        )
    return None


@rule(Place, "coordinates_swapped", "coordinates_far_from_state", field="geometry")
def coordinates_elsewhere(place: Place, around: Surroundings) -> Problem | None:
    """Coordinates must be in or near the state of the place."""
    if place.geometry is None or place.precision == "international":
        return None
    state, is_own = _state_of(place, around)
    boxes = extent_of(state) if state else ()
    positions = list(positions_in(place.geometry))
    longitude, latitude = positions[0][:2]
    if (
        not boxes
        or _is_near(boxes, longitude, latitude, _SWAP_MARGIN)
        or (longitude, latitude) == (0, 0)
    ):
        return None
    if all(
        _is_near(boxes, y, x, _COAST) and not _is_near(boxes, x, y, _SWAP_MARGIN)
        for x, y, *_ in positions
    ):
        return _swapped(place.geometry, state, longitude, latitude)
    if (is_own or place.role in _AT_THE_AIRSPACE) and not any(
        _is_near(boxes, x, y, _FAR_MARGIN) for x, y, *_ in positions
    ):
        whose = "the state of the place" if is_own else "the state whose airspace was entered"
        return Problem(
            "coordinates_far_from_state",
            f"longitude {longitude:g}, latitude {latitude:g} is more than 500 km from {state}, "
            f"{whose}",
            ("geometry", "coordinates"),
            context={"longitude": longitude, "latitude": latitude, "state": state},
        )
    return None


def _swapped(geometry: Geometry, state: str, longitude: float, latitude: float) -> Problem:
    suggestion = None
    if isinstance(geometry, Point):
        height = geometry.coordinates[2:]
        suggestion = json.dumps([latitude, longitude, *height])
    return Problem(
        "coordinates_swapped",
        f"longitude {longitude:g}, latitude {latitude:g} is far from {state}; "
        "longitude and latitude seem to be swapped",
        ("geometry", "coordinates"),
        suggestion,
        {"longitude": longitude, "latitude": latitude, "state": state},
    )


def _state_of(place: Place, around: Surroundings) -> tuple[str, bool]:
    """Return the state that a place must be near, and whether it is the place's own state.

    The state is empty if the place may be anywhere.
    """
    if place.state is not None:
        return place.state, True
    record = around.record
    if not isinstance(record, Incursion) or place.role in _ELSEWHERE or not _was_inside(record):
        return "", False
    return record.state or "", False


def _was_inside(incursion: Incursion) -> bool:
    """Return whether an incursion entered the airspace of its state, according to its record."""
    if incursion.crossing not in (None, "discounted"):
        return True
    return not (incursion.zones or incursion.distance or incursion.over in _OUTSIDE)


def _is_near(boxes: tuple[Box, ...], longitude: float, latitude: float, margin: float) -> bool:
    return any(box.holds(longitude, latitude, margin) for box in boxes)


@rule(Incursion, "place_in_another_state", field="places")
def place_in_another_state(incursion: Incursion, _: Surroundings) -> Iterator[Problem]:
    """A place with the role `overflown` or `deepest` must be in the state that was entered."""
    state = incursion.state
    if state is None or not _was_inside(incursion):
        return
    for number, place in enumerate(incursion.places):
        if (
            place.role in _IN_THE_AIRSPACE
            and place.state is not None
            and place.state != state
            and sovereign_of(place.state) != sovereign_of(state)
        ):
            yield Problem(
                "place_in_another_state",
                f'a place with the role "{place.role}" is in {place.state}, but the airspace '
                f"belongs to {state}",
                ("places", number, "state"),
                context={"role": place.role, "state": place.state, "airspace": state},
            )


@rule(Incursion, "crossing_forgotten", field="places")
def crossing_forgotten(incursion: Incursion, _: Surroundings) -> Problem | None:
    """If a place has the role `entry`, `exit` or `deepest`, `crossing` must be set."""
    if incursion.crossing is not None or incursion.zones:
        return None
    for number, place in enumerate(incursion.places):
        if place.role in _AT_A_BORDER:
            return Problem(
                "crossing_forgotten",
                f'a place with the role "{place.role}" needs a `crossing`, but the '
                "incursion has none",
                ("places", number, "role"),
                context={"role": place.role},
            )
    return None


@rule(Incursion, "crossing_outside_state", field="over")
def crossing_outside_state(incursion: Incursion, _: Surroundings) -> Problem | None:
    """`over` must not be outside the state if the crossing is reported or confirmed."""
    if incursion.over in _OUTSIDE and incursion.crossing in ("reported", "confirmed"):
        return Problem(
            "crossing_outside_state",
            f'`over` is "{incursion.over}", which is outside the state, but the crossing is '
            f"{incursion.crossing}",
            ("over",),
            context={"over": incursion.over, "crossing": incursion.crossing},
        )
    return None


@rule(Zone, "zone_without_name", field="type")
def zone_without_name(zone: Zone, _: Surroundings) -> Problem | None:
    """A zone of type OTHER must have a name."""
    if zone.type == "OTHER" and zone.name is None:
        return Problem("zone_without_name", "a zone of type OTHER needs a name", ("type",))
    return None


@rule(Place, "precision_finer_than_geometry", field="precision")
def precision_finer_than_geometry(place: Place, _: Surroundings) -> Problem | None:
    """A place with the precision `exact` must have a precise position."""
    if place.precision != "exact":
        return None
    radius = _kilometres(place)
    described, suggestion = None, None
    if place.method == "centroid":
        described = "the position is only the centroid of a larger area"
    elif radius > _SIZE_OF_A_TOWN:
        described = f"the place may be {radius:.6g} km from the position"
        suggestion = "vicinity" if radius <= _VICINITY else None
    elif isinstance(place.geometry, Point) and all(
        degrees == round(degrees, _COARSE_DECIMALS) for degrees in place.geometry.coordinates[:2]
    ):
        longitude, latitude = place.geometry.coordinates[:2]
        described = f"{shown(longitude)}, {shown(latitude)} is precise only to about 10 km"
    if described is not None:
        return Problem(
            "precision_finer_than_geometry",
            f'the precision is "exact", but {described}',
            ("precision",),
            suggestion,
        )
    return None


def _kilometres(place: Place) -> float:
    """Return the minimum radius in kilometres, or 0 without a radius that has a unit."""
    radius = place.radius
    if radius is None or radius.unit is None:
        return 0
    number = radius.best if radius.min is None else radius.min
    return (number or 0) * KILOMETRES[radius.unit]
