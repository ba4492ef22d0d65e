"""The published JSON Schemas (2020-12) of records and feeds, also as OpenAPI 3.1 components.

Each schema is self-contained. Its id is a URN with the name and version of the schema. A URN is
not a web address, so programs do not try to download it.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.compact import compacted
from airspace_events.schema.definitions import (
    FEED_DOCUMENT,
    Schema,
    definitions,
    one_of,
    reference,
    referred_to,
)
from airspace_events.schema.docstrings import class_prose
from airspace_events.schema.examples import example_lines

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_WHOLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "record": ("Record", "Any record of a feed, identified by its type."),
        "line": (
            "FeedLine",
            "A line of a JSON Lines feed: the header on the first line, or a record.",
        ),
        "feed": ("Feed", "A feed as one JSON document, with its header and its records."),
    }
)

KINDS: tuple[str, ...] = (*_WHOLES, *RECORD_CLASSES)
"""The names of the schemas: for any record, for a line, for a feed, and for each record type."""


def json_schema(of: str = "record", *, compact: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) for a record, a line of a feed or a whole feed.

    Args:
        of: ``record`` for any record, ``line`` for a line of JSON Lines, ``feed`` for a feed that
            is one JSON document, or a type of record such as ``incursion``.
        compact: whether to return a short form without an id. The short form accepts every value
            that the full schema accepts, and more.

    Raises:
        ValueError: no schema has this name.

    >>> json_schema("incursion")["$id"]
    'urn:airspace-events:schema:1.0:incursion'
    """
    if of not in KINDS:
        msg = f"{of!r} is not the name of a schema; use one of {', '.join(KINDS)}"
        raise ValueError(msg)
    root = _root(of)
    if of in _WHOLES:
        title, description = _WHOLES[of]
    else:
        model = RECORD_CLASSES[of]
        title, description = model.__name__, class_prose(model)
    needed = referred_to(root)
    schema = {
        "$schema": DIALECT,
        "$id": f"urn:airspace-events:schema:{SCHEMA_VERSION}:{of}",
        "title": title,
        "description": description,
        **root,
        "$defs": {name: schema for name, schema in definitions().items() if name in needed},
    }
    # Each caller gets a copy, because the cached schema must not change.
    copy: dict[str, Any] = json.loads(json.dumps(compacted(schema) if compact else schema))
    return copy


def _root(of: str) -> Schema:
    if of == "feed":
        header, *records = map(json.loads, example_lines())
        return reference(FEED_DOCUMENT) | {"examples": [header | {"records": records}]}
    if of == "record":
        return one_of(RECORD_CLASSES, "type")
    if of == "line":
        return one_of({"feed": FeedHeader, **RECORD_CLASSES}, "type")
    return reference(RECORD_CLASSES[of].__name__)


_DEFINED = "#/$defs/"
_COMPONENT = "#/components/schemas/"
_OF_A_DOCUMENT = frozenset(["$schema", "$id", "$defs"])
_DESCRIPTION = (
    "Records of publicly reported airspace incidents. Add your own service to "
    "this document, or refer to its components."
)


def openapi_components() -> dict[str, Any]:
    """Return an OpenAPI 3.1 document that contains only the schemas of records and values.

    The schemas are the same as the JSON Schemas. ``Record`` is any record, and ``FeedDocument`` is
    a complete feed. The schema of a union also maps words to classes, because code generators need
    this mapping.

    >>> document = openapi_components()
    >>> document["components"]["schemas"]["Record"]["discriminator"]["mapping"]["source"]
    '#/components/schemas/Source'
    """
    record, feed = json_schema("record"), json_schema("feed")
    definitions: dict[str, Any] = {**json_schema("line")["$defs"], **feed["$defs"]}
    definitions["Record"] = {
        key: value for key, value in record.items() if key not in _OF_A_DOCUMENT
    }
    schemas = {
        name: _as_component(schema, definitions) for name, schema in sorted(definitions.items())
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "airspace-events",
            "version": SCHEMA_VERSION,
            "description": _DESCRIPTION,
        },
        "components": {"schemas": schemas},
    }


def _as_component(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """Convert a schema for OpenAPI, with references to components and mappings for unions."""
    if isinstance(schema, list):
        return [_as_component(inner, definitions) for inner in cast("Sequence[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    given = cast("dict[str, Any]", schema)
    made: dict[str, Any] = {}
    for key, value in given.items():
        if key in _PLAIN:
            made[key] = value
        elif key in _ANNOTATIONS:
            made[_ANNOTATIONS[key]] = value
        elif key in _CONDITIONAL and isinstance(value, bool):
            made[key] = {} if value else {"not": {}}
        elif key == "$ref" and isinstance(value, str):
            made[key] = value.replace(_DEFINED, _COMPONENT)
        elif key == "discriminator" and isinstance(value, dict) and "oneOf" in given:
            field = cast("dict[str, str]", value)["propertyName"]
            made[key] = {"propertyName": field, "mapping": _mapping(given, field, definitions)}
        else:
            made[key] = _as_component(value, definitions)
    return made


# The values of these keywords are data, even if they look like a schema.
_PLAIN = frozenset(["const", "enum", "default", "examples"])

# OpenAPI allows other keywords only with a prefix. openapi-typescript reads the first of them.
_ANNOTATIONS = {
    "enumDescriptions": "x-enum-descriptions",
    "patternErrorMessage": "x-pattern-error-message",
}
# Linters of OpenAPI accept true and false only for additional properties.
_CONDITIONAL = frozenset(["if", "then", "else", "not", "contains", "items"])


def _mapping(union: Mapping[str, Any], field: str, definitions: Mapping[str, Any]) -> Any:
    """Return the mapping of an OpenAPI discriminator, from words to components."""
    names = [member["$ref"].removeprefix(_DEFINED) for member in union["oneOf"]]
    return {definitions[name]["properties"][field]["const"]: _COMPONENT + name for name in names}
