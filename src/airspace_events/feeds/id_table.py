"""The ids of a feed, in a few bytes each: of a text only its hash is kept.

A set of texts takes more than a hundred bytes each; here it is 6 bytes of the hash, in the bucket
that other bits of it choose, and what stands behind them. That two texts of a feed are taken for
one is as good as impossible: 61 bits make it one in four million for a million texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable

from airspace_events.models.records import RECORD_CLASSES

_BUCKET_BITS = 13
_KEY_BYTES = 6
_KEY_MASK = (1 << 8 * _KEY_BYTES) - 1
_FULLEST = 200
_MOST_BUCKETS = 1 << (_BUCKET_BITS + 8)
_ROW_BYTES = 4
_RECENT = 1 << 10


class _Buckets:
    """Hashes, each with the same number of bytes behind it."""

    def __init__(self, value_bytes: int) -> None:
        self._width = _KEY_BYTES + value_bytes
        # Most are never filled, and a feed of a few records is not to wait for them.
        self._buckets: list[bytes | bytearray] = [b""] * (1 << _BUCKET_BITS)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def find(self, key: Hashable) -> bytes | None:
        """What stands behind the hash of a key, or None if it was never added."""
        hashed = hash(key)
        bucket = self._buckets[hashed & (len(self._buckets) - 1)]
        held, width = _held(hashed), self._width
        at = bucket.find(held)
        while at % width and at > 0:
            at = bucket.find(held, at + 1)
        return None if at < 0 else bytes(bucket[at + _KEY_BYTES : at + width])

    def add(self, key: Hashable, value: bytes = b"") -> None:
        """Add a key that is not there yet."""
        hashed = hash(key)
        number = hashed & (len(self._buckets) - 1)
        if self._buckets[number]:
            self._buckets[number] += _held(hashed) + value
        else:
            self._buckets[number] = bytearray(_held(hashed) + value)
        self._length += 1
        if self._length > _FULLEST * len(self._buckets) < _FULLEST * _MOST_BUCKETS:
            self._grow()

    def _grow(self) -> None:
        """Divide each bucket by the next bit of the hashes, which is one of those held."""
        bit = len(self._buckets) >> _BUCKET_BITS
        for lower in range(len(self._buckets)):
            old, halves = self._buckets[lower], (bytearray(), bytearray())
            for at in range(0, len(old), self._width):
                halves[bool(old[at] & bit)].extend(old[at : at + self._width])
            self._buckets[lower] = halves[0]
            self._buckets.append(halves[1])


def _held(hashed: int) -> bytes:
    """The bits of a hash that stand in its bucket."""
    return (hashed >> _BUCKET_BITS & _KEY_MASK).to_bytes(_KEY_BYTES, "little")


class HashSet:
    """A set of texts, or of what else has a hash: about 7 bytes each."""

    def __init__(self) -> None:
        self._hashes = _Buckets(0)

    def __contains__(self, key: Hashable) -> bool:
        return self._hashes.find(key) is not None

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, key: Hashable) -> bool:
        """Add a key, if it is not there yet; tell whether it is new."""
        if key in self:
            return False
        self._hashes.add(key)
        return True


class HashTable:
    """Rows, one for each text, found by the text: a row is a number from 0 on; 11 bytes each."""

    def __init__(self) -> None:
        self._rows = _Buckets(_ROW_BYTES)
        # A record is looked up several times while it is looked at, and its sources soon again.
        self._recent: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, text: str) -> int | None:
        """The row of a text, or None if it was never seen."""
        row = self._recent.get(text)
        if row is None:
            found = self._rows.find(text)
            if found is not None:
                row = self._remembered(text, int.from_bytes(found, "little"))
        return row

    def row(self, text: str) -> int:
        """The row of a text, which is made if it was never seen."""
        row = self.find(text)
        if row is None:
            row = self._remembered(text, len(self._rows))
            self._rows.add(text, row.to_bytes(_ROW_BYTES, "little"))
        return row

    def _remembered(self, text: str, row: int) -> int:
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[text] = row
        return row


class RowMap:
    """A row for some rows, such as that of what each comes from: 11 bytes for each of these."""

    def __init__(self) -> None:
        self._rows = _Buckets(_ROW_BYTES)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, row: int) -> int | None:
        """The row that was set for a row, if one was."""
        found = self._rows.find(row)
        return None if found is None else int.from_bytes(found, "little")

    def set(self, row: int, other: int) -> None:
        """Set a row for one for which none was set."""
        self._rows.add(row, other.to_bytes(_ROW_BYTES, "little"))


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
