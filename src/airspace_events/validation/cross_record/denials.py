"""Checks for denials of facts that nobody claimed, and for statements about retracted records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from airspace_events.feeds.id_table import IS_COPY, IS_RETRACTED, IS_SPOKEN_OF, HashSet, IdTable
from airspace_events.feeds.spool import Spool
from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.said_of_record import SAYING
from airspace_events.validation.facts import Assertion, Facts
from airspace_events.validation.notices import Notice, Spot, Where, notice
from airspace_events.vocabulary.terms import Aspect


class Denials:
    """A check that compares denials and retractions with the claims in other records."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._said = HashSet()
        self._denials = Spool()
        self._retracted = Spool()

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Store the claims of a record, and whether the record is retracted."""
        table = self._table
        if facts.revision >= table.revision[row]:
            self._update(facts, row)
        if facts.kind == "statement" and not facts.is_retracted:
            for subject in facts.about:
                table.flags[table.row(subject)] |= IS_SPOKEN_OF
        # `ClaimedFields` compares the claims about fields.
        for claim in facts.assertions:
            self._see_claim(claim, facts, where)
        if facts.kind == "incursion" and facts.is_retracted:
            self._retracted.add(where.spot(facts.id, ("retracted",)))

    def at_the_end(self) -> Iterator[Notice]:
        """Yield notices for denials of unclaimed facts and statements about retracted records."""
        self._follow_mergers()
        for aspect, about, at in self._denials:
            for subject in about:
                row = self._table.successor(self._table.row(subject))
                if (row, aspect) not in self._said:
                    message = (
                        f"this claim denies the {aspect} of {shown(subject)}, "
                        "but no record contains a claim that affirms it"
                    )
                    context = {"about": subject, "aspect": aspect}
                    yield notice("denial_of_nothing_said", message, Spot(*at), **context)
        for (held,) in self._retracted:
            at = Spot(*held)
            row = self._table.row(at.record or "")
            # Statements about a merged record count for the record into which it was merged.
            if self._table.successor(row) == row and self._table.flags[row] & IS_SPOKEN_OF:
                message = "the record was retracted as a mistake, but statements still refer to it"
                yield notice("retracted_but_spoken_of", message, at)

    def _follow_mergers(self) -> None:
        table = self._table
        for row in table.merged:
            into = table.successor(row)
            table.flags[into] |= table.flags[row] & IS_SPOKEN_OF
            for aspect in get_args(Aspect.__value__):
                if (row, aspect) in self._said:
                    self._said.add((into, aspect))

    def _update(self, facts: Facts, row: int) -> None:
        table = self._table
        table.first[row], table.last[row] = facts.days
        flags = table.flags[row] & ~IS_RETRACTED
        flags |= IS_RETRACTED * facts.is_retracted
        flags |= IS_COPY * bool(facts.copied)
        table.flags[row] = flags

    def _see_claim(self, claim: Assertion, facts: Facts, where: Where) -> None:
        if claim.polarity in SAYING:
            for subject in claim.about:
                self._said.add((self._table.row(subject), claim.aspect))
        elif claim.polarity == "denied":
            at = where.spot(facts.id, ("claims", claim.number))
            self._denials.add(claim.aspect, claim.about, at)
