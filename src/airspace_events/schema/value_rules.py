"""The requirements of validators, other than types, that JSON Schema can express.

A ``$comment`` contains the code of the notice with the same meaning. A schema cannot compare two
values; see ``schema_limits.toml``. Every rule uses ``if``, because code generators ignore ``if``
but make several classes from ``anyOf``.

The name of a claimed field alone determines the type of its value, so a schema can check the value
without the record that the claim is about.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args, get_origin

from airspace_events.models.events import ELSEWHERE, Incursion, Series
from airspace_events.values.assessments import FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import ClaimedField, claimable_names
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import ONLY_CHECKED, AerialObject
from airspace_events.values.periods import Period
from airspace_events.values.places import Place

Schema = dict[str, Any]

CLAIMED_NAME = "ClaimedFieldName"
"""The name of the definition for the field names in claims and assessments."""

CLAIMED_VALUE = "ClaimedFieldValue"
"""The name of the definition that ties the value of a claim or assessment to its field."""

# The part of `FieldName` that may be the id of an item.
_ID = "[a-z][a-z0-9_]*(?:-[a-z0-9]+)*"
_EXAMPLE = "objects.first.count"
_NULL: Schema = {"type": "null"}


def name_of_held(found: ClaimedField) -> str | None:
    """Return the name of the class or type of a claimed value, or None if no value is allowed.

    Args:
        found: the claimed field; for a list, the claimed value is one of its items.
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
    """Return the schema for field names, with a single pattern that lists all names."""
    return {
        "title": CLAIMED_NAME,
        "description": "The name of a field that a claim or an assessment can be about, "
        "with dots between the parts and ids for items. The codebook lists all names.",
        "type": "string",
        "maxLength": 500,
        "pattern": pattern_of(name for name, _ in claimable_names()),
        "not": {"pattern": r"\n"},
        "examples": [_EXAMPLE],
        "patternErrorMessage": "The text must be the name of a claimable field, such as "
        f"{_EXAMPLE}",
    }


