"""A splitter that cuts a stream of bytes into raw records with their locations.

A feed has one of two forms. JSON Lines has a header line and then one record per line; reading it
takes constant memory. A JSON document is a header object that also contains the ``records``. This
module does not interpret records.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat

from pydantic_core import from_json

from airspace_events.diagnostics.problem import Problem
from airspace_events.errors import UnreadableError
from airspace_events.feeds.hints import binary_format, json_hint, text_format
from airspace_events.feeds.locating import RawRecord, position
from airspace_events.feeds.streams import DAMAGE, HEAD, ByteStream, TooMuch, damage_of

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = len(b"\r\n")
_CHUNK = 1 << 16
_START = (1, 1)
_GOES_ON = frozenset({"byte_order_mark", "header_missing", "record_too_large"})
_BREAKS = (TooMuch, *DAMAGE)


@dataclass(frozen=True, slots=True)
class Limits:
    """Size limits for reading a feed, in bytes.

    Attributes:
        record_bytes: the maximum length of a record.
        document_bytes: the maximum length of a JSON document, which is read into memory.
        unpacked_bytes: the maximum length of a feed; for a gzipped feed, after unpacking.
    """

    record_bytes: int = 2**20
    document_bytes: int = 512 * 2**20
    unpacked_bytes: int = 64 * 2**30


def frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    """Yield the header and the raw records of a stream, and any problems of the stream."""
    try:
        yield from _frames(stream, limits)
    except TooMuch:
        limit = limits.unpacked_bytes
        message = f"the feed is longer than {limit} bytes"
        yield Problem("feed_too_large", message, place=_START, context={"limit": limit})
    except UnreadableError:
        raise
    except DAMAGE as error:
        code = "damaged_gzip" if isinstance(error, zlib.error) else "truncated_input"
        yield Problem(code, damage_of(error, "feed"), place=_START)


def _frames(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    start = stream.peek(HEAD)[:HEAD]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]:
        message = "the feed is UTF-16 or UTF-32; save it as UTF-8"
        yield Problem("wrong_encoding", message, place=_START)
        return
    if start.startswith(_BYTE_ORDER_MARK):
        stream.read(len(_BYTE_ORDER_MARK))
        message = "the feed starts with a byte-order mark"
        yield Problem("byte_order_mark", message, place=_START)
    before, first = _line_after_blanks(stream, limits)
    if not first:
        yield Problem("no_records", "the feed is empty", place=_START)
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
    """Return whether a problem prevented reading the rest of the feed."""
    return problem.code not in _GOES_ON


def too_large(limit: int, place: tuple[int, int]) -> Problem:
    """Return the problem for a record that is longer than the limit in bytes."""
    message = f"the record is longer than {limit} bytes"
    return Problem("record_too_large", message, place=place, context={"limit": limit})


def is_json_lines(stream: ByteStream, limits: Limits) -> bool:
    """Return whether a stream begins like JSON Lines, with a header on its own line."""
    start = stream.peek(HEAD)[:HEAD]
    if start[:1] != b"{" or 0 in start[:2]:
        return False
    first = stream.readline(limits.record_bytes + _LINE_END)
    return first.endswith(b"\n") and _has_records(first) is False


def frames_of_lines(stream: ByteStream, limits: Limits) -> Iterator[RawRecord | Problem]:
    """Yield the raw records of a section of a JSON Lines feed.

    Line 1 is the first line of the section.
    """
    return _lines(1, (), stream, limits)


def _not_json(first: bytes, line: int) -> Problem | None:
    start = first.lstrip()[:1]
    if start == b"[":
        message = (
            'a feed must be an object, not a list; add a header and put the list in its "records"'
        )
        return Problem("json_syntax", message, place=(line, first.index(b"[") + 1))
    kind = binary_format(first)
    if kind is None and start != b"{" and _is_binary(first):
        kind = "the file is not text; a feed must be JSON in UTF-8"
    return Problem("wrong_encoding", kind, place=(line, 1)) if kind else None


def _is_binary(first: bytes) -> bool:
    try:
        return "\0" in first.decode()
    except UnicodeDecodeError:
        return True


def _line_after_blanks(stream: ByteStream, limits: Limits) -> tuple[int, bytes]:
    blanks = 0
    while line := _line(stream, limits.record_bytes + _LINE_END):
        if not line.isspace():
            return blanks, line
        blanks += line.endswith(b"\n")
    return blanks, b""


def _line(stream: ByteStream, limit: int) -> bytes:
    """Return the next line, or the part of it before the stream breaks off.

    A JSON document may be on a single line, so this part may contain many complete records.
    """
    line = bytearray()
    with suppress(*_BREAKS):
        while len(line) < limit and not line.endswith(b"\n") and (ahead := stream.peek(1)):
            line += stream.readline(min(len(ahead), limit - len(line)))
    return bytes(line) or stream.readline(limit)


def _has_records(first: bytes) -> bool | None:
    """Return whether a feed with this first line is a JSON document, or None if it is unclear.

    If it is unclear, the second line decides: a record on the second line means that the first
    line is a damaged header of JSON Lines.
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
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_CHUNK)
            yield too_large(limit, (number, 1))
        elif not line.isspace():
            if not line.endswith(b"\n"):
                stream.peek(1)  # Raises an error if the stream broke off within this line.
            yield RawRecord(line, number)
        number += 1


