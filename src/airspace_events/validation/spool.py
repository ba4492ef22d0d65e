"""What must be looked at again when the whole feed is known, kept on disk and not in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json, to_json

from airspace_events.feeds.temporary_file import TemporaryFile

_CHUNK = 1 << 11


class Spool:
    """A list of small JSON values that grows on disk."""

    def __init__(self) -> None:
        self._length = 0
        self._file = TemporaryFile()

    def __del__(self) -> None:
        self._file.close()

    def add(self, *values: Any) -> None:
        """Keep some values together."""
        self._length += 1
        self._file.write(to_json(values) + b"\n")

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[list[Any]]:
        """What was kept, in its order."""
        self._file.seek(0)
        for line in self._file:
            yield from_json(line)
        self._file.seek(0, 2)


class NumberSpool:
    """A list of numbers from 0 to 2**64 that grows on disk."""

    def __init__(self) -> None:
        self._file = TemporaryFile()
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
