"""The published schemas and the parser agree: on what is valid, and on what is not."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

import airspace_events as ae
from airspace_events.errors import FeedError
from airspace_events.feeds.reading import record_adapter
from airspace_events.feeds.writing import to_json
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.codebook import Limit, schema_limits
from airspace_events.schema.definitions import definitions, reference
from airspace_events.schema.examples import example_lines, example_records, examples
from airspace_events.schema.json_schema import json_schema
from airspace_events.schema.value_rules import name_of_held
from airspace_events.testing import strategies as aes
from airspace_events.validation import examples as code_examples
from airspace_events.validation.codes import CODES
from airspace_events.validation.notices import Notice
from airspace_events.values.base import Value
from airspace_events.values.field_names import claimable_names
from damaged_feeds import changed_json
from json_changes import changes

HEADER = b'{"type":"feed","schema_version":"1.0"}'
ERRORS = [code.name for code in CODES.values() if code.severity == "error"]
LIMITED = {limit.code for limit in schema_limits()}


@cache
def schema_of(of: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json_schema(of))


def taken_by_parser(text: str) -> bool:
    try:
        record_adapter().validate_json(text)
    except ValidationError:
        return False
    return True


def errors_of(text: str) -> list[Notice]:
    """What is said of the shape of a record; whatever else is said needs a record."""
    notices = ae.validate(BytesIO(HEADER + b"\n" + text.encode())).notices
    return [notice for notice in notices if notice.severity == "error"]


def at(pointer: str, value: Any) -> Any:
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


# What excuses the schema, said more narrowly than by the code alone.
EXCUSED: Mapping[str, Callable[[Notice, Any], bool]] = {
    "wrong_type": lambda notice, value: (
        isinstance(at(notice.pointer, value), float) and at(notice.pointer, value).is_integer()
    ),
    "unknown_time_zone": lambda notice, _: notice.pointer.endswith("/timezone"),
    "malformed_time": lambda notice, _: (
        "ends before it begins" in notice.message or "a range that starts with a" in notice.message
    ),
    "bounds_out_of_order": lambda notice, value: len(at(notice.pointer, value)) > 1,
    "ring_not_closed": lambda notice, value: "Polygon" in at(notice.pointer, value)["type"],
    "dangling_field": lambda notice, _: (
        "/supports/" in notice.pointer or "/fields/" in notice.pointer
    ),
    "unknown_place": lambda notice, _: notice.pointer.endswith(("/place", "/value")),
    "duplicate_item_id": lambda notice, _: notice.pointer.endswith("/id"),
}


def disagreement(value: Any) -> str | None:
    """How schema and parser disagree on a record, or None if they agree or are excused."""
    text = json.dumps(value)
    by_schema, by_parser = schema_of("record").is_valid(value), taken_by_parser(text)
    if by_schema == by_parser:
        return None
    if not by_schema:
        return f"only the schema refuses {text}"
    for notice in errors_of(text):
        excuse = EXCUSED.get(notice.code)
        if excuse is None or not excuse(notice, value):
            return f"only the parser refuses, with {notice.code} at {notice.pointer}, {text}"
    return None


slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(slowly, max_examples=150)
@given(aes.records())
def test_the_schema_takes_whatever_record_is_valid(record: BaseRecord) -> None:
    for text in (to_json(record), record.model_dump_json()):
        value = json.loads(text)
        assert schema_of("record").is_valid(value)
        assert schema_of("line").is_valid(value)
        assert schema_of(record.type).is_valid(value)


@settings(slowly, max_examples=150)
@given(aes.records(), st.integers(0, 2**32))
def test_schema_and_parser_agree_on_changed_records(record: BaseRecord, seed: int) -> None:
    dice = Random(seed)  # noqa: S311
    value = json.loads(to_json(record))
    for _ in range(8):
        changed = changed_json(value, dice)
        assert disagreement(changed) is None
        assert disagreement(changed_json(changed, dice)) is None


def classes() -> Iterator[Any]:
    for model in examples():
        yield pytest.param(model, id=model.__name__)


@pytest.mark.parametrize("model", list(classes()))
def test_schema_and_parser_agree_on_every_change_of_every_value(model: type[Value]) -> None:
    of = "line" if model is ae.FeedHeader or issubclass(model, BaseRecord) else "record"
    schema = jsonschema_rs.validator_for(
        {**reference(model.__name__), "$defs": json_schema(of)["$defs"]}
    )
    parse = TypeAdapter(model).validator.validate_json
    dice = Random(model.__name__)  # noqa: S311
    for value in changes(examples()[model], dice, 1000):
        refused = [error for error in refusals(parse, value) if not _is_excused(error)]
        if schema.is_valid(value):
            assert refused == [], value
        else:
            assert refusals(parse, value) or _is_of_another_version(model, value), value


def refusals(parse: Callable[[str], Value], value: Any) -> list[ErrorDetails]:
    try:
        parse(json.dumps(value))
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _is_excused(error: ErrorDetails) -> bool:
    """The same excuses for what pydantic says, which knows one of the codes by another name."""
    if error["type"] == "malformed_time":
        return error["msg"].startswith(("it ends before it begins", "a range that starts with a"))
    if error["type"] == "too_short":
        return len(error["input"]) > 0  # What is in the list is faulty, and was left out.
    if error["type"] == "int_type":
        return isinstance(error["input"], float) and error["input"].is_integer()
    return error["type"] in EXCUSED


@pytest.mark.parametrize("number", ["true", "1.0", "3.0"])
def test_a_number_that_is_a_word_is_no_other_number(number: str) -> None:
    (line,) = (line for line in example_lines() if '"credibility":3' in line)
    text = line.replace('"credibility":3', f'"credibility":{number}')
    assert not taken_by_parser(text)
    assert disagreement(json.loads(text)) is None


def _is_of_another_version(model: type[Value], value: Any) -> bool:
    """Readers refuse another version, not the class of the header."""
    return model is ae.FeedHeader and not value["schema_version"].startswith("1.")


@pytest.mark.parametrize("kind", RECORD_CLASSES)
def test_the_schema_of_a_type_takes_no_other_type(kind: str) -> None:
    for record in example_records():
        value = json.loads(ae.to_json(record))
        assert schema_of(kind).is_valid(value) == (record.type == kind)


def reads(data: bytes) -> bool:
    try:
        ae.read_feed(BytesIO(data))
    except FeedError:
        return False
    return not {"no_records", "unknown_record_type"} & {
        notice.code for notice in ae.validate(BytesIO(data)).notices
    }


def test_schema_and_reader_agree_on_whole_documents() -> None:
    header, record = json.loads(example_lines()[0]), json.loads(example_lines()[4])
    documents = [header | {"records": [record]}, header | {"records": [record, record]}]
    taken, dice = 0, Random(0)  # noqa: S311
    for value in documents + changes(documents[0], dice, 700):
        data = json.dumps(value).encode()
        by_schema, by_reader = schema_of("feed").is_valid(value), reads(data)
        taken += by_schema
        if by_schema and not by_reader:
            found = {n.code for n in ae.validate(BytesIO(data)).notices if n.severity == "error"}
            assert found <= {"wrong_type"}, data
        else:
            assert by_schema == by_reader, data
    assert taken > 50


@pytest.mark.parametrize(
    ("version", "is_read"),
    [("1.0", True), ("1.9", True), ("2.0", False), ("0.9", False), ("1", False), ("1.0\n", False)],
)
def test_a_schema_is_of_one_major_version_as_its_readers_are(version: str, is_read: bool) -> None:  # noqa: FBT001
    value = {"type": "feed", "schema_version": version}
    data = json.dumps(value).encode() + b"\n" + example_lines()[4].encode()
    assert reads(data) == is_read
    assert schema_of("line").is_valid(value) == is_read


# What depends on other fields.

FLOWN = {"category": "uncrewed_aircraft", "id": "first"}
ADIZ = {"type": "ADIZ", "entry": "reported"}

# Fields of an incursion besides id, time and sources, and whether they fit together.
INCURSIONS: list[tuple[Mapping[str, Any], bool]] = [
    ({}, False),
    ({"state": "RO"}, True),
    ({"state": None, "zones": []}, False),
    ({"zones": [ADIZ]}, True),
    ({"places": [{"name": "a village"}]}, True),
    ({"places": [{"role": None}, {}]}, False),
    ({"places": [{"role": None}, {"state": "RO"}]}, True),
    ({"places": [{"role": "origin"}, {"role": "destination"}, {"role": "response_base"}]}, False),
    ({"places": [{"role": "origin"}, {"role": "overflown"}]}, True),
    ({"crossing": "reported"}, False),
    ({"crossing": "reported", "zones": [ADIZ]}, False),
    ({"crossing": None, "state": "RO", "depth": None, "entered_from": []}, True),
    ({"crossing": "discounted", "state": "RO"}, True),
    *(
        ({"state": "RO", **crossing, **about_a_border}, bool(crossing))
        for crossing in ({}, {"crossing": "suspected"})
        for about_a_border in (
            {"depth": {"best": 3, "unit": "km"}},
            {"entered_from": ["UA"]},
            {"exited_to": ["international"]},
            {"totals": {"crossings": {"best": 2}}},
        )
    ),
    ({"state": "RO", "totals": {"crossings": None, "sightings": {"best": 2}}}, True),
    ({"state": "RO", "totals": {}}, False),
    ({"state": "RO", "totals": {"crossings": None}}, False),
    ({"state": "RO", "totals": {"objects": {"best": 2}}, "objects": [FLOWN]}, False),
    ({"state": "RO", "totals": {"objects": {"best": 2}}, "objects": []}, True),
    ({"state": "RO", "totals": {"objects": {"best": 2}}, "objects": [FLOWN, {}]}, True),
    ({"state": "RO", "totals": {"sightings": {"best": 2}}, "objects": [FLOWN]}, True),
    ({"state": "RO", "objects": [{"category": "celestial"}]}, False),
    ({"state": "RO", "objects": [{"category": "bird", "checked": {"result": "borne_out"}}]}, True),
    ({"state": "RO", "totals": {"sightings": {"roughly": 30, "max": 40}}}, True),
    ({"state": "RO", "totals": {"sightings": {"roughly": 30, "best": 30}}}, False),
    ({"state": "RO", "distance": {"roughly": 3, "unit": "km"}}, True),
    ({"state": "RO", "distance": {"roughly": 3}}, False),
    ({"state": "RO", "distance": {"roughly": 3, "best": 3, "unit": "km"}}, False),
]


@pytest.mark.parametrize(("fields", "is_right"), INCURSIONS)
def test_schema_and_parser_agree_on_fields_that_depend_on_others(
    fields: Mapping[str, Any],
    is_right: bool,  # noqa: FBT001
) -> None:
    value = {
        "type": "incursion",
        "id": "an-incursion",
        "time": {"value": "2025-01-12"},
        "sources": [{"source": "a-report"}],
        **fields,
    }
    assert taken_by_parser(json.dumps(value)) == is_right
    assert schema_of("incursion").is_valid(value) == is_right


SUSPECTED = {"polarity": "suspected"}
CLAIMS: list[tuple[Mapping[str, Any], bool]] = [
    ({"aspect": "field", "fields": ["crossing"], "polarity": "suspected"}, True),
    ({"aspect": "field", "fields": ["crossing"], "value": "RO"}, True),
    ({"aspect": "field", "fields": ["crossing"], "value": "reported"}, False),
    ({"aspect": "field", "fields": ["occurrence"], "value": "reported"}, False),
    ({"aspect": "field", "fields": []}, False),
    ({"aspect": "field"}, False),
    ({"aspect": "field", "fields": ["effects.flights.count", "responses.closure"]}, True),
    ({"aspect": "field", "fields": ["totals.crossings"], "value": {"best": 19}}, True),
    ({"aspect": "field", "fields": ["totals.crossings"], "value": 19}, False),
    ({"aspect": "field", "fields": ["totals.crossings"], "value": None}, True),
    ({"aspect": "field", "fields": ["depth"], "value": {"best": 3, "unit": "min"}}, False),
    ({"aspect": "field", "fields": ["objects"], "value": {"category": "balloon"}}, True),
    ({"aspect": "field", "fields": ["objects"], "value": [{"category": "balloon"}]}, False),
    ({"aspect": "field", "fields": ["objects"], "polarity": "denied"}, False),
    ({"aspect": "field", "fields": ["objects"], "polarity": "undetermined"}, True),
    ({"aspect": "field", "fields": ["objects", "over"], "polarity": "undetermined"}, True),
    ({"aspect": "field", "fields": ["objects.jets"], "value": {"category": "balloon"}}, False),
    ({"aspect": "field", "fields": ["objects.jets.category", "over"], "value": "land"}, False),
    (
        {"aspect": "field", "fields": ["over"], "polarity": "suspected", "likelihood": "likely"},
        False,
    ),
    ({"aspect": "field", "fields": ["over"], "polarity": "suspected", "likelihood": None}, True),
    ({"aspect": "field", "fields": ["over"], "likelihood": "likely", "confidence": "high"}, True),
    ({"aspect": "intent", "value": "unintentional", "polarity": "suspected"}, True),
    (
        {
            "aspect": "intent",
            "value": "unintentional",
            "polarity": "suspected",
            "likelihood": "likely",
        },
        False,
    ),
    ({"aspect": "intent", "polarity": "suspected"}, False),
    ({"aspect": "cause", "value": "jamming", "fields": ["objects.jets"]}, True),
    ({"aspect": "cause", "value": "jamming", "fields": ["objects.jets.wings"]}, False),
]


@pytest.mark.parametrize(("claim", "is_right"), CLAIMS)
def test_schema_and_parser_agree_on_claims(claim: Mapping[str, Any], is_right: bool) -> None:  # noqa: FBT001
    assert (refusals(parser_of(ae.Claim), claim) == []) == is_right
    assert part_of_schema("Claim").is_valid(claim) == is_right


# Claims and assessments about fields.

NAMES = dict(claimable_names())
HELD = sorted({held for held in map(name_of_held, NAMES.values()) if held})


def example_of_type(name: str) -> Any:
    """A value of a class or a named type, as JSON."""
    found = definitions()[name]
    if "oneOf" in found:
        return example_of_type(found["oneOf"][0]["$ref"].removeprefix("#/$defs/"))
    if "allOf" in found:  # A quantity in some units.
        units = found["allOf"][1]["properties"]["unit"]["anyOf"][0]["enum"]
        return {"best": 2, "unit": units[0]}
    if "$ref" in found:
        return example_of_type(found["$ref"].removeprefix("#/$defs/"))
    return (found.get("examples") or found["enum"])[0]


def about_fields(*names: str, **others: Any) -> Iterator[tuple[type[Value], Any]]:
    given = {"aspect": "field", "fields": list(names)} | others
    yield ae.Claim, given
    yield ae.Assessment, given


def disagreements(cases: Iterator[tuple[type[Value], Any]]) -> Iterator[tuple[Any, bool]]:
    """The cases that the parser takes and the schema does not, and the other way round."""
    for model, value in cases:
        by_schema = part_of_schema(f"Field{model.__name__}").is_valid(value)
        if by_schema != (refusals(parser_of(model), value) == []):
            yield value, by_schema


@cache
def parser_of(model: type[Value]) -> Callable[[str], Value]:
    return TypeAdapter(model).validator.validate_json


@cache
def part_of_schema(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({**reference(name), "$defs": json_schema()["$defs"]})


@pytest.mark.parametrize("name", NAMES)
def test_the_value_of_a_claim_is_what_the_field_holds(name: str) -> None:
    named = name.replace("*", "an-item")
    wanted = name_of_held(NAMES[name])
    for held in HELD:
        value = example_of_type(held)
        assert list(disagreements(about_fields(named, value=value))) == []
        if held == wanted:
            for model, case in about_fields(named, value=value):
                assert refusals(parser_of(model), case) == []
    for polarity in ("suspected", "undetermined"):
        assert (
            list(disagreements(about_fields(named, polarity=polarity, likelihood="likely"))) == []
        )
        assert list(disagreements(about_fields(named, "state", polarity=polarity))) == []
    assert list(disagreements(about_fields(named, "state", value=2))) == []
    assert list(disagreements(about_fields(named))) == []


MISNAMED = [
    *(name.rpartition(".")[0].replace("*", "a") for name in NAMES if "." in name),
    *(name.replace("*", "a") + ending for name in NAMES for ending in (".a", ".count", "s", "\n")),
    *(name.replace("*", item) for name in NAMES for item in ("a-b", "a_b", "A", "0", "a-", "a.b")),
    *(name.replace(".*", "") for name in NAMES if "*" in name),
    *("", ".", "objects.first.checked", "zones.adiz.entry", "places.here.precision", "scope"),
    *("totals", "note", "airspace.state", "objects[0].count", "objects..count", "a" * 501),
    f"objects.{'a' * 491}",
    f"objects.{'a' * 500}",
]


def test_the_schema_takes_the_names_that_the_parser_takes() -> None:
    taken = 0
    for name in MISNAMED:
        cases = [
            {"aspect": "field", "fields": [name], "polarity": "undetermined"},
            {"aspect": "intent", "value": "unintentional", "fields": [name]},
        ]
        for case in cases:
            model = f"{case['aspect'].capitalize()}Claim"
            by_parser = refusals(parser_of(ae.Claim), case) == []
            assert part_of_schema(model).is_valid(case) == by_parser, name
            taken += by_parser
    assert 100 < taken < len(MISNAMED)


# What the schema cannot say.


def with_example(limit: Limit) -> str:
    """The record of the made-up feed with the example of a limit in it, as JSON."""
    line = next(line for line in example_lines() if f'"id":"{limit.record}"' in line)
    record = json.loads(line)
    holder, _, last = limit.at.rpartition("/")
    inside = at(holder, record)
    inside[int(last) if isinstance(inside, list) else last] = "what is put here"
    return json.dumps(record).replace('"what is put here"', limit.example)


@pytest.mark.parametrize("limit", schema_limits(), ids=lambda limit: f"{limit.code}: {limit.what}")
def test_every_limit_is_needed(limit: Limit) -> None:
    if not limit.example:
        example = code_examples.examples()[limit.code]
        told = {n.code for n in example.check(example.failing()).notices}
        lines = example.fails.splitlines()
        if limit.code == "unknown_record_type":
            lines = [HEADER.decode()] * 2
            told = {n.code for n in ae.validate(BytesIO("\n".join(lines).encode())).notices}
        assert limit.code in told
        for line in lines:
            try:
                value = json.loads(line)
            except ValueError:
                continue  # It is no JSON, so that no schema is asked.
            assert schema_of("feed" if "records" in value else "line").is_valid(value)
        return
    text = with_example(limit)
    assert schema_of("record").is_valid(json.loads(text))
    assert [notice.code for notice in errors_of(text)] == [limit.code]


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_is_said_by_the_schema_or_listed(code: str) -> None:
    example = code_examples.examples().get(code)
    if example is None:
        assert code in code_examples.WITHOUT_EXAMPLE
        return
    said = code not in LIMITED
    values = [json.loads(line) for line in example.fails.splitlines()] if said else []
    assert all(not said or schema_of("line").is_valid(value) for value in values) != said


def test_what_is_excused_is_listed() -> None:
    assert set(EXCUSED) <= LIMITED


def test_what_passes_in_the_rules_passes_the_schema() -> None:
    for code, example in code_examples.examples().items():
        for line in example.passes.splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            of = "feed" if "records" in value else "line"
            assert schema_of(of).is_valid(value), (code, line)


# Other programs read the same schema in their own way.


def test_pythons_own_validator_agrees_with_that_in_rust() -> None:
    in_python = jsonschema.Draft202012Validator(json_schema("record"))
    in_rust = schema_of("record")
    dice = Random(1)  # noqa: S311
    records_told = [json.loads(line) for line in example_lines()[1:]]
    assert all(in_python.is_valid(value) for value in records_told)
    for value in records_told:
        for changed in changes(value, dice, 5):
            assert in_python.is_valid(changed) == in_rust.is_valid(changed), changed
