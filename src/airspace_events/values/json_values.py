"""Data of the writer's own: any JSON, as long as writing it back gives the same again."""

import math
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, JsonValue
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from airspace_events.values.scalars import Form, Namespace


def _check(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    for path, item in walk(value):
        if isinstance(item, float) and not math.isfinite(item):
            msg = "JSON has no NaN and no infinite numbers"
            raise PydanticCustomError("not_finite", msg, {"path": path})
        if isinstance(item, str) and not is_unicode(item):
            msg = "a lone surrogate is no character"
            raise PydanticCustomError("malformed_value", msg, {"path": path})
        if isinstance(item, int) and abs(item) >= _TOO_LARGE:
            msg = "an integer has at most {digits} digits"
            raise PydanticCustomError("out_of_range", msg, {"digits": _MOST_DIGITS, "path": path})
        if isinstance(item, dict | list) and len(path) > _DEEPEST:
            msg = "values are nested at most {depth} deep"
            raise PydanticCustomError("nested_too_deeply", msg, {"depth": _DEEPEST, "path": path})
    return value


# What pydantic-core reads back: 200 levels, of which the record and its extensions are two, and
# 4,300 digits, of which older releases count the sign as one.
_MOST_DIGITS, _DEEPEST = 4_299, 198
_TOO_LARGE = 10**_MOST_DIGITS


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: it has no lone surrogate, which is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def walk(value: JsonValue) -> Iterator[tuple[tuple[int | str, ...], JsonValue]]:
    """Every key and value in a JSON value, each with the parts of the pointer to it."""
    todo: list[tuple[tuple[int | str, ...], JsonValue]] = [((), value)]
    while todo:
        path, item = todo.pop()
        yield path, item
        if isinstance(item, dict):
            for key, inner in item.items():
                yield (*path, key), key
                todo.append(((*path, key), inner))
        elif isinstance(item, list):
            todo += [((*path, number), inner) for number, inner in enumerate(item)]


def count_json_keys(value: JsonValue) -> int:
    """How many keys the objects in a JSON value have, all together."""
    return sum(len(item) for _, item in walk(value) if isinstance(item, dict))


Extensions = TypeAliasType(
    "Extensions",
    Annotated[
        dict[Namespace, JsonValue],
        AfterValidator(_check),
        Form("object whose keys are domain names", '{"example.org": {"desk": "night"}}'),
    ],
)
"""Further data, each part under a domain name that its writer controls."""