def _document(
    number: int, start: bytes, stream: ByteStream, limits: Limits
) -> Iterator[RawRecord | Problem]:
    data, broken = bytearray(start), None
    try:
        while len(data) <= limits.document_bytes and (more := stream.read1(_CHUNK)):
            data += more
    except _BREAKS as error:
        broken = error
    if len(data) > limits.document_bytes:
        message = f"the document is longer than {limits.document_bytes} bytes; use JSON Lines"
        context = {"limit": limits.document_bytes}
        yield Problem("feed_too_large", message, place=(number, 1), context=context)
        return
    text, invalid = _decoded(data, number)
    frames = DocumentCutter(text, number, limits.record_bytes).cut()
    if broken is None and invalid is None:
        yield from frames
        return
    # Records before the damage are still read. Other problems are only consequences of the damage.
    for frame in frames:
        if isinstance(frame, RawRecord) or not ends_reading(frame):
            yield frame
    if invalid is not None:
        yield invalid
    if broken is not None:
        raise broken


def _decoded(data: bytearray, number: int) -> tuple[str, Problem | None]:
    """Return the text before the first invalid bytes, and the problem for these bytes."""
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        text = data[: error.start].decode()
        line, column = position(text, len(text))
        message = "the bytes are not valid UTF-8"
        return text, Problem("wrong_encoding", message, place=(number + line - 1, column))


_NO_LISTS = {"{": "an object", '"': "text", "n": "null", "t": "true", "f": "false"}


