"""Turns the errors of pydantic into problems: this library's sentence, code and suggestion.

The validator, the readers of feeds and of other formats, and the constructors all say of a value
what stands here, so that one mistake has one sentence.
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
from airspace_events.values.structure import follow

#: The kinds of error that pydantic has itself; any other is a code that a validator gave.
OF_PYDANTIC = frozenset(get_args(ErrorType))

Root = type[BaseModel] | Mapping[str, type[Value]] | None
"""The class of what was parsed; classes by their tag for a union; None if it is not known."""


def _always(_: str) -> bool:
    return True


def problems_in(
    error: ValidationError,
    model: Root,
    given: Any = None,
    *,
    in_python: bool = False,
    suggests: Callable[[str], bool] = _always,
) -> Iterator[Problem]:
    """Yield the problems that an error of pydantic reports, in its order.

    A list that is too short only because its items are invalid is left out.

    Args:
        error: the error.
        model: the class of what was parsed, or the classes of a union.
        given: what was parsed, if it is at hand.
        in_python: whether the hints are in Python, and not in JSON.
        suggests: whether to look for a suggestion for a problem with this code, which takes a
            while.
    """
    for _, problem in problems_of_errors(
        error, model, given, in_python=in_python, suggests=suggests
    ):
        yield problem


def problems_of_errors(
    error: ValidationError,
    model: Root,
    given: Any = None,
    *,
    in_python: bool = False,
    suggests: Callable[[str], bool] = _always,
) -> Iterator[tuple[ErrorDetails, Problem]]:
    """Yield what `problems_in` yields, each with the error of pydantic that it explains."""
    for item in error.errors(include_url=False):
        refusal = _refusal(item, model, given, in_python=in_python)
        if not _is_echo(refusal):
            yield item, problem_of(refusal, suggests)


def problem_at(item: ErrorDetails, model: Root, given: Any = None) -> Problem:
    """Return the problem that one error of pydantic is, for `problems_in` without the rest."""
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
        # A union puts the tag of the class in front.
        family, model = model, model.get(str(location[0])) if location else None
        location = location[1:]
    context = item.get("ctx", {})
    start = _Start(model, given)
    parts, _, field = start.follow(location)
    holder = start.follow(location[:-1])[1]
    return Refusal(
        kind=item["type"],
        message=item["msg"],
        input=item["input"],
        context=context,
        parts=(*parts, *context.get("path", ()), *_at(context)),
        holder=holder,
        field=field,
        is_key=bool(location) and location[-1] == "[key]",
        is_ours=item["type"] not in OF_PYDANTIC,
        family=family,
        in_python=in_python,
    )


@dataclass(frozen=True, slots=True)
class _Start:
    """The value in which the locations of errors begin."""

    model: type[BaseModel] | None
    given: Any

    def follow(self, location: Parts) -> Any:
        if self.model is None:
            return (), None, None
        return follow(cast("type[Value]", self.model), location, self.given)


def _at(context: Mapping[str, Any]) -> Parts:
    """Return the place of a problem within its value, if the validator names one."""
    steps = str(context.get("at", "")).split("/")[1:]
    return tuple(int(step) if step.isdecimal() else step for step in steps)


def _is_echo(refusal: Refusal) -> bool:
    """Return whether a list is called too short only because its items are invalid."""
    if refusal.kind != "too_short":
        return False
    try:
        return bool(len(refusal.input) >= refusal.context["min_length"])
    except TypeError:
        # A generator has no length; pydantic has counted its valid items.
        return False
