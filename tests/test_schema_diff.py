"""Two schemas are compared by what they let through, and each change says whom it breaks."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import airspace_events as ae
from airspace_events.schema.json_schema import KINDS as PUBLISHED
from airspace_events.schema.json_schema import json_schema
from airspace_events.schema.schema_diff import Change, change_lines, is_breaking, schema_diff
from airspace_events.schema.schema_document import read_schema

Schema = Any


def told(old: Schema, new: Schema) -> list[tuple[str, str, str]]:
    """Of each change its place, its kind and whom it breaks."""
    return [(change.place, change.kind, change.breaks) for change in schema_diff(old, new)]


def record(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "additionalProperties": False}


TEXT = {"type": "string"}
LIST = {"type": "array"}
NODE = {
    "$ref": "#/$defs/Node",
    "$defs": {"Node": record(next={"$ref": "#/$defs/Node"}, name=TEXT)},
}


def also(schema: Schema, **keywords: Any) -> Schema:
    return {**schema, **keywords}


def changed(schema: Schema, *steps: str | int, to: Any) -> Schema:
    """A copy of the schema in which something is another."""
    new = copy.deepcopy(schema)
    inside = new
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = to
    return new


def of_kind(word: str) -> Schema:
    return also(record(type={"const": word}, size={"type": "number"}), required=["type"])


KINDS = {
    "oneOf": [of_kind("cat"), of_kind("dog")],
    "discriminator": {"propertyName": "type"},
}

# Pairs of schemas: the old one, the new one, and the changes with whom they break.
PAIRS: dict[str, tuple[Schema, Schema, list[tuple[str, str, str]]]] = {
    "a field is new": (record(), record(a=TEXT), [("a", "field_added", "readers")]),
    "a field is gone": (record(a=TEXT), record(), [("a", "field_removed", "writers")]),
    "a new field is required": (
        record(),
        also(record(a=TEXT), required=["a"]),
        [("a", "field_added", "both")],
    ),
    "a required field is gone": (
        also(record(a=TEXT), required=["a"]),
        record(),
        [("a", "field_removed", "both")],
    ),
    "a field is required": (
        record(a=TEXT),
        also(record(a=TEXT), required=["a"]),
        [("a", "field_required", "writers")],
    ),
    "a field is optional": (
        also(record(a=TEXT), required=["a"]),
        record(a=TEXT),
        [("a", "field_optional", "readers")],
    ),
    "a field is forbidden": (record(a=TEXT), record(a=False), [("a", "field_removed", "writers")]),
    "a name that was open has a schema": (
        {"type": "object"},
        {"type": "object", "properties": {"a": TEXT}},
        [("a", "field_added", "both")],
    ),
    "a name that was open is named": (
        {"type": "object"},
        {"type": "object", "properties": {"a": True}},
        [("a", "field_added", "readers")],
    ),
    "a forbidden name is open": (
        {"type": "object", "properties": {"a": False}},
        {"type": "object"},
        [("a", "type_added", "readers")],
    ),
    "other fields are open": (
        record(),
        also(record(), additionalProperties=True),
        [("", "other_fields", "readers")],
    ),
    "other fields are closed": (
        also(record(), additionalProperties=TEXT),
        record(),
        [("", "other_fields", "writers")],
    ),
    "other fields are shorter": (
        also(record(), additionalProperties=TEXT),
        also(record(), additionalProperties=also(TEXT, maxLength=3)),
        [("*", "length_tightened", "writers")],
    ),
    "names are shorter": (
        {"type": "object"},
        {"type": "object", "propertyNames": {"maxLength": 3}},
        [("(name)", "length_tightened", "writers")],
    ),
    "a type is new": (TEXT, {"type": ["string", "null"]}, [("", "type_added", "readers")]),
    "a type is gone": ({"type": ["string", "null"]}, TEXT, [("", "type_removed", "writers")]),
    "a type is another": (
        TEXT,
        {"type": "number"},
        [("", "type_removed", "writers"), ("", "type_added", "readers")],
    ),
    "fractions are new": (
        {"type": "integer"},
        {"type": "number"},
        [("", "type_added", "readers")],
    ),
    "fractions are gone": (
        {"type": "number"},
        {"type": "integer"},
        [("", "type_removed", "writers")],
    ),
    "a word is new": (
        {"enum": ["a"]},
        {"enum": ["a", "b"]},
        [("", "word_added", "readers")],
    ),
    "a word is gone": (
        {"enum": ["a", "b"]},
        {"enum": ["a"]},
        [("", "word_removed", "writers")],
    ),
    "words are free": ({"enum": ["a"]}, TEXT, [("", "words_opened", "readers")]),
    "words are no longer free": (TEXT, {"enum": ["a"]}, [("", "words_closed", "writers")]),
    "a number as a word is not true": (
        {"enum": [1]},
        {"enum": [True]},
        [("", "type_removed", "writers"), ("", "type_added", "readers")],
    ),
    "a lower bound is higher": (
        {"type": "number", "minimum": 1},
        {"type": "number", "minimum": 2},
        [("", "bound_tightened", "writers")],
    ),
    "a lower bound is gone": (
        {"type": "number", "minimum": 1},
        {"type": "number"},
        [("", "bound_loosened", "readers")],
    ),
    "an upper bound is new": (
        {"type": "number"},
        {"type": "number", "maximum": 2},
        [("", "bound_tightened", "writers")],
    ),
    "texts are shorter": (
        {"type": "string", "maxLength": 9},
        {"type": "string", "maxLength": 8},
        [("", "length_tightened", "writers")],
    ),
    "texts may be empty": (
        {"type": "string", "minLength": 1},
        TEXT,
        [("", "length_loosened", "readers")],
    ),
    "a pattern is new": (TEXT, also(TEXT, pattern="^a"), [("", "pattern", "writers")]),
    "a pattern is gone": (also(TEXT, pattern="^a"), TEXT, [("", "pattern", "readers")]),
    "a pattern is another": (
        also(TEXT, pattern="^a"),
        also(TEXT, pattern="^[a]"),
        [("", "pattern", "both")],
    ),
    "a format is another": (
        also(TEXT, format="date"),
        also(TEXT, format="date-time"),
        [("", "format", "both")],
    ),
    "lists are longer": (
        {"type": "array", "maxItems": 1},
        {"type": "array", "maxItems": 2},
        [("", "length_loosened", "readers")],
    ),
    "items are others": (
        {"type": "array", "items": TEXT},
        {"type": "array", "items": also(TEXT, maxLength=3)},
        [("*", "length_tightened", "writers")],
    ),
    "one item is another": (
        {"type": "array", "prefixItems": [TEXT, TEXT]},
        {"type": "array", "prefixItems": [TEXT, also(TEXT, maxLength=3)]},
        [("1", "length_tightened", "writers")],
    ),
    "a list has an end": (
        {"type": "array", "prefixItems": [TEXT]},
        {"type": "array", "prefixItems": [TEXT], "items": False},
        [("*", "length_tightened", "writers")],
    ),
    "a list contains something": (
        {"type": "array"},
        {"type": "array", "contains": TEXT},
        [("", "condition", "writers")],
    ),
    "a kind is new": (
        KINDS,
        also(KINDS, oneOf=[*KINDS["oneOf"], of_kind("cow")]),
        [("", "member_added", "readers")],
    ),
    "a kind is gone": (
        KINDS,
        also(KINDS, oneOf=KINDS["oneOf"][:1]),
        [("", "member_removed", "writers")],
    ),
    "a kind has another field": (
        KINDS,
        changed(KINDS, "oneOf", 1, "properties", "size", to={"type": "integer"}),
        [("dog/size", "type_removed", "writers")],
    ),
    "kinds that overlap": (
        {"oneOf": [{"type": "number", "minimum": 0}, {"type": "number", "maximum": 9}]},
        {"oneOf": [{"type": "number", "minimum": 0}, {"type": "number", "maximum": 5}]},
        [
            ("", "condition", "both"),
            ("", "bound_tightened", "writers"),
        ],
    ),
    "one of two that both hold": (
        {"type": "object", "allOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}]},
        {"type": "object", "allOf": [{"properties": {"a": TEXT}}, {"properties": {"b": LIST}}]},
        [("b", "type_removed", "writers"), ("b", "type_added", "readers")],
    ),
    "a condition is new": (
        {"type": "string"},
        {"type": "string", "not": {"const": "a"}},
        [("", "condition", "writers")],
    ),
    "a condition is looser": (
        {"not": {"enum": ["a", "b"]}},
        {"not": {"enum": ["a"]}},
        [("", "condition", "readers")],
    ),
    "a branch forbids everything": (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": False},
        [("", "type_removed", "writers")],
    ),
    "a branch is new": (
        {"title": "x"},
        {"title": "x", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        [("", "condition", "writers")],
    ),
    "a branch is stricter": (
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
        [("c", "field_required", "writers")],
    ),
    "another question is asked": (
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"type": "object", "if": {"required": ["c"]}, "then": {"required": ["b"]}},
        [("", "condition", "both")],
    ),
    "a default is another": (
        record(a=also(TEXT, default="x")),
        record(a=also(TEXT, default="y")),
        [("a", "default", "both")],
    ),
    "a description is another": (
        record(a=also(TEXT, description="x")),
        record(a=also(TEXT, description="y")),
        [("a", "description", "nobody")],
    ),
    "a word is described in other words": (
        {"enum": ["a", "b"], "enumDescriptions": ["1", "2"]},
        {"enum": ["b", "a"], "enumDescriptions": ["2", "3"]},
        [("", "description", "nobody")],
    ),
    "it is deprecated": (
        record(a=TEXT),
        record(a=also(TEXT, deprecated=True)),
        [("a", "annotation", "nobody")],
    ),
    "tools are told of another discriminator": (
        KINDS,
        also(KINDS, discriminator={"propertyName": "size"}),
        [("", "annotation", "nobody")],
    ),
    "a recursive schema": (
        NODE,
        changed(NODE, "$defs", "Node", "properties", "name", to=also(TEXT, maxLength=3)),
        [("name", "length_tightened", "writers")],
    ),
    "nothing fits": (
        TEXT,
        False,
        [("", "type_removed", "writers")],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_each_change_says_where_and_whom_it_breaks(
    old: Schema, new: Schema, expected: list[tuple[str, str, str]]
) -> None:
    assert told(old, new) == expected


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_no_line_comes_twice(
    old: Schema, new: Schema, expected: list[tuple[str, str, str]]
) -> None:
    lines = list(change_lines(schema_diff(old, new)))
    assert len(set(lines)) == len(lines) == len(expected)


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_backwards_it_breaks_the_others(
    old: Schema, new: Schema, expected: list[tuple[str, str, str]]
) -> None:
    swapped = {"readers": "writers", "writers": "readers"}
    others = sorted(swapped.get(breaks, breaks) for _, _, breaks in expected)
    assert sorted(breaks for _, _, breaks in told(new, old)) == others


# Two ways to write the same.
SAME: dict[str, tuple[Schema, Schema]] = {
    "a vocabulary": (
        {"enum": ["a", "b"]},
        {"oneOf": [{"const": "b"}, {"const": "a", "type": "string"}]},
    ),
    "a vocabulary and null": (
        {"type": ["string", "null"], "enum": ["a", None]},
        {"anyOf": [{"type": "null"}, {"const": "a"}]},
    ),
    "a null": ({"type": ["string", "null"]}, {"anyOf": [TEXT, {"type": "null"}]}),
    "a null, referred to": (
        {"anyOf": [TEXT, {"type": "null"}]},
        {"$defs": {"T": TEXT}, "oneOf": [{"$ref": "#/$defs/T"}, {"const": None}]},
    ),
    "names of definitions": (NODE, json.loads(json.dumps(NODE).replace("Node", "Other"))),
    "a definition or not": (
        record(a=TEXT, b=TEXT),
        also(record(a={"$ref": "#/$defs/T"}, b={"$ref": "#/$defs/T"}), **{"$defs": {"T": TEXT}}),
    ),
    "a pointer, the whole": (
        {
            "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#/$defs/x~1y"}},
            "$defs": {"x/y": TEXT},
        },
        {
            "$id": "https://example.org/1",
            "properties": {"a": {"$ref": "https://example.org/1"}, "b": {"$ref": "#/$defs/any"}},
            "$defs": {"any": {"type": "string"}},
        },
    ),
    "limits of another kind": (TEXT, also(TEXT, minimum=5, required=["a"])),
    "what says nothing": (
        {"type": "array"},
        {"type": "array", "minItems": 0, "items": {}},
    ),
    "true and false": ({"type": "boolean"}, {"enum": [False, True]}),
    "the empty default": (record(a=also(TEXT, default=None)), record(a=TEXT)),
    "the empty list as default": (record(a={"type": "array", "default": []}), record(a=LIST)),
    "items that cannot be there": (
        {"type": "array", "maxItems": 1, "prefixItems": [TEXT, TEXT], "items": TEXT},
        {"type": "array", "maxItems": 1, "prefixItems": [TEXT, LIST]},
    ),
    "the order of all": (KINDS, also(KINDS, oneOf=KINDS["oneOf"][::-1])),
    "the version": ({"$id": "https://example.org/1"}, {"$id": "https://example.org/2"}),
    "a choice that all of it has": (TEXT, {"anyOf": [TEXT, {"const": "a"}]}),
    "something and everything": ({}, True),
    "nothing": (False, {"enum": []}),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME.keys())
def test_what_means_the_same_is_no_change(old: Schema, new: Schema) -> None:
    assert told(old, new) == []
    assert told(new, old) == []


# What cannot be compared: it, and words of the reason.
NO_SCHEMAS: dict[str, tuple[Any, str]] = {
    "a list": ([], "must be an object"),
    "a record": ({"id": "s", "publisher": "UNN"}, "has no keyword"),
    "no type": ({"type": "feed"}, 'type cannot be "feed"'),
    "a property that is none": ({"properties": {"a": 5}}, "/properties/a"),
    "properties that are none": ({"properties": []}, "properties cannot be"),
    "no number": ({"minimum": "5"}, "minimum cannot be"),
    "not a number": ({"minimum": float("nan")}, "minimum cannot be"),
    "an empty choice": ({"anyOf": []}, "anyOf cannot be"),
    "items of an older dialect": ({"items": [True]}, "items cannot be"),
    "an older dialect": ({"$schema": "http://json-schema.org/draft-07/schema#"}, "2020-12"),
    "an older keyword": (
        {"type": "object", "dependencies": {}},
        '"dependencies" cannot be compared',
    ),
    "a moving reference": (
        {"items": {"$dynamicRef": "#a"}},
        r"\$dynamicRef. cannot be compared \(/items",
    ),
    "a reference to nowhere": ({"$ref": "#/$defs/None"}, "not refer to a schema"),
    "a reference to no schema": ({"$ref": "#/title", "title": "x"}, "not refer to a schema"),
    "a reference out of it": ({"$ref": "https://example.org/x"}, "another document"),
    "a name of a part": ({"properties": {"a": {"$id": "https://example.org"}}}, r"\$id"),
    "itself": ({"$ref": "#"}, "the references of this schema form a cycle"),
    "what it is not": (
        {"not": {"if": {"$ref": "#"}}},
        "the references of this schema form a cycle",
    ),
    "a part outside of schemas": (
        {"$ref": "#/const/y", "const": {"y": {"type": 5}}},
        "type cannot be",
    ),
    "a part behind such a part": (
        {"$ref": "#/const/y", "const": {"y": {"$ref": "#/const/z"}, "z": {"$ref": "#/none"}}},
        "not refer to a schema",
    ),
    "itself, in a circle": (
        {
            "properties": {"a": {"$ref": "#/$defs/a"}},
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}},
        },
        "the references of this schema form a cycle",
    ),
    "more than can be told": (
        {"allOf": [{"anyOf": [{"pattern": f"{n}{m}"} for m in range(9)]} for n in range(9)]},
        "too many",
    ),
    "words that are no JSON": ({"enum": [float("inf")]}, "JSON"),
}


@pytest.mark.parametrize(("schema", "words"), NO_SCHEMAS.values(), ids=NO_SCHEMAS.keys())
def test_what_cannot_be_compared_is_told(schema: Any, words: str) -> None:
    for pair in ((schema, True), (True, schema)):
        with pytest.raises(ae.FormatError, match=words):
            schema_diff(*pair)


def test_what_is_nested_very_deeply_is_told() -> None:
    deep: Schema = {}
    for _ in range(3_000):
        deep = {"allOf": [deep]}
    with pytest.raises(ae.FormatError, match="deeply"):
        schema_diff(deep, {})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "invalid JSON"),
        (b"\xff\xfe", "invalid JSON"),
        (b"", "invalid JSON"),
        (b"[]", "must be an object"),
    ],
)
def test_a_file_that_is_no_schema_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_bytes(data)
    with pytest.raises(ae.FormatError, match=words) as caught:
        read_schema(file)
    assert caught.value.file == str(file)


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(NODE), encoding="utf-8")
    assert read_schema(file) == read_schema(str(file)) == NODE


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(ae.UnreadableError, match="none"):
        read_schema(tmp_path / "none.json")
    file = tmp_path / "schema.json"
    file.write_bytes(b" " * (32 * 2**20 + 1))
    with pytest.raises(ae.FormatError, match="32 MiB"):
        read_schema(file)


@pytest.mark.parametrize(
    "keyword", ["uniqueItems", "patternProperties", "$anchor", "readOnly", "x-made-up"]
)
def test_a_keyword_that_no_published_schema_uses_is_named(keyword: str) -> None:
    for inside in (also(TEXT, **{keyword: True}), record(a=also(TEXT, **{keyword: True}))):
        with pytest.raises(ae.FormatError, match=re.escape(f'"{keyword}" cannot be compared')):
            schema_diff(inside, inside)


# Conditions that hold definitions.


def with_condition(least: int, **then: Schema) -> Schema:
    """A document with a definition that a field holds and that a condition may hold too."""
    return {
        **record(size={"$ref": "#/$defs/Size"}, kind=TEXT, value={}),
        "if": {"properties": {"kind": {"const": "size"}}},
        "then": {"properties": then},
        "$defs": {"Size": {"type": "object", "properties": {"best": {"minimum": least}}}},
    }


def test_a_definition_in_a_condition_is_told_where_else_it_is_held() -> None:
    old, new = (with_condition(least, value={"$ref": "#/$defs/Size"}) for least in (1, 2))
    [change] = schema_diff(old, new)
    assert (change.place, change.also_at) == ("size/best", ("value/best",))
    assert change.breaks == "writers"


def test_a_condition_that_changes_by_itself_is_told_beside_the_definition_in_it() -> None:
    old = with_condition(1, value={"$ref": "#/$defs/Size"})
    new = with_condition(2, value={"$ref": "#/$defs/Size"}, size={"required": ["best"]})
    assert {(change.place, change.kind) for change in schema_diff(old, new)} == {
        ("size/best", "bound_tightened"),
        ("size", "field_added"),
    }


def test_a_definition_in_a_condition_alone_is_told_where_it_is() -> None:
    old, new = (with_condition(least, value={"$ref": "#/$defs/Size"}) for least in (1, 2))
    for schema in (old, new):
        del schema["properties"]["size"]
    assert [(change.place, change.kind) for change in schema_diff(old, new)] == [
        ("value/best", "bound_tightened")
    ]


# The real schema.


@pytest.fixture(scope="module")
def records() -> Schema:
    return json_schema()


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_schema_is_the_same_as_itself(name: str) -> None:
    schema = json_schema(name)
    assert schema_diff(schema, json.loads(json.dumps(schema, sort_keys=True))) == []


def test_a_change_in_a_definition_is_told_once_with_all_its_places(records: Schema) -> None:
    new = changed(records, "$defs", "ReportedTime", "properties", "moon", to=TEXT)
    [change] = schema_diff(records, new)
    assert change.place == "incursion/time/moon"
    assert change.definition == "ReportedTime"
    assert "statement/made/moon" in change.also_at
    assert len(set(change.also_at)) == len(change.also_at) > 10


def test_places_are_in_the_terms_of_the_documents(records: Schema) -> None:
    new = copy.deepcopy(records)
    incursion = new["$defs"]["Incursion"]
    incursion["required"].append("depth")
    new["$defs"]["AerialObject"]["properties"]["colour"] = TEXT
    new["$defs"]["IntentClaim"]["required"].append("value")
    assert set(told(records, new)) == {
        ("incursion/depth", "field_required", "writers"),
        ("incursion/objects/*/colour", "field_added", "readers"),
        ("source/claims/*[intent]/value", "field_required", "writers"),
    }


# What is said.


def test_lines_are_for_people_and_what_breaks_comes_first() -> None:
    old = record(a=TEXT, b=also(TEXT, pattern="x", description="1"), c=TEXT)
    new = also(
        record(a=TEXT, b=also(TEXT, pattern="y", description="2"), c=TEXT, d=TEXT),
        required=["a"],
    )
    assert list(change_lines(schema_diff(old, new))) == [
        'may break readers and writers: b now has the pattern "y"; it was "x"',
        "breaks writers: a is now required",
        "breaks readers: d is new",
        "breaks nobody: b has a different description",
    ]
    assert is_breaking(schema_diff(old, new))
    assert not is_breaking(schema_diff(old, old))


MESSAGES: dict[str, tuple[Schema, Schema, list[str]]] = {
    "in one more place": (
        also(record(a={"$ref": "#/$defs/T"}, b={"$ref": "#/$defs/T"}), **{"$defs": {"T": TEXT}}),
        also(record(a={"$ref": "#/$defs/T"}, b={"$ref": "#/$defs/T"}), **{"$defs": {"T": LIST}}),
        [
            "breaks writers: a can no longer be text",
            "breaks writers: b can no longer be text",
            "breaks readers: a can now be a list",
            "breaks readers: b can now be a list",
        ],
    ),
    "of a definition": (
        also(record(a={"$ref": "#/$defs/T"}, b={"$ref": "#/$defs/T"}), **{"$defs": {"T": TEXT}}),
        also(
            record(a={"$ref": "#/$defs/T"}, b={"$ref": "#/$defs/T"}),
            **{"$defs": {"T": also(TEXT, minLength=1)}},
        ),
        ["breaks writers: a must now have at least 1 characters (T, also in 1 other place)"],
    ),
    "no bound": (
        {"type": "number", "minimum": 1},
        {"type": "number"},
        [
            "breaks readers: the document no longer needs to be at least 1",
        ],
    ),
    "forms without a name": (
        {"anyOf": [also(TEXT, minLength=5), also(TEXT, pattern="a"), {"enum": ["x", "y"]}]},
        also(TEXT, minLength=5),
        [
            "breaks writers: the document can no longer be text of a different form (pattern)",
            'breaks writers: the document can no longer be "x" or "y"',
        ],
    ),
    "a part of a list of schemas": (
        {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/anyOf/0"}}]},
        {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/anyOf/1"}}]},
        [
            "breaks writers: * can no longer be text",
            "breaks readers: * can now be a list",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "lines"), MESSAGES.values(), ids=MESSAGES.keys())
def test_a_line_says_it_in_words(old: Schema, new: Schema, lines: list[str]) -> None:
    assert list(change_lines(schema_diff(old, new))) == lines


def test_lines_are_safe_to_print() -> None:
    new = record(**{"a\x1b[31m\u202e\n": also(TEXT, pattern="\x07")})
    lines = list(change_lines([*schema_diff(record(), new), *schema_diff(new, record())]))
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


def test_a_change_knows_what_was_and_what_is() -> None:
    [change] = schema_diff({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 2})
    assert change == Change(
        kind="length_tightened",
        place="",
        message="must now have at most 2 characters, not 3",
        breaks="writers",
        old=3,
        new=2,
    )


# Against an independent validator.

VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2, 3, 1.0, 0.5, 2.5, -1, "", "a", "b", "ab", "abc", "1"),
    *([], [1], ["a"], ["a", "a"], [1, "a"], ["a", 1, None], [[]], [{}], [1, 2, 3]),
    *({}, {"a": 1}, {"a": "a"}, {"b": 1}, {"a": 1, "b": "b"}, {"c": None}, {"a": {"a": 1}}),
    *({"a": ["a"]}, {"a": 1, "c": 2}, {"a": "b", "b": {"a": "a"}}, {"b": None, "c": []}),
    *({"a": "a", "b": 1}, {"a": "b", "b": 1}, {"a": None}, {"a": {"b": 2}, "b": 2}, {"d": 1}),
]
NAMES = st.sampled_from(["a", "b", "c"])
SIZES = st.integers(0, 3)
NUMBERS = st.sampled_from([0, 1, 2, 3, 0.5])
WORDS = st.lists(st.sampled_from(VALUES[:17]), max_size=4)
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]


def some(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A few of these keywords."""
    chosen = st.lists(st.sampled_from(sorted(keywords)), max_size=3, unique=True)
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries({name: keywords[name] for name in names})
    )


