"""Writes records to files, reads them back, and converts one file to another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, NamedTuple

from airspace_events.errors import UnknownNameError, UnreadableError, UnwritableError
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.streams import FeedInput, reading_from
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem, Reader
from airspace_events.formats.registry import format_named, format_of
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.models.records import Record, checked_records


def write(
    records: Iterable[Record],
    target: str | PathLike[str] | IO[bytes],
    form: str | None = None,
    *,
    header: FeedHeader | None = None,
    **options: Any,
) -> Losses:
    """Write records in a format.

    A file is replaced when all records are written, so it can be the file that they are read
    from. It keeps its mode. If anything fails, it stays as it was.

    Args:
        records: the records, taken one at a time.
        target: a path, or a stream of bytes; formats of which a file holds one type of record
            take a folder, too, and write a file for each type.
        form: the name of a format of `FORMATS`; without it, the name of the file tells.
        header: what the feed says of itself.
        options: what the format lets one choose.

    Returns:
        What the format could not hold.

    Raises:
        UnknownNameError: there is no such format.
        UnwritableError: the file cannot be written.
        TypeError: an item of ``records`` is not a record.
        MissingExtraError: the format needs an extra that is not installed.
    """
    chosen = _chosen(form, target)
    records = checked_records(records)
    if not isinstance(target, str | PathLike):
        return chosen.write(records, target, header=header, **options)
    if is_folder(target):
        if chosen.write_folder is None:
            raise UnwritableError(fspath(target), _one_file(chosen))
        return chosen.write_folder(records, target, header=header, **options)
    with atomic_files(target) as (stream,):
        return chosen.write(records, stream, header=header, **options)


def read(
    source: FeedInput,
    form: str | None = None,
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read records from a file of any format that can be read back.

    Args:
        source: a path, or a stream of bytes.
        form: the name of a format of `FORMATS`; without it, the name of the file tells.
        on_problem: is given each part that cannot be read, and reading goes on.
        on_header: is given the header of the feed, if the file has one.

    Raises:
        UnknownNameError: there is no such format, or it cannot be read back.
        UnreadableError: the file cannot be opened.
        FeedError: a part cannot be read, and there is no ``on_problem``.
    """
    chosen = _chosen(form, source)
    if chosen.read is None:
        reason = f"{chosen.title} cannot be read back"
        raise UnknownNameError(chosen.name, reason)
    if not isinstance(source, str | PathLike):
        return chosen.read(source, on_problem=on_problem, on_header=on_header)
    if is_folder(source):
        if chosen.read_folder is None:
            raise UnreadableError(fspath(source), _one_file(chosen))
        return chosen.read_folder(source, on_problem=on_problem, on_header=on_header)
    return _records(chosen.read, fspath(source), on_problem=on_problem, on_header=on_header)


def is_folder(path: str | PathLike[str]) -> bool:
    """Whether a path is that of a folder, which need not be there yet if it ends with a slash."""
    return fspath(path).endswith(("/", os.sep)) or Path(path).is_dir()


def _one_file(form: Format) -> str:
    return f"it is a folder, and {form.title} is one file"


def _records(read_stream: Reader, name: str, **told: Any) -> Iterator[Record]:
    with reading_from(name):
        stream = Path(name).open("rb")  # noqa: SIM115 (closed below)
    with stream:
        yield from read_stream(stream, **told)


def _chosen(form: str | None, file: FeedInput) -> Format:
    if form is not None:
        return format_named(form)
    if isinstance(file, str | PathLike):
        return format_of(fspath(file))
    msg = "a stream has no name that tells its format; name one"
    raise TypeError(msg)


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
