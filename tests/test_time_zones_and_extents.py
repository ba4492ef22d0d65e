"""The tables of time zones and of where states lie."""

from zoneinfo import ZoneInfo

import pytest

import airspace_events as ae
from airspace_events.reference.geography import (
    Box,
    extent_of,
    is_zone_of,
    sovereign_of,
    states_of,
    table_of_boxes,
    territories_of,
    zones_of,
)
from airspace_events.reference.tables import table
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

CODES = words_of(StateCode)


def test_nearly_every_state_has_zones() -> None:
    assert set(table("time_zones")["zones"]) == set(CODES) - {"BV", "HM"}


def test_every_zone_is_in_the_database() -> None:
    for code in CODES:
        for zone in zones_of(code):
            assert ZoneInfo(zone)


def test_links_lead_to_a_zone_and_to_no_other_link() -> None:
    links = table("time_zones")["links"]
    assert not set(links) & set(links.values())
    assert not {"CET", "EET", "WET", "MET"} & set(links)


@pytest.mark.parametrize(
    ("zone", "state", "expected"),
    [
        ("Europe/Bucharest", "RO", True),
        ("Europe/Chisinau", "RO", False),
        ("Europe/Tiraspol", "MD", True),  # an old name
        ("Poland", "PL", True),
        ("Europe/Berlin", "SE", True),  # linked
        ("Europe/Berlin", "PL", False),
        ("America/Nuuk", "DK", True),
        ("Europe/Copenhagen", "GL", False),
        ("UTC", "PL", None),
        ("Etc/GMT-2", "PL", None),
        ("CET", "PL", None),
        ("Europe/Warsaw", "HM", None),
    ],
)
def test_a_zone_is_one_of_a_state(zone: str, state: str, expected: bool | None) -> None:  # noqa: FBT001
    assert is_zone_of(zone, state) is expected


def test_the_states_of_a_zone_are_those_with_its_clocks() -> None:
    assert states_of("Europe/Simferopol") == ("RU", "UA")
    assert states_of("Europe/Belgrade") == ("BA", "HR", "ME", "MK", "RS", "SI", "XK")
    assert states_of("UTC") == ()


def test_dependent_territories_are_told() -> None:
    assert territories_of("FI") == ("AX",)
    assert territories_of("PL") == ()
    assert (sovereign_of("FO"), sovereign_of("PL")) == ("DK", "PL")


def test_nearly_every_state_has_a_box() -> None:
    drawn_as_parts = {"BQ", "BV", "GF", "GP", "MQ", "RE", "SJ", "TK", "YT"}
    assert set(table_of_boxes()) == set(CODES) - drawn_as_parts
    assert all(extent_of(sovereign_of(code)) for code in drawn_as_parts)


def test_boxes_are_on_earth_and_not_turned() -> None:
    for boxes in table_of_boxes().values():
        for box in boxes:
            assert -180 <= box.west < box.east <= 180
            assert -90 <= box.south < box.north <= 90


# Longitude and latitude of capitals and of far places, as any atlas has them.
PLACES = [
    ("RO", 26.10, 44.43),
    ("EE", 24.75, 59.44),
    ("LV", 24.11, 56.95),
    ("LT", 25.28, 54.69),
    ("PL", 21.01, 52.23),
    ("MD", 28.86, 47.01),
    ("UA", 30.52, 50.45),
    ("UA", 34.10, 44.95),
    ("BY", 27.57, 53.90),
    ("RU", 37.62, 55.75),
    ("RU", 20.51, 54.71),
    ("RU", -173.2, 64.4),
    ("RU", 177.5, 64.7),
    ("FI", 24.94, 60.17),
    ("NO", 10.75, 59.91),
    ("NO", 15.64, 78.22),
    ("DK", 12.57, 55.68),
    ("DK", -51.72, 64.18),
    ("FR", 2.35, 48.86),
    ("FR", -52.33, 4.94),
    ("FR", 55.45, -20.88),
    ("PT", -9.14, 38.72),
    ("PT", -25.67, 37.74),
    ("ES", -15.43, 28.12),
    ("US", -77.04, 38.90),
    ("US", -157.86, 21.31),
    ("US", 173.2, 52.9),
    ("FJ", 178.44, -18.14),
    ("FJ", -179.98, -16.8),
    ("NZ", 174.78, -41.29),
    ("NL", -68.27, 12.15),
    ("XK", 21.17, 42.67),
    ("CY", 33.36, 35.17),
    ("MT", 14.51, 35.90),
    ("SG", 103.82, 1.35),
    ("AQ", 0.0, -90.0),
]


@pytest.mark.parametrize(("state", "longitude", "latitude"), PLACES)
def test_known_places_lie_in_their_states(state: str, longitude: float, latitude: float) -> None:
    assert any(box.holds(longitude, latitude, 0) for box in extent_of(state))


def test_the_centre_of_europe_is_told_apart() -> None:
    assert not any(box.holds(26.10, 44.43, 2) for box in extent_of("LV"))
    assert len(extent_of("RO")) == 1


def test_a_margin_is_as_wide_in_the_north_as_in_the_south() -> None:
    box = Box(10, 59, 20, 61)
    assert box.holds(24, 60, 2)
    assert not box.holds(24.1, 60, 2)
    assert box.holds(15, 63, 2)
    assert not box.holds(15, 63.1, 2)


def test_a_margin_reaches_over_the_antimeridian() -> None:
    assert Box(170, -10, 180, 10).holds(-179, 0, 1)
    assert not Box(170, -10, 180, 10).holds(-178.9, 0, 1)
    assert Box(-180, -10, -170, 10).holds(179, 0, 1)


def test_every_built_in_state_can_be_asked_for() -> None:
    for state in ae.states:
        assert isinstance(extent_of(state.alpha_2), tuple)
