"""The marks that a map draws for an incursion, a series or a finding.

No mark is more exact than the record. A point stands for an exact position. A less exact position
is shown as a circle or a ring. For a place without a position, the map shades its state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.values.geometry import Geometry, positions_in
from airspace_events.values.measures import KILOMETRES, ReportedQuantity
from airspace_events.values.places import Place
from airspace_events.views.card import Line, Ref, Said, joined
from airspace_events.views.page.projection import (
    EDGE,
    Drawn,
    draw_areas,
    draw_lines,
    is_round,
    ring_around,
    units_of,
    x_of,
    y_of,
)
from airspace_events.views.value_lines import given, quantity_line

Mark = Mapping[str, Any]
"""A mark in map units. ``as`` is its kind, ``label`` is a `Line`, and ``here`` is true if the
event happened at the place. The other members depend on the kind.
"""

NO_POSITION = "no position was reported"
NEAR_A_POLE = "the position is too close to a pole for the map"
TOO_LARGE = "the radius is too large for the map"
OUTSIDE = (
    "no position was reported, and no report says that the incursion was over the territory of a "
    "state"
)
CONCERNED = "several states are involved, and no report says in which of them the events happened"

_NO_POINT = MappingProxyType(
    {
        "country": "only the state is known",
        "international": "the position in international airspace is not known",
        "withheld": "the position is withheld",
    }
)
"""The reasons for not drawing points that stand for a large area, by precision."""

_VICINITY = 25.0
"""The radius of ``vicinity`` in kilometres, as the vocabulary defines it."""

_PRECISION = MappingProxyType(
    {
        "vicinity": f"within about {_VICINITY:g} km of this position",
        "admin2": "somewhere in this district",
        "admin1": "somewhere in this region",
        "linear_or_fuzzy": "somewhere in this area or along this line",
        "country": "somewhere in this state",
        "international": "in international airspace",
        "withheld": "the exact place is withheld",
    }
)

_LARGEST = 10_000.0
"""The largest radius in kilometres. A larger circle covers more than half of the earth."""


class Marks(NamedTuple):
    """The marks of a record.

    Attributes:
        marks: the marks of the places in the order of the record, then the marks of the states.
        reasons: the reasons why some places have no mark of their own.
    """

    marks: tuple[Mark, ...]
    reasons: tuple[str, ...]


def marks_of(record: Incursion | Series | Finding) -> Marks:
    """Return the marks of a record, and the reasons why some places have none.

    A state of the record or of its places is marked, unless a position in that state is drawn.
    The state of an incursion is not marked if the incursion was only reported outside it. The
    states of a series of the kind ``other`` are not marked if there are several, because they may
    be the states of the aircraft.
    """
    marks: list[Mark] = []
    reasons: list[str] = []
    is_explained = False
    drawn: set[str | None] = set()
    not_drawn: list[Place] = []
    for _, place, happened_here in places_of(record):
        shapes = list(_shapes(place))
        reasons += (shape for shape in shapes if isinstance(shape, str))
        of_place = {"label": _place_line(place), "here": happened_here}
        found = [{**shape, **of_place} for shape in shapes if not isinstance(shape, str)]
        marks += found
        if not happened_here:
            if place.state and not found:
                marks.append(_state_mark(place.state, [place], happened_here=False))
        elif found:
            drawn.add(place.state)
        else:
            is_explained = True
            not_drawn.append(place)
    # A position without a state may be in any state of the record.
    if None not in drawn:
        for state, places in _by_state(record, not_drawn).items():
            if state not in drawn:
                marks.append(_state_mark(state, places, happened_here=True))
    if not is_explained and not any(mark["here"] for mark in marks):
        reasons.append(_reason(record))
    return Marks(tuple(marks), tuple(dict.fromkeys(reasons)))


# States.


def _by_state(
    record: Incursion | Series | Finding, places: Iterable[Place]
) -> Mapping[str, Sequence[Place]]:
    """Return the states where the event happened, each with its places that are not drawn."""
    own: Sequence[str] = ()
    if isinstance(record, Series):
        own = () if _may_be_actors(record) else record.states
    elif isinstance(record, Incursion) and record.state and not _is_outside(record):
        own = (record.state,)
    found: dict[str, list[Place]] = {state: [] for state in own}
    for place in places:
        state = place.state or (own[0] if len(own) == 1 else None)
        if state and place.precision != "international":
            found.setdefault(state, []).append(place)
    return found


def _may_be_actors(record: Series) -> bool:
    """Return whether a series may list some states only because the aircraft were theirs."""
    return record.kind == "other" and len(record.states) > 1


def _reason(record: Incursion | Series | Finding) -> str:
    if isinstance(record, Series) and _may_be_actors(record):
        return CONCERNED
    return OUTSIDE if _is_outside(record) else NO_POSITION


def _is_outside(record: Incursion | Series | Finding) -> bool:
    """Return whether no report says that the incursion was over the territory of its state."""
    if not isinstance(record, Incursion) or "crossing" in record.kinds:
        return False
    here = {one.place.precision for one in places_of(record) if one.happened_here}
    return (
        record.over in ("international_waters", "another_state")
        or (record.over is None and record.kinds in _OUTSIDE)
        or here == {"international"}
    )


_OUTSIDE = (("approach",), ("adiz_entry",), ("adiz_entry", "approach"))
"""The kinds of incursions outside a territory. Identification zones are mostly over the sea."""


def _state_mark(state: str, places: Iterable[Place], *, happened_here: bool) -> Mark:
    names = joined(map(_name_line, places), by=", ")
    label: Line = ("somewhere in ", Ref(state), *((" (", *names, ")") if names else ()))
    return {"as": "state", "state": state, "label": label, "here": happened_here}


# Labels.


def _name_line(place: Place) -> Line:
    names = (place.name, place.admin2, place.admin1)
    named = joined(((Said(name),) for name in names if name), by=", ")
    return joined((given(place.role), named), by=": ")


def _place_line(place: Place) -> Line:
    radius, distance = place.radius, place.distance
    precision = None if _kilometres(radius) else _PRECISION.get(place.precision or "")
    return joined(
        (
            _name_line(place),
            given(precision),
            ("the centre of a larger area",) if place.method == "centroid" else (),
            ("radius ", *quantity_line(radius)) if radius else (),
            ("closest distance ", *quantity_line(distance)) if distance else (),
        )
    )


# Shapes.


def _shapes(place: Place) -> Iterator[Mapping[str, Any] | str]:
    """Yield the shapes of a place, and the reasons why some positions have none."""
    geometry = place.geometry
    if geometry is None:
        yield NO_POSITION
    elif not geometry.type.endswith("Point"):
        yield _path(_drawn(geometry))
    elif reason := _NO_POINT.get(place.precision or ""):
        yield reason
    else:
        for longitude, latitude, *_ in positions_in(geometry):
            yield _around(longitude, latitude, place)


def _around(longitude: float, latitude: float, place: Place) -> Mapping[str, Any] | str:
    kilometres = _kilometres(place.radius) or (_VICINITY if place.precision == "vicinity" else 0)
    if kilometres > _LARGEST:
        return TOO_LARGE
    at = {"x": round(x_of(longitude), 1), "y": round(y_of(latitude), 1)}
    if kilometres and not is_round(kilometres, latitude):
        path = _path(draw_areas([[ring_around(longitude, latitude, kilometres)]]))
        return path if isinstance(path, str) else {**path, **at}
    if abs(latitude) > EDGE:
        return NEAR_A_POLE
    if kilometres:
        return {"as": "circle", **at, "r": round(units_of(kilometres, latitude), 2)}
    return {"as": "point" if _is_exact(place) else "fuzzy", **at}


def _is_exact(place: Place) -> bool:
    lengths = (length for length in (place.radius, place.distance) if length is not None)
    return (
        place.precision in (None, "exact")
        and place.method != "centroid"
        and all(_kilometres(length) == 0 for length in lengths)
    )


def _kilometres(length: ReportedQuantity | None) -> float | None:
    """Return the largest reported value of a length in kilometres; None without a number."""
    if length is None or length.unit is None:
        return None
    numbers = (length.max, length.best, length.roughly)
    number = next((one for one in numbers if one is not None), None)
    return None if number is None else number * KILOMETRES[length.unit]


def _drawn(geometry: Geometry) -> Drawn | None:
    is_many = geometry.type.startswith("Multi")
    parts = geometry.coordinates if is_many else (geometry.coordinates,)
    return (draw_lines if geometry.type.endswith("LineString") else draw_areas)(parts)


def _path(drawn: Drawn | None) -> Mapping[str, Any] | str:
    if drawn is None:
        return NEAR_A_POLE
    return {"as": "path", "d": drawn.path, "x": drawn.x, "y": drawn.y, "isArea": drawn.is_area}
