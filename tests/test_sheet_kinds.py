"""The same table is read the same from every kind of file: CSV, XLSX, ODS and JSON."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.opening import open_sheet

Cell = str | int | float | bool | dt.date | None
Rows = list[list[Cell]]
NAMES = ("Place", "Seen on", "Count")

# A text that begins with a letter is neither a formula nor an error.
TEXTS = st.builds(
    str.__add__,
    st.sampled_from("AzÄЖ"),
    st.text(st.characters(categories=("L", "N", "P", "S")), max_size=8),
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.integers(-(10**6), 10**6).map(lambda hundredths: hundredths / 100),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31)),
    st.none(),
)
# JSON without any value has no names of columns, so the first row is full.
FULL: Rows = [["Riga", dt.date(2024, 9, 7), 2]]
TABLES = st.lists(st.lists(CELLS, min_size=len(NAMES), max_size=len(NAMES)), max_size=5).map(
    FULL.__add__
)


def text_of(cell: Cell) -> str:
    """Return a cell as an owner would write it into a text file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def as_csv(rows: Rows) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([NAMES, *([text_of(cell) for cell in row] for row in rows)])
    return stream.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (NAMES, *rows):
        sheet.append(list(row))
    book.save(stream)
    return stream.getvalue()


def as_ods(rows: Rows) -> bytes:
    document, table, stream = OpenDocumentSpreadsheet(), Table(name="One"), io.BytesIO()
    for row in (NAMES, *rows):
        line = TableRow()
        for cell in row:
            line.addElement(ods_cell(cell))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.write(stream)
    return stream.getvalue()


def ods_cell(cell: Cell) -> TableCell:
    if cell is None:
        return TableCell()
    if isinstance(cell, bool):
        made = TableCell(valuetype="boolean", booleanvalue=text_of(cell))
    elif isinstance(cell, int | float):
        made = TableCell(valuetype="float", value=str(cell))
    elif isinstance(cell, dt.date):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    else:
        made = TableCell(valuetype="string")
    made.addElement(P(text=text_of(cell)))
    return made


def as_json(rows: Rows) -> bytes:
    found = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return json.dumps(found, default=dt.date.isoformat).encode()


def table_in(data: bytes) -> list[dict[str, str]]:
    """Return the filled cells of each row by the names of their columns."""
    with open_sheet(io.BytesIO(data), FileKeys()) as sheet:
        rows = list(sheet.rows)
    assert not any(row.fault or row.faults for row in rows)
    return [{name: text for name, text in row.cells.items() if text} for row in rows]


KINDS: tuple[Callable[[Rows], bytes], ...] = (as_csv, as_xlsx, as_ods, as_json)


@given(TABLES)
def test_a_table_is_the_same_in_every_kind_of_file(rows: Rows) -> None:
    expected = [
        {name: text_of(cell) for name, cell in zip(NAMES, row, strict=True) if cell is not None}
        for row in rows
    ]
    for write in KINDS:
        found = table_in(write(rows))
        assert found == [row for row in expected if row], write.__name__
