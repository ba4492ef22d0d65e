"""The geography of states: dependent territories, approximate extents and time zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from airspace_events.reference.states import states
from airspace_events.reference.tables import table
from airspace_events.values.time import zone_named

_HOUR = timedelta(hours=1)


@cache
def territories_of(state: str) -> tuple[str, ...]:
    """Return the codes of the territories that depend on a state.

    >>> territories_of("DK")
    ('FO', 'GL')
    """
    return tuple(one.alpha_2 for one in states if one.dependent_on == state)


@cache
def sovereign_of(code: str) -> str:
    """Return the code of the state that a territory depends on; for a state, its own code."""
    return states.get(code).dependent_on or code


# Near the poles, a degree of longitude is a very short distance.
_LEAST_WIDTH = 0.1


class Box(NamedTuple):
    """A box of longitudes and latitudes, in degrees.

    Attributes:
        west: the western edge.
        south: the southern edge.
        east: the eastern edge, never less than `west`.
        north: the northern edge.
    """

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float, margin: float) -> bool:
        """Return whether a position is in the box or near it.

        Args:
            longitude: the longitude of the position.
            latitude: the latitude of the position.
            margin: the maximum distance from the box, in degrees along a great circle.
        """
        if not self.south - margin <= latitude <= self.north + margin:
            return False
        wider = margin / max(cos(radians(latitude)), _LEAST_WIDTH)
        west, east = self.west - wider, self.east + wider
        return any(
            west <= turned <= east for turned in (longitude, longitude - 360, longitude + 360)
        )


EARTH_RADIUS = 6371.0
"""The mean radius of the Earth in kilometres."""


def kilometres_between(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the great-circle distance between two positions in kilometres.

    Args:
        one: a position, as longitude and latitude in degrees.
        other: the other position.

    >>> round(kilometres_between((21.0, 52.2), (26.1, 44.4)), -1)
    950.0
    """
    (x, y), (x2, y2) = (map(radians, position[:2]) for position in (one, other))
    half = sin((y2 - y) / 2) ** 2 + cos(y) * cos(y2) * sin((x2 - x) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1, half)))


@cache
def extent_of(state: str) -> tuple[Box, ...]:
    """Return the boxes that contain a state and its dependent territories.

    Returns:
        The boxes, or an empty tuple for a territory that lies within the boxes of its state.

    >>> extent_of("RO")
    (Box(west=20.2, south=43.6, east=29.7, north=48.3),)
    """
    boxes = table_of_boxes()
    return tuple(box for code in (state, *territories_of(state)) for box in boxes.get(code, ()))


@cache
def table_of_boxes() -> dict[str, tuple[Box, ...]]:
    """Return a mapping from the codes of states and territories to their boxes."""
    rows: dict[str, list[list[float]]] = table("extents")["boxes"]
    return {code: tuple(Box(*edges) for edges in boxes) for code, boxes in rows.items()}


def zones_of(state: str) -> tuple[str, ...]:
    """Return the time zones of a state or territory, or an empty tuple if it has none.

    >>> zones_of("PT")
    ('Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon')
    """
    return _zones().get(state, ())


@cache
def is_zone_of(zone: str, state: str) -> bool | None:
    """Return whether a time zone belongs to a state or to one of its dependent territories.

    In the IANA database, linked zones always show the same time. A zone therefore also belongs to
    a state if it is linked to one of the state's zones. Such a zone may have an outdated
    name, or may be a zone of a neighbouring state.

    Returns:
        True if the zone belongs to the state, False if it belongs only to other states, None if
        unknown. "UTC" and "CET" belong to no state, and some states have no zone in the database.

    >>> is_zone_of("Europe/Kiev", "UA"), is_zone_of("Europe/Kyiv", "RO"), is_zone_of("UTC", "RO")
    (True, False, None)
    """
    own = [name for code in (state, *territories_of(state)) for name in zones_of(code)]
    if not own or not states_of(zone):
        return None
    return _clocks(zone) in {_clocks(name) for name in own}


def own_zones_of(state: str) -> tuple[str, ...]:
    """Return the time zones that only this state uses, starting with its main zone.

    If the state shares all its zones with other states, return all of them.

    >>> own_zones_of("UA"), zones_of("UA")
    (('Europe/Kyiv',), ('Europe/Kyiv', 'Europe/Simferopol'))
    """
    zones = zones_of(state)
    own = [zone for zone in zones if zone in _most() or states_of(zone) == (state,)] or zones
    return tuple(sorted(own, key=lambda zone: zone not in _most()))


@cache
def common_zone(state: str, year: int) -> str | None:
    """Return the time zone of a state, or None if its zones differed at any time in the year.

    A zone that another state also uses, such as Europe/Simferopol, does not count.

    >>> common_zone("DE", 2025), common_zone("CY", 2025), common_zone("CY", 2017)
    ('Europe/Berlin', 'Asia/Nicosia', None)
    """
    zones = own_zones_of(state)
    clocks = [zone_named(zone) for zone in zones]
    at = datetime(year, 1, 1, tzinfo=UTC)
    while zones and at.year == year:
        if len({at.astimezone(clock).utcoffset() for clock in clocks}) > 1:
            return None
        at += _HOUR
    return zones[0] if zones else None


def states_of(zone: str) -> tuple[str, ...]:
    """Return the states and territories that use a time zone or a zone that is linked to it.

    >>> states_of("Europe/Kyiv")
    ('UA',)
    """
    return _states_by_clocks().get(_clocks(zone), ())


def _clocks(zone: str) -> str:
    """Return the time zone that a zone is linked to, or the zone itself."""
    return _links().get(zone, zone)


@cache
def _states_by_clocks() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for state, zones in _zones().items():
        for clocks in dict.fromkeys(_clocks(zone) for zone in zones):
            found[clocks] = (*found.get(clocks, ()), state)
    return found


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    rows: dict[str, list[str]] = table("time_zones")["zones"]
    return {state: tuple(zones) for state, zones in rows.items()}


@cache
def _links() -> Mapping[str, str]:
    links: dict[str, str] = table("time_zones")["links"]
    return links


@cache
def _most() -> frozenset[str]:
    return frozenset(table("time_zones")["most"])
