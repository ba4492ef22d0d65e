"""Functions that open feeds from paths and streams, gzipped or not, with a size limit."""

import io
import os
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from errno import EBADF
from os import PathLike, fspath
from pathlib import Path
from select import select
from typing import IO, Any, TypeAlias, cast

from typing_extensions import Buffer

from airspace_events.errors import UnreadableError, UnwritableError

FeedInput = str | PathLike[str] | IO[bytes]
ByteStream: TypeAlias = "io.BufferedReader[Any]"

HEAD = 4
"""The number of bytes at the start of a feed that callers can inspect before reading."""

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


@contextmanager
def opened(source: FeedInput, unpacked_bytes: int) -> Generator[ByteStream]:
    """Open a feed for reading, gzipped or not.

    The stream raises `UnreadableError` if its first bytes cannot be read.

    Args:
        source: a path, or a stream of bytes.
        unpacked_bytes: the maximum length in bytes after unpacking; reading more raises `TooMuch`.

    Raises:
        UnreadableError: the feed cannot be opened.
        TypeError: the stream returns text instead of bytes.
    """
    if isinstance(source, str | PathLike):
        name = fspath(source)
        with reading_from(name):
            stream = Path(name).open("rb")  # noqa: SIM115 (closed below)
        with stream:
            yield _buffered(_File(stream, name), unpacked_bytes)
    elif not _gives_bytes(source):
        msg = "a feed must be a path or a stream of bytes (mode 'rb')"
        raise TypeError(msg)
    else:
        yield _buffered(_Source(source, name_of(source)), unpacked_bytes)


def name_of(source: FeedInput) -> str:
    """Return the name of a feed for messages: its path, or ``-`` for a stream without a name."""
    if isinstance(source, str | PathLike):
        return fspath(source)
    name = getattr(source, "name", "-")
    return name if isinstance(name, str) and name != "<stdin>" else "-"


def _gives_bytes(source: object) -> bool:
    return hasattr(source, "read") and not isinstance(source, io.TextIOBase)


@contextmanager
def reading_from(name: str) -> Generator[None]:
    """Convert errors in the ``with`` block to `UnreadableError`.

    Args:
        name: the name of the file that is read, as the user wrote it.
    """
    try:
        yield
    except UnreadableError:
        raise
    except (OSError, ValueError) as error:
        raise UnreadableError(name, reason_of(error)) from error


@contextmanager
def writing_to(name: str) -> Generator[None]:
    """Convert errors in the ``with`` block, except `BrokenPipeError`, to `UnwritableError`.

    Args:
        name: the name of the file that is written, as the user wrote it.
    """
    try:
        yield
    except (BrokenPipeError, UnwritableError):
        raise
    except (OSError, ValueError) as error:
        raise UnwritableError(name, reason_of(error)) from error


def reason_of(error: OSError | ValueError) -> str:
    """Return, in a few words, the reason why a file cannot be opened, read or written."""
    if isinstance(error, OSError) and error.errno == EBADF:
        return "it is closed"
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


DAMAGE = (EOFError, zlib.error, OSError)
"""The errors that reading an incomplete or damaged stream can raise."""


def damage_of(error: Exception, what: str = "file") -> str:
    """Return the reason why a stream could not be read to its end.

    Args:
        error: one of the errors in `DAMAGE`.
        what: the word for the stream in the message.
    """
    if isinstance(error, EOFError):
        return "the gzip data is incomplete: its end is missing"
    if isinstance(error, OSError):
        return f"the {what} could not be read to the end ({reason_of(error)})"
    return f"the gzip data is damaged ({error})"


class TooMuch(Exception):  # noqa: N818 (it never leaves this package)
    """Raised when the unpacked feed is longer than the limits allow."""


class _Raw(io.RawIOBase):
    """A raw stream that returns no more bytes than its limit.

    Its first bytes can be inspected before the rest of a slow feed arrives. After an error, each
    read raises the same error, so a caller can first use the bytes before the error.
    """

    def __init__(self, read: Callable[[int], bytes], limit: int | None = None) -> None:
        self._read = read
        self._left = limit
        self._head: bytes | None = None
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def head(self) -> bytes:
        """Return the first bytes. A later read returns these bytes again."""
        if self._head is None:
            self._head = b""
            while len(self._head) < HEAD and (more := self._read(HEAD - len(self._head))):
                self._head += more
        return self._head

    def readinto(self, buffer: Buffer) -> int:
        if self._error is not None:
            raise self._error
        view = memoryview(buffer)
        try:
            data = self._next(len(view))
        except Exception as error:
            self._error = error
            raise
        view[: len(data)] = data
        return len(data)

    def _next(self, wanted: int) -> bytes:
        data, self._head = self.head(), b""
        if not data:
            data = self._read(self._most(wanted))
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise TooMuch
        return data

    def _most(self, wanted: int) -> int:
        return wanted if self._left is None else min(wanted, max(1, self._left))


