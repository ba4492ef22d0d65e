"""Claims about fields: their names, what each may hold, and what is refused."""

import json
from collections import defaultdict

import pytest
from pydantic import ValidationError

import airspace_events as ae
from airspace_events.values.field_names import claimable_names, claimed_field
from airspace_events.values.structure import count_keys, named_records


def claim(*fields: str, **given: object) -> ae.claims.FieldClaim:
    made = ae.Claim(aspect="field", fields=fields, **given)
    assert isinstance(made, ae.claims.FieldClaim)
    return made


def refusal(*fields: str, **given: object) -> tuple[str, tuple[object, ...], str]:
    with pytest.raises(ValidationError) as caught:
        claim(*fields, **given)
    first = caught.value.errors()[0]
    return first["type"], first["loc"], first["msg"]


def test_no_name_has_two_types() -> None:
    kinds = defaultdict(set)
    for name, found in claimable_names():
        kinds[name].add(found.kind)
        assert claimed_field(name.replace("*", "some-item")) == found
    assert all(len(found) == 1 for found in kinds.values())


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("totals.crossings", {"best": 19}, {"best": 19}),
        ("objects.jets.count", ae.ReportedCount(verbatim="several"), {"verbatim": "several"}),
        ("time", {"value": "2025-09-10"}, {"value": "2025-09-10"}),
        ("depth", {"best": 3.0, "unit": "km"}, {"best": 3, "unit": "km"}),
        ("over", "international_waters", "international_waters"),
        ("crossing", "PL", "PL"),
        ("entered_from", "BY", "BY"),
        ("objects.jets.nationality", "RU", "RU"),
        ("objects", {"category": "missile"}, {"category": "missile"}),
        ("responses", {"kind": "interception"}, {"kind": "interception"}),
        ("objects.jets.fates", {"fate": "exited"}, {"fate": "exited"}),
        ("effects.house.cause", "defensive_fire", "defensive_fire"),
        ("places.field.geometry", {"type": "Point", "coordinates": [21.0, 52.0]}, None),
        ("found", {"value": "2025"}, {"value": "2025"}),
        ("place.name", "Mniszków", "Mniszków"),
        ("handling", "defused", "defused"),
    ],
)
def test_a_claimed_value_has_the_type_of_its_field(
    name: str, value: object, written: object
) -> None:
    made = claim(name, value=value)
    line = ae.to_json(made)
    assert json.loads(line)["value"] == (value if written is None else written)
    parsed = type(made).model_validate_json(line)
    assert parsed == made
    assert type(parsed.value) is type(made.value)
    assert count_keys(parsed) == line.count(b'":')


@pytest.mark.parametrize(
    ("fields", "given", "code", "said"),
    [
        (["totals.crossngs"], {}, "unknown_field_name", '"totals" has no "crossngs"'),
        (["totals"], {}, "unknown_field_name", "name one of these fields: objects"),
        (["time.value"], {}, "unknown_field_name", 'refers to part of a single value; use "time"'),
        (["objects.jets.count.best"], {}, "unknown_field_name", 'use "objects.jets.count"'),
        (["objects.0.count"], {}, "malformed_field_name", "is not the name of a field"),
        (["sources"], {}, "unknown_field_name", 'no "sources"'),
        (["zones.kadiz.entry"], {}, "unknown_field_name", 'has no "entry"'),
        (["objects"], {}, "claim_without_value", "name an item by its id"),
        (["objects.jets"], {"value": "x"}, "misplaced_claim_value", "names an item"),
        (["occurrence"], {"value": "reported"}, "misplaced_claim_value", "cannot have a value"),
        (["depth", "time"], {"value": "x"}, "misplaced_claim_value", "one field, not 2"),
        ([], {}, "wrong_length", "must have at least 1 item; it has 0"),
    ],
)
def test_a_name_that_claims_nothing_is_refused(
    fields: list[str], given: dict[str, object], code: str, said: str
) -> None:
    found, _, message = refusal(*fields, **given)
    assert (found, said in message) == (code, True), message


