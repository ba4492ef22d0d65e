"""The rows of a sheet, whatever kind of file it comes from.

A reader of another kind of file is one function of the type `OpenSheet`. It yields the names of
the columns, and then the rows: the number of each row, and its cells by the names of the columns.
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
        cells: the texts of its cells, by the names of their columns; empty texts for empty cells.
        fault: the reason why the cells have no columns; empty if they do.
        line: the line of a text file on which the row begins.
        faults: the reasons why cells must not be used, by the names of their columns.
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
        rows: the rows below the names. An iterator, so that a file may be of any length.
        header: the row with the names, for messages.
        hint: a likely reason if the mapping's columns are missing; empty if unknown.
    """

    names: tuple[str, ...]
    rows: Iterator[SheetRow]
    header: SheetRow
    hint: str = ""


class NoSheetError(ValueError):
    """The file, or the rest of it, cannot be read as a sheet.

    Attributes:
        reason: the reason.
        line: the line at which reading ended, if the file is text.
        row: the row that is at fault, if it is one row.
    """

    def __init__(self, reason: str, line: int | None = None, row: SheetRow | None = None) -> None:
        super().__init__(reason, line, row)
        self.reason = reason
        self.line = line
        self.row = row


_File = TypeVar("_File")

OpenSheet = Callable[[_File, FileKeys], AbstractContextManager[Sheet]]
"""A function that opens a stream or an archive as a sheet, with the settings in the mapping.

The function raises `NoSheetError` if the file cannot be read.
"""
