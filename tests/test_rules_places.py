"""The rules about places: what must stay silent, and the borders."""

import json
from io import BytesIO
from typing import Any

import pytest

import airspace_events as ae

HEADER = '{"type":"feed","schema_version":"1.0"}'
SOURCE = {
    "type": "source",
    "id": "a-report",
    "kind": "news_report",
    "publisher": "A made-up newsroom",
    "language": "en",
}
INCURSION = {
    "type": "incursion",
    "id": "an-incursion",
    "crossing": "reported",
    "time": {"value": "2024-09-07"},
    "sources": [{"source": "a-report"}],
}


def notices(record: dict[str, Any]) -> tuple[ae.Notice, ...]:
    lines = [HEADER, json.dumps(SOURCE), json.dumps(record)]
    return ae.validate(BytesIO("\n".join(lines).encode())).notices


def codes(concerned: str = "LV", **place: Any) -> list[str]:
    record = INCURSION | {"state": concerned, "places": [place]}
    return [notice.code for notice in notices(record)]


def point(*position: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": position}


RIGHT, SWAPPED, FAR = point(27.41, 56.32), point(56.32, 27.41), point(-27.41, 56.32)
COORDINATES = ("coordinates_swapped", "coordinates_far_from_state")


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ({"geometry": RIGHT}, None),
        ({"geometry": SWAPPED}, 0),
        ({"geometry": SWAPPED, "state": "LV"}, 0),
        ({"geometry": point(58.5, 24)}, 0),  # over the sea along the coast
        ({"geometry": point(59.1, 24)}, None),  # farther out
        ({"geometry": SWAPPED, "state": "IR"}, None),
        ({"geometry": SWAPPED, "state": "LV", "precision": "international"}, None),
        ({"geometry": FAR, "state": "LV"}, 1),
        ({"geometry": FAR, "role": "entry"}, 1),
        ({"geometry": FAR, "role": "overflown"}, 1),
        ({"geometry": FAR}, None),  # nobody says that it is in the state
        ({"geometry": FAR, "role": "affected"}, None),
        ({"geometry": FAR, "role": "crashed"}, None),
        ({"geometry": point(27.41, 60.2), "state": "LV"}, None),  # 2.1 degrees off
        ({"geometry": point(27.41, 63.0), "state": "LV"}, None),  # 4.9
        ({"geometry": point(27.41, 63.2), "state": "LV"}, 1),  # 5.1
        ({"geometry": point(0, 0), "state": "LV"}, None),  # told by another rule
        ({"geometry": point(-52.6, 5.16), "state": "FR"}, None),  # Guiana
        ({"geometry": point(55.5, -21.1), "state": "RE"}, None),  # no box of its own
        ({"geometry": point(-51.7, 64.2), "state": "DK"}, None),  # Greenland
        ({"geometry": point(-179.9, 66.1), "state": "RU"}, None),
        ({"geometry": point(179.9, 66.1), "state": "US"}, None),  # the Aleutian sea is near
        ({"geometry": point(34.1, 44.95), "state": "UA"}, None),
        ({"geometry": point(34.1, 44.95), "state": "RU"}, None),
    ],
)
def test_coordinates_lie_where_the_state_is(place: dict[str, Any], found: int | None) -> None:
    found_codes = [code for code in codes(**place) if code in COORDINATES]
    assert found_codes == ([] if found is None else [COORDINATES[found]])


def test_the_swapped_pair_is_suggested_with_its_elevation() -> None:
    place = {"geometry": point(56.32, 27.41, 120.5)}
    record = INCURSION | {"state": "LV", "places": [place]}
    notice = notices(record)[0]
    assert notice.suggestion == "[27.41, 56.32, 120.5]"
    assert notice.pointer == "/places/0/geometry/coordinates"


@pytest.mark.parametrize(
    ("kind", "coordinates", "found"),
    [
        ("MultiPoint", [[27.4, 56.3], [56.3, 27.4]], None),
        ("MultiPoint", [[56.3, 27.4], [27.4, 56.3]], None),
        ("LineString", [[56.3, 27.4], [56.4, 27.5]], 0),
        ("LineString", [[-27.4, 56.3], [27.4, 56.3]], None),
        ("LineString", [[-27.4, 56.3], [-27.5, 56.3]], 1),
        ("Polygon", [[[56, 27], [57, 27], [57, 26], [56, 27]]], 0),
        ("MultiPolygon", [[[[27, 56], [27, 57], [26, 57], [27, 56]]]], None),
    ],
)
def test_all_positions_must_be_elsewhere(
    kind: str, coordinates: list[Any], found: int | None
) -> None:
    place = {"geometry": {"type": kind, "coordinates": coordinates}, "state": "LV"}
    assert codes(**place) == ([] if found is None else [COORDINATES[found]])


