"""JSON Schemas of the field names in claims and assessments, and of the `value` for each name.

The name alone determines the type of the value. Therefore a schema can check the value without the
record that the claim is about.
"""

from collections.abc import Collection, Iterable
from typing import Any, get_args, get_origin

from airspace_events.values.field_names import ClaimedField, claimable_names

Schema = dict[str, Any]

NAME = "ClaimedFieldName"
"""The name of the definition of field names in claims and assessments."""

VALUE = "ClaimedFieldValue"
"""The name of the definition that ties the value of a claim or assessment to its field."""

# The part of `FieldName` that may be the id of an item.
_ID = "[a-z][a-z0-9_]*(?:-[a-z0-9]+)*"
_EXAMPLE = "objects.first.count"
_NULL: Schema = {"type": "null"}


def name_of_held(found: ClaimedField) -> str | None:
    """Return the name of the class or type of a claimed value, or None if no value is allowed.

    Args:
        found: the field that the name leads to; for a list, the value is one of its items.
    """
    if found.kind == "item" or found.shape is None or found.holder is None:
        return None
    annotation: Any = found.holder.model_fields[found.shape.name].annotation
    if found.shape.many:
        annotation = get_args(annotation)[0]
    elif get_origin(annotation) is not None:
        (annotation,) = set(get_args(annotation)) - {type(None)}
    return str(annotation.__name__)


def claimed_name() -> Schema:
    """Return the schema of the field names, with a single pattern that lists all names."""
    return {
        "title": NAME,
        "description": "The name of a field that a claim or an assessment can be about, "
        "with dots between the parts and ids for items. The codebook lists all names.",
        "type": "string",
        "maxLength": 500,
        "pattern": pattern_of(name for name, _ in claimable_names()),
        "not": {"pattern": r"\n"},
        "examples": [_EXAMPLE],
        "patternErrorMessage": "The text is not the name of a claimable field, such as "
        f"{_EXAMPLE}",
    }


def claimed_value() -> Schema:
    """Return the schema of the `value` that is allowed with each name in `fields`."""
    lists: list[str] = []
    without_items: list[str] = []
    by_type: dict[str | None, list[str]] = {}
    for name, found in claimable_names():
        by_type.setdefault(name_of_held(found), []).append(name)
        if found.kind == "list":
            lists.append(name)
        if not found.is_countable:
            without_items.append(name)
    return {
        "title": VALUE,
        "description": "The `value` has the type of the named field, or of an item if the field "
        "is a list. `occurrence` and the names of items have no value. A list needs "
        "a `value`, unless the polarity is `undetermined`. A `count` needs a field with "
        "items.",
        "type": "object",
        "allOf": [
            {
                "$comment": "A claim with a value must name exactly one field: "
                "misplaced_claim_value.",
                "if": _has("value"),
                "then": {"properties": {"fields": {"type": "array", "maxItems": 1}}},
            },
            {
                "$comment": "A claim about a list must have one item as its value: "
                "claim_without_value.",
                "if": {
                    "properties": {
                        "fields": {"type": "array", "contains": _matching(lists)},
                        "polarity": {"not": {"const": "undetermined"}},
                    }
                },
                "then": _has("value"),
            },
            {
                "$comment": "A claim with a count must name a field with items: "
                "misplaced_claim_value.",
                "if": {
                    "properties": {
                        "fields": {"type": "array", "contains": _matching(without_items)}
                    }
                },
                "then": {"properties": {"count": _NULL}},
            },
            *(_typed(name, named) for name, named in by_type.items()),
        ],
        "examples": [{"fields": [_EXAMPLE], "value": {"best": 2}}],
    }


def _typed(held: str | None, names: Iterable[str]) -> Schema:
    value = {"anyOf": [{"$ref": f"#/$defs/{held}"}, _NULL]} if held else _NULL
    return {
        "if": {"properties": {"fields": {"type": "array", "items": _matching(names)}}},
        "then": {"properties": {"value": value}},
    }


def _has(name: str) -> Schema:
    return {"properties": {name: {"not": _NULL}}, "required": [name]}


def _matching(names: Iterable[str]) -> Schema:
    return {"type": "string", "pattern": pattern_of(names)}


def pattern_of(names: Iterable[str]) -> str:
    r"""Return a pattern that matches exactly the given names, with `*` for the id of an item.

    >>> pattern_of(["count", "objects.*.count", "objects.*.category"])
    '^(?:count|objects\\.[a-z][a-z0-9_]*(?:-[a-z0-9]+)*\\.(?:category|count))$'
    """
    return f"^{_after({tuple(name.split('.')) for name in names})}$"


def _after(names: Collection[tuple[str, ...]]) -> str:
    """Return the pattern for the rest of the names, with common prefixes and suffixes merged."""
    rests: dict[str, set[tuple[str, ...]]] = {}
    for first, *rest in names:
        rests.setdefault(first, set()).add(tuple(rest))
    by_rest: dict[frozenset[tuple[str, ...]], list[str]] = {}
    for first in sorted(rests):
        by_rest.setdefault(frozenset(rests[first]), []).append(first)
    return _one_of(_one_of(firsts) + _ending(rest) for rest, firsts in by_rest.items())


def _ending(rest: frozenset[tuple[str, ...]]) -> str:
    deeper = rest - {()}
    if not deeper:
        return ""
    pattern = rf"\.{_after(deeper)}"
    return f"(?:{pattern})?" if () in rest else pattern


def _one_of(patterns: Iterable[str]) -> str:
    found = [_ID if pattern == "*" else pattern for pattern in patterns]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"
