"""The exceptions that this library raises, in one hierarchy.

::

    AirspaceEventsError
    ├── TimeExpressionError   (ValueError)   text that is not a valid time
    │   └── TimePhraseError                  words that cannot be read as a time
    ├── CountPhraseError      (ValueError)   words that cannot be read as a count
    ├── UnknownNameError      (LookupError)  a name that is not in the reference data
    ├── AmbiguousNameError    (LookupError)  a name with several meanings
    ├── FeedError             (ValueError)   bytes that are not a valid feed
    │   ├── RecordError                      an invalid record in a feed
    │   └── FormatError                      an invalid part of a file in another format
    │       └── RowError                     an invalid row of a spreadsheet
    ├── MergeError            (ValueError)   feeds that contradict each other
    ├── DigestError           (ValueError)   a record without a canonical form
    ├── DuplicateRecordError  (ValueError)   two records with the same id and revision
    ├── SettingsError         (ValueError)   invalid settings
    ├── UnreadableError       (OSError)      a file that cannot be read
    │   └── UnwritableError                  a file that cannot be written
    └── MissingExtraError     (ImportError)  a part of the library that is not installed

Values and records are pydantic models. A constructor that receives an invalid value therefore
raises `pydantic.ValidationError` (a `ValueError`).
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from airspace_events.safe_text import counted, safe, shown

TimeFault = Literal["malformed_time", "naive_datetime"]


class AirspaceEventsError(Exception):
    """The base class of all exceptions that this library defines."""


class TimeExpressionError(AirspaceEventsError, ValueError):
    """Raised when a string is not a valid time expression.

    Attributes:
        text: the text as given.
        position: the 0-based index of the code point at which the error begins.
        reason: a short explanation that does not repeat the text.
        suggestion: the corrected text, or None.
        code: the code of the notice that reports the error.
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
        hint = f"; did you mean {shown(self.suggestion)}?" if self.suggestion else ""
        return f"{shown(self.text)}, at position {self.position}: {self.reason}{hint}"


class TimePhraseError(TimeExpressionError):
    """Raised when the words of a report cannot be read as a time.

    Attributes:
        understood: the beginning of the text, up to the words that were not understood.
    """

    def __init__(self, text: str, position: int, reason: str, understood: str) -> None:
        super().__init__(text, position, reason)
        self.args = (text, position, reason, understood)
        self.understood = understood

    def __str__(self) -> str:
        if self.understood in ("", self.text):
            return super().__str__()
        return f"{super().__str__()}; only {shown(self.understood)} was understood"


