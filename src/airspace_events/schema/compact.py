"""A short form of a JSON Schema, for data entry and structured output of language models.

The short form has no patterns, lengths or conditions, and describes each field in one sentence. A
union of classes, such as a claim, becomes one class with the fields of all members. The short form
accepts every value that the full schema accepts, and more.
"""

from collections.abc import Mapping
from typing import Any, cast

from airspace_events.schema.definitions import Schema

_DEFINED = "#/$defs/"
_KEPT = ("$ref", "type", "const", "enum", "required")
_NULL = {"type": "null"}
_LONG, _PART = "BorderSide", "StateCode"


def compacted(schema: Schema) -> Schema:
    """Return the short form of a schema and its definitions."""
    given = cast("dict[str, Schema]", schema["$defs"])
    inline = {name: short for name, one in given.items() if (short := _inline(one))}
    definitions = {
        name: _with_null(
            _merged_union(one, given, inline) if "oneOf" in one else _compact(one, inline)
        )
        for name, one in given.items()
    }
    if _LONG in given:
        rest = [word for word in given[_LONG]["enum"] if word not in given[_PART]["enum"]]
        definitions[_LONG] = {"anyOf": [{"$ref": _DEFINED + _PART}, {"enum": rest}]}
    root = _compact(schema, inline)
    if "$ref" in root:
        # Services for structured output need an object here.
        root = {**definitions[root["$ref"].removeprefix(_DEFINED)], "type": "object"}
    return {
        "$schema": schema["$schema"],
        "title": schema["title"],
        **root,
        "$defs": {name: definitions[name] for name in sorted(_referred_to(root, definitions))},
    }


def _inline(definition: Schema) -> Schema | None:
    """Return the short form of a definition that can replace references to it, or None."""
    # Of several schemas for one value, only the class is kept; the others are conditions.
    for part in (definition, *definition.get("allOf", ())):
        if "$ref" in part:
            return {"$ref": part["$ref"]}
    if definition.get("type") in ("string", "number", "integer", "boolean"):
        return None if "enum" in definition else {"type": definition["type"]}
    return None


def _compact(schema: Schema, inline: Mapping[str, Schema]) -> Schema:
    """Return the short form of a schema; ``inline`` replaces references to some definitions."""
    made: Schema = {key: schema[key] for key in _KEPT if key in schema}
    if (name := made.get("$ref", "").removeprefix(_DEFINED)) in inline:
        made = dict(inline[name])
    if "const" in made:
        del made["type"]
    if "description" in schema and "enum" not in schema:
        made["description"] = _first_sentence(schema["description"])
    if "properties" in schema:
        made["properties"] = {
            name: _compact(field, inline) for name, field in schema["properties"].items()
        }
        made["additionalProperties"] = False
    if "items" in schema:
        made["items"] = _compact(schema["items"], inline)
    if options := schema.get("oneOf") or schema.get("anyOf"):
        made |= _any_of([_compact(option, inline) for option in options])
    return made


def _any_of(options: list[Schema]) -> Schema:
    distinct = [one for at, one in enumerate(options) if one not in options[:at]]
    if _NULL in distinct and any("$ref" in one for one in distinct):
        # Every definition accepts null.
        distinct.remove(_NULL)
    if len(distinct) == 1:
        return distinct[0]
    if all(set(option) == {"type"} for option in distinct):
        return {"type": [option["type"] for option in distinct]}
    return {"anyOf": distinct}


def _merged_union(
    union: Schema, given: Mapping[str, Schema], inline: Mapping[str, Schema]
) -> Schema:
    members = [_compact(option, inline) for option in union["oneOf"]]
    if not all("$ref" in member for member in members):
        return _compact(union, inline)
    classes = [_compact(given[one["$ref"].removeprefix(_DEFINED)], inline) for one in members]
    names = dict.fromkeys(name for one in classes for name in one["properties"])
    required = [name for name in names if all(name in one["required"] for one in classes)]
    return {
        "type": "object",
        "required": required,
        "description": _first_sentence(union["description"]),
        "properties": {
            name: _merged_field([one["properties"].get(name) for one in classes]) for name in names
        },
        "additionalProperties": False,
    }


def _merged_field(fields: list[Schema | None]) -> Schema:
    given = [field for field in fields if field is not None]
    if all("const" in field for field in given):
        return {"enum": [field["const"] for field in given]}
    descriptions = dict.fromkeys(str(field["description"]) for field in given)
    rest = [{key: one for key, one in field.items() if key != "description"} for field in given]
    return {"description": " Or: ".join(descriptions), **_any_of(rest)}


def _with_null(schema: Schema) -> Schema:
    """Return a definition that also accepts null, which means the same as a missing field."""
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    if schema.get("type") == "object":
        return {**schema, "type": ["object", "null"]}
    return schema


def _first_sentence(text: str) -> str:
    """Return the text up to the first full stop or semicolon that is followed by a space."""
    paragraph = text.partition("\n")[0]
    ends = [end for end in (paragraph.find(". "), paragraph.find("; ")) if end >= 0]
    return f"{paragraph[: min(ends)]}." if ends else paragraph


def _referred_to(root: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    found: set[str] = set()
    due: list[Any] = [root]
    while due:
        part = due.pop()
        if isinstance(part, list):
            due += part
        elif isinstance(part, dict):
            due += cast("Schema", part).values()
            name = str(cast("Schema", part).get("$ref", "")).removeprefix(_DEFINED)
            if name and name not in found:
                found.add(name)
                due.append(definitions[name])
    return found
