"""Extension data: any JSON value that can be written back unchanged."""

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
            msg = "a surrogate without its pair is not a character"
            raise PydanticCustomError("malformed_value", msg, {"path": path})
        if isinstance(item, int) and abs(item) >= _TOO_LARGE:
            msg = "an integer must have at most {digits} digits"
            raise PydanticCustomError("out_of_range", msg, {"digits": _MOST_DIGITS, "path": path})
        if isinstance(item, dict | list) and len(path) > _DEEPEST:
            msg = "values must not be nested more than {depth} levels deep"
            raise PydanticCustomError("nested_too_deeply", msg, {"depth": _DEEPEST, "path": path})
    return value


# The limits of pydantic-core: 200 levels, including the record and its extensions, and
# 4,300 digits. Older releases count the sign as a digit.
_MOST_DIGITS, _DEEPEST = 4_299, 198
_TOO_LARGE = 10**_MOST_DIGITS


def is_unicode(text: str) -> bool:
    """Return whether a text can be encoded as UTF-8, so that it has no unpaired surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def walk(value: JsonValue) -> Iterator[tuple[tuple[int | str, ...], JsonValue]]:
    """Yield every key and value in a JSON value, each with the parts of its JSON Pointer."""
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
    """Return the total number of keys in all objects of a JSON value."""
    return sum(len(item) for _, item in walk(value) if isinstance(item, dict))


Extensions = TypeAliasType(
    "Extensions",
    Annotated[
        dict[Namespace, JsonValue],
        AfterValidator(_check),
        Form("object whose keys are domain names", '{"example.org": {"desk": "night"}}'),
    ],
)
"""Additional data, keyed by domain names that the writers control."""
