"""Data of the writer's own: any JSON, as long as writing it back gives the same again."""

import math
from typing import Annotated

from pydantic import AfterValidator, JsonValue
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from airspace_events.values.scalars import Form, Namespace


def _check(value: JsonValue) -> JsonValue:
    if isinstance(value, float) and not math.isfinite(value):
        msg = "JSON has no NaN and no infinite numbers"
        raise PydanticCustomError("not_finite", msg)
    if isinstance(value, dict):
        for item in value.values():
            _check(item)
    elif isinstance(value, list):
        for item in value:
            _check(item)
    return value


def count_json_keys(value: JsonValue) -> int:
    """How many keys the objects in a JSON value have, all together."""
    if isinstance(value, dict):
        return len(value) + sum(count_json_keys(item) for item in value.values())
    if isinstance(value, list):
        return sum(count_json_keys(item) for item in value)
    return 0


Extensions = TypeAliasType(
    "Extensions",
    Annotated[
        dict[Namespace, JsonValue],
        AfterValidator(_check),
        Form("object whose keys are domain names", '{"example.org": {"desk": "night"}}'),
    ],
)
"""Further data, each part under a domain name that its writer controls."""
