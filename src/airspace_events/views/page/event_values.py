"""The values of events that a page shows in a few words: titles, kinds, places and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from airspace_events.dossier.dossier import Event
from airspace_events.dossier.events import status_of
from airspace_events.dossier.histories import time_of
from airspace_events.dossier.tallies import addends_of
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.events import ELSEWHERE, Finding, Incursion, Series
from airspace_events.values.geometry import Point
from airspace_events.values.places import Place
from airspace_events.views.card import Line, Said, joined
from airspace_events.views.record_card import route_line
from airspace_events.views.value_lines import (
    count_line,
    given,
    names_line,
    object_line,
    quantity_line,
    refs_line,
    said,
    spoken,
    totals_lines,
    zone_line,
)

KIND_WORDS: Mapping[str, str] = {
    "crossing": "border crossing",
    "adiz_entry": "entry into an air defence identification zone",
    "zone_entry": "entry into another zone",
    "approach": "approach to a border",
    "sighting": "sighting inside a state",
    "mistaken": "mistaken sighting",
    "nothing": "did not happen",
    "": "kind not recorded",
}
"""The words for the kinds of incursions, and for incursions without a kind."""

_PRECISION_WORDS: Mapping[str, str] = {
    "exact": "exact position",
    "vicinity": "approximate position",
    "admin2": "only the district is known",
    "admin1": "only the region is known",
    "country": "only the state is known",
    "linear_or_fuzzy": "position not exact",
    "international": "international waters or airspace",
    "withheld": "position withheld",
}
_SHOWS_POSITION = frozenset({"exact", "vicinity", None})
"""The precisions of positions that are shown as coordinates; other points stand for an area."""


def time_order(event: Event) -> tuple[bool, Any, str]:
    """Return a key to sort events by time; events without a time come last."""
    time = time_of(event)
    return (time is None, time.sort_key if time else (), event.id)


def title_of(event: Event, names: Mapping[str, str]) -> str:
    """Return the title of an event, or else one made from its kinds, objects, place and states.

    Args:
        event: the event.
        names: the names of states by code.
    """
    title: str | None = getattr(event, "title", None)
    if title and title.strip():
        return title
    nouns = {"unidentified": "unidentified object"}
    objects = ", ".join(nouns.get(one, spoken(one)) for one in categories_of(event))
    if isinstance(event, Finding):
        what = f"Finding: {objects or 'object'}"
    else:
        words = {**KIND_WORDS, "sighting": "sighting"}  # the title has the state
        kinds = ", ".join(words[kind] for kind in getattr(event, "kinds", ()))
        plain = "series of events" if isinstance(event, Series) else "incident"
        what = ": ".join(filter(None, (kinds, objects))) or plain
    here = (it.place for it in places_of(event) if it.happened_here)
    places = {one.name or one.admin2 or one.admin1 for one in here} - {None}
    states = (names.get(code, code) for code in states_of(event))
    where = dict.fromkeys((*(places if len(places) == 1 else ()), *states))
    return ", ".join((what[:1].upper() + what[1:], *filter(None, where)))


def kinds_of(event: Event) -> list[str]:
    """Return the kinds of an incursion, or else the type of the event."""
    return list(event.kinds) or [""] if isinstance(event, Incursion) else [event.type]


def states_of(event: Event) -> list[str]:
    """Return the codes of the states that an event concerns."""
    if isinstance(event, Series):
        return list(event.states)
    code = event.state if isinstance(event, Incursion) else event.place.state
    return [code] if code else []


def reported_places(event: Event) -> Sequence[Place]:
    """Return all places of an event, including those of its origin and consequences."""
    return (event.place,) if isinstance(event, Finding) else event.places


def categories_of(event: Event) -> list[str]:
    """Return the categories of an event's objects, without repetitions."""
    if isinstance(event, Finding):
        return [event.category] if event.category else []
    return list(dict.fromkeys(one.category for one in event.objects if one.category))


