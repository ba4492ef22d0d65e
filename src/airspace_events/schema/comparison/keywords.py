"""The keywords of JSON Schema 2020-12: what each may hold, and which hold schemas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")

OTHER_DIALECTS = frozenset(
    ["$dynamicRef", "$dynamicAnchor", "$recursiveRef", "dependencies", "additionalItems"]
)
"""Keywords of older versions, and some that lead to another place in each document."""


def inner_schemas(keyword: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The schemas that a keyword holds, each with the steps to it."""
    demand = KEYWORDS[keyword]
    if demand is _is_schema:
        yield (keyword,), value
    elif demand is _are_schemas and isinstance(value, list):
        for number, inner in enumerate(cast("Sequence[Any]", value)):
            yield (keyword, number), inner
    elif demand is _are_named_schemas and isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            yield (keyword, name), inner


# What each keyword may hold. What is in none of these is a note of somebody's own.


def _is_schema(value: Any) -> bool:
    return isinstance(value, bool | dict)


def _are_schemas(value: Any) -> bool:
    return isinstance(value, list) and len(cast("Sequence[Any]", value)) > 0


def _are_named_schemas(value: Any) -> bool:
    return isinstance(value, dict)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 (not NaN)


def _is_positive(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_size(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == value // 1


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, cast("Sequence[Any]", value)))


def _are_lists_of_names(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_are_names, cast("dict[str, Any]", value).values()))


def _is_type(value: Any) -> bool:
    types = cast("Sequence[Any]", value) if isinstance(value, list) else [value]
    return all(isinstance(one, str) and one in TYPES for one in types)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_anything(_: Any) -> bool:
    return True


KEYWORDS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        [
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "items",
            "contains",
            "unevaluatedItems",
            "not",
            "if",
            "then",
            "else",
        ],
        _is_schema,
    ),
    **dict.fromkeys(["allOf", "anyOf", "oneOf", "prefixItems"], _are_schemas),
    **dict.fromkeys(
        ["$defs", "definitions", "properties", "patternProperties", "dependentSchemas"],
        _are_named_schemas,
    ),
    **dict.fromkeys(
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        _is_number,
    ),
    "multipleOf": _is_positive,
    **dict.fromkeys(
        [
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
        ],
        _is_size,
    ),
    **dict.fromkeys(
        [
            "$ref",
            "$id",
            "$anchor",
            "$schema",
            "$comment",
            "title",
            "description",
            "format",
            "pattern",
        ],
        _is_text,
    ),
    **dict.fromkeys(["uniqueItems", "deprecated", "readOnly", "writeOnly"], _is_flag),
    "required": _are_names,
    "dependentRequired": _are_lists_of_names,
    "type": _is_type,
    "enum": _is_list,
    "examples": _is_list,
    "const": _is_anything,
    "default": _is_anything,
}

PLAIN = frozenset(["enum", "examples", "const", "default"])
"""Keywords that hold any JSON."""

IN_PLACE = frozenset(["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"])
"""Keywords whose schemas are asked about the same value, and not about a part of it."""
