"""The definitions of the published schemas, one for each class and named type.

The checks come from pydantic, which derives them from the annotations. This module adds the
requirements of the validators, more exact patterns for times, and the descriptions.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from pydantic.json_schema import models_json_schema
from typing_extensions import TypeAliasType

from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.reference.states import states
from airspace_events.schema import patterns
from airspace_events.schema.docstrings import (
    class_prose,
    field_doc,
    form_of,
    named_types,
    prose,
    type_prose,
    value_classes,
)
from airspace_events.schema.examples import examples
from airspace_events.schema.patterns import portable, without_line_end
from airspace_events.schema.value_rules import (
    CLAIMED_NAME,
    CLAIMED_VALUE,
    claimed_name,
    claimed_value,
    rule_of,
)
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.claims import Claim
from airspace_events.values.scalars import Form
from airspace_events.vocabulary.codebook import vocabularies

Schema: TypeAlias = dict[str, Any]

FEED_DOCUMENT = "FeedDocument"
"""The name of the definition for a feed in one JSON document; no class defines such a feed."""

_REF = "#/$defs/"
_ROOTS: tuple[type[Value], ...] = (FeedHeader, *RECORD_CLASSES.values())
_MAJOR = SCHEMA_VERSION.partition(".")[0]

_EXACTER: Mapping[str, Schema] = MappingProxyType(
    {
        "Instant": {"pattern": patterns.INSTANT},
        "DateOrInstant": {"pattern": patterns.DATE_OR_INSTANT},
        "TimeExpression": {
            "pattern": patterns.TIME_EXPRESSION,
            "not": {"pattern": patterns.NO_TIME_EXPRESSION},
        },
        # A schema belongs to one major version, and a reader refuses every other version.
        "SchemaVersion": {"pattern": rf"^{_MAJOR}\.(?:0|[1-9][0-9]{{0,3}})$"},
    }
)
"""Schema keywords, by named type, that are more precise than those from pydantic."""

_ADDED_DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "JsonValue": "Any JSON.",
        "Instant": "An instant in RFC 3339 format, with an offset from UTC.",
    }
)
"""Descriptions of named types whose own docstrings do not fit a schema."""


@cache
def definitions() -> Mapping[str, Schema]:
    """Return a mapping from names to definitions. The definitions may refer to each other."""
    _, generated = models_json_schema([(model, "validation") for model in _ROOTS])
    classes = {model.__name__: model for model in value_classes(*_ROOTS)}
    types = named_types(*_ROOTS)
    families = {
        name: model
        for name, model in classes.items()
        if issubclass(model, FamilyValue) and model.is_family_root()
    }
    found: dict[str, Schema] = {}
    for name, given in cast("dict[str, Schema]", generated["$defs"]).items():
        schema = _tidied(given, families)
        found[name] = (
            _of_class(classes[name], schema) if name in classes else _of_type(types[name], schema)
        )
    for name, model in families.items():
        family = {"title": name, "description": class_prose(model)}
        found[name] = family | one_of(model.members(), model.discriminator())
    found[FEED_DOCUMENT] = _feed_document(found[FeedHeader.__name__])
    found[CLAIMED_NAME] = claimed_name()
    found[CLAIMED_VALUE] = claimed_value()
    return MappingProxyType(dict(sorted(found.items())))


def referred_to(schema: Any) -> set[str]:
    """Return the names of all definitions that a schema needs, directly or indirectly."""
    found: set[str] = set()
    due: list[Any] = [schema]
    while due:
        for name in _references(due.pop()):
            if name not in found:
                found.add(name)
                due.append(definitions()[name])
    return found


def one_of(models: Mapping[str, type[Value]], by: str) -> Schema:
    """Return the schema of a union of classes; the word in the field ``by`` selects the class."""
    # There is no mapping, because some tools refuse it, and each class has its word as a const.
    return {
        "type": "object",
        "discriminator": {"propertyName": by},
        "oneOf": [reference(model.__name__) for model in models.values()],
    }


def reference(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": _REF + name}


def _references(schema: Any) -> Iterator[str]:
    due: list[Any] = [schema]
    while due:
        part = due.pop()
        if isinstance(part, dict):
            inside = cast("Schema", part)
            if isinstance(inside.get("$ref"), str):
                yield inside["$ref"].removeprefix(_REF)
            due.extend(inside.values())
        elif isinstance(part, list):
            due.extend(cast("Sequence[Any]", part))


def _tidied(schema: Any, families: Mapping[str, type[FamilyValue]]) -> Any:
    """Return pydantic's schema without redundant parts, and with references to class families."""
    if isinstance(schema, list):
        return [_tidied(inner, families) for inner in cast("Sequence[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    given = cast("Schema", schema)
    if "discriminator" in given:
        first = given["oneOf"][0]["$ref"].removeprefix(_REF)
        (family,) = (
            name
            for name, model in families.items()
            if first in (member.__name__ for member in model.__subclasses__())
        )
        return reference(family)
    kept = {
        key: _tidied(inner, families)
        for key, inner in given.items()
        if not (key == "title" and isinstance(inner, str)) and (key, inner) != ("default", None)
    }
    if "prefixItems" in kept:
        # Only positions have such a list. Some code generators read only the type of all items.
        kept["items"] = {"type": "number"}
    if isinstance(kept.get("properties"), dict) and "$ref" not in kept:
        kept["type"] = "object"
    # The type comes first for human readers.
    return {"type": kept["type"]} | kept if isinstance(kept.get("type"), str) else kept


def _of_class(model: type[Value], schema: Schema) -> Schema:
    schema = {"title": model.__name__, "description": class_prose(model)} | {
        key: value for key, value in schema.items() if key != "description"
    }
    schema["properties"] = {
        name: {
            "description": prose(field_doc(model, name) or "The word that identifies the type."),
            **field,
        }
        for name, field in schema["properties"].items()
    }
    if issubclass(model, Claim | Assessment):
        schema["properties"]["fields"]["items"] = reference(CLAIMED_NAME)
    return schema | rule_of(model) | {"examples": [examples()[model]]}


def _of_type(alias: TypeAliasType, schema: Schema) -> Schema:
    name = alias.__name__
    schema = {**schema, **_EXACTER.get(name, {})}
    if "pattern" in schema:
        schema |= _of_pattern(schema["pattern"], schema.get("not", {}).get("pattern"))
    vocabulary = vocabularies().get(name)
    if vocabulary is not None and "enum" in schema:
        meanings = {word: term.definition for word, term in vocabulary.terms.items()}
        schema |= {
            "enumDescriptions": [
                meanings.get(str(word)) or _state_name(word) for word in schema["enum"]
            ]
        }
    form = form_of(alias)
    reported = [_ADDED_DESCRIPTIONS.get(name) or type_prose(alias) or ""]
    if vocabulary is not None:
        reported += [
            vocabulary.about,
            f"From {vocabulary.standard}." if vocabulary.standard else "",
        ]
    if form is not None and not reported[0]:
        reported.append(f"{form.name[0].upper()}{form.name[1:]}.")
    if form is not None and form.standard and form.standard not in reported[0]:
        reported.append(f"By {form.standard}.")
    schema = {"title": name, "description": " ".join(filter(None, reported)), **schema}
    return schema | _of_form(schema, form) if form else schema


def _state_name(code: str) -> str:
    return (
        "Airspace that belongs to no state." if code == "international" else states.get(code).name
    )


def _of_form(schema: Schema, form: Form) -> Schema:
    is_text = schema["type"] == "string"
    shown: Schema = {"examples": [form.example if is_text else json.loads(form.example)]}
    if "pattern" in schema:
        # Editors show this text instead of the pattern, which is hard to read.
        shown["patternErrorMessage"] = (
            f"The text must be a valid {form.name}, such as {form.example}"
        )
    return shown


def _of_pattern(pattern: str, unwanted: str | None) -> Schema:
    pattern = portable(pattern)
    everything_unwanted = [part for part in (unwanted, without_line_end(pattern)) if part]
    if not everything_unwanted:
        return {"pattern": pattern}
    return {"pattern": pattern, "not": {"pattern": "|".join(everything_unwanted)}}


def _feed_document(header: Schema) -> Schema:
    records = {
        "description": "The records of the feed, in any order.",
        "type": "array",
        "items": one_of(RECORD_CLASSES, "type"),
        "minItems": 1,
    }
    header = {key: value for key, value in header.items() if key != "examples"}
    return header | {
        "title": FEED_DOCUMENT,
        "description": "A complete feed as one JSON document, with its header and its records.",
        "properties": header["properties"] | {"records": records},
        "required": [*header["required"], "records"],
    }
