"""Aerodromes by ICAO location indicator, from the package ``airportsdata``.

Install the extra ``places`` to use this module: ``pip install 'airspace-events[places]'``.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from airspace_events.arguments import check_argument
from airspace_events.errors import MissingExtraError, UnknownNameError
from airspace_events.spelling import near
from airspace_events.values.geometry import Point
from airspace_events.values.places import Place
from airspace_events.vocabulary.state_codes import StateCode

if TYPE_CHECKING:
    from airportsdata import Airport

_LONGEST = 40


class Aerodrome(NamedTuple):
    """An aerodrome from the package ``airportsdata``.

    Attributes:
        facility: the ICAO location indicator (Doc 7910).
        name: the English name.
        state: the code of the state where the aerodrome is located.
        geometry: the position, longitude first (WGS 84).
        timezone: the IANA name of the time zone.
        source: the package and version of the data.
    """

    facility: str
    name: str
    state: StateCode
    geometry: Point
    timezone: str
    source: str

    def complete(self, place: Place) -> Place:
        """Return a place with its missing fields filled in from the aerodrome.

        Fields that the place already has do not change. If the place has no position, the method
        adds the position and sets ``method`` to "geocoded". If the place has a position, its
        precision and method do not change.

        >>> gate = Place(role="affected", facility="EDDM")
        >>> done = aerodrome("EDDM").complete(gate)
        >>> done.name, done.state, done.method, done.role
        ('Munich International Airport', 'DE', 'geocoded', 'affected')
        """
        found: dict[str, Any] = {"facility": self.facility, "name": self.name, "state": self.state}
        if place.geometry is None:
            found |= {"geometry": self.geometry, "precision": "exact", "method": "geocoded"}
        lacking = {name: value for name, value in found.items() if getattr(place, name) is None}
        return place.replace(**lacking)


def aerodrome(facility: str) -> Aerodrome:
    """Return the aerodrome with an ICAO location indicator.

    Args:
        facility: the indicator in four capital letters, such as "EDDM".

    Raises:
        UnknownNameError: no aerodrome has this indicator; the error suggests similar ones.
        MissingExtraError: the extra ``places`` is not installed.

    >>> found = aerodrome("EDDM")
    >>> found.state, found.timezone, found.geometry.coordinates
    ('DE', 'Europe/Berlin', (11.7861, 48.3538))
    """
    check_argument("facility", facility, (str,), "a str with an ICAO location indicator")
    known = _aerodromes()
    row = known.get(facility)
    # Some rows have national codes, which are not valid in a record.
    if row is None or not (facility.isalpha() and facility.isascii()):
        short = facility[:_LONGEST]
        found = near(short, known, most=3)
        reason = "no aerodrome has this ICAO location indicator"
        raise UnknownNameError(short, reason, tuple(one for one in found if one.isalpha()))
    return Aerodrome(
        facility,
        row["name"],
        cast("StateCode", row["country"]),
        Point(coordinates=(row["lon"], row["lat"])),
        row["tz"],
        f"airportsdata {version('airportsdata')}",
    )


@cache
def _aerodromes() -> dict[str, Airport]:
    try:
        import airportsdata  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError as error:
        extra = "places"
        raise MissingExtraError(extra) from error
    return airportsdata.load("ICAO")
