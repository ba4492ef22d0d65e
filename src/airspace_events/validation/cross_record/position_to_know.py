"""Speakers who are in a position to know the facts of an event.

These speakers are:

- the state concerned and its treaty alliances,
- the actors that detected the incursion, responded to it or checked it,
- the states to which the incursion is attributed, or whose markings an object has,
- the authorities and officials of these states, alliances and actors.

Other states, media and companies only repeat reports, unless the record says that they detected
the incursion, responded to it or checked it themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from airspace_events.models.events import Incursion
from airspace_events.reference.alliances import alliances
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.validation.cross_record.affiliations import Affiliations
from airspace_events.validation.cross_record.said_of_record import Said


def is_borne_out(incursion: Incursion, said: Said, affiliations: Affiliations) -> bool:
    """Return whether the intruder or two speakers in a position to know affirm an incursion.

    Several speakers of the same state or alliance count once.
    """
    voices = said.crossing_voices if incursion.crossing == "confirmed" else said.voices
    if not voices:
        return False
    marked = {one.nationality for one in incursion.objects if one.nationality}
    intruders = (marked | said.accused) - {incursion.state}
    known = intruders | _witnesses(incursion)
    found: set[str] = set()
    for voice in voices:
        bodies = affiliations.bodies_of(voice)
        if not intruders.isdisjoint(bodies):
            return True
        if not known.isdisjoint(bodies) or _defends(bodies, incursion):
            found.add(bodies[-1])
    return len(found) > 1


def _witnesses(incursion: Incursion) -> set[str]:
    """Return the state concerned, and the actors behind the detection, responses and checks."""
    found = {*incursion.detected_by}
    if incursion.state is not None:
        found.add(incursion.state)
    found.update(actor for response in incursion.responses for actor in response.by)
    for flown in incursion.objects:
        found.update(actor for fate in flown.fates for actor in fate.by)
        found.update(flown.checked.by if flown.checked else ())
    return found


def _defends(bodies: Iterable[str], incursion: Incursion) -> bool:
    """Return whether a treaty alliance of the state concerned is among the bodies."""
    if incursion.state is None:
        return False
    for name in RESERVED_ALLIANCES.intersection(bodies):
        found = alliances.get(name)
        if found.kind == "treaty_alliance" and found.is_member(incursion.state, incursion.time):
            return True
    return False
