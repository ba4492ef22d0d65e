"""Everything that can go wrong, as one tree.

::

    AirspaceEventsError
    ├── TimeExpressionError   (ValueError)   text that is no reported time
    ├── FeedError             (ValueError)   bytes that are no feed
    │   └── RecordError                      one record of a feed that is not valid
    ├── UnreadableError       (OSError)      a file that cannot be read at all
    └── MissingExtraError     (ImportError)  a part of the library that is not installed

Values and records are built by pydantic, so a constructor that is given something wrong
raises `pydantic.ValidationError` (a `ValueError`), as users of pydantic expect.
"""

from typing import Literal

TimeFault = Literal["malformed_time", "naive_datetime"]

_SHOWN_AT_MOST = 60


class AirspaceEventsError(Exception):
    """The root: catches whatever this library raises by its own decision."""


class TimeExpressionError(AirspaceEventsError, ValueError):
    """Text that is no reported time.

    Attributes:
        text: the text, as given.
        position: the 0-based code point at which it stops making sense.
        reason: why, as a short sentence without the text.
        suggestion: the right form, where one is close.
        code: the code that a notice about it has.
    """

    def __init__(
        self,
        text: str,
        position: int,
        reason: str,
        suggestion: str | None = None,
        code: TimeFault = "malformed_time",
    ) -> None:
        super().__init__(text, position, reason, suggestion, code)
        self.text = text
        self.position = position
        self.reason = reason
        self.suggestion = suggestion
        self.code: TimeFault = code

    def __str__(self) -> str:
        is_long = len(self.text) > _SHOWN_AT_MOST
        shown = self.text[: _SHOWN_AT_MOST - 3] + "..." if is_long else self.text
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{shown!a}, at position {self.position}: {self.reason}{hint}"


class FeedError(AirspaceEventsError, ValueError):
    """Bytes that are no feed, or a feed that is not as it must be.

    Attributes:
        reason: what is wrong, as a sentence.
        file: the file as it was named, or ``-`` for a stream.
        line: the 1-based line, where one is known.
    """

    def __init__(self, reason: str, file: str = "-", line: int | None = None) -> None:
        super().__init__(reason, file, line)
        self.reason = reason
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


class RecordError(FeedError):
    """One record of a feed that is not valid.

    Attributes:
        pointer: RFC 6901 pointer, within the record, to the first fault.
    """

    def __init__(
        self, reason: str, file: str = "-", line: int | None = None, pointer: str = ""
    ) -> None:
        super().__init__(reason, file, line)
        self.args = (reason, file, line, pointer)
        self.pointer = pointer


class UnreadableError(AirspaceEventsError, OSError):
    """A file that cannot be opened or read at all.

    Attributes:
        file: the file as it was named.
        reason: why, in a few words.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {self.file}: {self.reason}"


class MissingExtraError(AirspaceEventsError, ImportError):
    """A part of the library whose dependencies are not installed.

    Attributes:
        extra: the name of the extra that brings them.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs an extra: pip install 'airspace-events[{self.extra}]'"
