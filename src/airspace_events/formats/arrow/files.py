"""Readers of rows from Parquet and Arrow IPC files. The readers report unreadable rows.

This library writes checksums into Parquet pages, so readers detect changed bytes. Arrow IPC has no
checksums, so a changed letter goes unnoticed, as in JSON.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import SEEK_END
from typing import IO, Any, NamedTuple, TypeAlias, cast

from airspace_events.feeds.spool import TemporaryFile
from airspace_events.feeds.streams import reading_from
from airspace_events.formats.arrow.schema import pyarrow

_BATCH = 1_024
_SHOWN_AT_MOST = 300
# The size in bytes of the read buffer of each column; a file has hundreds of columns.
_BUFFER = 1 << 14


class Part(NamedTuple):
    """Consecutive rows of a file, or the reason why the rows cannot be read.

    Attributes:
        first: the number of the first row.
        rows: the number of rows; 0 if it is unknown.
        batch: the rows, as a ``pyarrow.RecordBatch``.
        reason: the reason why the rows cannot be read.
    """

    first: int
    rows: int
    batch: Any = None
    reason: str = ""


class ParquetTable:
    """A Parquet file."""

    title, magic = "Parquet", b"PAR1"

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = pyarrow("pyarrow.parquet").ParquetFile(
            stream, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )
        self.schema: Any = self._file.schema_arrow
        self.metadata: dict[bytes, bytes] = self.schema.metadata or {}

    def parts(self, columns: list[str]) -> Iterator[Part]:
        """Yield the rows of the file, with only the given columns."""
        first = 1
        for group in range(self._file.num_row_groups):
            count: int = self._file.metadata.row_group(group).num_rows
            batches = self._file.iter_batches(
                _BATCH, row_groups=[group], columns=columns, use_threads=False
            )
            yield from _parts(batches, first, count)
            first += count
        promised: int = self._file.metadata.num_rows
        if promised != first - 1:
            reason = (
                f"according to its metadata, the file has {promised} rows, but {first - 1} rows "
                "were read"
            )
            yield Part(first, 0, reason=reason)


class ArrowTable:
    """An Arrow IPC file."""

    title, magic = "Arrow IPC", b"ARROW1"

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = pyarrow("pyarrow.ipc").open_file(stream)
        self.schema: Any = self._file.schema
        self.metadata: dict[bytes, bytes] = self.schema.metadata or {}

    def parts(self, columns: list[str]) -> Iterator[Part]:
        """Yield the rows of the file, with only the given columns."""
        first = 1
        for number in range(self._file.num_record_batches):
            for part in _parts(self._slices(number, columns), first, 0):
                yield part
                first += part.rows

    def _slices(self, number: int, columns: list[str]) -> Iterator[Any]:
        batch = self._file.get_batch(number).select(columns)
        for start in range(0, batch.num_rows, _BATCH):
            yield batch.slice(start, _BATCH)


def _parts(batches: Iterator[Any], first: int, total: int) -> Iterator[Part]:
    """Yield the batches as parts. If a batch cannot be read, the last part has the reason."""
    at = first
    while True:
        try:
            batch = next(batches, None)
        except broken() as error:
            yield Part(at, max(0, first + total - at), reason=brief_reason(error))
            return
        if batch is None:
            if at < first + total:
                yield Part(at, first + total - at, reason="the rows are missing")
            return
        yield from _sound(batch, at)
        at += batch.num_rows


def _sound(batch: Any, first: int) -> Iterator[Part]:
    """Yield a valid batch as one part, or each row of an invalid batch as a part of its own."""
    try:
        batch.validate(full=True)
    except broken():
        for number in range(batch.num_rows):
            row = batch.slice(number, 1)
            try:
                row.validate(full=True)
            except broken() as error:
                yield Part(first + number, 1, reason=brief_reason(error))
            else:
                yield Part(first + number, 1, row)
    else:
        yield Part(first, batch.num_rows, batch)


def broken() -> tuple[type[Exception], ...]:
    """Return the exceptions that pyarrow raises for damaged files."""
    return (pyarrow().ArrowException, OSError, ValueError, TypeError, LookupError, MemoryError)


def brief_reason(error: Exception) -> str:
    """Return the first line of a pyarrow error message, shortened if it is very long."""
    return str(error).partition("\n")[0][:_SHOWN_AT_MOST] or type(error).__name__


def reason_unreadable(stream: IO[bytes], form: type[TableFile], error: Exception) -> str:
    """Return the reason why no part of a file can be read."""
    stream.seek(0)
    start = stream.read(len(form.magic))
    if not start:
        return f"the file is empty and therefore not {form.title}"
    if start != form.magic:
        hint = "; the file looks like JSON" if start.lstrip()[:1] in (b"{", b"[") else ""
        fault = f"it does not begin with {form.magic.decode()}"
        return f"the file is not {form.title}, because {fault}{hint}"
    stream.seek(0, SEEK_END)
    stream.seek(max(0, stream.tell() - len(form.magic)))
    if stream.read() != form.magic:
        return f"the {form.title} file is incomplete: its end is missing"
    return f"the {form.title} file is damaged: {brief_reason(error)}"


TableFile: TypeAlias = ParquetTable | ArrowTable


@contextmanager
def seekable(stream: IO[bytes], name: str) -> Generator[IO[bytes]]:
    """Return the stream, or a copy of it on disk if the stream cannot seek.

    Raises:
        UnreadableError: the stream cannot be read to the end.
        UnwritableError: the copy cannot be written.
    """
    if stream.seekable():
        yield stream
        return
    with TemporaryFile() as copy:
        with reading_from(name):
            shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("IO[bytes]", copy)