def test_the_first_position_is_told() -> None:
    line = {"type": "LineString", "coordinates": [[-27.4, 56.3], [-28.5, 56.4]]}
    place = {"geometry": line, "state": "LV"}
    [notice] = notices(INCURSION | {"state": "LV", "places": [place]})
    assert notice.context == {"longitude": -27.4, "latitude": 56.3, "state": "LV"}


def test_a_height_makes_nothing_of_the_zeros() -> None:
    assert codes(geometry=point(0, 0)) == ["coordinates_at_zero"]
    assert codes(geometry=point(0, 0, 120)) == ["coordinates_at_zero"]
    assert codes(geometry=point(0, 0.5)) == []


def test_what_fits_both_ways_round_is_not_swapped() -> None:
    places = {"geometry": {"type": "MultiPoint", "coordinates": [[37, 28], [40, 40]]}}
    assert codes(**places, state="TR") == []


def test_a_find_without_a_state_can_lie_anywhere() -> None:
    find = {
        "type": "finding",
        "id": "a-find",
        "found": {"value": "2024-09-07"},
        "sources": [{"source": "a-report"}],
    }
    assert notices(find | {"place": {"geometry": SWAPPED}}) == ()
    found = notices(find | {"place": {"geometry": SWAPPED, "state": "LV"}})
    assert [notice.code for notice in found] == ["coordinates_swapped"]


@pytest.mark.parametrize(
    ("airspace", "role", "state", "found"),
    [
        ("LV", "overflown", "LT", True),
        ("LV", "deepest", "LT", True),
        ("LV", "deepest", "RO", True),
        ("LV", "deepest", "LV", False),
        ("LV", "entry", "BY", False),
        ("LV", "exit", "LT", False),
        ("LV", "detected", "BY", False),
        ("LV", "lost", "LT", False),
        ("LV", "crashed", "LT", False),
        ("LV", "affected", "LT", False),
        ("LV", None, "LT", False),
        ("LV", "deepest", None, False),
        ("DK", "deepest", "FO", False),
        ("GL", "overflown", "DK", False),
        ("GL", "overflown", "FO", False),
    ],
)
def test_what_was_overflown_is_in_the_state(
    airspace: str,
    role: str | None,
    state: str | None,
    found: bool,  # noqa: FBT001
) -> None:
    assert codes(airspace, role=role, state=state) == ["place_in_another_state"] * found


@pytest.mark.parametrize(
    ("place", "found", "suggestion"),
    [
        ({"method": "centroid"}, True, None),
        ({"method": "geocoded"}, False, None),
        ({"radius": {"best": 10, "unit": "km"}}, False, None),
        ({"radius": {"best": 10001, "unit": "m"}}, True, "vicinity"),
        ({"radius": {"best": 13, "unit": "NM"}}, True, "vicinity"),
        ({"radius": {"best": 26, "unit": "km"}}, True, None),
        ({"radius": {"min": 5, "best": 26, "unit": "km"}}, False, None),
        ({"radius": {"best": 25, "unit": "km"}}, True, "vicinity"),
        # Ten kilometres are 32,808 ft, 5.4 NM and 6.2 mi.
        ({"radius": {"best": 32_000, "unit": "ft"}}, False, None),
        ({"radius": {"best": 33_000, "unit": "ft"}}, True, "vicinity"),
        ({"radius": {"best": 5.3, "unit": "NM"}}, False, None),
        ({"radius": {"best": 5.5, "unit": "NM"}}, True, "vicinity"),
        ({"radius": {"best": 6.1, "unit": "mi"}}, False, None),
        ({"radius": {"best": 6.3, "unit": "mi"}}, True, "vicinity"),
        ({"radius": {"max": 26, "unit": "km"}}, False, None),
        ({"radius": {"verbatim": "miles around"}}, False, None),
        ({"geometry": point(27.4, 56.3)}, True, None),
        ({"geometry": point(27.4, 56.32)}, False, None),
        ({"geometry": point(27.41, 56)}, False, None),
        ({"geometry": point(27.46, 56.37)}, False, None),
        ({"geometry": {"type": "MultiPoint", "coordinates": [[27, 56]]}}, False, None),
    ],
)
def test_what_is_exact_is_known_so(
    place: dict[str, Any],
    found: bool,  # noqa: FBT001
    suggestion: str | None,
) -> None:
    record = INCURSION | {"state": "LV"}
    found_notices = notices(record | {"places": [{"precision": "exact", **place}]})
    assert [notice.code for notice in found_notices] == ["precision_finer_than_geometry"] * found
    assert [notice.suggestion for notice in found_notices] == [suggestion] * found
    assert notices(record | {"places": [{"precision": "vicinity", **place}]}) == ()


