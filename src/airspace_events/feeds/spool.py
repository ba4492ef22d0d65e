"""Temporary storage on disk for data that is needed until the whole feed has been read."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from os import SEEK_SET
from tempfile import SpooledTemporaryFile
from typing import Any

from pydantic_core import from_json, to_json

from airspace_events.errors import UnwritableError
from airspace_events.feeds.streams import reason_of

_IN_MEMORY = 1 << 15
# The size of a batch of JSON in bytes, of a batch of numbers, and of a file buffer for numbers in
# bytes. A check may use many spools, so the sizes are small.
_BATCH, _CHUNK, _BUFFER = 1 << 13, 1 << 9, 1 << 9


class TemporaryFile(SpooledTemporaryFile[bytes]):
    """A temporary file that moves from memory to disk when it grows.

    Writing and seeking raise `UnwritableError` if the disk is full or the system has no folder for
    temporary files.

    Args:
        buffering: the size of the write buffer, as for `open`.
    """

    def __init__(self, buffering: int = -1) -> None:
        super().__init__(_IN_MEMORY, buffering=buffering)

    def write(self, s: Any) -> int:
        """Write bytes at the current position, and return the number written."""
        try:
            return super().write(s)
        except OSError as error:
            raise _unwritable(error) from error

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Write the buffered bytes, and move the current position."""
        try:
            return super().seek(offset, whence)
        except OSError as error:
            raise _unwritable(error) from error

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close and remove the file, even if the buffered bytes do not fit on the disk."""
        with suppress(OSError):
            super().close()

    def __del__(self) -> None:
        # A file without an owner is closed without the warning of the standard library.
        self.close()


def _unwritable(error: OSError) -> UnwritableError:
    reason = f"{reason_of(error)}; set TMPDIR to a folder that has enough space"
    return UnwritableError("a temporary file", reason)


class Spool:
    """A list of small JSON values that is stored on disk when it grows."""

    def __init__(self) -> None:
        self._length = 0
        self._size = self._written = 0
        self._waiting: list[bytes] = []

    @cached_property
    def _file(self) -> TemporaryFile:
        # Most spools stay empty or small, and a file costs more than their values.
        return TemporaryFile()

    def add(self, *values: Any) -> int:
        """Store several values as one entry.

        Returns:
            The offset of the entry, to pass to `at`.
        """
        line, offset = to_json(values) + b"\n", self._size
        self._waiting.append(line)
        self._length += 1
        self._size += len(line)
        if self._size - self._written > _BATCH:
            self._write()
        return offset

    def _write(self) -> None:
        if self._waiting:
            self._file.write(b"".join(self._waiting))
            self._written = self._size
            self._waiting = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[list[Any]]:
        """Yield the values of each entry as a list, in order."""
        if not self._length:
            return
        self._write()
        self._file.seek(0)
        for line in self._file:
            yield from_json(line)
        self._file.seek(0, 2)

    def at(self, offset: int) -> list[Any]:
        """Return the values of the entry at an offset. Do not add entries after this call."""
        self._write()
        self._file.seek(offset)
        kept: list[Any] = from_json(self._file.readline())
        return kept


class NumberSpool:
    """A list of unsigned 64-bit integers that is stored on disk when it grows."""

    def __init__(self) -> None:
        self._file: TemporaryFile | None = None
        self._next = array("Q")

    def add(self, *numbers: int) -> None:
        """Append numbers to the list."""
        self._next.extend(numbers)
        if len(self._next) >= _CHUNK:
            if self._file is None:
                self._file = TemporaryFile(_BUFFER)
            self._file.write(self._next.tobytes())
            self._next = array("Q")

    def chunks(self, together: int = 1) -> Iterator[array[int]]:
        """Yield the numbers in order, in chunks whose lengths are multiples of ``together``."""
        size = _CHUNK // together * together * self._next.itemsize
        if self._file is not None:
            self._file.seek(0)
            while chunk := self._file.read(size):
                yield array("Q", chunk)
            self._file.seek(0, 2)
        yield self._next