def test_a_wrong_value_is_refused_at_its_place() -> None:
    code, place, _ = refusal("totals.crossings", value={"best": 1, "bset": 2})
    assert (code, place) == ("unknown_field", ("value", "bset"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("depth", "x", '"depth" must be an object (a reported quantity), not the text "x"'),
        ("totals.crossings", 19, "an object (a reported count), not the number 19"),
        ("objects", [{"category": "missile"}], "an object (one aerial object), not a list"),
        ("detected_by", ["nato"], '"detected_by" must be text (one item), not a list'),
        ("fir", {"a": 1}, 'the value of "fir" must be text, not an object'),
        ("over", {"best": 2}, "is not a surface below the airspace; use one of land"),
        ("entered_from", "Belarus", '"Belarus" is not a state code'),
    ],
)
def test_a_field_that_cannot_hold_the_value_says_what_it_holds(
    name: str, value: object, said: str
) -> None:
    _, place, message = refusal(name, value=value)
    assert said in message
    assert place == ("value",)


COUNTED_AS_ITEMS = [
    "entered_from",
    "objects",
    "objects.jets",
    "objects.jets.payload",
    "objects.jets.fates.lost",
    "responses.closure.stage",
    "zones.kadiz",
    "states",
    "category",
    "handling",
]


@pytest.mark.parametrize("name", COUNTED_AS_ITEMS)
def test_a_count_says_how_many_of_the_items_are_meant(name: str) -> None:
    made = claim(name, count={"best": 2}, polarity="undetermined")
    assert made.count == ae.ReportedCount(best=2)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("occurrence", "a judgement"),
        ("crossing", "a judgement"),
        ("depth", "a reported quantity"),
        ("time", "a reported time"),
        ("totals.crossings", "a reported count"),
        ("objects.jets.count", "a reported count"),
        ("responses.closure.count", "a reported count"),
        ("state", "a state code"),
        ("over", "a word"),
        ("fir", "an ICAO location indicator"),
        ("places.field", "one item"),
        ("places.field.geometry", "a geometry"),
        ("count", "a reported count"),
    ],
)
def test_a_count_of_what_has_no_items_is_refused(name: str, held: str) -> None:
    code, place, message = refusal(name, count={"best": 2})
    assert (code, place) == ("misplaced_claim_value", ())
    assert message == f'"{name}" is {held}, so the claim cannot have a `count`'
    with pytest.raises(ValidationError, match="the claim cannot have a `count`"):
        ae.Assessment(aspect="field", fields=[name], count={"best": 2})


def test_every_field_without_items_refuses_a_count() -> None:
    for name, found in claimable_names():
        given = {"count": {"best": 1}, "polarity": "undetermined"}
        if found.is_countable:
            claim(name.replace("*", "a"), **given)
        else:
            assert refusal(name.replace("*", "a"), **given)[0] == "misplaced_claim_value"


def test_what_is_not_known_needs_no_value() -> None:
    assert claim("entered_from", polarity="undetermined").value is None


def test_a_suspicion_has_no_likelihood() -> None:
    code, _, message = refusal("crossing", polarity="suspected", likelihood="likely")
    assert code == "suspected_with_likelihood"
    assert "affirmed" in message


def test_a_claimed_value_names_records() -> None:
    plain = list(named_records(claim("detected_by", value="nato")))
    assert [(one.name, one.parts) for one in plain] == [("nato", ("value",))]
    nested = claim("responses", value={"kind": "scramble", "by": ["PL", "nato"]})
    found = {(one.name, one.parts) for one in named_records(nested)}
    assert found == {("PL", ("value", "by", 0)), ("nato", ("value", "by", 1))}


def test_a_typed_claim_gives_its_value_with_its_type() -> None:
    made = ae.claims.FieldClaim.of("totals.crossings", value=ae.ReportedCount(best=19))
    count = made.value_as(ae.ReportedCount)
    assert count is not None
    assert count.best == 19
    with pytest.raises(TypeError, match=r"totals\.crossings has the class ReportedCount, not"):
        made.value_as(ae.Place)


@pytest.mark.parametrize(
    "assessed",
    [
        {"fields": ["occurrence"]},
        {"fields": ["crossing"]},
        {"fields": ["over"], "value": "land"},
        {"fields": ["depth"], "value": {"best": 3, "unit": "km"}},
        {"fields": ["objects"], "value": {"category": "missile"}},
        {"fields": ["objects.first.payload"], "value": "sensor"},
    ],
    ids=lambda assessed: assessed["fields"][0],
)
def test_the_desk_can_assess_what_no_field_holds(assessed: dict[str, object]) -> None:
    made = ae.Incursion(
        id="lv-1",
        state="LV",
        time=ae.ReportedTime(value="2024"),
        objects=(ae.AerialObject(id="first"),),
        assessments=({"aspect": "field", "likelihood": "likely", **assessed},),
        sources=(ae.Citation(source="s"),),
    )
    assert ae.Incursion.model_validate_json(ae.to_json(made)) == made
