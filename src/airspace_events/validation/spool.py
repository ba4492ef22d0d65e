"""What must be looked at again when the whole feed is known, kept on disk and not in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json, to_json

from airspace_events.feeds.temporary_file import TemporaryFile

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
