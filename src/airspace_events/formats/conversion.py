"""Converts a file of one format to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from os import PathLike
from typing import IO, Any, NamedTuple

from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.streams import FeedInput
from airspace_events.formats.files import read, write
from airspace_events.formats.format import Losses, OnProblem
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.models.records import Record


class Conversion(NamedTuple):
    """What came of a conversion.

    Attributes:
        records: how many records were read.
        losses: what the target could not hold.
    """

    records: int
    losses: Losses


def convert(  # noqa: PLR0913 (each is a choice of its own, and most have defaults)
    source: FeedInput,
    target: str | PathLike[str] | IO[bytes],
    from_: str | None = None,
    to: str | None = None,
    *,
    mapping: str | PathLike[str] | None = None,
    on_problem: OnProblem | None = None,
    **options: Any,
) -> Conversion:
    """Convert a file to another format, record by record, with the header of its feed.

    Args:
        source: a path, or a stream of bytes.
        target: a path, or a stream of bytes.
        from_: the name of the format of the source; without it, the name of the file tells.
        to: the name of the format of the target, likewise.
        mapping: a TOML file that says what the columns of somebody else's spreadsheet mean; see
            `read_sheet`.
        on_problem: is given each part that cannot be read, and reading goes on.
        options: what the target's format lets one choose.

    Raises:
        UnknownNameError: there is no such format, or it cannot be read back.
        UnreadableError: a file cannot be opened.
        UnwritableError: the target, or a temporary file, cannot be written.
        FeedError: a part cannot be read, and there is no ``on_problem``.
        SettingsError: the mapping is wrong.
        MissingExtraError: a format needs an extra that is not installed.
    """
    headers: list[FeedHeader] = []
    if mapping is None:
        records = read(source, from_, on_problem=on_problem, on_header=headers.append)
    else:
        records = read_sheet(source, mapping, on_problem=on_problem)
    # The header comes before the first record.
    first = list(islice(records, 1))
    counted = _Counted(chain(first, records))
    losses = write(counted, target, to, header=headers[0] if headers else None, **options)
    return Conversion(counted.count, losses)


class _Counted:
    """Records, counted as they are taken."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record