def _waits_for_more(stream: object) -> bool:
    """Return whether the method ``read`` of a stream waits for all the bytes requested.

    If ``read`` does not wait, it returns the bytes that have arrived, or None if none have. For a
    BytesIO, the result is false, so that the caller uses ``read``, which may be the only method
    that a subclass overrides.
    """
    if not isinstance(stream, io.BufferedIOBase) or isinstance(stream, io.BytesIO):
        return False
    try:
        return os.get_blocking(stream.fileno())
    except (OSError, ValueError):
        return True


class _Source(_Raw):
    """A stream that raises `UnreadableError` if its first bytes cannot be read."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        super().__init__(self._read_waiting)
        self._stream = stream
        self._name = name
        # `read1` returns the bytes that have arrived, so a live stream gives each line at once.
        source: Any = stream
        self._read_some: Callable[[int], bytes] = (
            source.read1 if _waits_for_more(source) else source.read
        )

    def _read_waiting(self, size: int) -> bytes:
        while (data := cast("bytes | None", self._read_some(size))) is None:
            select([self._stream], [], [])
        return data

    def head(self) -> bytes:
        with reading_from(self._name):
            return super().head()


class _File(_Source):
    def __init__(self, stream: IO[bytes], name: str) -> None:
        super().__init__(stream, name)
        self._size = self._size_now()

    def _read_waiting(self, size: int) -> bytes:
        data = super()._read_waiting(size)
        if not data and self._size_now() < self._size:
            msg = "the file became shorter while it was being read"
            raise OSError(msg)
        return data

    def _size_now(self) -> int:
        # A pipe or a device has the size 0.
        return os.fstat(self._stream.fileno()).st_size


class _Unpacked(_Raw):
    """A stream that unpacks gzipped data, and returns other data unchanged."""

    def __init__(self, raw: _Raw, limit: int) -> None:
        self._raw = raw
        self._packed = io.BufferedReader(raw, _CHUNK)
        super().__init__(self._packed.read1, limit)

    def head(self) -> bytes:
        if self._head is None and self._raw.head().startswith(_GZIP_MAGIC):
            self._read = _Gzip(self._packed).read
        return super().head()


class _Gzip:
    """A reader of gzip data, with one or more members, that does not wait for a full buffer.

    The gzip module does wait, so the last lines of a live stream would arrive late.
    """

    def __init__(self, packed: ByteStream) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes; none at the end.

        Raises:
            zlib.error: the data is damaged.
            EOFError: the data ends within a member.
        """
        while True:
            if self._member.eof:
                # Zeros may fill the space after a member.
                self._rest = self._member.unused_data.lstrip(b"\0")
                while not self._rest:
                    if not (more := self._packed.read1(_CHUNK)):
                        return b""
                    self._rest = more.lstrip(b"\0")
                self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            packed = self._rest or self._packed.read1(_CHUNK)
            if not packed:
                raise EOFError
            before = self._member.copy()
            try:
                data = self._member.decompress(packed, size)
                self._rest = self._member.unconsumed_tail
            except zlib.error:
                self._member = before
                if not (data := self._before_damage(packed, size)):
                    raise
            if data:
                return data

    def _before_damage(self, packed: bytes, size: int) -> bytes:
        """Return the bytes before damaged data; zlib would drop them in a larger read."""
        data = b""
        with suppress(zlib.error):
            for at in range(len(packed)):
                self._rest = packed[at:]
                data += self._member.decompress(packed[at : at + 1], size - len(data))
                self._rest = self._member.unconsumed_tail + packed[at + 1 :]
                if len(data) == size:
                    break
        return data


def _buffered(source: _Source, unpacked_bytes: int) -> ByteStream:
    return io.BufferedReader(_Unpacked(source, unpacked_bytes), _CHUNK)


class _Section(io.RawIOBase):
    def __init__(self, path: str | PathLike[str], start: int, end: int) -> None:
        self._file = Path(path).open("rb", buffering=0)  # noqa: SIM115 (closed with this)
        self._file.seek(start)
        self._left = end - start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def section(path: str | PathLike[str], start: int, end: int) -> ByteStream:
    """Return a stream of the bytes of a file between two offsets."""
    return io.BufferedReader(_Section(path, start, end), _CHUNK)
