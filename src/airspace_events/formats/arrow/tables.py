"""Writers and readers of Apache Arrow and Parquet files, with a table for each record type."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal, Self, cast

from airspace_events.errors import UnknownNameError, UnreadableError
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.spool import TemporaryFile
from airspace_events.feeds.streams import reading_from, writing_to
from airspace_events.formats.arrow.columns import batch_of
from airspace_events.formats.arrow.reading import read_arrow, read_parquet
from airspace_events.formats.arrow.schema import (
    HEADER_KEY,
    TABLE_KEY,
    TABLE_OF,
    TABLES,
    pyarrow,
    schema_of,
)
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem, Option
from airspace_events.models.records import Record, checked_records
from airspace_events.values.base import to_json

TableForm = Literal["parquet", "arrow"]

ONE_TABLE = "the file can hold only one type of record, and this record has another type"
"""The reason for the loss of a record whose type differs from the record type of the file."""

_BATCH = 1_024
_BATCHES_IN_A_GROUP = 8
_USUAL_TABLE = "incursions"


class _TableWriter:
    """A writer that collects records of one type, and writes several thousand at a time."""

    def __init__(
        self, table: str, stream: IO[bytes], header: FeedHeader | None, form: TableForm
    ) -> None:
        self._table = table
        self._records: list[Record] = []
        self._batches: list[Any] = []
        self._schema = _described(table, header)
        if form == "parquet":
            # Readers verify the checksums, so they detect changed bytes.
            self._writer = pyarrow("pyarrow.parquet").ParquetWriter(
                stream, self._schema, compression="zstd", write_page_checksum=True
            )
        else:
            self._writer = pyarrow("pyarrow.ipc").new_file(stream, self._schema)

    def add(self, record: Record) -> None:
        """Add a record of the table's type."""
        self._records.append(record)
        if len(self._records) == _BATCH:
            self._pack()
            if len(self._batches) == _BATCHES_IN_A_GROUP:
                self._write()

    def _pack(self) -> None:
        self._batches.append(batch_of(self._table, self._records))
        self._records = []

    def _write(self) -> None:
        self._writer.write_table(pyarrow().Table.from_batches(self._batches, self._schema))
        self._batches = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self.close()
            return
        # pyarrow would close the writer later, after its stream is closed.
        with suppress(Exception):
            self._writer.close()

    def close(self) -> None:
        """Write the remaining records and the end of the file, without closing the stream."""
        if self._records:
            self._pack()
        if self._batches:
            self._write()
        self._writer.close()


def _described(table: str, header: FeedHeader | None) -> Any:
    described = {TABLE_KEY: table.encode(), HEADER_KEY: to_json(header or Feed().header)}
    return schema_of(table).with_metadata(described)


def arrow_tables(records: Iterable[Record], header: FeedHeader | None = None) -> dict[str, Any]:
    """Return a ``pyarrow.Table`` for each record type, even without records, by table name.

    Raises:
        MissingExtraError: pyarrow is not installed.
        TypeError: an item of ``records`` is not a record.
    """
    batches: dict[str, list[Any]] = {table: [] for table in TABLES}
    due: dict[str, list[Record]] = {table: [] for table in TABLES}
    for record in checked_records(records):
        table = TABLE_OF[type(record)]
        due[table].append(record)
        if len(due[table]) == _BATCH:
            batches[table].append(batch_of(table, due[table]))
            due[table] = []
    for table, rest in due.items():
        if rest:
            batches[table].append(batch_of(table, rest))
    return {
        table: pyarrow().Table.from_batches(found, _described(table, header))
        for table, found in batches.items()
    }


def write_tables(
    records: Iterable[Record],
    folder: str | PathLike[str],
    *,
    header: FeedHeader | None = None,
    form: TableForm = "parquet",
) -> Losses:
    """Write a file for each record type, such as ``incursions.parquet``, in one pass.

    A type without records gets an empty table, so that no older table remains in the folder and
    every query finds its file. Nothing is lost. The files are replaced when all records have been
    written.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnwritableError: a file cannot be written.
    """
    pyarrow()
    with writing_to(fspath(folder)):
        Path(folder).mkdir(parents=True, exist_ok=True)
    paths = [Path(folder) / f"{table}.{form}" for table in TABLES]
    with atomic_files(*paths) as streams, ExitStack() as stack:
        writers = {
            table: stack.enter_context(_TableWriter(table, stream, header, form))
            for table, stream in zip(TABLES, streams, strict=True)
        }
        for record in records:
            writers[TABLE_OF[type(record)]].add(record)
    return Losses()


