"""A writer and a reader of CSV files with one flat table of records.

The format follows RFC 4180: commas, lines that end with CRLF, and quotation marks around cells
that need them. The text is UTF-8. An empty cell has no value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import MappingProxyType
from typing import IO

from airspace_events.errors import FormatError, UnknownNameError
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.streams import name_of
from airspace_events.formats.cells import (
    DELIMITERS,
    NoTextError,
    Row,
    TextLines,
    layout_of,
    rows_of,
    text_lines,
)
from airspace_events.formats.format import Format, Losses, OnHeader, OnProblem, Option, refuse
from airspace_events.formats.revisions import current_records
from airspace_events.formats.tables.columns import Table
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.reading import COLUMN_NAMES, Tell, layout_of_header, records_of
from airspace_events.formats.tables.values import cell_text
from airspace_events.models.records import Record

_BYTE_ORDER_MARK = "\ufeff"
_QUOTED_FOR = frozenset('",\r\n;\t')

_NO_HEADER = "a table cannot hold the header of a feed"
_NO_COLUMN = "the table has no column for the value"
_NO_ROW = "the table holds only other types of records"
_NO_ITEM = "the record has no items for this table"


def write(
    records: Iterable[Record],
    stream: IO[bytes],
    *,
    header: FeedHeader | None = None,
    table: str = "incursions",
    excel: bool = False,
) -> Losses:
    """Write one table of records.

    Args:
        records: the records, taken one at a time.
        stream: the stream to write to.
        header: the header of the feed, which a table cannot hold.
        table: the name of a table in `TABLES`.
        excel: whether to write a byte-order mark first, so that Excel recognizes UTF-8.

    Returns:
        The losses: all values of the records that no cell contains.

    Raises:
        UnknownNameError: no table has this name.
    """
    if table not in TABLES:
        raise UnknownNameError(table, f"use one of {', '.join(TABLES)}")
    return _write(records, stream, TABLES[table], Losses(), header, excel=excel)


def write_slim(
    records: Iterable[Record],
    stream: IO[bytes],
    *,
    header: FeedHeader | None = None,
    excel: bool = False,
) -> Losses:
    """Write the table `slim` with one row for each incursion, so that rows can be counted.

    Only the latest revision of an incursion has a row, and a retracted incursion has none. All
    records are held in memory. Arguments and losses are the same as for `write`.
    """
    losses = Losses()
    kept = current_records(records, losses)
    return _write(kept, stream, TABLES["slim"], losses, header, excel=excel)


def _write(  # noqa: PLR0913 (the arguments of both writers)
    records: Iterable[Record],
    stream: IO[bytes],
    chosen: Table,
    losses: Losses,
    header: FeedHeader | None,
    *,
    excel: bool,
) -> Losses:
    if header is not None:
        losses.add("", "", _NO_HEADER)
    stream.write((_BYTE_ORDER_MARK * excel + _line(c.name for c in chosen.columns)).encode())
    for record in records:
        for row in chosen.rows(record):
            cells = (cell_text(column, row[column.name]) for column in chosen.columns)
            stream.write(_line(cells).encode())
        for pointer in chosen.lost(record):
            losses.add(record.id, pointer, _why(chosen, record, pointer))
    return losses


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(text: str) -> str:
    # White space at the ends and delimiters of other dialects are safer inside quotation marks.
    if text.isalnum() or (_QUOTED_FOR.isdisjoint(text) and text == text.strip()):
        return text
    return '"' + text.replace('"', '""') + '"'


def _why(table: Table, record: Record, pointer: str) -> str:
    if pointer:
        return _NO_COLUMN
    return _NO_ITEM if record.type in table.types else _NO_ROW


def read(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,  # noqa: ARG001 (a table has no header of a feed)
) -> Iterator[Record]:
    """Read the records of a table, gzipped or not.

    The header row identifies the table. Semicolons, tabs and vertical bars also work as
    separators, because no column name contains one. Blank rows and a byte-order mark are skipped.

    Args:
        stream: the stream to read.
        on_problem: a function that is called with each fault in a row, after which reading
            continues.
        on_header: never called, because a table has no feed header.

    Raises:
        FormatError: a row cannot be read, and no ``on_problem`` was given.
        TypeError: the stream returns text instead of bytes.
    """
    name = name_of(stream)

    def tell(reason: str, row: Row, column: str | None) -> None:
        place = f"row {row.number}" + (f", column {column}" if column else "")
        refuse(FormatError(reason, name, row.line, place), on_problem)

    with ExitStack() as stack:
        try:
            lines = stack.enter_context(text_lines(stream))
            found = layout_of(lines, COLUMN_NAMES, tuple(DELIMITERS))
        except NoTextError as error:
            refuse(FormatError(error.reason, name, error.line), on_problem)
            return
        rows = _rows(lines, found.delimiter)
        header = _header(rows, found.row, tell)
        if header is None:
            refuse(FormatError("the file has no header row", name), on_problem)
            return
        layout = layout_of_header(header, lambda reason: tell(reason, header, None))
        if layout is not None:
            yield from records_of(layout, rows, tell)


def _header(rows: Iterator[Row], at: int, tell: Tell) -> Row | None:
    """Return row number ``at``; if ``at`` is 0, return the first row that is not blank."""
    for row in rows:
        if row.fault:
            tell(row.fault, row, None)
        elif row.number == at or (not at and not row.is_blank):
            return row
        elif not row.is_blank:
            tell("this row is above the header row, so it was skipped", row, None)
    return None


def _rows(lines: TextLines, delimiter: str) -> Iterator[Row]:
    """Yield the rows, and then a row with a fault if the file cannot be read to the end.

    Unlike other spreadsheets, the file may contain NUL characters.
    """
    number = 0
    try:
        for row in rows_of(lines, delimiter, _why_not_cut):
            number = row.number
            yield row
    except NoTextError as error:
        yield Row(number + 1, error.line, (), error.reason)


def _why_not_cut(error: str, _: int) -> str:
    if error.startswith("unexpected end") or "expected after" in error:
        return (
            "a quotation mark is never closed, or a cell continues after its closing quotation "
            "mark; write each quotation mark within a cell twice"
        )
    return f"{error}; check for a quotation mark that is never closed"


_EXCEL = Option("write a byte-order mark first, so that Excel recognizes UTF-8")
CSV = Format(
    "csv",
    "CSV, one flat table (RFC 4180)",
    (".csv", ".csv.gz"),
    write,
    read,
    options=MappingProxyType(
        {
            "table": Option("the table to write", tuple(TABLES)),
            "excel": _EXCEL,
        }
    ),
)
SLIM_CSV = Format(
    "slim-csv",
    "CSV for analysts, one row for each incursion",
    (".slim.csv", ".slim.csv.gz"),
    write_slim,
    options=MappingProxyType({"excel": _EXCEL}),
)
