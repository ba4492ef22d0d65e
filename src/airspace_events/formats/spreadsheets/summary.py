"""Counts of the rows and problems of a sheet, and a file of the rejected rows."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from typing import IO, NamedTuple

from airspace_events.errors import FeedError, FormatError, RowError
from airspace_events.formats.spreadsheets.keys import SheetKeys
from airspace_events.safe_text import counted, shown

PROBLEM_COLUMN = "airspace-events: problem"
"""The name of the last column in a file of rejected rows; `read_sheet` ignores this column."""

_MOST_CAUSES = 1_000
_OTHER = "other causes"


class Cause(NamedTuple):
    """A cause of problems.

    Attributes:
        times: the number of problems with this cause.
        first: the first problem.
    """

    times: int
    first: FormatError


class SheetSummary:
    """The counts of rows and problems in a sheet. They grow while the records are read.

    Attributes:
        rows: the number of rows after the header that are not blank.
        records: the number of rows that became a record.
        rejected: the number of rows that did not become a record because of a problem.
        skipped: the number of rows that the mapping leaves out.
        cells: the number of cells with problems, in rows that became a record.
    """

    def __init__(self) -> None:
        self.rows = self.records = self.rejected = self.skipped = self.cells = 0
        self._counts: Counter[str] = Counter()
        self._first: dict[str, FormatError] = {}

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes of all problems, most frequent first."""
        return tuple(Cause(count, self._first[it]) for it, count in self._counts.most_common())

    def add(self, problem: FormatError) -> None:
        """Count a problem."""
        if isinstance(problem, RowError):
            if problem.is_rejected:
                self.rejected += 1
            else:
                self.cells += len(problem.cells)
        cause = cause_of(problem)
        if cause not in self._counts and len(self._counts) >= _MOST_CAUSES:
            cause = _OTHER
        self._counts[cause] += 1
        self._first.setdefault(cause, problem)

    def __str__(self) -> str:
        parts = [f"{self.records:,} became a record", f"{self.rejected:,} did not"]
        if self.skipped:
            parts.append(f"{self.skipped:,} left out by the mapping")
        rows = f"{counted(self.rows, 'row')}: {', '.join(parts)}"
        return f"{rows}; {counted(self.cells, 'cell')} with problems" if self.cells else rows


def cause_of(problem: FormatError) -> str:
    """Return the cause of a problem: its columns, and its reason without the text of cells."""
    columns = problem.place.partition(", ")[2]
    reason = problem.reason
    # A cell may itself contain quotation marks.
    for cell in problem.cells.values() if isinstance(problem, RowError) else ():
        reason = reason.replace(shown(cell), '""')
    # Other text in quotation marks is a part of a cell, and text after a semicolon is advice.
    reason = '""'.join(reason.split('"')[::2]).partition(";")[0]
    return f"{columns}: {''.join(char for char in reason if not char.isdigit())}"


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
        """Write the row with a problem, if the row was rejected."""
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
