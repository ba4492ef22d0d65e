"""The definition of a format, with its writer, its reader and its losses."""

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
"""A callback for each unreadable part of a file. By default, the first problem is raised."""

OnHeader = Callable[[FeedHeader], None]
"""A callback for the header of the feed. It is called before the first record."""


class Loss(NamedTuple):
    """A part of a record that a format cannot hold.

    Attributes:
        record: the id of the record; empty for the header of a feed.
        pointer: the RFC 6901 pointer to the lost part; empty for the whole record.
        why: the reason, in the same words for each loss of this kind.
    """

    record: str
    pointer: str
    why: str


class Losses:
    """The losses of a writer. All losses are counted, and the first thousand are kept.

    Attributes:
        first: the first losses, in the order of the records.
        by_reason: the number of losses for each reason.
    """

    def __init__(self) -> None:
        self.first: list[Loss] = []
        self.by_reason: Counter[str] = Counter()

    def add(self, record: str, pointer: str, why: str) -> None:
        """Count a loss."""
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

The writer takes one record at a time. The header belongs to the feed that the records come from.
"""

Reader = Callable[..., Iterator[Record]]
"""``read(stream, *, on_problem=None, on_header=None)``: reads records from a stream of bytes.

An unreadable part is passed to ``on_problem``, and reading continues after the part. Without
``on_problem``, the first `FeedError` is raised.
"""


FolderWriter = Callable[..., Losses]
"""``write_folder(records, folder, *, header=None)``: writes a file for each type of record."""

FolderReader = Callable[..., Iterator[Record]]
"""``read_folder(folder, *, on_problem=None, on_header=None)``: reads the files of a folder."""


class Option(NamedTuple):
    """An option of a writer.

    Attributes:
        help: the effect of the option, without a full stop.
        choices: the allowed words; empty for an option that is on or off.
    """

    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        name: the word that selects the format.
        title: its readable name, with its standard.
        suffixes: the suffixes of its file names, beginning with the usual suffix.
        write: its writer.
        read: its reader, if any.
        options: a mapping from names to the options of its writer.
        extra: the extra of this package that the format needs.
        write_folder: writes a file for each record type, if a file holds only one type.
        read_folder: reads the files that `write_folder` writes.
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
    """Pass a problem to ``on_problem``, or raise the problem if there is no callback."""
    if on_problem is None:
        raise error
    on_problem(error)
