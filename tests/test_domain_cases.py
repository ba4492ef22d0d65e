"""Real reports as feeds: they are valid, and claims about what is recorded stay short."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import airspace_events as ae

DATA = Path(__file__).parent / "data" / "domain"
EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
POLAND = EXAMPLES / "poland-2025-09-10.jsonl"

#: The claims of one speaker who affirms twelve facts of the Poland example: as one claim about
#: fields, and as claims that repeat each value and point by position.
TWELVE_FACTS = json.loads((DATA.parent / "twelve_facts.json").read_text(encoding="utf-8"))


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


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_twelve_facts_affirmed_take_two_fifths_of_their_length_before(tmp_path: Path) -> None:
    lines = [line for line in POLAND.read_text(encoding="utf-8").splitlines() if line]
    first = [line for line in lines if '"type":"incursion"' in line][:1]
    others = [line for line in lines if '"type":"incursion"' not in line]
    kept = [line for line in others if '"type":"statement"' not in line and "finding" not in line]
    now, before = (compact(TWELVE_FACTS[name]) for name in ("now", "before"))
    statement = (
        '{"type":"statement","id":"all-of-it","speakers":["PL"],"made":{"value":"2025-09-10"},'
        f'"about":["pl-2025-09-10"],"claims":{now},"sources":[{{"source":"wion"}}]}}'
    )
    path = tmp_path / "twelve.jsonl"
    path.write_text("\n".join([*kept, *first, statement, ""]), encoding="utf-8")
    assert ae.validate(path).ok
    assert len(TWELVE_FACTS["now"][0]["fields"]) == 12
    assert len(now) <= 0.4 * len(before)


def test_the_smallest_incursion_stays_small() -> None:
    smallest = ae.Incursion(
        id="lv-2024-09-07",
        state="LV",
        crossing="reported",
        time=ae.ReportedTime(value="2024-09-07"),
        sources=(ae.Citation(source="unn-lv"),),
    )
    assert len(ae.to_json(smallest)) < 140


QUESTIONS = [
    "An entry into an identification zone",
    "A sighting over a base",
    "A near miss at the border",
    "A suspicion",
    "An airport's own numbers",
    "What it turned out to be",
    "A day's list of sorties",
    "One object over several states",
    "A first denial and a later confirmation",
    "A source known only through another",
    "A statement without a date",
    "A spokesman",
]


def test_the_guide_answers_each_question_with_an_example() -> None:
    guide = (EXAMPLES.parent / "recording.md").read_text(encoding="utf-8")
    answers = {part.partition("\n")[0]: part for part in guide.split("\n### ")}
    assert len(QUESTIONS) == 12
    for question in QUESTIONS:
        assert "```json" in answers[question], question
