"""Everything that can go wrong, as one tree.

::

    AirspaceEventsError
    ├── TimeExpressionError   (ValueError)   text that is no reported time
    │   └── TimePhraseError                  words that are not understood as a time
    ├── CountPhraseError      (ValueError)   words that are not understood as a count
    ├── UnknownNameError      (LookupError)  a name that the reference data do not have
    ├── AmbiguousNameError    (LookupError)  a name that several things share
    ├── FeedError             (ValueError)   bytes that are no feed
    │   ├── RecordError                      one record of a feed that is not valid
    │   └── FormatError                      a part of a file of another format, likewise
    │       └── RowError                     a row of a spreadsheet, likewise
    ├── DigestError           (ValueError)   a record that has no canonical form
    ├── DuplicateRecordError  (ValueError)   two records that are the same revision of one
    ├── SettingsError         (ValueError)   settings that name what there is not
    ├── UnreadableError       (OSError)      a file that cannot be read at all
    │   └── UnwritableError                  a file that cannot be written
    └── MissingExtraError     (ImportError)  a part of the library that is not installed

Values and records are built by pydantic, so a constructor that is given something wrong
raises `pydantic.ValidationError` (a `ValueError`), as users of pydantic expect.
"""

from collections.abc import Mapping
from typing import Literal

from airspace_events.safe_text import safe, shown

TimeFault = Literal["malformed_time", "naive_datetime"]


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
        hint = f"; did you mean {shown(self.suggestion)}?" if self.suggestion else ""
        return f"{shown(self.text)}, at position {self.position}: {self.reason}{hint}"


class TimePhraseError(TimeExpressionError):
    """Words of a report that are not understood, or that give no time.

    Attributes:
        understood: the beginning of the text, as far as it was understood.
    """

    def __init__(self, text: str, position: int, reason: str, understood: str) -> None:
        super().__init__(text, position, reason)
        self.args = (text, position, reason, understood)
        self.understood = understood

    def __str__(self) -> str:
        hint = f"; understood is {shown(self.understood)}" if self.understood else ""
        return super().__str__() + hint


class CountPhraseError(AirspaceEventsError, ValueError):
    """Words of a report that are not understood as a count, or may be two.

    Attributes:
        text: the words, as given.
        reason: why, as a short sentence without the words.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.text)}: {self.reason}"


class UnknownNameError(AirspaceEventsError, LookupError):
    """A name that the reference data do not have, or know to be something else.

    Attributes:
        name: the name, as given.
        reason: why it names nothing, in a few words.
        suggestions: names that are near.
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
    """A name that several things share.

    Attributes:
        name: the name, as given.
        candidates: what it may mean: code or id, and name.
    """

    def __init__(self, name: str, candidates: Mapping[str, str]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    def __str__(self) -> str:
        meant = " or ".join(f"{code} ({name})" for code, name in self.candidates.items())
        return f"{shown(self.name)} may be {meant}"


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
        return safe(f"{place}: {self.reason}")


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


class FormatError(FeedError):
    """A file of another format, or a part of it, that gives no record.

    Attributes:
        place: where, in the words of the format: "row 4, column time", "feature 3".
    """

    def __init__(
        self, reason: str, file: str = "-", line: int | None = None, place: str = ""
    ) -> None:
        super().__init__(reason, file, line)
        self.args = (reason, file, line, place)
        self.place = place

    def __str__(self) -> str:
        told = super().__str__()
        return safe(f"{told} ({self.place})") if self.place else told


class RowError(FormatError):
    """A row of a spreadsheet that gives no record, or a cell of it that fits no field.

    Attributes:
        cells: the cells that are in no record because of it, by the names of their columns;
            the whole row if it gives no record. Of a row with too many cells or too few, they are
            called "cell 1" and so on; one that cannot be cut stands under an empty name.
    """

    def __init__(
        self,
        reason: str,
        file: str = "-",
        line: int | None = None,
        place: str = "",
        cells: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(reason, file, line, place)
        self.cells = dict(cells or {})
        self.args = (reason, file, line, place, self.cells)


class DigestError(AirspaceEventsError, ValueError):
    """A record that has no canonical form, and so no digest.

    Attributes:
        record: its id.
    """

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record

    def __str__(self) -> str:
        reason = "its extensions have an integer beyond 2**53 - 1, which RFC 8785 cannot write"
        return safe(f"{self.record} has no digest: {reason}")


class DuplicateRecordError(AirspaceEventsError, ValueError):
    """Two different records that say to be the same revision of one record.

    Attributes:
        record: the id of both.
        revision: the revision of both.
    """

    def __init__(self, record: str, revision: int) -> None:
        super().__init__(record, revision)
        self.record = record
        self.revision = revision

    def __str__(self) -> str:
        which = f"two different records are revision {self.revision} of {self.record}"
        return safe(f"{which}; give the later one the next revision")


class SettingsError(AirspaceEventsError, ValueError):
    """Settings that cannot be read, or that name what there is not.

    Attributes:
        reason: what is wrong, as a short sentence.
        suggestion: what was probably meant.
    """

    def __init__(self, reason: str, suggestion: str | None = None) -> None:
        super().__init__(reason, suggestion)
        self.reason = reason
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"; did you mean {shown(self.suggestion)}?" if self.suggestion else ""
        return safe(self.reason) + hint


class UnreadableError(AirspaceEventsError, OSError):
    """A file, or the time zone database, that cannot be opened or read at all.

    Attributes:
        file: the file as it was named.
        reason: why, in a few words.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return safe(f"cannot read {self.file}: {self.reason}")


class UnwritableError(UnreadableError):
    """A file that cannot be written. Whatever was there before is unchanged."""

    def __str__(self) -> str:
        return safe(f"cannot write {self.file}: {self.reason}")


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