class CountPhraseError(AirspaceEventsError, ValueError):
    """Raised when the words of a report cannot be read as a count.

    Attributes:
        text: the words as given.
        reason: a short explanation that does not repeat the words.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.text)}: {self.reason}"


class UnknownNameError(AirspaceEventsError, LookupError):
    """Raised when a name cannot be resolved, for example because no state has that name.

    Attributes:
        name: the name as given.
        reason: a short explanation.
        suggestions: similar names.
    """

    def __init__(self, name: str, reason: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(name, reason, suggestions)
        self.name = name
        self.reason = reason
        self.suggestions = suggestions

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        name = shown(self.name)
        return f"{self.reason if name in self.reason else f'{name}: {self.reason}'}{hint}"


class AmbiguousNameError(AirspaceEventsError, LookupError):
    """Raised when a name has several meanings.

    Attributes:
        name: the name as given.
        candidates: the possible meanings, as a mapping from codes or ids to names.
    """

    def __init__(self, name: str, candidates: Mapping[str, str]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    def __str__(self) -> str:
        meant = " or ".join(f"{code} ({name})" for code, name in self.candidates.items())
        return f"{shown(self.name)} may be {meant}"


class FeedError(AirspaceEventsError, ValueError):
    """Raised when bytes are not a valid feed.

    Attributes:
        reason: a sentence that explains the error.
        file: the file name as given; ``-`` for a stream.
        line: the 1-based line number; None if unknown.
    """

    def __init__(self, reason: str, file: str = "-", line: int | None = None) -> None:
        super().__init__(reason, file, line)
        self.reason = reason
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return safe(f"{place}: {self.reason}")


class RecordError(FeedError):
    """Raised when a record of a feed is not valid.

    Attributes:
        pointer: the JSON Pointer (RFC 6901) to the first fault in the record.
    """

    def __init__(
        self, reason: str, file: str = "-", line: int | None = None, pointer: str = ""
    ) -> None:
        super().__init__(reason, file, line)
        self.args = (reason, file, line, pointer)
        self.pointer = pointer


class FormatError(FeedError):
    """Raised when a file in another format, or a part of it, cannot be converted to records.

    Attributes:
        place: the place in the file, such as "row 4, column time" or "feature 3".
    """

    def __init__(
        self, reason: str, file: str = "-", line: int | None = None, place: str = ""
    ) -> None:
        super().__init__(reason, file, line)
        self.args = (reason, file, line, place)
        self.place = place

    def __str__(self) -> str:
        reported = super().__str__()
        return safe(f"{reported} ({self.place})") if self.place else reported


class RowError(FormatError):
    """Raised when a spreadsheet row is not a valid record, or a cell does not fit its field.

    Attributes:
        cells: a mapping from column names to the lost cells. If the whole row was rejected, all
            its cells are lost. If the row has too many or too few cells, the names are "cell 1"
            and so on. If the row cannot be split into cells, the only entry has an empty name.
        is_rejected: whether the whole row was rejected, so that it produced no record.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (errors are unpickled by position)
        self,
        reason: str,
        file: str = "-",
        line: int | None = None,
        place: str = "",
        cells: Mapping[str, str] | None = None,
        is_rejected: bool = False,  # noqa: FBT001, FBT002 (see above)
    ) -> None:
        super().__init__(reason, file, line, place)
        self.cells = dict(cells or {})
        self.is_rejected = is_rejected
        self.args = (reason, file, line, place, self.cells, is_rejected)


class MergeError(AirspaceEventsError, ValueError):
    """Raised when feeds cannot be merged, because one is invalid or two contradict each other.

    Attributes:
        problems: one message for each problem, with the file and the line.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        others = len(self.problems) - 1
        more = f" (and {counted(others, 'more problem')})" if others else ""
        return safe(f"{self.problems[0]}{more}")


class DigestError(AirspaceEventsError, ValueError):
    """Raised when a record has no canonical form, and therefore no digest.

    Attributes:
        record: the id of the record.
    """

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record

    def __str__(self) -> str:
        reason = "its extensions contain an integer above 2**53 - 1, which RFC 8785 does not allow"
        return safe(f"{self.record} has no digest: {reason}")


class DuplicateRecordError(AirspaceEventsError, ValueError):
    """Raised when two different records have the same id and the same revision.

    Attributes:
        record: the id of both records.
        revision: the revision of both records.
    """

    def __init__(self, record: str, revision: int) -> None:
        super().__init__(record, revision)
        self.record = record
        self.revision = revision

    def __str__(self) -> str:
        which = (
            f"two different records both have the id {self.record} and revision {self.revision}"
        )
        return safe(f"{which}; give the later record the next revision number")


class SettingsError(AirspaceEventsError, ValueError):
    """Raised when a settings file cannot be read or contains an unknown name.

    Attributes:
        reason: a short sentence that explains the error.
        suggestion: the name that was probably meant.
    """

    def __init__(self, reason: str, suggestion: str | None = None) -> None:
        super().__init__(reason, suggestion)
        self.reason = reason
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"; did you mean {shown(self.suggestion)}?" if self.suggestion else ""
        return safe(self.reason) + hint


class UnreadableError(AirspaceEventsError, OSError):
    """Raised when a file, or the time zone database, cannot be opened or read.

    Attributes:
        file: the name of the file as given.
        reason: a short explanation.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return safe(f"cannot read {self.file}: {self.reason}")


class UnwritableError(UnreadableError):
    """Raised when a file cannot be written. An existing file is left unchanged."""

    def __str__(self) -> str:
        return safe(f"cannot write {self.file}: {self.reason}")


class MissingExtraError(AirspaceEventsError, ImportError):
    """Raised when a part of the library needs an extra that is not installed.

    Attributes:
        extra: the name of the extra.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return (
            f"a required extra is not installed; run: pip install 'airspace-events[{self.extra}]'"
        )
