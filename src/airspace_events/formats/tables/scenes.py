"""The places where an incursion or a series happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from airspace_events.models.base import BaseRecord
from airspace_events.models.events import ELSEWHERE, Finding, Incursion, Series
from airspace_events.values.places import Place

_CONSEQUENCES = frozenset({"affected"})


def scenes_of(event: Mapping[str, Any]) -> list[int]:
    """Return the indexes of the places where an event happened.

    These are all places except the origin, the destination, the base of a response, an affected
    place such as a closed airport, and places in states other than the states concerned.

    Args:
        event: the JSON of an incursion or a series.
    """
    places: Sequence[Mapping[str, Any]] = event.get("places") or ()
    concerned: set[str] = {*event.get("states", ()), *filter(None, [event.get("state")])}
    is_anywhere = not concerned or event.get("over") == "another_state"
    return [
        at
        for at, place in enumerate(places)
        if place.get("role") not in ELSEWHERE | _CONSEQUENCES
        and (is_anywhere or place.get("state") in {None, *concerned})
        and place.keys() - {"id"}
    ]


def shown_place(event: Mapping[str, Any]) -> int | None:
    """Return the index of the place to show in the row of an event, or None.

    The place is one where the event happened, if possible with coordinates. If there is none, an
    affected place is shown for an incursion without a state or a zone.
    """
    places: Sequence[Mapping[str, Any]] = event.get("places") or ()
    here = scenes_of(event)
    needs_place = event.get("type") == "incursion" and not (
        event.get("state") or event.get("zones")
    )
    if needs_place and not here:
        here = [
            at
            for at, place in enumerate(places)
            if place.get("role") not in ELSEWHERE and place.keys() - {"id"}
        ]
    return next((at for at in here if "geometry" in places[at]), next(iter(here), None))


class LocatedPlace(NamedTuple):
    """A place of an event.

    Attributes:
        pointer: the location of the place in the record (RFC 6901).
        place: the place.
        happened_here: whether the event happened at the place.
    """

    pointer: str
    place: Place
    happened_here: bool


def places_of(record: BaseRecord) -> list[LocatedPlace]:
    """Return the places of an incursion, a series or a finding; empty for other records."""
    if isinstance(record, Finding):
        # The place of a finding is always where the object was found, whatever its role.
        return [LocatedPlace("/place", record.place, happened_here=True)]
    if not isinstance(record, Incursion | Series) or not record.places:
        return []
    scenes = set(scenes_of(record.model_dump(mode="json", exclude_none=True)))
    return [
        LocatedPlace(f"/places/{at}", place, at in scenes)
        for at, place in enumerate(record.places)
    ]
