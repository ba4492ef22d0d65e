"""What is known of the records of a feed, by their ids: about 25 bytes each, with all columns."""

from array import array

from airspace_events.feeds.hashes import HashTable, RowMap
from airspace_events.models.records import RECORD_CLASSES

NO_DAY = -(1 << 31)
"""The day of what has none, or none that is sure."""

_MOST_MERGERS = 100
MOST_REVISIONS = (1 << 16) - 1
"""No higher revision is told from another in the table."""

SEEN, UNREADABLE, IS_COPY, IS_SPOKEN_OF, IS_VOUCHED_FOR, IS_RETRACTED, IS_REVISED = (
    1 << bit for bit in range(7)
)
"""The bits of the flags of a row."""


KINDS = ("", *RECORD_CLASSES, "object")
"""What a row may be, by its number; the first is for what only its name is known of."""

KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class IdTable(HashTable):
    """Rows of facts, one for each id.

    Attributes:
        kind: the number of the record's type; 0 while only its name is known.
        revision: the highest revision that was seen, `MOST_REVISIONS` at most.
        first: the ordinal of the first day of its time, or `NO_DAY`.
        last: the ordinal of the last day of its time, or `NO_DAY`.
        flags: what else is known, as bits.
        above: the row of what it comes from or is a part of.
        merged: the rows of records that were merged into others.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kind = array("B")
        self.revision = array("H")
        self.first = array("i")
        self.last = array("i")
        self.flags = array("B")
        self.above = RowMap()
        self.merged = array("I")
        self._successors = RowMap()

    def row(self, text: str) -> int:
        """The row of an id, which is made if it was never seen."""
        row = self.find(text)
        if row is None:
            row = super().row(text)
            for column in (self.kind, self.revision, self.flags):
                column.append(0)
            self.first.append(NO_DAY)
            self.last.append(NO_DAY)
        return row

    def merge(self, text: str, into: int) -> None:
        """Take in that the record of an id was merged into that of a row."""
        row = self.row(text)
        if row != into and self._successors.get(row) is None:
            self._successors.set(row, into)
            self.merged.append(row)

    def successor(self, row: int) -> int:
        """The row of the record into which that of a row was merged in the end; mostly itself."""
        if not self.merged:
            return row
        for _ in range(_MOST_MERGERS):
            into = self._successors.get(row)
            if into is None:
                break
            row = into
        return row

    def kind_of(self, row: int) -> str:
        """The type of record that a row is of; empty while only its name is known."""
        return KINDS[self.kind[row]]
