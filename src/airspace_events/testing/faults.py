"""Faults that tests insert into lines and feeds."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.diagnostics.problem import Parts
from airspace_events.errors import FeedError
from airspace_events.feeds.locating import pointer
from airspace_events.feeds.reading import read_feed
from airspace_events.feeds.streams import name_of
from airspace_events.feeds.writing import feed_lines
from airspace_events.testing.given_feed import GivenFeed, as_input
from airspace_events.testing.record_faults import listed_faults, named, spoil_record
from airspace_events.validation.validator import validate

Change = Callable[[bytes], tuple[bytes, Parts] | None]

_TOO_DEEP = 1_000
_NUMBER = b"-+.0123456789Ee"


def _duplicate_key(line: bytes) -> tuple[bytes, Parts]:
    name = json.dumps(json.loads(line)["type"]).encode()
    return b'{"type":' + name + b"," + line[1:], ("type",)


def _truncated_json(line: bytes) -> tuple[bytes, Parts]:
    # The cut is after the id, so that the record can be identified, and after a quotation mark. A
    # line that ends within a number may look complete, and a line that ends within "true" is
    # invalid JSON.
    text = line.decode()
    start = text.index('"id":"') + len('"id":"')
    behind = max(text.index('"', start) + 1, len(text) * 3 // 4)
    return text[: text.rindex('"', 0, behind) + 1].encode(), ()


def _nested_too_deeply(line: bytes) -> tuple[bytes, Parts]:
    deep = b"[" * _TOO_DEEP + b"]" * _TOO_DEEP
    return _inserted(line, b'"extensions":{"made-up.example":{"deep":' + deep + b"}}"), ()


def _too_many_digits(line: bytes) -> tuple[bytes, Parts] | None:
    changed = _with_first_number(line, "coordinates", b"[", b"26.10000000000000000001")
    return changed and (changed[0], (*changed[1], 0))


def _inserted(line: bytes, text: bytes) -> bytes:
    return line[:-1] + b"," + text + b"}"


def _with_first_number(
    line: bytes, name: str, opening: bytes, number: bytes
) -> tuple[bytes, Parts] | None:
    """Return a line with a different number after the first key with a given name."""
    head, found, rest = line.partition(f'"{name}":'.encode() + opening)
    end = len(rest) - len(rest.lstrip(_NUMBER))
    parts = next(named(json.loads(line), name), ("extensions",))
    # An extension may contain any number, so the change would not be a fault in an extension.
    if not end or parts[0] == "extensions":
        return None
    return head + found + number + rest[end:], parts


LINE_FAULTS: Mapping[str, Change] = MappingProxyType(
    {
        "duplicate_key": _duplicate_key,
        "truncated_json": _truncated_json,
        "nan": lambda line: _with_first_number(line, "best", b"", b"NaN"),
        "single_quotes": lambda line: (_inserted(line, b"'note':'made up'"), ()),
        "trailing_comma": lambda line: (line + b",", ()),
        "nested_too_deeply": _nested_too_deeply,
        "too_many_digits": _too_many_digits,
        # UTF-8 never contains the byte 0xFF.
        "broken_encoding": lambda line: (line[:-2] + b"\xff" + line[-2:], ()),
    }
)
"""A mapping from fault names to the functions that insert a fault into the text of a record."""


FAULTS: Mapping[str, str] = MappingProxyType(
    {name: entry["code"] for name, entry in listed_faults().items()}
)
"""A mapping from fault names to the code of the notice that the fault causes."""


class SpoiledLine(NamedTuple):
    """A line with a fault.

    Attributes:
        line: the line, without the line ending.
        pointer: the JSON Pointer (RFC 6901) of the notice; empty for the record itself.
    """

    line: bytes
    pointer: str


def plant(fault: str, line: bytes) -> bytes | None:
    """Insert a fault into a line of a feed.

    Args:
        fault: the name of a fault in `FAULTS`.
        line: a valid record in JSON on one line, in the form of this library and without line
            ending.

    Returns:
        The line with the fault, or None if the record has no field for the fault. For
        example, a record without a place has no latitude.

    Raises:
        KeyError: no fault has this name.

    >>> plant("unknown_field", b'{"type":"official","id":"syn-1","name":"Testo Sample"}')
    b'{"type":"official","id":"syn-1","name":"Testo Sample","made_up_field":"made up"}'
    """
    spoiled = spoil(fault, line)
    return spoiled and spoiled.line


def spoil(fault: str, line: bytes) -> SpoiledLine | None:
    """Insert a fault into a line, and return the line and the pointer to the fault.

    Arguments, errors and the conditions for None are the same as for `plant`.
    """
    if fault in LINE_FAULTS:
        changed = LINE_FAULTS[fault](line)
        return changed and SpoiledLine(changed[0], pointer(changed[1]))
    record = json.loads(line)
    parts = spoil_record(fault, record)
    if parts is None:
        return None
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return SpoiledLine(text.encode(), pointer(parts))


_FIRST_RECORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A valid feed in which one record has a fault.

    Attributes:
        fault: the name of the fault, one of `FAULTS`.
        record: the type of the record with the fault.
        code: the code of the expected notice, which is an error.
        line: the line of the expected notice; the header is line 1.
        pointer: the JSON Pointer (RFC 6901) of the notice; empty for the record itself.
    """

    fault: str
    record: str
    code: str
    line: int
    pointer: str
    _valid: tuple[bytes, ...] = field(repr=False)
    _spoiled: bytes = field(repr=False)

    @property
    def feed(self) -> bytes:
        """The bytes of the feed as JSON Lines, built on each access."""
        before, after = self._valid[: self.line - 1], self._valid[self.line :]
        return b"".join((*before, self._spoiled, b"\n", *after))

    def __str__(self) -> str:
        """Return the fault and the record type, for use as the id of a test."""
        return f"{self.fault}-{self.record}"


