"""Counts of the rows of a sheet, and of the problems for each cause."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from airspace_events.errors import FormatError, RowError
from airspace_events.safe_text import counted, shown

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
    """The counts for a sheet. They grow while the records are read.

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
    """Return the cause of a problem: its columns and its reason, without the cells themselves."""
    columns = problem.place.partition(", ")[2]
    reason = problem.reason
    # A cell may itself contain quotation marks.
    for cell in problem.cells.values() if isinstance(problem, RowError) else ():
        reason = reason.replace(shown(cell), '""')
    # Other text in quotation marks is a part of a cell, and text after a semicolon is advice.
    reason = '""'.join(reason.split('"')[::2]).partition(";")[0]
    return f"{columns}: {''.join(char for char in reason if not char.isdigit())}"
