"""A problem: something wrong with a value or a record, before its place in a feed is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Parts = tuple[int | str, ...]
"""The parts of an RFC 6901 JSON Pointer, unescaped: names of fields and indices of lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a value or a record.

    Attributes:
        code: the code of the notice.
        message: a sentence that begins in lower case and has no full stop.
        parts: the JSON Pointer from the value to the problem; empty for the value itself.
        suggestion: the value that was probably meant.
        context: the facts of the problem, by name.
    """

    code: str
    message: str
    parts: Parts = ()
    suggestion: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])
