"""Raw records as bytes, and the locations of their values.

Only invalid records are searched, so a search may be slow, but its running time must be linear in
the length of the record. To skip over a value, this module uses the JSON decoder of the standard
library. No function of this module is recursive.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from math import isinf
from typing import NamedTuple

from airspace_events.diagnostics.problem import Parts, Problem

_SPACE = " \t\n\r"
_LONGEST_KEY = 200


class RawRecord(NamedTuple):
    """The unparsed bytes of one record.

    Attributes:
        data: its JSON text.
        line: the 1-based number of its first line.
        column: the 1-based column in that line, in code points, at which the record begins.
    """

    data: bytes
    line: int
    column: int = 1

    def place(self, offset: int) -> tuple[int, int]:
        """Convert an offset in this record, in code points, to a line and a column in the feed."""
        line, column = position(self.data.decode(errors="replace"), offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column (code points) of an offset in a string."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class Member(NamedTuple):
    """One member of a JSON object or array, with the offsets of its name, value and end."""

    name: str | int
    name_at: int
    value_at: int
    end: int


_SKIP = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)


def members(text: str, start: int) -> Iterator[Member]:
    """Yield the members of the object or array at an offset, and nothing for other values.

    Raises:
        ValueError: the text is not JSON.
        RecursionError: the text is nested too deeply.
    """
    opening = text[start : start + 1]
    if opening not in ("{", "["):
        return
    at = _space(text, start + 1)
    number = 0
    while text[at : at + 1] not in ("}", "]", ""):
        name: str | int = number
        name_at = at
        if opening == "{":
            name, at = _SKIP.raw_decode(text, at)
            at = _space(text, _space(text, at) + 1)
        value_at = at
        _, end = _SKIP.raw_decode(text, at)
        yield Member(name, name_at, value_at, end)
        at = _space(text, end)
        if text[at : at + 1] == ",":
            at = _space(text, at + 1)
        number += 1


def starts_of_items(text: str, start: int) -> Iterator[int]:
    """Yield the offsets of the items of the non-empty array at an offset.

    An item is parsed only when the next one is needed, so the first offset is found at once.
    """
    at = _space(text, start + 1)
    while True:
        yield at
        _, end = _SKIP.raw_decode(text, at)
        at = _space(text, _space(text, end) + 1)


Place = tuple[Parts, int]
"""The parts of a pointer, and the offset of the value at that pointer."""


class Locator:
    """A locator for the values in one record. It scans each part of the record only once."""

    def __init__(self, raw: RawRecord) -> None:
        self.text = raw.data.decode(errors="replace")
        self._raw = raw
        self._members: dict[int, list[Member]] = {}
        self._by_name: dict[int, dict[int | str, Member]] = {}
        self._line_ends: list[int] = []
        at = self.text.find("\n")
        while at >= 0:
            self._line_ends.append(at)
            at = self.text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column, in the feed, of an offset in the record."""
        line = bisect_left(self._line_ends, offset)
        if line == 0:
            return self._raw.line, offset + self._raw.column
        return self._raw.line + line, offset - self._line_ends[line - 1]

    def place_of(self, parts: Parts, *, name: bool = False) -> tuple[int, int]:
        """Return the line and column of the value at a pointer; see `offset_of`."""
        return self.place(self.offset_of(parts, name=name))

    def offset_of(self, parts: Parts, *, name: bool = False) -> int:
        """Return the offset of the value at a pointer.

        If the text has no such value, return the offset of the innermost existing value on the
        path. If a key is duplicated, its last value counts, as in most parsers.

        Args:
            parts: the parts of the pointer.
            name: whether to return the offset of the member's name instead of its value.
        """
        at = _space(self.text, 0)
        for depth, part in enumerate(parts):
            found = self._member(at, part)
            if found is None:
                return at
            is_last = depth == len(parts) - 1
            at = found.name_at if name and is_last else found.value_at
        return at

    def duplicate_keys(self) -> list[Place]:
        """Return every key that appears twice in an object, with its offset.

        Raises:
            ValueError: the text is not JSON.
            RecursionError: the text is nested too deeply.
        """
        found: list[Place] = []
        for parts, inside in self._containers():
            seen: set[str | int] = set()
            for member in inside:
                if member.name in seen:
                    found.append(((*parts, member.name), member.name_at))
                seen.add(member.name)
        return sorted(found, key=lambda place: place[1])

    def inexact_numbers(self) -> list[Place]:
        """Return the location of every decimal number that changes when it is read as a float.

        Such a number has too many digits, or is too close to zero.

        Raises:
            ValueError: the text is not JSON.
            RecursionError: the text is nested too deeply.
        """
        return [place for place, number in self._numbers() if not _is_exact(number)]

    def unsafe_integers(self) -> list[Place]:
        """Return the location of every integer above 2**53 - 1, because a float may round it.

        RFC 7493 (I-JSON) and RFC 8785 set this limit. The method raises the same errors
        as `inexact_numbers`.
        """
        return [place for place, number in self._numbers() if _is_unsafe(number)]

    def _numbers(self) -> list[tuple[Place, str]]:
        found = [
            (((*parts, member.name), member.value_at), self.text[member.value_at : member.end])
            for parts, inside in self._containers()
            for member in inside
            if self.text[member.value_at] in "-0123456789"
        ]
        return sorted(found, key=lambda number: number[0][1])

    def _inside(self, start: int) -> list[Member]:
        if start not in self._members:
            self._members[start] = list(members(self.text, start))
        return self._members[start]

    def _member(self, start: int, name: int | str) -> Member | None:
        if start not in self._by_name:
            try:
                inside = self._inside(start)
            except (ValueError, RecursionError):
                inside = []
            self._by_name[start] = {member.name: member for member in inside}
        return self._by_name[start].get(name)

    def _containers(self) -> Iterator[tuple[Parts, list[Member]]]:
        """Yield every object and array with its members, beginning with the outermost."""
        todo: list[Place] = [((), _space(self.text, 0))]
        while todo:
            parts, start = todo.pop()
            inside = self._inside(start)
            yield parts, inside
            todo += [
                ((*parts, member.name), member.value_at)
                for member in inside
                if self.text[member.value_at] in "{["
            ]


def _is_exact(number: str) -> bool:
    if number.lstrip("-").isdecimal():
        return True
    as_float = float(number)
    return isinf(as_float) or Decimal(number) == Decimal(repr(as_float))


def _is_unsafe(number: str) -> bool:
    digits = number.lstrip("-")
    return digits.isdecimal() and (len(digits), digits) > (len(_LARGEST_SAFE), _LARGEST_SAFE)


_LARGEST_SAFE = str(2**53 - 1)


def pointer(parts: Parts) -> str:
    """Return the RFC 6901 pointer for the given parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def shortened(problem: Problem) -> Problem:
    """Return the problem with its pointer cut before the first key that is too long to show."""
    long = (isinstance(part, str) and len(part) > _LONGEST_KEY for part in problem.parts)
    parts = problem.parts[: next((at for at, is_long in enumerate(long) if is_long), None)]
    return replace(problem, parts=parts, context={"field": str(parts[-1])} if parts else {})


def _space(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _SPACE:
        at += 1
    return at
