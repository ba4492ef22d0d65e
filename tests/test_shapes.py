"""Geometries for maps: wound by the right-hand rule, cut at the antimeridian, boxed."""

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import geojson
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from airspace_events.errors import MissingExtraError
from airspace_events.formats.geojson.antimeridian_cuts import (
    crosses,
    cut_area,
    cut_line,
    direction_of,
)
from airspace_events.formats.geojson.shapes import (
    NO_ELEVATIONS,
    OUTLINE_ONLY,
    BoundingBox,
    shape_of,
)
from airspace_events.testing import strategies as aes
from airspace_events.values.geometry import (
    Geometry,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))
HOLE = ((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.4, 0.2), (0.2, 0.2))


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def drawn_as(geometry: Geometry) -> Any:
    return as_json(shape_of(geometry).geometry)


def box_of(*geometries: Geometry) -> list[float] | None:
    box = BoundingBox()
    for geometry in geometries:
        box.add(shape_of(geometry).geometry)
    return box.numbers()


def lines_in(geometry: Any) -> Iterator[list[list[float]]]:
    """Every line and ring of a geometry."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from lines_in(one)
    elif kind == "LineString":
        yield geometry["coordinates"]
    elif kind in ("MultiLineString", "Polygon"):
        yield from geometry["coordinates"]
    elif kind == "MultiPolygon":
        for rings in geometry["coordinates"]:
            yield from rings


def positions_in(value: Any) -> Iterator[list[float]]:
    if isinstance(value, dict):
        yield from positions_in(value.get("coordinates", value.get("geometries")))
    elif isinstance(value[0], int | float):
        yield value
    else:
        for inner in value:
            yield from positions_in(inner)


def areas_in(geometry: Any) -> Iterator[list[list[list[float]]]]:
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from areas_in(one)
    elif kind == "Polygon":
        yield geometry["coordinates"]
    elif kind == "MultiPolygon":
        yield from geometry["coordinates"]


# Whole geometries.


@pytest.mark.parametrize(
    "geometry",
    [
        Point(coordinates=(26.1, 44.4, 1200.0)),
        MultiPoint(coordinates=((26.1, 44.4),)),
        LineString(coordinates=((26.1, 44.4), (27.0, 44.0))),
        MultiLineString(coordinates=(((26.1, 44.4), (27.0, 44.0)),)),
        Polygon(coordinates=(SQUARE, HOLE)),
        MultiPolygon(coordinates=((SQUARE,),)),
    ],
)
def test_one_geometry_is_itself(geometry: Geometry) -> None:
    assert drawn_as(geometry) == as_json(geometry.model_dump(mode="json"))


# The right-hand rule (section 3.1.6).


def test_outer_rings_go_counterclockwise_and_holes_clockwise() -> None:
    found = drawn_as(Polygon(coordinates=(SQUARE[::-1], HOLE[::-1])))
    assert found["coordinates"] == as_json([SQUARE, HOLE])


# Cutting (section 3.1.9): the examples are those of the section.


def test_a_line_is_cut_where_it_crosses_the_antimeridian() -> None:
    found = drawn_as(LineString(coordinates=((170.0, 45.0), (-170.0, 45.0))))
    assert found == {
        "type": "MultiLineString",
        "coordinates": [[[170, 45], [180, 45]], [[-180, 45], [-170, 45]]],
    }


def test_an_area_is_cut_where_it_crosses_the_antimeridian() -> None:
    ring = ((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0), (170.0, 50.0), (170.0, 40.0))
    found = shape_of(Polygon(coordinates=(ring,)))
    assert found.notes == ()
    expected = shapely.MultiPolygon(
        [shapely.box(170, 40, 180, 50), shapely.box(-180, 40, -170, 50)]
    )
    assert shapely.equals(shapely.geometry.shape(found.geometry), expected)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        # The other way, sloping, with elevations.
        (
            ((-170.0, 0.0, 100.0), (160.0, 30.0, 400.0)),
            [[[-170, 0, 100], [-180, 10, 200]], [[180, 10, 200], [160, 30, 400]]],
        ),
        # An elevation at one end only.
        (
            ((-170.0, 0.0), (170.0, 20.0, 400.0)),
            [[[-170, 0], [-180, 10]], [[180, 10], [170, 20, 400]]],
        ),
        # Twice.
        (
            ((170.0, 0.0), (-170.0, 0.0), (170.0, 8.0)),
            [[[170, 0], [180, 0]], [[-180, 0], [-170, 0], [-180, 4]], [[180, 4], [170, 8]]],
        ),
        # It ends or begins on the antimeridian, on its other side.
        (((170.0, 0.0), (-180.0, 5.0)), [[[170, 0], [180, 5]]]),
        (((-180.0, 5.0), (170.0, 0.0)), [[[180, 5], [170, 0]]]),
        # It runs along the antimeridian, on both its sides.
        (((180.0, 0.0), (-180.0, 5.0)), [[[180, 0], [180, 5]]]),
        # It goes round the world, which is no crossing.
        (((-180.0, 60.0), (180.0, 60.0)), [[[-180, 60], [0, 60], [180, 60]]]),
    ],
)
def test_lines_are_cut_like_this(line: Any, parts: Any) -> None:
    assert crosses(line)
    assert as_json(cut_line(line)) == parts


def test_half_way_round_the_world_is_no_crossing() -> None:
    line = LineString(coordinates=((-90.0, 0.0), (90.0, 1.0)))
    assert drawn_as(line)["type"] == "LineString"


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_ring_round_a_pole_encloses_the_nearer_one(pole: float, way: int) -> None:
    latitude = math.copysign(70.0, pole)
    ring = ((-120.0, latitude), (0.0, latitude), (120.0, latitude), (-120.0, latitude))[::way]
    found = shape_of(Polygon(coordinates=(ring,)))
    drawn = shapely.geometry.shape(found.geometry)
    assert shapely.equals(drawn, shapely.box(-180, min(pole, latitude), 180, max(pole, latitude)))
    assert not any(crosses(line) for line in lines_in(found.geometry))


def test_a_ring_round_a_pole_may_have_a_hole_round_it() -> None:
    outer, hole = (((-120.0, y), (0.0, y), (120.0, y), (-120.0, y)) for y in (60.0, 70.0))
    drawn = shapely.geometry.shape(shape_of(Polygon(coordinates=(outer, hole))).geometry)
    assert shapely.equals(drawn, shapely.box(-180, 60, 180, 70))


def test_a_box_from_edge_to_edge_of_the_map_goes_round_the_world() -> None:
    ring = ((-180.0, 60.0), (180.0, 60.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, 60.0))
    found = drawn_as(Polygon(coordinates=(ring,)))
    assert shapely.equals(shapely.geometry.shape(found), shapely.box(-180, 60, 180, 90))
    assert not any(crosses(line) for line in lines_in(found))


@pytest.mark.parametrize(
    "ring",
    [
        # Crossing itself; there and back again; all in one place.
        ((170.0, 0.0), (-170.0, 0.0), (170.0, 5.0), (-170.0, 5.0), (170.0, 0.0)),
        ((170.0, 0.0), (-170.0, 0.0), (170.0, 0.0), (-170.0, 0.0), (170.0, 0.0)),
        ((180.0, 0.0), (-180.0, 0.0), (180.0, 0.0), (180.0, 0.0)),
    ],
)
def test_of_an_area_that_cannot_be_cut_the_outline_is_drawn_and_this_is_noted(ring: Any) -> None:
    found = shape_of(Polygon(coordinates=(ring,)))
    assert found.notes == (OUTLINE_ONLY,)
    assert found.geometry["type"].endswith("LineString")
    assert not any(crosses(line) for line in lines_in(found.geometry))
    beside = shape_of(MultiPolygon(coordinates=((SQUARE,), (ring,)))).geometry
    assert beside["type"] == "GeometryCollection"
    assert [one["type"] for one in beside["geometries"]] == [
        found.geometry["type"],
        "MultiPolygon",
    ]


def test_an_area_that_is_cut_has_no_elevations_and_this_is_noted() -> None:
    ring = ((170.0, 0.0, 5.0), (-170.0, 0.0), (-170.0, 9.0, 7.0), (170.0, 0.0, 5.0))
    found = shape_of(Polygon(coordinates=(ring,)))
    assert found.notes == (NO_ELEVATIONS,)
    assert {len(position) for position in positions_in(found.geometry)} == {2}


def test_an_area_that_only_touches_the_antimeridian_stays_whole() -> None:
    ring = ((180.0, 0.0), (-170.0, 0.0), (-170.0, 5.0), (180.0, 5.0), (180.0, 0.0))
    found = drawn_as(Polygon(coordinates=(ring,)))
    assert found["type"] == "Polygon"
    assert shapely.equals(shapely.geometry.shape(found), shapely.box(-180, 0, -170, 5))


def test_positions_of_a_cut_area_stay_exactly_as_they_were_given() -> None:
    ring = ((170.1025, 0.3), (-170.1025, 0.3), (-170.1025, 0.9), (170.1025, 0.9), (170.1025, 0.3))
    found = {tuple(position) for position in positions_in(drawn_as(Polygon(coordinates=(ring,))))}
    assert set(ring) < found


def test_without_the_extra_an_area_that_crosses_cannot_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "antimeridian", None)
    ring = ((170.0, 0.0), (-170.0, 0.0), (-170.0, 9.0), (170.0, 0.0))
    assert drawn_as(LineString(coordinates=ring))["type"] == "MultiLineString"
    assert drawn_as(Polygon(coordinates=(SQUARE,)))["type"] == "Polygon"
    with pytest.raises(MissingExtraError, match=r"airspace-events\[geojson\]"):
        shape_of(Polygon(coordinates=(ring,)))


@st.composite
def stars(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Areas that do not cross themselves, laid out across the antimeridian in the plane."""
    corners = draw(st.integers(3, 8))
    x, y = draw(st.tuples(st.floats(150, 210), st.floats(-50, 50)))
    spokes = draw(st.lists(st.floats(1, 70), min_size=corners, max_size=corners))
    turns = [math.tau * (number + 0.5) / corners for number in range(corners)]
    return [
        (x + math.cos(turn) * spoke, y + math.sin(turn) * spoke / 2)
        for turn, spoke in zip(turns, spokes, strict=True)
    ]


