"""Mutations: copies of a valid feed, each with one fault, and what must be said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from airspace_events.errors import FeedError
from airspace_events.feeds.reading import read_feed
from airspace_events.feeds.streams import name_of
from airspace_events.feeds.writing import feed_lines
from airspace_events.testing.faults import FAULTS, spoil
from airspace_events.testing.given_feed import GivenFeed, as_input
from airspace_events.validation.validator import validate

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
