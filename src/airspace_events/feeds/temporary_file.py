"""A temporary file whose errors say what to do."""

from contextlib import suppress
from os import SEEK_SET
from tempfile import SpooledTemporaryFile
from typing import Any

from airspace_events.errors import UnwritableError
from airspace_events.feeds.streams import reason_of

_IN_MEMORY = 1 << 15


class TemporaryFile(SpooledTemporaryFile[bytes]):
    """A file of bytes that is kept in memory while it is small, and then on disk.

    Writing and seeking raise `UnwritableError` if the disk is full, or if there is no folder for
    temporary files.

    Args:
        buffering: the size of the buffer in front of the disk, as for `open`.
    """

    def __init__(self, buffering: int = -1) -> None:
        super().__init__(_IN_MEMORY, buffering=buffering)

    def write(self, s: Any) -> int:
        """Write bytes at the current position, and return their number."""
        try:
            return super().write(s)
        except OSError as error:
            raise _unwritable(error) from error

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Write what is still buffered, and move the current position."""
        try:
            return super().seek(offset, whence)
        except OSError as error:
            raise _unwritable(error) from error

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close and remove the file, also if the disk has no space for the rest of it."""
        with suppress(OSError):
            super().close()


def _unwritable(error: OSError) -> UnwritableError:
    reason = f"{reason_of(error)}; set TMPDIR to a folder with enough space"
    return UnwritableError("a temporary file", reason)
