"""What every format is: a writer, often a reader, and an account of what it cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.errors import FeedError
from airspace_events.feeds.header import FeedHeader
from airspace_events.models.records import Record

_MOST_KEPT = 1_000

OnProblem = Callable[[FeedError], None]
"""Is given each part of a file that cannot be read; without one, the first is raised."""

OnHeader = Callable[[FeedHeader], None]
"""Is given the header of the feed, if the file has one, before the first record."""


class Loss(NamedTuple):
    """Something of a record that a format cannot hold.

    Attributes:
        record: the id of the record; empty for the header of a feed.
        pointer: RFC 6901 pointer to what is lost; empty for the whole record.
        why: why, in a few words that are the same for each such loss.
    """

    record: str
    pointer: str
    why: str


class Losses:
    """What a writer could not write. All are counted, and the first thousand are kept.

    Attributes:
        first: the first ones, in the order of the records.
        by_reason: how many there are, by why.
    """

    def __init__(self) -> None:
        self.first: list[Loss] = []
        self.by_reason: Counter[str] = Counter()

    def add(self, record: str, pointer: str, why: str) -> None:
        """Count something as lost."""
        self.by_reason[why] += 1
        if len(self.first) < _MOST_KEPT:
            self.first.append(Loss(record, pointer, why))

    def __len__(self) -> int:
        return self.by_reason.total()

    def __iter__(self) -> Iterator[Loss]:
        return iter(self.first)

    def __repr__(self) -> str:
        return f"<Losses: {len(self)}>"


Writer = Callable[..., Losses]
"""``write(records, stream, *, header=None, **options)``: writes records to a stream of bytes.

Records are taken one at a time. The header is that of the feed that the records come from.
"""

Reader = Callable[..., Iterator[Record]]
"""``read(stream, *, on_problem=None, on_header=None)``: reads records from a stream of bytes.

What cannot be read is handed to ``on_problem``, and reading goes on behind it; without that, the
first such `FeedError` is raised.
"""


FolderWriter = Callable[..., Losses]
"""``write_folder(records, folder, *, header=None)``: writes a file for each type of record."""

FolderReader = Callable[..., Iterator[Record]]
"""``read_folder(folder, *, on_problem=None, on_header=None)``: reads the files of a folder."""


class Option(NamedTuple):
    """Something that a user may choose when writing a format.

    Attributes:
        help: what it does, in a sentence without a full stop.
        choices: the words to choose from; none for what is on or off.
    """

    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: the word that chooses it.
        title: what people call it, with its standard.
        suffixes: how the names of its files end; the first is the usual one.
        write: its writer.
        read: its reader, if records can be had back.
        options: what may be chosen when writing, by name.
        extra: the extra of this package that it needs.
        write_folder: writes a file for each type of record, if one file holds only one.
        read_folder: reads these files back.
        is_feed: whether its files are feeds, which the validator reads.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Writer
    read: Reader | None = None
    options: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))
    extra: str | None = None
    write_folder: FolderWriter | None = None
    read_folder: FolderReader | None = None
    is_feed: bool = False


def refuse(error: FeedError, on_problem: OnProblem | None) -> None:
    """Hand a problem on, or raise it if nobody takes it."""
    if on_problem is None:
        raise error
    on_problem(error)
