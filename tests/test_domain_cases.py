"""Real reports as feeds: they are valid, and claims about what is recorded stay short."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import airspace_events as ae

DATA = Path(__file__).parent / "data" / "domain"
EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
POLAND = EXAMPLES / "poland-2025-09-10.jsonl"

#: Twelve facts of the Poland example, as one speaker affirms them.
TWELVE = (
    '[{"aspect":"field","fields":["crossing","time","totals.crossings",'
    '"objects.drones.category","objects.drones.fates.shot-down.count","effects.house.cause",'
    '"responses.scramble","responses.chopin-closed","responses.modlin-closed",'
    '"responses.rzeszow-closed","responses.lublin-airspace","responses.consultation"]}]'
)
#: The same facts as claims that repeat each value and point by position.
TWELVE_BEFORE = (
    '[{"aspect":"airspace_crossing","value":"PL",'
    '"time":{"value":"2025-09-09T23:30:00+02:00/2025-09-10T06:30:00+02:00",'
    '"verbatim":"about 23:30 ... about 06:30","timezone":"Europe/Warsaw",'
    '"extent":"repeatedly"}},'
    '{"aspect":"count","value":{"verbatim":"19 violations, not final","best":19,'
    '"as_of":"2025-09-10"},"counted":"crossings"},'
    '{"aspect":"object_type","value":"uncrewed_aircraft","pointer":"/objects/0"},'
    '{"aspect":"outcome","value":"shot_down","count":{"min":3,"as_of":"2025-09-10"},'
    '"pointer":"/objects/0/fates/0"},'
    '{"aspect":"damage_cause","value":"intruding_object","pointer":"/effects/0"},'
    '{"aspect":"response","value":"scramble","pointer":"/responses/0"},'
    '{"aspect":"response","value":"airport_closure","pointer":"/responses/3"},'
    '{"aspect":"response","value":"airport_closure","pointer":"/responses/4"},'
    '{"aspect":"response","value":"airport_closure","pointer":"/responses/5"},'
    '{"aspect":"response","value":"airspace_closure","pointer":"/responses/6"},'
    '{"aspect":"response","value":"consultation","pointer":"/responses/7"}]'
)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_real_report_is_a_valid_feed(path: Path) -> None:
    report = ae.validate(path)
    assert report.ok, list(report.notices)


def incursions(path: Path) -> list[ae.Incursion]:
    return [one for one in ae.read_feed(path).records if isinstance(one, ae.Incursion)]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("report-2", {"sighting"}),
        ("report-5", {"adiz_entry"}),
        ("report-6", {"sighting"}),
    ],
)
def test_no_real_report_becomes_a_crossing_that_nobody_reported(
    name: str, kinds: set[str]
) -> None:
    found = incursions(DATA / f"{name}.jsonl")
    assert found
    assert {kind for one in found for kind in one.kinds} == kinds


@pytest.mark.parametrize(
    "name",
    ["bucharest-nine", "korea-japan-2023-12-14", "munich-2025-10", "poland-2025-09-10"],
)
def test_each_worked_example_has_a_position_for_each_incursion(name: str) -> None:
    for incursion in incursions(EXAMPLES / f"{name}.jsonl"):
        placed = [place for place in incursion.places if place.geometry is not None]
        assert placed, incursion.id
        assert all(place.precision and place.method for place in placed)


def test_twelve_facts_affirmed_take_two_fifths_of_their_length_before(tmp_path: Path) -> None:
    lines = [line for line in POLAND.read_text(encoding="utf-8").splitlines() if line]
    first = [line for line in lines if '"type":"incursion"' in line][:1]
    others = [line for line in lines if '"type":"incursion"' not in line]
    kept = [line for line in others if '"type":"statement"' not in line and "finding" not in line]
    statement = (
        '{"type":"statement","id":"all-of-it","speakers":["PL"],"made":{"value":"2025-09-10"},'
        f'"about":["pl-2025-09-10"],"claims":{TWELVE},"sources":[{{"source":"wion"}}]}}'
    )
    path = tmp_path / "twelve.jsonl"
    path.write_text("\n".join([*kept, *first, statement, ""]), encoding="utf-8")
    assert ae.validate(path).ok
    names = json.loads(TWELVE)[0]["fields"]
    assert len(names) == 12
    assert len(TWELVE) <= 0.4 * len(TWELVE_BEFORE)


def test_the_smallest_incursion_stays_small() -> None:
    smallest = ae.Incursion(
        id="lv-2024-09-07",
        state="LV",
        crossing="reported",
        time=ae.ReportedTime(value="2024-09-07"),
        sources=(ae.Citation(source="unn-lv"),),
    )
    assert len(ae.to_json(smallest)) < 140
