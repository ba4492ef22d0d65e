"""Rules about objects: what they find, and on what honest records they stay silent."""

import json
from io import BytesIO
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.codes import FAMILIES
from airspace_events.validation.examples import HEADER, SOURCE
from airspace_events.validation.notices import Notice

OWN = {code.name for code in FAMILIES["objects"]}
EVENT = {
    "type": "incursion",
    "state": "EE",
    "crossing": "reported",
    "time": {"value": "2024-09-07"},
    "sources": [{"source": "a-report"}],
}


def notices(*records: dict[str, Any]) -> list[Notice]:
    lines = [HEADER, SOURCE, *(json.dumps(record) for record in records)]
    report = ae.validate(BytesIO("\n".join(lines).encode()))
    assert not [n for n in report.notices if n.severity == "error" and n.code not in OWN]
    return [n for n in report.notices if n.code in OWN]


def flyer(**fields: Any) -> list[str]:
    other = {**EVENT, "id": "ee-2", "objects": [{"category": "unidentified", "id": "first"}]}
    record = {**EVENT, "id": "ee-1", "objects": [{"category": "unidentified", **fields}]}
    return [notice.code for notice in notices(other, record)]


# Designations.


@pytest.mark.parametrize(
    ("category", "designation", "is_odd"),
    [
        ("missile", "Shahed-136", True),
        ("missile", "герань 2", True),
        ("uncrewed_aircraft", "Kh-101", True),
        ("uncrewed_aircraft", "Geran-2", False),
        ("unidentified", "Shahed-136", False),
        # Nobody said whether it had a crew.
        ("aircraft", "Shahed-136", False),
        ("aircraft", "Kh-101", True),
        # Not listed, of several meanings, or too long to be a name.
        ("missile", "Shahed-999", False),
        ("missile", "Shahed", False),
        ("missile", "Shahed-136" + " " * 50, True),
        ("missile", "Shahed-136" + " " * 51, False),
    ],
)
def test_a_designation_has_its_category(category: str, designation: str, *, is_odd: bool) -> None:
    expected = ["designation_of_another_category"] if is_odd else []
    assert flyer(category=category, designation=designation) == expected


def test_a_find_has_the_category_of_its_designation() -> None:
    find = {
        "type": "finding",
        "id": "f",
        "found": {"value": "2024-09-08"},
        "place": {"state": "EE"},
        "designation": "Shahed-136",
        "sources": [{"source": "a-report"}],
    }
    assert notices(find) == []
    (notice,) = notices({**find, "category": "balloon"})
    assert (notice.pointer, notice.suggestion) == ("/category", "uncrewed_aircraft")


# Counts.


@pytest.mark.parametrize(
    ("count", "pointer"),
    [
        ({"verbatim": "three", "best": 5}, "/best"),
        ({"verbatim": "Three drones", "best": 2}, "/best"),
        ({"verbatim": "12", "min": 13}, "/min"),
        ({"verbatim": "none", "max": 3, "best": 1}, "/best"),
        ({"verbatim": "two objects", "max": 1}, "/max"),
        ({"verbatim": "9" * 9, "best": 3}, "/best"),
        ({"verbatim": "three", "best": 3}, None),
        ({"verbatim": "three", "min": 2, "max": 4}, None),
        ({"verbatim": "three"}, None),
        ({"verbatim": "three", "min": 3, "max": 3}, None),
        ({"verbatim": "none", "max": 3}, None),
        ({"verbatim": "none", "best": 0}, None),
        ({"verbatim": "three", "roughly": 5}, "/roughly"),
        ({"verbatim": "30", "roughly": 30}, None),
        # Words that leave room.
        ({"verbatim": "three, perhaps four", "best": 4}, None),
        ({"verbatim": "at least three", "best": 5}, None),
        ({"verbatim": "three dozen", "best": 36}, None),
        ({"verbatim": "three of them", "best": 5}, None),
        ({"verbatim": "several", "best": 5}, None),
        ({"verbatim": "²", "best": 3}, None),
        ({"verbatim": "9" * 39, "best": 3}, None),
    ],
)
def test_a_number_in_words_is_the_number(count: dict[str, Any], pointer: str | None) -> None:
    record = {**EVENT, "id": "ee-1", "objects": [{"category": "unidentified", "count": count}]}
    found = [(notice.code, notice.pointer) for notice in notices(record)]
    expected = [("count_contradicts_words", f"/objects/0/count{pointer}")] if pointer else []
    assert found == expected


@pytest.mark.parametrize(
    ("words", "is_odd"),
    [
        ("19 violations, not final", True),
        ("several incursions", True),
        ("19 naruszeń", True),
        ("19 violations by drones", False),
        ("three drones crossing into Estonia", False),
        ("three that were crossing", False),
        ("23 objects crossed", False),
        ("several", False),
    ],
)
def test_crossings_are_not_objects(words: str, *, is_odd: bool) -> None:
    expected = ["crossings_counted_as_objects"] if is_odd else []
    assert flyer(count={"verbatim": words}) == expected


