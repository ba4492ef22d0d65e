"""Remembers which ids were there, in a few bytes each."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_FIRST_SIZE = 1 << 10


class SeenIds:
    """The ids that were seen: a table of 64-bit digests, at most half full.

    Two of a million ids have the same digest once in thirty million such tables.
    """

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * _FIRST_SIZE))
        self._count = 0

    def add(self, name: str) -> bool:
        """Remember an id; tell whether it is new."""
        digest = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) or 1
        if not self._put(digest):
            return False
        self._count += 1
        if 2 * self._count > len(self._table):
            self._grow()
        return True

    def __contains__(self, name: str) -> bool:
        digest = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) or 1
        return self._table[self._place(digest)] == digest

    def __len__(self) -> int:
        return self._count

    def _place(self, digest: int) -> int:
        """Where a digest is, or where it would be put."""
        size = len(self._table)
        at = digest & (size - 1)
        while self._table[at] not in (0, digest):
            at = (at + 1) & (size - 1)
        return at

    def _put(self, digest: int) -> bool:
        at = self._place(digest)
        if self._table[at]:
            return False
        self._table[at] = digest
        return True

    def _grow(self) -> None:
        old = self._table
        self._table = array("Q", bytes(2 * len(old) * old.itemsize))
        for digest in old:
            if digest:
                self._put(digest)
