"""The kinds of an incursion: what is reported, computed from its fields."""

from typing import Any

import pytest

import airspace_events as ae

MISTAKEN = {"category": "bird", "checked": {"result": "something_else"}}
OPEN = {"category": "unidentified", "checked": {"result": "unresolved"}}


def kinds(**fields: Any) -> tuple[str, ...]:
    given = {"state": "LV", "time": {"value": "2024-09-07"}, "sources": [{"source": "a"}]}
    return ae.Incursion(id="i", **given | fields).kinds


def zones(*types: str, entry: str = "reported") -> list[dict[str, str]]:
    return [{"type": one, "entry": entry} for one in types]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ()),
        *(
            ({"crossing": status}, ("crossing",))
            for status in ("suspected", "reported", "confirmed", "disputed", "doubtful")
        ),
        ({"crossing": "discounted"}, ()),
        ({"zones": zones("ADIZ")}, ("adiz_entry",)),
        ({"zones": zones("ADIZ", entry="disputed")}, ("adiz_entry",)),
        ({"zones": zones("ADIZ", entry="discounted")}, ()),
        *(
            ({"zones": zones(one)}, ("zone_entry",))
            for one in ("P", "R", "D", "TSA", "TRA", "OTHER")
        ),
        ({"zones": zones("CTR", "TMA", "CTA")}, ()),
        ({"fir": "EVRR"}, ()),
        ({"over": "international_waters"}, ("approach",)),
        ({"over": "another_state"}, ("approach",)),
        ({"distance": {"best": 3, "unit": "km"}}, ("approach",)),
        ({"places": [{"name": "Riga", "distance": {"best": 3, "unit": "km"}}]}, ()),
        *(
            ({"over": one}, ("sighting",))
            for one in ("land", "internal_waters", "territorial_sea", "mixed")
        ),
        ({"places": [{"name": "a base", "role": "overflown"}]}, ("sighting",)),
        ({"places": [{"name": "a base", "role": "affected"}]}, ()),
        ({"totals": {"sightings": {"best": 3}}}, ("sighting",)),
        ({"totals": {"incidents": {"best": 3}}}, ()),
        ({"over": "land", "objects": [MISTAKEN]}, ("mistaken",)),
        ({"over": "land", "objects": [MISTAKEN, OPEN]}, ("sighting",)),
        ({"over": "land", "objects": [MISTAKEN, {"category": "balloon"}]}, ("sighting",)),
        ({"objects": [MISTAKEN], "crossing": "reported"}, ("crossing",)),
        ({"occurrence": "discounted", "crossing": "discounted"}, ("nothing",)),
        ({"occurrence": "discounted", "zones": zones("ADIZ")}, ("nothing",)),
        (
            {
                "crossing": "reported",
                "zones": zones("P", "ADIZ"),
                "distance": {"best": 3, "unit": "km"},
                "over": "land",
            },
            ("crossing", "adiz_entry", "zone_entry", "approach"),
        ),
    ],
)
def test_an_incursion_has_all_kinds_that_its_fields_report(
    fields: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert kinds(**fields) == expected
