"""The errors of constructors, in the words of the validator."""

from collections.abc import Iterator
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from airspace_events.diagnostics.pydantic_errors import OF_PYDANTIC, problems_of_errors
from airspace_events.values.base import Value


def explained(
    error: ValidationError, model: type[Value], given: Any, *, in_python: bool
) -> ValidationError:
    """Return an error of pydantic with this library's sentences.

    The places and the inputs of its errors stay. Their type becomes the code of the notice that
    the validator gives. ``ctx`` has what a validator of this library reports, and the
    suggestion if there is one.

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
        facts = {} if item["type"] in OF_PYDANTIC else item.get("ctx", {})
        if problem.suggestion:
            facts = {**facts, "suggestion": problem.suggestion}
        # pydantic would replace "{name}" in the sentence, and has no way to escape it.
        context = {name: fact for name, fact in facts.items() if f"{{{name}}}" not in sentence}
        # Type checkers want literal texts, since a template could show other facts by mistake.
        kind = PydanticCustomError(cast("Any", problem.code), cast("Any", sentence), context)
        yield InitErrorDetails(type=kind, loc=item["loc"], input=item["input"])
