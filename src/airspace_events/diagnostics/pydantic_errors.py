"""Convert pydantic errors into problems with a message, a code and a suggestion.

The validator, the readers of all formats and the constructors use these problems, so each mistake
has the same message everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.refused_values import Refusal, problem_of
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.structure import follow, item_of

#: The error types of pydantic itself; any other type is the code of a validator here.
OF_PYDANTIC = frozenset(get_args(ErrorType))

Root = type[BaseModel] | Mapping[str, type[Value]] | None
"""The expected class, a mapping from tags to the classes of a union, or None if unknown."""


def _always(_: str) -> bool:
    return True


def problems_in(
    error: ValidationError,
    model: Root,
    given: Any = None,
    *,
    suggests: Callable[[str], bool] = _always,
) -> Iterator[Problem]:
    """Yield a problem for each error in a pydantic `ValidationError`, in the same order.

    A list that is too short only because its items are invalid does not count as a problem.

    Args:
        error: the error.
        model: the expected class, or the classes of a union by tag.
        given: the parsed data; None if it is not available.
        suggests: a function that takes a code and returns whether to search for a suggestion.
            Such a search is slow.
    """
    for _, problem in problems_of_errors(error, model, given, suggests=suggests):
        yield problem


def problems_of_errors(
    error: ValidationError,
    model: Root,
    given: Any = None,
    *,
    in_python: bool = False,
    suggests: Callable[[str], bool] = _always,
) -> Iterator[tuple[ErrorDetails, Problem]]:
    """Yield the same problems as `problems_in`, each with its pydantic error.

    With ``in_python``, hints are Python code instead of JSON, because a constructor was called.
    """
    for item in _without_bare_values(error.errors(include_url=False), given):
        refusal = _refusal(item, model, given, in_python=in_python)
        if not _is_echo(refusal):
            yield item, problem_of(refusal, suggests)


def _without_bare_values(items: list[ErrorDetails], given: Any) -> Iterator[ErrorDetails]:
    """Yield the errors, but only one for each value that was given instead of a list.

    pydantic treats such a value as a list of its fields, and reports an error for each field.
    """
    bare: set[Parts] = set()
    for item in items:
        location, value = _bare_value(item, given)
        if location is None:
            yield item
        elif location not in bare:
            bare.add(location)
            yield {**item, "type": "tuple_type", "loc": location, "input": value}


def _bare_value(item: ErrorDetails, given: Any) -> tuple[Parts | None, Any]:
    """Return the location and the value of an item that was given instead of a list.

    Both are None if the error has another cause.
    """
    location: Parts = item["loc"]
    for at, step in enumerate(location):
        if isinstance(step, int) and isinstance(given, Value):
            return location[:at], given
        given = item_of(given, step)
    is_bare = item["type"] == "too_short" and isinstance(item["input"], Value)
    return (location, item["input"]) if is_bare else (None, None)


def problem_at(item: ErrorDetails, model: Root, given: Any = None) -> Problem:
    """Convert a single pydantic error into a problem, in the same way as `problems_in`."""
    return problem_of(_refusal(item, model, given, in_python=False), _always)


def _refusal(
    item: ErrorDetails,
    model: Root,
    given: Any,
    *,
    in_python: bool,
) -> Refusal:
    location: Parts = item["loc"]
    if isinstance(model, type) and issubclass(model, FamilyValue) and model.is_family_root():
        model = cast("Mapping[str, type[Value]]", model.members())
    family: Mapping[str, type[Value]] = {}
    if isinstance(model, Mapping):
        # For a union, the location begins with the tag of the class.
        family, model = model, model.get(str(location[0])) if location else None
        location = location[1:]
    context = item.get("ctx", {})
    start = _Start(model, given)
    parts, _, field = start.follow(location)
    holder = start.follow(location[:-1])[1]
    return Refusal(
        kind=item["type"],
        message=item["msg"],
        input=_plain(item["input"]),
        context=context,
        parts=(*parts, *context.get("path", ()), *_at(context)),
        holder=holder,
        field=field,
        is_key=bool(location) and location[-1] == "[key]",
        is_ours=item["type"] not in OF_PYDANTIC,
        family=family,
        in_python=in_python,
    )


def _plain(value: Any) -> Any:
    """Convert an instance of a subclass of a built-in type to that type.

    The methods of the subclass are not called, because they may raise errors.
    """
    kind = cast("type[object]", type(value))
    if kind not in _COPIES and kind is not bool:
        for plain, copy in _COPIES.items():
            if issubclass(kind, plain):
                return copy(value)
    return value


_COPIES: Mapping[type[Any], Callable[[Any], object]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    dict: dict[Any, Any].copy,
    list: list[Any].copy,
    tuple: lambda value: tuple[Any, ...].__getitem__(value, slice(None)),
}


@dataclass(frozen=True, slots=True)
class _Start:
    model: type[BaseModel] | None
    given: Any

    def follow(self, location: Parts) -> Any:
        if self.model is None:
            return (), None, None
        return follow(cast("type[Value]", self.model), location, self.given)


def _at(context: Mapping[str, Any]) -> Parts:
    """Return the parts of the pointer ``at``, which is relative to the rejected value."""
    steps = str(context.get("at", "")).split("/")[1:]
    return tuple(int(step) if step.isdecimal() else step for step in steps)


def _is_echo(refusal: Refusal) -> bool:
    """Return whether a list is too short only because its invalid items were left out."""
    if refusal.kind != "too_short":
        return False
    try:
        return bool(len(refusal.input) >= refusal.context["min_length"])
    except TypeError:
        # A generator has no length, so pydantic counted its valid items.
        return False