class DocumentCutter:
    """A splitter that finds the records of a JSON document without keeping parsed values.

    It uses the JSON decoder of the standard library to find the end of each value.
    """

    def __init__(self, text: str, number: int, record_bytes: int) -> None:
        """Initialize the splitter for a document.

        Args:
            text: the document.
            number: the 1-based number of its first line.
            record_bytes: the maximum length of a record.
        """
        self._text = text
        self._number = number
        self._record_bytes = record_bytes
        self._skip = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)
        self._records: list[tuple[int, int]] = []
        self._end = len(text)
        # The start and the end of each member "records". There should be one, with a list.
        self._members: list[tuple[int, int]] = []
        self._wrong_members: list[Problem] = []

    def cut(self) -> Iterator[RawRecord | Problem]:
        """Yield the header, the records and the problems of the document."""
        problem = None
        try:
            self._cut_header()
        except json.JSONDecodeError as error:
            message = f"invalid JSON: {error.msg}{json_hint(self._text, error.pos)}"
            problem = self._problem("json_syntax", message, error.pos)
        except RecursionError:
            # The decoder does not report its position, which is somewhere in the text not yet cut.
            reached = self._space(self._records[-1][1] + 1) if self._records else 0
            problem = self._problem("nested_too_deeply", "values are nested too deeply", reached)
        if problem is None or self._members:
            yield RawRecord(self._header().encode(), self._number)
        yield from self._raw_records()
        yield from self._wrong_members
        if problem is not None:
            yield problem
        elif not self._members:
            yield self._problem("no_records", 'the document has no "records"', 0)

    def _header(self) -> str:
        """Return the document with spaces in place of its records, so that no offset changes."""
        text = self._text[: self._end]
        if self._members and not text[self._members[-1][1] :]:
            text += "}"
        for start, after in reversed(self._members):
            before, behind = text[:start], text[after:]
            if before.rstrip().endswith(","):
                comma = before.rindex(",")
                before = before[:comma] + " " + before[comma + 1 :]
            elif behind.lstrip().startswith(","):
                behind = behind.replace(",", " ", 1)
            line_at = text.rfind("\n", start, after) + 1
            gap = "\n" * text.count("\n", start, after) + " " * (after - max(line_at, start))
            text = before + gap + behind
        return text

    def _raw_records(self) -> Iterator[RawRecord | Problem]:
        line, line_at, at = self._number, 0, 0
        for start, end in self._records:
            line += self._text.count("\n", at, start)
            line_at = max(line_at, self._text.rfind("\n", at, start) + 1)
            at, column = start, start - line_at + 1
            data = self._text[start:end].encode()
            if len(data) > self._record_bytes:
                yield too_large(self._record_bytes, (line, column))
            else:
                yield RawRecord(data, line, column)

    def _problem(self, code: str, message: str, offset: int, *parts: str) -> Problem:
        line, column = position(self._text, offset)
        return Problem(code, message, parts, place=(self._number + line - 1, column))

    def _cut_header(self) -> None:
        at = self._space(self._expect("{", self._space(0), "expected an object"))
        if self._text[at : at + 1] != "}":
            at = self._cut_member(at)
            while self._text[at : at + 1] == ",":
                at = self._cut_member(self._space(at + 1))
        self._end = self._expect("}", at, "expected a comma or a closing brace")
        at = self._space(self._end)
        if at < len(self._text):
            msg = f"the document is followed by additional text{self._more_hint(at)}"
            raise json.JSONDecodeError(msg, self._text, at)

    def _more_hint(self, at: int) -> str:
        if self._text[at] != "{":
            return ""
        if not self._members or self._wrong_members:
            return "; write each record on one line"
        return "; save each document in its own file, and pass all files to validate"

    def _cut_member(self, start: int) -> int:
        self._expect('"', start, "expected a name in quotes")
        name, at = self._skip.raw_decode(self._text, start)
        at = self._space(self._expect(":", self._space(at), "expected a colon"))
        if name != "records":
            _, at = self._skip.raw_decode(self._text, at)
            return self._space(at)
        if self._members:
            message = 'the document has "records" twice; combine the two lists'
            self._wrong_members.append(self._problem("duplicate_key", message, start, "records"))
        self._members.append((start, len(self._text)))
        after = self._space(self._cut_records(at))
        self._members[-1] = (start, after)
        return after

    def _cut_records(self, start: int) -> int:
        if self._text[start : start + 1] != "[":
            _, at = self._skip.raw_decode(self._text, start)
            what = _NO_LISTS.get(self._text[start], "a number")
            message = f'"records" must be a list, not {what}'
            self._wrong_members.append(self._problem("wrong_type", message, start, "records"))
            return at
        at = self._space(start + 1)
        if self._text[at : at + 1] == "]":
            return at + 1
        while True:
            _, end = self._skip.raw_decode(self._text, at)
            self._records.append((at, end))
            at = self._space(end)
            if self._text[at : at + 1] != ",":
                return self._expect("]", at, "expected a comma or a closing bracket")
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
