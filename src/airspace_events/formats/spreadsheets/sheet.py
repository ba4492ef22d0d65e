"""The rows of a sheet, for every file format.

Each file format has a reader, a function of type `OpenSheet`. It returns a `Sheet`, which contains
the column names and the rows. Each row has a number and cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from airspace_events.formats.spreadsheets.keys import FileKeys


class SheetRow(NamedTuple):
    """A row that is not blank.

    Attributes:
        number: the number of the row, counted as in a spreadsheet, from 1.
        cells: a mapping from column names to the text of the cells; an empty cell has an empty
            text.
        fault: the reason why the cells cannot be matched to columns; empty if they can.
        line: the line of a text file on which the row begins.
        faults: a mapping from column names to the reasons why cells must not be used.
    """

    number: int
    cells: Mapping[str, str]
    fault: str = ""
    line: int | None = None
    faults: Mapping[str, str] = MappingProxyType({})


class Sheet(NamedTuple):
    """A sheet whose columns have names.

    Attributes:
        names: the names of the columns, from `column_name`, in order.
        rows: an iterator of the rows below the names, so that a file may be of any length.
        header: the row with the names, for messages.
        hint: a likely reason for missing columns; empty if unknown.
    """

    names: tuple[str, ...]
    rows: Iterator[SheetRow]
    header: SheetRow
    hint: str = ""


class NoSheetError(ValueError):
    """Raised when a file, or the rest of a file, cannot be read as a sheet.

    Attributes:
        reason: the reason.
        line: the line at which reading ended, if the file is text.
        row: the row with the fault, if only one row has it.
    """

    def __init__(self, reason: str, line: int | None = None, row: SheetRow | None = None) -> None:
        super().__init__(reason, line, row)
        self.reason = reason
        self.line = line
        self.row = row


_File = TypeVar("_File")

OpenSheet = Callable[[_File, FileKeys], AbstractContextManager[Sheet]]
"""A function that opens a stream or an archive as a sheet, using the settings in the mapping.

The function raises `NoSheetError` if the file cannot be read.
"""
