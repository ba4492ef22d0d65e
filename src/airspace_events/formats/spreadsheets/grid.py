"""Choose a sheet of a workbook, and read the table in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from airspace_events.formats.cells import cell_text
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet, SheetRow, column_names
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest

MOST_COLUMNS = 2_000
"""The maximum number of columns with names."""

LAST_ROW = 2**20
"""The highest row number that a sheet can have."""

LAST_COLUMN = 2**14
"""The highest column number that a sheet can have."""

T = TypeVar("T")
_MOST_NAMED = 8
_LOOKED_AT = 20
_LETTERS = 26


class Span(NamedTuple):
    """A range of merged cells. Only the first cell has a value.

    Attributes:
        first: the index of the first column.
        last: the index of the last column.
        last_row: the number of the last row.
    """

    first: int
    last: int
    last_row: int


class GridRow(NamedTuple):
    """A row of a sheet.

    Attributes:
        number: the number of the row, from 1.
        cells: a mapping from column indexes to the text of each cell that is not empty.
        faults: a mapping from column indexes to the reasons why cells must not be used.
        spans: the merged cells whose first row is this row.
    """

    number: int
    cells: Mapping[int, str]
    faults: Mapping[int, str] = MappingProxyType({})
    spans: Sequence[Span] = ()


def column_letters(index: int) -> str:
    """Return the letters for the index of a column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_of(rows: Iterator[GridRow], keys: FileKeys) -> Sheet:
    """Read the table in the rows of a sheet.

    Raises:
        NoSheetError: the sheet has no header row, or too many columns.
    """
    beginning, rest = _peeked(rows)
    rows = chain(beginning, rest)
    wanted = keys.header_row
    first = next((row for row in rows if wanted is None or row.number >= wanted), None)
    if first is None and wanted is None:
        msg = "the sheet is empty"
        raise NoSheetError(msg)
    if first is None or (wanted is not None and first.number > wanted):
        msg = f"row {wanted} is empty, but the mapping has header_row = {wanted}"
        raise NoSheetError(msg)
    last, header = first.number + keys.header_rows - 1, [first]
    for row in rows:
        if row.number > last:
            rows = chain([row], rows)
            break
        header.append(row)
    names = column_names([_dense(row.cells) for row in header])
    if len(names) > MOST_COLUMNS:
        msg = f"the header has {len(names)} columns, but at most {MOST_COLUMNS} can be read"
        raise NoSheetError(msg)
    place = SheetRow(first.number, {"": "".join(first.cells.values())})
    return Sheet(names, _rows(rows, names, keys), place, _hint(beginning, first.number, keys))


def _peeked(rows: Iterator[GridRow]) -> tuple[list[GridRow], Iterator[GridRow]]:
    """Return the first rows, and an iterator over the other rows.

    If a row after the first cannot be read, the iterator raises the error.
    """
    found: list[GridRow] = []
    try:
        for row in rows:
            found.append(row)
            if len(found) == _LOOKED_AT:
                break
    except NoSheetError as error:
        if not found:
            raise
        return found, _raising(error)
    return found, rows


def _raising(error: NoSheetError) -> Iterator[GridRow]:
    yield from ()
    raise error


def _dense(cells: Mapping[int, str]) -> list[str]:
    return [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]


def _hint(beginning: list[GridRow], header: int, keys: FileKeys) -> str:
    expected = set(keys.file_columns)
    known = [
        (len(expected & set(column_names([_dense(row.cells)]))), -row.number) for row in beginning
    ]
    most, row = max(known, default=(0, 0))
    if not most or -row == header:
        return ""
    return f"row {-row} seems to be the header; write header_row = {-row} in the mapping"


def _rows(rows: Iterator[GridRow], names: tuple[str, ...], keys: FileKeys) -> Iterator[SheetRow]:
    blank, count = dict.fromkeys(names, ""), len(names)
    merged = _MergedCells(repeats=keys.merged == "repeat")
    for row in rows:
        own = {at: cell_text(text) for at, text in row.cells.items()}
        cells, faults = merged.of(row, own) if merged.active or row.spans else (own, row.faults)
        if not any(own.values()):
            continue
        found = dict(blank)
        for at, text in cells.items():
            if text:
                found[names[at] if at < count else f"column {at + 1}"] = text
        unfit = {names[at]: reason for at, reason in faults.items() if at < count}
        yield SheetRow(row.number, found, faults=unfit)


class _MergedCells:
    """The merged cells that extend into the current row."""

    def __init__(self, *, repeats: bool) -> None:
        self._repeats = repeats
        # For each column index: the last row, the address and the text of the first cell.
        self.active: dict[int, tuple[int, str, str]] = {}

    def of(
        self, row: GridRow, cells: dict[int, str]
    ) -> tuple[Mapping[int, str], Mapping[int, str]]:
        """Return the cells and the faults of a row that contains merged cells."""
        self.active = {at: it for at, it in self.active.items() if it[0] >= row.number}
        for span in row.spans:
            first = f"{column_letters(span.first)}{row.number}"
            merged = (span.last_row, first, cells.get(span.first, ""))
            self.active |= dict.fromkeys(
                range(span.first, min(span.last, MOST_COLUMNS) + 1), merged
            )
        firsts = {span.first for span in row.spans}
        cells, faults = dict(cells), dict(row.faults)
        for at, (_, first, text) in self.active.items():
            if at in firsts or cells.get(at) or not text:
                continue
            if self._repeats:
                cells[at] = text
            else:
                faults[at] = (
                    f"the cell is merged with {first}, and only {first} has the value "
                    f"{shown(text)}; "
                    'if the value applies to both, write merged = "repeat" in the mapping'
                )
        return cells, faults


def listed(names: list[str]) -> str:
    """Return the first few names for a message."""
    return ", ".join(map(shown, names[:_MOST_NAMED])) + ", …" * (len(names) > _MOST_NAMED)


def chosen_sheet(sheets: Mapping[str, T], wanted: str | int | None) -> T:
    """Return the sheet with the given name or number, or the only sheet if neither is given.

    Raises:
        NoSheetError: the workbook has no such sheet, or has several sheets and none was chosen.
    """
    names = list(sheets)
    if isinstance(wanted, int) and wanted <= len(names):
        return sheets[names[wanted - 1]]
    if isinstance(wanted, str) and wanted in sheets:
        return sheets[wanted]
    if not names:
        msg = "the workbook has no sheets"
    elif wanted is None:
        if len(names) == 1:
            return sheets[names[0]]
        hint = f"write sheet = {shown(names[0])} in the mapping to choose one"
        msg = f"the workbook has {len(names)} sheets ({listed(names)}); {hint}"
    else:
        near = nearest(str(wanted), names)
        hint = f"did you mean {shown(near)}?" if near else f"its sheets are {listed(names)}"
        which = shown(wanted) if isinstance(wanted, str) else f"number {wanted}"
        msg = f"the workbook has no sheet {which}; {hint}"
    raise NoSheetError(msg)