def mutations(feed: GivenFeed) -> tuple[Mutation, ...]:
    """Return copies of a valid feed with one fault each, to test if a reader finds each fault.

    The result has one mutation for each fault and record type, at most a few hundred. The fault is
    in the first record of the type that has a field for the fault. The feed is rewritten in
    canonical form, and the same feed always gives the same mutations. Each mutation causes the
    error in its ``code``, and further errors if other records refer to the record with the fault.
    The function may search every record, so pass a feed of hundreds of records, not millions.

    Args:
        feed: a path, a stream of bytes, bytes, a `Feed`, a record or several records.

    Raises:
        UnreadableError: the feed cannot be opened.
        FeedError: the input is not a feed, or the feed is not valid.
        TypeError: the argument cannot be read as a feed.

    >>> first = mutations("docs/examples/tutorial.jsonl")[0]
    >>> str(first), first.code, first.line, first.pointer
    ('unknown_field-source', 'unknown_field', 2, '/made_up_field')
    """
    source = as_input(feed)
    name, valid = name_of(source), read_feed(source)
    lines = tuple(feed_lines(valid.header, valid.records))
    report = validate(BytesIO(b"".join(lines)))
    if not report.ok:
        first = next(notice for notice in report.notices if notice.severity == "error")
        reason = (
            f"only a valid feed can be mutated, but the given feed has an error: {first.message}"
        )
        raise FeedError(reason, name, first.line)
    return tuple(_mutations(lines, [record.type for record in valid.records]))


def _mutations(lines: tuple[bytes, ...], kinds: Sequence[str]) -> Iterator[Mutation]:
    for fault, code in FAULTS.items():
        done: set[str] = set()
        for number, kind in enumerate(kinds, _FIRST_RECORD):
            line = lines[number - 1].removesuffix(b"\n")
            spoiled = None if kind in done else spoil(fault, line)
            if spoiled is not None:
                done.add(kind)
                yield Mutation(
                    fault=fault,
                    record=kind,
                    code=code,
                    line=number,
                    pointer=spoiled.pointer,
                    _valid=lines,
                    _spoiled=spoiled.line,
                )