# Incursions that were not inside the state concerned.

UNJUDGED = {name: value for name, value in INCURSION.items() if name != "crossing"}
ADIZ = {"type": "ADIZ", "entry": "reported"}


@pytest.mark.parametrize(
    ("fields", "is_inside"),
    [
        ({"crossing": "reported"}, True),
        ({"crossing": "disputed", "zones": [ADIZ]}, True),
        ({}, True),
        ({"over": "land"}, True),
        ({"crossing": "discounted", "zones": [ADIZ]}, False),
        ({"zones": [ADIZ]}, False),
        ({"over": "international_waters"}, False),
        ({"over": "another_state"}, False),
        ({"distance": {"best": 3, "unit": "km"}}, False),
    ],
)
def test_only_what_was_inside_lies_in_the_state(
    fields: dict[str, Any], *, is_inside: bool
) -> None:
    record = UNJUDGED | {"state": "LV"} | fields
    abroad = {"role": "overflown", "state": "LT"}
    found = [notice.code for notice in notices(record | {"places": [abroad]})]
    assert found == ["place_in_another_state"] * is_inside
    far = {"role": "overflown", "geometry": FAR}
    found = [notice.code for notice in notices(record | {"places": [far]})]
    assert found == ["coordinates_far_from_state"] * is_inside


@pytest.mark.parametrize("role", ["origin", "destination", "response_base"])
def test_a_base_or_an_origin_can_lie_anywhere(role: str) -> None:
    assert codes(role=role, geometry=SWAPPED) == []
    assert codes(role=role, geometry=SWAPPED, state="LV") == ["coordinates_swapped"]


def test_without_a_state_a_place_can_lie_anywhere() -> None:
    for place in ({"role": "overflown", "geometry": FAR}, {"role": "overflown", "state": "LT"}):
        assert notices(UNJUDGED | {"places": [place]}) == ()


# Borders.


@pytest.mark.parametrize(
    ("role", "is_forgotten"),
    [
        ("entry", True),
        ("exit", True),
        ("deepest", True),
        ("overflown", False),
        ("crashed", False),
        ("origin", False),
        (None, False),
    ],
)
def test_a_place_at_a_border_needs_a_crossing(role: str | None, *, is_forgotten: bool) -> None:
    place = {"name": "somewhere", "role": role}
    record = UNJUDGED | {"state": "LV", "places": [{"name": "first"}, place, place]}
    found = notices(record)
    assert [(one.code, one.pointer) for one in found] == [
        ("crossing_forgotten", "/places/1/role")
    ] * is_forgotten
    assert notices(record | {"crossing": "discounted"}) == ()
    assert notices(record | {"zones": [ADIZ]}) == ()


@pytest.mark.parametrize(
    ("over", "crossing", "is_odd"),
    [
        ("international_waters", "reported", True),
        ("another_state", "confirmed", True),
        ("international_waters", "suspected", False),
        ("international_waters", "disputed", False),
        ("another_state", "discounted", False),
        ("another_state", None, False),
        ("territorial_sea", "confirmed", False),
        ("mixed", "reported", False),
    ],
)
def test_what_stayed_outside_crossed_no_border(
    over: str, crossing: str | None, *, is_odd: bool
) -> None:
    record = UNJUDGED | {"state": "LV", "over": over, "crossing": crossing}
    found = [(one.code, one.pointer) for one in notices(record)]
    assert {code for code, _ in found} <= {"confirmed_by_one_source", "crossing_outside_state"}
    assert (("crossing_outside_state", "/over") in found) is is_odd


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ({"type": "OTHER"}, ["zone_without_name"]),
        ({"type": "OTHER", "name": "A closed zone"}, []),
        ({"type": "R"}, []),
    ],
)
def test_only_its_name_tells_what_another_zone_is(
    zone: dict[str, str], expected: list[str]
) -> None:
    record = UNJUDGED | {"zones": [ADIZ, {**zone, "entry": "reported"}]}
    assert [notice.code for notice in notices(record)] == expected
