"""What can be wrong with the bytes of a feed, before any record is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the bytes of a feed.

    Attributes:
        code: what it is; the codes are those of notices.
        message: the same as a sentence.
        line: the 1-based line.
        column: the 1-based code point within the line.
        pointer: RFC 6901 pointer within the record, where there is one.
        context: the facts of it.
        ends_reading: whether nothing after it could be read.
    """

    code: str
    message: str
    line: int
    column: int = 1
    pointer: str = ""
    context: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    ends_reading: bool = False
