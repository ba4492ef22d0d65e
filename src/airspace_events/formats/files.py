"""Functions that write records to files, read records, and convert files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
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
from airspace_events.formats.spreadsheets.summary import SheetSummary
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

    An existing file is replaced when all records have been written, so the records may come from
    the same file. The file keeps its permissions. If anything fails, the old file does not change.

    Args:
        records: the records, taken one at a time.
        target: a path, or a stream of bytes. For a format whose files hold only one record type,
            the target may be a folder, which gets a file for each type.
        form: the name of a format in `FORMATS`. By default, the file name determines the format.
        header: the header of the feed.
        options: the options of the format.

    Returns:
        The losses: all values that the format could not hold.

    Raises:
        UnknownNameError: no format has this name.
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
    """Read records from a file of any format that has a reader.

    Args:
        source: a path, or a stream of bytes.
        form: the name of a format in `FORMATS`. By default, the file name determines the format.
        on_problem: a function that is called with each unreadable part, after which reading
            continues.
        on_header: a function that is called with the header of the feed, if the file has one.

    Raises:
        UnknownNameError: no format has this name, or it has no reader.
        UnreadableError: the file cannot be opened.
        FeedError: a part cannot be read, and no ``on_problem`` was given.
    """
    chosen = _chosen(form, source)
    if chosen.read is None:
        reason = f"{chosen.title} can be written but not read"
        raise UnknownNameError(chosen.name, reason)
    if not isinstance(source, str | PathLike):
        return chosen.read(source, on_problem=on_problem, on_header=on_header)
    if is_folder(source):
        if chosen.read_folder is None:
            raise UnreadableError(fspath(source), _one_file(chosen))
        return chosen.read_folder(source, on_problem=on_problem, on_header=on_header)
    return _records(chosen.read, fspath(source), on_problem=on_problem, on_header=on_header)


def is_folder(path: str | PathLike[str]) -> bool:
    """Return whether a path is a folder, or names a new folder by ending with a slash."""
    return fspath(path).endswith(("/", os.sep)) or Path(path).is_dir()


def _one_file(form: Format) -> str:
    return f'the path is a folder, but the format "{form.name}" needs a file'


def _records(read_stream: Reader, name: str, **reported: Any) -> Iterator[Record]:
    with reading_from(name):
        stream = Path(name).open("rb")  # noqa: SIM115 (closed below)
    with stream:
        yield from read_stream(stream, **reported)


def _chosen(form: str | None, file: FeedInput) -> Format:
    if form is not None:
        return format_named(form)
    if isinstance(file, str | PathLike):
        return format_of(fspath(file))
    msg = "a stream has no file name; specify the format by name"
    raise TypeError(msg)


class Conversion(NamedTuple):
    """The result of a conversion.

    Attributes:
        records: the number of records read.
        losses: all values that the target could not hold.
        rows: the counts of rows and problems, if the source is a spreadsheet with a mapping.
    """

    records: int
    losses: Losses
    rows: SheetSummary | None = None


def convert(  # noqa: PLR0913 (each is a choice of its own, and most have defaults)
    source: FeedInput,
    target: str | PathLike[str] | IO[bytes],
    from_: str | None = None,
    to: str | None = None,
    *,
    mapping: str | PathLike[str] | None = None,
    rejects: str | PathLike[str] | None = None,
    on_problem: OnProblem | None = None,
    **options: Any,
) -> Conversion:
    """Convert a file to another format, record by record, with the header of its feed.

    Args:
        source: a path, or a stream of bytes.
        target: a path, or a stream of bytes.
        from_: the format of the source. By default, the file name determines the format.
        to: the format of the target. By default, the file name determines the format.
        mapping: a TOML file with the meaning of the columns, to read a spreadsheet; see
            `read_sheet`.
        rejects: a file for the spreadsheet rows that could not be converted to records.
        on_problem: a function that is called with each unreadable part, after which reading
            continues.
        options: the options of the target's format.

    Raises:
        UnknownNameError: no format has this name, or it has no reader.
        UnreadableError: a file cannot be opened.
        UnwritableError: the target, or a temporary file, cannot be written.
        FeedError: a part cannot be read, and no ``on_problem`` was given.
        SettingsError: the mapping is invalid.
        MissingExtraError: a format needs an extra that is not installed.
    """
    if mapping is None and rejects is not None:
        msg = "`rejects` needs a `mapping`, because only rows of a spreadsheet can be rejected"
        raise TypeError(msg)
    if mapping is None:
        headers: list[FeedHeader] = []
        records = read(source, from_, on_problem=on_problem, on_header=headers.append)
        return Conversion(*_written(records, target, to, headers, options))
    with atomic_files(*([] if rejects is None else [rejects])) as streams:
        stream = streams[0] if streams else None
        rows = read_sheet(source, mapping, on_problem=on_problem, rejects=stream)
        return Conversion(*_written(rows, target, to, [], options), rows.summary)


def _written(
    records: Iterator[Record],
    target: str | PathLike[str] | IO[bytes],
    to: str | None,
    headers: list[FeedHeader],
    options: Mapping[str, Any],
) -> tuple[int, Losses]:
    # The header comes before the first record.
    first = list(islice(records, 1))
    counted = _Counted(chain(first, records))
    losses = write(counted, target, to, header=headers[0] if headers else None, **options)
    return counted.count, losses


class _Counted:
    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record
