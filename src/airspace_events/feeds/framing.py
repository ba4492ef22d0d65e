"""Cuts a stream of bytes into raw records, with the place of each.

Two forms are read: JSON Lines, a header line and then a record a line, in memory that does
not grow with the feed; and one JSON document that has ``records`` in its header object.
Nothing here knows what a record is.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat

from pydantic_core import from_json

from airspace_events.diagnostics.problem import Problem
from airspace_events.errors import UnreadableError
from airspace_events.feeds.hints import binary_format, json_hint, text_format
from airspace_events.feeds.locating import RawRecord, position
from airspace_events.feeds.streams import HEAD, ByteStream, TooMuch, reason_of

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = len(b"\r\n")
_CHUNK = 1 << 16
_START = (1, 1)
_GOES_ON = frozenset({"byte_order_mark", "header_missing", "record_too_large"})


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


def frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    """Cut a stream into raw records, the header first, and problems where it cannot be cut."""
    try:
        yield from _frames(stream, limits)
    except TooMuch:
        limit = limits.unpacked_bytes
        message = f"the feed is longer than {limit} bytes"
        yield Problem("feed_too_large", message, place=_START, context={"limit": limit})
    except (gzip.BadGzipFile, zlib.error) as error:
        message = f"the gzip data are damaged ({error})"
        yield Problem("damaged_gzip", message, place=_START)
    except EOFError:
        yield Problem("truncated_input", "the gzip data end too early", place=_START)
    except UnreadableError:
        raise
    except OSError as error:
        message = f"the feed could not be read to its end ({reason_of(error)})"
        yield Problem("truncated_input", message, place=_START)


def _frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    start = stream.peek(HEAD)[:HEAD]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]:
        message = "this is UTF-16 or UTF-32; save it as UTF-8"
        yield Problem("wrong_encoding", message, place=_START)
        return
    if start.startswith(_BYTE_ORDER_MARK):
        stream.read(len(_BYTE_ORDER_MARK))
        message = "a byte-order mark stands before the feed"
        yield Problem("byte_order_mark", message, place=_START)
    before, first = _line_after_blanks(stream, limits)
    if not first:
        yield Problem("no_records", "there is nothing to read: it is empty", place=_START)
        return
    if problem := _not_json(first, before + 1):
        yield problem
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
            yield Problem("json_syntax", other, place=(before + 1, 1))
            return
    if is_document:
        start = first + b"\n" * min(blanks, limits.document_bytes) + second
        yield from _document(before + 1, start, stream, limits)
    else:
        pending = chain([first], repeat(b"\n", blanks), [second])
        yield from _lines(before + 1, filter(None, pending), stream, limits)


def ends_reading(problem: Problem) -> bool:
    """Return whether nothing could be read after a problem of a feed."""
    return problem.code not in _GOES_ON


def is_json_lines(stream: ByteStream, limits: Limits) -> bool:
    """Whether a stream begins as JSON Lines do, with a header on a line of its own."""
    start = stream.peek(HEAD)[:HEAD]
    if start[:1] != b"{" or 0 in start[:2]:
        return False
    first = stream.readline(limits.record_bytes + _LINE_END)
    return first.endswith(b"\n") and _has_records(first) is False


def frames_of_lines(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    """The raw records of lines from the middle of JSON Lines, counted from 1."""
    return _lines(1, (), stream, limits)


def _not_json(first: bytes, line: int) -> Problem | None:
    """A problem if a feed that begins with this line is another kind of file, or a list."""
    start = first.lstrip()[:1]
    if start == b"[":
        message = 'a feed is an object, not a list; put the list into its header, as "records"'
        return Problem("json_syntax", message, place=(line, first.index(b"[") + 1))
    kind = binary_format(first)
    if kind is None and start != b"{" and _is_binary(first):
        kind = "this is not text; a feed is JSON in UTF-8"
    return Problem("wrong_encoding", kind, place=(line, 1)) if kind else None


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
) -> Iterator[RawRecord | Problem]:
    limit = limits.record_bytes
    readline = partial(stream.readline, limit + _LINE_END)
    for line in chain(pending, iter(readline, b"")):
        if len(line) > limit and len(line.rstrip(b"\r\n")) > limit:
            message = f"the record is longer than {limit} bytes"
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_CHUNK)
            yield Problem("record_too_large", message, place=(number, 1), context={"limit": limit})
        elif not line.isspace():
            yield RawRecord(line, number)
        number += 1


def _document(
    number: int, start: bytes, stream: ByteStream, limits: Limits
) -> Iterator[RawRecord | Problem]:
    data = start + stream.read(max(0, limits.document_bytes + 1 - len(start)))
    if len(data) > limits.document_bytes:
        message = f"the document is longer than {limits.document_bytes} bytes; use JSON Lines"
        context = {"limit": limits.document_bytes}
        yield Problem("feed_too_large", message, place=(number, 1), context=context)
        return
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = position(before, len(before))
        message = "these bytes are not UTF-8"
        yield Problem("wrong_encoding", message, place=(number + line - 1, column))
        return
    yield from DocumentCutter(text, number, limits.record_bytes).cut()


class DocumentCutter:
    """Finds the records of one JSON document, without making anything of them.

    The decoder of the standard library skips over each value; its results are thrown away.
    """

    def __init__(self, text: str, number: int, record_bytes: int) -> None:
        """Take a document.

        Args:
            text: the document.
            number: the 1-based line on which it begins.
            record_bytes: the length of one record before it is called too large.
        """
        self._text = text
        self._number = number
        self._record_bytes = record_bytes
        self._skip = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)
        self._records: list[tuple[int, int]] = []
        self._end = len(text)
        self._member_at: tuple[int, int] | None = None

    def cut(self) -> Iterator[RawRecord | Problem]:
        """The header, the records, and what is wrong with the document."""
        problem = None
        try:
            self._cut_header()
        except json.JSONDecodeError as error:
            message = f"this is not JSON: {error.msg}{json_hint(self._text, error.pos)}"
            problem = self._problem("json_syntax", message, error.pos)
        except RecursionError:
            # The decoder does not tell how far it came: it is within what is not cut yet.
            reached = self._space(self._records[-1][1] + 1) if self._records else 0
            problem = self._problem("nested_too_deeply", "values are nested too deeply", reached)
        if problem is None or self._member_at is not None:
            yield RawRecord(self._header().encode(), self._number)
        yield from self._raw_records()
        if problem is not None:
            yield problem
        elif self._member_at is None:
            yield self._problem("no_records", 'a document has its records in "records"', 0)

    def _header(self) -> str:
        """The document without its records, and all else where it was."""
        text = self._text
        if self._member_at is None:
            return text[: self._end]
        start, after = self._member_at
        before, behind = text[:start], text[after : self._end] or "}"
        if before.rstrip().endswith(","):
            comma = before.rindex(",")
            before = before[:comma] + " " + before[comma + 1 :]
        elif behind.startswith(","):
            behind = " " + behind[1:]
        line_at = text.rfind("\n", start, after) + 1
        gap = "\n" * text.count("\n", start, after) + " " * (after - max(line_at, start))
        return before + gap + behind

    def _raw_records(self) -> Iterator[RawRecord | Problem]:
        line, line_at, at = self._number, 0, 0
        for start, end in self._records:
            line += self._text.count("\n", at, start)
            line_at = max(line_at, self._text.rfind("\n", at, start) + 1)
            at, column = start, start - line_at + 1
            data = self._text[start:end].encode()
            if len(data) > self._record_bytes:
                message = f"the record is longer than {self._record_bytes} bytes"
                context = {"limit": self._record_bytes}
                yield Problem("record_too_large", message, place=(line, column), context=context)
            else:
                yield RawRecord(data, line, column)

    def _problem(self, code: str, message: str, offset: int) -> Problem:
        line, column = position(self._text, offset)
        return Problem(code, message, place=(self._number + line - 1, column))

    def _cut_header(self) -> None:
        at = self._space(self._expect("{", self._space(0), "expected an object"))
        if self._text[at : at + 1] != "}":
            at = self._cut_member(at)
            while self._text[at : at + 1] == ",":
                at = self._cut_member(self._space(at + 1))
        self._end = self._expect("}", at, "expected , or }")
        at = self._space(self._end)
        if at < len(self._text):
            msg = f"there is more after the document{self._more_hint(at)}"
            raise json.JSONDecodeError(msg, self._text, at)

    def _more_hint(self, at: int) -> str:
        if self._text[at] != "{":
            return ""
        if self._member_at is None:
            return "; write each record on one line"
        return "; give validate each document as a file of its own, to check them as one"

    def _cut_member(self, start: int) -> int:
        self._expect('"', start, "expected a name in quotes")
        name, at = self._skip.raw_decode(self._text, start)
        at = self._space(self._expect(":", self._space(at), "expected :"))
        if name == "records" and self._text[at : at + 1] == "[" and self._member_at is None:
            self._member_at = (start, len(self._text))
            after = self._space(self._cut_records(at))
            self._member_at = (start, after)
            return after
        _, at = self._skip.raw_decode(self._text, at)
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