@given(star=stars(), backwards=st.booleans())
@settings(deadline=None)
def test_the_parts_of_a_cut_area_are_what_another_library_cuts(
    star: list[tuple[float, float]], *, backwards: bool
) -> None:
    whole = shapely.Polygon(star)
    assume(whole.is_valid)
    expected = shapely.union_all(
        [
            translate(whole.intersection(shapely.box(-180 + turn, -90, 180 + turn, 90)), -turn)
            for turn in (0, 360)
        ]
    )
    ring = [((x + 180) % 360 - 180, y) for x, y in [*star, star[0]]][:: -1 if backwards else 1]
    assume(crosses(ring))
    parts = cut_area([ring])
    assert parts is not None
    drawn = shapely.union_all([shapely.Polygon(part[0], part[1:]) for part in parts])
    assert drawn.symmetric_difference(expected).area < 1e-4


@pytest.mark.parametrize(
    ("corners", "direction"),
    [
        (((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)), 1),
        (((0.0, 0.0), (1e-300, 0.0), (0.0, 1e-300)), 1),
        (((180.0, 90.0), (0.0, -1.44e-53), (0.0, 0.0)), -1),
        # Rounding alone gives a small area with the other sign.
        (((91.9, 2.3), (-4.4, -15.4), (43.75, -6.550000000000001)), -1),
        (((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)), 0),
    ],
)
def test_the_direction_of_a_ring_is_exact(
    corners: tuple[tuple[float, float], ...], direction: int
) -> None:
    ring = [*corners, corners[0]]
    assert (direction_of(ring), direction_of(ring[::-1])) == (direction, -direction)


