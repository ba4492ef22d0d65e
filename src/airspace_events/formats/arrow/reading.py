"""Readers of records from Apache Arrow and Parquet tables, including rewritten tables.

A table may have been filtered and rewritten by DuckDB, Polars or pandas. The columns may be in
another order or have other types with the same values, and optional columns may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, Any, cast

from pydantic import ValidationError

from airspace_events.diagnostics.pydantic_errors import problems_of_errors
from airspace_events.errors import FeedError, FormatError
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.locating import pointer
from airspace_events.feeds.reading import first_error, read_entries, record_adapter
from airspace_events.feeds.streams import name_of, reading_from
from airspace_events.formats.arrow.columns import (
    BadText,
    batch_of,
    derived,
    fit,
    holds_text,
    rows_of,
    stated,
)
from airspace_events.formats.arrow.files import (
    ArrowTable,
    ParquetTable,
    Part,
    TableFile,
    broken,
    reason_unreadable,
    seekable,
)
from airspace_events.formats.arrow.schema import (
    HEADER_KEY,
    TABLE_KEY,
    TABLE_OF,
    TABLES,
    Column,
    columns_of,
    pyarrow,
)
from airspace_events.formats.format import OnHeader, OnProblem, refuse
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.safe_text import shown

_SHOWN_AT_MOST = 300
_NAMES_SHOWN = 8


def read_parquet(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read the records of a Parquet file, a thousand at a time.

    A stream that cannot seek is first copied to a file on disk, because Parquet files end with
    their metadata.

    Raises:
        MissingExtraError: pyarrow is not installed.
        FormatError: a part cannot be read, and there is no ``on_problem``.
    """
    return _read(stream, ParquetTable, on_problem, on_header)


def read_arrow(
    stream: IO[bytes],
    *,
    on_problem: OnProblem | None = None,
    on_header: OnHeader | None = None,
) -> Iterator[Record]:
    """Read the records of an Arrow IPC file, as `read_parquet` does for Parquet."""
    return _read(stream, ArrowTable, on_problem, on_header)


def _read(
    stream: IO[bytes],
    form: type[TableFile],
    on_problem: OnProblem | None,
    on_header: OnHeader | None,
) -> Iterator[Record]:
    name = name_of(stream)
    pyarrow()
    with seekable(stream, name) as source:
        for found in _entries(source, form, name):
            if isinstance(found, FeedError):
                refuse(found, on_problem)
            elif not isinstance(found, FeedHeader):
                yield found
            elif on_header is not None:
                on_header(found)


def _entries(
    stream: IO[bytes], form: type[TableFile], name: str
) -> Iterator[Record | FeedHeader | FeedError]:
    try:
        file = form(stream)
        table = _table_of(file)
        columns, misfits = fit(columns_of(TABLES[table]), file.schema) if table else ((), [])
    except broken() as error:
        with reading_from(name):
            reason = reason_unreadable(stream, form, error)
        yield FormatError(reason, name)
        return
    if table is None:
        if not _is_empty(file):
            yield FormatError(_foreign(file), name)
        return
    if HEADER_KEY in file.metadata:
        # A header is reported in the same way as in a feed of JSON Lines.
        for entry in read_entries(BytesIO(file.metadata[HEADER_KEY])):
            yield first_error(entry, name) or cast("FeedHeader", entry.record)
    for one in misfits:
        yield FormatError(one.reason, name, None, f"column {one.column}")
    if not any(one.is_fatal for one in misfits):
        for part in file.parts([one.name for one in columns]):
            if part.batch is None:
                yield FormatError(part.reason, name, None, _rows_of(part))
            else:
                yield from _records(part, table, columns, name)


def _table_of(file: TableFile) -> str | None:
    """Return the table named in the metadata, or else the table of the first record.

    Programs that filter and rewrite rows often drop the metadata, but rarely the column ``type``.
    """
    described = file.metadata.get(TABLE_KEY, b"").decode()
    if described in TABLES:
        return described
    if file.schema.names.count("type") != 1 or not holds_text(file.schema.field("type").type):
        return None
    for part in file.parts(["type"]):
        words: list[str] = [] if part.batch is None else part.batch.column("type").to_pylist()
        for word in filter(None, words):
            model = RECORD_CLASSES.get(word)
            return None if model is None else TABLE_OF[model]
    return None


