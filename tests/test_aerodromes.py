"""Aerodromes: what is looked up by an ICAO location indicator, and what is refused."""

import subprocess
import sys

import pytest

import airspace_events as ae
from airspace_events.reference.places import _aerodromes
from airspace_events.values.time import zone_named
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of


def test_an_aerodrome_has_a_name_a_state_a_position_and_a_time_zone() -> None:
    munich = ae.places.aerodrome("EDDM")
    assert (munich.facility, munich.state, munich.timezone) == ("EDDM", "DE", "Europe/Berlin")
    east, north = munich.geometry.coordinates[:2]
    assert (round(east, 1), round(north, 1)) == (11.8, 48.4)
    assert munich.source.startswith("airportsdata ")


def test_a_place_is_completed_and_says_that_it_was_looked_up() -> None:
    done = ae.places.aerodrome("EPWA").complete(ae.Place(id="airport", role="affected"))
    assert (done.id, done.role, done.facility, done.state) == ("airport", "affected", "EPWA", "PL")
    assert (done.method, done.precision) == ("geocoded", "exact")
    assert done.name


def test_what_a_report_said_of_a_place_stays() -> None:
    point = ae.geometry.Point(coordinates=(20.9, 52.1))
    told = ae.Place(name="Okęcie", geometry=point, method="stated", precision="vicinity")
    done = ae.places.aerodrome("EPWA").complete(told)
    assert (done.name, done.geometry, done.method, done.precision) == (
        "Okęcie",
        point,
        "stated",
        "vicinity",
    )
    bare = ae.places.aerodrome("EPWA").complete(ae.Place(geometry=point))
    assert (bare.method, bare.precision) == (None, None)


@pytest.mark.parametrize(
    ("facility", "suggested"),
    [
        ("eddm", "EDDM"),
        (" EDDM", "EDDM"),
        ("EDDMM", "EDDM"),
        ("MUC", None),
        ("", None),
        ("Munich", None),
        ("\N{CYRILLIC CAPITAL LETTER IE}DDM", None),
        ("00AK", None),
        ("x" * 100_000, None),
    ],
)
def test_what_is_no_indicator_is_refused(facility: str, suggested: str | None) -> None:
    with pytest.raises(ae.UnknownNameError) as refused:
        ae.places.aerodrome(facility)
    assert len(str(refused.value)) < 300
    if suggested:
        assert suggested in refused.value.suggestions


def test_all_states_and_zones_of_the_package_are_ours() -> None:
    rows = _aerodromes().values()
    assert {row["country"] for row in rows} <= set(words_of(StateCode))
    for zone in {row["tz"] for row in rows}:
        assert zone_named(zone)


def test_without_the_extra_its_name_is_said() -> None:
    code = (
        "import sys; sys.modules['airportsdata'] = None\n"
        "import airspace_events as ae\n"
        "try:\n    ae.places.aerodrome('EDDM')\n"
        "except ae.MissingExtraError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "airspace-events[places]" in done.stdout
