"""Faults to plant: those of a line, the list of all, and a feed with each fault planted."""

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
from airspace_events.testing.json_cursor import Json, Spot, named
from airspace_events.testing.record_faults import RECORD_FAULTS
from airspace_events.validation.validator import validate

Change = Callable[[bytes], tuple[bytes, Parts] | None]

_TOO_DEEP = 1_000
_NUMBER = b"-+.0123456789Ee"


def _duplicate_key(line: bytes) -> tuple[bytes, Parts]:
    name = json.dumps(json.loads(line)["type"]).encode()
    return b'{"type":' + name + b"," + line[1:], ("type",)


def _truncated_json(line: bytes) -> tuple[bytes, Parts]:
    # Behind the id, so that it is known whose line this was, and behind a quotation mark: what
    # ends within a number may be whole, and within "true" it is no JSON at all.
    text = line.decode()
    start = text.index('"id":"') + len('"id":"')
    behind = max(text.index('"', start) + 1, len(text) * 3 // 4)
    return text[: text.rindex('"', 0, behind) + 1].encode(), ()


def _nan(line: bytes) -> tuple[bytes, Parts] | None:
    return _with_first_number(line, "best", b"", b"NaN")


def _single_quotes(line: bytes) -> tuple[bytes, Parts]:
    return _inserted(line, b"'note':'made up'"), ()


def _trailing_comma(line: bytes) -> tuple[bytes, Parts]:
    return line + b",", ()


def _nested_too_deeply(line: bytes) -> tuple[bytes, Parts]:
    deep = b"[" * _TOO_DEEP + b"]" * _TOO_DEEP
    return _inserted(line, b'"extensions":{"made-up.example":{"deep":' + deep + b"}}"), ()


def _too_many_digits(line: bytes) -> tuple[bytes, Parts] | None:
    changed = _with_first_number(line, "coordinates", b"[", b"26.10000000000000000001")
    return changed and (changed[0], (*changed[1], 0))


def _broken_encoding(line: bytes) -> tuple[bytes, Parts]:
    # 0xFF stands nowhere in UTF-8.
    return line[:-2] + b"\xff" + line[-2:], ()


def _inserted(line: bytes, text: bytes) -> bytes:
    return line[:-1] + b"," + text + b"}"


def _with_first_number(
    line: bytes, name: str, opening: bytes, number: bytes
) -> tuple[bytes, Parts] | None:
    """A line in which the number behind the first key of a name is another one."""
    head, found, rest = line.partition(f'"{name}":'.encode() + opening)
    end = len(rest) - len(rest.lstrip(_NUMBER))
    parts = next(named(json.loads(line), name), ("extensions",))
    # What an extension holds may be anything, so that it is no fault there.
    if not end or parts[0] == "extensions":
        return None
    return head + found + number + rest[end:], parts


LINE_FAULTS: Mapping[str, tuple[str, Change]] = MappingProxyType(
    {
        "duplicate_key": ("duplicate_key", _duplicate_key),
        "truncated_json": ("truncated_record", _truncated_json),
        "nan": ("not_finite", _nan),
        "single_quotes": ("json_syntax", _single_quotes),
        "trailing_comma": ("json_syntax", _trailing_comma),
        "nested_too_deeply": ("nested_too_deeply", _nested_too_deeply),
        "too_many_digits": ("inexact_number", _too_many_digits),
        "broken_encoding": ("wrong_encoding", _broken_encoding),
    }
)
"""The code of the notice that each fault gives, and what plants it, by the name of the fault."""


FAULTS: Mapping[str, str] = MappingProxyType(
    {name: code for name, (code, _) in {**RECORD_FAULTS, **LINE_FAULTS}.items()}
)
"""The code of the one notice that each fault gives, by the name of the fault."""


class SpoiledLine(NamedTuple):
    """A line with a fault.

    Attributes:
        line: the line, without its end.
        pointer: the RFC 6901 pointer of the notice; empty for the record itself.
    """

    line: bytes
    pointer: str


def plant(fault: str, line: bytes) -> bytes | None:
    """Plant a fault in a line of a feed.

    Args:
        fault: its name, one of `FAULTS`.
        line: a valid record in JSON, on one line, without its end, as the library writes it.

    Returns:
        The line with the fault, or None if the record has no room for it: one that names no
        place has no latitude.

    Raises:
        KeyError: there is no such fault.

    >>> plant("unknown_field", b'{"type":"official","id":"syn-1","name":"Testo Sample"}')
    b'{"type":"official","id":"syn-1","name":"Testo Sample","made_up_field":"made up"}'
    """
    spoiled = spoil(fault, line)
    return spoiled and spoiled.line


def spoil(fault: str, line: bytes) -> SpoiledLine | None:
    """The same, with the place of the fault.

    Args, errors and when there is None are those of `plant`.
    """
    if fault in RECORD_FAULTS:
        record = Spot(json.loads(line))
        parts = RECORD_FAULTS[fault][1](record)
        return None if parts is None else SpoiledLine(_written(record.fields), pointer(parts))
    changed = LINE_FAULTS[fault][1](line)
    return changed and SpoiledLine(changed[0], pointer(changed[1]))


def _written(record: Json) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


_FIRST_RECORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A valid feed in which one record has a fault.

    Attributes:
        fault: the name of the fault, one of `FAULTS`.
        record: the type of the record that has it.
        code: the code of the notice that must be given; it is an error.
        line: the line of that notice; the header is line 1.
        pointer: its RFC 6901 pointer; empty for the record itself.
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
        """The feed as JSON Lines; it is put together when it is asked for."""
        before, after = self._valid[: self.line - 1], self._valid[self.line :]
        return b"".join((*before, self._spoiled, b"\n", *after))

    def __str__(self) -> str:
        """What a test that is given this may be called."""
        return f"{self.fault}-{self.record}"


def mutations(feed: GivenFeed) -> tuple[Mutation, ...]:
    """A valid feed with one fault after another, to see that each is found where it is.

    There is one for each fault and type of record: in the first record of the type that has room
    for it. So there are some hundred at most. The feed is written anew, in the canonical form;
    the same feed always gives the same mutations. Each gives the error that it tells. It may give
    others, where other records name the one that has the fault.

    Any record may be the first with room, so give a feed of hundreds of records, not of millions.

    Args:
        feed: a path, a stream of bytes, bytes, a `Feed`, a record or several records.

    Raises:
        UnreadableError: the feed cannot be opened.
        FeedError: it is no feed, or it is not valid before anything is done to it.
        TypeError: it is nothing that can be read as a feed.

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
        reason = f"only a valid feed can be mutated, and this has: {first.message}"
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
