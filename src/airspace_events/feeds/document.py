"""Finds the records of a feed that is one JSON document."""

import json
from collections.abc import Iterator

from airspace_events.feeds.faults import Fault
from airspace_events.feeds.json_hints import json_hint
from airspace_events.feeds.raw_record import RawRecord, position


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

    def cut(self) -> Iterator[RawRecord | Fault]:
        """The header, the records, and what is wrong with the document."""
        fault = None
        try:
            self._cut_header()
        except json.JSONDecodeError as error:
            message = f"this is not JSON: {error.msg}{json_hint(self._text, error.pos)}"
            fault = self._fault("json_syntax", message, error.pos)
        except RecursionError:
            # The decoder does not tell how far it came: it is within what is not cut yet.
            reached = self._space(self._records[-1][1] + 1) if self._records else 0
            fault = self._fault("nested_too_deeply", "values are nested too deeply", reached)
        if fault is None or self._member_at is not None:
            yield RawRecord(self._header().encode(), self._number)
        yield from self._raw_records()
        if fault is not None:
            yield fault
        elif self._member_at is None:
            yield self._fault("no_records", 'a document has its records in "records"', 0)

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

    def _raw_records(self) -> Iterator[RawRecord | Fault]:
        line, line_at, at = self._number, 0, 0
        for start, end in self._records:
            line += self._text.count("\n", at, start)
            line_at = max(line_at, self._text.rfind("\n", at, start) + 1)
            at, column = start, start - line_at + 1
            data = self._text[start:end].encode()
            if len(data) > self._record_bytes:
                message = f"the record is longer than {self._record_bytes} bytes"
                context = {"limit": self._record_bytes}
                yield Fault("record_too_large", message, line, column, context=context)
            else:
                yield RawRecord(data, line, column)

    def _fault(self, code: str, message: str, offset: int) -> Fault:
        line, column = position(self._text, offset)
        return Fault(code, message, self._number + line - 1, column, ends_reading=True)

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
