"""Revisions that have lost facts which the revision before them had."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from airspace_events.validation.cross_record.spot import Spot, notice, spot
from airspace_events.validation.facts import FIELD_BITS, Facts
from airspace_events.validation.id_table import IS_REVISED, KIND_NUMBERS, KINDS, IdTable
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import NumberSpool, Spool

# Revisions are compared in so many parts, so that few are in memory at a time.
_PARTS = 16
_NUMBERS = len(("row", "kind", "revision", "given"))


class Revisions:
    """Compares the revisions of each record, in whatever order they come."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._given = [NumberSpool() for _ in range(_PARTS)]
        self._spots = [Spool() for _ in range(_PARTS)]

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Take in which fields a revision gives; one that is taken back needs none."""
        if facts.is_retracted:
            return
        kind = KIND_NUMBERS[facts.kind]
        self._given[row % _PARTS].add(row, kind, facts.revision, facts.given)
        if facts.revision > 1:
            self._spots[row % _PARTS].add(row, kind, facts.revision, spot(facts, where, ("id",)))

    def at_the_end(self) -> Iterator[Notice]:
        """A notice for each revision that has lost something."""
        for given, spots in zip(self._given, self._spots, strict=True):
            lost = self._lost(given)
            for row, kind, revision, at in spots:
                if bits := lost.get((row, kind, revision)):
                    fields = [name for name, bit in FIELD_BITS[KINDS[kind]].items() if bits & bit]
                    message = f"this revision has no {', '.join(fields)}, which the one before"
                    message += " it had"
                    yield notice("revision_drops_facts", message, Spot(*at), lost=fields)

    def _lost(self, given: NumberSpool) -> dict[tuple[int, int, int], int]:
        """What the revisions have lost, as bits, by row, kind and revision."""
        revisions: dict[tuple[int, int], dict[int, int]] = {}
        for chunk in given.chunks(_NUMBERS):
            for at in range(0, len(chunk), _NUMBERS):
                row, kind, revision, bits = chunk[at : at + _NUMBERS]
                if self._table.flags[row] & IS_REVISED:
                    revisions.setdefault((row, kind), {})[revision] = bits
        return {
            (*key, revision): given_before & ~given_then
            for key, of_record in revisions.items()
            for (_, given_before), (revision, given_then) in pairwise(sorted(of_record.items()))
        }
