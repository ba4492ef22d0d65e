"""Extension data: any JSON values that can be written back unchanged."""

import math
from collections.abc import Iterator
from typing import Annotated, NoReturn, Self

from pydantic import AfterValidator, JsonValue
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from airspace_events.safe_text import shown
from airspace_events.values.scalars import Form, Namespace


def _refuse(*_: object, **__: object) -> NoReturn:
    msg = "a record cannot be changed in place; make a changed copy with replace(extensions=...)"
    raise TypeError(msg)


class FrozenDict(dict[str, JsonValue]):
    """A JSON object that cannot be changed but otherwise behaves like a dictionary."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, JsonValue]]]:
        return type(self), (dict(self),)


class FrozenList(list[JsonValue]):
    """A JSON array that cannot be changed but otherwise behaves like a list."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[list[JsonValue]]]:
        return type(self), (list(self),)


def _frozen(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return FrozenDict({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return FrozenList(map(_frozen, value))
    return value


def _check(value: dict[str, JsonValue]) -> JsonValue:
    for path, item in walk(value):
        if isinstance(item, float) and not math.isfinite(item):
            msg = "a number must be finite, because JSON has no NaN and no infinite numbers"
            raise PydanticCustomError("not_finite", msg, {"path": path})
        if isinstance(item, str) and not is_unicode(item):
            msg = "{text} contains an unpaired surrogate, which is not a valid character"
            raise PydanticCustomError("malformed_value", msg, {"text": shown(item), "path": path})
        if isinstance(item, int) and abs(item) >= _TOO_LARGE:
            msg = "an integer must have at most {digits} digits"
            raise PydanticCustomError("out_of_range", msg, {"digits": _MOST_DIGITS, "path": path})
        if isinstance(item, dict | list) and len(path) > _DEEPEST:
            msg = "values must not be nested more than {depth} levels deep"
            raise PydanticCustomError("nested_too_deeply", msg, {"depth": _DEEPEST, "path": path})
    # The depth is limited, so this call cannot exceed the recursion limit.
    return _frozen(value)


# The limits of pydantic-core: 200 levels, including the record and its extensions, and
# 4,300 digits. Older releases count the sign as a digit.
_MOST_DIGITS, _DEEPEST = 4_299, 198
_TOO_LARGE = 10**_MOST_DIGITS


def is_unicode(text: str) -> bool:
    """Return whether a string has no unpaired surrogates, so that it can be encoded as UTF-8."""
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
"""Additional data, whose keys are domain names that the authors of the data control."""
