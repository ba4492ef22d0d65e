"""The published schemas as OpenAPI 3.1 components, for services that exchange records."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, cast

from airspace_events.feeds.header import SCHEMA_VERSION
from airspace_events.schema.json_schema import json_schema

_DEFINED = "#/$defs/"
_COMPONENT = "#/components/schemas/"
_OF_A_DOCUMENT = frozenset(["$schema", "$id", "$defs"])
_DESCRIPTION = (
    "Records of airspace incidents, as they were publicly reported. Add your own service to "
    "this document, or refer to its components."
)


def openapi_components() -> dict[str, Any]:
    """Return an OpenAPI 3.1 document with only the schemas of all records and values.

    The schemas equal the JSON Schemas. ``Record`` is any record, and ``FeedDocument`` is a
    complete feed. For unions, the schema also has a mapping from words to classes, because code
    generators need the mapping.

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
    """Return a schema with references to components, and with mappings for unions of classes."""
    if isinstance(schema, list):
        return [_as_component(inner, definitions) for inner in cast("Sequence[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    given = cast("dict[str, Any]", schema)
    made: dict[str, Any] = {}
    for key, value in given.items():
        if key in _PLAIN:
            made[key] = value
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


def _mapping(union: Mapping[str, Any], field: str, definitions: Mapping[str, Any]) -> Any:
    """Return a mapping from the words of a field to components."""
    names = [member["$ref"].removeprefix(_DEFINED) for member in union["oneOf"]]
    return {definitions[name]["properties"][field]["const"]: _COMPONENT + name for name in names}


def main() -> None:
    """Print the document."""
    document = json.dumps(openapi_components(), ensure_ascii=False, indent=2) + "\n"
    sys.stdout.buffer.write(document.encode())


if __name__ == "__main__":
    main()
