"""Problems in a feed, a record or a value, which the validator turns into notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from airspace_events.safe_text import shown

Parts = tuple[int | str, ...]
"""The unescaped parts of an RFC 6901 JSON Pointer: field names and list indices."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a feed, a record or a value.

    Attributes:
        code: the code of the notice.
        message: a sentence that begins with a lower-case letter and has no full stop.
        parts: the parts of the JSON Pointer to the problem; empty if it concerns the
            whole value.
        suggestion: the value that was probably meant.
        context: the facts of the problem, by name.
        place: the 1-based line and column in the feed, for a problem that a pointer cannot
            locate, such as invalid JSON or a duplicate key.
        at_name: whether the problem is in the name of an object member, not in its value.
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
        """The message, with the suggestion if there is one."""
        hint = f"; did you mean {shown(self.suggestion, 200)}?" if self.suggestion else ""
        return self.message + hint
