"""Cuts a stream of bytes into raw records, with the place of each.

Two forms are read: JSON Lines, a header line and then a record a line, in memory that does
not grow with the feed; and one JSON document that has ``records`` in its header object.
Nothing here knows what a record is.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat

from pydantic_core import from_json

from airspace_events.errors import UnreadableError
from airspace_events.feeds.document import DocumentCutter
from airspace_events.feeds.faults import Fault
from airspace_events.feeds.other_formats import binary_format, text_format
from airspace_events.feeds.raw_record import RawRecord, position
from airspace_events.feeds.streams import HEAD, ByteStream, TooMuch, reason_of

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = len(b"\r\n")
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before it is called too much.

    Attributes:
        record_bytes: the length of one record.
        document_bytes: the length of one JSON document, which is held in memory.
        unpacked_bytes: the length of a feed, unpacked if it is gzipped.
    """

    record_bytes: int = 2**20
    document_bytes: int = 512 * 2**20
    unpacked_bytes: int = 64 * 2**30


def frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    """Cut a stream into raw records, the header first, and faults where it cannot be cut."""
    try:
        yield from _frames(stream, limits)
    except TooMuch:
        limit = limits.unpacked_bytes
        message = f"the feed is longer than {limit} bytes"
        yield Fault("feed_too_large", message, 1, context={"limit": limit}, ends_reading=True)
    except (gzip.BadGzipFile, zlib.error) as error:
        message = f"the gzip data are damaged ({error})"
        yield Fault("damaged_gzip", message, 1, ends_reading=True)
    except EOFError:
        yield Fault("truncated_input", "the gzip data end too early", 1, ends_reading=True)
    except UnreadableError:
        raise
    except OSError as error:
        message = f"the feed could not be read to its end ({reason_of(error)})"
        yield Fault("truncated_input", message, 1, ends_reading=True)


def _frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    start = stream.peek(HEAD)[:HEAD]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]:
        message = "this is UTF-16 or UTF-32; save it as UTF-8"
        yield Fault("wrong_encoding", message, 1, ends_reading=True)
        return
    if start.startswith(_BYTE_ORDER_MARK):
        stream.read(len(_BYTE_ORDER_MARK))
        yield Fault("byte_order_mark", "a byte-order mark stands before the feed", 1)
    before, first = _line_after_blanks(stream, limits)
    if not first:
        yield Fault("no_records", "there is nothing to read: it is empty", 1, ends_reading=True)
        return
    if fault := _not_json(first, before + 1):
        yield fault
        return
    blanks, second = 0, b""
    is_document = _has_records(first)
    if is_document is None:
        blanks, second = _line_after_blanks(stream, limits)
        is_document = second.lstrip()[:1] not in (b"{", b"")
    elif not first.lstrip().startswith(b"{"):
        if first.endswith(b"\n"):
            blanks, second = _line_after_blanks(stream, limits)
        if other := text_format(first, second):
            yield Fault("json_syntax", other, before + 1, ends_reading=True)
            return
    if is_document:
        start = first + b"\n" * min(blanks, limits.document_bytes) + second
        yield from _document(before + 1, start, stream, limits)
    else:
        pending = chain([first], repeat(b"\n", blanks), [second])
        yield from _lines(before + 1, filter(None, pending), stream, limits)


def is_json_lines(stream: ByteStream, limits: Limits) -> bool:
    """Whether a stream begins as JSON Lines do, with a header on a line of its own."""
    start = stream.peek(HEAD)[:HEAD]
    if start[:1] != b"{" or 0 in start[:2]:
        return False
    first = stream.readline(limits.record_bytes + _LINE_END)
    return first.endswith(b"\n") and _has_records(first) is False


def frames_of_lines(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Fault]:
    """The raw records of lines from the middle of JSON Lines, counted from 1."""
    return _lines(1, (), stream, limits)


def _not_json(first: bytes, line: int) -> Fault | None:
    """A fault if a feed that begins with this line is another kind of file, or a list."""
    start = first.lstrip()[:1]
    if start == b"[":
        message = 'a feed is an object, not a list; put the list into its header, as "records"'
        return Fault("json_syntax", message, line, first.index(b"[") + 1, ends_reading=True)
    kind = binary_format(first)
    if kind is None and start != b"{" and _is_binary(first):
        kind = "this is not text; a feed is JSON in UTF-8"
    return Fault("wrong_encoding", kind, line, ends_reading=True) if kind else None


def _is_binary(first: bytes) -> bool:
    """Whether a line is no text, and not one with a bad character."""
    try:
        return "\0" in first.decode()
    except UnicodeDecodeError:
        return True


def _line_after_blanks(stream: ByteStream, limits: Limits) -> tuple[int, bytes]:
    """How many blank lines come next, and the line behind them, or its beginning."""
    blanks = 0
    while line := stream.readline(limits.record_bytes + _LINE_END):
        if not line.isspace():
            return blanks, line
        blanks += line.endswith(b"\n")
    return blanks, b""


def _has_records(first: bytes) -> bool | None:
    """Whether a feed that begins with this line is a document; None if the next line tells.

    A header that is cut short is followed by a line with a record; a document that is spread
    over lines goes on with anything else.
    """
    try:
        header = from_json(first)
    except ValueError:
        if b'"records"' in first:
            return True
        is_spread = first.lstrip()[:1] == b"{" and first.rstrip()[-1:] != b"}"
        return None if is_spread else False
    return isinstance(header, dict) and "records" in header


def _lines(
    number: int, pending: Iterable[bytes], stream: ByteStream, limits: Limits
) -> Iterator[RawRecord | Fault]:
    limit = limits.record_bytes
    readline = partial(stream.readline, limit + _LINE_END)
    for line in chain(pending, iter(readline, b"")):
        if len(line) > limit and len(line.rstrip(b"\r\n")) > limit:
            message = f"the record is longer than {limit} bytes"
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_CHUNK)
            yield Fault("record_too_large", message, number, context={"limit": limit})
        elif not line.isspace():
            yield RawRecord(line, number)
        number += 1


def _document(
    number: int, start: bytes, stream: ByteStream, limits: Limits
) -> Iterator[RawRecord | Fault]:
    data = start + stream.read(max(0, limits.document_bytes + 1 - len(start)))
    if len(data) > limits.document_bytes:
        message = f"the document is longer than {limits.document_bytes} bytes; use JSON Lines"
        context = {"limit": limits.document_bytes}
        yield Fault("feed_too_large", message, number, context=context, ends_reading=True)
        return
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = position(before, len(before))
        message = "these bytes are not UTF-8"
        yield Fault("wrong_encoding", message, number + line - 1, column, ends_reading=True)
        return
    yield from DocumentCutter(text, number, limits.record_bytes).cut()
