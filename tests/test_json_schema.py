"""The published JSON Schemas: that they are published, whole, and tell what everything means."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import jsonschema_rs
import pytest
from pydantic import AfterValidator, TypeAdapter, ValidationError

import airspace_events as ae
from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema import value_rules
from airspace_events.schema.definitions import definitions, reference, referred_to
from airspace_events.schema.docstrings import class_prose, named_types, value_classes
from airspace_events.schema.examples import example_lines, examples
from airspace_events.schema.json_schema import KINDS, json_schema
from airspace_events.schema.patterns import portable
from airspace_events.values.base import Value
from airspace_events.values.field_names import claimed_field
from airspace_events.values.scalars import FieldName
from airspace_events.values.structure import fields_of
from airspace_events.vocabulary.codebook import vocabularies
from airspace_events.vocabulary.word_lists import words_of
from generators.schema_files import schema_files
from json_changes import UNSEEN

PUBLISHED = Path(__file__).parent.parent / "docs" / "schemas" / ae.SCHEMA_VERSION
MODELS = value_classes(ae.FeedHeader, *RECORD_CLASSES.values())
FILES = schema_files()
TYPES = named_types(ae.FeedHeader, *RECORD_CLASSES.values())


def claimable(name: str) -> str:
    claimed_field(name)
    return name


CLAIMED_NAME: Any = Annotated[FieldName, AfterValidator(claimable)]


def alone(name: str) -> dict[str, Any]:
    """The schema of one definition."""
    needed = referred_to(reference(name))
    return {**reference(name), "$defs": {each: definitions()[each] for each in needed}}


def test_all_of_them_are_published() -> None:
    assert {f"{of}.schema.json" for of in KINDS} == set(FILES)
    assert set(KINDS) == {"record", "line", "feed", *RECORD_CLASSES}


@pytest.mark.parametrize("of", KINDS)
def test_a_schema_is_one_of_its_dialect_and_whole_in_itself(of: str) -> None:
    schema = json_schema(of)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:airspace-events:schema:{ae.SCHEMA_VERSION}:{of}"
    assert schema["title"]
    assert schema["description"]
    jsonschema.Draft202012Validator.check_schema(schema)
    named = {
        part["$ref"].removeprefix("#/$defs/")
        for part in everywhere(schema)
        if isinstance(part.get("$ref"), str)
    }
    assert named == set(schema["$defs"])


def everywhere(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in some JSON."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from everywhere(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everywhere(inner)


def test_a_schema_that_is_changed_changes_no_other() -> None:
    json_schema()["$defs"].clear()
    assert json_schema()["$defs"]


@pytest.mark.parametrize("of", ["", "Record", "feeds", "object"])
def test_there_is_no_schema_of_anything_else(of: str) -> None:
    with pytest.raises(ValueError, match="use one of record, line, feed, source, "):
        json_schema(of)


@pytest.mark.parametrize("name", definitions())
def test_every_definition_and_every_field_says_what_it_means(name: str) -> None:
    schema = definitions()[name]
    assert schema["title"] == name
    assert schema["description"].strip().endswith((".", ")"))
    assert ">>>" not in schema["description"]
    assert "``" not in json.dumps(schema)
    for told in schema.get("properties", {}).values():
        # A code generator makes a named type of every schema with a title.
        assert "title" not in told
        assert told["description"].strip()
    if "properties" in schema:
        assert schema["additionalProperties"] is False


def test_prose_leaves_out_what_only_python_says() -> None:
    assert class_prose(ae.ReportedTime).endswith("so its bounds are wider.")
    assert class_prose(ae.Incursion).endswith("an incursion has no field for either.")
    assert class_prose(ae.Claim).endswith("for example if the actor is unknown.")


@pytest.mark.parametrize("model", [m for m in MODELS if m in examples()], ids=lambda m: m.__name__)
def test_a_class_requires_what_the_parser_requires(model: type[Value]) -> None:
    schema = definitions()[model.__name__]
    required = [name for name, shape in fields_of(model).items() if shape.required]
    assert schema["required"] == required if required else "required" not in schema
    assert list(schema["properties"]) == list(model.model_fields)


@pytest.mark.parametrize("name", [name for name in definitions() if name in vocabularies()])
def test_every_word_has_its_definition(name: str) -> None:
    vocabulary, schema = vocabularies()[name], definitions()[name]
    if name in ("BorderSide", "StateCode"):
        names = dict(zip(schema["enum"], schema["enumDescriptions"], strict=True))
        assert (names["LV"], names["XK"]) == ("Latvia", "Kosovo")
        assert [*names] == [*words_of(TYPES["StateCode"]), "international"][: len(names)]
        assert ("international" in names) == (name == "BorderSide")
    else:
        assert schema["enum"] == list(vocabulary.words)
        assert schema["enumDescriptions"] == [
            vocabulary.terms[str(word)].definition for word in vocabulary.words
        ]
    assert vocabulary.about in schema["description"]


def test_every_vocabulary_of_a_field_is_among_the_definitions() -> None:
    used = {s.vocabulary for m in MODELS for s in fields_of(m).values() if s.vocabulary}
    roots = {"Aspect"}  # In a schema the word stands in each member of the family.
    assert used - set(definitions()) <= roots


# Examples.


def test_the_made_up_feed_has_an_example_of_every_class() -> None:
    families = {ae.Claim, ae.Assessment, ae.Geometry}
    assert set(MODELS) - set(examples()) == families


def test_the_made_up_feed_is_valid_without_any_notice_and_canonical() -> None:
    lines = "\n".join(example_lines()).encode() + b"\n"
    path = Path(__file__).parent.parent / "src/airspace_events/schema/record_examples.jsonl"
    assert path.read_bytes() == lines
    assert ae.validate(path).notices == ()
    for line in example_lines()[1:]:
        assert ae.to_json(record_adapter().validate_json(line)).decode() == line
        assert "made up" in line


@pytest.mark.parametrize(
    "name", [name for name, schema in definitions().items() if "examples" in schema]
)
def test_examples_are_valid(name: str) -> None:
    for example in definitions()[name]["examples"]:
        assert jsonschema_rs.is_valid(alone(name), example)
        parser_of(name).validate_json(json.dumps(example))


def parser_of(name: str) -> TypeAdapter[Any]:
    """What parses the values of a definition."""
    if name == value_rules.CLAIMED_NAME:
        return TypeAdapter(CLAIMED_NAME)
    if name == value_rules.CLAIMED_VALUE:
        return TypeAdapter(dict[str, Any])
    models = {model.__name__: model for model in MODELS}
    return TypeAdapter(models.get(name) or TYPES[name])


def test_the_example_of_a_feed_is_valid() -> None:
    schema = json_schema("feed")
    (example,) = schema["examples"]
    assert jsonschema_rs.is_valid(schema, example)
    assert len(example["records"]) == len(example_lines()) - 1


# What other programs demand.


def test_a_discriminator_is_one_that_common_tools_understand() -> None:
    found = [part for part in everywhere(json_schema("line")) if "discriminator" in part]
    assert len(found) == 4  # Records, claims, assessments, geometries.
    for part in found:
        # ajv refuses a mapping, and asks for the word as a const of every member.
        assert part["discriminator"].keys() == {"propertyName"}
        assert part["type"] == "object"
        word = part["discriminator"]["propertyName"]
        members = [definitions()[each["$ref"].removeprefix("#/$defs/")] for each in part["oneOf"]]
        words = [member["properties"][word]["const"] for member in members]
        assert len(set(words)) == len(words)
        assert all(word in member["required"] for member in members)


def test_the_formats_are_those_that_a_pattern_makes_exact() -> None:
    found = [part for part in everywhere(json_schema("line")) if "format" in part]
    assert [part["format"] for part in found] == ["date-time"]
    assert "pattern" in found[0]


# Patterns.

PATTERNED = [name for name in definitions() if "pattern" in definitions()[name]]


@pytest.mark.parametrize("name", PATTERNED)
def test_patterns_hold_only_what_every_language_reads_the_same(name: str) -> None:
    patterns = [part["pattern"] for part in everywhere(definitions()[name]) if "pattern" in part]
    assert patterns
    for pattern in patterns:
        assert portable(pattern) == pattern
        assert "(?" not in pattern.replace("(?:", "")
        assert set(re.findall(r"\\(.)", pattern)) <= set(".+[]{}nrtu")
        assert len(pattern) < 4_000
    assert re.fullmatch(r"\^.*\$", definitions()[name]["pattern"])
    (example,) = definitions()[name]["examples"]
    assert definitions()[name]["patternErrorMessage"].endswith(f", such as {example}")
    assert definitions()[name]["type"] == "string"


def test_a_class_by_letter_that_may_differ_is_refused() -> None:
    with pytest.raises(ValueError, match="may have another meaning in other languages"):
        portable(r"^\d+$")


@pytest.mark.parametrize("name", PATTERNED)
def test_unseen_characters_change_nothing_from_program_to_program(name: str) -> None:
    schema, form = alone(name), definitions()[name]["examples"]
    in_python, in_rust = (
        jsonschema.Draft202012Validator(schema),
        jsonschema_rs.validator_for(schema),
    )
    parse = parser_of(name).validator.validate_json
    for text in ("", *form):
        for unseen in UNSEEN:
            for whole in (text, text + unseen, unseen + text, text + unseen + text):
                try:
                    parse(json.dumps(whole))
                except ValidationError:
                    by_parser = False
                else:
                    by_parser = True
                assert in_python.is_valid(whole) == by_parser, repr(whole)
                assert in_rust.is_valid(whole) == by_parser, repr(whole)
