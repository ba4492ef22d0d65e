"""The places of an incursion or a series where it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from airspace_events.models.events import ELSEWHERE

_CONSEQUENCES = frozenset({"affected"})


def scenes_of(event: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the places where an event happened.

    It did not happen at its origin, at its destination, at the base of a response, at an affected
    place such as a closed airport, or in a state other than the states concerned.

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
    """Return the number of the place in the row of an event: where it happened, if any.

    Places with coordinates come first. An incursion without a state or a zone needs a place, so an
    affected place counts if there is no other.
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
