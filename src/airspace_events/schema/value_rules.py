"""What the validators of values demand beyond types, as far as JSON Schema can say it.

A ``$comment`` names the notice that says the same to people. What compares two values, no schema
can say: see `schema_limits`. Every rule is an ``if``, because programs that make classes of a
schema leave those alone, and make several classes of an ``anyOf``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.values.base import Value
from airspace_events.values.claims import Claim
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.periods import Period

Schema = dict[str, Any]


def _given(name: str) -> Schema:
    """That a field is there, and not null."""
    return {"properties": {name: {"not": {"type": "null"}}}, "required": [name]}


def _not_given(*names: str) -> Schema:
    """That fields are not there, or null."""
    return {"properties": {name: {"type": "null"} for name in names}}


_NO_NUMBER = _not_given("min", "best", "max")

_OF_CLASSES: Mapping[type[Value], Schema] = MappingProxyType(
    {
        ReportedCount: {
            "$comment": "Without a number there are words: empty_value.",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
        },
        ReportedQuantity: {
            "$comment": "Without a number there are words: empty_value. A number has its unit: "
            "unit_missing.",
            "if": _NO_NUMBER,
            "then": _given("verbatim"),
            "else": _given("unit"),
        },
        Period: {
            "$comment": "What has a last day does not go on: end_contradicted.",
            "if": _given("last_day"),
            "then": {"properties": {"ongoing": {"enum": [False, None]}}},
        },
        Claim: {
            "$comment": "What is not undetermined has a value: claim_without_value.",
            "if": {
                "properties": {"polarity": {"const": "undetermined"}},
                "required": ["polarity"],
            },
            "else": _given("value"),
        },
    }
)


def rule_of(model: type[Value]) -> Schema:
    """What a value of the class must satisfy besides: nothing, or the parts of a schema."""
    if issubclass(model, Claim) and not model.value_needed:
        return {}
    found = [rule for kind, rule in _OF_CLASSES.items() if issubclass(model, kind)]
    return found[0] if found else {}
