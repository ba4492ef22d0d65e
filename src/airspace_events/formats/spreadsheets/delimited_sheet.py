"""Read delimited text, such as CSV, as a sheet."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice

from airspace_events.feeds.hints import text_format
from airspace_events.feeds.streams import ByteStream
from airspace_events.formats.cells import (
    DELIMITERS,
    Layout,
    NoTextError,
    Row,
    TextLines,
    cell_text,
    layout_of,
    lines_in,
    rows_of,
    text_rows,
)
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet, SheetRow, column_names

JSON_STARTS = (b"{", b"[{", b"[[", b'["', b"[]")
"""The characters with which JSON can begin, without white space."""

_LOOKED_AT = 5


@contextmanager
def open_delimited(stream: ByteStream, mapping: FileKeys) -> Generator[Sheet]:
    """Open delimited text as a sheet; see `OpenSheet`."""
    try:
        with lines_in(stream, mapping.encoding) as lines:
            yield _sheet(lines, mapping)
    except NoTextError as error:
        raise NoSheetError(error.reason, error.line) from None


def _sheet(lines: TextLines, mapping: FileKeys) -> Sheet:
    _refuse_other_text(lines)
    elsewhere = layout_of(lines, mapping.file_columns, DELIMITERS)
    given = mapping.delimiter
    layout = layout_of(lines, mapping.file_columns, [given]) if given else elsewhere
    rows = text_rows(rows_of(lines, layout.delimiter), mapping.encoding)
    first = _header(rows, mapping.header_row)
    named = [first, *islice(rows, mapping.header_rows - 1)]
    header = SheetRow(first.number, {"": "".join(first.cells)}, first.fault, first.line)
    if fault := next((row.fault for row in named if row.fault), ""):
        raise NoSheetError(fault, first.line, header)
    names = column_names([row.cells for row in named])
    return Sheet(names, _rows(rows, names), header, _hint(mapping, layout, elsewhere))


def _refuse_other_text(lines: TextLines) -> None:
    beginning = lines.peek(_LOOKED_AT)
    start = "".join("".join(beginning).split()).encode(errors="replace")
    first, second = (*(line.encode(errors="replace") for line in beginning), b"", b"")[:2]
    if start.startswith(JSON_STARTS):
        msg = "the file is JSON, but not in UTF-8; save it as UTF-8"
        raise NoSheetError(msg, 1)
    if first.lstrip().startswith(b"<") and (kind := text_format(first, second)):
        msg = f"{kind.partition(';')[0]}; open it in a spreadsheet program and save it as XLSX"
        raise NoSheetError(msg, 1)


def _header(rows: Iterator[Row], wanted: int | None) -> Row:
    for row in rows:
        if row.number == wanted if wanted else not row.is_blank:
            return row
    if wanted:
        msg = f"the file has no row {wanted}, but the mapping has header_row = {wanted}"
        raise NoSheetError(msg)
    msg = "the file is empty"
    raise NoSheetError(msg)


def _rows(rows: Iterator[Row], names: tuple[str, ...]) -> Iterator[SheetRow]:
    count = len(names)
    for number, line, cells, fault in rows:
        if len(cells) != count:
            cells = _without_blank_end(cells, count)  # noqa: PLW2901 (the same cells)
        if len(cells) == count and not fault:
            found = {name: cell_text(cell) for name, cell in zip(names, cells, strict=True)}
            if any(found.values()):
                yield SheetRow(number, found, "", line)
        elif fault:
            loose = {"": cells[0]} if len(cells) == 1 else _numbered(cells)
            yield SheetRow(number, loose, fault, line)
        elif any(map(str.strip, cells)):
            reason = (
                f"the row has {len(cells)} cells but the header has {count}, so the cells "
                "cannot be matched to columns"
            )
            yield SheetRow(number, _numbered(cells), reason, line)


def _numbered(cells: tuple[str, ...]) -> dict[str, str]:
    return {f"cell {at}": cell for at, cell in enumerate(cells, 1)}


def _without_blank_end(cells: tuple[str, ...], least: int) -> tuple[str, ...]:
    """Return the cells without the blank cells that spreadsheets add at the end."""
    end = len(cells)
    while end > least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _hint(mapping: FileKeys, layout: Layout, elsewhere: Layout) -> str:
    if elsewhere.known > layout.known:
        return f"the cells seem to be separated by {DELIMITERS[elsewhere.delimiter]}"
    row = mapping.header_row or layout.first
    if layout.known and layout.row != row:
        found = f"row {layout.row} seems to be the header"
        return f"{found}; write header_row = {layout.row} in the mapping"
    return ""
