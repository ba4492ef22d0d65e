"""A table of ids in a few bytes each: a million of them must not cost a hundred megabytes.

A set of texts takes more than a hundred bytes an id. Here an id is its 64-bit hash, and what is
known of it stands in arrays: about 40 bytes an id with all columns. That two ids of a feed have
the same hash is as good as impossible: one in ten million for a feed of a million records.
"""

from array import array

from airspace_events.models.records import RECORD_CLASSES

_FIRST_SIZE = 1 << 10
_FULLEST = 0.7
_RECENT = 1 << 12
_HASH = (1 << 64) - 1

NO_DAY = -(1 << 31)
"""The day of what has none, or none that is sure."""

SEEN, UNREADABLE, IS_COPY, IS_SPOKEN_OF, CROSSING_IN_DOUBT, OCCURRENCE_IN_DOUBT, IS_RETRACTED = (
    1 << bit for bit in range(7)
)
"""The bits of the flags of a row."""


KINDS = ("", *RECORD_CLASSES, "object")
"""What a row may be, by its number; the first is for what only its name is known of."""


class HashTable:
    """Rows, one for each text, found by the text; a row is a number from 0 on."""

    def __init__(self) -> None:
        self._slots = array("I", bytes(4 * _FIRST_SIZE))
        self._hashes = array("Q")
        # A record is looked up several times while it is looked at, and its sources soon again.
        self._recent: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._hashes)

    def find(self, text: str) -> int | None:
        """The row of a text, or None if it was never seen."""
        row = self._recent.get(text)
        if row is None:
            number = self._slots[self._slot(hash(text) & _HASH)]
            if not number:
                return None
            row = self._remembered(text, number - 1)
        return row

    def row(self, text: str) -> int:
        """The row of a text, which is made if it was never seen."""
        row = self._recent.get(text)
        if row is not None:
            return row
        hashed = hash(text) & _HASH
        slot = self._slot(hashed)
        number = self._slots[slot]
        if not number:
            self._hashes.append(hashed)
            number = self._slots[slot] = len(self._hashes)
            if number > _FULLEST * len(self._slots):
                self._grow()
        return self._remembered(text, number - 1)

    def _remembered(self, text: str, row: int) -> int:
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[text] = row
        return row

    def _slot(self, hashed: int) -> int:
        """The slot in which a hash is, or the free one in which it would be."""
        slots, hashes = self._slots, self._hashes
        mask = len(slots) - 1
        slot = hashed & mask
        while slots[slot] and hashes[slots[slot] - 1] != hashed:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        self._slots = array("I", bytes(8 * len(self._slots)))
        slots, mask = self._slots, len(self._slots) - 1
        for number, hashed in enumerate(self._hashes, 1):
            slot = hashed & mask
            while slots[slot]:
                slot = (slot + 1) & mask
            slots[slot] = number


class IdTable(HashTable):
    """Rows of facts, one for each id.

    Attributes:
        kind: the number of the record's type; 0 while only its name is known.
        revision: the highest revision that was seen.
        first: the ordinal of the first day of its time, or `NO_DAY`.
        last: the ordinal of the last day of its time, or `NO_DAY`.
        flags: what else is known, as bits.
        given: which fields its last revision gave, as bits.
        above: the row, plus one, of what it comes from or is a part of; 0 for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kind = array("B")
        self.revision = array("I")
        self.first = array("i")
        self.last = array("i")
        self.flags = array("H")
        self.given = array("I")
        self.above = array("I")

    def row(self, text: str) -> int:
        """The row of an id, which is made if it was never seen."""
        row = super().row(text)
        if row == len(self.kind):
            for column in (self.kind, self.revision, self.flags, self.given, self.above):
                column.append(0)
            self.first.append(NO_DAY)
            self.last.append(NO_DAY)
        return row

    def kind_of(self, row: int) -> str:
        """The type of record that a row is of; empty while only its name is known."""
        return KINDS[self.kind[row]]
