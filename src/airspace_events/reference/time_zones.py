"""Which time zones are those of which state, by the IANA time zone database."""

from collections.abc import Mapping
from functools import cache

from airspace_events.reference.tables import table
from airspace_events.reference.territories import territories_of


def zones_of(state: str) -> tuple[str, ...]:
    """The time zones of a state or territory; none for one that has none in the database.

    >>> zones_of("PT")
    ('Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon')
    """
    return _zones().get(state, ())


@cache
def is_zone_of(zone: str, state: str) -> bool | None:
    """Whether a time zone is one of a state, or of a territory that depends on it.

    Zones that the database links keep the same clocks, so an old name, or a neighbour's zone
    that is linked with the state's, is one of the state.

    Returns:
        True if it is one, False if it is one of other states only, and None if that cannot be
        told: "UTC" and "CET" are of no state, and some states have no zone in the database.

    >>> is_zone_of("Europe/Kiev", "UA"), is_zone_of("Europe/Kyiv", "RO"), is_zone_of("UTC", "RO")
    (True, False, None)
    """
    own = [name for code in (state, *territories_of(state)) for name in zones_of(code)]
    if not own or not states_of(zone):
        return None
    return _clocks(zone) in {_clocks(name) for name in own}


def states_of(zone: str) -> tuple[str, ...]:
    """The states and territories in which a time zone, or one that it is linked with, is kept.

    >>> states_of("Europe/Kyiv")
    ('UA',)
    """
    return _states_by_clocks().get(_clocks(zone), ())


def _clocks(zone: str) -> str:
    """The zone to which a zone is linked, or itself."""
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
