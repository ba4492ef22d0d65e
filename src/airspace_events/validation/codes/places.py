"""What rules say of places."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "coordinates_at_zero",
        "warning",
        "The position is 0, 0, in the Gulf of Guinea: mostly a position that nobody filled in. "
        "Leave the geometry out if the place is not known.",
    ),
    Code(
        "coordinates_swapped",
        "warning",
        "The position is far from the state in which the place lies, and with longitude and "
        "latitude exchanged it is there. GeoJSON has the longitude first: exchange them.",
    ),
    Code(
        "coordinates_far_from_state",
        "warning",
        "The position is more than 5 degrees, some 550 km, from the state that the place names, "
        "or from the airspace that was entered, crossed or left there. Correct the coordinates, "
        "a lost minus sign perhaps, or the state.",
    ),
    Code(
        "place_in_another_state",
        "warning",
        "A place that was overflown, or the deepest that was reached, lies in another state than "
        "the airspace. Correct the state or the role; a crossing into that state too is an "
        "incursion of its own.",
    ),
    Code(
        "precision_finer_than_geometry",
        "warning",
        "The precision is exact, but the position is the middle of a larger area, or may be more "
        "than 10 km away, or has less than two decimals, which is some 10 km. Set the precision "
        "to what is known, such as vicinity or admin1, or give the position that is.",
    ),
    Code(
        "crossing_forgotten",
        "warning",
        "A place, a claim or a characterisation is about a border that was crossed, but the "
        "incursion has no `crossing`. Add it with the judgement of the desk, such as `reported`. "
        "If a zone was entered and no border crossed, add the zone.",
    ),
    Code(
        "crossing_outside_state",
        "warning",
        "What lay below is outside the state, but the crossing of its border is reported or "
        "confirmed. Correct `over`, or discount the crossing.",
    ),
    Code(
        "zone_without_name",
        "warning",
        "A zone of another kind has no name, so that nobody can tell what was entered. Add the "
        "name that the report gives.",
    ),
)