@given(aes.values_of(Geometry))
@settings(deadline=None)
@example(Polygon(coordinates=(((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),)))
@example(Polygon(coordinates=(((180.0, 90.0), (0.0, -1.44e-53), (0.0, 0.0), (180.0, 90.0)),)))
def test_whatever_is_given_a_valid_geometry_is_drawn(given: Geometry) -> None:
    drawn = drawn_as(given)
    read = geojson.loads(json.dumps(drawn))
    assert read.is_valid, read.errors()
    assert not any(crosses(line) for line in lines_in(drawn))
    for longitude, latitude, *_ in positions_in(drawn):
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    for rings in areas_in(drawn):
        flat = [[position[:2] for position in ring] for ring in rings]
        # Where rings cross themselves, there is no one way round.
        if shapely.is_valid(shapely.Polygon(flat[0], flat[1:])):
            assert [bool(shapely.is_ccw(shapely.LinearRing(ring))) for ring in flat] == [
                True,
                *(False for _ in flat[1:]),
            ]


# Bounding boxes (section 5).


def test_the_box_of_nothing_is_none() -> None:
    assert BoundingBox().numbers() is None


def test_a_box_has_west_south_east_north() -> None:
    line = LineString(coordinates=((26.1, 44.4), (24.0, 45.0)))
    assert box_of(line, Point(coordinates=(25.0, 40.0))) == [24.0, 40.0, 26.1, 45.0]


def test_elevations_stand_behind_each_corner() -> None:
    points = MultiPoint(coordinates=((1.0, 2.0, 300.0), (3.0, 4.0, -5.0), (2.0, 3.0)))
    assert box_of(points) == [1.0, 2.0, -5.0, 3.0, 4.0, 300.0]


def test_a_box_across_the_antimeridian_has_its_west_greater_than_its_east() -> None:
    """Section 5.2 has this example: islands on both sides of the antimeridian."""
    assert box_of(Point(coordinates=(177.0, -20.0)), Point(coordinates=(-178.0, -16.0))) == [
        177.0,
        -20.0,
        -178.0,
        -16.0,
    ]
    line = LineString(coordinates=((170.0, 0.0), (-170.0, 1.0)))
    assert box_of(line, Point(coordinates=(165.0, 0.0))) == [165.0, 0.0, -170.0, 1.0]


def test_a_box_with_a_pole_in_it_goes_round_the_world() -> None:
    """Section 5.3: from 180 degrees west to 180 degrees east."""
    ring = ((-120.0, 70.0), (0.0, 75.0), (120.0, 70.0), (-120.0, 70.0))
    assert box_of(Polygon(coordinates=(ring,))) == [-180.0, 70.0, 180.0, 90.0]


def test_a_box_keeps_little_of_what_it_has_seen() -> None:
    box = BoundingBox()
    for number in range(5_000):
        # Close together in no order, with one wide gap behind them.
        longitude = -170 + (number * 7919 % 5_000) / 50
        box.add({"type": "Point", "coordinates": [longitude, 0.0]})
    box.add({"type": "Point", "coordinates": [175.0, 0.0]})
    assert box.numbers() == [175.0, 0.0, -170 + 4_999 / 50, 0.0]
    assert len(box._spans) <= 256


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=9))
def test_every_position_is_in_its_box(positions: list[tuple[float, float]]) -> None:
    numbers = box_of(*(Point(coordinates=position) for position in positions))
    assert numbers is not None
    west, south, east, north = numbers
    width = (east - west) % 360 if west > east else east - west
    for longitude, latitude in positions:
        assert south <= latitude <= north
        assert west <= longitude <= east or (west > east and not east < longitude < west)
    # No narrower box holds them: each would leave out another gap between two neighbours.
    longitudes = sorted(longitude for longitude, _ in positions)
    gaps = [b - a for a, b in pairwise([*longitudes, longitudes[0] + 360])]
    assert width <= 360 - max(gaps) + 1e-9
