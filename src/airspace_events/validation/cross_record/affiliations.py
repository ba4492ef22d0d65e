"""The affiliations of organizations and officials, stored on disk until all feeds are read."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.feeds.id_table import NO_DAY, IdTable, RowMap
from airspace_events.feeds.spool import Spool
from airspace_events.validation.cross_record.said_of_record import Voice
from airspace_events.validation.facts import Facts

_LONGEST_CHAIN = 20
# A row map can store numbers below this limit, which is larger than any real feed needs.
_MOST_BYTES = 1 << 32


class Affiliations:
    """An index of the bodies to which each speaker belongs, such as a ministry and its state."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._kept = Spool()
        self._first = RowMap()
        # Few organizations and officials have revisions.
        self._later: dict[int, list[int]] = {}

    def see(self, facts: Facts, row: int) -> None:
        """Store the affiliations of an organization or an official."""
        offset = self._kept.add(facts.revision, facts.belongs_to)
        if self._first.get(row) is not None:
            self._later.setdefault(row, []).append(offset)
        elif offset < _MOST_BYTES:
            self._first.set(row, offset)

    def bodies_of(self, voice: Voice) -> list[str]:
        """Return a speaker, followed by the bodies to which it belonged on the given day."""
        name, day = voice
        bodies = [name]
        for body in bodies:
            if len(bodies) < _LONGEST_CHAIN:
                bodies += [one for one in self._above(body, day) if one not in bodies]
        return bodies

    def _above(self, name: str, day: int) -> Iterator[str]:
        row = self._table.find(name)
        first = None if row is None else self._first.get(row)
        if row is None or first is None:
            return
        kept = [self._kept.at(offset) for offset in (first, *self._later.get(row, ()))]
        for body, since, last in max(kept)[1]:
            has_begun = NO_DAY in (since, day) or since <= day
            if has_begun and (NO_DAY in (last, day) or day <= last):
                yield body
