"""A file of the rows that could not become a record, for correction and reading again."""

from __future__ import annotations

import csv
from io import StringIO
from typing import IO

from airspace_events.errors import FeedError, RowError
from airspace_events.formats.spreadsheets.keys import SheetKeys

PROBLEM_COLUMN = "airspace-events: problem"
"""The last column of a file of rejected rows. Reading such a file ignores this column."""


class Rejects:
    """A file of rejected rows in the layout of the sheet, with the problem of each row."""

    def __init__(self, stream: IO[bytes], mapping: SheetKeys) -> None:
        self._stream = stream
        self._mapping = mapping
        self._names: tuple[str, ...] = ()
        self._has_begun = False

    def begin(self, names: tuple[str, ...]) -> None:
        """Write the names of the columns, in the row where the mapping expects them."""
        self._names = tuple(name for name in names if name != PROBLEM_COLUMN)
        for _ in range((self._mapping.header_row or 1) - 1):
            self._write([])
        self._write([*self._names, PROBLEM_COLUMN])

    def add(self, problem: FeedError) -> None:
        """Write the row of a problem, unless the row became a record."""
        if not isinstance(problem, RowError) or not problem.is_rejected:
            return
        if problem.cells.keys() >= set(self._names):
            cells = [problem.cells[name] for name in self._names]
        else:
            cells = list(problem.cells.values())
        self._write([*cells, problem.reason])

    def _write(self, cells: list[str]) -> None:
        text = StringIO(newline="")
        csv.writer(text, delimiter=self._mapping.delimiter or ",").writerow(cells)
        # Only the first row has the byte-order mark.
        codec: str = self._mapping.encoding
        codec = "utf-16-le" if codec == "utf-16" and self._has_begun else codec
        self._has_begun = True
        self._stream.write(text.getvalue().encode(codec, "backslashreplace"))