@pytest.mark.parametrize(
    ("count", "is_odd"),
    [
        ({"best": 3}, True),
        ({"min": 2}, True),
        ({"verbatim": "two drones", "best": 2}, True),
        ({"best": 1}, False),
        ({"best": 0}, False),
        ({"max": 3}, False),
        ({"verbatim": "about two", "best": 2}, False),
        ({"verbatim": "drones"}, False),
    ],
)
def test_a_group_is_not_one_with_another(count: dict[str, Any], *, is_odd: bool) -> None:
    expected = ["same_as_between_groups"] if is_odd else []
    assert flyer(count=count, same_as=["ee-2#first"]) == expected
    assert flyer(count=count, possibly_same_as=[{"object": "ee-2#first"}]) == []


def test_the_first_of_those_that_it_is_said_to_be_is_pointed_at() -> None:
    others = [{"category": "unidentified", "id": name} for name in ("first", "second")]
    same = {
        "category": "unidentified",
        "count": {"best": 2},
        "same_as": ["ee-2#first", "ee-2#second"],
    }
    (notice,) = notices(
        {**EVENT, "id": "ee-2", "objects": others}, {**EVENT, "id": "ee-1", "objects": [same]}
    )
    assert notice.pointer == "/objects/0/same_as/0"
    assert notice.message.endswith('recorded as the same as "ee-2#first"')


# Fates.


def fate(name: str, **count: Any) -> dict[str, Any]:
    return {"fate": name, "count": count} if count else {"fate": name}


@pytest.mark.parametrize(
    ("count", "fates", "expected"),
    [
        ({"best": 2}, [fate("crashed", best=3)], ["fate_exceeds_count"]),
        ({"max": 2}, [fate("exited", min=3)], ["fate_exceeds_count"]),
        ({"best": 0}, [fate("lost_from_view")], ["fate_exceeds_count"]),
        ({"verbatim": "two drones", "best": 2}, [fate("crashed", best=3)], ["fate_exceeds_count"]),
        ({"best": 2}, [fate("crashed", best=2)], []),
        ({"roughly": 2}, [fate("crashed", best=3)], []),
        ({"best": 2}, [fate("crashed", roughly=3)], []),
        # Where a bound is open, or words leave room, more may be.
        ({"min": 2}, [fate("crashed", best=3)], []),
        ({"min": 1, "best": 2}, [fate("crashed", best=3)], []),
        ({"verbatim": "at least two", "best": 2}, [fate("crashed", best=3)], []),
        ({"verbatim": "several"}, [fate("crashed", best=3)], []),
        ({"best": 2}, [fate("crashed", max=3)], []),
        ({"best": 2}, [fate("crashed", best=3, max=4)], []),
        ({"best": 2}, [fate("crashed", verbatim="some three", best=3)], []),
        # One of them may be shot down and recovered, and several may leave in turn.
        ({"best": 2}, [fate("shot_down", best=2), fate("recovered", best=2)], []),
        ({"best": 1}, [fate("exited"), fate("crashed")], []),
        ({"best": 1}, [fate("lost_from_view"), fate("crashed")], []),
        ({"best": 1}, [fate("shot_down"), fate("crashed")], ["more_fates_than_objects"]),
        ({"best": 1}, [fate("shot_down"), fate("crashed", max=3)], []),
        (
            {"best": 3},
            [fate("crashed", best=2), fate("exited"), fate("crashed", best=2)],
            ["more_fates_than_objects"],
        ),
        ({"best": 4}, [fate("crashed", best=2), fate("shot_down", best=2)], []),
        # Counted on another day.
        ({"best": 2, "as_of": "2024-09-07"}, [fate("crashed", best=3)], []),
        ({"best": 2, "as_of": "2024-09-07"}, [fate("crashed", best=3, as_of="2024-09-08")], []),
        (
            {"best": 2, "as_of": "2024-09-07"},
            [fate("crashed", best=3, as_of="2024-09-07")],
            ["fate_exceeds_count"],
        ),
    ],
)
def test_fates_are_of_those_that_there_are(
    count: dict[str, Any], fates: list[dict[str, Any]], expected: list[str]
) -> None:
    assert flyer(count=count, fates=fates) == expected


def test_fates_of_an_uncounted_group_are_never_too_many() -> None:
    assert flyer(fates=[fate("crashed", best=3), fate("shot_down", best=300)]) == []


# What a sighting turned out to be.


@pytest.mark.parametrize(
    ("category", "result", "reported_as", "is_odd"),
    [
        ("uncrewed_aircraft", "something_else", "uncrewed_aircraft", True),
        ("crewed_aircraft", "something_else", "uncrewed_aircraft", False),
        ("crewed_aircraft", "something_else", None, False),
        ("crewed_aircraft", "borne_out", "uncrewed_aircraft", True),
        ("uncrewed_aircraft", "borne_out", "uncrewed_aircraft", False),
        ("uncrewed_aircraft", "borne_out", None, False),
        ("bird", "unresolved", "uncrewed_aircraft", True),
        ("unidentified", "unresolved", "uncrewed_aircraft", False),
        (None, "something_else", "uncrewed_aircraft", False),
    ],
)
def test_a_check_and_its_category_agree(
    category: str | None, result: str, reported_as: str | None, *, is_odd: bool
) -> None:
    checked = {"result": result} | ({"reported_as": reported_as} if reported_as else {})
    found = flyer(category=category, checked=checked)
    assert found == ["check_contradicts_category"] * is_odd