def read_tables(
    folder: str | PathLike[str],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read the tables that `write_tables` wrote, one record type after another.

    Raises:
        UnreadableError: the folder has none of the files, or a file cannot be opened.
        FormatError: a part cannot be read, and there is no ``on_problem``.
    """
    readers = {"parquet": read_parquet, "arrow": read_arrow}
    paths = [Path(folder) / f"{table}.{form}" for table in TABLES for form in readers]
    found = [path for path in paths if path.exists()]
    if not found:
        raise UnreadableError(str(folder), "the folder has no tables, such as incursions.parquet")
    for path in found:
        with reading_from(str(path)):
            stream = path.open("rb")
        with stream:
            read = readers[path.suffix[1:]]
            yield from read(stream, on_problem=on_problem, on_header=on_header)
            # Every file has the header of the feed, but the callback receives it only once.
            on_header = None


def write_parquet(
    records: Iterable[Record],
    stream: IO[bytes],
    *,
    header: FeedHeader | None = None,
    table: str | None = None,
) -> Losses:
    """Write the records of one type as Parquet; records of other types are losses.

    Args:
        records: the records.
        stream: the stream to write to.
        header: the header of the feed, kept in the metadata of the file.
        table: the table to write, one of `TABLES`. By default, the table for the type that
            all records have, or ``incursions`` if their types differ.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnknownNameError: no table has this name.
    """
    return _write(records, stream, header, table, "parquet")


def write_arrow(
    records: Iterable[Record],
    stream: IO[bytes],
    *,
    header: FeedHeader | None = None,
    table: str | None = None,
) -> Losses:
    """Write the records of one type as an Arrow IPC file, also known as Feather version 2.

    The arguments and errors are the same as for `write_parquet`.
    """
    return _write(records, stream, header, table, "arrow")


def _write(
    records: Iterable[Record],
    stream: IO[bytes],
    header: FeedHeader | None,
    table: str | None,
    form: TableForm,
) -> Losses:
    if table is None:
        return _write_usual(records, stream, header, form)
    if table not in TABLES:
        raise UnknownNameError(table, f"use one of {', '.join(TABLES)}")
    losses = Losses()
    with _TableWriter(table, stream, header, form) as writer:
        for record in records:
            if isinstance(record, TABLES[table]):
                writer.add(record)
            else:
                losses.add(record.id, "", ONE_TABLE)
    return losses


def _write_usual(
    records: Iterable[Record], stream: IO[bytes], header: FeedHeader | None, form: TableForm
) -> Losses:
    """Write the table for the type that all records have, or incursions if their types differ.

    The table is first written to a temporary file, because the last record may be the first of
    another type.
    """
    losses = Losses()
    first: str | None = None
    is_mixed = False
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}
        writers: dict[str, _TableWriter] = {}

        def writer_of(table: str) -> _TableWriter:
            if table not in writers:
                files[table] = cast("IO[bytes]", stack.enter_context(TemporaryFile()))
                writer = _TableWriter(table, files[table], header, form)
                writers[table] = stack.enter_context(writer)
            return writers[table]

        for record in records:
            table = TABLE_OF[type(record)]
            first = first or table
            is_mixed = is_mixed or table != first
            if table == _USUAL_TABLE or not is_mixed:
                writer_of(table).add(record)
            if table != _USUAL_TABLE:
                losses.add(record.id, "", ONE_TABLE)
        chosen = _USUAL_TABLE if is_mixed or first is None else first
        writer_of(chosen).close()
        files[chosen].seek(0)
        shutil.copyfileobj(files[chosen], stream)
    return losses if chosen == _USUAL_TABLE else Losses()


_OPTIONS = MappingProxyType(
    {
        "table": Option(
            "the type of record to write; by default, the only type in the feed, or incursions if "
            "there are several",
            tuple(TABLES),
        )
    }
)

PARQUET = Format(
    "parquet",
    "Apache Parquet",
    (".parquet",),
    write_parquet,
    read_parquet,
    _OPTIONS,
    extra="arrow",
    write_folder=write_tables,
    read_folder=read_tables,
)
ARROW = Format(
    "arrow",
    "Apache Arrow IPC",
    (".arrow", ".feather"),
    write_arrow,
    read_arrow,
    _OPTIONS,
    extra="arrow",
    write_folder=partial(write_tables, form="arrow"),
    read_folder=read_tables,
)