def number_of(event: Event) -> list[int | None]:
    """Return the minimum and maximum number of incidents in an event; None means not known.

    Series, findings and discounted incursions count as zero.
    """
    if not isinstance(event, Incursion) or status_of(event) == "discounted":
        return [0, 0]
    number = addends_of(event)[0].incursions
    return [number.min, number.max]


def where_line(event: Event) -> Line:
    """Return the states of an event, and the names of the places where it happened."""
    here = [one.place for one in places_of(event) if one.happened_here]
    states: Sequence[str | None] = states_of(event)
    if not states:
        here = here or [one for one in reported_places(event) if one.role not in ELSEWHERE]
        states = list(dict.fromkeys(one.state for one in here))
    names = dict.fromkeys(one.name or one.admin2 or one.admin1 for one in here)
    named = joined(((Said(name),) for name in names if name), by=", ")
    positions = filter(None, map(_coordinates, here))
    return joined((refs_line(states), named), by=": ") or next(positions, ("place not recorded",))


def headline_of(event: Event) -> Iterator[tuple[str, list[Line]]]:
    """Yield the label and the line of each value that the desk judged, if it is not empty."""
    states = states_of(event)
    places = (_place_line(place, states) for place in reported_places(event))
    for label, lines in (("Places", places), *_values_of(event)):
        if given_lines := [line for line in lines if line]:
            yield label, given_lines


def _values_of(event: Event) -> Iterator[tuple[str, Iterable[Line]]]:
    if isinstance(event, Finding):
        yield "How many", [count_line(event.count)]
        yield "Condition", [given(event.condition)]
        what = (given(event.category), said(event.designation), given(event.payload, "payload: "))
        yield "From", [joined(what)]
        yield "Found by", [refs_line(event.found_by)]
        yield "Handling", [names_line(event.handling)]
        return
    if isinstance(event, Incursion):
        yield "Status", [_status_line(event)]
        yield "Detected by", [refs_line(event.detected_by)]
        yield "Over", [given(event.over)]
        yield "Zones", map(zone_line, event.zones)
        yield "Route", [route_line(event)]
    else:
        yield "Kind", [(spoken(event.kind),)]
        yield "How often", [said(event.frequency)]
    yield "Totals", totals_lines(event.totals)
    yield "Objects", map(object_line, event.objects)


def _status_line(incursion: Incursion) -> Line:
    judgements = (
        given(incursion.occurrence, "it happened: "),
        given(incursion.crossing, "the border was crossed: "),
        ("several incidents, recorded as one",) if incursion.scope == "aggregate" else (),
    )
    return joined(judgements, by=", ") or ("no status given",)


def _place_line(place: Place, states: Sequence[str]) -> Line:
    """Return the line for a place; its state is left out if it is a state of the event."""
    names = (place.name, place.admin2, place.admin1)
    position = _coordinates(place)
    where = joined(
        (
            *((Said(name),) for name in dict.fromkeys(names) if name),
            given(place.facility),
            refs_line((place.state,)) if place.state not in states else (),
            position,
        ),
        by=", ",
    )
    facts = joined(
        (
            (spoken(place.role),) if place.role else (),
            (_PRECISION_WORDS[place.precision],) if place.precision else (),
            ("centre of a larger area",) if position and place.method == "centroid" else (),
            (*quantity_line(place.radius), " around the position") if place.radius else (),
            ("closest distance ", *quantity_line(place.distance)) if place.distance else (),
        ),
        by=", ",
    )
    return (*where, *((" (" if where else "(", *facts, ")") if facts else ()))


def _coordinates(place: Place) -> Line:
    if not isinstance(place.geometry, Point) or place.precision not in _SHOWS_POSITION:
        return ()
    east, north, *_ = place.geometry.coordinates
    sides = "N" if north >= 0 else "S", "E" if east >= 0 else "W"
    # Decimal numbers keep all digits and have no exponent.
    digits = (f"{Decimal(str(abs(number))).normalize():f}" for number in (north, east))
    return (" ".join(f"{number}° {side}" for number, side in zip(digits, sides, strict=True)),)
