"""Replace the messages of constructor errors with those of the validator."""

from collections.abc import Iterator
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from airspace_events.diagnostics.pydantic_errors import OF_PYDANTIC, problems_of_errors
from airspace_events.values.base import Value


def explained(
    error: ValidationError, model: type[Value], given: Any, *, in_python: bool
) -> ValidationError:
    """Return a copy of a pydantic error with the messages of this library.

    Locations and inputs stay the same. The type of each error becomes the code of the validator's
    notice. ``ctx`` contains the facts that a validator of this library reports, and any
    suggestion.

    Args:
        error: the error.
        model: the class that was called, or that validated the data.
        given: the data that the class received.
        in_python: whether hints are Python code, because a constructor was called.
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
        # pydantic would replace "{name}" in the sentence, and it cannot be escaped.
        context = {name: fact for name, fact in facts.items() if f"{{{name}}}" not in sentence}
        # Type checkers require a literal string, because a computed template may be wrong.
        kind = PydanticCustomError(cast("Any", problem.code), cast("Any", sentence), context)
        yield InitErrorDetails(type=kind, loc=item["loc"], input=item["input"])