def of_type(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    several = st.lists(inner, min_size=1, max_size=3)
    fields = st.dictionaries(NAMES, inner, max_size=3)
    by_type = [
        st.fixed_dictionaries({"type": st.lists(st.sampled_from(TYPES), min_size=1, unique=True)}),
        st.sampled_from(TYPES).map(lambda name: {"type": name}),
        st.fixed_dictionaries({"enum": WORDS}),
        some(minLength=SIZES, maxLength=SIZES, pattern=st.sampled_from(["a", "^b"])),
        some(
            minimum=NUMBERS,
            maximum=NUMBERS,
        ),
        some(
            items=inner,
            prefixItems=several,
            minItems=SIZES,
            maxItems=SIZES,
            contains=inner,
        ),
        some(
            properties=fields,
            required=st.lists(NAMES, unique=True),
            additionalProperties=inner,
            propertyNames=inner,
            dependentSchemas=fields,
        ),
        some(anyOf=several, oneOf=several, allOf=several),
        st.fixed_dictionaries(
            {}, optional={"not": inner, "if": inner, "then": inner, "else": inner}
        ),
        st.fixed_dictionaries({"$ref": st.sampled_from(["#/$defs/A", "#/$defs/B"])}),
    ]
    return st.lists(st.one_of(by_type), min_size=1, max_size=2).map(
        lambda parts: {name: value for part in parts for name, value in part.items()}
    )


SCHEMAS = st.recursive(st.booleans() | of_type(st.just({})), of_type, max_leaves=5)
DEFINITIONS = st.fixed_dictionaries({"A": SCHEMAS, "B": SCHEMAS})
DOCUMENTS = st.fixed_dictionaries({"allOf": st.tuples(SCHEMAS).map(list), "$defs": DEFINITIONS})


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Schema, Schema]:
    """A schema, and another that is mostly near to it."""
    old = draw(DOCUMENTS)
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, 2))):
        inside: Any = new
        while isinstance(inside, dict | list) and inside:
            steps = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            step = draw(st.sampled_from(steps))
            if draw(st.integers(0, 3)) == 0 and inside is not new and step not in {"A", "B"}:
                if isinstance(inside, dict) and draw(st.booleans()):
                    del inside[step]
                elif isinstance(inside[step], bool | dict):
                    inside[step] = draw(SCHEMAS)
                break
            inside = inside[step]
    return old, new


def valid(schema: Schema) -> list[bool]:
    validator = Draft202012Validator(schema)
    return [validator.is_valid(value) for value in VALUES]


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_where_nobody_is_broken_the_documents_stay_valid(pair: tuple[Schema, Schema]) -> None:
    try:
        changes = schema_diff(*pair)
        before, after = map(valid, pair)
    except (ae.FormatError, RecursionError):
        return
    broken = {change.breaks for change in changes}
    for value, was, is_ in zip(VALUES, before, after, strict=True):
        if not broken & {"writers", "both"}:
            assert is_ or not was, value
        if not broken & {"readers", "both"}:
            assert was or not is_, value


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_a_schema_is_the_same_as_itself_in_another_order(schema: Schema) -> None:
    try:
        assert schema_diff(schema, json.loads(json.dumps(schema, sort_keys=True))) == []
    except ae.FormatError as error:
        reasons = ("the references of this schema form a cycle", "too many")
        assert any(reason in str(error) for reason in reasons)  # noqa: PT017
