"""Cuts a stream of bytes into raw records, with the place of each.

Two forms are read: JSON Lines, a header line and then a record a line, in memory that does
not grow with the feed; and one JSON document that has ``records`` in its header object.
Either may be gzipped. Nothing here knows what a record is.
"""

import gzip
import io
import json
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, TypeAlias

from pydantic_core import from_json
from typing_extensions import Buffer

from airspace_events.errors import UnreadableError
from airspace_events.feeds.faults import Fault

FeedInput = str | PathLike[str] | IO[bytes]
ByteStream: TypeAlias = "io.BufferedReader[Any]"

_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before it is called too much.

    Attributes:
        record_bytes: the length of one record.
        document_bytes: the length of one JSON document, which is held in memory.
        unpacked_bytes: what a gzipped feed may unpack to.
    """

    record_bytes: int = 2**20
    document_bytes: int = 512 * 2**20
    unpacked_bytes: int = 64 * 2**30


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of one record, not yet understood.

    Attributes:
        data: its JSON text.
        line: the 1-based line on which it begins.
        column: the 1-based code point of that line at which it begins.
    """

    data: bytes
    line: int
    column: int = 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, in the feed, of an offset (code points) in this record."""
        line, column = position(self.data.decode(errors="replace"), offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


@contextmanager
def opened(source: FeedInput) -> Generator[ByteStream]:
    """Open a feed for reading, gzipped or not.

    Raises:
        UnreadableError: it cannot be opened.
        TypeError: the stream gives text instead of bytes.
    """
    if isinstance(source, str | PathLike):
        name = fspath(source)
        try:
            stream = Path(name).open("rb")  # noqa: SIM115 (only opening is caught here)
        except (OSError, ValueError) as error:
            raise UnreadableError(name, reason_of(error)) from error
        with stream:
            yield _unpacked(stream)
    elif not _gives_bytes(source):
        msg = "a feed is read from a path or from a stream of bytes (mode 'rb')"
        raise TypeError(msg)
    else:
        yield _unpacked(io.BufferedReader(_Raw(source), _CHUNK))


def _gives_bytes(source: object) -> bool:
    return hasattr(source, "read") and not isinstance(source, io.TextIOBase)


def reason_of(error: OSError | ValueError) -> str:
    """Why a file cannot be opened, in a few words."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _unpacked(stream: ByteStream) -> ByteStream:
    if stream.peek(2)[:2] == _GZIP_MAGIC:
        return io.BufferedReader(_Raw(gzip.GzipFile(fileobj=stream)), _CHUNK)
    return stream


