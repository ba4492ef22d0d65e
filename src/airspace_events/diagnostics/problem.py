"""A problem: something wrong with a feed, a record or a value, before it becomes a notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from airspace_events.safe_text import shown

Parts = tuple[int | str, ...]
"""The parts of an RFC 6901 JSON Pointer, unescaped: names of fields and indices of lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a feed, a record or a value.

    Attributes:
        code: the code of the notice.
        message: a sentence that begins in lower case and has no full stop.
        parts: the JSON Pointer from the value to the problem; empty for the value itself.
        suggestion: the value that was probably meant.
        context: the facts of the problem, by name.
        place: the 1-based line and column in the feed, for a problem that no pointer leads to, or
            not to it alone: JSON that is broken, or a key that a record has twice.
        at_name: whether it is the name of the member that is wrong, and not its value.
    """

    code: str
    message: str
    parts: Parts = ()
    suggestion: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])
    place: tuple[int, int] | None = None
    at_name: bool = False

    @property
    def sentence(self) -> str:
        """The message with the suggestion, for those who show both together."""
        hint = f"; did you mean {shown(self.suggestion, 200)}?" if self.suggestion else ""
        return self.message + hint
