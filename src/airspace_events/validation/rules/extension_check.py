"""Check extension data against a class from another package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.refused_values import Refusal, problem_of
from airspace_events.feeds.locating import shortened
from airspace_events.validation.codes import CODES
from airspace_events.values.structure import item_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from airspace_events.models.base import BaseRecord


@dataclass(frozen=True, slots=True)
class ExtensionCheck:
    """A check of the data under one namespace of the `extensions` of a record.

    Attributes:
        namespace: the domain name.
        model: the pydantic class for the data.
    """

    namespace: str
    model: type[BaseModel]

    def __call__(self, record: BaseRecord, _: object) -> Iterator[Problem]:
        """Yield the problems in the extension data of a record."""
        extensions = record.extensions or {}
        if self.namespace not in extensions:
            return
        data = extensions[self.namespace]
        try:
            # The messages are those of this library, even if the class has its own messages.
            TypeAdapter(self.model).validate_json(json.dumps(data))
        except ValidationError as error:
            for item in error.errors(include_url=False):
                yield self._problem(item, data)

    def _problem(self, item: ErrorDetails, data: Any) -> Problem:
        parts = ("extensions", self.namespace, *_parts(item, data))
        refusal = Refusal(
            item["type"], item["msg"], item["input"], item.get("ctx", {}), parts, None, None
        )
        problem = problem_of(refusal, lambda _: True)
        code = problem.code if problem.code in CODES else "invalid_value"
        return replace(shortened(problem), code=code)


def _parts(item: ErrorDetails, data: Any) -> Parts:
    """Return the parts of the JSON Pointer to an error, without the tags of unions."""
    parts: list[int | str] = []
    for number, step in enumerate(item["loc"], start=1):
        is_item = isinstance(step, int) and isinstance(data, list)
        is_there = is_item or (isinstance(data, dict) and step in data)
        is_missing = item["type"] == "missing" and number == len(item["loc"])
        if is_there or is_missing:
            parts.append(step)
            data = item_of(data, step)
    return tuple(parts)
