"""What is kept of the records of a feed until its end: a row for each id, and the rest on disk.

A row takes about 25 bytes, with all columns.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json, to_json

from airspace_events.feeds.hashes import HashTable, RowMap
from airspace_events.feeds.temporary_file import TemporaryFile
from airspace_events.models.records import RECORD_CLASSES

NO_DAY = -(1 << 31)
"""The day of what has none, or none that is sure."""

MOST_REVISIONS = (1 << 16) - 1
"""No higher revision is told from another in the table."""

SEEN, UNREADABLE, IS_COPY, IS_SPOKEN_OF, IS_VOUCHED_FOR, IS_RETRACTED, IS_REVISED = (
    1 << bit for bit in range(7)
)
"""The bits of the flags of a row."""


KINDS = ("", *RECORD_CLASSES, "object")
"""What a row may be, by its number; the first is for what only its name is known of."""

KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class IdTable(HashTable):
    """Rows of facts, one for each id.

    Attributes:
        kind: the number of the record's type; 0 while only its name is known.
        revision: the highest revision that was seen, `MOST_REVISIONS` at most.
        first: the ordinal of the first day of its time, or `NO_DAY`.
        last: the ordinal of the last day of its time, or `NO_DAY`.
        flags: what else is known, as bits.
        above: the row of what it comes from or is a part of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kind = array("B")
        self.revision = array("H")
        self.first = array("i")
        self.last = array("i")
        self.flags = array("B")
        self.above = RowMap()

    def row(self, text: str) -> int:
        """The row of an id, which is made if it was never seen."""
        row = self.find(text)
        if row is None:
            row = super().row(text)
            for column in (self.kind, self.revision, self.flags):
                column.append(0)
            self.first.append(NO_DAY)
            self.last.append(NO_DAY)
        return row

    def kind_of(self, row: int) -> str:
        """The type of record that a row is of; empty while only its name is known."""
        return KINDS[self.kind[row]]


# Numbers that are written together, and bytes that a file of numbers buffers itself. There are
# many spools of them, so each must be small.
_CHUNK, _BUFFER = 1 << 9, 1 << 9


class Spool:
    """A list of small JSON values that grows on disk."""

    def __init__(self) -> None:
        self._length = 0
        self._size = 0
        self._file = TemporaryFile()

    def __del__(self) -> None:
        self._file.close()

    def add(self, *values: Any) -> int:
        """Keep some values together.

        Returns:
            Where they are kept, for `at`.
        """
        line, offset = to_json(values) + b"\n", self._size
        self._file.write(line)
        self._length += 1
        self._size += len(line)
        return offset

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[list[Any]]:
        """What was kept, in its order."""
        self._file.seek(0)
        for line in self._file:
            yield from_json(line)
        self._file.seek(0, 2)

    def at(self, offset: int) -> list[Any]:
        """Return the values that were kept at an offset. Nothing can be added after this."""
        self._file.seek(offset)
        kept: list[Any] = from_json(self._file.readline())
        return kept


class NumberSpool:
    """A list of numbers from 0 to 2**64 that grows on disk."""

    def __init__(self) -> None:
        self._file = TemporaryFile(_BUFFER)
        self._next = array("Q")

    def __del__(self) -> None:
        self._file.close()

    def add(self, *numbers: int) -> None:
        """Keep some numbers together."""
        self._next.extend(numbers)
        if len(self._next) >= _CHUNK:
            self._file.write(self._next.tobytes())
            self._next = array("Q")

    def chunks(self, together: int = 1) -> Iterator[array[int]]:
        """What was kept, in its order, in parts in which as many as were added stay together."""
        size = _CHUNK // together * together * self._next.itemsize
        self._file.seek(0)
        while chunk := self._file.read(size):
            yield array("Q", chunk)
        self._file.seek(0, 2)
        yield self._next
