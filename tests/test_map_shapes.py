"""Tests of the marks that a map draws for records."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.reference.geography import kilometres_between
from airspace_events.testing.strategies import values_of
from airspace_events.views.card import Said
from airspace_events.views.page.map_shapes import (
    CONCERNED,
    NEAR_A_POLE,
    NO_POSITION,
    OUTSIDE,
    TOO_LARGE,
    Mark,
    marks_of,
)
from airspace_events.views.page.projection import WORLD, ring_around, units_of, x_of, y_of
from one_incursion import incursion
from svg_paths import holds

REZEKNE = (27.33, 56.51)
POINT = {"type": "Point", "coordinates": REZEKNE}


def marks_at(*places: Mapping[str, Any], **fields: Any) -> tuple[Mark, ...]:
    return marks_of(incursion(places=places, **fields)).marks


def kinds_at(*places: Mapping[str, Any], **fields: Any) -> list[str]:
    return [mark["as"] for mark in marks_at(*places, **fields)]


def reasons_at(*places: Mapping[str, Any], **fields: Any) -> tuple[str, ...]:
    return marks_of(incursion(places=places, **fields)).reasons


def text_of(mark: Mark) -> str:
    return "".join(mark["label"])


def lines_of(path: str) -> list[list[tuple[float, float]]]:
    """Return the points of each part of a path with absolute positions."""
    lines: list[list[tuple[float, float]]] = []
    for part in path.split("M")[1:]:
        numbers = [float(one) for one in part.removesuffix("z").split()]
        lines.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return lines


def is_covered(path: str, longitude: float, latitude: float) -> bool:
    """Return whether an area or a copy of it to the east or west contains a position."""
    rings = [[*line, line[0]] for line in lines_of(path)]
    y = y_of(latitude)
    return any(holds(rings, x_of(longitude) + turn, y) for turn in (-WORLD, 0, WORLD))


# The precision of a mark.


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "point"),
        ({"precision": "exact"}, "point"),
        ({"method": "stated"}, "point"),
        ({"precision": "vicinity"}, "circle"),
        ({"precision": "admin2"}, "fuzzy"),
        ({"precision": "admin1"}, "fuzzy"),
        ({"precision": "linear_or_fuzzy"}, "fuzzy"),
        ({"precision": "country"}, "state"),
        ({"precision": "withheld"}, "state"),
        ({"method": "centroid"}, "fuzzy"),
        ({"precision": "exact", "method": "centroid"}, "fuzzy"),
        ({"radius": {"best": 5, "unit": "km"}}, "circle"),
        ({"radius": {"best": 0, "unit": "km"}}, "point"),
        ({"radius": {"verbatim": "a few kilometres"}}, "fuzzy"),
        ({"radius": {"min": 5, "unit": "km"}}, "fuzzy"),
        ({"precision": "admin1", "radius": {"best": 5, "unit": "km"}}, "circle"),
        ({"precision": "country", "radius": {"best": 5, "unit": "km"}}, "state"),
        ({"distance": {"best": 5, "unit": "km"}}, "fuzzy"),
        ({"distance": {"best": 0, "unit": "km"}}, "point"),
    ],
)
def test_mark_is_as_exact_as_the_place(fields: Mapping[str, Any], kind: str) -> None:
    (mark,) = marks_at({"geometry": POINT, **fields})
    assert mark["as"] == kind
    if kind != "state":
        assert (mark["x"], mark["y"]) == pytest.approx((x_of(27.33), y_of(56.51)), abs=0.1)


@pytest.mark.parametrize(
    ("radius", "kilometres"),
    [
        ({"max": 3, "best": 2, "unit": "km"}, 3),
        ({"best": 10, "unit": "NM"}, 18.52),
        ({"roughly": 5, "unit": "mi"}, 8.04672),
        ({"min": 1, "max": 4000, "unit": "m"}, 4),
        ({"max": 10_000, "unit": "ft"}, 3.048),
    ],
)
def test_radius_of_a_circle_is_the_largest_reported_number(
    radius: Mapping[str, Any], kilometres: float
) -> None:
    (mark,) = marks_at({"geometry": POINT, "precision": "vicinity", "radius": radius})
    assert mark["r"] == pytest.approx(units_of(kilometres, REZEKNE[1]), abs=0.01)
    assert "25 km" not in text_of(mark)


def test_circle_has_the_radius_on_the_map_that_it_has_on_the_earth() -> None:
    (mark,) = marks_at({"geometry": POINT, "precision": "vicinity"})
    east = x_of(27.33) + mark["r"]
    longitude = east / WORLD * 360 - 180
    assert kilometres_between(REZEKNE, (longitude, 56.51)) == pytest.approx(25, rel=0.01)


def test_several_points_have_a_mark_each() -> None:
    geometry = {"type": "MultiPoint", "coordinates": (REZEKNE, (26.5, 55.9))}
    assert kinds_at({"geometry": geometry}) == ["point", "point"]
    assert kinds_at({"geometry": geometry, "precision": "vicinity"}) == ["circle", "circle"]


def test_label_says_what_the_mark_means() -> None:
    place = {"name": "Rēzekne", "role": "crashed", "geometry": POINT, "precision": "vicinity"}
    (mark,) = marks_at(place)
    assert text_of(mark) == "crashed: Rēzekne; within about 25 km of this position"
    assert [piece for piece in mark["label"] if isinstance(piece, Said)] == ["Rēzekne"]
    (mark,) = marks_at({"geometry": POINT, "radius": {"verbatim": "near"}})
    assert text_of(mark) == 'radius "near", no number given'


# States.


def test_place_without_a_position_marks_its_state() -> None:
    found = marks_of(incursion(places=[{"name": "Rēzekne"}]))
    (mark,) = found.marks
    assert (mark["as"], mark["state"], mark["here"]) == ("state", "LV", True)
    assert text_of(mark) == "somewhere in LV (Rēzekne)"
    assert found.reasons == (NO_POSITION,)


def test_state_is_not_marked_beside_a_position_in_it() -> None:
    assert kinds_at({"geometry": POINT}, {"name": "Ludza"}) == ["point"]
    assert kinds_at({"geometry": POINT, "state": "LV"}, {"name": "Ludza"}) == ["point"]


def test_origin_is_not_where_it_happened() -> None:
    origin = {"role": "origin", "state": "RU", "name": "Kursk"}
    assert [(mark["state"], mark["here"]) for mark in marks_at(origin)] == [
        ("RU", False),
        ("LV", True),
    ]
    exact = {**origin, "geometry": {"type": "Point", "coordinates": (36.2, 51.7)}}
    assert [(mark["as"], mark["here"]) for mark in marks_at(exact)] == [
        ("point", False),
        ("state", True),
    ]


def test_each_state_of_a_series_is_marked() -> None:
    source = ({"source": "unn-lv"},)
    series = ae.Series(
        id="s", title="s", kind="repeated_incursions", states=("LV", "RO"), sources=source
    )
    assert [mark["state"] for mark in marks_of(series).marks] == ["LV", "RO"]
    in_latvia = series.replace(places=(ae.Place(geometry=POINT, state="LV"),))
    assert [mark["as"] for mark in marks_of(in_latvia).marks] == ["point", "state"]
    assert marks_of(in_latvia).marks[1]["state"] == "RO"


def test_states_of_other_series_are_not_where_it_happened() -> None:
    source = ({"source": "unn-lv"},)
    joint = ae.Series(id="s", title="s", kind="other", states=("CN", "KR"), sources=source)
    assert marks_of(joint) == ((), (CONCERNED,))
    in_one = joint.replace(states=("DE",))
    assert [mark["state"] for mark in marks_of(in_one).marks] == ["DE"]
    at_a_place = joint.replace(places=(ae.Place(state="KR", name="Dokdo"),))
    assert [mark["state"] for mark in marks_of(at_a_place).marks] == ["KR"]


@pytest.mark.parametrize(
    "fields",
    [
        {"over": "international_waters"},
        {"over": "another_state"},
        {"distance": {"best": 5, "unit": "km"}},
        {"zones": [{"type": "ADIZ", "entry": "reported"}]},
    ],
)
def test_incursion_outside_the_state_does_not_mark_it(fields: Mapping[str, Any]) -> None:
    found = marks_of(incursion(crossing=None, **fields))
    assert found == ((), (OUTSIDE,))


def test_incursion_over_another_state_marks_the_other_state() -> None:
    marks = marks_at({"state": "UA"}, crossing=None, over="another_state")
    assert [(mark["state"], mark["here"]) for mark in marks] == [("UA", True)]


@pytest.mark.parametrize("state", [None, "LV"])
def test_point_that_stands_for_international_airspace_is_not_drawn(state: str | None) -> None:
    place = {"geometry": POINT, "precision": "international", "state": state}
    found = marks_of(incursion(places=[place], crossing=None))
    assert found == ((), ("the position in international airspace is not known",))


# Lines and areas.


def test_line_across_the_antimeridian_is_drawn_on_both_sides() -> None:
    line = {"type": "LineString", "coordinates": ((170, 60), (-170, 62), (-160, 62))}
    (mark,) = marks_at({"geometry": line})
    east, west = lines_of(mark["d"])
    assert east[0][0] == pytest.approx(x_of(170), abs=0.1)
    assert east[-1][0] == pytest.approx(x_of(190), abs=0.1)
    assert west[0][0] == pytest.approx(x_of(-190), abs=0.1)
    assert west[-1][0] == pytest.approx(x_of(-160), abs=0.1)
    assert not mark["isArea"]


def test_line_along_the_antimeridian_has_no_streak() -> None:
    line = {"type": "LineString", "coordinates": ((175, 60), (180, 60), (-180, 61), (-175, 61))}
    (mark,) = marks_at({"geometry": line})
    steps = [abs(b[0] - a[0]) for part in lines_of(mark["d"]) for a, b in pairwise(part)]
    assert max(steps) < x_of(-170)


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


@pytest.mark.parametrize(
    ("rings", "inside", "outside"),
    [
        ([box(26, 56, 28, 57)], [(27, 56.5)], [(29, 56.5), (27, 57.5)]),
        ([box(170, 50, -170, 60)], [(175, 55), (-175, 55)], [(165, 55), (0, 55), (-165, 55)]),
        (
            [box(170, 50, -170, 60), box(-178, 53, -172, 56)],
            [(175, 55), (-171, 55)],
            [(-175, 55)],
        ),
        ([box(-180, 50, 180, 60)], [(0, 55), (179, 55), (-179, 55)], [(0, 45), (0, 65)]),
        (
            [[(0, 70), (120, 70), (-120, 70), (0, 70)]],
            [(0, 75), (100, 84), (-179, 72)],
            [(0, 60), (179, 65)],
        ),
        (
            [[(0, -70), (-120, -70), (120, -70), (0, -70)]],
            [(0, -75), (-100, -84), (179, -72)],
            [(0, -60), (0, 75)],
        ),
        (
            [
                [(0, 60), (120, 60), (-120, 60), (0, 60)],
                [(50, 80), (-70, 80), (170, 80), (50, 80)],
            ],
            [(0, 70), (179, 65), (-179, 79)],
            [(0, 82), (60, 84), (0, 55)],
        ),
    ],
)
def test_area_covers_what_is_inside(
    rings: Sequence[Sequence[tuple[float, float]]],
    inside: Sequence[tuple[float, float]],
    outside: Sequence[tuple[float, float]],
) -> None:
    for given_rings in (rings, [ring[::-1] for ring in rings]):
        (mark,) = marks_at({"geometry": {"type": "Polygon", "coordinates": given_rings}})
        assert mark["isArea"]
        assert all(is_covered(mark["d"], *position) for position in inside)
        assert not any(is_covered(mark["d"], *position) for position in outside)


def test_line_around_the_world_is_drawn() -> None:
    line = {"type": "LineString", "coordinates": ((-180, 60), (180, 60))}
    (mark,) = marks_at({"geometry": line})
    assert [[x for x, _ in part] for part in lines_of(mark["d"])] == [[0, WORLD]]


@pytest.mark.parametrize(
    "longitudes",
    [
        (0, 120, -120, 0, 120, -120, 0),
        (0, 120, -120, 0, 120, -120, 0, 120, 0, -120, 120, 0, -120, 120, 0),
    ],
)
def test_area_that_goes_around_the_world_twice_is_an_outline(longitudes: Sequence[float]) -> None:
    ring = [(longitude, 5 * (at % 5)) for at, longitude in enumerate(longitudes[:-1])]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    (mark,) = marks_at({"geometry": geometry})
    assert not mark["isArea"]


def test_slanting_line_is_straight_in_degrees() -> None:
    line = {"type": "LineString", "coordinates": ((0, 50), (20, 70))}
    (mark,) = marks_at({"geometry": line})
    (points,) = lines_of(mark["d"])
    middle = points[len(points) // 2]
    assert middle == pytest.approx((x_of(10), y_of(60)), abs=0.1)


# Poles and large circles.


@pytest.mark.parametrize("latitude", [-90, -86, 86, 90])
def test_point_near_a_pole_is_not_drawn(latitude: float) -> None:
    geometry = {"type": "Point", "coordinates": (20, latitude)}
    found = marks_of(incursion(places=[{"geometry": geometry}]))
    assert [mark["as"] for mark in found.marks] == ["state"]
    assert found.reasons == (NEAR_A_POLE,)


@pytest.mark.parametrize("kind", ["LineString", "Polygon"])
def test_line_or_area_beyond_the_edge_is_not_drawn(kind: str) -> None:
    ring = box(10, 86, 20, 89)
    coordinates = ring if kind == "LineString" else [ring]
    assert reasons_at({"geometry": {"type": kind, "coordinates": coordinates}}) == (NEAR_A_POLE,)


@pytest.mark.parametrize(
    ("centre", "kilometres"),
    [
        ((27.33, 56.51), 1500),
        ((179, 0), 3000),
        ((-179, 65), 2000),
        ((16, 78), 1600),
        ((16, 88), 1000),
        ((0, -75), 5000),
        ((100, 10), 9900),
    ],
)
def test_large_circle_covers_the_positions_within_its_radius(
    centre: tuple[float, float], kilometres: float
) -> None:
    radius = {"best": kilometres, "unit": "km"}
    (mark,) = marks_at({"geometry": {"type": "Point", "coordinates": centre}, "radius": radius})
    assert mark["isArea"]
    assert (mark["x"], mark["y"]) == pytest.approx((x_of(centre[0]), y_of(centre[1])), abs=0.1)
    for longitude in range(-177, 180, 13):
        for latitude in range(-84, 85, 7):
            distance = kilometres_between(centre, (longitude, latitude))
            if abs(distance - kilometres) > kilometres / 50:
                expected = distance < kilometres
                assert is_covered(mark["d"], longitude, latitude) is expected


def test_radius_of_more_than_half_of_the_earth_is_not_drawn() -> None:
    place = {"geometry": POINT, "radius": {"best": 20_000, "unit": "km"}}
    assert reasons_at(place) == (TOO_LARGE,)
    assert kinds_at(place) == ["state"]


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 10_000))
def test_ring_is_at_its_distance(longitude: float, latitude: float, kilometres: float) -> None:
    for position in ring_around(longitude, latitude, kilometres):
        found = kilometres_between((longitude, latitude), position)
        assert found == pytest.approx(kilometres, rel=1e-3, abs=0.01)


# Any place.


def check_numbers(mark: Mark) -> None:
    if mark["as"] == "state":
        return
    assert isfinite(mark["x"])
    assert 0 <= mark["x"] <= WORLD
    assert 0 <= mark["y"] <= WORLD
    if mark["as"] == "circle":
        assert 0 <= mark["r"] < WORLD
    if mark["as"] == "path":
        for line in lines_of(mark["d"]):
            assert len(line) > 1
            for x, y in line:
                assert -WORLD <= x <= 2 * WORLD
                assert 0 <= y <= WORLD


@given(values_of(ae.Place))
def test_any_place_has_marks_or_a_reason(place: ae.Place) -> None:
    found = marks_of(incursion(places=(place,)))
    assert found.marks or found.reasons
    assert all(isinstance(piece, str) for mark in found.marks for piece in mark["label"])
    for mark in found.marks:
        check_numbers(mark)
    if any(mark["as"] == "point" for mark in found.marks):
        assert place.precision in (None, "exact")
        assert place.method != "centroid"


_POSITIONS = st.tuples(
    st.floats(-180, 180) | st.sampled_from((-180, -90, 0, 90, 180)),
    st.floats(-90, 90) | st.sampled_from((-90, -85.06, 0, 85.06, 90)),
)
_LINES = st.lists(_POSITIONS, min_size=3, max_size=12)
_RINGS = _LINES.map(lambda line: [*line, line[0]])


@given(
    st.tuples(st.just("MultiLineString"), st.lists(_LINES, min_size=1, max_size=3))
    | st.tuples(
        st.just("MultiPolygon"),
        st.lists(st.lists(_RINGS, min_size=1, max_size=3), min_size=1, max_size=3),
    )
)
def test_any_line_or_area_has_a_path_within_three_worlds(geometry: tuple[str, Any]) -> None:
    kind, coordinates = geometry
    found = marks_of(incursion(places=[{"geometry": {"type": kind, "coordinates": coordinates}}]))
    (mark,) = found.marks
    assert mark["as"] == "path" or found.reasons == (NEAR_A_POLE,)
    check_numbers(mark)


@given(values_of(ae.Incursion) | values_of(ae.Series) | values_of(ae.Finding))
def test_any_record_has_a_mark_or_a_reason(record: ae.Incursion | ae.Series | ae.Finding) -> None:
    found = marks_of(record)
    assert found.reasons or any(mark["here"] for mark in found.marks)
    for mark in found.marks:
        check_numbers(mark)