def claimed_value() -> Schema:
    """Return the schema that checks a `value` against the names in `fields`."""
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
        "title": CLAIMED_VALUE,
        "description": "The `value` has the type of the named field, or of an item if the field "
        "is a list. `occurrence` and the names of items have no value. A list needs "
        "a `value`, unless the polarity is `undetermined`. A `count` needs a field with "
        "items.",
        "type": "object",
        "allOf": [
            {
                "$comment": "A claim with a value must name exactly one field "
                "(code: misplaced_claim_value).",
                "if": _given("value"),
                "then": {"properties": {"fields": {"type": "array", "maxItems": 1}}},
            },
            {
                "$comment": "A claim about a list must have one item as its value "
                "(code: claim_without_value).",
                "if": {
                    "properties": {
                        "fields": {"type": "array", "contains": _matching(lists)},
                        "polarity": {"not": {"const": "undetermined"}},
                    }
                },
                "then": _given("value"),
            },
            {
                "$comment": "A claim with a count must name a field with items "
                "(code: misplaced_claim_value).",
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


def _matching(names: Iterable[str]) -> Schema:
    return {"type": "string", "pattern": pattern_of(names)}


def pattern_of(names: Iterable[str]) -> str:
    r"""Return a pattern that matches exactly the given names, with `*` for the id of an item.

    >>> pattern_of(["count", "objects.*.count", "objects.*.category"])
    '^(?:count|objects\\.[a-z][a-z0-9_]*(?:-[a-z0-9]+)*\\.(?:category|count))$'
    """
    return f"^{_after({tuple(name.split('.')) for name in names})}$"


def _after(names: Collection[tuple[str, ...]]) -> str:
    """Return the pattern for names, given as parts, with common prefixes and suffixes merged."""
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


def _given(*names: str) -> Schema:
    """Return the schema of an object in which the given fields are present and not null."""
    return {
        "properties": {name: {"not": {"type": "null"}} for name in names},
        "required": [*names],
    }


def _not_given(*names: str) -> Schema:
    """Return the schema of an object in which the given fields are absent or null."""
    return {"properties": {name: {"type": "null"} for name in names}}


def _is(name: str, word: str) -> Schema:
    return {"properties": {name: {"const": word}}, "required": [name]}


_NO_NUMBER = _not_given("min", "best", "roughly", "max")
_ONE_NUMBER: Schema = {"if": _given("best"), "then": _not_given("roughly")}
_SUSPECTED: Schema = {"if": _is("polarity", "suspected"), "then": _not_given("likelihood")}
_FIELDS_AND_VALUE: Schema = {"dependentSchemas": {"fields": {"$ref": f"#/$defs/{CLAIMED_VALUE}"}}}
_NONE: Schema = {"type": "array", "maxItems": 0}
_WHERE_IT_HAPPENED: Schema = {
    "type": "object",
    "not": {"properties": {"role": {"enum": sorted(ELSEWHERE)}}, "required": ["role"]},
    "if": _not_given(*(name for name in Place.model_fields if name != "id")),
    "then": False,
}

_COUNTED_ONCE: Schema = {
    "$comment": "The count of a single object must not be repeated in the totals "
    "(code: counted_twice).",
    "if": {
        "properties": {"objects": {"type": "array", "minItems": 1, "maxItems": 1}},
        "required": ["objects"],
    },
    "then": {"properties": {"totals": {"type": ["object", "null"], **_not_given("objects")}}},
}

_OF_CLASSES: Mapping[type[Value], Schema] = MappingProxyType(
    {
        ReportedCount: {
            "$comment": "A value without a number must have `verbatim` (code: empty_value). A "
            "number must be exact or approximate, not both (code: exact_and_approximate).",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
            "else": _ONE_NUMBER,
        },
        ReportedQuantity: {
            "$comment": "A value without a number must have `verbatim` (code: empty_value). A "
            "number must have a unit (code: unit_missing). A number must be exact or approximate, "
            "not both (code: exact_and_approximate).",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
            "else": _given("unit") | _ONE_NUMBER,
        },
        Totals: {
            "$comment": "At least one count must be given (code: empty_value).",
            "if": _not_given(*Totals.model_fields),
            "then": False,
        },
        Period: {
            "$comment": "A period with a last day must not be ongoing (code: end_contradicted).",
            "if": _given("last_day"),
            "then": {"properties": {"ongoing": {"enum": [False, None]}}},
        },
        AerialObject: {
            "$comment": "A category such as `bird` or `vessel` requires `checked` "
            "(code: unchecked_category).",
            "if": {
                "properties": {"category": {"enum": sorted(ONLY_CHECKED)}},
                "required": ["category"],
            },
            "then": _given("checked"),
        },
        FieldClaim: {
            "$comment": "A claim with a likelihood must be affirmed, not suspected "
            "(code: suspected_with_likelihood).",
            **_SUSPECTED,
            **_FIELDS_AND_VALUE,
        },
        FieldAssessment: _FIELDS_AND_VALUE,
        Claim: {
            "$comment": "A claim must have a value, unless its polarity is undetermined "
            "(code: claim_without_value). A claim with a likelihood must be affirmed, not "
            "suspected (code: suspected_with_likelihood).",
            "if": _is("polarity", "undetermined"),
            "else": _given("value") | _SUSPECTED,
        },
        Incursion: {
            "allOf": [
                {
                    "$comment": "A crossing requires the state whose border was crossed "
                    "(code: crossing_without_state). A field about a border crossing requires "
                    "`crossing` (code: crossing_missing).",
                    "if": _given("crossing"),
                    "then": _given("state"),
                    "else": {
                        "properties": {
                            "depth": {"type": "null"},
                            "entered_from": _NONE,
                            "exited_to": _NONE,
                            "totals": {"type": ["object", "null"], **_not_given("crossings")},
                        }
                    },
                },
                {
                    "$comment": "An incursion must have a place (code: nowhere).",
                    "if": {
                        "properties": {
                            "state": {"type": "null"},
                            "zones": _NONE,
                        }
                    },
                    "then": {
                        "properties": {
                            "places": {"type": "array", "contains": _WHERE_IT_HAPPENED}
                        },
                        "required": ["places"],
                    },
                },
                _COUNTED_ONCE,
            ]
        },
        Series: _COUNTED_ONCE,
    }
)


def rule_of(model: type[Value]) -> Schema:
    """Return the additional requirements for values of a class as a schema, which may be empty."""
    found = [rule for kind, rule in _OF_CLASSES.items() if issubclass(model, kind)]
    return found[0] if found else {}