class _Raw(io.RawIOBase):
    """Gives any object with ``read`` the face that a buffer wants."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    """Cut a stream into raw records, the header first, and faults where it cannot be cut."""
    try:
        yield from _frames(stream, limits)
    except (gzip.BadGzipFile, zlib.error) as error:
        message = f"the gzip data are damaged ({error})"
        yield Fault("damaged_gzip", message, 1, ends_reading=True)
    except EOFError:
        yield Fault("truncated_input", "the gzip data end too early", 1, ends_reading=True)
    except OSError as error:
        message = f"the feed could not be read to its end ({error.strerror})"
        yield Fault("truncated_input", message, 1, ends_reading=True)


def _frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    start = stream.peek(4)[:4]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(start) > 1 and 0 in start[:2]):
        message = "this is UTF-16 or UTF-32; a feed is UTF-8"
        yield Fault("wrong_encoding", message, 1, ends_reading=True)
        return
    if start.startswith(_BYTE_ORDER_MARK):
        stream.read(3)
        yield Fault("byte_order_mark", "a byte-order mark stands before the feed", 1)
    number, first = _first_line(stream, limits)
    if not first:
        yield Fault("no_records", "there is nothing here", 1, ends_reading=True)
    elif _begins_document(first, stream):
        yield from _document(b"\n" * (number - 1) + first, stream, limits)
    else:
        yield from _lines(number, first, stream, limits)


def _first_line(stream: ByteStream, limits: Limits) -> tuple[int, bytes]:
    number = 1
    while line := stream.readline(limits.record_bytes + 1):
        if not line.isspace():
            return number, line
        number += line.endswith(b"\n")
    return number, b""


def _begins_document(first: bytes, stream: ByteStream) -> bool:
    """Whether a feed that begins with this line is one document, or a record a line."""
    if first.lstrip()[:1] == b"[":
        return True
    try:
        header = from_json(first, allow_partial=True)
    except ValueError:
        return False
    if isinstance(header, dict) and "records" in header:
        return True
    # A header that is cut short is followed by a line with a record; an object that is
    # spread over lines goes on with a name.
    is_whole = first.rstrip()[-1:] == b"}"
    return not is_whole and stream.peek(_CHUNK).lstrip()[:1] == b'"'


def _lines(
    number: int, line: bytes, stream: ByteStream, limits: Limits
) -> Iterator[RawRecord | Fault]:
    unpacked = 0
    limit = limits.record_bytes
    while line:
        unpacked += len(line)
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
                unpacked += len(line)
            yield Fault(
                "record_too_large",
                f"the record is longer than {limit} bytes",
                number,
                context={"limit": limit},
            )
        elif not line.isspace():
            yield RawRecord(line, number)
        if unpacked > limits.unpacked_bytes:
            message = f"the feed is longer than {limits.unpacked_bytes} bytes"
            context = {"limit": limits.unpacked_bytes}
            yield Fault("feed_too_large", message, number, context=context, ends_reading=True)
            return
        number += 1
        line = stream.readline(limit + 1)


def _document(start: bytes, stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    data = start + stream.read(max(0, limits.document_bytes + 1 - len(start)))
    if len(data) > limits.document_bytes:
        message = f"the document is longer than {limits.document_bytes} bytes; use JSON Lines"
        context = {"limit": limits.document_bytes}
        yield Fault("feed_too_large", message, 1, context=context, ends_reading=True)
        return
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = position(before, len(before))
        message = "these bytes are not UTF-8"
        yield Fault("wrong_encoding", message, line, column, ends_reading=True)
        return
    yield from _DocumentCutter(text).cut()


def position(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column (code points) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _DocumentCutter:
    """Finds the records of one JSON document, without making anything of them.

    The decoder of the standard library skips over each value; its results are thrown away.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._skip = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)
        self._header: list[str] = []
        self._records: list[tuple[int, int]] = []
        self._has_records = False

    def cut(self) -> Iterator[RawRecord | Fault]:
        fault = None
        try:
            self._cut_header()
        except json.JSONDecodeError as error:
            fault = self._fault("json_syntax", f"this is not JSON: {error.msg}", error.pos)
        except RecursionError:
            message = "values are nested too deeply"
            fault = self._fault("nested_too_deeply", message, len(self._text))
        if self._header or self._has_records:
            yield RawRecord(("{" + ",".join(self._header) + "}").encode(), 1)
        line, at = 1, 0
        for start, end in self._records:
            line += self._text.count("\n", at, start)
            column = start - self._text.rfind("\n", 0, start)
            yield RawRecord(self._text[start:end].encode(), line, column)
            at = start
        if fault is not None:
            yield fault
        elif not self._has_records:
            yield self._fault("no_records", 'a document has its records in "records"', 0)

    def _fault(self, code: str, message: str, offset: int) -> Fault:
        return Fault(code, message, *position(self._text, offset), ends_reading=True)

    def _cut_header(self) -> None:
        at = self._expect("{", self._space(0), "expected an object")
        at = self._space(at)
        if self._text[at : at + 1] != "}":
            at = self._member(at)
            while self._text[at : at + 1] == ",":
                at = self._member(self._space(at + 1))
        at = self._space(self._expect("}", at, "expected , or }"))
        if at < len(self._text):
            msg = "there is more after the document"
            raise json.JSONDecodeError(msg, self._text, at)

    def _member(self, start: int) -> int:
        self._expect('"', start, "expected a name in quotes")
        name, at = self._skip.raw_decode(self._text, start)
        at = self._space(self._expect(":", self._space(at), "expected :"))
        if name == "records" and self._text[at : at + 1] == "[" and not self._has_records:
            self._has_records = True
            return self._space(self._cut_records(at))
        _, at = self._skip.raw_decode(self._text, at)
        self._header.append(self._text[start:at])
        return self._space(at)

    def _cut_records(self, start: int) -> int:
        at = self._space(start + 1)
        if self._text[at : at + 1] == "]":
            return at + 1
        while True:
            _, end = self._skip.raw_decode(self._text, at)
            self._records.append((at, end))
            at = self._space(end)
            if self._text[at : at + 1] != ",":
                return self._expect("]", at, "expected , or ]")
            at = self._space(at + 1)

    def _expect(self, char: str, at: int, message: str) -> int:
        if self._text[at : at + 1] != char:
            raise json.JSONDecodeError(message, self._text, at)
        return at + 1

    def _space(self, at: int) -> int:
        text = self._text
        while text[at : at + 1] in (" ", "\n", "\r", "\t"):
            at += 1
        return at
