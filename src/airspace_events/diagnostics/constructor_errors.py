"""The errors of constructors, in the words of the validator."""

from collections.abc import Iterator
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from airspace_events.diagnostics.pydantic_errors import problems_of_errors
from airspace_events.values.base import Value


def explained(
    error: ValidationError, model: type[Value], given: Any, *, in_python: bool
) -> ValidationError:
    """Return an error of pydantic with this library's sentences.

    The places and the inputs of its errors stay. Their type becomes the code of the notice that
    the validator gives, and ``ctx`` has the suggestion, if there is one.

    Args:
        error: the error.
        model: the class that was called, or that was to validate.
        given: what was given to it.
        in_python: whether a constructor was called, so that the hints are in Python.
    """
    return ValidationError.from_exception_data(
        error.title, list(_details(error, model, given, in_python=in_python))
    )


def _details(
    error: ValidationError, model: type[Value], given: Any, *, in_python: bool
) -> Iterator[InitErrorDetails]:
    for item, problem in problems_of_errors(error, model, given, in_python=in_python):
        sentence = problem.sentence
        context = {"suggestion": problem.suggestion} if problem.suggestion else {}
        if "{suggestion}" in sentence:
            # pydantic would replace these characters of the input, and has no way to escape them.
            context = {}
        # Type checkers want literal texts, since a template could show other facts by mistake.
        kind = PydanticCustomError(cast("Any", problem.code), cast("Any", sentence), context)
        yield InitErrorDetails(type=kind, loc=item["loc"], input=item["input"])
