"""The sheet that the readers of all file formats return: the column names and the rows.

The reader of a file format is a function of type `OpenSheet`. It opens a file as a `Sheet`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.safe_text import shown

_BETWEEN = " / "


class SheetRow(NamedTuple):
    """A row that is not blank.

    Attributes:
        number: the number of the row, counted as in a spreadsheet, from 1.
        cells: a mapping from column names to the text of the cells; the text of an empty
            cell is an empty string.
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
        names: the names of the columns, in order; see `column_names`.
        rows: an iterator that reads the rows below the header one at a time.
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
        row: the row with the fault, if the fault is in a single row.
    """

    def __init__(self, reason: str, line: int | None = None, row: SheetRow | None = None) -> None:
        super().__init__(reason, line, row)
        self.reason = reason
        self.line = line
        self.row = row


_File = TypeVar("_File")

OpenSheet = Callable[[_File, FileKeys], AbstractContextManager[Sheet]]
"""A function that opens a stream or an archive as a sheet, using the keys of a mapping.

The function raises `NoSheetError` if the file cannot be read.
"""


def column_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return a name for each column.

    The names in several rows are joined. A column without a name gets a name such as
    ``column 2``. If several columns have the same name, a number is added to each name.

    >>> column_names([["Date", "Losses", ""], ["", "killed", "wounded"]])
    ('Date', 'Losses / killed', 'Losses / wounded')
    >>> column_names([["Source", "", "Source", ""]])
    ('Source (1)', 'column 2', 'Source (2)')
    """
    named = [[column_name(cell) for cell in row] for row in rows]
    width = max((at for row in named for at, name in enumerate(row, 1) if name), default=0)
    table = [row[:width] + [""] * (width - len(row)) for row in named]
    for above, below in pairwise(table):
        for at in range(1, width):
            # A cell above several names is often merged, or filled only once.
            if below[at] and not above[at]:
                above[at] = above[at - 1]
    joined = [
        _BETWEEN.join(dict.fromkeys(name for name in column if name))
        for column in zip(*table, strict=True)
    ]
    counts, seen = Counter(joined), Counter[str]()
    names: list[str] = []
    for at, name in enumerate(joined, 1):
        seen[name] += 1
        numbered = f"{name} ({seen[name]})" if counts[name] > 1 else name
        names.append(numbered if name else f"column {at}")
    return tuple(names)


def repeated(name: str, names: Iterable[str]) -> str:
    """Return a message if several columns have the same name, or else an empty string."""
    numbered = [it for it in names if it.startswith(f"{name} (") and it.endswith(")")]
    if not numbered or numbered != [f"{name} ({it})" for it in range(1, len(numbered) + 1)]:
        return ""
    return (
        f"{len(numbered)} columns have the name {shown(name)}; in the mapping, call them "
        f"{' and '.join(map(shown, numbered))}"
    )
