"""Read a JSON document from a stream, one value at a time, in bounded memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from airspace_events.errors import FormatError, UnreadableError
from airspace_events.feeds.locating import position
from airspace_events.feeds.streams import DAMAGE, HEAD, ByteStream, TooMuch, damage_of

_BYTE_ORDER_MARK = "\ufeff"
_CHUNK = 1 << 16
_CUT_OFF = "the file is incomplete: its end is missing"
_SPACE = " \t\n\r"
# Parsing a truncated value fails at most this many characters before the end of the text, or at
# the start of an unclosed string. No word or escape of JSON is longer.
_LONGEST_WORD = 16
_UNENDED_TEXT = "Unterminated string"


class _NoNumberError(ValueError):
    """Raised for NaN or an infinite number, which JSON does not allow."""


def _refuse_constant(word: str) -> NoReturn:
    raise _NoNumberError(word)


_SKIP = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=_refuse_constant)


class Piece(NamedTuple):
    """A value of the document.

    Attributes:
        text: its JSON text, in which bytes that are not UTF-8 are lone surrogates.
        line: the 1-based line on which it begins.
        column: the 1-based column in that line at which it begins, counted in code points.
    """

    text: str
    line: int
    column: int = 1


class BrokenJson(Exception):  # noqa: N818 (it never leaves this package)
    """Raised when reading cannot continue.

    Attributes:
        error: the reason and the location.
        text: the text that is skipped, as far as it has been read. Bytes that are not UTF-8 are
            lone surrogates.
    """

    def __init__(self, error: FormatError, text: str = "") -> None:
        super().__init__(error, text)
        self.error = error
        self.text = text


class StreamedJson:
    """A JSON document that is read from start to end, one value at a time.

    The caller must check each value for bytes that are not UTF-8, so that invalid bytes do not
    affect other values.

    Attributes:
        failure: the reason why the bytes end early, if any.
    """

    def __init__(self, stream: ByteStream, name: str, longest: int) -> None:
        """Initialize the reader.

        Args:
            stream: the bytes of the document.
            name: the name of the document in messages.
            longest: the maximum length of a value, in characters.

        Raises:
            BrokenJson: the first bytes cannot be read, or are not UTF-8.
        """
        self._stream = stream
        self._name = name
        self._longest = longest
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text, self._at, self._is_all = "", 0, False
        self._line, self._column = 1, 1
        self.failure: FormatError | None = None
        start = self._bytes_from(lambda: stream.peek(HEAD))[:HEAD]
        if self.failure is not None:
            raise BrokenJson(self.failure)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]:
            self._fail("the file is UTF-16 or UTF-32; save it as UTF-8", 0)
        self._fill(_CHUNK)
        self._at = len(_BYTE_ORDER_MARK) * self._text.startswith(_BYTE_ORDER_MARK)

    @property
    def line(self) -> int:
        """Return the 1-based line of the current position."""
        return self._line

    def peek(self) -> str:
        """Return the next character that is not white space, or an empty string at the end."""
        while True:
            at = self._at
            while at < len(self._text) and self._text[at] in _SPACE:
                at += 1
            self._move(at)
            if at < len(self._text):
                return self._text[at]
            if not self._fill(_CHUNK):
                return ""

    def take(self, *chars: str) -> str:
        """Move past the next character, which must be one of the given characters.

        Raises:
            BrokenJson: the next character is not one of them, or the document has ended.
        """
        found = self.peek()
        if not found:
            self._fail(_CUT_OFF, self._at)
        if found not in chars:
            self._fail(f"invalid JSON: expected {' or '.join(chars)}", self._at)
        self._move(self._at + 1)
        return found

    def value(self) -> Piece:
        """Return the next value, and move past it.

        Raises:
            BrokenJson: the text is not a value, the value is too long, or the document ends within
                the value.
        """
        self.peek()
        while True:
            broken = end = None
            try:
                _, end = _SKIP.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                broken = error
            except _NoNumberError as error:
                at = self._text.find(str(error), self._at)
                self._fail(f"invalid JSON: {error} is not a number; use null", self._at, at)
            except RecursionError:
                self._fail_too_deep()
            if end is not None and (end < len(self._text) or self._is_all):
                piece = Piece(self._text[self._at : end], self._line, self._column)
                self._move(end)
                return piece
            if broken is not None and not self._may_be_cut(broken):
                self._fail(f"invalid JSON: {broken.msg}", broken.pos)
            if len(self._text) - self._at > self._longest:
                reason = f"the value is longer than {self._longest} characters"
                self._fail(reason, self._at, len(self._text))
            # Double the amount of text, so that each character is parsed at most twice on average.
            if not self._fill(max(_CHUNK, len(self._text) - self._at)) and broken is not None:
                # After a truncated value, the text ends.
                is_cut = self._is_unended(broken) or not {*self._text[broken.pos :]} & {*"]}"}
                reason = _CUT_OFF if is_cut else f"invalid JSON: {broken.msg}"
                self._fail(reason, len(self._text) if is_cut else broken.pos)

    def go_to_line(self, beginning: str) -> bool:
        """Move to the next line with a given beginning, and return whether such a line exists."""
        while True:
            if self._column > 1:
                at = self._text.find("\n", self._at) + 1
                self._move(at or len(self._text))
            needed = 4 * len(beginning)
            if len(self._text) - self._at < needed and not self._fill(_CHUNK):
                needed = len(self._text) - self._at
            if needed == 0:
                return False
            if self._column == 1:
                head = self._text[self._at : self._at + needed]
                if "".join(head.split()).startswith(beginning):
                    return True
                self._move(self._at + 1)

    def _may_be_cut(self, broken: json.JSONDecodeError) -> bool:
        """Return whether the fault may be due to text that has not been read yet."""
        return broken.pos + _LONGEST_WORD > len(self._text) or self._is_unended(broken)

    @staticmethod
    def _is_unended(broken: json.JSONDecodeError) -> bool:
        return broken.msg.startswith(_UNENDED_TEXT)

    def _move(self, at: int) -> None:
        self._line, self._column = self._place(at)
        self._at = at

    def _place(self, at: int) -> tuple[int, int]:
        """Return the line and column of an offset that is not before the current position."""
        line, column = position(self._text[self._at : at], at - self._at)
        return self._line + line - 1, column + (self._column - 1 if line == 1 else 0)

    def _fill(self, wanted: int) -> bool:
        """Read about ``wanted`` more characters, and return whether there were any."""
        if self._is_all:
            return False
        self._text, self._at = self._text[self._at :], 0
        pieces: list[str] = []
        while wanted > 0 and not self._is_all:
            data = self._bytes_from(lambda: self._stream.read1(_CHUNK))
            self._is_all = not data
            pieces.append(self._decoder.decode(data, final=self._is_all))
            wanted -= len(pieces[-1])
        self._text += "".join(pieces)
        return any(pieces)

    def _bytes_from(self, read: Callable[[], bytes]) -> bytes:
        """Return the bytes. If reading fails, set ``failure`` and return no bytes."""
        try:
            return read()
        except TooMuch:
            reason = "the file is longer than the limit, which applies to the unpacked file"
        except UnreadableError:
            raise
        except DAMAGE as error:
            reason = damage_of(error)
        self.failure = FormatError(reason, self._name, self._line)
        return b""

    def _fail_too_deep(self) -> NoReturn:
        reason = "values are nested too deeply"
        end = self._text.find("\n", self._at)
        end = end if end >= 0 else len(self._text)
        try:
            _SKIP.raw_decode(self._text[self._at : end])
        except RecursionError:
            self._fail(reason, self._at, end)
        except ValueError:
            # The value spans several lines, and the decoder does not report its position.
            self._is_all = True
        self._fail(reason, self._at, len(self._text))

    def _fail(self, reason: str, at: int, reached: int | None = None) -> NoReturn:
        """Skip the invalid text, and raise a `BrokenJson` with the position of the fault."""
        line, column = self._place(at)
        error = FormatError(reason, self._name, line, f"column {column}")
        reached = at if reached is None else reached
        # Skip the line on which the value begins.
        next_line = self._text.rfind("\n", self._at, reached) + 1
        end = next_line or self._text.find("\n", reached)
        text = self._text[self._at : end if end >= 0 else None]
        self._move(next_line or reached)
        is_over = self._is_all and self._at == len(self._text)
        raise BrokenJson(self.failure if is_over and self.failure else error, text)
