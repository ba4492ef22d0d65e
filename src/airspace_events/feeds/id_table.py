"""Compact tables of the ids of a feed, which store part of a hash instead of each id.

A Python set takes more than a hundred bytes for each string. For each id, a table stores 6 bytes
of a hash of 61 bits, and a value. The other bits of the hash select a bucket. For a million
strings, the probability that two have the same hash is about one in four million.
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
    def __init__(self, value_bytes: int) -> None:
        self._width = _KEY_BYTES + value_bytes
        # Most buckets stay empty, so creating them must be fast even for a small feed.
        self._buckets: list[bytes | bytearray] = [b""] * (1 << _BUCKET_BITS)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def find(self, key: Hashable) -> int | None:
        """Return the value of a key, or None if the key was never added."""
        hashed = hash(key)
        return self._value_in(self._buckets[hashed & (len(self._buckets) - 1)], _held(hashed))

    def setdefault(self, key: Hashable, value: int = 0) -> int:
        """Return the value of a key. A missing key is first added with the given value."""
        hashed = hash(key)
        number = hashed & (len(self._buckets) - 1)
        bucket, held = self._buckets[number], _held(hashed)
        found = self._value_in(bucket, held) if bucket else None
        if found is not None:
            return found
        entry = held + value.to_bytes(self._width - _KEY_BYTES, "little")
        if bucket:
            self._buckets[number] += entry
        else:
            self._buckets[number] = bytearray(entry)
        self._length += 1
        if self._length > _FULLEST * len(self._buckets) < _FULLEST * _MOST_BUCKETS:
            self._grow()
        return value

    def _value_in(self, bucket: bytes | bytearray, held: bytes) -> int | None:
        at, width = bucket.find(held), self._width
        while at % width and at > 0:
            at = bucket.find(held, at + 1)
        return None if at < 0 else int.from_bytes(bucket[at + _KEY_BYTES : at + width], "little")

    def _grow(self) -> None:
        """Split each bucket in two by the next bit of the hashes."""
        bit = len(self._buckets) >> _BUCKET_BITS
        for lower in range(len(self._buckets)):
            old, halves = self._buckets[lower], (bytearray(), bytearray())
            for at in range(0, len(old), self._width):
                halves[bool(old[at] & bit)].extend(old[at : at + self._width])
            self._buckets[lower] = halves[0]
            self._buckets.append(halves[1])


def _held(hashed: int) -> bytes:
    """Return the bits of a hash that a bucket stores."""
    return (hashed >> _BUCKET_BITS & _KEY_MASK).to_bytes(_KEY_BYTES, "little")


class HashSet:
    """A set of strings or other hashable values that takes about 7 bytes for each member."""

    def __init__(self) -> None:
        self._hashes = _Buckets(0)

    def __contains__(self, key: Hashable) -> bool:
        return self._hashes.find(key) is not None

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, key: Hashable) -> bool:
        """Add a key, and return whether the key was new."""
        length = len(self._hashes)
        self._hashes.setdefault(key)
        return len(self._hashes) > length


class RowMap:
    """A mapping from rows to other rows, such as their parents. Each entry takes 11 bytes."""

    def __init__(self) -> None:
        self._rows = _Buckets(_ROW_BYTES)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, row: int) -> int | None:
        """Return the row to which a row is mapped, or None if it has no entry."""
        return self._rows.find(row)

    def set(self, row: int, other: int) -> None:
        """Map a row to another row; the row must not have an entry yet."""
        self._rows.setdefault(row, other)


NO_DAY = -(1 << 31)
"""The value for an unknown or uncertain day."""

_MOST_MERGERS = 100
MOST_REVISIONS = (1 << 16) - 1
"""The highest revision that the table can store."""

SEEN, UNREADABLE, IS_COPY, IS_SPOKEN_OF, IS_VOUCHED_FOR, IS_RETRACTED, IS_REVISED = (
    1 << bit for bit in range(7)
)
"""The flags of a row, as bits."""


KINDS = ("", *RECORD_CLASSES, "object")
"""The record types by number. Number 0 is for ids that have occurred only as references."""

KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class IdTable:
    """A table of facts with a row for each id. Each row takes about 25 bytes.

    Rows are numbered from 0.

    Attributes:
        kind: the number of the record's type; 0 while the id has occurred only as a reference.
        revision: the highest revision seen so far, up to `MOST_REVISIONS`.
        first: the ordinal of the first day of the record's time, or `NO_DAY`.
        last: the ordinal of the last day of the record's time, or `NO_DAY`.
        flags: other facts, as bits.
        above: the row of the record from which a record is derived or to which it belongs.
        merged: the rows of the records that were merged into others.
    """

    def __init__(self) -> None:
        self._rows = _Buckets(_ROW_BYTES)
        # A check looks up a record several times, and soon afterwards its sources.
        self._recent: dict[str, int] = {}
        self.kind = array("B")
        self.revision = array("H")
        self.first = array("i")
        self.last = array("i")
        self.flags = array("B")
        self.above = RowMap()
        self.merged = array("I")
        self._successors = RowMap()

    def __len__(self) -> int:
        return len(self.kind)

    def find(self, text: str) -> int | None:
        """Return the row of an id, or None if the id is new."""
        row = self._recent.get(text)
        if row is None:
            row = self._rows.find(text)
            if row is not None:
                self._remember(text, row)
        return row

    def row(self, text: str) -> int:
        """Return the row number of an id, and add a row if the id is new."""
        row = self._recent.get(text)
        if row is None:
            row = self._rows.setdefault(text, len(self.kind))
            self._remember(text, row)
            if row == len(self.kind):
                self.kind.append(0)
                self.revision.append(0)
                self.first.append(NO_DAY)
                self.last.append(NO_DAY)
                self.flags.append(0)
        return row

    def _remember(self, text: str, row: int) -> None:
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[text] = row

    def merge(self, text: str, into: int) -> None:
        """Store that the record with the id ``text`` was merged into row ``into``."""
        row = self.row(text)
        if row != into and self._successors.get(row) is None:
            self._successors.set(row, into)
            self.merged.append(row)

    def successor(self, row: int) -> int:
        """Return the row of the record into which a record was finally merged, or its own row."""
        if not self.merged:
            return row
        for _ in range(_MOST_MERGERS):
            into = self._successors.get(row)
            if into is None:
                break
            row = into
        return row

    def kind_of(self, row: int) -> str:
        """Return the record type of a row, or an empty string if the type is not known."""
        return KINDS[self.kind[row]]
