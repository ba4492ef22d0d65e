"""The requirements of validators, other than types, that JSON Schema can express.

A ``$comment`` gives the code of the notice with the same meaning. A schema cannot compare two
values; see `schema_limits`. Every rule uses ``if``, because code generators ignore ``if`` but make
several classes from ``anyOf``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.models.events import ELSEWHERE, Incursion, Series
from airspace_events.schema import claimed_names
from airspace_events.values.assessments import FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import ONLY_CHECKED, AerialObject
from airspace_events.values.periods import Period
from airspace_events.values.places import Place

Schema = dict[str, Any]


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
    """Return the schema of an object with a given word in a field."""
    return {"properties": {name: {"const": word}}, "required": [name]}


_NO_NUMBER = _not_given("min", "best", "roughly", "max")
_ONE_NUMBER: Schema = {"if": _given("best"), "then": _not_given("roughly")}
_SUSPECTED: Schema = {"if": _is("polarity", "suspected"), "then": _not_given("likelihood")}
_FIELDS_AND_VALUE: Schema = {
    "dependentSchemas": {"fields": {"$ref": f"#/$defs/{claimed_names.VALUE}"}}
}
_NONE: Schema = {"type": "array", "maxItems": 0}
_WHERE_IT_HAPPENED: Schema = {
    "type": "object",
    "not": {"properties": {"role": {"enum": sorted(ELSEWHERE)}}, "required": ["role"]},
    "if": _not_given(*(name for name in Place.model_fields if name != "id")),
    "then": False,
}

_COUNTED_ONCE: Schema = {
    "$comment": "The count of a single object must not be repeated in the totals: counted_twice.",
    "if": {
        "properties": {"objects": {"type": "array", "minItems": 1, "maxItems": 1}},
        "required": ["objects"],
    },
    "then": {"properties": {"totals": {"type": ["object", "null"], **_not_given("objects")}}},
}

_OF_CLASSES: Mapping[type[Value], Schema] = MappingProxyType(
    {
        ReportedCount: {
            "$comment": "A value without a number must have words: empty_value. A number must "
            "be exact "
            "or approximate, not both: exact_and_approximate.",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
            "else": _ONE_NUMBER,
        },
        ReportedQuantity: {
            "$comment": "A value without a number must have words: empty_value. A number must "
            "have a "
            "unit: unit_missing. A number must be exact or approximate, not both: "
            "exact_and_approximate.",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
            "else": _given("unit") | _ONE_NUMBER,
        },
        Totals: {
            "$comment": "At least one count must be given: empty_value.",
            "if": _not_given(*Totals.model_fields),
            "then": False,
        },
        Period: {
            "$comment": "A period with a last day must not be ongoing: end_contradicted.",
            "if": _given("last_day"),
            "then": {"properties": {"ongoing": {"enum": [False, None]}}},
        },
        AerialObject: {
            "$comment": "A category that is not an aircraft must have a check: "
            "unchecked_category.",
            "if": {
                "properties": {"category": {"enum": sorted(ONLY_CHECKED)}},
                "required": ["category"],
            },
            "then": _given("checked"),
        },
        FieldClaim: {
            "$comment": "A claim with a likelihood must be affirmed, not suspected: "
            "suspected_with_likelihood.",
            **_SUSPECTED,
            **_FIELDS_AND_VALUE,
        },
        FieldAssessment: _FIELDS_AND_VALUE,
        Claim: {
            "$comment": "A claim must have a value, unless its polarity is undetermined: "
            "claim_without_value. A claim with a likelihood must be affirmed, not "
            "suspected: suspected_with_likelihood.",
            "if": _is("polarity", "undetermined"),
            "else": _given("value") | _SUSPECTED,
        },
        Incursion: {
            "allOf": [
                {
                    "$comment": "A crossing must have the state whose border was crossed: "
                    "crossing_without_state. A field about a border crossing requires "
                    "`crossing`: crossing_missing.",
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
                    "$comment": "An incursion must have a place: nowhere.",
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
    """Return the additional requirements on values of a class as a schema, which may be empty."""
    found = [rule for kind, rule in _OF_CLASSES.items() if issubclass(model, kind)]
    return found[0] if found else {}
