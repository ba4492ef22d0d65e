"""Tests of the outlines of states on maps."""

from itertools import pairwise

import pytest

import airspace_events as ae
from airspace_events.reference.borders import Outline, outlines
from airspace_events.views.page.projection import WORLD, x_of, y_of
from svg_paths import holds, rings_of

BY_NAME = {one.name: one for one in outlines()}
RINGS = {one.name: rings_of(one.path) for one in outlines()}


def names_at(longitude: float, latitude: float) -> set[str]:
    """Return the names of the outlines that contain a position."""
    y = y_of(latitude)
    return {
        name
        for name, rings in RINGS.items()
        if any(holds(rings, x_of(longitude) + turn, y) for turn in (-WORLD, 0, WORLD))
    }


def test_every_state_and_territory_has_one_outline() -> None:
    codes = [one.state for one in outlines() if one.state]
    assert sorted(codes) == sorted(state.alpha_2 for state in ae.states)


def test_areas_without_a_code_keep_their_name() -> None:
    without = {one.name for one in outlines() if one.state is None}
    assert without == {"Northern Cyprus", "Somaliland", "Siachen Glacier"}


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [
        # Crimea: Simferopol, Sevastopol, Kerch, and the isthmus of Perekop.
        ("Ukraine", 34.1, 44.95),
        ("Ukraine", 33.7, 44.6),
        ("Ukraine", 36.3, 45.25),
        ("Ukraine", 33.7, 46.13),
        ("Ukraine", 37.8, 48.0),
        ("Russia", 39.7, 47.25),
        # On both sides of the antimeridian.
        ("Russia", 179.0, 68.0),
        ("Russia", -175.0, 66.5),
        ("Fiji", 178.0, -17.8),
        ("Antarctica", 179.9, -84.9),
        ("Antarctica", -90.0, -80.0),
        ("Antarctica", 0.0, -85.0),
        # Exclaves, enclaves and territories with their own code.
        ("Russia", 21.5, 54.7),
        ("Lesotho", 28.2, -29.5),
        ("Kosovo", 21.0, 42.6),
        ("Svalbard and Jan Mayen", 17.0, 77.5),
        ("French Guiana", -53.0, 4.0),
        ("Northern Cyprus", 33.6, 35.3),
        ("Cyprus", 33.0, 34.9),
        ("Somaliland", 45.0, 9.5),
        ("Romania", 26.1, 44.4),
        ("Latvia", 27.3, 56.5),
        ("Taiwan", 121.0, 23.8),
    ],
)
def test_position_is_in_one_outline(name: str, longitude: float, latitude: float) -> None:
    assert names_at(longitude, latitude) == {name}


@pytest.mark.parametrize("outline", outlines(), ids=lambda one: one.name)
def test_outline_is_drawn(outline: Outline) -> None:
    rings = RINGS[outline.name]
    assert holds(rings, *outline.label) or len(outline.path) < 60
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(set(ring)) > 2
        assert all(-WORLD <= x <= 2 * WORLD and 0 <= y <= WORLD for x, y in ring)
        # A streak across the map would be one long step; only the edge of Antarctica is one.
        steps = [abs(b[0] - a[0]) for a, b in pairwise(ring) if (a[1], b[1]) != (WORLD, WORLD)]
        assert max(steps) < WORLD / 12


def test_neighbours_share_their_border() -> None:
    sides: dict[str, set[frozenset[tuple[int, int]]]] = {
        name: {frozenset(side) for ring in RINGS[name] for side in pairwise(ring)}
        for name in ("Latvia", "Lithuania", "Estonia", "Russia", "Ukraine", "Belarus")
    }
    for one, other in (("Latvia", "Lithuania"), ("Latvia", "Estonia"), ("Latvia", "Russia")):
        assert len(sides[one] & sides[other]) > 5
    # The border at Perekop is dissolved: no side near it is in two outlines or in Russia's.
    west, east, north, south = x_of(33), x_of(35), y_of(46.5), y_of(45.5)
    near = {
        side
        for side in sides["Russia"]
        if all(west < x < east and north < y < south for x, y in side)
    }
    assert not near


def test_the_largest_outline_is_first_so_that_small_states_are_painted_over_it() -> None:
    order = [one.name for one in outlines()]
    assert order.index("Italy") < order.index("San Marino") < order.index("Vatican City")
