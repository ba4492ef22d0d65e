"""The time zones of states, from the IANA time zone database."""

from collections.abc import Mapping
from functools import cache

from airspace_events.reference.tables import table
from airspace_events.reference.territories import territories_of


def zones_of(state: str) -> tuple[str, ...]:
    """Return the time zones of a state or territory, or an empty tuple if the database has none.

    >>> zones_of("PT")
    ('Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon')
    """
    return _zones().get(state, ())


@cache
def is_zone_of(zone: str, state: str) -> bool | None:
    """Return whether a time zone belongs to a state or to one of its dependent territories.

    Zones that are linked in the database have the same clocks, so linked zones also belong to the
    state. A linked zone may be an old name, or a zone of a neighbouring state.

    Returns:
        True if
    the zone belongs to the state, False if it belongs only to other states, None if unknown. "UTC"
    and "CET" belong to no state, and some states have no zone in the database.

    >>> is_zone_of("Europe/Kiev", "UA"), is_zone_of("Europe/Kyiv", "RO"), is_zone_of("UTC", "RO")
    (True, False, None)
    """
    own = [name for code in (state, *territories_of(state)) for name in zones_of(code)]
    if not own or not states_of(zone):
        return None
    return _clocks(zone) in {_clocks(name) for name in own}


def states_of(zone: str) -> tuple[str, ...]:
    """Return the states and territories that use a time zone or a zone linked with it.

    >>> states_of("Europe/Kyiv")
    ('UA',)
    """
    return _states_by_clocks().get(_clocks(zone), ())


def _clocks(zone: str) -> str:
    """Return the zone that a zone is linked to, or the zone itself."""
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