def _is_empty(file: TableFile) -> bool:
    """Return whether a file has the columns ``type`` and ``id``, but no rows."""
    has_columns = {"type", "id"} <= set(file.schema.names)
    return has_columns and not any(part.rows or part.reason for part in file.parts(["type"]))


def _foreign(file: TableFile) -> str:
    names = list(file.schema.names)
    shown_names = ", ".join(shown(one) for one in names[:_NAMES_SHOWN])
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    fault = 'the first value of the column "type" is not a record type such as "incursion"'
    if (count := names.count("type")) != 1:
        fault = f'the file has {"more than one" if count else "no"} column "type"'
    return (
        f"{fault}, so the file is not a table of records (columns: {shown_names or 'none'}{more})"
        "; to read it, save it as CSV and use a mapping"
    )


def _rows_of(part: Part) -> str:
    last = part.first + part.rows - 1
    if last > part.first:
        return f"rows {part.first} to {last}"
    return f"row {part.first}" if part.rows else f"from row {part.first}"


def _records(
    part: Part, table: str, columns: tuple[Column, ...], name: str
) -> Iterator[Record | FormatError]:
    parse = record_adapter().validate_python
    found: list[tuple[int, Record | FormatError]] = []
    for number, row in enumerate(rows_of(stated(columns), part.batch)):
        try:
            record = parse(row)
        except ValidationError as error:
            reason, at = _first_fault(error, row)
            where = f"row {part.first + number}" + (f", {at}" if at else "")
            found.append((number, FormatError(reason, name, None, where)))
        else:
            is_right = isinstance(record, TABLES[table])
            wrong = FormatError(_OTHER_TYPE, name, None, f"row {part.first + number}, /type")
            found.append((number, record if is_right else wrong))
    contradicted = _contradicted(part, table, derived(columns), found)
    for number, one in found:
        if number in contradicted:
            where = f"row {part.first + number}, {contradicted[number]}"
            yield FormatError(_CONTRADICTION, name, None, where)
        yield one


_OTHER_TYPE = "the record type differs from the type of the previous rows"
_CONTRADICTION = "the value of the derived column contradicts the record and was ignored"


def _contradicted(
    part: Part,
    table: str,
    checked: tuple[Column, ...],
    found: list[tuple[int, Record | FormatError]],
) -> dict[int, str]:
    """Return, by row number, the pointer to the first derived value that contradicts the record.

    Derived values depend on the time zone data, so they may differ in a file from another machine.
    """
    records = [(number, one) for number, one in found if not isinstance(one, FormatError)]
    given = rows_of(checked, part.batch)
    expected = rows_of(checked, batch_of(table, [one for _, one in records]))
    return {
        number: pointer(_difference(given[number], follows))
        for (number, _), follows in zip(records, expected, strict=True)
        if given[number] != follows
    }


def _difference(given: Any, expected: Any) -> tuple[int | str, ...]:
    """Return the keys and indexes that lead to the first difference."""
    left, right = _members(given), _members(expected)
    for key in left | right:
        if left.get(key) != right.get(key):
            return key, *_difference(left.get(key), right.get(key))
    return ()


def _members(value: Any) -> dict[int | str, Any]:
    if isinstance(value, dict):
        return cast("dict[int | str, Any]", value)
    return dict(enumerate(cast("Sequence[Any]", value))) if isinstance(value, list) else {}


def _first_fault(error: ValidationError, row: object) -> tuple[str, str]:
    """Return the message and the pointer of the first problem."""
    (item, first), *others = problems_of_errors(error, RECORD_CLASSES, row)
    given = item["input"]
    reason = given.reason if isinstance(given, BadText) else first.sentence
    more = f" (and {len(others)} more)" if others else ""
    return reason + more, pointer(first.parts)[:_SHOWN_AT_MOST]
